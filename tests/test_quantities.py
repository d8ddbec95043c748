"""Numbers as claimed: value, unit, bound."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.assertion.quantities import find_quantities
from ingest.model import Span

ROWS = [
    ("It cost less than 6 million dollars.", [(6e6, "USD", "below")]),
    ("The firm raised $6m and €1.2bn.", [(6e6, "USD", "exact"), (1.2e9, "EUR", "exact")]),
    ("It used 2,048 H800 cards.", [(2048, "card", "exact")]),
    ("It spent hundreds of billions of dollars.", [(1e11, "USD", "above")]),
    ("Half of its staff left.", [(50, "%", "exact")]),
    ("Nearly two thirds of the text comes from books.", [(66.67, "%", "about")]),
    ("It hired a dozen engineers.", [(12, "engineer", "exact")]),
    ("Shares fell 11 percent.", [(11, "%", "exact")]),
    ("At least 300 accounts were opened.", [(300, "account", "above")]),
    ("It lost 40% or more.", [(40, "%", "above")]),
    ("Twenty-three people left in six weeks.", [(23, "people", "exact"), (6, "week", "exact")]),
    ("It paid up to £2.5 million.", [(2.5e6, "GBP", "below")]),
    ("It cost between 5 and 10 million euros.", [(5e6, "EUR", "above"), (1e7, "EUR", "below")]),
    ("Half a dozen lawyers were there.", [(6, "lawyer", "exact")]),
]


@pytest.mark.parametrize(("text", "found"), ROWS)
def test_an_amount_has_value_unit_and_bound(nlp: Language, text: str, found: list[tuple[float, str, str]]) -> None:
    amounts = [q.quantity for q in find_quantities(nlp(text))]
    assert [(q.value, q.unit, q.bound) for q in amounts] == found


@pytest.mark.parametrize(
    "text",
    [
        "Corvane was founded in 2027.",
        "It met on 12 February, and again on March 3.",
        "The call began at 14:00.",
        "He read section 4 of the ruling.",
        "One of them left.",
        "It lost by 19-15.",
        "This is the third time.",
    ],
)
def test_dates_labels_and_ordinals_are_no_amounts(nlp: Language, text: str) -> None:
    assert list(find_quantities(nlp(text))) == []


def test_the_number_of_a_name_belongs_to_the_name(nlp: Language) -> None:
    text = "Corvane 2 cost 9 million dollars."
    found = [q.span.of(text) for q in find_quantities(nlp(text), [Span(0, len("Corvane 2"))])]
    assert found == ["9 million dollars"]


def test_the_words_are_those_on_the_page(nlp: Language) -> None:
    text = "It cost more than $70 million to train."
    (found,) = find_quantities(nlp(text))
    assert found.quantity.words == found.span.of(text) == "more than $70 million"


def test_a_million_digits_take_bounded_time(nlp: Language) -> None:
    assert list(find_quantities(nlp.make_doc("1," * 50_000 + "9" * 50_000)))[:1] == []
