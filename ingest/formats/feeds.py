"""Feed → the articles that it announces: RSS and Atom by feedparser, from bytes, so that nothing is fetched here."""

from __future__ import annotations

from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import urljoin, urlsplit

FEED_SIGNS = (b"<rss", b"<feed", b"<rdf:rdf")
SIGNS_WITHIN = 2_000  # bytes from the beginning


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as its feed announces it."""

    url: str
    outlet: str | None  # the entry's own <source>: an aggregator's feed names another outlet for each
    published_at: str | None  # ISO 8601, UTC


def find_entries(data: bytes, url: str) -> tuple[Entry, ...] | None:
    """The entries of a feed that came from `url`, each address once; None where the bytes are no feed."""
    head = data[:SIGNS_WITHIN].lower()
    if not any(sign in head for sign in FEED_SIGNS):
        return None
    import feedparser  # most commands do without

    parsed = feedparser.parse(data)
    if not parsed.get("version"):
        return None
    entries = (_entry(found, url) for found in parsed["entries"])
    return tuple({entry.url: entry for entry in entries if entry is not None}.values())


def _entry(found: Any, base: str) -> Entry | None:
    link = found.get("link")
    if not link:
        return None
    url = urljoin(base, str(link))
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    outlet = str((found.get("source") or {}).get("title") or "").strip() or None
    stated = found.get("published_parsed")
    return Entry(url, outlet, _to_moment(stated) if isinstance(stated, struct_time) else None)


def _to_moment(stated: struct_time) -> str | None:
    try:
        return datetime.fromtimestamp(timegm(stated), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return None
