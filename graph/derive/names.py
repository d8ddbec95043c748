"""What a name says of who bears it: keys to find its other bearers by, and which two names may be one person's. Pure.

Case, accents, hyphens, apostrophes, points and legal forms tell nobody apart; first names, suffixes, digits, kinds do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.model import Kind, Referent

# Readings often disagree on which of these a name is; those of one group can do the same to a claim.
GROUPS: Mapping[Kind, str] = {
    "company": "body", "organization": "body", "government": "body", "outlet": "body",
    "ai_model": "thing", "product": "thing",
}  # fmt: skip
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady"})
SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
FORMS = frozenset(
    {
        "inc", "incorporated", "ltd", "limited", "llc", "llp", "plc", "corp", "corporation", "co", "gmbh", "ag", "sa",
        "se", "nv", "bv", "ab", "oy", "spa", "srl", "pty", "kk",
    }
)  # fmt: skip
CALENDAR = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
        "april", "may", "june", "july", "august", "september", "october", "november", "december", "today", "yesterday",
        "tomorrow", "week", "month", "year", "day", "quarter", "spring", "summer", "autumn", "fall", "winter",
    }
)  # fmt: skip
ARTICLES = frozenset({"the", "a", "an"})
ACRONYM = re.compile(r"(?=[^\s]{2,8}$)[A-Z][A-Z&.]*[A-Z][a-z]?\.?")

Likeness = Literal["same", "longer", "initials", "surname", "open", "other"]


@dataclass(frozen=True, slots=True)
class PersonName:
    """ "Osric E. Vane Jr.": given names as printed, initials among them."""

    given: tuple[str, ...]
    surname: str
    suffix: str

    @property
    def block(self) -> str:
        """What all forms of it share: "o vane"; a name of one word is its own."""
        return f"{self.given[0][0]} {self.surname}" if self.given else self.surname


def name_key(referent: Referent) -> str:
    """What a referent is known by beyond its article: kind group and folded name, or the lexicon's id for it.

    People are found by surname and first letter: who of those is one is for more than a name to say. One that bears no
    name of its own ("the office") is known by nothing but itself.
    """
    group = GROUPS.get(referent.kind, referent.kind)
    if referent.key:
        return f"{group}|={referent.key}"
    if not _is_name(referent.name):
        return f"itself|{referent.id}"
    return f"{group}|{read_person(referent.name).block}" if group == "person" else f"{group}|{_thing(referent.name)}"


def body_key(name: str) -> str:
    """The key of a body known by its name only."""
    return f"body|{_thing(name)}"


def is_weak(name: str) -> bool:
    """Whether two referents with this name key may be two things: a person's name is not an identity."""
    return name.startswith("person|") and not name.startswith("person|=")


def read_person(name: str) -> PersonName:
    """The parts of a person's name, titles before it left out."""
    words = folded(name, initials="apart")
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    suffix = ""
    while len(words) > 1 and words[-1] in SUFFIXES:
        suffix = SUFFIXES[words[-1]]
        words = words[:-1]
    return PersonName(tuple(words[:-1]), words[-1] if words else "", suffix)


def compare(a: PersonName, b: PersonName) -> Likeness:
    """How two names agree: the same, one longer by second names, in initials, a bare surname, open, or not at all.

    "Anna Rose Field" and "Anna Jean Field" are other people, and so are Junior and Senior; a Junior and one of whom
    that is not said may be either.
    """
    if a.surname != b.surname or (a.suffix and b.suffix and a.suffix != b.suffix):
        return "other"
    if bool(a.given) != bool(b.given):
        return "surname"
    if a.given == b.given:
        return "same" if a.suffix == b.suffix else "open"
    short, long = sorted((a.given, b.given), key=len)
    if not _fits(short[0], long[0]) or not _follow(short[1:], long[1:]):
        return "other"
    if a.suffix != b.suffix:
        return "open"
    return "longer" if short[0] == long[0] else "initials"


def may_be_one(a: str, b: str) -> bool:
    """Whether nothing in two people's names tells them apart."""
    return compare(read_person(a), read_person(b)) != "other"


def short_names(referent: Referent) -> set[str]:
    """Name keys by which other articles may call it: a body's acronym of three letters or more, a person's surname."""
    name = name_key(referent)
    if is_weak(name):
        return {f"person|{read_person(referent.name).surname}"}
    if not name.startswith("body|"):
        return set()
    short = [alias for alias in referent.aliases if len(alias) > 2 and is_acronym(alias, referent.name)]
    return {body_key(alias) for alias in (*short, *((referent.name,) if referent.key else ()))}


def is_acronym(alias: str, name: str) -> bool:
    """Whether an alias is short for a body's name: its first letters, or a word of capitals that begins it."""
    if not ACRONYM.fullmatch(alias) or " " not in name.strip():
        return False
    letters = "".join(c for c in alias if c.isalpha()).casefold()
    words = folded(name, initials="together")
    telling = [w for w in words if w not in {"of", "for", "and", "the", "de", "la", "du", "et", "&"}]
    return letters in ("".join(w[0] for w in words), "".join(w[0] for w in telling), words[0])


def folded(name: str, *, initials: Literal["apart", "together"]) -> list[str]:
    """The words of a name without what tells nobody apart; "J.D." is two words of a person and one of a body."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = re.sub(r"['’‘`]", "", "".join(c for c in decomposed if not unicodedata.combining(c)))
    plain = re.sub(r"(?<![^\W\d_]{2})(?<=[^\W\d_])\.(?=[^\W\d_])", " " if initials == "apart" else "", plain)
    return re.findall(r"\d+(?:\.\d+)+|[\w&+]+", plain)


def _thing(name: str) -> str:
    words = folded(name, initials="together")
    while len(words) > 1 and words[-1] in FORMS:
        words = words[:-1]
    return " ".join([w for w in words if w not in ARTICLES] or words)


def _is_name(name: str) -> bool:
    """Whether it names anything: "the report of 10 March" is any outlet's."""
    words = [w for w in re.findall(r"[\w&'’.+-]+", name) if w.casefold() not in ARTICLES | CALENDAR]
    return any(c.isupper() or (c.isdigit() and not w.isdigit()) for w in words for c in w)


def _fits(a: str, b: str) -> bool:
    """Whether one is the other, or its first letter."""
    return a == b or (a[0] == b[0] and 1 in (len(a), len(b)))


def _follow(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the second names of one stand among those of the other, in order."""
    rest = iter(long)
    return all(any(_fits(name, other) for other in rest) for name in short)
