"""A byline → the people in it, and the outlets and agencies; a desk and "our correspondent" are nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.lexicon import read_list

NAME = r"[^\W\d_a-z][\w.’'-]*"
PERSON = re.compile(rf"{NAME}(?: (?:(?:van|von|der|den|de|da|di|del|la|le|bin|al|el|ten|ter|zu) )*{NAME}){{0,4}}")
BETWEEN = re.compile(r"\s*[;|/•·]\s*|,\s*(?:and\s+)?|\s+and\s+|\s+&\s+|\s+with\s+|\s+(?:in|for|at)\s+(?=[A-Z])")
ADDRESS = re.compile(r"\S*@\S*|\b(?:https?:|www\.)\S*")
BY = re.compile(r"^(?:(?:words|written|reported|story|text)\s+)?by:?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    authors: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


def read_byline(words: str) -> Byline:
    """Who signs, as printed but for capitals: "By ANN LEE and Reuters" → Ann Lee; Reuters."""
    lists = read_list("credits")
    authors, outlets = [], []
    for name in BETWEEN.split(BY.sub("", ADDRESS.sub("", words).strip())):
        parts = set(name.casefold().split())
        if parts & set(lists["job"]):
            continue
        if name in lists["wire"] or parts & set(lists["press"]):
            outlets.append(name)
        elif PERSON.fullmatch(name):
            authors.append(name.title() if name.isupper() else name)
    return Byline(tuple(authors), tuple(outlets))


def read_bylines(lines: Iterable[str]) -> Byline:
    """Several as one, each name once."""
    found = [read_byline(words) for words in lines]
    return Byline(
        tuple(dict.fromkeys(name for byline in found for name in byline.authors)),
        tuple(dict.fromkeys(name for byline in found for name in byline.outlets)),
    )
