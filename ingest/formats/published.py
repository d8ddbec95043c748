"""Printed dates → ISO 8601 in UTC.

A date without a time is that day's midnight; a time without a zone is taken as UTC, for nothing on the page says more.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {
    name: n
    for n, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
ZONES = {"UTC": 0, "GMT": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "EST": -5, "EDT": -4, "PST": -8, "PDT": -7}
MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
CLOCK = (
    r"(?:,?\s*(?:at\s+)?(?P<hour>[012]?\d)[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?(?:\s*(?P<zone>[a-z]{1,4})\b)?)?"
)
PRINTED = [
    re.compile(
        WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+" + MONTH + r",?\s+(?P<year>\d{4})" + CLOCK, re.IGNORECASE
    ),
    re.compile(WEEKDAY + MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + CLOCK, re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)" + CLOCK, re.IGNORECASE),
]
PREFIX = re.compile(r"(?:(?:first\s+)?(?:published|posted|issued)(?:\s+on)?|date[d]?)\s*:?\s+", re.IGNORECASE)


def parse_printed(words: str) -> str | None:
    """A line that is a date and nothing else, as ISO 8601 in UTC: "Published: 4 March 2031, 09:15 GMT"."""
    words = PREFIX.sub("", words.strip(), count=1).strip()
    for pattern in PRINTED:
        if found := pattern.fullmatch(words):
            return moment(found.groupdict())
    return None


def find_printed(words: str) -> str | None:
    """The first full date in the words, as ISO 8601 in UTC."""
    hits = [found for pattern in PRINTED if (found := pattern.search(words))]
    return moment(min(hits, key=re.Match.start).groupdict()) if hits else None


def moment(fields: dict[str, str | None]) -> str | None:
    """The parts of a printed date put together; None where no calendar has that day."""
    month = str(fields["month"]).lower()
    hour, minute = int(fields["hour"] or 0), int(fields["minute"] or 0)
    if fields.get("half"):
        hour = hour % 12 + (12 if str(fields["half"]).lower() == "p" else 0)
    zone = (fields.get("zone") or "UTC").upper()
    if zone not in ZONES:
        hour, minute, zone = 0, 0, "UTC"  # an hour of an unknown place says too little
    try:
        day = datetime(
            int(fields["year"] or 0), MONTHS.get(month[:3]) or int(month), int(fields["day"] or 0), hour, minute
        )
    except ValueError:
        return None
    return to_utc(day.replace(tzinfo=timezone(timedelta(hours=ZONES[zone]))))


def parse_iso(words: str) -> str | None:
    """An ISO 8601 date or time, as one in UTC to the second; None where it is none."""
    try:
        day = datetime.fromisoformat(words.strip())
        return to_utc(day if day.tzinfo else day.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def parse_any(words: str) -> str | None:
    """A date as the tags of pages have it, in whatever form."""
    return parse_iso(words) or parse_mail_date(words) or parse_printed(words)


def parse_mail_date(words: str) -> str | None:
    """A date as mails have it, "Fri, 07 Jun 2030 10:00:00 +0100"."""
    try:
        day = parsedate_to_datetime(words.strip())
        return to_utc(day if day.tzinfo else day.replace(tzinfo=UTC))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def to_utc(day: datetime) -> str:
    return day.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
