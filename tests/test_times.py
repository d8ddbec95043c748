"""Times that a content tells, as days; what tells one of a kind from another; what turns a claim into another."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.assertion.identifiers import find_identifiers
from ingest.assertion.times import find_times
from ingest.assertion.turns import find_modality, find_quantifier, find_signs
from ingest.attribution.frames import find_core
from ingest.model import Span

PUBLISHED = "2033-05-10T08:00:00Z"  # a Tuesday


@pytest.mark.parametrize(
    ("words", "relation", "start", "end"),
    [
        ("Corvane won it in 2029", "in", "2029-01-01", "2030-01-01"),
        ("In 2029 sales fell", "in", "2029-01-01", "2030-01-01"),
        ("closed since 2030", "since", "2030-01-01", "2031-01-01"),
        ("open until March 2032", "until", "2032-03-01", "2032-04-01"),
        ("lost in the second quarter of 2029", "in", "2029-04-01", "2029-07-01"),
        ("opened in Q3 2030", "in", "2030-07-01", "2030-10-01"),
        ("left on 14 March", "in", "2033-03-14", "2033-03-15"),
        ("left on June 5, 2031, for good", "in", "2031-06-05", "2031-06-06"),
        ("from 3 to 5 March", "in", "2033-03-03", "2033-03-06"),
        ("met on Monday", "in", "2033-05-09", "2033-05-10"),
        ("left last month", "in", "2033-04-01", "2033-05-01"),
        ("left two years ago", "in", "2031-01-01", "2032-01-01"),
    ],
)
def test_a_time_is_told_as_days_counted_from_the_articles_own(words: str, relation: str, start: str, end: str) -> None:
    ((time,), unresolved) = find_times(words, [Span(0, len(words))], PUBLISHED)
    assert (time.relation, time.start, time.end, unresolved) == (relation, start, end, ())


def test_what_is_to_come_is_counted_forwards() -> None:
    words = "will meet on 14 March and on Friday"
    times, _ = find_times(words, [Span(0, len(words))], PUBLISHED, future=True)
    assert [time.start for time in times] == ["2034-03-14", "2033-05-13"]


@pytest.mark.parametrize("words", ["sold 2000 shares", "a quarter of the staff", "21 may be enough", "May said so"])
def test_numbers_and_names_are_no_times(words: str) -> None:
    assert find_times(words, [Span(0, len(words))], PUBLISHED) == ((), ())


def test_an_article_without_a_date_leaves_its_monday_open() -> None:
    words = "left on Monday"
    times, (monday,) = find_times(words, [Span(0, len(words))], None)
    assert (times, monday.of, monday.value) == ((), "time", "monday")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Corvane sealed room 204 in Karvel.", [("room", "204")]),
        ("The judge dropped count 3 against him.", [("count", "3")]),
        ("Norrail closed the second bridge at Hollin.", [("bridge", "2")]),
        ("The committee met for the third time.", []),
        ("The train left Marlow at 7.15 p.m. that day.", [("clock", "19:15")]),
        ("In the room 40 people waited.", []),
    ],
)
def test_identifiers_tell_which_of_a_kind(nlp: Language, words: str, found: list[tuple[str, str]]) -> None:
    doc = nlp(words)
    assert [(i.of, i.value) for i in find_identifiers(words, [Span(0, len(words))], list(doc))] == found


@pytest.mark.parametrize(
    ("words", "quantifier"),
    [
        ("Corvane paid some workers.", "some"),
        ("All of the workers were paid.", "all"),
        ("Corvane destroyed every letter.", "all"),
        ("Most pupils passed the exam.", "most"),
        ("Corvane has some evidence.", None),
        ("Corvane paid the workers.", None),
    ],
)
def test_how_many_of_several_are_meant(nlp: Language, words: str, quantifier: str | None) -> None:
    assert find_quantifier(find_core(list(nlp(words)))) == quantifier


@pytest.mark.parametrize(
    ("words", "modality"),
    [
        ("Corvane sold the mill.", "is"),
        ("Corvane may have sold the mill.", "may_be"),
        ("It is not clear that Corvane sold the mill.", "may_be"),
        ("It is unlikely that Corvane sold the mill.", "may_be"),
        ("Perhaps Corvane sold the mill.", "may_be"),
        ("Corvane apparently sold the mill.", "is"),
    ],
)
def test_what_may_be_is_not_what_is(nlp: Language, words: str, modality: str) -> None:
    core = find_core(list(nlp(words)))
    assert find_modality("asserts", "unstated", "non_future", core) == modality


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("Helvar offered to buy Brightsea.", "stage offer"),
        ("Corvane will pay if Norrail leaves.", "condition if"),
        ("Profits rose.", "level 1"),
    ],
)
def test_signs_turn_a_claim_into_another(nlp: Language, words: str, sign: str) -> None:
    tokens = list(nlp(words))
    assert sign in find_signs(find_core(tokens), tokens)
