"""Does one claim join, and does what differs stay apart? `python -m evals.pairs [--kind WORDS] [--wrong]`

A hundred and twenty pairs of short invented articles: sixty differ in one thing that must never join (a year, a room, a
hedge, who did it to whom …), sixty say the same in other words. Each pair is read by the real reader, written into a
store of its own and looked up by its two quotes. Of the first sixty none may stand in one claim, unless one of the two
speaks against it ("it is unlikely that …"); of the others as many as can.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.dossiers import ALIKE, overlap, place
from graph.dossier import open_store
from ingest.formats.extract import Extract, to_article
from ingest.formats.metadata import Metadata
from ingest.model import NO_CLAIM, OPPOSING, Article, Assertion, Reading
from ingest.pipeline import read_articles
from ingest.syntax.parsing import load_nlp

PAIRS = Path(__file__).parent / "labelled" / "pairs.jsonl"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles with a quote from each, and whether these say the same."""

    id: str
    kind: str
    same: bool
    articles: tuple[Article, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a pair: the wordings found for its quotes, and whether they stand in one claim."""

    pair: Pair
    found: tuple[str, ...]
    joined: bool

    @property
    def right(self) -> bool:
        return len(self.found) == len(self.pair.quotes) and self.joined == self.pair.same


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", default="", help="only pairs whose kind holds these words")
    parser.add_argument("--wrong", action="store_true", help="show each pair that is not right")
    arguments = parser.parse_args()
    pairs = [pair for pair in load_pairs() if arguments.kind in pair.kind]
    judged = list(judge(pairs))
    for one in judged:
        if arguments.wrong and not one.right:
            print(f"{one.pair.id} ({one.pair.kind}): {' / '.join(one.found)}")
    print_counts(judged)
    return 1 if any(one.joined and not one.pair.same for one in judged) else 0


def load_pairs(path: Path = PAIRS) -> list[Pair]:
    return [to_pair(json.loads(line)) for line in path.read_text(encoding="utf8").splitlines()]


def to_pair(row: Mapping[str, Any]) -> Pair:
    articles = tuple(to_article(Extract(a["text"], "labelled", stated(a))) for a in row["articles"])
    return Pair(row["id"], row["kind"], row["same"], articles, tuple(quote for _, quote in row["quotes"]))


def stated(row: Mapping[str, Any]) -> Metadata:
    return Metadata(outlet=row["outlet"], title=row["title"], published_at=row["published_at"], language="en")


def judge(pairs: Sequence[Pair]) -> Iterator[Judged]:
    """Each pair as the real reader and a store take it."""
    readings = read_articles((article for pair in pairs for article in pair.articles), load_nlp())
    for pair in pairs:
        yield judge_pair(pair, [next(readings) for _ in pair.articles])


def judge_pair(pair: Pair, readings: Sequence[Reading]) -> Judged:
    found = [find_quoted(*both) for both in zip(readings, pair.quotes, strict=True)]
    known = [a for a in found if a is not None]
    with open_store("memory://") as store:
        store.write(readings)
        with store.read() as tx:
            claims = {e.start: (e.end, e.properties["stance"]) for e in tx.edges(["EXPRESSES"])}
    homes = [claims[a.id] for a in known if a.id in claims]
    one_claim = len(homes) == len(found) and len({claim for claim, _ in homes}) == 1
    against = any(stance in OPPOSING for _, stance in homes)
    return Judged(pair, tuple(a.wording for a in known), one_claim and (pair.same or not against))


def find_quoted(reading: Reading, quote: str) -> Assertion | None:
    """The assertion whose content is most like the quote; None where none holds half of it."""
    where = place(reading.article.text, quote, 1)
    claiming = [a for a in reading.assertions if a.stance not in NO_CLAIM]
    alike = [(overlap(a.content, where), -abs(a.content[0].start - where.start), a.id, a) for a in claiming]
    share, _, _, best = max(alike, default=(0.0, 0, "", None))
    return best if share >= ALIKE else None


def print_counts(judged: Iterable[Judged]) -> None:
    for same, what in ((False, "differ in one thing"), (True, "say the same")):
        rows = [one for one in judged if one.pair.same == same]
        unread = sum(len(one.found) < len(one.pair.quotes) for one in rows)
        print(
            f"{len(rows)} pairs that {what}: {sum(one.joined for one in rows)} joined, {unread} not found in the text"
        )


if __name__ == "__main__":
    raise SystemExit(main())
