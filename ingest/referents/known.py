"""What the lexicon knows of names: whole names with what is known of each, shapes, telling words and titles."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast, get_args

from ingest.errors import LexiconMalformed
from ingest.lexicon import read_list
from ingest.model import Kind

FULLER = re.compile(r" (?:City|am |an der |upon |sur |do |de ).*")  # what a paper leaves out
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon knows of a name."""

    key: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    country: str = ""
    trade: tuple[str, ...] = ()
    maker: str = ""
    seat: str = ""
    gender: str = ""
    word: bool = False  # also a common word


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern of names; `beside`: words of which one must stand in the sentence."""

    kind: Kind
    expression: re.Pattern[str]
    beside: frozenset[str]


@functools.cache
def known_names() -> dict[str, tuple[tuple[str, Entry], ...]]:
    """First word → the known names that begin with it, longest first."""
    found: dict[str, list[tuple[str, Entry]]] = {}
    for entry in entries().values():
        for alias in {entry.name, *entry.aliases}:
            first = WORD.match(alias)
            if first is None:
                raise LexiconMalformed(f"lexicon/names.toml: {alias!r} does not begin with a letter or digit")
            found.setdefault(first[0], []).append((alias, entry))
    return {first: tuple(sorted(names, key=lambda pair: -len(pair[0]))) for first, names in found.items()}


@functools.cache
def shouted_names() -> dict[str, tuple[tuple[str, Entry], ...]]:
    """The known names of one word in capitals, as a dateline or a credit has them: "FRANKFURT", "REUTERS"."""
    rows = (pair for pairs in known_names().values() for pair in pairs)
    return {name.upper(): ((name.upper(), entry),) for name, entry in rows if name.isalpha() and not name.isupper()}


@functools.cache
def entries() -> dict[str, Entry]:
    """Key → entry. Raises LexiconMalformed for a kind or a field that there is not, or a key that stands twice."""
    found: dict[str, Entry] = {}
    for kind, table in read_list("names").items():
        if kind == "pattern":
            continue
        if kind not in get_args(Kind):
            raise LexiconMalformed(f"lexicon/names.toml: there is no kind {kind!r}")
        for key, fields in table.items():
            if key in found:
                raise LexiconMalformed(f"lexicon/names.toml: {key} stands twice")
            values: dict[str, Any] = {f: tuple(v) if isinstance(v, list) else v for f, v in fields.items()}
            try:
                found[key] = Entry(key=key, kind=cast(Kind, kind), **values)
            except TypeError as error:
                raise LexiconMalformed(f"lexicon/names.toml: {key}: {error}") from error
    return {**found, **countries(found.values())}


def countries(named: Iterable[Entry]) -> dict[str, Entry]:
    """The countries, and states of the United States, that names.toml does not have, as GeoNames calls them."""
    known = {alias for entry in named for alias in (entry.name, *entry.aliases)}
    tables = (("country", read_list("places")["countries"]), ("state", read_list("places")["states"]))
    rows = ((f"{what}-{code.lower()}", name) for what, table in tables for code, name in table.items())
    return {key: Entry(key, name, "place") for key, name in rows if name not in known}


@functools.cache
def cities() -> frozenset[str]:
    """Names of larger cities, some surnames too; hyphens as spaces; "Frankfurt" of "Frankfurt am Main"."""
    whole = [plain(name) for names in read_list("places")["cities"].values() for name in names]
    return frozenset(whole) | {short for name in whole if (short := FULLER.sub("", name))}


def plain(name: str) -> str:
    """A place's name without hyphens, in the case of names: "SAN-FRANCISCO" → "San Francisco"."""
    spaced = name.replace("-", " ")
    return spaced.title() if spaced.isupper() else spaced


@functools.cache
def shapes() -> tuple[Shape, ...]:
    return tuple(
        Shape(p["kind"], re.compile(rf"(?<![\w-])(?:{p['expression']})(?![\w-]|\.\d)"), frozenset(p.get("beside", ())))
        for p in read_list("names")["pattern"]
    )


@functools.cache
def signs_in_names() -> dict[str, Kind]:
    """Word of a name → the kind that it is a sign of: "Robotics", "Ministry", "Ledger"."""
    return {word: kind for kind, words in read_list("kinds")["in_name"].items() for word in words}


@functools.cache
def titles() -> dict[str, str]:
    """Title before a name → gender that it tells, or ""."""
    return dict(read_list("people")["titles"])


@functools.cache
def origins() -> dict[str, str]:
    peoples = {people: country for country, names in read_list("peoples").items() for people in names}
    return {**peoples, **read_list("nominals")["origins"]}


@functools.cache
def calendar() -> frozenset[str]:
    return frozenset(read_list("kinds")["no_name"]["calendar"])


@functools.cache
def known_common() -> frozenset[str]:
    """Capitalised words that are no name by themselves."""
    lists = read_list("kinds")["no_name"]
    return frozenset(lists["words"]) | frozenset(lists["states"]) | frozenset(titles())
