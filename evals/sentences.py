"""Attributions and what their sources do, on invented passages labelled by hand: python -m evals.sentences

Rules and thresholds are chosen on the two thirds that are not held back. `--held-back` measures the other third, and
shows none of its passages. A labelled attribution is *found* when one of the reading shares at least half of the words
of both contents (of all spans, where neither source makes a claim); what was split from one attribution counts once, by
its whole content, and is judged by its first part. Those labelled `optional` count for nothing, found or not. The route
of an assertion is its hops, then whoever reports it and theirs.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.formats.jsonl import from_json
from ingest.model import NO_CLAIM, Article, Assertion, Reading, Span
from ingest.pipeline import read_articles
from ingest.syntax.parsing import load_nlp

LABELLED = Path(__file__).parent / "labelled" / "sentences.jsonl"
WORD = re.compile(r"\w+")
ALIKE = 0.5
PLAIN: dict[str, Any] = {  # each field's value where the words mark nothing
    "source_type": "named", "stance": "asserts", "certainty": "unstated", "polarity": "positive",
    "tense": "non_future", "basis": "unstated", "channel": "unstated", "quotation": "indirect", "source_count": None,
    "general": False, "hops": [], "within": None, "source": True, "writer": False,
}  # fmt: skip

Label = dict[str, Any]
Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """One field of one attribution: expected and found, in words where they are words."""

    passage: str
    text: str
    expected: Any
    found: Any
    right: bool


@dataclass(slots=True)
class Tally:
    labelled: int = 0
    found: int = 0
    extra: int = 0
    nested: int = 0
    nested_found: int = 0
    judged: dict[str, list[Judged]] = field(default_factory=lambda: defaultdict(list))


def read_labelled(path: Path = LABELLED) -> list[Label]:
    """The passages with their labels, as objects of one line each."""
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]


def places(text: str, label: Label, key: str) -> list[Span]:
    """Where a label's words stand: each string once, or as often as `<key>_at` says."""
    given = label[key] or []
    found = []
    for words in [given] if isinstance(given, str) else given:
        every = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
        found.append(Span(*every[label.get(f"{key}_at", 1) - 1]))
    return found


def words_in(text: str, spans: Iterable[Span]) -> Words:
    """Offsets of the words that the spans touch."""
    spans = list(spans)
    return frozenset(
        m.start() for m in WORD.finditer(text) if any(m.start() < s.end and m.end() > s.start for s in spans)
    )


def whole(assertions: Iterable[Assertion]) -> list[Assertion]:
    """The first assertion of each attribution."""
    first: dict[str, Assertion] = {}
    for assertion in assertions:
        first.setdefault(assertion.attribution, assertion)
    return list(first.values())


