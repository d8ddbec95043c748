"""What an article tells of each of its bodies: how it calls them, where they sit, what they make and do.

"Osterlin, an Inverlake start-up", "the battery maker Calderay", "Arvendel builds ferries": enough to know later whom
"the Inverlake firm", "the battery maker" and "the shipbuilder" mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.referents.chains import LEGAL_FORMS, Chain
from ingest.referents.kinds import ARTEFACTS, BODIES
from ingest.referents.known import entries, origins
from ingest.referents.page import Page
from ingest.referents.phrases import NOUNS, name_top, noun_at
from ingest.referents.roles import Owners

MAKING = frozenset(
    {"make", "build", "develop", "release", "launch", "unveil", "create", "sell", "introduce", "offer", "publish"}
)
BASED = re.compile(r"^(.+?)[-‐ ]based$", re.IGNORECASE)


@dataclass(slots=True)
class Profile:
    nouns: set[str] = field(default_factory=set)  # what it is called: "start-up", "lender"
    words: set[str] = field(default_factory=set)  # of its name, of what it is called and does
    places: set[str] = field(default_factory=set)  # folded: "san francisco"
    makes: list[Chain] = field(default_factory=list)


def find_profiles(page: Page, chains: list[Chain], owners: Owners) -> dict[int, Profile]:
    """By the chain's id()."""
    found: dict[int, Profile] = {}
    for chain in chains:
        if chain.kind not in BODIES:
            continue
        profile = found[id(chain)] = Profile(words=words_of_name(chain))
        if chain.entry is not None:
            profile.words.update(trade.lower() for trade in chain.entry.trade)
            profile.places.update({chain.entry.seat.lower()} if chain.entry.seat else set())
            profile.makes += [c for c in chains if c.entry is not None and c.entry.maker == chain.entry.key]
        for name in chain.names:
            add_what_it_is_called(page, owners, chain, profile, name.start, name.end)
            add_what_it_does(page, owners, profile, name_top(page, name.start, name.end))
    return found


def words_of_name(chain: Chain) -> set[str]:
    words = {word.strip(".,") for alias in (chain.name, *chain.aliases) for word in alias.split()}
    return {word.lower() for word in words if word not in LEGAL_FORMS and len(word) > 2}


def add_what_it_is_called(page: Page, owners: Owners, chain: Chain, profile: Profile, start: int, end: int) -> None:
    for noun in sorted(set(nouns_of(page, owners, chain, start, end))):
        profile.nouns.add(noun_at(page, noun))
        first = page.doc[noun].left_edge.i
        words = range(max(first, noun - 6), noun + 1)
        profile.words.update(page.words[i].lower() for i in words if page.tags[i] in (*NOUNS, "JJ", "VBG"))
        profile.places.update(places_in(page, owners, words))
        chain.countries.update(origins()[w] for i in words if (w := page.words[i]) in origins())
        profile.makes += [c for i in words if (c := owners.at(i)) is not None and c.kind in ARTEFACTS]


def nouns_of(page: Page, owners: Owners, chain: Chain, start: int, end: int) -> Iterator[int]:
    """The common nouns that say what the bearer of a name is: before it, in apposition, as a predicate."""
    before = start - 1
    while before > 0 and page.words[before] in ("``", "“", '"', "("):
        before -= 1
    if before >= 0 and page.tags[before] in NOUNS and page.sentence[before] == page.sentence[start]:
        yield before
    top = name_top(page, start, end)
    yield from (c for c in page.children[top] if page.deps[c] == "appos" and page.tags[c] in NOUNS and page.closes(c))
    first = top
    while page.deps[first] == "conj" and owners.at(page.heads[first]) is not None:
        first = page.heads[first]
    head = page.heads[first]
    if page.deps[first] == "appos" and page.tags[head] in NOUNS and owners.at(head) in (None, chain):
        yield head
    if page.deps[top] == "nsubj" and page.lemma(head) in ("be", "become", "remain"):
        yield from (c for c in page.children[head] if page.deps[c] == "attr" and page.tags[c] in NOUNS)


def places_in(page: Page, owners: Owners, words: range) -> set[str]:
    """Places before a noun: "the San Francisco start-up", "the Lindmouth-based firm"."""
    found = {c.name.lower() for i in words if (c := owners.at(i)) is not None and c.kind == "place"}
    found |= {c.name.lower() for i in words[:-1] if (c := owners.at(i)) is not None and c.kind not in ARTEFACTS}
    for i in words:
        if page.words[i].lower() == "based" and i > 1 and page.words[i - 1] in ("-", "‐"):
            first = i - 2
            while first > words.start and page.tags[first - 1].startswith("NNP"):
                first -= 1
            while page.words[first - 1] == "-" and page.tags[first - 2].startswith("NNP") and first - 2 >= words.start:
                first -= 2
            found.add(" ".join(w for w in page.words[first : i - 1] if w != "-").lower())
        elif based := BASED.match(page.words[i]):
            found.add(based[1].lower())
        elif page.tags[i] == "NNP" and owners.at(i) is None and page.words[i] not in origins():
            found.add(page.words[i].lower())
    return found


def add_what_it_does(page: Page, owners: Owners, profile: Profile, top: int) -> None:
    """The things that the subject's verb is about: "runs eleven hospitals", "released a chatbot called Pim"."""
    if page.deps[top] != "nsubj":
        return
    verb = page.heads[top]
    for thing in (c for c in page.children[verb] if page.deps[c] in ("dobj", "attr")):
        edge = range(page.doc[thing].left_edge.i, page.doc[thing].right_edge.i + 1)
        profile.words.update(page.words[i].lower() for i in edge[:8] if page.tags[i] in NOUNS)
        if page.lemma(verb) in MAKING:
            profile.makes += [c for i in edge if (c := owners.at(i)) is not None and c.kind not in ("place", "person")]


def known_seats() -> dict[str, str]:
    """Folded place → the country that it is in, as far as the lexicon knows."""
    return {e.name.lower(): e.country for e in entries().values() if e.kind == "place" and e.country}
