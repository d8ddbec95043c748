"""When something was said, as printed and never filled in."""

from __future__ import annotations

import pytest

from ingest.assertion.dates import find_date
from ingest.model import PartialDate

TUESDAY = "2031-03-04T09:00:00Z"


@pytest.mark.parametrize(
    ("words", "value", "precision"),
    [
        ("said on Monday", "2031-03-03", "day"),
        ("said on Tuesday", "2031-03-04", "day"),
        ("said on Wednesday", "2031-02-26", "day"),
        ("said yesterday", "2031-03-03", "day"),
        ("said last week", "2031-02-24", "week"),
        ("said last month", "2031-02", "month"),
        ("said in November", "2030-11", "month"),
        ("said in 2029", "2029", "year"),
        ("said last year", "2030", "year"),
        ("said on 3 March", "2031-03-03", "day"),
        ("said on December 24", "2030-12-24", "day"),
        ("said in the second quarter of 2030", "2030-Q2", "quarter"),
    ],
)
def test_a_printed_date_is_counted_from_the_articles_own(words: str, value: str, precision: str) -> None:
    found = find_date(words, TUESDAY)
    assert found is not None
    assert (found.value, found.precision) == (value, precision)


@pytest.mark.parametrize("words", ["said", "may have said so", "said on 31 February"])
def test_no_date_is_found_where_none_is_printed(words: str) -> None:
    assert find_date(words, TUESDAY) is None


def test_without_the_articles_date_only_a_full_date_counts() -> None:
    assert find_date("said on Monday", None) is None
    assert find_date("said on 3 March", None) is None
    assert find_date("said on 3 March 2031", None) == PartialDate("2031-03-03", "day")