def share(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage's labels beside its reading."""

    labels: list[Label]
    reading: Reading

    @property
    def text(self) -> str:
        return self.reading.article.text

    def align(self) -> dict[int, Assertion]:
        """The found assertion of each label that has one: the nearest pairs first, each taken once."""
        sourced = [a for a in whole(self.reading.assertions) if a.source_type != "writer"]
        near = sorted(
            ((self.nearness(label, a), -n, a) for n, label in enumerate(self.labels) for a in sourced),
            key=lambda pair: (*pair[:2], pair[2].id),
            reverse=True,
        )
        aligned: dict[int, Assertion] = {}
        for (likeness, _), n, assertion in near:
            if likeness >= ALIKE and -n not in aligned and assertion not in aligned.values():
                aligned[-n] = assertion
        return aligned

    def nearness(self, label: Label, found: Assertion) -> tuple[float, bool]:
        expected, spans = places(self.text, label, "content"), [*found.attribution_content]
        if label.get("stance") in NO_CLAIM:
            expected += [*places(self.text, label, "source"), *places(self.text, label, "cue")]
            spans += [*found.source, *found.cue]
        return share(words_in(self.text, expected), words_in(self.text, spans)), self.same_source(label, found)

    def same_source(self, label: Label, found: Assertion) -> bool:
        """Do their sources share a word, or has neither one?"""
        expected = words_in(self.text, places(self.text, label, "source"))
        got = words_in(self.text, found.source)
        return bool(expected & got) if expected and got else expected == got

    def expected_route(self, label: Label) -> list[Words]:
        route = [words_in(self.text, [span]) for span in places(self.text, label, "hops")]
        if label["within"] is not None:
            outer = self.labels[label["within"]]
            route += [words_in(self.text, places(self.text, outer, "source")), *self.expected_route(outer)]
        return stations(route)

    def found_route(self, found: Assertion) -> list[Words]:
        route = [words_in(self.text, [hop.span]) for hop in found.hops]
        outer = next((a for a in self.reading.assertions if a.id == found.within), None)
        return stations([*route, words_in(self.text, outer.source), *self.found_route(outer)] if outer else route)

    def printed(self, words: Iterable[Words]) -> list[str]:
        return [" ".join(m.group() for m in WORD.finditer(self.text) if m.start() in station) for station in words]

    def judge(self, n: int, aligned: dict[int, Assertion]) -> Iterator[tuple[str, Any, Any, bool]]:
        """Field, expected, found and whether that is right, for each field that is labelled."""
        label, found = self.labels[n], aligned[n]
        for name in [name for name in PLAIN if name in label and name not in ("source", "hops", "within")]:
            yield name, label[name], getattr(found, name), label[name] == getattr(found, name)
        if label.get("stance") == "denies" and "general" not in label:
            yield "general", False, found.general, not found.general
        yield "source", True, " ".join(s.of(self.text) for s in found.source), self.same_source(label, found)
        route, got = self.expected_route(label), self.found_route(found)
        same = len(route) == len(got) and all(a & b for a, b in zip(route, got, strict=True))
        yield "hops", self.printed(route), self.printed(got), same
        outer = label["within"]
        if outer is None or not self.labels[outer].get("optional"):
            parts = (
                {a.id for a in self.reading.assertions if a.attribution == aligned[outer].attribution}
                if outer in aligned
                else {outer}
            )
            yield "within", outer, found.within, found.within in parts


def stations(route: Iterable[Words]) -> list[Words]:
    """The stations of a route, each once, those without words left out."""
    kept: list[Words] = []
    for station in route:
        if station and not any(station & other for other in kept):
            kept.append(station)
    return kept


def measure(rows: Sequence[Label]) -> Tally:
    """All passages read, aligned and judged."""
    articles = [article for row in rows if isinstance(article := from_json({"text": row["text"]}), Article)]
    tally = Tally()
    for row, reading in zip(rows, read_articles(articles, load_nlp()), strict=True):
        count(row, Passage(row["attributions"], reading), tally)
    return tally


def count(row: Label, passage: Passage, tally: Tally) -> None:
    aligned = passage.align()

    def note(name: str, expected: Any, found: Any, right: bool) -> None:
        tally.judged[name].append(Judged(row["id"], row["text"], expected, found, right))

    for n in [n for n, label in enumerate(passage.labels) if not label.get("optional")]:
        nested = passage.labels[n]["within"] is not None
        tally.labelled, tally.nested = tally.labelled + 1, tally.nested + nested
        tally.found, tally.nested_found = tally.found + (n in aligned), tally.nested_found + (nested and n in aligned)
        note("missed", passage.labels[n]["content"], None, n in aligned)
        for judged in passage.judge(n, aligned) if n in aligned else ():
            note(*judged)
    for assertion in whole(passage.reading.assertions):
        if assertion.source_type != "writer" and assertion not in aligned.values():
            tally.extra += 1
            note("extra", None, [" ".join(s.of(passage.text) for s in (*assertion.source, *assertion.content))], False)
    if "writer" in row:
        own = any(a.source_type == "writer" for a in passage.reading.assertions)
        note("writer", row["writer"], own, row["writer"] == own)


def show(tally: Tally, passages: int) -> None:
    """One table: what was found, then each field of what was found."""
    precision = tally.found / max(1, tally.found + tally.extra)
    recall = tally.found / max(1, tally.labelled)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{passages} passages, {tally.labelled} attributions: {tally.found} found, {tally.extra} found extra")
    print(f"precision {precision:.1%}, recall {recall:.1%}, F1 {f1:.1%}")
    print(f"nested: {tally.nested_found} of {tally.nested} found ({tally.nested_found / max(1, tally.nested):.1%})")
    print(f"{'field':13}{'right':>12}{'':8}{'where marked':>14}{'':8}{'marked wrongly':>15}")
    for name, plain in PLAIN.items():
        rows = tally.judged[name]
        marked = [j for j in rows if j.expected != plain]
        wrongly = sum(j.expected == plain and not j.right for j in rows)
        print(f"{name:13}{ratio(rows)}{ratio(marked):>22}{wrongly:15}")


def ratio(rows: Sequence[Judged]) -> str:
    right = sum(j.right for j in rows)
    return f"{right:5} of {len(rows):3} {right / len(rows):7.1%}" if rows else f"{'–':>20}"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-back", action="store_true", help="measure the third that nothing is tuned on")
    parser.add_argument("--misses", metavar="FIELD", choices=[*PLAIN, "missed", "extra"], help="list what is wrong")
    options = parser.parse_args(arguments)
    if options.held_back and options.misses:
        parser.error("the held-back third is never listed: rules written from its misses would be measured on them")
    rows = [row for row in read_labelled() if row["held_back"] == options.held_back]
    tally = measure(rows)
    show(tally, len(rows))
    for j in tally.judged[options.misses] if options.misses else ():
        if not j.right:
            print(f"{j.passage}  expected {j.expected}, found {j.found}: {j.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
