"""Attributions against PolNeAR dev and CofeNet's protocol: python -m evals.attribution DATA

DATA is the folder that holds polnear/dev.jsonl and cofenet/polnear.valid.jsonl; the scorer, score_attribution.py,
lies in `evals` beside it, or where --scorer says. One table of what the rules, the tagger and both together find,
with textacy where it is installed, beside what others published. Then how often a finding is right that is said to
be so sure.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from spacy.language import Language
from spacy.tokens import Doc

from ingest.assertion.assertions import find_assertions
from ingest.attribution.attributions import Attribution, find_attributions
from ingest.formats.jsonl import from_json
from ingest.model import Article, Span
from ingest.referents.entities import Mentions, find_mentions
from ingest.syntax.parsing import load_nlp, parse
from ingest.tagger.network import Tagger, load_tagger

ROLES = ("source", "cue", "content")
KINDS = ("direct", "mixed", "indirect")
MARKS = {"``": "“", "''": "”"}  # as the Penn Treebank writes quotation marks
Row = dict[str, Any]  # an article with attributions in the scorer's form
Read: TypeAlias = tuple[Article, Doc, Mentions]
Finder = Callable[[Read], Iterable[Row]]

PEERS = (  # name; content exact, IoU, token; source exact; cue exact; all exact, overlap; recall; CofeNet's three
    ("Citron, test", "37.1", "54.1", "67.4", "62.0", "51.3", "29.6", "47.1", "60", "60", "35", "54.9", "49.0", "44.5"),
    ("Gender Gap, test", "34.8", "-", "69.7", "58.1", "49.5", "-", "41.5", "78", "54", "25", "-", "-", "-"),
    ("trial, dev", "62.8", "79.4", "90.9", "81.2", "74.6", "52.5", "70.6", "96", "92", "72", "81.9", "75.0", "66.9"),
    ("BiLSTM-CRF, test", *["-"] * 10, "69.6", "66.7", "59.0"),
    ("BERT, test", *["-"] * 10, "81.1", "74.0", "68.9"),
    ("BERT-Cofe, test", *["-"] * 10, "83.2", "75.3", "72.9"),
)
HEADINGS = (
    *("content", "IoU.5", "token", "source", "cue", "all", "overlap"),
    *KINDS,
    *("C source", "C cue", "C content"),
)


def by_reader(read: Read, tagger: Tagger | None) -> Iterator[Row]:
    """What the rules find, joined with what the tagger finds if there is one.

    Reports inside a report are left out: the corpus marks the outermost only.
    """
    return (to_row(found) for found in find_attributions(*read, tagger) if not found.depth)


def by_assertions(read: Read, tagger: Tagger | None) -> Iterator[Row]:
    """What `onrecord read` gives out: attributions that claim, want or refuse something, and those inside others.

    What was split from one attribution counts once, with its whole content.
    """
    article, doc, mentions = read
    attributions = find_attributions(article, doc, mentions, tagger)
    assertions = find_assertions(article, doc, mentions, attributions)
    for found in {a.attribution: a for a in reversed(assertions)}.values():
        if found.source_type != "writer":
            spans = {"source": found.source, "cue": found.cue, "content": found.attribution_content}
            yield {role: pairs(spans[role]) for role in ROLES} | {"confidence": found.confidence}


def by_tagger(read: Read, tagger: Tagger) -> Iterator[Row]:
    """What the tagger finds alone."""
    for found in tagger.tag(read[0].text):
        yield {role: pairs(getattr(found, role)) for role in ROLES}


def by_textacy(read: Read) -> Iterator[Row]:
    """textacy reads a paragraph at a time, as its documentation has it: with a whole article it finds little.

    It refuses a paragraph whose quotation marks are not balanced.
    """
    direct_quotations = importlib.import_module("textacy.extract.triples").direct_quotations
    article, doc, _ = read
    for start, end in paragraphs(article.text):
        part = doc.char_span(start, end, alignment_mode="expand")
        if part is None:
            continue
        triples: list[Any] = []
        with suppress(ValueError):
            triples = list(direct_quotations(part.as_doc()))
        for triple in triples:
            words = {"source": triple.speaker, "cue": triple.cue, "content": triple.content}
            yield {
                role: [[part.start_char + some[0].idx, part.start_char + some[-1].idx + len(some[-1])]]
                for role, some in words.items()
                if len(some)
            }


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def to_row(attribution: Attribution) -> Row:
    return {role: pairs(getattr(attribution, role)) for role in ROLES} | {"confidence": attribution.confidence}


def pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


@dataclass(frozen=True, slots=True)
class Sentences:
    """An article of CofeNet's file: its tokens joined to a text, and the spans that it labels."""

    article: Row
    tokens: list[list[tuple[int, int]]]  # of each sentence: offsets in the text
    labelled: frozenset[tuple[str, int, int, int]]  # role, sentence, first and last token


