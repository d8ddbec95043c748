"""Who is described first and named in the next sentence: "a guard told the paper … The guard, Rolf Anders,".

The name then stands behind the description too, unless its bearer asked not to be named. A body may come so too: "The
Orrow start-up claims …", and Tilmark says more in the next sentence.
"""

from __future__ import annotations

import re

from ingest.referents.chains import Chain, Ref
from ingest.referents.descriptions import Description
from ingest.referents.nominals import weigh_body
from ingest.referents.phrases import noun_at, phrase
from ingest.referents.pronouns import HE, SHE
from ingest.referents.reader import Reader
from ingest.referents.salience import Described, choose

REACH = 4  # sentences from the description to the name
NAMED_LATER = 0.85
NAMED_NEXT = 0.7  # of one whom an article's first sentence describes and the next paragraph names
FIRST_LINES = 1  # number of the last sentence that an article may begin with a description in
NEXT_LINES = 2
SURE = 0.7
WITHHELD = re.compile(
    r"anonym|not (?:to )?be(?:ing)? (?:named|identified)|(?:asked|declined|refused) not to be|unnamed", re.IGNORECASE
)
DEFINITE = frozenset({"the", "that", "this", "these", "those"})


def name_later(reader: Reader) -> None:
    """Tie each description of people to the names that a later sentence gives to just these."""
    people = [one for j, one in reader.described.items() if isinstance(one, Described) and one.human and one.head == j]
    for one in people:
        named, sure = find_names(reader, one), NAMED_LATER
        if not named:
            named, sure = find_lede(reader, one), NAMED_NEXT
        if named and not is_withheld(reader, one):
            start, end = phrase(reader.page, one.head, whole=True)
            for chain in named:
                chain.refs.append(Ref(start, end, reader.page.span(start, end), "named later", sure))
            del reader.described[one.head]
            pass_on(reader, one, named)


def pass_on(reader: Reader, one: Described, named: list[Chain]) -> None:
    """What took up the description ("he", "the guard") now means the name."""
    page = reader.page
    for i in [i for i, other in reader.described.items() if other is one]:
        word = page.words[i].lower()
        for chain in named:
            if chain.gender in ("", "m" if word in HE else "f" if word in SHE else chain.gender):
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


def find_lede(reader: Reader, one: Described) -> list[Chain]:
    """Who speaks in an article's first sentence, where the next paragraph introduces by name one who speaks."""
    page = reader.page
    coming = page.doc[one.head].sent.end
    first = page.sentence[one.head] == 0 and one.head in reader.sayings.of and not one.plural
    broken = coming < len(page.words) and "\n" in page.words[coming - 1]
    if not first or not broken or is_definite(reader, one.head):
        return []
    subject = next((s for s in sorted(reader.sayings.of) if page.sentence[s] == page.sentence[coming]), None)
    chain = reader.owners.at(subject) if subject is not None else None
    if subject is None or chain is None or chain.kind != "person" or not chain.names:
        return []
    name = chain.names[0]
    new = name.start <= subject < name.end and page.words[name.end] == ","
    alike = chain.role_nouns <= {one.noun} and chain.gender in ("", one.gender or chain.gender)
    return [chain] if new and alike and not is_explained(reader, subject, one.noun) else []


def is_explained(reader: Reader, i: int, noun: str) -> bool:
    """Whether a name's apposition says that its bearer is something else: "Hal Dorrin, the surgeon"."""
    page = reader.page
    told = [c for c in page.children[i] if page.deps[c] == "appos" and page.tags[c] in ("NN", "NNS")]
    return any(noun_at(page, c) != noun for c in told)


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


def look_ahead(reader: Reader) -> None:
    """Settle the descriptions at an article's beginning that went back to nothing, by what is told later."""
    for i, told, chain in reader.told:
        if chain is None and i not in reader.open and reader.owners.at(i) is None:
            later = same_later(reader, i, told) or named_next(reader, i, told)
            if later is not None:
                start, end = phrase(reader.page, i, whole=True)
                later.refs.append(Ref(start, end, reader.page.span(start, end), "named later", NAMED_LATER - 0.1))
                reader.described.pop(i, None)


def same_later(reader: Reader, i: int, told: Description) -> Chain | None:
    """The one that a later description means in which the same is said."""
    alike = (c for j, other, c in reader.told if j > i and c is not None and other == told)
    return next(alike, None) if told.places or told.made or told.trade else None


def named_next(reader: Reader, i: int, told: Description) -> Chain | None:
    """In an article's first lines, the body that the next ones name and that fits."""
    page = reader.page
    if page.sentence[i] > FIRST_LINES:
        return None
    end = next((k for k in range(i, len(page.words)) if page.sentence[k] > page.sentence[i] + NEXT_LINES), None)
    scored = []
    for chain in reader.chains:
        places = [name.start for name in chain.names if i < name.start < (end or len(page.words))]
        other = any(page.heads[i] in (page.heads[p], page.heads[page.heads[p]]) for p in places)  # "rejected X's claim"
        weight = weigh_body(reader, i, told, chain) if places and not other else None
        if weight is not None:
            away = page.sentence[places[0]] - page.sentence[i]
            scored.append((weight + 0.7 * (reader.standing_at(places[0]) - 0.8 * away), chain))
    return next(iter(choose(scored, SURE).chains), None)
