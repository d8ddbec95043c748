"""What the words make of a flat statement, and how far a content reaches."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.formats.jsonl import from_json
from ingest.model import Article, Assertion, Stance
from ingest.pipeline import read_articles


def read(nlp: Language, text: str) -> tuple[Assertion, ...]:
    article = from_json({"text": text, "outlet": "The Ledger", "language": "en"})
    assert isinstance(article, Article)
    return next(iter(read_articles([article], nlp))).assertions


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Mara Lindqvist said that Tobias Renn had stolen the arms.", "alleges"),
        ("Mara Lindqvist said that Halden Robotics had knowingly sold broken arms.", "alleges"),
        ("Mara Lindqvist said that Halden Robotics had sold broken arms.", "asserts"),
        ("Mara Lindqvist said that her arms were stolen in Ulve.", "asserts"),
        ("Mara Lindqvist said that Tobias Renn had not stolen the arms.", "asserts"),
        ("Mara Lindqvist said that she would resign in May.", "intends"),
        ("Mara Lindqvist said that Halden Robotics would close in May.", "asserts"),
        ("Mara Lindqvist called the arm “a masterpiece”.", "praises"),
        ("Mara Lindqvist said the plan was shameful.", "criticises"),
    ],
)
def test_a_flat_statement_accuses_plans_praises_or_blames(nlp: Language, text: str, stance: Stance) -> None:
    assert [a.stance for a in read(nlp, text)] == [stance]


def test_what_is_not_given_is_no_content(nlp: Language) -> None:
    found = read(nlp, "Mara Lindqvist said the arms were stolen, without naming the thief.")
    assert [a.wording for a in found] == ["the arms were stolen"]


def test_what_a_thing_is_called_belongs_to_the_content(nlp: Language) -> None:
    text = "Mara Lindqvist called the plan, which was drawn up in one night and has nine pages, “a gift to thieves”."
    assert "the plan is a gift to thieves" in [a.wording for a in read(nlp, text)]


def test_what_a_colon_opens_behind_the_content_is_told_too(nlp: Language) -> None:
    text = "The Harbour Post said it knew the route of the barge: It sailed from Ulve to Halvik in May."
    assert "It sailed from Ulve to Halvik in May" in " ".join(a.wording for a in read(nlp, text) if a.source)
