"""Quotations that no verb gives to anybody, labels that say nothing, and what a paragraph's end parts."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.model import Span
from ingest.syntax.labels import find_labels
from tests.test_coreference import read, telling, who_said


@pytest.mark.parametrize(
    ("text", "quote", "who"),
    [
        ("Voices.\n\n“It is a good day for us.” – Omar Tesh, baker\n\nIt rained.", "It is a good day", "Omar Tesh"),
        ("It closes.\n\nAnd from the mayor, Ada Brandt:\n\n“The mill was old.”", "The mill was old", "Ada Brandt"),
        ("Ada Brandt shook her head. “Nobody asked us.”\n\nIt rained.", "Nobody asked us", "Ada Brandt"),
        ("The baker, Omar Tesh, laughed. “I own no boat.”", "I own no boat", "Omar Tesh"),
    ],
)
def test_a_quotation_is_signed_announced_or_follows_a_gesture(nlp: Language, text: str, quote: str, who: str) -> None:
    assert who_said(nlp, text, quote) == [who]


def test_each_of_two_paragraphs_keeps_its_own_speaker(nlp: Language) -> None:
    text = (
        "The nurse, Mara Lind, shook her head. “He was never in the ward.”\n\n"
        "The surgeon, Tom Quill, disagreed. “I was there all night.”"
    )
    assert who_said(nlp, text, "never in the ward") == ["Mara Lind"]
    assert who_said(nlp, text, "there all night") == ["Tom Quill"]


def test_words_quoted_inside_another_paragraph_are_not_the_last_speakers(nlp: Language) -> None:
    text = (
        "“We answer every letter,” said Ada Brandt of the Water Board.\n\n"
        "Omar Tesh will testify at a session called by Tom Quill “to expose the leaks of the Water Board.”"
    )
    found = telling(read(nlp, text), "We answer every letter")
    assert all("expose" not in span.of(text) for span in found.content)


def test_what_goes_on_in_the_next_paragraph_is_still_the_speakers(nlp: Language) -> None:
    text = "“It is old,” Ada Brandt said.\n\n“I think that it will be sold before the winter comes.”\n\nIt rained."
    assert who_said(nlp, text, "before the winter") == ["Ada Brandt"]


def labels(text: str) -> list[Span]:
    return list(find_labels(text))


def test_a_newsletters_label_is_no_name_and_says_nothing(nlp: Language) -> None:
    text = "Tilmark said it would appeal.\n\nZoom in: It is a common trick in the trade."
    assert [span.of(text) for span in labels(text)] == ["Zoom in:"]
    assert "Zoom" not in {r.name for r in read(nlp, text).referents}


@pytest.mark.parametrize("line", ["The mayor said: It is over.", "Her answer: No.", "Mara Lind: No.", "Police: Go."])
def test_a_line_that_tells_who_speaks_is_no_label(line: str) -> None:
    assert labels(line) == []
