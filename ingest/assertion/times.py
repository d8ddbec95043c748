"""Content → the times that it tells: "in 2029", "on 14 March", "in the first quarter", "since Monday".

Each is resolved against the article's own date into half-open days, backwards for what has happened and forwards for
what is to come. Not seen: seasons, decades, holidays, "three weeks later", and what only another sentence tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.assertion.dates import FIRST_YEAR, MONTH, WEEKDAYS, read_day, to_month
from ingest.model import Identifier, Precision, Span, Time, TimeRelation

YEAR = r"(?:1[6-9]|20)\d\d"
AND = r"\s?(?:to|and|until|through|[-–—])\s?"
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
SPAN_OF_YEAR = {"quarter": 3, "half": 6}
RELATIONS: tuple[tuple[TimeRelation, str], ...] = (
    ("since", r"(?:since|after|from|starting|beginning)"),
    ("until", r"(?:until|till|up to|through)"),
    ("by", r"(?:by|before|no later than)"),
)
LEAD = re.compile(
    "|".join(rf"(?P<{name}>\b{words}\s(?:the\s|(?:early|mid|late)[\s-])?$)" for name, words in RELATIONS), re.IGNORECASE
)
BACKWARDS = frozenset({"last", "past", "previous"})


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day from which a text counts, and whether what it tells is still to come."""

    today: date | None
    future: bool = False

    def year_of(self, month: int, day: int) -> int | None:
        """The year in which a day without one last came, or comes next."""
        if self.today is None:
            return None
        passed = (month, day) > (self.today.month, self.today.day)
        return self.today.year + (not passed if self.future else -passed)


Days = tuple[date, date, Precision]  # half-open


def find_times(
    text: str, spans: Sequence[Span], published_at: str | None, *, future: bool = False
) -> tuple[tuple[Time, ...], tuple[Identifier, ...]]:
    """The times told inside some spans, in text order; as identifiers those that an undated article leaves open."""
    calendar = Calendar(read_day(published_at or ""), future)
    times: list[Time] = []
    unresolved: list[Identifier] = []
    for span in spans:
        for found in find_expressions(text, span):
            where = Span(found.start(), found.end())
            days = to_days(found, calendar)
            if days is not None:
                start, end, precision = days
                relation = "in" if found.groupdict().get("last") else relation_before(text, where.start)
                times.append(Time(where, relation, start.isoformat(), end.isoformat(), precision))
            elif calendar.today is None:
                unresolved.append(Identifier("time", " ".join(sorted(found[0].casefold().split())), where))
    return tuple(times), tuple(unresolved)


def find_time_spans(text: str) -> list[Span]:
    """Where a text tells a time: no number in it is an amount."""
    return [Span(m.start(), m.end()) for m in find_expressions(text, Span(0, len(text)))]


def find_expressions(text: str, span: Span) -> Iterator[re.Match[str]]:
    """Expressions of time, none inside another, in text order."""
    found = [m for pattern in PATTERNS for m in pattern.finditer(text, span.start, span.end)]
    last = -1
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        if match.start() >= last:
            yield match
            last = match.end()


def relation_before(text: str, start: int) -> TimeRelation:
    lead = LEAD.search(text[max(0, start - 24) : start])
    return next((name for name, _ in RELATIONS if lead and lead[name]), "in")


# ── what an expression means ─────────────────────────────────────────────────────────────────────────────────────


def to_days(match: re.Match[str], calendar: Calendar) -> Days | None:
    """The days that an expression covers; None where there are no such days, or the year cannot be told."""
    try:
        return READERS[match.re](match, calendar)
    except (ValueError, OverflowError):
        return None


def days_of_month(match: re.Match[str], calendar: Calendar) -> Days | None:
    """ "14 March", "March 14, 2031", "3 to 5 March"."""
    if not match["month"][0].isupper():
        return None
    month, first = to_month(match["month"]), int(match["day"])
    last = int(match["last"]) if match.groupdict().get("last") else first
    year = int(match["year"]) if match["year"] else calendar.year_of(month, first)
    if year is None or last < first:
        return None
    return date(year, month, first), date(year, month, last) + timedelta(days=1), "day"


def whole_month(match: re.Match[str], calendar: Calendar) -> Days | None:
    if not match["month"][0].isupper():
        return None
    month = to_month(match["month"])
    year = int(match["year"]) if match["year"] else calendar.year_of(month, 1)
    return None if year is None else (date(year, month, 1), month_after(year, month), "month")


def part_of_year(match: re.Match[str], calendar: Calendar) -> Days | None:
    """ "The first quarter of 2029", "Q3 2030", "the second half of the year"."""
    words = match.groupdict()
    number = int(words["q"] or ORDINALS[words["nth"].lower()])
    months = SPAN_OF_YEAR[(words["part"] or "quarter").lower()]
    first = 1 + (number - 1) * months
    year = int(words["year"]) if words["year"] else calendar.year_of(first, 1)
    if year is None or first > 12:
        return None
    return date(year, first, 1), month_after(year, first + months - 1), "quarter"


def whole_year(match: re.Match[str], _: Calendar) -> Days | None:
    first = int(match["year"])
    last = int(match["last"] or first)
    return (date(first, 1, 1), date(last + 1, 1, 1), "year") if last >= first >= FIRST_YEAR else None


