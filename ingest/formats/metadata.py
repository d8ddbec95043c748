"""What a file or a text says of its article: headline, outlet, authors, date, whom it credits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.formats.layout import Sign
from ingest.model import Genre, fold


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said of one article; None and () where nothing is."""

    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published_at: str | None = None
    language: str | None = None
    genre: Genre | None = None
    issued_by: str | None = None
    credits: tuple[str, ...] = ()
    notice: str | None = None
    retrieved_at: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These, and the other's where these say nothing; credits of both."""
        return Metadata(
            url=self.url or other.url,
            title=self.title or other.title,
            outlet=self.outlet or other.outlet,
            authors=self.authors or other.authors,
            published_at=self.published_at or other.published_at,
            language=self.language or other.language,
            genre=self.genre or other.genre,
            issued_by=self.issued_by or other.issued_by,
            credits=merge_credits(self.credits, other.credits),
            notice=self.notice or other.notice,
            retrieved_at=self.retrieved_at or other.retrieved_at,
        )


def find_metadata(text: str, signs: Iterable[Sign], stated: Metadata) -> Metadata:
    """What the text's own lines say: its headline, byline, dates, credits, and what kind of text it is."""
    values: dict[str, list[str]] = {}
    for sign in signs:
        values.setdefault(sign.kind, []).extend(sign.values or (sign.span.of(text),))
    genre = next(iter(values.get("genre", [])), None)
    outlet = stated.outlet or first(values, "outlet")
    return Metadata(
        title=first(values, "title"),
        outlet=outlet,
        authors=tuple(dict.fromkeys(values.get("byline", ()))),
        published_at=first(values, "date"),
        genre=genre,  # type: ignore[arg-type]  # the tables of furniture.toml are named after genres
        issued_by=first(values, "issuer"),
        credits=tuple(c for c in dict.fromkeys(values.get("credit", ())) if not stands_for(c, outlet)),
        notice=first(values, "notice"),
    )


def first(values: dict[str, list[str]], kind: str) -> str | None:
    return next(iter(values.get(kind, ())), None)


def merge_credits(stated: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, ...]:
    """Both, each name once: "The Wire" and "Wire" are one name here, and so are a name and its initials."""
    merged = list(stated)
    merged += [credit for credit in found if not any(stands_for(credit, other) for other in merged)]
    return tuple(merged)


def stands_for(credit: str, name: str | None) -> bool:
    """True if a credit is a name, or its initials: (CPA) in a story of the Corvane Press Agency."""
    if name is None:
        return False
    words = re.findall(r"\w+", name)
    initials = "".join(word[0] for word in words if word[0].isupper())
    return bare(credit) == bare(name) or (len(credit) > 1 and credit in (initials, initials.removeprefix("T")))


def bare(name: str) -> str:
    return fold(name).removeprefix("the ")
