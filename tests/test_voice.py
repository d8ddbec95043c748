"""What an article claims in its own voice, and what it only says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.language import Language

from ingest.model import Article, PartSpan, Reading, Span
from ingest.pipeline import read_articles
from tests.factory import make_article


def read(nlp: Language, article: Article) -> Reading:
    (reading,) = read_articles([article], nlp)
    return reading


def own_claims(nlp: Language, text: str, **fields: object) -> list[str]:
    reading = read(nlp, make_article(text, **fields))
    return [a.wording for a in reading.assertions if not a.source and not a.cue]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Orrin Labs lost $60 million in 2030.", ["Orrin Labs lost $60 million in 2030"]),
        ("Orrin Labs has opened an office in Lisbon.", ["Orrin Labs has opened an office in Lisbon"]),
        ("Access was blocked after the first complaints.", ["Access was blocked after the first complaints"]),
        (
            "The spectacular rise hurt Orrin Labs, whose value fell by 40 percent on Monday.",
            ["Orrin Labs's value fell by 40 percent on Monday"],
        ),
        (
            "The quarrel is absurd: Orrin Labs employs 300 engineers.",
            ["Orrin Labs employs 300 engineers"],
        ),
    ],
)
def test_figures_events_and_deeds_are_claims(nlp: Language, text: str, claims: list[str]) -> None:
    assert own_claims(nlp, text) == claims


@pytest.mark.parametrize(
    "text",
    [
        "Has Orrin Labs lost $60 million?",
        "Orrin Labs should never have opened the office.",
        "You could call it a farce in 12 acts.",
        "There is something ironic about the fall of Orrin Labs.",
        "Distillation is a common practice in the industry.",
        "If Orrin Labs falls, 300 engineers lose their work.",
        "Orrin Labs lost $60 million in 2030",
    ],
)
def test_opinion_questions_definitions_and_headings_are_none(nlp: Language, text: str) -> None:
    assert own_claims(nlp, text) == []


def test_what_a_source_says_is_not_the_writers(nlp: Language) -> None:
    text = "Orrin Labs lost $60 million in 2030, Mara Lindqvist said.\n“It lost 300 engineers,” she said."
    assert own_claims(nlp, text) == []


def test_a_headline_is_no_claim_of_the_writers(nlp: Language) -> None:
    text = "Orrin Labs lost $60 million.\nThe story begins in Lisbon."
    article = make_article(text)
    parts = (PartSpan(Span(0, text.index("\n")), "headline"),)
    assert [a for a in read(nlp, replace(article, parts=parts)).assertions if a.source_type == "writer"] == []


@pytest.mark.parametrize(
    ("genre", "stance", "channel"),
    [
        ("press_release", "asserts", "press_release"),
        ("filing", "alleges", "document"),
        ("ruling", "asserts", "document"),
    ],
)
def test_a_documents_own_voice_is_its_issuers(nlp: Language, genre: str, stance: str, channel: str) -> None:
    article = make_article("Orrin Labs has trained its model on 40 books.", genre=genre, issued_by="Orrin Labs")
    reading = read(nlp, article)
    (claim,) = reading.assertions
    names = {r.id: r.name for r in reading.referents}
    assert (claim.source_type, claim.stance, claim.channel) == ("document", stance, channel)
    assert [(names[s.referent], s.capacity) for s in claim.sources] == [("Orrin Labs", "document_of")]
