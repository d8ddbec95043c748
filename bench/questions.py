"""How long each question of a page takes, and in how many statements: `python -m bench.questions STORE_URL`

What is asked for is drawn by chance, the same in every run, with the largest hub and the claim told most often among
it. The first asking of each is not counted. On a busy machine the CPU tells more than the time. `python -m bench.fill`
makes a store for it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from bench.invented import HUB, TOLD_OFTEN
from graph.ask import questions
from graph.dossier import Store, open_store
from graph.store.transaction import ClaimFilter, Transaction

Ask = Callable[[Transaction], object]
DRAWN = 400  # nodes of a label that what is asked for is drawn from
NEEDS_EYES = (
    ClaimFilter(dispute="disputed"), ClaimFilter(dispute="denied"), ClaimFilter(sourcing="unnamed_only"),
    ClaimFilter(sourcing="no_source_found"),
)  # what the app's first page shows of claims  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """How long asking took, milliseconds, of that this process's CPU, and the most statements of one asking."""

    question: str
    times: tuple[float, ...]
    cpu: tuple[float, ...]
    statements: int

    def __str__(self) -> str:
        wall = f"{_at(self.times, 0.5):>10.1f}{_at(self.times, 0.95):>10.1f}"
        return f"{self.question:34}{wall}{_at(self.cpu, 0.95):>13.1f}{self.statements:>13}"


def _at(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", metavar="STORE_URL")
    parser.add_argument("--times", type=int, default=20, help="askings of each question")
    parser.add_argument("--seconds", type=float, default=10, help="after so many no question is asked again")
    arguments = parser.parse_args()
    with open_store(arguments.store, read_only=True) as store:
        with store.read() as tx:
            counts = tx.counts()
            asked = _to_ask(tx, arguments.times)
        print(f"{counts.get('Article', 0):,} articles, {counts.get('Assertion', 0):,} assertions")
        print(f"{'':34}{'p50 ms':>10}{'p95 ms':>10}{'CPU p95 ms':>13}{'statements':>13}")
        for question, askings in asked.items():
            print(_time(store, question, askings, arguments.seconds), flush=True)
    return 0


def _to_ask(tx: Transaction, times: int) -> dict[str, list[Ask]]:
    """The questions of the app's pages, each with what is asked for."""
    chance = random.Random(13)
    claims, entities, articles = (
        chance.choices([node.id for node in islice(tx.nodes_of(label), DRAWN)], k=times)  # type: ignore[arg-type]
        for label in ("Claim", "Entity", "Article")
    )
    (hub,) = [row.id for row in questions.find_entities(tx, HUB)]
    often = tx.claims(ClaimFilter(words=TOLD_OFTEN), limit=1)[0]
    after = questions.list_claims(tx, ClaimFilter(), limit=50).after
    once: list[tuple[str, Ask]] = [
        ("overview", _overview),
        ("what was read", questions.what_was_read),
        ("articles", lambda tx: questions.list_articles(tx, limit=26)),
        ("claims, first page", lambda tx: questions.list_claims(tx, ClaimFilter())),
        ("claims, second page", lambda tx: questions.list_claims(tx, ClaimFilter(), after=after)),
        ("claims, denied", lambda tx: questions.list_claims(tx, ClaimFilter(dispute="denied"))),
        ("claims about the hub", lambda tx: questions.list_claims(tx, ClaimFilter(entity=hub))),
        ("claims with a common word", lambda tx: questions.list_claims(tx, ClaimFilter(words="works"))),
        ("claim told most often", lambda tx: questions.trace_claim(tx, often, limit=50)),
        ("hub by name", lambda tx: questions.find_entities(tx, HUB)),
        ("hub's page", lambda tx: questions.get_entity(tx, hub, limit=40)),
        ("graph round the hub", lambda tx: questions.neighbourhood(tx, (hub,))),
        ("search for a common word", lambda tx: questions.search(tx, "works", limit=200)),
        ("search for rare words", lambda tx: questions.search(tx, TOLD_OFTEN, limit=200)),
    ]
    asked = {question: [ask] * times for question, ask in once}
    asked["a claim"] = [_asking(questions.trace_claim, claim, limit=50) for claim in claims]
    asked["an entity's page"] = [_asking(questions.get_entity, entity, limit=40) for entity in entities]
    asked["an article's page"] = [_asking(questions.get_article, article) for article in articles]
    asked["graph round a claim"] = [_asking(questions.neighbourhood, (claim,)) for claim in claims]
    asked["path between two"] = [_asking(questions.find_path, one, other) for one, other in pairwise(entities)]
    return asked


def _asking(question: Callable[..., object], *given: Any, **limits: int) -> Ask:
    return lambda tx: question(tx, *given, **limits)


def _overview(tx: Transaction) -> object:
    """What the app's first page asks."""
    stats, articles = questions.get_stats(tx), questions.list_articles(tx, limit=26)
    return stats, articles, [questions.list_claims(tx, which, limit=3) for which in NEEDS_EYES]


def _time(store: Store, question: str, askings: list[Ask], most: float) -> Row:
    times: list[float] = []
    cpu: list[float] = []
    statements = 0
    for number, ask in enumerate([askings[0], *askings]):
        started, used = time.perf_counter(), time.process_time()
        with store.read() as tx, _counted(tx) as count:
            ask(tx)
        if number:
            times.append(1000 * (time.perf_counter() - started))
            cpu.append(1000 * (time.process_time() - used))
            statements = max(statements, len(count))
        if number and sum(times) > 1000 * most:
            break
    return Row(question, tuple(times), tuple(cpu), statements)


@contextmanager
def _counted(tx: Any) -> Iterator[list[str]]:
    """The statements that go to the database meanwhile."""
    statements: list[str] = []
    if hasattr(tx, "_connection"):
        # What the word index asks its own tables is told as a comment.
        tx._connection.set_trace_callback(lambda sql: None if sql.startswith("--") else statements.append(sql))
        yield statements
        tx._connection.set_trace_callback(None)
    else:
        run = tx._run

        def noted(query: str, **values: Any) -> Any:
            statements.append(query)
            return run(query, **values)

        tx._run = noted
        yield statements


if __name__ == "__main__":
    sys.exit(main())
