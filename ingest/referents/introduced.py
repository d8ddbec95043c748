"""Somebody who is described first and named in the next sentence: "a guard told the paper … The guard, Rolf Anders,".

The name then stands behind the description too, unless its bearer asked not to be named.
"""

from __future__ import annotations

import re

from ingest.referents.chains import Chain, Ref
from ingest.referents.documents import phrase
from ingest.referents.profiles import noun_at
from ingest.referents.reader import Reader
from ingest.referents.salience import Described

REACH = 4  # sentences from the description to the name
NAMED_LATER = 0.85
WITHHELD = re.compile(
    r"anonym|not (?:to )?be(?:ing)? (?:named|identified)|(?:asked|declined|refused) not to be|unnamed", re.IGNORECASE
)
DEFINITE = frozenset({"the", "that", "this", "these", "those"})


def name_later(reader: Reader) -> None:
    """Tie each description of people to the names that a later sentence gives to just these."""
    people = [one for j, one in reader.described.items() if isinstance(one, Described) and one.human and one.head == j]
    for one in people:
        named = find_names(reader, one)
        if named and not is_withheld(reader, one):
            start, end = phrase(reader.page, one.head, whole=True)
            for chain in named:
                chain.refs.append(Ref(start, end, reader.page.span(start, end), "named later", NAMED_LATER))
            del reader.described[one.head]
            pass_on(reader, one, named)


def pass_on(reader: Reader, one: Described, named: list[Chain]) -> None:
    """What took up the description ("he", "the guard") now means the name."""
    page = reader.page
    for i in [i for i, other in reader.described.items() if other is one]:
        for chain in named:
            chain.refs.append(Ref(i, i + 1, page.span(i, i + 1), "pronoun", NAMED_LATER - 0.1))
        del reader.described[i]


def find_names(reader: Reader, one: Described) -> list[Chain]:
    """The names that stand beside the same noun, definite, a few sentences on; nobody where another bears it before."""
    page = reader.page
    if is_definite(reader, one.head):
        return []
    for i in range(one.head + 1, len(page.words)):
        if page.sentence[i] - page.sentence[one.head] > REACH:
            break
        if page.tags[i] not in ("NN", "NNS") or noun_at(page, i) != one.noun or not is_definite(reader, i):
            continue
        if (page.tags[i] == "NNS") != one.plural:
            continue
        return [c for c in beside(reader, i) if c.kind == "person"]
    return []


def is_definite(reader: Reader, i: int) -> bool:
    page = reader.page
    return any(page.deps[c] in ("det", "poss") and page.words[c].lower() in DEFINITE for c in page.children[i]) or any(
        page.deps[c] == "poss" for c in page.children[i]
    )


def beside(reader: Reader, i: int) -> list[Chain]:
    """ "The guard, Rolf Anders", "Rolf Anders, the guard", "the guard is Rolf Anders"."""
    page = reader.page
    places = [c for c in page.children[i] if page.deps[c] == "appos" and c > i]
    if page.deps[i] == "appos":
        places.append(page.heads[i])
    if page.deps[i] == "nsubj" and page.lemma(page.heads[i]) == "be":
        places += [c for c in page.children[page.heads[i]] if page.deps[c] == "attr"]
    return next((found for j in places if (found := reader.joined(j))), [])


def is_withheld(reader: Reader, one: Described) -> bool:
    sentence = reader.page.doc[one.head].sent
    return WITHHELD.search(sentence.text) is not None