def weekday(match: re.Match[str], calendar: Calendar) -> Days | None:
    if calendar.today is None:
        return None
    ahead = (WEEKDAYS.index(match["weekday"].lower()) - calendar.today.weekday()) % 7
    day = calendar.today + timedelta(days=ahead if calendar.future else ahead - 7 if ahead else 0)
    return day, day + timedelta(days=1), "day"


def near_day(match: re.Match[str], calendar: Calendar) -> Days | None:
    if calendar.today is None:
        return None
    day = calendar.today + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(match["near"].lower(), 0))
    return day, day + timedelta(days=1), "day"


def near_period(match: re.Match[str], calendar: Calendar) -> Days | None:
    """ "Last week", "earlier this month", "next year"."""
    if calendar.today is None:
        return None
    which = match["which"].lower()
    shift = -1 if which in BACKWARDS else 1 if which == "next" else 0
    today, period = calendar.today, match["period"].lower()
    if period == "week":
        monday = today + timedelta(days=7 * shift - today.weekday())
        return monday, monday + timedelta(days=7), "week"
    if period == "month":
        months = today.year * 12 + today.month - 1 + shift
        return date(months // 12, months % 12 + 1, 1), month_after(months // 12, months % 12 + 1), "month"
    return date(today.year + shift, 1, 1), date(today.year + shift + 1, 1, 1), "year"


def ago(match: re.Match[str], calendar: Calendar) -> Days | None:
    """ "Two years ago": the year, month, week or day that lies so far back."""
    if calendar.today is None:
        return None
    count, period = int(COUNTS.get(match["count"].lower(), match["count"])), match["period"].lower()
    if period == "year":
        return date(calendar.today.year - count, 1, 1), date(calendar.today.year - count + 1, 1, 1), "year"
    if period == "month":
        months = calendar.today.year * 12 + calendar.today.month - 1 - count
        return date(months // 12, months % 12 + 1, 1), month_after(months // 12, months % 12 + 1), "month"
    day = calendar.today - timedelta(days=count * (7 if period == "week" else 1))
    if period == "week":
        day -= timedelta(days=day.weekday())
        return day, day + timedelta(days=7), "week"
    return day, day + timedelta(days=1), "day"


def month_after(year: int, month: int) -> date:
    return date(year + (month == 12), month % 12 + 1, 1)


COUNTS = {
    word: n for n, word in enumerate(("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}
BEFORE_YEAR = (
    "in", "of", "by", "since", "until", "till", "from", "early", "late", "mid", "before", "after", "during", "between",
)  # fmt: skip
BEFORE_MONTH = (*BEFORE_YEAR, "last", "this", "next")
OF_THE_YEAR = r"\sof\s(?:the|this|last)\s(?:financial\s|fiscal\s)?year\b"
ANY_MONTH = rf"(?P<month>{MONTH})(?!\w)"
IN_YEAR = rf"(?:,?\s(?:of\s)?(?P<year>{YEAR})\b)?"
FIRST, LAST = (rf"(?P<{group}>\d{{1,2}})(?:st|nd|rd|th)?" for group in ("day", "last"))


def after_any(words: Sequence[str]) -> str:
    """Behind one of these words, which are no part of what is found."""
    return "(?:" + "|".join(rf"(?<=\b{word}[\s-])" for word in words) + ")"


def ignoring_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


READERS: dict[re.Pattern[str], Callable[[re.Match[str], Calendar], Days | None]] = {
    ignoring_case(rf"\b{FIRST}(?:{AND}{LAST})?\s(?:of\s)?{ANY_MONTH}{IN_YEAR}"): days_of_month,
    ignoring_case(rf"\b{ANY_MONTH}\s{FIRST}(?:{AND}{LAST})?(?![\d:%]|[,.]\d){IN_YEAR}"): days_of_month,
    ignoring_case(
        r"\b(?:Q(?P<q>[1-4])|(?P<nth>first|second|third|fourth)[\s-](?P<part>quarter|half))\b"
        rf"(?:,?\s(?:of\s)?(?P<year>{YEAR})\b|{OF_THE_YEAR}|(?!\sof\b))"
    ): part_of_year,
    ignoring_case(rf"{after_any(BEFORE_MONTH)}{ANY_MONTH}{IN_YEAR}"): whole_month,
    ignoring_case(rf"\b{ANY_MONTH}\s(?P<year>{YEAR})\b"): whole_month,
    ignoring_case(rf"{after_any(BEFORE_YEAR)}(?P<year>{YEAR})(?:{AND}(?P<last>{YEAR}))?\b(?![,.]\d|%)"): whole_year,
    re.compile(
        rf"(?<![\w.,$€£/-])(?P<year>{YEAR})(?P<last>)\b"
        r"(?![,.]\d|%|-\w|\s(?:[a-z]+s|people|men|women|children)\b)"
    ): whole_year,
    ignoring_case(rf"\b(?P<weekday>{'|'.join(WEEKDAYS)})\b"): weekday,
    ignoring_case(r"\b(?P<near>yesterday|today|tonight|tomorrow)\b"): near_day,
    ignoring_case(
        r"\b(?:earlier\s|later\s)?(?P<which>last|past|previous|this|next)\s(?P<period>week|month|year)\b"
    ): near_period,
    ignoring_case(rf"\b(?P<count>{'|'.join(COUNTS)}|\d{{1,3}})\s(?P<period>day|week|month|year)s?\sago\b"): ago,
}
PATTERNS = tuple(READERS)
