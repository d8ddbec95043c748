"""What people decide is above what rules find, can be undone, and outlives another reading."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from telling import say, tell

from graph.derive.decisions import Judged, Ruling
from graph.derive.regroup import regroup
from graph.dossier import Store, open_store
from graph.errors import NotFound, StoreError
from graph.model import Decision, DecisionKind, Node
from ingest.model import Span

FIRED = "Halden Robotics fired Ada Quill"
SOLD = "Orrin Labs sold Sorter 9"
READINGS = (
    tell(say(FIRED, "Mara Lindqvist"), say(SOLD, "Tobias Renn"), on="2031-03-04"),
    tell(
        say(FIRED, "Dale Orrick"), say("Orrin Labs lost 40 workers", "Orrin Labs"), outlet="Tidewire", on="2031-03-05"
    ),
    tell(say(FIRED, "Halden Robotics", stance="denies"), say(SOLD), outlet="North Post", on="2031-03-06"),
)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("memory://") as opened:
        opened.write(READINGS)
        yield opened


def who(number: int, name: str) -> str:
    return next(r.id for r in READINGS[number].referents if r.name == name)


def said(number: int, place: int) -> str:
    return READINGS[number].assertions[place].id


def decide(store: Store, what: DecisionKind, *objects: str, after: str | None = None, at: str = "12:00") -> str:
    return store.decide(Decision("Ines Vogt", f"2031-03-09T{at}:00Z", what, objects, "she rang them", after=after))


def graph(store: Store) -> list[str]:
    """The dump without the log of decisions."""
    return [line for line in store.dump() if '"label":"Decision"' not in line]


def entity_of(store: Store, referent: str) -> Node:
    with store.read() as tx:
        (edge,) = tx.edges(["RESOLVES_TO"], starts=[referent])
        return tx.nodes([edge.end])[edge.end]


def claim_of(store: Store, assertion: str) -> Node | None:
    with store.read() as tx:
        return next((tx.nodes([e.end])[e.end] for e in tx.edges(["EXPRESSES"], starts=[assertion])), None)


DECIDED: dict[str, tuple[DecisionKind, tuple[str, ...], str | None]] = {
    "two people of two names are one": ("same", (who(0, "Mara Lindqvist"), who(1, "Dale Orrick")), None),
    "two bodies of one name are two": ("different", (who(0, "Halden Robotics"), who(1, "Halden Robotics")), None),
    "it is not sure that two bodies are one": ("unsure", (who(0, "Orrin Labs"), who(1, "Orrin Labs")), None),
    "one is none of the others": (
        "split", (who(1, "Halden Robotics"), who(0, "Halden Robotics"), who(2, "Halden Robotics")), None,
    ),
    "two say the same": ("same", (said(0, 0), said(1, 1)), None),
    "two do not say the same": ("different", (said(0, 0), said(1, 0)), None),
    "it is not sure that two say the same": ("unsure", (said(0, 0), said(1, 0)), None),
    "another said it": ("source", (said(0, 0),), who(0, "Tobias Renn")),
    "nobody in particular said it": ("source", (said(0, 0),), None),
    "it was never said": ("not_said", (said(0, 0),), None),
    "it is a charge": ("stance", (said(0, 0),), "alleges"),
    "it is a silence": ("stance", (said(0, 0),), "declines_to_comment"),
    "it is worded otherwise": ("wording", (said(0, 0),), "Halden let Quill go"),
    "the article is an opinion": ("genre", (READINGS[2].article.id,), "opinion"),
    "the article was issued": ("issued_by", (READINGS[2].article.id,), "Halden Robotics"),
    "the article is confidential": ("confidential", (READINGS[0].article.id,), "true"),
    "the outlet is reliable": ("reliability", ("the outlet of an article that does not name it",), "B"),
}  # fmt: skip


@pytest.fixture(params=DECIDED)
def decided(request: pytest.FixtureRequest, store: Store) -> tuple[DecisionKind, tuple[str, ...], str | None]:
    what, objects, after = DECIDED[request.param]
    if what == "reliability":
        with store.read() as tx:
            objects = (tx.edges(["PUBLISHED_BY"], starts=[READINGS[1].article.id])[0].end,)
    return what, objects, after


def test_a_decision_changes_the_graph_and_undone_leaves_it_as_it_was(
    store: Store, decided: tuple[DecisionKind, tuple[str, ...], str | None]
) -> None:
    before = graph(store)
    what, objects, after = decided
    i = decide(store, what, *objects, after=after)
    assert graph(store) != before
    assert store.verify() == []
    undo = decide(store, "undo", i, at="13:00")
    assert graph(store) == before
    assert store.verify() == []
    decide(store, "undo", undo, at="14:00")
    assert graph(store) != before
    assert [kept.state for kept in store.decisions()] == ["in force", "undone", "in force"]


def test_articles_and_decisions_in_any_order_give_one_graph(
    store: Store, decided: tuple[DecisionKind, tuple[str, ...], str | None]
) -> None:
    what, objects, after = decided
    decide(store, what, *objects, after=after)
    wanted = list(store.dump())
    for seed in range(3):
        order = random.Random(seed).sample(READINGS, len(READINGS))
        for reading in order:
            store.remove(reading.article.id)
        for reading in order:
            store.write([reading])
            assert store.verify() == []
        assert list(store.dump()) == wanted
    with open_store("memory://") as other:
        store.copy_to(other)
        assert list(other.dump()) == wanted


def test_two_of_two_names_are_one_where_a_person_says_so(store: Store) -> None:
    decide(store, "same", who(0, "Mara Lindqvist"), who(1, "Dale Orrick"))
    one = entity_of(store, who(0, "Mara Lindqvist"))
    assert one.id == entity_of(store, who(1, "Dale Orrick")).id
    claim = claim_of(store, said(0, 0))
    assert claim is not None
    assert claim.properties["origins"] == 1


def test_what_is_said_of_two_bodies_of_one_name_is_two_claims(store: Store) -> None:
    assert claim_of(store, said(0, 0)) == claim_of(store, said(1, 0))
    decide(store, "split", who(1, "Halden Robotics"), who(0, "Halden Robotics"), who(2, "Halden Robotics"))
    assert entity_of(store, who(0, "Halden Robotics")) == entity_of(store, who(2, "Halden Robotics"))
    assert entity_of(store, who(0, "Halden Robotics")) != entity_of(store, who(1, "Halden Robotics"))
    assert claim_of(store, said(0, 0)) != claim_of(store, said(1, 0))
    assert claim_of(store, said(0, 0)) == claim_of(store, said(2, 0))


def test_what_was_never_said_counts_for_nothing(store: Store) -> None:
    decide(store, "not_said", said(0, 0))
    assert claim_of(store, said(0, 0)) is None
    claim = claim_of(store, said(1, 0))
    assert claim is not None
    assert claim.properties["origin_names"] == ("Dale Orrick",)


def test_the_latest_decision_on_a_pair_is_in_force(store: Store) -> None:
    pair = (who(0, "Halden Robotics"), who(1, "Halden Robotics"))
    decide(store, "different", *pair, at="12:00")
    decide(store, "same", *pair[::-1], at="11:00")
    assert entity_of(store, pair[0]) != entity_of(store, pair[1])
    decide(store, "same", *pair, at="13:00")
    assert entity_of(store, pair[0]) == entity_of(store, pair[1])
    assert [kept.state for kept in store.decisions()] == ["in force", "replaced", "replaced"]


def test_a_decision_follows_its_assertion_to_another_id_where_its_place_is_the_same(store: Store) -> None:
    reading = READINGS[0]
    decide(store, "stance", said(0, 0), after="alleges")
    renamed = replace(reading.assertions[0], id="a" * 20, wording="Halden Robotics fired her")
    store.write([replace(reading, reader="told@2", assertions=(renamed, *reading.assertions[1:]))])
    with store.read() as tx:
        assert tx.nodes([renamed.id])[renamed.id].properties["stance"] == "alleges"
    assert [(kept.state, kept.decision.objects) for kept in store.decisions()] == [("in force", (renamed.id,))]
    moved = replace(renamed, content=(Span(renamed.content[0].start, renamed.content[0].end - 1),))
    store.write([replace(reading, reader="told@3", assertions=(replace(moved, id="b" * 20), *reading.assertions[1:]))])
    assert [kept.state for kept in store.decisions()] == ["orphaned"]


def test_a_decision_whose_article_is_gone_is_listed_as_orphaned(store: Store) -> None:
    decide(store, "not_said", said(0, 0))
    store.remove(READINGS[0].article.id)
    assert [kept.state for kept in store.decisions()] == ["orphaned"]
    assert store.verify() == []


@pytest.mark.parametrize(
    ("what", "objects", "after", "told"),
    [
        ("same", (who(0, "Orrin Labs"),), None, "two"),
        ("same", (who(0, "Orrin Labs"), said(0, 0)), None, "one kind"),
        ("not_said", (who(0, "Orrin Labs"),), None, "assertion"),
        ("not_said", (said(0, 0), said(0, 1)), None, "one"),
        ("stance", (said(0, 0),), "shouts", "asserts"),
        ("wording", (said(0, 0),), " ", "words"),
        ("genre", (READINGS[0].article.id,), "gossip", "news"),
        ("source", (said(0, 0),), who(1, "Dale Orrick"), "nobody of that article"),
        ("reliability", (who(0, "Orrin Labs"),), "A", "outlet"),
        ("undo", (said(0, 0),), None, "decision"),
        ("forget", (said(0, 0),), None, "forget"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(
    store: Store, what: DecisionKind, objects: tuple[str, ...], after: str | None, told: str
) -> None:
    before = list(store.dump())
    with pytest.raises((StoreError, NotFound), match=told):
        decide(store, what, *objects, after=after)
    assert list(store.dump()) == before


@pytest.mark.parametrize(
    ("clusters", "pairs", "wanted"),
    [
        ([("a", "b", "c")], {("a", "c"): "different"}, [("a", "b"), ("c",)]),
        ([("a", "b"), ("c",)], {("b", "c"): "same"}, [("a", "b", "c")]),
        ([("a", "b"), ("c",)], {("b", "c"): "same", ("a", "c"): "different"}, [("a",), ("b", "c")]),
        ([("a", "b", "c")], {("a", "b"): "different", ("a", "c"): "different"}, [("a",), ("b", "c")]),
        ([("a", "b")], {("a", "b"): "unsure"}, [("a",), ("b",)]),
        ([("a", "b"), ("c",)], {("a", "b"): "unsure", ("a", "c"): "same", ("b", "c"): "same"}, [("a", "b", "c")]),
    ],
)
def test_people_come_before_rules_and_different_wins_over_any_chain(
    clusters: list[tuple[str, ...]], pairs: dict[tuple[str, str], DecisionKind], wanted: list[tuple[str, ...]]
) -> None:
    judged = Judged({pair: Ruling(what, "") for pair, what in pairs.items()})
    assert regroup(clusters, judged) == wanted
