"""Quotations of every style of marks, over paragraphs, and what is none."""

from __future__ import annotations

import time

import pytest

from ingest.syntax.quotations import find_quotations


def quoted(text: str) -> list[list[str]]:
    return [[span.of(text) for span in quotation.spans] for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“No cuts,” said the mayor. “None.”", ["“No cuts,”", "“None.”"]),
        ('"No cuts," said the mayor. "None."', ['"No cuts,"', '"None."']),
        ("''No cuts,'' he said. ''It's over.''", ["''No cuts,''", "''It's over.''"]),
        ("‘No cuts,’ said the mayor.", ["‘No cuts,’"]),
        ("'No cuts,' said the mayor.", ["'No cuts,'"]),
        ("„Nein“, »ja«, «oui», « non »", ["„Nein“", "»ja«", "«oui»", "« non »"]),
        ('“One mark curly, one straight," he said.', ['“One mark curly, one straight,"']),
        ("(“No cuts”)—“none”", ["“No cuts”", "“none”"]),
    ],
)
def test_marks_of_any_style_hold_a_quotation(text: str, found: list[str]) -> None:
    assert quoted(text) == [[words] for words in found]


def test_a_quotation_inside_another_is_part_of_it() -> None:
    assert quoted("“She said ‘no cuts’ to me,” he said.") == [["“She said ‘no cuts’ to me,”"]]


def test_an_apostrophe_opens_nothing() -> None:
    assert quoted("It wasn't the mayors' plan, 'twas ours.") == []


def test_inches_open_nothing() -> None:
    assert quoted('A 5" screen and a 6" screen.') == []


def test_a_quotation_goes_on_in_a_paragraph_that_opens_with_its_mark() -> None:
    text = "“There will be no cuts.\n\n“There never were any.\n\n“Never,” he said."
    assert quoted(text) == [["“There will be no cuts.", "“There never were any.", "“Never,”"]]


def test_a_quotation_that_is_never_closed_is_none() -> None:
    assert quoted("“No cuts, said the mayor.\nNobody asked him.") == []


def test_a_stray_mark_does_not_swallow_the_next_quotation() -> None:
    assert quoted("“No cuts, said the mayor. “None at all,” he said.") == [["“None at all,”"]]


@pytest.mark.parametrize("piece", ["“a ", "' a", "'a ", '"', "“a.\n", "‘a b c ", "»«", "''"])
def test_unbalanced_marks_take_no_longer_than_their_length_allows(piece: str) -> None:
    started = time.process_time()
    find_quotations(piece * 50_000)
    assert time.process_time() - started < 5
