"""A claim told very often is derived from the distinct ways in which it is told, and counts all the rest."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from telling import Said, say, tell

from graph.dossier import Store, open_store
from graph.model import Node
from ingest.model import Reading

SOLD = "Orrin Labs sold Sorter 9"
WAYS: list[Said] = [
    say(SOLD, "Mara Lindqvist"),
    say(SOLD, "Tobias Renn", capacity="speaks_for"),
    say(SOLD, "Orrin Labs", stance="denies"),
    say(f"{SOLD} on Monday", "Mara Lindqvist"),
    say(SOLD, polarity="negative"),
    say(SOLD, source_type="anonymous"),
]


def told(number: int) -> Reading:
    """One of many tellings, in a few ways."""
    outlet = ("Tidewire", "The Ledger", "North Post")[number % 3]
    return tell(
        WAYS[number % len(WAYS)], outlet=outlet, on=f"2031-03-{1 + number % 28:02}", title=f"{number}. telling",
    )  # fmt: skip


@pytest.fixture
def memory() -> Iterator[Store]:
    with open_store("memory://") as opened:
        yield opened


def claims(store: Store) -> dict[str, Node]:
    with store.read() as tx:
        return {str(node.properties["wording"]): node for node in tx.nodes_of("Claim")}


@pytest.mark.parametrize("seed", range(6))
def test_however_often_it_is_told_and_in_which_order_the_graph_is_one(memory: Store, seed: int) -> None:
    chance = random.Random(seed)
    readings = [told(number) for number in chance.sample(range(60), 40)]
    for start in range(0, len(readings), 7):
        memory.write(readings[start : start + 7], batch=chance.choice([1, 3, 7]))
        assert memory.verify() == []
    for reading in chance.sample(readings, 6):
        memory.remove(reading.article.id)
        assert memory.verify() == []


def test_every_telling_is_counted_and_expresses_the_claim(memory: Store) -> None:
    for number in range(60):
        memory.write([told(number)])
    claim = claims(memory)[SOLD]
    with memory.read() as tx:
        expressed = tx.edges(["EXPRESSES"], ends=[claim.id])
        said = tx.edges(["SAYS"], starts=[e.start for e in expressed])
        propositions = tx.nodes({e.end for e in said})
    assert claim.properties["assertions"] == len(expressed) == len(said) == 50  # "did not" is another claim
    assert sum(int(str(p.properties["assertions"])) for p in propositions.values()) == 50
    assert len(propositions) == 1
