"""Reports inside reports: who is said to have said what, and where nothing was said."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.attribution.attributions import Attribution, find_attributions
from ingest.pipeline import read_articles
from ingest.referents.entities import Mentions
from tests.factory import make_article

NO_MENTIONS = Mentions((), ())


def nested(nlp: Language, text: str) -> list[tuple[str, str, list[str]]]:
    """Source, content and hops of each attribution inside another's content."""

    def words(attribution: Attribution) -> tuple[str, str, list[str]]:
        source, content = (" ".join(s.of(text) for s in spans) for spans in (attribution.source, attribution.content))
        return source, content, [hop.of(text) for hop in attribution.hops]

    return [words(a) for a in find_attributions(make_article(text), nlp(text), NO_MENTIONS) if a.depth]


def test_a_report_inside_a_report_has_its_own_source_and_the_outer_one_for_a_hop(nlp: Language) -> None:
    text = "Marin Tolle said the chief executive had told staff that the plant would close."
    assert nested(nlp, text) == [("the chief executive", "that the plant would close", ["Marin Tolle"])]


def test_two_levels_are_read_and_no_third(nlp: Language) -> None:
    text = "Olin said that the mayor had claimed that the board had said that Renn believed that it was over."
    found = {source: hops for source, _, hops in nested(nlp, text)}
    assert found == {"the mayor": ["Olin"], "the board": ["the mayor", "Olin"]}


def test_a_report_inside_quotation_marks_is_read(nlp: Language) -> None:
    text = "“My boss said the client had promised to pay in gold,” courier Elias Wend testified."
    assert nested(nlp, text) == [
        ("My boss", "the client had promised to pay in gold", ["courier Elias Wend"]),
        ("the client", "to pay in gold", ["My boss", "courier Elias Wend"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Olin denied that the minister had said the road was safe.",
        "Olin asked whether the minister had said the road was safe.",
        "Olin doubted that the minister had said the road was safe.",
        "Olin said that the minister had never said the road was safe.",
        "Olin said that the minister might say the road was safe.",
        "Olin said that if the minister claimed the road was safe, she would walk.",
    ],
)
def test_what_is_denied_doubted_asked_or_supposed_was_not_said(nlp: Language, text: str) -> None:
    assert nested(nlp, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Olin said she believed that the plant would close.",
        "“I told them that the plant would close,” Olin said.",
        "According to her account, Olin said that the plant would close.",
        "Olin said that the firm planned to close the plant.",
    ],
)
def test_a_speakers_own_account_and_a_plan_are_no_report_inside_it(nlp: Language, text: str) -> None:
    assert nested(nlp, text) == []


def test_in_the_reading_the_inner_assertion_is_within_the_outer(nlp: Language) -> None:
    (reading,) = read_articles([make_article("Marin Tolle said the board had told staff that it would close.")], nlp)
    outer = next(a for a in reading.assertions if not a.within and a.source_type != "writer")
    inner = next(a for a in reading.assertions if a.within)
    assert inner.within == outer.id
    assert [hop.span.of(reading.article.text) for hop in inner.hops] == ["Marin Tolle"]


def test_who_was_told_inside_a_report_is_nearer_than_who_reported_it(nlp: Language) -> None:
    text = "Olin said that two clerks told the Financial Times that the plant would close."
    (reading,) = read_articles([make_article(text)], nlp)
    inner = next(a for a in reading.assertions if a.within)
    assert [hop.span.of(text) for hop in inner.hops] == ["Financial Times", "Olin"]


def test_a_quotation_after_a_nested_report_is_the_outer_speakers(nlp: Language) -> None:
    text = "Marin Tolle said the board had told staff that it would close. “Nobody here believed a word of it.”"
    (reading,) = read_articles([make_article(text)], nlp)
    last = max(reading.assertions, key=lambda a: a.content)
    names = {referent.id: referent.name for referent in reading.referents}
    assert [names[speaker.referent] for speaker in last.sources] == ["Marin Tolle"]
