"""How much a reference stands out, so that a later word may go back to it: what it is in its sentence, how near."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.referents.chains import Chain
from ingest.referents.page import Page
from ingest.referents.roles import Owners
from ingest.referents.sayings import Sayings, saying_verbs

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
INSIDE = frozenset({"ccomp", "relcl", "acl", "advcl", "pcomp", "csubj"})
IN_QUOTATION = 0.6  # what it takes away that a thing is only spoken of in somebody's words
HIGHEST = 20  # steps up a tree
NOBODY_NEAR = -1.2  # what it scores that nobody is meant who was spoken of
SHARPNESS = 0.6  # the less, the surer a lead of one point makes
SUREST = 0.9  # that a word which is no name means somebody
FLOOR = 0.62  # below it stays open who is meant


@dataclass(slots=True, eq=False)
class Described:
    """Somebody or some body without a name here: "a senior aide", "three diplomats"; `head` is its noun's token."""

    head: int
    noun: str  # lemma
    plural: bool
    human: bool
    gender: str = ""
    modifiers: frozenset[str] = frozenset()  # folded


Standing = Chain | Described


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a word means and how surely; where that is open, nobody, and the candidates with their shares."""

    meant: tuple[Standing, ...] = ()
    confidence: float = 0.0
    candidates: tuple[tuple[Chain, float], ...] = ()

    @property
    def chains(self) -> list[Chain]:
        return [one for one in self.meant if isinstance(one, Chain)]


NOBODY = Choice()


def choose(scored: Iterable[tuple[float, Standing]], floor: float = FLOOR) -> Choice:
    """The one with the highest score where its share is over the floor; equal scores share."""
    ranked = sorted(scored, key=lambda pair: -pair[0])
    if not ranked:
        return NOBODY
    raised = [math.exp((score - ranked[0][0]) / SHARPNESS) for score, _ in ranked]
    nobody = math.exp((NOBODY_NEAR - ranked[0][0]) / SHARPNESS)
    shares = [value / (sum(raised) + nobody) for value in raised]
    if shares[0] >= floor:
        return Choice((ranked[0][1],), round(min(shares[0], SUREST), 2))
    named = ((one, round(share, 2)) for (_, one), share in zip(ranked, shares, strict=True) if share >= 0.1)
    return Choice(candidates=tuple((one, share) for one, share in named if isinstance(one, Chain)))


def standing_of(page: Page, owners: Owners, sayings: Sayings, j: int) -> float:
    """What the phrase around a token weighs as that which its sentence is about: 2 for the subject of the whole."""
    if page.words[j - 1] == "(" and page.words[j + 1 : j + 2] == (")",):
        return 0.0  # "BERLIN (dpa) -": beside the sentence
    top = climb(page, owners, j)
    dep, head = page.deps[top], page.heads[top]
    value = 0.3
    if begins_sentence(page, page.doc[top].left_edge.i):
        value = 2.2
    elif dep == "appos":  # not closed by a comma: "At a meeting with Orbel, the farmer Ana Ruiz complained"
        value = 2.0
    elif dep in SUBJECTS:
        value = of_clause(page, head)
    elif dep in ("dobj", "dative"):
        value = 1.0
    elif dep == "pobj" and page.deps[head] == "agent":
        value = 1.3
    elif dep == "pobj" and page.tags[page.heads[head]].startswith("VB"):
        value = 0.7
    elif dep == "poss":
        value = 0.5
    elif dep in ("compound", "nmod") and page.deps[head] in SUBJECTS:
        value = 0.8
    return value - (IN_QUOTATION if sayings.quoted[j] >= 0 else 0.0)


def of_clause(page: Page, verb: int) -> float:
    """The subject of a main clause stands out most, then that of what somebody says, then that of any other clause."""
    for _ in range(HIGHEST):
        if page.deps[verb] != "conj":
            break
        verb = page.heads[verb]
    if page.deps[verb] == "ccomp":
        return 1.3 if page.lemma(page.heads[verb]) in saying_verbs() else 2.0
    return 1.0 if page.deps[verb] in INSIDE else 2.0


def climb(page: Page, owners: Owners, j: int) -> int:
    """From a word of a name to the phrase's head, over "and" and over an apposition: "the surgeon, Hal Dorrin, …"."""
    top = j
    for _ in range(HIGHEST):
        head = page.heads[top]
        within = owners.at(top) is not None and owners.at(head) is owners.at(top)
        titled = page.deps[top] == "compound" and page.tags[head].startswith("NNP")
        explained = page.deps[top] == "appos" and not is_unclosed(page, top)
        if head == top or not (within or titled or explained or page.deps[top] == "conj"):
            return top
        top = head
    return top


def is_unclosed(page: Page, top: int) -> bool:
    """Whether the parse took for an apposition what a verb follows at once, so that it is the verb's subject."""
    after = page.doc[top].right_edge.i + 1
    return after < len(page.words) and page.tags[after] in ("VBD", "VBZ", "VBP") and page.words[top - 1] != ","


def begins_sentence(page: Page, i: int) -> bool:
    """As in "As for the bank, it said": what the sentence is said to be about."""
    return i > 1 and page.words[i - 2 : i] == ("As", "for")


def speaks(page: Page, owners: Owners, sayings: Sayings, j: int) -> bool:
    """Whether the phrase around a token is the subject of a verb of saying."""
    return climb(page, owners, j) in sayings.of
