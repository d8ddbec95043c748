"""Join keys: short strings that a recorded node bears, computed from its article alone, by which derive finds others.

n:    a name, for referents: equal ones are one entity, unless the name is weak (a person's is not an identity)
al:   another name by which other articles may call it: a body's acronym, a surname
ev:   what else the article says of a referent with a weak name; sharing one is evidence that two are one
job:  whom it works for now; two of one name that share none of theirs are two people
role: what it is now, where the text says so ("lawyer"); the same, where it does not say for whom
of:   the referent of its article that it works for
for:  the name of whom it works for now, or of what made it
x:    what is claimed, for assertions: equal ones say the same
k:    the same but for what one telling leaves out, such as a time: they may say the same
c:    a name and a rare word, two rare words, a run of words: those who share one are compared
o:    the same of a claim that says that something is not so, false or without a trace: whom it may speak against
f:    a unit with a name and a rare word, or two: perhaps another number for the same thing
who:  a referent with a weak name that the content mentions: namesakes may be two
by:   an assertion that it stands beside in its article, and what one does to the other
all:  a denial of nothing in particular, such as "any wrongdoing"
near: an attribution stands right before this sentence of the writer's, and may carry it
t:    a phrase outside quotation marks, for articles; own: one that its original does not have
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.derive.candidates import blocking_keys, number_keys
from graph.derive.contents import content_of
from graph.derive.copies import sketch
from graph.derive.matching import FORMER, find_beside, find_carried, find_makers, leads
from graph.derive.names import TITLES, body_key, is_weak, name_key, short_names
from graph.derive.opposition import is_turned
from graph.store.records import with_outlets
from ingest.model import Article, Assertion, Reading, Referent, expresses_claim, fold

OF = ("at", "of", "for", "in", "with", "to")
SLIGHT = frozenset({*OF, "the", "a", "an", "and", "senior", "former", "deputy", "new", "then", "his", "her", "their"})


def keys_of(reading: Reading) -> dict[str, tuple[str, ...]]:
    """The join keys of each node that one reading records; nodes without any are left out."""
    reading = with_outlets(reading)
    names = {r.id: name_key(r) for r in reading.referents}
    keys: dict[str, set[str]] = defaultdict(set)
    for r in reading.referents:
        keys[r.id] |= {f"n:{names[r.id]}", *(f"of:{e}" for e in r.employers)}
        if not any(map(FORMER.search, r.roles)):
            keys[r.id] |= {f"for:{names[e]}" for e in r.employers if e in names and not is_weak(names[e])}
        keys[r.id] |= {f"al:{short}" for short in short_names(r) if short != names[r.id]}
        if is_weak(names[r.id]):
            keys[r.id] |= _weak_keys(r, reading, names)
    beside = list(find_beside(reading))
    answering = {later for later, link, _ in beside if link == "ANSWERS"}
    for a in reading.assertions:
        if expresses_claim(a) or a.id in answering:
            keys[a.id] |= _assertion_keys(a, names, reading)
        elif a.general:
            keys[a.id].add("all:")
    for thing, maker in find_makers(reading):
        keys[thing].add(f"for:{names[maker]}")
    for later, link, earlier in beside:
        keys[later].add(f"by:{link}>{earlier}")
        keys[earlier].add(f"by:{link}<{later}")
    for a_id in find_carried(reading):
        keys[a_id].add(f"near:{a_id}")
    keys[reading.article.id] |= {f"t:{phrase}" for phrase in sketch(reading.article)}
    return {node: tuple(sorted(found)) for node, found in keys.items() if found}


def ends(keys: Iterable[str], prefix: str) -> list[str]:
    """What follows a prefix in those keys that have it."""
    return [key[len(prefix) :] for key in keys if key.startswith(prefix)]


def beside_of(key: str) -> str | None:
    """The other assertion in a key that says that two stand side by side; None for other keys."""
    found = re.fullmatch(r"by:\w+[<>](\w+)", key)
    return found[1] if found else None


def _assertion_keys(a: Assertion, names: Mapping[str, str], reading: Reading) -> set[str]:
    content = content_of(a, names, reading.article.id)
    keys = {f"x:{content.exact()}", f"k:{content.core()}", *blocking_keys(content)}
    if is_turned(content):
        keys |= {f"o:{key.removeprefix('c:')}" for key in keys if key.startswith("c:") and "#" not in key}
    keys |= {f"who:{t[1:]}" for t in a.terms if t.startswith("@") and is_weak(names.get(t[1:], ""))}
    if content.quantities:
        keys |= number_keys(content, reading.article.id)
    return keys


def _weak_keys(r: Referent, reading: Reading, names: Mapping[str, str]) -> set[str]:
    """Evidence keys begin with its weight: 2 for a job, 1 for a title or another name, 0 for the company it keeps."""
    current = [role for role in r.roles if not FORMER.search(role)]
    employers = {names[e] for e in r.employers if e in names} or {k for k in map(_employer, r.roles) if k}
    told = {f"ev:2 {e.partition('|')[2].lstrip('=')}" for e in employers}
    told |= {f"ev:1 {fold(role)}" for role in r.roles if " " in role}
    told |= {f"ev:1 {pair}" for role in r.roles for pair in _work(role)}
    told |= {f"ev:1 {pair}" for role in r.roles for pair in _work(role, _offices(r, reading))}
    told |= {f"ev:1 {fold(alias)}" for alias in r.aliases if not _adds_nothing(alias, r.name)}
    told |= {f"ev:0 {o.name}" for o in reading.referents if o.id != r.id and _is_specific(o, names, reading.article)}
    jobs = {f"job:{e}" for e in employers} if current or not r.roles else set()
    return jobs | {f"role:{_head(role)}" for role in current} | {key[:160] for key in told}


def _employer(role: str) -> str | None:
    """The employer that a role names as written: "analyst at Brightwell" gives the key of Brightwell."""
    found = re.search(r"\b(?:at|of|for|with)\s+(?:[a-z]+\s+){0,2}((?:(?:[A-Z][\w.-]*|&)\s*)+)", role)
    return body_key(found[1]) if found else None


def _work(role: str, of: Iterable[str] = ()) -> set[str]:
    """The noun of a role with each word that says which: "adviser to the minister" gives "adviser … minister"."""
    noun, *rest = re.split(rf"\s+(?:{'|'.join(OF)})\s+|,", fold(role))
    words = noun.split()
    others = {w for part in (*rest, *map(fold, of)) for w in part.split()} | (set() if of else set(words[:-1]))
    return {f"{words[-1]} … {w}" for w in others - SLIGHT - {words[-1]}} if words else set()


def _offices(r: Referent, reading: Reading) -> list[str]:
    """What the person holds that one works for: "adviser to President Orlan" is adviser to a president."""
    return [role for other in reading.referents if other.id in r.employers for role in other.roles]


def _head(role: str) -> str:
    """The noun of a role: "chief scientist of Drayhurst" gives "scientist"; all who lead something give one."""
    words = re.split(rf"\s+(?:{'|'.join(OF)})\s+|,", fold(role))[0].split()
    return "leader" if leads(role) else re.sub(r"(wo)?m[ae]n$|person$", "", words[-1] if words else "")


def _adds_nothing(alias: str, name: str) -> bool:
    """Whether an alias is a part of the name, a pronoun or a common noun."""
    return not any(c.isupper() for c in alias) or all(
        w.casefold().rstrip(".") in {*fold(name).split(), *TITLES, "he", "she", "they", "him", "her", "who", "i"}
        for w in alias.split()
    )


def _is_specific(other: Referent, names: Mapping[str, str], article: Article) -> bool:
    """Whether sharing it says something: most articles name a place, and an outlet stands on all of its own."""
    if other.kind in ("place", "outlet", "document", "event") or names[other.id].startswith("itself|"):
        return False
    return fold(other.name) not in {fold(article.outlet or ""), *map(fold, article.credits)}
