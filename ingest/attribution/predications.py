"""What a thing is called: "[called] the report false", "[described] them as liars"; and which nouns name an act."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.attribution.cues import words
from ingest.lexicon import read_list
from ingest.syntax.trees import child_of, find_head

OF_ACTS = frozenset({"poss", "prep", "agent", "acl", "relcl", "compound"})


@dataclass(frozen=True, slots=True)
class Predication:
    """ "[Called] the report false", "[described] them as liars": a thing, and where what it is called begins.

    `link` is the "as" between them; `start` an offset in the text.
    """

    thing: Token
    complement: Token
    start: int
    link: Token | None = None


def find_predication(tokens: Sequence[Token]) -> Predication | None:
    """What the words call a thing, where their verb stands before them and calls, describes or considers."""
    inside = {token.i for token in tokens}
    verb = next(
        (t.head for t in tokens if t.head.i not in inside and t.head.lemma_ in words("wording", "naming")), None
    )
    if verb is None:
        return None
    clauses = [
        child for child in verb.children if child.dep_ in ("ccomp", "oprd") and child.pos_ not in ("VERB", "AUX")
    ]
    small = next((clause for clause in clauses if child_of(clause, "nsubj") is not None), None)
    thing = child_of(verb, "dobj") or (child_of(small, "nsubj") if small is not None else None)
    if thing is None or thing.i not in inside:
        return None
    later = [token for token in tokens if token.i > thing.i]
    link = next((t for t in later if t.lower_ == "as" and t.head in (verb, thing)), None)
    named = small if small is not None and small.i > thing.i else next(iter(clauses), child_of(verb, "acomp", "attr"))
    mark = next((t for t in later if opens_quotation(t) and t.nbor(-1).pos_ not in ("ADP", "DET", "ADJ", "PART")), None)
    if link is not None and not (named is not None and thing.i < named.i < link.i):
        return Predication(thing, next((t for t in later if t.i > link.i and not t.is_punct), link), link.idx, link)
    if named is not None and named.i in inside and named.i > thing.i:
        left = next((t for t in later if t.i > thing.i and t.i >= min(named.left_edge.i, named.i)), named)
        return Predication(thing, named, mark.idx if mark is not None and mark.i == left.i - 1 else left.idx)
    if mark is not None and (quoted := [t for t in later if t.i > mark.i and not t.is_punct]):
        return Predication(thing, find_head(quoted) or quoted[0], mark.idx)
    return None


def opens_quotation(token: Token) -> bool:
    return token.is_quote and not token.whitespace_ and bool(token.nbor(-1).whitespace_)


def is_pointing(noun: Token) -> bool:
    return noun.lemma_.lower() in read_list("hedges")["denial"]["pointing"]


def is_act(noun: Token, *, bare: bool = False) -> bool:
    """Whether a noun names something that is done or is between two, and, unless `bare`, by whom or to what."""
    lemma = noun.lemma_.lower()
    formed = lemma.endswith(tuple(words("wording", "of_acts"))) and lemma not in words("wording", "no_acts")
    named = lemma in act_nouns() or lemma in words("wording", "acts") or formed
    told = any(child.dep_ in OF_ACTS for child in noun.children)
    return noun.pos_ == "NOUN" and named and (bare or told)


@functools.cache
def act_nouns() -> frozenset[str]:
    """The nouns of relations.toml: "sale", "theft"."""
    return frozenset(noun for row in read_list("relations").values() for noun in row["nouns"])
