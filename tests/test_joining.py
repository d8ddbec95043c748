"""What joins and what never does, who is denied by whom: by what the reader really gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from factory import make_article
from spacy.language import Language

from graph.ask.comparing import compare_claims, list_disputed
from graph.dossier import open_store
from graph.model import EdgeType, Node
from ingest.model import Assertion, Reading
from ingest.pipeline import read_articles


def read(nlp: Language, *texts: str) -> list[Reading]:
    """Readings of short articles of two outlets on two days."""
    outlets = ("The Ledger", "Tidewire", "North Post")
    articles = (
        make_article(text, outlet=outlets[n % 3], title=f"News {n}", published_at=f"2033-05-{10 + n}T08:00:00Z")
        for n, text in enumerate(texts)
    )
    return list(read_articles(articles, nlp))


def claims_of(readings: Sequence[Reading]) -> list[dict[str, Node]]:
    """For each reading, the claim of each of its attributed wordings."""
    with open_store("memory://") as store:
        store.write(readings)
        with store.read() as tx:
            claim_of = {e.start: e.end for e in tx.edges(["EXPRESSES"])}
            nodes = tx.nodes(set(claim_of.values()))
    return [{a.wording: nodes[claim_of[a.id]] for a in attributed(r) if a.id in claim_of} for r in readings]


def attributed(reading: Reading) -> Iterable[Assertion]:
    return (a for a in reading.assertions if a.source)


def only_claims(readings: Sequence[Reading]) -> list[str]:
    return [next(iter(found.values())).id for found in claims_of(readings)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mara Lindqvist said Orrin Labs won it in 2029.", "Ada Quill said Orrin Labs won it in 2030."),
        ("Mara Lindqvist said Orrin Labs sealed room 204.", "Ada Quill said Orrin Labs sealed room 240."),
        ("Mara Lindqvist said Orrin Labs owed 1,234,567 crowns.", "Ada Quill said Orrin Labs owed 1,234,571 crowns."),
        ("Mara Lindqvist said Orrin Labs paid the workers.", "Ada Quill said Orrin Labs paid some workers."),
        ("Mara Lindqvist said Orrin Labs sold the mill.", "Ada Quill said Orrin Labs may have sold the mill."),
        ("Mara Lindqvist said Orrin Labs bought the mill.", "Ada Quill said Orrin Labs offered to buy the mill."),
        ("Mara Lindqvist said Orrin Labs sued Tarn Foods.", "Ada Quill said Tarn Foods sued Orrin Labs."),
    ],
)
def test_what_differs_in_one_thing_is_two_claims(nlp: Language, one: str, other: str) -> None:
    assert len(set(only_claims(read(nlp, one, other)))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "“There’s proof that Orrin Labs hid the report,” union leader Ada Quill said.",
            '"There\'s proof that Orrin Labs hid the report," union leader Ada Quill said.',
        ),
        ("Mara Lindqvist said Orrin Labs closed the mill.", "Ada Quill said the mill was closed by Orrin Labs."),
        ("Mara Lindqvist said Orrin Labs won it in 2029.", "In 2029 Orrin Labs won it, Ada Quill said."),
        ("Mara Lindqvist said Orrin Labs left on 3 March.", "Ada Quill said Orrin Labs left on March 3."),
        ("Mayor Ada Quill said that the depot was empty.", "The depot was empty, Mayor Ada Quill said."),
    ],
)
def test_the_same_in_other_words_is_one_claim(nlp: Language, one: str, other: str) -> None:
    assert len(set(only_claims(read(nlp, one, other)))) == 1


def test_no_order_of_reading_makes_another_graph(nlp: Language) -> None:
    texts = [
        "“There’s proof that Orrin Labs hid the Lormes report for years,” union leader Ada Quill said.",
        '"There\'s proof that Orrin Labs hid the Lormes report for years," Ada Quill told reporters.',
        "Mara Lindqvist said Orrin Labs hid the Lormes report.",
        "Mara Lindqvist said Orrin Labs may have hidden the Lormes report in 2029.",
    ]
    readings = read(nlp, *texts)
    dumps = []
    for order in (readings, readings[::-1], [readings[2], readings[0], readings[3], readings[1]]):
        with open_store("memory://") as store:
            for reading in order:
                store.write([reading])
            dumps.append(list(store.dump()))
    assert dumps[0] == dumps[1] == dumps[2]


@pytest.mark.parametrize(
    "reply",
    [
        "Corvane denied the allegation.",
        "Corvane has denied it.",
        "A spokesman for Corvane called the claims baseless.",
        "But this is not the case, according to Corvane.",
        "“That is not true,” Corvane said.",
        "Corvane dismissed the report as false.",
    ],
)
def test_a_denial_that_points_back_marks_what_it_points_at(nlp: Language, reply: str) -> None:
    (claims,) = claims_of(read(nlp, f"Corvane poisoned the river, the regulator said on Monday.\n\n{reply}"))
    assert claims["Corvane poisoned the river"].properties["marks"] == ("denied",)
    assert len({claim.id for claim in claims.values()}) == 1


def test_a_denial_of_a_part_in_it_answers_who_tells_of_the_deed(nlp: Language) -> None:
    text = "Norrail set the fire at the mill, the mayor said.\n\nNorrail denied any involvement in the fire."
    (reading,) = read(nlp, text)
    deed, denial = attributed(reading)
    assert denial.answers == deed.id


def test_a_denial_of_any_wrongdoing_answers_no_claim(nlp: Language) -> None:
    text = "Corvane poisoned the river, the regulator said on Monday.\n\nCorvane denied any wrongdoing."
    (reading,) = read(nlp, text)
    assert [(a.answers, a.general) for a in attributed(reading)] == [(None, False), (None, True)]


def test_another_number_for_one_thing_disputes_updates_or_narrows(nlp: Language) -> None:
    texts = [
        "The Safety Board said that 14 deliveries of Orrin Labs were spoiled.",
        "Mara Lindqvist said six deliveries of Orrin Labs were spoiled.",
    ]
    marks = [next(iter(found.values())).properties.get("marks") for found in claims_of(read(nlp, *texts))]
    assert marks == [("disputed",), ("disputed",)]


def test_who_took_back_what_they_had_said_retracts_it(nlp: Language) -> None:
    text = "Orrin Labs had said that it told every clinic. “We got that wrong,” Orrin Labs said on Friday."
    (reading,) = read(nlp, text)
    first, second = sorted(attributed(reading), key=lambda a: a.content)
    assert (second.stance, second.answers) == ("retracts", first.id)


def test_why_two_are_or_are_not_one_claim_is_told_in_words(nlp: Language) -> None:
    texts = ["Mara Lindqvist said Orrin Labs won it in 2029.", "Ada Quill said Orrin Labs won it in 2030."]
    readings = read(nlp, *texts)
    one, other = (next(iter(attributed(reading))).id for reading in readings)
    with open_store("memory://") as store:
        store.write(readings)
        with store.read() as tx:
            found = compare_claims(tx, one, other)
    assert (len(found.claims), found.score > found.matched) == (2, True)
    assert found.differences == ("They tell of different times: 2029-01-01 to 2030-01-01; 2030-01-01 to 2031-01-01.",)


def test_what_is_disputed_is_listed_with_the_words_against_it(nlp: Language) -> None:
    readings = read(
        nlp, "Corvane poisoned the river, the regulator said.\n\nCorvane denied that it poisoned the river."
    )
    with open_store("memory://") as store:
        store.write(readings)
        with store.read() as tx:
            (found,) = list_disputed(tx)
    assert [(mark.mark, mark.by) for mark in found.marks] == [("denied", ("Corvane",))]
    assert [row.quote for row in found.against] == ["that it poisoned the river"]


def links_of(readings: Sequence[Reading], *kinds: EdgeType) -> list[tuple[str, str, str]]:
    """(wording, link, wording) of each link between claims."""
    with open_store("memory://") as store:
        store.write(readings)
        with store.read() as tx:
            edges = tx.edges(kinds)
            nodes = tx.nodes({i for e in edges for i in (e.start, e.end)})
    wording = {i: str(node.properties["wording"]) for i, node in nodes.items()}
    return [(wording[e.start], e.type, wording[e.end]) for e in edges]


def test_who_calls_false_what_shows_it_disputes_it(nlp: Language) -> None:
    texts = [
        "Mara Lindqvist said Orrin Labs deposited the funds at Tarn Bank.",
        "Tarn Bank said that the documents showing Orrin Labs deposited the funds were fakes.",
    ]
    ((against, _, claim),) = links_of(read(nlp, *texts), "DISPUTES")
    assert against.endswith("were fakes")
    assert claim == "Orrin Labs deposited the funds at Tarn Bank"


def test_who_finds_no_trace_of_a_deed_narrows_it(nlp: Language) -> None:
    texts = [
        "Mara Lindqvist said Osric Vane arrived in Karvel.",
        "Ada Quill said that the footage does not show Osric Vane arriving.",
    ]
    ((_, _, claim),) = links_of(read(nlp, *texts), "QUALIFIES")
    assert claim == "Osric Vane arrived in Karvel"


def test_standing_beside_each_other_is_no_link(nlp: Language) -> None:
    text = (
        "The pilot was “mocked and dismissed by Skylark,” his union alleged.\n\n"
        "“We are fully confident in the planes,” Skylark said."
    )
    assert links_of(read(nlp, text), "SUPPORTS", "DISPUTES", "QUALIFIES") == []


def test_a_word_that_can_be_exchanged_makes_no_other_claim(nlp: Language) -> None:
    texts = ["Mara Lindqvist said Orrin Labs hid the letters.", "Ada Quill said Orrin Labs concealed the letters."]
    assert len(set(only_claims(read(nlp, *texts)))) == 1
