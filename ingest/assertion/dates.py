"""Words → when something was said, as printed: "on Tuesday", "last week", "in March", "on 3 March 2031".

What is relative is counted from the article's own date, in the past. Nothing is filled in: no words, no date.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from ingest.model import PartialDate

FIRST_YEAR = 1600
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH = "|".join(f"{month}|{month[:3]}\\.?" for month in MONTHS)
DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({MONTH})\b(?:,? (\d{{4}}))?", re.IGNORECASE)
MONTH_DAY = re.compile(rf"\b({MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?", re.IGNORECASE)
IN_MONTH = re.compile(rf"\b(?:in|last|this) ({MONTH})\b(?: (?:of )?(\d{{4}}))?", re.IGNORECASE)
IN_YEAR = re.compile(r"\bin ((?:19|20)\d\d)\b")
QUARTER = re.compile(r"\b(?:Q([1-4])|(first|second|third|fourth) quarter)(?: of)? ((?:19|20)\d\d)\b", re.IGNORECASE)
WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
RELATIVE = re.compile(r"\b(yesterday|today|tonight|(?:last|this|earlier this) (?:week|month|year))\b", re.IGNORECASE)


def find_date(words: str, published_at: str | None) -> PartialDate | None:
    """The first date in the words. Without the article's own date only a full one can be told."""
    published = read_day(published_at or "")
    return find_calendar_date(words, published) or (find_relative_date(words, published) if published else None)


def read_day(published_at: str) -> date | None:
    """The day of an ISO date; None for what is none, or older than any press."""
    try:
        day = date.fromisoformat(published_at[:10])
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR else None


def find_calendar_date(words: str, published: date | None) -> PartialDate | None:
    """A date with a month, a quarter or a year in it; a missing year is the last in which it had come."""
    for pattern, day_group, month_group in ((DAY_MONTH, 1, 2), (MONTH_DAY, 2, 1)):
        if match := pattern.search(words):
            return to_day(int(match[day_group]), to_month(match[month_group]), match[3], published)
    if match := QUARTER.search(words):
        number = match[1] or ["first", "second", "third", "fourth"].index(match[2].lower()) + 1
        return PartialDate(f"{match[3]}-Q{number}", "quarter")
    if match := IN_MONTH.search(words):
        month = to_month(match[1])
        if match[2] or published:
            year = int(match[2]) if match[2] else last_year_of(month, 1, published)
            return PartialDate(f"{year:04}-{month:02}", "month")
    if match := IN_YEAR.search(words):
        return PartialDate(match[1], "year")
    return None


def to_day(day: int, month: int, year: str | None, published: date | None) -> PartialDate | None:
    """A day of the calendar; None where there is none such, or no year can be told."""
    if year is None and published is None:
        return None
    try:
        return PartialDate(date(int(year or last_year_of(month, day, published)), month, day).isoformat(), "day")
    except ValueError:
        return None


def to_month(name: str) -> int:
    return [month[:3] for month in MONTHS].index(name[:3].lower()) + 1


def last_year_of(month: int, day: int, published: date | None) -> int:
    """The year in which this day last came, seen from the article's date."""
    if published is None:
        raise ValueError("a day without a year needs the article's date")
    return published.year - ((month, day) > (published.month, published.day))


def find_relative_date(words: str, published: date) -> PartialDate | None:
    """A weekday is the last such day, the day of publication included."""
    if match := RELATIVE.search(words):
        return from_relative(match[1].lower().split(), published)
    if match := WEEKDAY.search(words):
        days = (published.weekday() - WEEKDAYS.index(match[1].lower())) % 7
        return PartialDate((published - timedelta(days=days)).isoformat(), "day")
    return None


def from_relative(words: list[str], published: date) -> PartialDate:
    """ "Last week" is the Monday of the week before, "this year" the year."""
    back = words[0] == "last"
    if words[-1] == "week":
        monday = published - timedelta(days=published.weekday() + 7 * back)
        return PartialDate(monday.isoformat(), "week")
    if words[-1] == "month":
        month = published.replace(day=1) - timedelta(days=1) if back else published
        return PartialDate(month.isoformat()[:7], "month")
    if words[-1] == "year":
        return PartialDate(f"{published.year - back:04}", "year")
    return PartialDate((published - timedelta(days=words[0] == "yesterday")).isoformat(), "day")
