"""Whom words that are no names mean: python -m evals.coreference DATA [--choose]

DATA is the folder that holds gap/validation.jsonl (Webster et al., 2018: a pronoun and two names, which of them it
means; here the reader finds the names itself) and gum/dev.jsonl (Zeldes, 2017: whole chains). Of GAP it prints
precision, recall and F1 over both names, by gender and their ratio; of GUM how many of the pronouns and of the
descriptions that were settled go back to a mention of the right chain, and how many were settled at all. With
--choose: gap/dev.jsonl and gum/train.jsonl, on which rules may be chosen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ingest.formats.jsonl import from_json
from ingest.model import Article, Mention, Span
from ingest.referents.entities import Mentions, find_mentions
from ingest.syntax.parsing import load_nlp

PRONOUN = "pronoun"
DESCRIPTION = frozenset({"nominal", "role"})
MEN = frozenset({"he", "him", "his"})
NEWS = ("news", "interview")  # genres of GUM that are nearest to what is read here


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf8") as lines:
        yield from (json.loads(line) for line in lines)


def to_article(text: str) -> Article:
    article = from_json({"text": text})
    assert isinstance(article, Article)
    return article


def parsed(nlp: Language, texts: Iterable[str]) -> Iterator[Mentions]:
    """The mentions of each text, read as an article."""
    articles = [to_article(text) for text in texts]
    docs: Iterator[Doc] = nlp.pipe(article.text for article in articles)
    for article, doc in zip(articles, docs, strict=True):
        yield find_mentions(article, doc)


# ── GAP ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def judge_names(row: dict[str, Any], mentions: Mentions) -> Iterator[tuple[bool, bool]]:
    """For each of the two names: whether the reader takes the pronoun for it, and whether it is."""
    start = row["pronoun_offset"]
    meant = {m.referent for m in mentions.inside(Span(start, start + len(row["pronoun"])))}
    for name in ("a", "b"):
        first = row[f"{name}_offset"]
        whole = Span(first, first + len(row[name]))
        held = {m.referent for m in mentions.mentions if m.span.overlaps(whole) and m.method != PRONOUN}
        yield bool(meant & held), row[f"{name}_coref"]


def score_gap(rows: Sequence[dict[str, Any]], nlp: Language) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {"all": Counter(), "m": Counter(), "f": Counter()}
    for row, mentions in zip(rows, parsed(nlp, [row["text"] for row in rows]), strict=True):
        gender = "m" if row["pronoun"].lower() in MEN else "f"
        for found, right in judge_names(row, mentions):
            for one in ("all", gender):
                counts[one].update(found=found, right=found and right, wanted=right)
    return counts


def f1(count: Counter[str]) -> tuple[float, float, float]:
    precision = count["right"] / max(1, count["found"])
    recall = count["right"] / max(1, count["wanted"])
    return 100 * precision, 100 * recall, 200 * precision * recall / max(1e-9, precision + recall)


# ── GUM ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def offsets_of(tokens: Sequence[str]) -> list[Span]:
    """Where each token stands in the tokens joined by spaces."""
    spans, at = [], 0
    for token in tokens:
        spans.append(Span(at, at + len(token)))
        at += len(token) + 1
    return spans


def gold_mentions(row: dict[str, Any]) -> list[tuple[Span, int]]:
    places = offsets_of(row["tokens"])
    return [(Span(places[a].start, places[b - 1].end), cluster) for a, b, _, cluster in row["mentions"]]


def chain_at(gold: Sequence[tuple[Span, int]], span: Span) -> int | None:
    """The chain of the gold mention most like a span: its very words, else the smallest that begins or ends with it."""
    near = [(s.end - s.start, c) for s, c in gold if s == span]
    near = near or [
        (s.end - s.start, c) for s, c in gold if s.covers(span) and (s.start == span.start or s.end == span.end)
    ]
    near = near or [(s.end - s.start, c) for s, c in gold if s.overlaps(span) and span.covers(s)]
    return min(near)[1] if near else None


def judge_chains(row: dict[str, Any], mentions: Mentions) -> Iterator[tuple[str, bool]]:
    """For each pronoun and description that was settled and that the corpus has: its kind, and whether it is right."""
    gold = gold_mentions(row)
    for m in mentions.mentions:
        kind = PRONOUN if m.method == PRONOUN else "description" if m.method in DESCRIPTION else ""
        exact = next((chain for span, chain in gold if span == m.span), None)
        mine = exact if kind == PRONOUN else chain_at(gold, m.span) if kind else None
        others = [chain_at(gold, o.span) for o in named(mentions, m)]
        known = [chain for chain in others if chain is not None]
        if kind and mine is not None and known:
            yield kind, mine in known


def named(mentions: Mentions, mention: Mention) -> list[Mention]:
    """Where the referent of a mention is called by its name."""
    ways = {PRONOUN, *DESCRIPTION, "apposition", "named later"}
    return [m for m in mentions.mentions if m.referent == mention.referent and m.method not in ways]


def score_gum(rows: Sequence[dict[str, Any]], nlp: Language) -> dict[str, Counter[str]]:
    counts = {"all": Counter[str](), "news": Counter[str]()}
    texts = [" ".join(row["tokens"]) for row in rows]
    for row, mentions in zip(rows, parsed(nlp, texts), strict=True):
        for kind, right in judge_chains(row, mentions):
            for one in ("all", *(["news"] if row["genre"] in NEWS else [])):
                counts[one].update({f"{kind} given": 1, f"{kind} right": right})
    return counts


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds gap and gum")
    parser.add_argument("--choose", action="store_true", help="on the splits that rules may be chosen on")
    given = parser.parse_args(arguments)
    nlp = load_nlp()
    gap = given.data / "gap" / ("dev.jsonl" if given.choose else "validation.jsonl")
    gum = given.data / "gum" / ("train.jsonl" if given.choose else "dev.jsonl")
    print(f"GAP {gap.stem}, own names     precision  recall     F1")
    scores = score_gap(list(read_rows(gap)), nlp)
    for one in ("all", "m", "f"):
        print(f"  {one:26} {'  '.join(f'{value:6.1f}' for value in f1(scores[one]))}")
    print(f"  women's F1 by men's          {f1(scores['f'])[2] / max(1e-9, f1(scores['m'])[2]):.2f}")
    print(f"GUM {gum.stem}, of those given   right  given     %")
    for genre, count in score_gum(list(read_rows(gum)), nlp).items():
        for kind in (PRONOUN, "description"):
            right, found = count[f"{kind} right"], count[f"{kind} given"]
            print(f"  {genre:5} {kind:22} {right:5}  {found:5}  {100 * right / max(1, found):5.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
