"""Bodies without a name of their own: "the Norwegian central bank", "Munich prosecutors".

A body that is called by its country or town is one thing with one name, and neither that country nor a firm near it.
Spoken of again without it ("the central bank", "the country's central bank"), it is the same where only one is named.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.lexicon import read_list
from ingest.model import Kind
from ingest.referents.known import origins
from ingest.referents.page import Name, Page

POSSESSIVE = re.compile(r"'s?(?=\s|$)")
SMALL = frozenset({"of", "the", "for", "and", "in"})
LONGEST = 4  # tokens between the country and the noun
PLACES = frozenset({"NORP", "GPE"})
OWNING = frozenset({"'s", "’s", "'", "’"})
INDEFINITE = frozenset(
    {"a", "an", "another", "some", "several", "other", "many", "two", "three", "four", "five", "all"}
)
SOME = frozenset({"country", "nation", "state", "island", "kingdom"})


@dataclass(frozen=True, slots=True)
class Body:
    """One occurrence: tokens, without the article; `country` is empty where the words name none."""

    start: int
    end: int
    country: str
    noun: str  # "central bank"


@functools.cache
def body_nouns() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Nouns that are such a body by themselves, those that are one in the plural, and those with a word before them."""
    table = read_list("nominals")["bodies"]
    return frozenset(table["alone"]), frozenset(table["plural"]), frozenset(table["compound"])


def name_bodies(page: Page, names: list[Name]) -> list[Name]:
    """The names, with the bodies that are called by a country; the country inside is no name of its own there."""
    found = list(find_bodies(page, names))
    known: dict[tuple[str, str], str] = {}
    for body in found:
        if body.country:
            printed = " ".join(page.span(body.start, body.end).of(page.text).split())
            known.setdefault((key_of(body.country), body.noun), printed)
    inside = {i for body in found for i in range(body.start, body.end)}
    kept = [name for name in names if not inside.intersection(range(name.start, name.end))]
    bodies = [to_name(page, body, text) for body in found if (text := text_of(body, known)) is not None]
    return sorted([*kept, *bodies], key=lambda name: name.span) if bodies else names


def text_of(body: Body, known: dict[tuple[str, str], str]) -> str | None:
    """What it is called in the article: with its country, as first printed; None where that is not known."""
    if body.country:
        return known[key_of(body.country), body.noun]
    alike = [text for (_, noun), text in known.items() if noun == body.noun]
    return alike[0] if len(alike) == 1 else None


def key_of(country: str) -> str:
    return origins().get(country, country)


def to_name(page: Page, body: Body, text: str) -> Name:
    return Name(page.span(body.start, body.end), body.start, body.end, text, "body", kind="government")


def find_bodies(page: Page, names: list[Name]) -> Iterator[Body]:
    held = {i for name in names for i in range(name.start, name.end)}
    for i in range(len(page.words)):
        common = page.tags[i] in ("NN", "NNS") or (page.tags[i] == "NNP" and page.words[i].islower())
        if page.closed[i] or i in held or not common:
            continue
        first = first_of_noun(page, i, held)
        body = None if first is None else with_country(page, first, i)
        if body is not None and is_one(page, body):
            yield body


def first_of_noun(page: Page, i: int, held: set[int]) -> int | None:
    """Where "interior ministry", "prosecutor's office", "central bank" begin; None if it is no such body."""
    alone, plural, compound = body_nouns()
    noun = page.words[i].lower()
    first = i
    while first > 0 and i - first < LONGEST and first - 1 not in held and is_part(page, first - 1):
        first -= 1
    if page.tags[i] == "NNS":
        return first if noun in plural else None
    return first if noun in alone or (noun in compound and first < i) else None


def is_part(page: Page, i: int) -> bool:
    """A lower-case word inside the noun: "central", "public", "prosecutor’s"."""
    if page.words[i] in OWNING:
        return i > 0 and page.words[i - 1].islower() and page.words[i - 1] not in SOME
    return page.words[i].islower() and page.tags[i] in ("NN", "JJ", "NNS") and page.words[i] not in SOME


def with_country(page: Page, first: int, i: int) -> Body | None:
    noun = " ".join(page.words[k] for k in range(first, i + 1)).replace(" '", "'").replace(" ’", "’").lower()
    before = first - 1
    owning = before > 0 and page.words[before] in OWNING
    country = before - 1 if owning else before
    if country >= 0 and is_country(page, country):
        return Body(country, i + 1, page.words[country], noun)
    if owning and page.words[country].lower() in SOME:
        return Body(country, i + 1, "", noun)
    if before < 0 or page.words[before].lower() != "the":
        return None
    of = country_after(page, i)
    return Body(first, of + 1, page.words[of], noun) if of is not None else Body(first, i + 1, "", noun)


def country_after(page: Page, i: int) -> int | None:
    """Where the country stands in "the central bank of Kenya", "the health ministry of the Netherlands"."""
    at = i + 2 if page.words[i + 1 : i + 3] and page.words[min(i + 2, len(page.words) - 1)].lower() != "the" else i + 3
    of = i + 1 < len(page.words) and page.words[i + 1].lower() == "of"
    return at if of and at < len(page.words) and is_country(page, at) else None


def is_country(page: Page, i: int) -> bool:
    """A country's adjective or name; a town's name too, where the parser knows it for one."""
    word = page.words[i]
    part = i > 0 and page.tags[i - 1] in ("NNP", "NNPS") and page.words[i - 1] not in ("The", "the")
    return word[:1].isupper() and not part and (word in origins() or page.labels[i] in PLACES)


def is_one(page: Page, body: Body) -> bool:
    """No "a German court", "two French ministries": of those nobody is meant in particular."""
    before = page.words[body.start - 1].lower() if body.start > 0 else ""
    return before not in INDEFINITE and not before.isdecimal()


# ── beyond the article ───────────────────────────────────────────────────────────────────────────────────────────


def country_key(name: str, kind: Kind) -> str | None:
    """What a country's body is known by, however its country is put: "the Norwegian Food Agency", "… of Norway".

    A country and the words of the office in any order, "norway-agency-food"; None where no country is named.
    """
    words = re.findall(r"[\w-]+", POSSESSIVE.sub("", name.replace("’", "'")))
    if kind != "government" or len(words) < 2:
        return None
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            country = known_countries().get(" ".join(words[start : start + length]))
            rest = {w.lower() for w in (*words[:start], *words[start + length :])} - SMALL
            if country and rest:
                return "-".join([*country.lower().split(), *sorted(rest)])
    return None


@functools.cache
def known_countries() -> dict[str, str]:
    """A country's name, or the word for what is of it → its name: "Norway" and "Norwegian" → "Norway"."""
    return {**{country: country for country in origins().values()}, **origins()}
