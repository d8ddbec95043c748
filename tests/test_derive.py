"""What is derived, and that it does not matter how it came to be."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from telling import say, tell, written

from graph.ask.questions import trace_claim
from graph.dossier import Store, open_store
from graph.model import Node
from ingest.model import Kind, Reading

STOPPED = "Halden Robotics stopped Sorter 9"


@pytest.fixture
def memory() -> Iterator[Store]:
    with open_store("memory://") as opened:
        yield opened


def shown(claim: Node) -> tuple[Any, ...]:
    """Sourcing, origins and dispute marks."""
    f = claim.properties
    return f["sourcing"], f.get("origin_names", ()), f.get("marks", ())


LAWYER = {"Dale Orrick": ("lawyer at Safety Board", "Safety Board")}
AFFAIR = (
    tell(say(STOPPED, source_type="anonymous"), on="2031-03-03"),
    tell(say(STOPPED, "The Ledger", source_type="outlet"), outlet="Tidewire", on="2031-03-04"),
    tell(say(STOPPED, "Mara Lindqvist"), say("Orrin Labs lost 40 workers", "Dale Orrick"), outlet="North Post"),
    tell(say(STOPPED, "Tobias Renn", capacity="speaks_for", stance="denies"), outlet="Tidewire", on="2031-03-06"),
    tell(
        say("Orrin Labs lost 60 workers", "Ada Quill"),
        say("any wrongdoing", "Orrin Labs", stance="denies", general=True),
        on="2031-03-06",
    ),
    tell(
        say("Orrin Labs lost 70 workers", "Ada Quill"), say(f"{STOPPED} on Monday", "Mara Lindqvist"), on="2031-03-09",
    ),
    tell(
        say("Dale Orrick left Orrin Labs"), outlet="North Post", on="2031-03-10", jobs=LAWYER,
        text="Dale Orrick left Orrin Labs.\n\nSafety Board",
    ),
    tell(say("Dale Orrick left Orrin Labs", "Mara Lindqvist"), on="2031-03-11"),
    tell(say(STOPPED, source_type="anonymous", hops=("The Ledger",)), outlet="North Post", on="2031-03-12"),
)  # fmt: skip


def test_the_order_of_reading_never_matters() -> None:
    dumps = set()
    for seed in range(12):
        readings = list(AFFAIR)
        random.Random(seed).shuffle(readings)
        with open_store("memory://") as store:
            for reading in readings:
                store.write([reading])
            assert store.verify() == []
            dumps.add("\n".join(store.dump()))
    assert len(dumps) == 1


@pytest.mark.parametrize("taken", range(len(AFFAIR)))
def test_an_article_added_and_removed_leaves_nothing_derived(memory: Store, taken: int) -> None:
    rest = [reading for n, reading in enumerate(AFFAIR) if n != taken]
    memory.write(rest)
    never_added = list(memory.dump())
    memory.write([AFFAIR[taken]])
    memory.remove(AFFAIR[taken].article.id)
    assert list(memory.dump()) == never_added
    assert memory.verify() == []


def test_a_reading_replaced_is_as_if_the_earlier_had_never_been(memory: Store) -> None:
    text = f"{AFFAIR[2].article.text}\n\nAda Quill said Halden Robotics sold Sorter 9."
    earlier = tell(say("Halden Robotics sold Sorter 9", "Ada Quill"), text=text, outlet="North Post")
    memory.write(AFFAIR[:2])
    memory.write([AFFAIR[2]])
    expected = list(memory.dump())
    with open_store("memory://") as other:
        other.write([earlier])
        other.remove(earlier.article.id)
        other.write(AFFAIR[:3])
        assert list(other.dump()) == expected


def test_one_claim_in_several_articles_is_found_by_its_terms(memory: Store) -> None:
    claims = written(memory, *AFFAIR[:3])
    assert claims[STOPPED].properties["assertions"] == 3
    assert claims[STOPPED].properties["articles"] == 3


def test_an_edge_leads_from_subject_to_object_only_through_a_claim_that_states_it(memory: Store) -> None:
    told: dict[str, Any] = {"relation": "acquires"}
    reading = tell(say("Halden Robotics bought Orrin Labs", "Mara Lindqvist", **told))
    ids = {r.name: r.id for r in reading.referents}
    told |= {"object": ids["Orrin Labs"]}
    stated = tell(say("Halden Robotics bought Orrin Labs", "Mara Lindqvist", **told))
    denied = tell(say("Halden Robotics bought Orrin Labs", "Mara Lindqvist", stance="denies", **told))
    written(memory, stated)
    with memory.read() as tx:
        names = [(e.properties["name"], e.key) for e in tx.all_edges() if e.type == "RELATION"]
        claim = next(tx.nodes_of("Claim"))
    assert names == [("acquires", claim.id)]
    memory.write([denied])
    with memory.read() as tx:
        assert not [e for e in tx.all_edges() if e.type == "RELATION"]


def test_a_general_denial_is_shown_beside_what_others_claim_against_its_maker_and_marks_nothing(memory: Store) -> None:
    claims = written(memory, *AFFAIR[2:5])
    with memory.read() as tx:
        beside = {claim.id: trace_claim(tx, claim.id).general_denials for claim in claims.values()}
        edges = [e for e in tx.all_edges() if e.type == "DENIES_IN_GENERAL"]
    lost = claims["Orrin Labs lost 60 workers"]
    assert [row.quote for row in beside[lost.id]] == ["any wrongdoing"]
    assert "denied" not in lost.properties.get("marks", ())
    assert beside[claims[STOPPED].id] == ()
    assert "any wrongdoing" not in claims
    assert len(edges) == 1


def test_two_people_of_one_name_with_different_jobs_stay_two(memory: Store) -> None:
    written(memory, AFFAIR[2], AFFAIR[6])
    with memory.read() as tx:
        named = [node for node in tx.nodes_of("Entity") if node.properties["name"] == "Dale Orrick"]
        links = [e for e in tx.all_edges() if e.type == "SAME_AS"]
    assert len(named) == 2
    assert links == []


def test_a_name_alone_only_suggests_one_person(memory: Store) -> None:
    one = tell(say("Mara Lindqvist resigned"), on="2031-03-04")
    other = tell(say("Mara Lindqvist won a race"), on="2031-03-05")
    written(memory, one, other)
    with memory.read() as tx:
        named = [node for node in tx.nodes_of("Entity") if node.properties["name"] == "Mara Lindqvist"]
        states = [e.properties["state"] for e in tx.all_edges() if e.type == "SAME_AS"]
    assert len(named) == 2
    assert states == ["suggested"]


def test_a_graph_built_step_by_step_is_the_one_derived_at_once(memory: Store) -> None:
    for reading in AFFAIR:
        memory.write([reading])
        assert memory.verify() == []


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_written_and_removed_the_graph_is_the_one_that_its_articles_give(memory: Store, seed: int) -> None:
    chance = random.Random(seed)
    present: set[str] = set()
    for _ in range(8):
        if present and chance.random() < 0.4:
            gone = chance.choice(sorted(present))
            memory.remove(gone)
            present -= {gone}
        else:
            readings = chance.sample(AFFAIR, chance.randint(1, 4))
            memory.write(readings, batch=chance.choice([1, 2, 50]))
            present |= {reading.article.id for reading in readings}
        assert memory.verify() == []


def paragraph(name: str, sentences: int = 9) -> str:
    """Words that stand in no other paragraph of these tests."""
    verbs = ("bent", "sold", "hid", "lost", "drew", "kept", "sank", "won", "told", "lit", "cut", "dug")
    return " ".join(f"The {name}{n} {verb} what {name}{n} of {verb} {name} had." for n, verb in enumerate(verbs))[
        : sentences * 30
    ]


def printed(text: str, outlet: str, day: int) -> Reading:
    return tell(say("Halden Robotics stopped Sorter 9", "Mara Lindqvist"), outlet=outlet, on=f"2031-03-{day:02}",
                text=f"Mara Lindqvist said Halden Robotics stopped Sorter 9.\n\n{text}")  # fmt: skip


WIRE, MORE, ELSE = paragraph("ash"), paragraph("elm"), paragraph("oak")
PRINTED = (
    printed(WIRE, "Tidewire", 3),
    printed(WIRE, "The Ledger", 4),
    printed(f"{WIRE} {MORE}", "North Post", 5),  # a copy that adds as much again
    printed(f"{MORE} {ELSE[:60]}", "The Ledger", 6),  # a copy of what it adds
    printed(ELSE, "Tidewire", 7),
    printed(f"{WIRE} {ELSE[:90]}", "North Post", 8),
)


@pytest.mark.parametrize("seed", range(8))
def test_copies_of_copies_are_one_graph_whatever_is_written_and_removed(memory: Store, seed: int) -> None:
    chance = random.Random(seed)
    order = chance.sample(PRINTED, len(PRINTED))
    for reading in order:
        memory.write([reading])
        assert memory.verify() == []
    for reading in chance.sample(order, 3):
        memory.remove(reading.article.id)
        assert memory.verify() == []


def test_a_copy_leads_to_the_root_and_a_copy_of_what_another_adds_to_that_one(memory: Store) -> None:
    memory.write(PRINTED)
    with memory.read() as tx:
        links = {e.start: e.end for e in tx.all_edges() if e.type == "REUSES_TEXT_OF"}
    number = {reading.article.id: n for n, reading in enumerate(PRINTED)}
    assert {number[a]: number[b] for a, b in links.items()} == {1: 0, 2: 0, 3: 2, 5: 0}


OFFICE: dict[str, Kind] = {
    "Bridge Rail Office": "company",
    "BRO": "company",
    "Orrick": "person",
    "Bay Rail Order": "company",
}
TIED = (
    tell(
        say("Bridge Rail Office bought Sorter 9", "Dale Orrick"),
        kinds=OFFICE,
        on="2031-03-03",
        aka={"Bridge Rail Office": "BRO"},
    ),
    tell(say("BRO sold Sorter 9", "Orrick"), kinds=OFFICE, on="2031-03-04"),
    tell(say("BRO sold Sorter 9", "Ada Orrick"), kinds=OFFICE | {"Ada Orrick": "person"}, on="2031-03-05"),
    tell(
        say("Bridge Rail Office sold Orrin Labs", "Dale Orrick"),
        kinds=OFFICE,
        on="2031-03-06",
        aka={"Bridge Rail Office": "BRO"},
    ),
    tell(say("Bay Rail Order fell"), kinds=OFFICE, on="2031-03-07", aka={"Bay Rail Order": "BRO"}),
)


@pytest.mark.parametrize("seed", range(10))
def test_short_names_are_one_graph_whatever_is_written_and_removed(memory: Store, seed: int) -> None:
    chance = random.Random(seed)
    order = chance.sample(TIED, len(TIED))
    for n, reading in enumerate(order):
        memory.write(order[: n + 1] if chance.random() < 0.5 else [reading])
        assert memory.verify() == []
    for reading in chance.sample(order, 3):
        memory.remove(reading.article.id)
        assert memory.verify() == []


def entities(store: Store) -> set[str]:
    with store.read() as tx:
        return {str(node.properties["name"]) for node in tx.nodes_of("Entity")}


def test_letters_that_two_bodies_are_called_by_are_neither_s(memory: Store) -> None:
    memory.write(TIED[:2])
    assert "BRO" not in entities(memory)
    memory.write(TIED[4:])
    assert "BRO" in entities(memory)
    memory.remove(TIED[4].article.id)
    assert "BRO" not in entities(memory)
