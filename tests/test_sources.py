"""Who speaks: named, office, unnamed person, group, document, outlet; and for whom."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.assertion.sources import SourceReading, find_anonymity, read_source
from ingest.model import Span
from ingest.pipeline import read_articles
from ingest.referents.entities import find_mentions
from ingest.referents.references import lay_over
from ingest.syntax.trees import tokens_in
from tests.factory import make_article

ARTICLE = "An old affair divides Halden Robotics and Orrin Labs. {}"


def read(nlp: Language, sentence: str, words: str) -> tuple[SourceReading, dict[str, str]]:
    """The reading of a source of the sentence, with the names of the referents by id."""
    article = make_article(ARTICLE.format(sentence))
    doc = nlp(article.text)
    mentions = find_mentions(article, doc)
    start = article.text.rindex(words)
    reading = read_source(doc, lay_over(doc, mentions), [Span(start, start + len(words))])
    return reading, {r.id: r.name for r in mentions.referents}


@pytest.mark.parametrize(
    ("sentence", "words", "source_type"),
    [
        ("A prosecutor said that it was over.", "A prosecutor", "anonymous"),
        ("Halden Robotics said so.", "Halden Robotics", "named"),
        ("Mara Lindqvist, an analyst, said so.", "Mara Lindqvist, an analyst", "named"),
        ("A spokeswoman for Halden Robotics said so.", "A spokeswoman for Halden Robotics", "role"),
        ("The regulator said so.", "The regulator", "role"),
        ("Police said so.", "Police", "role"),
        ("The mayor said so.", "The mayor", "role"),
        ("An official said so.", "An official", "anonymous"),
        ("Two people familiar with the plan said so.", "Two people familiar with the plan", "anonymous"),
        ("A former engineer said so.", "A former engineer", "anonymous"),
        ("One analyst said so.", "One analyst", "anonymous"),
        ("Three analysts said so.", "Three analysts", "anonymous"),
        ("Analysts said so.", "Analysts", "group"),
        ("Critics said so.", "Critics", "group"),
        ("Many people say so.", "Many people", "group"),
        ("The terms of use say so.", "The terms of use", "document"),
        ("A study said so.", "A study", "document"),
        ("The newspaper said so.", "The newspaper", "outlet"),
    ],
)
def test_a_source_has_a_type(nlp: Language, sentence: str, words: str, source_type: str) -> None:
    assert read(nlp, sentence, words)[0].source_type == source_type


@pytest.mark.parametrize(
    ("sentence", "words", "name", "capacity"),
    [
        ("Halden Robotics said so.", "Halden Robotics", "Halden Robotics", "itself"),
        ("A Halden Robotics spokesman said so.", "A Halden Robotics spokesman", "Halden Robotics", "speaks_for"),
        ("A spokesman for Orrin Labs said so.", "A spokesman for Orrin Labs", "Orrin Labs", "speaks_for"),
        ("Orrin Labs’ terms of use say so.", "Orrin Labs’ terms of use", "Orrin Labs", "document_of"),
    ],
)
def test_an_office_and_a_document_speak_for_their_body(
    nlp: Language, sentence: str, words: str, name: str, capacity: str
) -> None:
    reading, names = read(nlp, sentence, words)
    assert [(names[s.referent], s.capacity) for s in reading.sources] == [(name, capacity)]


def test_a_named_spokesman_speaks_himself(nlp: Language) -> None:
    reading, names = read(nlp, "Tobias Renn, a spokesman for Halden Robotics, said so.", "Tobias Renn")
    assert [(names[s.referent], s.capacity) for s in reading.sources] == [("Tobias Renn", "itself")]


def test_an_unnamed_source_of_a_company_is_never_the_company(nlp: Language) -> None:
    reading, names = read(nlp, "An Orrin Labs source said so.", "An Orrin Labs source")
    assert reading.source_type == "anonymous"
    assert reading.sources == ()
    assert [names[i] for i in reading.affiliations] == ["Orrin Labs"]


def test_several_sources_share_one_assertion(nlp: Language) -> None:
    reading, names = read(nlp, "Halden Robotics and Orrin Labs said so.", "Halden Robotics and Orrin Labs")
    assert [names[s.referent] for s in reading.sources] == ["Halden Robotics", "Orrin Labs"]


@pytest.mark.parametrize(
    ("words", "count"), [("Two people close to the talks", 2), ("A source", None), ("Officials", None)]
)
def test_people_are_counted_as_printed(nlp: Language, words: str, count: int | None) -> None:
    assert read(nlp, f"{words} said so.", words)[0].source_count == count


@pytest.mark.parametrize(
    ("text", "words", "withheld", "reason"),
    [
        (
            "A manager said so on condition of anonymity because the talks are private.",
            "A manager", True, "because the talks are private",
        ),
        (
            "The talks failed, an official said. The official was not authorised to speak publicly.",
            "an official", True, "not authorised to speak publicly",
        ),
        ("A manager said so. She asked not to be named.", "A manager", True, None),
        ("A manager said so. Another shop closed.", "A manager", False, None),
        ("The ministry denied it, said an aide who asked not to be named.", "The ministry", False, None),
    ],
)  # fmt: skip
def test_anonymity_may_stand_outside_the_attribution(
    nlp: Language, text: str, words: str, withheld: bool, reason: str | None
) -> None:
    doc = nlp(text)
    spans = [Span(text.index(words), text.index(words) + len(words))]
    assert find_anonymity(doc, spans, tokens_in(doc, spans)) == (withheld, reason)


def test_a_paper_that_an_outlet_has_seen_speaks_and_the_outlet_is_a_station(nlp: Language):
    for said in (
        "Medicines were missing, documents obtained by Reuters show.",
        "Documents seen by Reuters show that medicines were missing.",
        "Medicines were missing, according to a memo reviewed by Reuters.",
    ):
        (reading,) = read_articles([make_article(said)], nlp)
        (assertion,) = reading.assertions
        assert assertion.source_type == "document"
        assert [hop.span.of(reading.article.text) for hop in assertion.hops] == ["Reuters"]


def test_a_body_of_a_country_is_one_of_its_own_and_who_has_an_age_is_somebody(nlp: Language):
    text = "The central bank of Kenya said reserves had risen. Mara Voss left. The 45-year-old said it was time."
    (reading,) = read_articles([make_article(text)], nlp)
    names = {r.id: r.name for r in reading.referents}
    told = {a.source[0].of(text): ([names[s.referent] for s in a.sources], a.source_type) for a in reading.assertions}
    assert told["The central bank of Kenya"] == (["central bank of Kenya"], "named")
    assert told["The 45-year-old"][1] == "named"
