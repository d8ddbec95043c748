"""What a reporter asks, on every store, of a tiny invented affair."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import get_args

import pytest
from affair import CLAIM, HOSTILE_WORDS, readings
from telling import say, tell

from graph.ask import questions
from graph.ask.wording import step_words
from graph.dossier import Store, open_store
from graph.errors import NotFound
from graph.model import Label
from graph.store.transaction import ClaimFilter, Transaction

LABELS: tuple[Label, ...] = get_args(Label)


@pytest.fixture
def affair(store: Store) -> Store:
    store.write(readings())
    return store


def claim_of(store: Store, wording: str) -> str:
    with store.read() as tx:
        (row,) = [row for row in questions.list_claims(tx, ClaimFilter()).rows if row.wording == wording]
    return row.id


def test_what_was_read_counts_articles_outlets_and_what_was_not_read(affair: Store):
    with affair.read() as tx:
        coverage = questions.what_was_read(tx)
    assert str(coverage) == "4 articles of 3 outlets, to 5 March 2031 09:00 UTC; 1 not read"


def test_a_claim_stands_with_who_says_so_its_sourcing_and_its_dispute(affair: Store):
    with affair.read() as tx:
        (row,) = questions.list_claims(tx, ClaimFilter(dispute="disputed")).rows
    assert (row.wording, row.said_by) == (CLAIM, "Mara Lindqvist, in The Ledger")
    assert (row.sourcing, row.origins, row.unnamed_range) == ("one_origin", ("Mara Lindqvist",), (1, 1))


def test_pages_of_claims_follow_each_other(affair: Store):
    with affair.read() as tx:
        every = questions.list_claims(tx, ClaimFilter(), limit=None).rows
        first = questions.list_claims(tx, ClaimFilter(), limit=1)
        following = questions.list_claims(tx, ClaimFilter(), after=first.after, limit=None)
    assert first.rows + following.rows == every
    assert following.after is None


def test_a_trace_leads_from_the_words_to_the_outlet(affair: Store):
    with affair.read() as tx:
        trace = questions.trace_claim(tx, claim_of(affair, CLAIM))
    assert sorted(row.for_or_against for row in trace.assertions) == ["against", "for", "for"]
    denial = next(row for row in trace.assertions if row.for_or_against == "against")
    assert [station.name for station in denial.chain] == ["Tobias Renn"]
    assert (denial.article.title, denial.article.outlet) == ("Orrin answers", "Tidewire")
    assert denial.quote == CLAIM
    assert denial.quote in denial.context


def test_any_members_id_opens_its_claim(affair: Store):
    claim = claim_of(affair, CLAIM)
    with affair.read() as tx:
        member = questions.trace_claim(tx, claim).assertions[0].assertion.id
        assert questions.trace_claim(tx, member).claim.id == claim


def test_an_entity_is_found_by_name_and_has_what_it_says_and_what_is_said_of_it(affair: Store):
    with affair.read() as tx:
        (renn,) = questions.find_entities(tx, "tobias renn")
        said = questions.get_entity(tx, renn.id)
        (orrin,) = questions.find_entities(tx, "Orrin Labs")
        told = questions.get_entity(tx, orrin.id)
    assert {row.quote for row in said.says} == {CLAIM, HOSTILE_WORDS}
    assert CLAIM in {row.wording for row in told.about}


def test_two_are_connected_through_a_claim_about_both(affair: Store):
    with affair.read() as tx:
        (start,), (end,) = questions.find_entities(tx, "Orrin Labs"), questions.find_entities(tx, "Halden Robotics")
        (step,) = questions.find_path(tx, start.id, end.id)
        assert questions.find_path(tx, start.id, start.id) == ()
    assert (step.start.name, step.claim.wording, step.end.name) == ("Orrin Labs", CLAIM, "Halden Robotics")


def test_who_speaks_of_another_is_connected_with_it(affair: Store):
    """No claim is about Mara Lindqvist; she says one about Orrin Labs."""
    with affair.read() as tx:
        (start,), (end,) = questions.find_entities(tx, "Mara Lindqvist"), questions.find_entities(tx, "Orrin Labs")
        (step,) = questions.find_path(tx, start.id, end.id)
    assert (step.speaker, step.claim.wording) == (start.id, CLAIM)
    assert step_words(step) == "Mara Lindqvist says, of Orrin Labs"


def test_who_denies_of_another_is_connected_with_it_from_either_end(affair: Store):
    with affair.read() as tx:
        (renn,), (halden,) = questions.find_entities(tx, "Tobias Renn"), questions.find_entities(tx, "Halden Robotics")
        (there,), (back,) = questions.find_path(tx, renn.id, halden.id), questions.find_path(tx, halden.id, renn.id)
    assert step_words(there) == step_words(back) == "Tobias Renn denies, of Halden Robotics"


def test_the_articles_that_name_two(affair: Store):
    with affair.read() as tx:
        (renn,), (halden,) = questions.find_entities(tx, "Tobias Renn"), questions.find_entities(tx, "Halden Robotics")
        assert [row.title for row in questions.articles_of_both(tx, renn.id, halden.id)] == ["Orrin answers"]


def test_round_an_entity_stands_who_speaks_of_it(affair: Store):
    with affair.read() as tx:
        (halden,) = questions.find_entities(tx, "Halden Robotics")
        found = questions.neighbourhood(tx, (halden.id,))
    assert {"Mara Lindqvist", "Tobias Renn", "Orrin Labs", CLAIM} <= {node.title for node in found.nodes}


def test_what_stands_round_a_claim_names_who_speaks(affair: Store):
    with affair.read() as tx:
        found = questions.neighbourhood(tx, (claim_of(affair, CLAIM),))
    assert {node.title for node in found.nodes} == {
        CLAIM,
        "Orrin Labs",
        "Halden Robotics",
        "Mara Lindqvist",
        "Tobias Renn",
    }
    assert {edge.note for edge in found.edges if edge.type == "ATTRIBUTED_TO"} == {"asserts", "denies"}


def test_search_finds_claims_and_gives_who_says_so(affair: Store):
    with affair.read() as tx:
        hits = questions.search(tx, "copied arms")
    assert hits[0].title == CLAIM
    assert "first said by Mara Lindqvist" in hits[0].note


def test_an_article_gives_its_assertions_in_the_order_of_its_text(affair: Store):
    with affair.read() as tx:
        (article,) = [row for row in questions.list_articles(tx) if row.title == "Orrin answers"]
        page = questions.get_article(tx, article.id)
    assert [marked.row.quote for marked in page.assertions] == [CLAIM]
    assert page.assertions[0].claim is not None


def test_the_figures_of_a_dossier_add_up(affair: Store):
    with affair.read() as tx:
        stats = questions.get_stats(tx)
    assert sum(stats.sourcing.values()) == stats.counts["Claim"]
    assert sum(stats.source_types.values()) == stats.counts["Assertion"]


SUBJECT = "Halden Robotics"
TOLD = (
    tell(say(f"{SUBJECT} owes 300 euros", "Mara Lindqvist"), say(f"{SUBJECT} copied the sorter", "Dale Orrick"),
         say("Orrin Labs was first", source_type="anonymous")),
    tell(say(f"{SUBJECT} owes 400 euros", "Ada Quill"), say(f"{SUBJECT} copied the sorter", "Tobias Renn",
         capacity="speaks_for", stance="denies"), outlet="Tidewire", on="2031-03-06"),
    tell(say(f"{SUBJECT} copied the sorter", "Dale Orrick", hops=("The Ledger",), stance="alleges"),
         outlet="North Post", on="2031-03-07"),
    tell(say("any wrongdoing", "Tobias Renn", capacity="speaks_for", stance="denies", general=True), outlet="Tidewire",
         on="2031-03-08"),
)  # fmt: skip


def every_answer(store: Store) -> dict[str, object]:
    """What each question gives, whole and with a limit of one, of everything that there is."""
    with store.read() as tx:
        ids = {label: [node.id for node in tx.nodes_of(label)] for label in LABELS}
    asked: dict[str, Callable[[Transaction], object]] = {
        "read": questions.what_was_read, "stats": questions.get_stats, "articles": questions.list_articles,
        "claims": lambda tx: questions.list_claims(tx, ClaimFilter()),
        "names": lambda tx: [questions.find_entities(tx, name) for name in (SUBJECT, "tobias renn", "nobody")],
        "words": lambda tx: sorted(questions.search(tx, "orrin"), key=lambda hit: hit.id),
    }  # fmt: skip
    for limit in (None, 1):
        for claim in [*ids["Claim"], *ids["Assertion"][:2]]:
            asked[f"trace {claim} {limit}"] = partial(or_nothing, questions.trace_claim, claim, limit=limit)
        for entity in [*ids["Entity"], *ids["Referent"][:2]]:
            asked[f"entity {entity} {limit}"] = partial(or_nothing, questions.get_entity, entity, limit=limit)
    for article in [*ids["Article"], *ids["ArticleVersion"]]:
        asked[f"article {article}"] = partial(or_nothing, questions.get_article, article)
    for centre in [*ids["Claim"], *ids["Entity"]]:
        asked[f"near {centre}"] = partial(around, centre)
    return {name: answer(store, question) for name, question in asked.items()}


def around(centre: str, tx: Transaction) -> object:
    found = questions.neighbourhood(tx, (centre,))
    return found.nodes, sorted(found.edges, key=lambda edge: edge.id), found.left_out


def answer(store: Store, question: Callable[[Transaction], object]) -> object:
    with store.read() as tx:
        return question(tx)


def or_nothing(question: Callable[..., object], given: str, tx: Transaction, limit: int | None = None) -> object:
    try:
        return question(tx, given) if question is questions.get_article else question(tx, given, limit=limit)
    except NotFound:
        return None


def test_every_answer_is_the_models(store: Store):
    with open_store("memory://") as model:
        for written in (store, model):
            written.write([*readings(), *TOLD])
        expected, found = every_answer(model), every_answer(store)
    for name, given in expected.items():
        assert found[name] == given, name


@pytest.mark.parametrize("ask", [questions.trace_claim, questions.get_entity, questions.get_article])
def test_an_unknown_id_is_not_found(affair: Store, ask: object):
    with affair.read() as tx, pytest.raises(NotFound):
        ask(tx, "zebra")  # type: ignore[operator]
