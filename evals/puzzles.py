"""Puzzles of a few invented articles each, as the real reader and a store of their own answer them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.dossier import Store, open_store
from ingest.formats.jsonl import from_json
from ingest.model import Article, Reading
from ingest.pipeline import read_articles
from ingest.syntax.parsing import load_nlp

LABELLED = Path(__file__).parent / "labelled"
Puzzle = Mapping[str, Any]


def load_puzzles(name: str) -> list[Puzzle]:
    """The puzzles of one file of `labelled`, by its name without ".jsonl"."""
    lines = (LABELLED / f"{name}.jsonl").read_text(encoding="utf8").splitlines()
    return [json.loads(line) for line in lines]


def solved(puzzles: Sequence[Puzzle]) -> Iterator[tuple[Puzzle, list[Reading], Store]]:
    """Each puzzle with its readings in order and a store that holds just them; all are read in one go."""
    articles = [from_json(row) for puzzle in puzzles for row in puzzle["articles"]]
    readings = read_articles((a for a in articles if isinstance(a, Article)), load_nlp())
    for puzzle in puzzles:
        own = [next(readings) for _ in puzzle["articles"]]
        with open_store("memory://") as store:
            store.write(own)
            yield puzzle, own, store


def print_kinds(judged: Iterable[tuple[Puzzle, bool]]) -> None:
    """A line a kind: how many of its puzzles are right."""
    judged = list(judged)
    every, right = Counter(p["kind"] for p, _ in judged), Counter(p["kind"] for p, ok in judged if ok)
    width = max(map(len, every))
    for kind, count in every.items():
        print(f"{kind:{width}}  {right[kind]:2} of {count}")
