"""The seed article's reading against what a person expects of it: python -m evals.seed ../shared/seed

One row an expected assertion. An assertion is *found* when one of the reading holds at least half of its words, has
the right source and the same source type. One of the reading is *invented* when it has a source and shares half of the
shorter content with no expected sourced one. Exit code 1: over 25 claims of the writer, or the same words under two
source types.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from ingest.formats.articles import read_path
from ingest.model import Assertion, Reading, Span, fold
from ingest.pipeline import read_articles
from ingest.syntax.parsing import load_nlp

MOST_WRITER_CLAIMS = 25
WORD = re.compile(r"\w+")
FIELDS = ("stance", "certainty", "polarity", "quotation", "basis")
NO_CLAIMS = ("OpenAI, the tables turned by DeepSeek", "Source: Financial Times", "0 Comments")

Expected = dict[str, Any]
Words = frozenset[int]


def words_in(text: str, spans: Iterable[Span | list[int]]) -> Words:
    """Offsets of the words that the spans touch, so that marks and spaces at their edges never count."""
    pairs = [(span.start, span.end) if isinstance(span, Span) else tuple(span) for span in spans]
    return frozenset(
        m.start() for m in WORD.finditer(text) for start, end in pairs if m.start() < end and m.end() > start
    )


def share(found: Words, expected: Words) -> float:
    return len(found & expected) / len(expected) if expected else 0.0


class Comparison:
    """One reading beside the expected one."""

    def __init__(self, reading: Reading, expected: Expected) -> None:
        self.reading, self.expected = reading, expected
        self.text = reading.article.text
        self.names = {referent.id: referent.name for referent in reading.referents}
        self.content = {assertion.id: words_in(self.text, assertion.content) for assertion in reading.assertions}

    def candidates(self, row: Expected) -> list[Assertion]:
        """Assertions that hold at least half of the expected words, the best first."""
        sought = words_in(self.text, row["content"])
        shares = {a.id: share(self.content[a.id], sought) for a in self.reading.assertions}
        near = [a for a in self.reading.assertions if shares[a.id] >= 0.5]
        return sorted(near, key=lambda a: (-self.is_found(row, a), -shares[a.id], len(self.content[a.id])))

    def is_found(self, row: Expected, assertion: Assertion) -> bool:
        return self.has_source(row, assertion) and self.has_type(row, assertion)

    def has_type(self, row: Expected, assertion: Assertion) -> bool:
        return assertion.source_type in {row["source_type"], *row.get("also", [])}

    def has_source(self, row: Expected, assertion: Assertion) -> bool:
        """The same words name the source, or they stand for the expected entity; none where none is expected."""
        if not row.get("source"):
            return not assertion.source and not assertion.sources
        said_by = {fold(self.names[speaker.referent]) for speaker in assertion.sources}
        entity = {fold(name) for name in (row["source_entity"] or "").split(";")} - {""}
        words = words_in(self.text, [row["source"]]) & words_in(self.text, assertion.source)
        return bool(words) or (bool(entity) and entity <= said_by)

    def differences(self, row: Expected, assertion: Assertion) -> list[str]:
        """What else was read otherwise than expected: stance, certainty, hops …"""
        found = [f"{f} {getattr(assertion, f)} for {row[f]}" for f in FIELDS if row[f] != getattr(assertion, f)]
        hops = [self.names.get(hop.referent or "", hop.span.of(self.text)) for hop in assertion.hops]
        expected_hops = [hop["entity"] for hop in row["hops"]]
        if hops != expected_hops:
            found.append(f"hops {hops} for {expected_hops}")
        affiliations = {self.names[referent] for referent in assertion.affiliations}
        if row.get("source_affiliation", next(iter(affiliations), None)) not in {*affiliations, None}:
            found.append(f"affiliations {sorted(affiliations)} for {row['source_affiliation']}")
        return found

    def invented(self) -> list[Assertion]:
        """Assertions with a source that no expected sourced assertion accounts for."""
        sourced = [words_in(self.text, row["content"]) for row in self.expected["assertions"] if row["source"]]
        return [
            a for a in self.reading.assertions if a.source and not any(half(self.content[a.id], s) for s in sourced)
        ]

    def under_two_types(self) -> list[tuple[Assertion, Assertion]]:
        """Pairs of assertions of the same words, neither reported in the other, whose source types differ."""
        pairs = combinations(self.reading.assertions, 2)
        return [
            (a, b)
            for a, b in pairs
            if a.source_type != b.source_type
            and a.id != b.within
            and b.id != a.within
            and 2 * len(self.content[a.id] & self.content[b.id]) >= len(self.content[a.id] | self.content[b.id])
        ]

    def written(self) -> list[Assertion]:
        return [a for a in self.reading.assertions if a.source_type == "writer"]


def half(one: Words, other: Words) -> bool:
    """Do they share half of the shorter?"""
    shorter = min(len(one), len(other))
    return shorter > 0 and 2 * len(one & other) >= shorter


def attribution_rows(comparison: Comparison) -> Iterator[tuple[bool, str]]:
    for row in comparison.expected["assertions"]:
        near = comparison.candidates(row)
        if not near:
            yield False, f"{row['id']:4} missing   {row['content_text']}"
            continue
        best = near[0]
        faults = [] if comparison.has_source(row, best) else [f"source {row['source_text']!r}"]
        faults += [] if comparison.has_type(row, best) else [f"source type {best.source_type} for {row['source_type']}"]
        notes = "; ".join(comparison.differences(row, best))
        words = " … ".join(span.of(comparison.text) for span in best.content)
        yield (
            not faults,
            f"{row['id']:4} {'; '.join(faults) or 'found':9} {words}  [{notes or 'all fields as expected'}]",
        )


def writer_rows(comparison: Comparison) -> Iterator[tuple[bool, str]]:
    for row in comparison.expected["writer"]:
        near = [a for a in comparison.candidates(row) if a.source_type == "writer"]
        found = f"certainty {near[0].certainty}" if near else "missing"
        yield bool(near), f"{row['id']:4} {found:21} {row['content_text']}"


def entity_rows(comparison: Comparison) -> Iterator[tuple[bool, str]]:
    for row in comparison.expected["entities"]:
        name = fold(row["name"])
        named = [r for r in comparison.reading.referents if name in {fold(r.name), *map(fold, r.aliases)}]
        kinds = {referent.kind for referent in named}
        written = {fold(alias) for referent in named for alias in (referent.name, *referent.aliases)}
        missing = [alias for alias in row["as_written"] if fold(alias) not in written]
        note = f"  without {', '.join(missing)}" if named and missing else ""
        yield kinds == {row["kind"]}, f"{row['name']:16} {' and '.join(sorted(kinds)) or 'missing'}{note}"


def broken_rules(comparison: Comparison) -> Iterator[str]:
    """What a reader must never find in this article, as far as code can tell."""
    text, rows = comparison.text, {row["id"]: row for row in comparison.expected["assertions"]}
    written = [words_in(text, row["content"]) for row in comparison.expected["writer"]]
    for assertion in comparison.reading.assertions:
        words = " ".join(span.of(text) for span in assertion.content)
        content, speakers = comparison.content[assertion.id], [comparison.names[s.referent] for s in assertion.sources]
        if "".join(WORD.findall(words)) == "AIczar":
            yield "“AI czar” as a quotation"
        if any(half(content, words_in(text, rows[i]["content"])) for i in ("S7", "S8", "S9")) and speakers:
            yield f"a source for hearsay: {speakers[0]}: {words}"
        if "David Sacks" in speakers and any(half(content, row) for row in written):
            yield f"David Sacks as the source of the writer's words: {words}"
        if "OpenAI" in speakers and half(content, words_in(text, rows["S2"]["content"])):
            yield "OpenAI as the speaker of S2"
        if any(half(content, words_in(text, [[text.find(line), text.find(line) + len(line)]])) for line in NO_CLAIMS):
            yield f"words that claim nothing: {words}"


def show(title: str, rows: Iterable[tuple[bool, str]]) -> None:
    rows = list(rows)
    print(f"{title}: {sum(right for right, _ in rows)} of {len(rows)}")
    for right, line in rows:
        print(f"  {'+' if right else '-'} {line}")


def report(comparison: Comparison) -> bool:
    """Prints every row; is nothing wrong that must never be?"""
    text = comparison.text
    show("attributions", attribution_rows(comparison))
    show("claims of the writer", writer_rows(comparison))
    show("entities with one kind", entity_rows(comparison))
    invented, written, double = comparison.invented(), comparison.written(), comparison.under_two_types()
    print(f"invented: {len(invented)}")
    for assertion in invented:
        print(
            f"  - {assertion.method}: {' … '.join(span.of(text) for span in (*assertion.source, *assertion.content))}"
        )
    print(f"claims of the writer in all: {len(written)}, at most {MOST_WRITER_CLAIMS}")
    print(f"the same words under two source types: {len(double)}")
    for one, other in double:
        print(f"  - {one.source_type} and {other.source_type}: {one.content[0].of(text)}")
    print(f"credits: {', '.join(comparison.reading.article.credits) or 'none'}")
    rules = list(broken_rules(comparison))
    print(f"never: {len(rules)} broken")
    for rule in rules:
        print(f"  - {rule}")
    return len(written) <= MOST_WRITER_CLAIMS and not double


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="holds expected.json and the article that it names")
    folder = parser.parse_args(arguments).folder
    expected: Expected = json.loads((folder / "expected.json").read_text(encoding="utf8"))
    articles = read_path(folder / expected["article"])
    readings = list(read_articles(articles, load_nlp()))
    sound = [report(Comparison(reading, expected)) for reading in readings]
    return 0 if all(sound) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
