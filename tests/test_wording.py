"""A claim's wording: a subject and a verb that agree, in the sentence's words."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.assertion.agreement import third_person
from ingest.formats.jsonl import from_json
from ingest.model import Article, Assertion, expresses_claim
from ingest.pipeline import read_articles


def read(nlp: Language, text: str) -> tuple[Assertion, ...]:
    article = from_json({"text": text, "outlet": "The Ledger", "language": "en"})
    assert isinstance(article, Article)
    return next(iter(read_articles([article], nlp))).assertions


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (
            "“I am leaving because I am tired,” Mara Lindqvist said.",
            "Mara Lindqvist is leaving because Lindqvist is tired",
        ),
        ("“I don't know who paid,” Mara Lindqvist said.", "Mara Lindqvist doesn't know who paid"),
        ("“I've lost the key,” Mara Lindqvist said.", "Mara Lindqvist has lost the key"),
        ("“We know where our arms are,” Halden Robotics said.", "Halden Robotics knows where its arms are"),
        ("“We are closing the plant,” Halden Robotics said.", "Halden Robotics is closing the plant"),
        ("“The US banned us,” Halden Robotics said.", "The US banned Halden Robotics"),
        ("Halden Robotics plans to sell its arms.", "Halden Robotics is to sell its arms"),
        ("Halden Robotics does not plan to sell its arms.", "Halden Robotics is not to sell its arms"),
        ("Mara Lindqvist urged Halden Robotics to sell its arms.", "Halden Robotics should sell its arms"),
        ("Halden Robotics denied selling broken arms.", "Halden Robotics was selling broken arms"),
        ("Mara Lindqvist called the plan a joke.", "the plan is a joke"),
        ("Mara Lindqvist described the arms as toys.", "the arms are toys"),
        ("Mara Lindqvist asked if Halden Robotics had paid.", "Halden Robotics had paid"),
        ("Mara Lindqvist confirmed the sale of the plant.", "the sale of the plant took place"),
        ("Halden Robotics denied any links with Orrin Labs.", "there were links with Orrin Labs"),
    ],
)
def test_a_wording_has_a_subject_and_a_verb_that_agree(nlp: Language, text: str, wording: str) -> None:
    assert wording in [a.wording for a in read(nlp, text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mara Lindqvist spoke about the attacks.",
        "Halden Robotics called the claim absurd.",
        "Mara Lindqvist described the plant.",
        "Halden Robotics said that reports about the safety of its arms were false.",
    ],
)
def test_what_states_nothing_is_no_claim(nlp: Language, text: str) -> None:
    assert not [a for a in read(nlp, text) if expresses_claim(a)]


def test_nobody_is_he_in_his_own_words(nlp: Language) -> None:
    text = "Tobias Renn spoke on Monday.\n\n“He sold the plant to a friend,” Tobias Renn said.\n\nThe hall was full."
    assert "Tobias Renn sold" not in " ".join(a.wording for a in read(nlp, text))


def test_a_condition_keeps_its_if(nlp: Language) -> None:
    text = "Mara Lindqvist said that if the plant closed, the town was lost."
    assert "if the plant closed, the town was lost" in [a.wording for a in read(nlp, text)]


def test_the_present_of_one() -> None:
    assert [third_person(form) for form in ("know", "deny", "go", "pay", "have")] == [
        "knows", "denies", "goes", "pays", "has",
    ]  # fmt: skip