def read_sentences(path: Path) -> list[Sentences]:
    with path.open(encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    return [lay_out(list(group)) for _, group in groupby(rows, key=lambda row: row["id"])]


def lay_out(rows: list[Row]) -> Sentences:
    """One line a sentence, one space between tokens, marks as printed: the file keeps neither lines nor spaces."""
    text, tokens = "", []
    for row in rows:
        offsets = []
        for token in (MARKS.get(token, token) for token in row["tokens"]):
            offsets.append((len(text), len(text) + len(token)))
            text += token + " "
        tokens.append(offsets)
        text = text[:-1] + "\n"
    labelled = frozenset((role, n, a, b) for n, row in enumerate(rows) for role, a, b in runs(row["labels"]))
    return Sentences({"id": rows[0]["id"], "text": text}, tokens, labelled)


def runs(labels: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Role, first and last token of each span in BIO labels."""
    start = None
    for i, label in enumerate([*labels, "O"]):
        if start is not None and label != f"I-{labels[start][2:]}":
            yield labels[start][2:], start, i - 1
            start = None
        if label.startswith("B-"):
            start = i


def spans_in(sentences: Sentences, found: Iterable[Row]) -> Iterator[tuple[str, int, int, int]]:
    """The same form as `labelled`; what runs over sentences is one span in each."""
    for attribution in found:
        for role in ROLES:
            for start, end in attribution.get(role, []):
                for n, offsets in enumerate(sentences.tokens):
                    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
                    if inside:
                        yield role, n, inside[0], inside[-1]


def by_protocol(gold: Sequence[Sentences], predicted: Sequence[Iterable[Row]]) -> dict[str, float]:
    """CofeNet's measure: F1 of exactly the same span, for each role."""
    found = [frozenset(spans_in(sentences, rows)) for sentences, rows in zip(gold, predicted, strict=True)]
    scores = {}
    for role in ROLES:
        counts = [0, 0, 0]
        for sentences, spans in zip(gold, found, strict=True):
            theirs, ours = ({s for s in some if s[0] == role} for some in (sentences.labelled, spans))
            counts = [counts[0] + len(theirs & ours), counts[1] + len(theirs), counts[2] + len(ours)]
        scores[role] = 200 * counts[0] / max(1, counts[1] + counts[2])
    return scores


def load_scorer(path: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location("score_attribution", path)
    if specification is None or specification.loader is None:
        raise SystemExit(f"no scorer at {path}: name it with --scorer")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def read_all(rows: Iterable[Row], nlp: Language) -> list[Read]:
    found = (from_json({"text": row["text"], "title": row.get("title")}) for row in rows)
    articles = (article for article in found if isinstance(article, Article))
    return [(article, doc, find_mentions(article, doc)) for article, doc in parse(articles, nlp)]


def show(name: str, cells: Iterable[str]) -> None:
    print(f"{name:18}" + "".join(f"{cell:>10}" for cell in cells))


def to_cells(table: Any, protocol: dict[str, float]) -> list[str]:
    content, source, cue, triple = table["content"], table["source"], table["cue"], table["triple"]
    wide = [content["exact"], content["iou50"], content["token"], source["exact"], cue["exact"]]
    f1 = [row[2] for row in (*wide, triple["exact"], triple["overlap"])]
    return [f"{x:.1f}" for x in (*f1, *(table["recall_iou50"][kind] for kind in KINDS), *protocol.values())]


def reliability(gold: dict[str, Row], predicted: dict[str, Row], scorer: ModuleType) -> Iterator[tuple[float, bool]]:
    """Confidence of each finding, and whether its content is right by half or more and its source in part."""
    for key, article in gold.items():
        words = [(m.start(), m.end()) for m in scorer.WORD.finditer(article["text"])]

        def tokens(spans: list[list[int]], words: list[tuple[int, int]] = words) -> frozenset[int]:
            return frozenset(i for s, e in spans for i, (a, b) in enumerate(words) if a < e and b > s)

        theirs, ours = article["attributions"], predicted[key]["attributions"]
        found = list(scorer.align([tokens(a["content"]) for a in theirs], [tokens(a["content"]) for a in ours]))
        matched = {j: theirs[i] for value, i, j in found if value >= 0.5}
        for j, attribution in enumerate(ours):
            source, same = tokens(attribution["source"]), matched.get(j)
            expected = tokens(same["source"]) if same else frozenset()
            yield attribution["confidence"], same is not None and (bool(source & expected) or source == expected)


def show_reliability(outcomes: Iterable[tuple[float, bool]]) -> None:
    """How often findings are right that are said to be so sure, ten points at a time."""
    ordered = sorted(outcomes)
    show("said", ["findings", "mean", "right"])
    for tenth, group in groupby(ordered, key=lambda outcome: min(9, int(10 * outcome[0] + 0.5 + 1e-9))):
        rows = list(group)
        mean, right = (100 * sum(float(row[i]) for row in rows) / len(rows) for i in (0, 1))
        show(f"about {10 * tenth} %", [str(len(rows)), f"{mean:.1f}", f"{right:.1f}"])


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--weights", type=Path, help="folder of the tagger's weights, if not those that ship")
    options = parser.parse_args(arguments)
    scorer = load_scorer(options.scorer or options.data.parent / "evals" / "score_attribution.py")
    gold = scorer.load(options.data / "polnear" / "dev.jsonl")
    sentences = read_sentences(options.data / "cofenet" / "polnear.valid.jsonl")
    nlp = load_nlp()
    dev, cofenet = read_all(gold.values(), nlp), read_all((s.article for s in sentences), nlp)
    tagger = load_tagger(options.weights) if options.weights else load_tagger()
    finders: dict[str, Finder] = {"rules": partial(by_reader, tagger=None)}
    if tagger is not None:
        finders |= {"tagger": partial(by_tagger, tagger=tagger), "both": partial(by_reader, tagger=tagger)}
    finders["onrecord read"] = partial(by_assertions, tagger=tagger)
    if importlib.util.find_spec("textacy"):
        finders["textacy"] = by_textacy
    show("F1, recall, F1", HEADINGS)
    outcomes: list[tuple[float, bool]] = []
    for name, find in finders.items():
        predicted = {key: {"attributions": list(find(read))} for key, read in zip(gold, dev, strict=True)}
        protocol = by_protocol(sentences, [list(find(read)) for read in cofenet])
        show(name, to_cells(scorer.score(gold, predicted), protocol))
        if name in {"rules", "both"}:
            outcomes = list(reliability(gold, predicted, scorer))
    if "textacy" not in finders:
        print("textacy is not installed: `pip install textacy` gives it a row")
    for name, *cells in PEERS:
        show(name, cells)
    print()
    show_reliability(outcomes)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
