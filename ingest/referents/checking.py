"""Whether the lexicon of names can be used as an editor left it: one owner an alias, makers there are, no circle."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ingest.errors import LexiconMalformed
from ingest.lexicon import read_list
from ingest.model import RELATIONS
from ingest.referents.known import Entry, entries, known_names, shapes


def check_lexicon() -> Iterator[str]:
    """What an editor has to put right, a line each; nothing where all is well."""
    try:
        found, _, _ = entries(), known_names(), shapes()
    except LexiconMalformed as error:
        yield str(error)
        return
    yield from find_shared(found)
    yield from find_circles(found)
    yield from find_lookalikes(found)
    for name in sorted(RELATIONS - read_list("relations").keys()):
        yield f"lexicon/relations.toml: {name} is missing, which is shown as a relation: restore its table"


def find_shared(found: Mapping[str, Entry]) -> Iterator[str]:
    """Aliases of two owners: which of them is meant would hang on the order of the file."""
    owners: dict[str, set[str]] = defaultdict(set)
    for key, entry in found.items():
        for alias in (entry.name, *entry.aliases):
            owners[alias].add(key)
    for alias, keys in sorted(owners.items()):
        if len(keys) > 1:
            yield f"lexicon/names.toml: {alias!r} is said to be {' and '.join(sorted(keys))}: leave it with one"


def find_circles(found: Mapping[str, Entry]) -> Iterator[str]:
    """Makers that are not there, and things that in the end make themselves."""
    for key, entry in sorted(found.items()):
        if entry.maker and entry.maker not in found:
            yield f"lexicon/names.toml: {key} is made by {entry.maker}, of which there is no entry: add it"
        seen, at = {key}, entry.maker
        while at in found and at not in seen:
            seen.add(at)
            at = found[at].maker
        if at == key:
            yield f"lexicon/names.toml: {key} is made by itself, by way of {', '.join(sorted(seen))}: cut the circle"


def find_lookalikes(found: Mapping[str, Entry]) -> Iterator[str]:
    """Names with letters of two alphabets, or with characters that cannot be seen: no article writes them so."""
    for key, entry in sorted(found.items()):
        for alias in (entry.name, *entry.aliases):
            alphabets = {unicodedata.name(c, "").split()[0] for c in alias if c.isalpha()}
            hidden = any(unicodedata.category(c) == "Cf" for c in alias)
            if hidden or len(alphabets) > 1:
                yield f"lexicon/names.toml: {key}: {alias!r} mixes alphabets or hides characters: type it again"
