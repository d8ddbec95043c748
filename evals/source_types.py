"""Types of sources against 200 labels on PolNeAR dev: python -m evals.source_types DATA [--misses]

A label names an article of the corpus and the offsets of a source and its content, no text. The assertion that shares
at least half of the characters of both contents, and any of the sources', is measured by its source type. A pronoun or
a noun that goes back to a named source counts as named.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ingest.formats.jsonl import from_json
from ingest.model import Article, Assertion, Reading, Span
from ingest.pipeline import read_articles
from ingest.syntax.parsing import load_nlp

LABELLED = Path(__file__).parent / "labelled" / "source_types.jsonl"
ALIKE = 0.5


def read_rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def read_dev(data: Path, ids: Iterable[str]) -> dict[str, Reading]:
    """Those articles of PolNeAR dev as the project reads them."""
    wanted = set(ids)
    rows = [row for row in read_rows(data / "polnear" / "dev.jsonl") if row["id"] in wanted]
    articles = (from_json({"text": row["text"], "title": row.get("title")}) for row in rows)
    readings = read_articles((article for article in articles if isinstance(article, Article)), load_nlp())
    return {row["id"]: reading for row, reading in zip(rows, readings, strict=True)}


def characters(spans: Iterable[Span | Sequence[int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def likeness(spans: Iterable[Sequence[int]], found: Iterable[Span]) -> float:
    """Intersection over union of the characters."""
    one, other = characters(spans), characters((s.start, s.end) for s in found)
    return len(one & other) / max(1, len(one | other))


def find(label: dict[str, Any], reading: Reading) -> Assertion | None:
    """The assertion that a label is of, if it was found with a source in the same words."""
    source = characters(label["source"])
    near = [
        (likeness(label["content"], a.content), a.id, a)
        for a in reading.assertions
        if source & characters((s.start, s.end) for s in a.source)
    ]
    best = max(near, default=None, key=lambda row: row[:2])
    return best[2] if best and best[0] >= ALIKE else None


def show(pairs: Sequence[tuple[str, str]]) -> None:
    """Expected and found of each that was found: a line a type, then what was taken for what."""
    right = sum(expected == found for expected, found in pairs)
    print(f"right: {right} of {len(pairs)} found ({right / max(1, len(pairs)):.1%})")
    print(f"{'':12}{'labelled':>10}{'precision':>11}{'recall':>9}")
    for kind in sorted({expected for expected, _ in pairs}):
        same = sum(expected == found == kind for expected, found in pairs)
        labelled, given = (sum(pair[i] == kind for pair in pairs) for i in (0, 1))
        print(f"{kind:12}{labelled:10}{same / max(1, given):11.1%}{same / labelled:9.1%}")
    for (expected, found), count in Counter(p for p in pairs if p[0] != p[1]).most_common():
        print(f"{count:4} {expected} taken for {found}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", action="store_true", help="print the source of each that is wrong")
    options = parser.parse_args(arguments)
    labels = read_rows(LABELLED)
    readings = read_dev(options.data, (label["article"] for label in labels))
    pairs = []
    for label in labels:
        found = find(label, readings[label["article"]])
        if found is None:
            continue
        pairs.append((label["source_type"], found.source_type))
        if options.misses and found.source_type != label["source_type"]:
            text = readings[label["article"]].article.text
            words = " … ".join(text[start:end] for start, end in label["source"])
            print(f"expected {label['source_type']}, found {found.source_type}: {words}")
    print(f"labels: {len(labels)}")
    show(pairs)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
