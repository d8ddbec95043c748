"""Who speaks where the layout tells it, and bodies and reports that have no name of their own."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.syntax.turns import find_turns
from tests.factory import make_article
from tests.test_layers import read, said

TRANSCRIPT = """HOST: Welcome. With us is Ana Renn.

SEN. ANA RENN (I), OREL: The bridge was shut twice.

HOST: Was the mayor told?

RENN: The mayor never answered my letter."""


def test_a_statement_after_a_colon_and_a_break_is_the_speakers_to_the_end_of_its_paragraph(nlp: Language) -> None:
    reading = read(nlp, "Ana Renn wrote:\n\nThe hall is unsafe. It was never checked.\n\nThe hall is old.")
    assert said(reading, "The hall is unsafe")[0][0] == "Ana Renn"
    assert all(who != "Ana Renn" for who, _, _ in said(reading, "The hall is old"))


def test_each_point_of_a_list_is_said(nlp: Language) -> None:
    reading = read(nlp, "Ana Renn made two points:\n\n- The loss was known.\n- The board was told.\n\nThe hall is old.")
    assert [said(reading, words)[0][0] for words in ("The loss was known", "The board was told")] == ["Ana Renn"] * 2


def test_the_turns_of_a_transcript_are_its_speakers_who_are_people(nlp: Language) -> None:
    reading = read(nlp, TRANSCRIPT, genre="transcript")
    assert said(reading, "The mayor never answered my letter")[0][0] == "Ana Renn"
    assert {r.kind for r in reading.referents if "renn" in r.name.casefold()} == {"person"}


def test_an_answer_is_the_only_persons_who_is_named_before(nlp: Language) -> None:
    text = "The Ledger met the painter Ana Renn.\n\nQ: When did you begin?\n\nA: I painted the hall when I was nine."
    reading = read(nlp, text, genre="interview")
    assert said(reading, "I painted the hall")[0][0] == "Ana Renn"
    assert not [stance for _, stance, _ in said(reading, "When did you begin") if stance == "asserts"]


@pytest.mark.parametrize("text", ["Zoom in: It is old.", "Lunch: soup\n\nDinner: bread", "Renn: It is old."])
def test_a_few_labels_make_no_transcript(text: str) -> None:
    assert not find_turns(make_article(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Danish central bank said that Halden was sound.", "Danish central bank"),
        ("Chile’s interior ministry said that Halden was sound.", "Chile’s interior ministry"),
        ("Munich prosecutors said that Halden was sound.", "Munich prosecutors"),
    ],
)
def test_a_body_called_by_its_country_is_a_body_of_its_own(nlp: Language, text: str, name: str) -> None:
    reading = read(nlp, text)
    assert [who for who, _, _ in said(reading, "Halden was sound")] == [name]
    assert {r.kind for r in reading.referents if r.name == name} == {"government"}


def test_the_central_bank_is_the_one_that_was_named_and_nobody_where_none_was(nlp: Language) -> None:
    named = read(nlp, "The Danish central bank met on Monday. Halden was sound, the central bank said.")
    bare = read(nlp, "Halden met on Monday. Halden was sound, the central bank said.")
    assert [said(r, "Halden was sound")[0][0] for r in (named, bare)] == ["Danish central bank", "the central bank"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Tidewire reported that it sank. Nobody helped, the report said.", "Tidewire"),
        ("Tidewire reported that it sank. According to the article, nobody helped.", "Tidewire"),
        ("The union published its report. Tidewire is old. Nobody helped, the report said.", "the report"),
    ],
)
def test_the_report_is_the_outlets_that_was_said_to_have_reported(nlp: Language, text: str, who: str) -> None:
    assert said(read(nlp, text), "obody helped")[0][0] == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A study by Halden University found that it sank.", "Halden University"),
        ("Papers filed by Ana Renn show that it sank.", "Ana Renn"),
        ("The land register shows that it sank.", "The land register"),
        ("Letters seen by Ana Renn show that it sank.", "Letters seen by Ana Renn"),
    ],
)
def test_a_document_is_its_authors_where_its_own_words_say_so(nlp: Language, text: str, who: str) -> None:
    reading = read(nlp, text)
    assert said(reading, "it sank")[0][0] == who
    assert {a.source_type for a in reading.assertions if a.source} == {"document"}


def test_a_papers_rules_are_what_it_says(nlp: Language) -> None:
    found = said(read(nlp, "Halden’s terms of use forbid users from selling its maps."), "users from selling its maps")
    assert found == [("Halden", "asserts", [])]
