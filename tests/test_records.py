from __future__ import annotations

from dataclasses import replace

import pytest
from factory import make_reading, with_assertion

from graph.store.memory import MemoryTransaction
from graph.store.records import (
    by_age,
    in_order,
    load_articles,
    load_assertions,
    load_reading,
    load_referents,
    to_records,
)
from ingest.model import Hop, PartialDate, PartSpan, Quantity, Reading, Span, credited_name

ARMS = make_reading(
    ("Mara Lindqvist", "Halden Robotics stops all arms, Tidewire reported"), ("", "Orrin Labs was first"),
    credits=("Source: Tidewire", "(Nordpost)"), parts=(PartSpan(Span(0, 4), "caption"),), pages=(0, 20),
    pages_not_read=(3,), retrieved_at="2031-03-05T10:00:00Z", confidential=True, notice="Invented sample",
)  # fmt: skip
CORRECTED = make_reading(
    ("Tobias Renn", "nothing stopped"), ("Mara Lindqvist", "Halden Robotics stops all arms, Tidewire reported"),
    retrieved_at="2031-03-06T10:00:00Z",
)  # fmt: skip


def full(reading: Reading) -> Reading:
    """A reading in which every field of an assertion is filled."""
    person, company, outlet = (
        next(r.id for r in reading.referents if r.kind == kind) for kind in ("person", "company", "outlet")
    )
    return with_assertion(
        with_assertion(reading, 1, within=reading.assertions[0].id),
        0,
        affiliations=(company, person),
        hops=(Hop(Span(0, 4), "anonymous", None), Hop(Span(5, 14), "outlet", outlet), Hop(Span(5, 9), "group", None)),
        asserted_at=PartialDate("2031-03", "month"),
        source_count=2,
        anonymity_reason="for fear of reprisal",
        subject=company,
        relation="stops",
        object="all arms",
        quantities=(
            Quantity(6e6, "USD", "below", "less than 6 million dollars"),
            Quantity(2, "arm", "exact", "2 arms"),
        ),
        general=True,
    )


def stored(*readings: Reading) -> MemoryTransaction:
    graph = MemoryTransaction()
    graph.put(*to_records(*readings), {})
    return graph


def test_a_reading_comes_back_exactly():
    reading = full(ARMS)
    assert load_reading(stored(reading), reading.article.version) == in_order(reading)


def test_each_version_of_an_article_comes_back_exactly():
    graph = stored(full(ARMS), CORRECTED)
    assert ARMS.article.id == CORRECTED.article.id
    for reading in (full(ARMS), CORRECTED):
        assert load_reading(graph, reading.article.version) == in_order(reading)


def test_an_assertion_that_stands_in_two_versions_is_shown_as_the_latest_has_it():
    graph = stored(CORRECTED, full(ARMS))
    shared = ARMS.assertions[0].id
    assert load_assertions(graph, [shared])[shared] == CORRECTED.assertions[1]


def test_the_order_in_which_versions_are_given_changes_nothing():
    def as_sets(*readings: Reading) -> tuple[dict[str, object], dict[object, object]]:
        nodes, edges = to_records(*readings)
        return {n.id: n for n in nodes}, {e.identity: e for e in edges}

    assert as_sets(ARMS, CORRECTED) == as_sets(CORRECTED, ARMS)


def test_unknown_dates_count_as_the_earliest():
    undated = make_reading(("", "Orrin Labs was first"), published_at=None)
    assert by_age([ARMS, undated]) == [undated, ARMS]


def test_an_article_is_loaded_in_its_latest_version_and_stays_confidential():
    article = load_articles(stored(ARMS, CORRECTED), [ARMS.article.id, "unknown"])
    assert article == {ARMS.article.id: replace(CORRECTED.article, confidential=True)}


def test_referents_come_back_and_unknown_ids_are_left_out():
    referent = ARMS.referents[0]
    assert load_referents(stored(ARMS), [referent.id, "unknown", ARMS.article.id]) == {referent.id: referent}
    assert load_assertions(stored(ARMS), ["unknown"]) == {}
    assert load_reading(stored(ARMS), "unknown") is None


def test_outlet_and_credited_outlets_are_referents_even_where_the_text_does_not_name_them():
    graph = stored(ARMS)
    ends = {kind: [e.end for e in graph.edges([kind])] for kind in ("PUBLISHED_BY", "CREDITS")}
    names = {kind: sorted(r.name for r in load_referents(graph, ids).values()) for kind, ids in ends.items()}
    assert names == {"PUBLISHED_BY": ["The Ledger"], "CREDITS": ["Nordpost", "Tidewire"]}


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("Source: Financial Times", "Financial Times"),
        ("(AP)", "AP"),
        ("Nordpost", "Nordpost"),
        ("via: Tidewire.", "Tidewire"),
        ("", ""),
    ],
)
def test_the_outlet_in_a_credit_line(credit: str, name: str):
    assert credited_name(credit) == name


def test_every_edge_of_an_assertion_says_where_it_was_found():
    edges = stored(full(ARMS)).edges(
        ["ATTRIBUTED_TO", "AFFILIATED_WITH", "RELAYED_BY", "WITHIN", "MENTIONS", "REFERS_TO"]
    )
    assert {e.type for e in edges} >= {"ATTRIBUTED_TO", "AFFILIATED_WITH", "RELAYED_BY", "WITHIN", "MENTIONS"}
    for edge in edges:
        assert edge.properties["version"] == ARMS.article.version
        assert {"spans", "method", "confidence"} <= edge.properties.keys()
