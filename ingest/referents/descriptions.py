"""Whom a description of a body means: "the ChatGPT maker", "the Lindmouth-based firm", "both lenders".

By what it says first (what the body makes, where it sits, from which country, what kind it is, what the article has
called it before), then by who stands out where it is said. A body that is named in what the described one says is
another one. Where two fit as well, it stays open.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.lexicon import read_list
from ingest.model import Kind
from ingest.referents.chains import Chain
from ingest.referents.kinds import ARTEFACTS, BODIES, signs
from ingest.referents.known import origins
from ingest.referents.page import Page
from ingest.referents.phrases import left_edge, noun_at
from ingest.referents.profiles import Profile, known_seats, places_in
from ingest.referents.roles import Owners

ALIKE = 0.45  # cosine of two words' vectors from which they speak of one trade
MADE = re.compile(r"^(\w{3,})(?:maker|builder|grower|seller|miner)s?$")
COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4}
VAGUE = frozenset(
    {
        "company", "firm", "business", "group", "giant", "start-up", "startup", "upstart", "organisation",
        "organization", "body", "corporation", "newcomer", "unicorn", "maker", "creator", "developer",
    }
)  # fmt: skip
ANY = frozenset({"company", "firm", "business", "group", "body", "organisation", "organization", "corporation"})
PRIVATE: frozenset[Kind] = frozenset({"company", "organization"})  # which are taken for one another
COMMON_WORD = -1.0


@dataclass(frozen=True, slots=True)
class Description:
    """What a noun phrase says of a body."""

    noun: str
    trade: frozenset[str]  # words that tell what it does: "hospital" of "hospital chain"
    places: frozenset[str]
    countries: frozenset[str]
    made: tuple[Chain, ...]  # "the maker of Pim", "the Pim maker"
    is_maker: bool
    count: int = 1


@functools.cache
def nominal_kinds() -> dict[str, tuple[Kind, ...]]:
    """Noun → the kinds of things that it may stand for, from both lists that know."""
    told = {noun: tuple(found) for noun, found in read_list("nominals")["nouns"].items()}
    bodies = {noun: tuple(k for k in kinds if k in BODIES) for noun, kinds in signs("noun").items()}
    return {**{noun: kinds for noun, kinds in bodies.items() if kinds}, **told}


@functools.cache
def relational() -> frozenset[str]:
    """Modifiers that make another one of it: "the rival company", "the parent firm"."""
    return frozenset(read_list("nominals")["other"]["modifiers"])


@functools.cache
def own_sorts() -> frozenset[str]:
    return frozenset(read_list("nominals")["own_sort"]["nouns"])


def kinds_of(noun: str) -> tuple[Kind, ...]:
    return nominal_kinds().get(noun) or (("company",) if MADE.match(noun) else ())


def read_description(page: Page, owners: Owners, i: int) -> Description | None:
    """What the phrase of the noun at `i` says; None where it is of no body, or of another than those spoken of."""
    noun = noun_at(page, i)
    if not kinds_of(noun):
        return None
    start = left_edge(page, i)
    words = [k for k in range(start, i) if page.sentence[k] == page.sentence[i]]
    if any(page.words[k].lower() in relational() for k in words):
        return None
    if any(page.deps[c] == "relcl" and tells_which(page, c) for c in page.children[i]):
        return None
    made = made_things(page, owners, i)
    of_something = any(page.deps[c] == "prep" and page.words[c] == "of" for c in page.children[i])
    if of_something and not made:
        return None
    counted = [COUNTS[w] for k in words if (w := page.words[k].lower()) in COUNTS]
    return Description(
        noun,
        frozenset(trade_words(page, owners, noun, words)),
        frozenset(places_in(page, owners, range(start, i + 1))),
        frozenset(origins()[w] for k in words if (w := page.words[k]) in origins()),
        made,
        noun in ("maker", "creator", "developer", "owner", "operator") and bool(made),
        counted[0] if counted else 1,
    )


def only_says_where(page: Page, chain: Chain) -> bool:
    """Whether a name stands only before nouns of bodies, as a town does: "the Fenmark start-up"."""
    return bool(chain.names) and chain.entry is None and all(tells_of_next(page, name.end) for name in chain.names)


def tells_of_next(page: Page, i: int) -> bool:
    words = tuple(word.lower() for word in page.words[i : i + 3])
    return words[:2] == ("-", "based") or words == ("start", "-", "up") or bool(words and kinds_of(words[0]))


def tells_which(page: Page, clause: int) -> bool:
    """As in "the group whose robots won", "the firm that built it": it says itself which, and goes back to none."""
    first = page.doc[clause].left_edge.i
    pronouns = (c for c in range(first, clause) if page.tags[c] in ("WDT", "WP", "WP$"))
    return page.words[first - 1] != "," and any(page.deps[c] in ("nsubj", "nsubjpass", "poss") for c in pronouns)


def trade_words(page: Page, owners: Owners, noun: str, words: Iterable[int]) -> Iterable[str]:
    if noun not in VAGUE:
        yield MADE.sub(r"\1", noun)
    for k in words:
        if page.tags[k] in ("NN", "NNS") and owners.at(k) is None and page.words[k].lower() not in VAGUE:
            yield page.lemma(k)


def made_things(page: Page, owners: Owners, i: int) -> tuple[Chain, ...]:
    """What stands behind "the maker of", or before "maker"."""
    near = [c for c in page.children[i] if page.deps[c] in ("compound", "nmod", "amod", "poss")]
    for child in page.children[i]:
        if page.deps[child] == "prep" and page.words[child] == "of":
            near += page.children[child]
    found = (owners.at(k) for k in near)
    return tuple(
        c
        for c in found
        if c is not None
        and c.kind in (*ARTEFACTS, "document", "company", "place")
        and (c.kind in ARTEFACTS or page.lemma(i) in ("maker", "creator", "developer"))
    )


def fit(page: Page, told: Description, chain: Chain, profile: Profile) -> float | None:
    """How well a body answers to a description; None where it cannot be meant."""
    if not may_be(chain, profile, told.noun) or only_says_where(page, chain):
        return None
    if told.noun in own_sorts() and told.noun not in profile.nouns | profile.words:
        return None
    score = 0.0
    if told.is_maker:
        if not set(map(id, told.made)) & set(map(id, profile.makes)):
            return None
        score += 4.0
    if told.countries and chain.countries:
        if not told.countries & chain.countries:
            return None
        score += 2.0
    place = fit_of_places(told, chain, profile)
    if place is None:
        return None
    called = told.noun.replace("-", "") in {noun.replace("-", "") for noun in profile.nouns}
    word = COMMON_WORD if not profile.nouns and is_common_word(page, chain) else 0.0
    alike = likeness(page, told, profile)
    return score + place + (called_so(told.noun) + max(alike, 0.0) if called else alike) + word


def called_so(noun: str) -> float:
    """What it adds that the article has called it so before: little where anything is called so."""
    return 0.2 if noun in ANY else 0.8 if noun in VAGUE else 2.0


def is_common_word(page: Page, chain: Chain) -> bool:
    """Whether the name is a plain word with a capital, "Terms", "Developers", which the parse takes for a body."""
    if chain.entry is not None or len(chain.words) > 1 or not chain.name.isalpha() or chain.name.isupper():
        return False
    return page.doc.vocab[chain.name.lower()].has_vector and page.doc.vocab[chain.name.lower()].is_lower


def may_be(chain: Chain, profile: Profile, noun: str) -> bool:
    if chain.kind in kinds_of(noun) or noun in profile.nouns:
        return True
    unsure = chain.entry is None and chain.sure < 0.8 and chain.kind in PRIVATE
    return unsure and any(kind in PRIVATE for kind in kinds_of(noun))


def fit_of_places(told: Description, chain: Chain, profile: Profile) -> float | None:
    if not told.places:
        return 0.0
    if told.places & profile.places:
        return 2.0
    if profile.places:
        return -2.0
    countries = {known_seats()[place] for place in told.places if place in known_seats()}
    return None if countries and chain.countries and not countries & chain.countries else 0.0


def likeness(page: Page, told: Description, profile: Profile) -> float:
    """How near the words for a trade are to what the article tells of a body, by the vectors of the parser."""
    if not told.trade:
        return 0.0
    vocabulary = page.doc.vocab
    theirs = [vocabulary[w] for w in sorted(profile.words) if vocabulary[w].has_vector]
    best = 0.0
    for word in sorted(told.trade):
        lexeme = vocabulary[word]
        if word in profile.words:
            best = 1.0
        elif lexeme.has_vector:
            best = max([best, *(float(lexeme.similarity(other)) for other in theirs)])
    if best >= ALIKE:
        return 2.0 * (best - ALIKE) / (1 - ALIKE) + 0.3
    return -0.8 if profile.nouns else -0.3
