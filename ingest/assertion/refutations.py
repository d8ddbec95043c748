"""What the writer says of a saying: "falsely claimed", "was wrong to say", "the false claim that" speak against it.

Only in the writer's own words, and only where the cue or what governs it says so; irony is not heard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.assertion.scene import Scene
from ingest.attribution.attributions import Attribution
from ingest.attribution.cues import words
from ingest.attribution.frames import find_core, is_negated
from ingest.lexicon import read_list
from ingest.model import SUPPORTING, Assertion
from ingest.syntax.trees import tokens_in

METHOD = "refutation@1"


def find_refutations(scene: Scene, attribution: Attribution, said: Sequence[Assertion]) -> Iterator[Assertion]:
    """The writer's denial of each claim whose saying is told to be false."""
    cue, content = tokens_in(scene.doc, attribution.cue), tokens_in(scene.doc, attribution.content)
    if attribution.depth or any(token.i in scene.quoted for token in cue) or not is_refuted(cue, content):
        return
    for claim in said:
        if claim.stance in SUPPORTING:
            yield replace(
                claim, source=(), cue=(), sources=(), affiliations=(), hops=(), candidates=(), source_type="writer",
                stance="denies", certainty="unstated", source_count=None, anonymity_reason=None, channel="unstated",
                basis="unstated", asserted_at=None, method=METHOD,
            )  # fmt: skip


def is_refuted(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    verbs = [token for token in cue if token.pos_ in ("VERB", "AUX")]
    nouns = [token for token in cue if token.pos_ == "NOUN"]
    told = find_core(content).frames[:1]
    nouns += [noun for noun in told if noun.pos_ == "NOUN" and noun.dep_ in ("dobj", "pobj")]
    return any(is_told_falsely(verb) for verb in verbs) or any(is_called_false(noun) for noun in nouns)


def is_told_falsely(verb: Token) -> bool:
    """ "Falsely claimed", "was wrong to say", "was mistaken in saying", "lied when he said"."""
    if any(child.lower_ in words("refuting", "adverbs") for child in verb.children):
        return not is_negated(verb)
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if verb.dep_ in ("xcomp", "pcomp", "advcl", "ccomp") and above.lemma_.lower() in words("refuting", "adjectives"):
        return not is_negated(above) and not is_negated(above.head)
    return verb.dep_ in ("advcl", "ccomp") and verb.head.lemma_ in words("refuting", "verbs")


def is_called_false(noun: Token) -> bool:
    """ "The false claim that", "a debunked story that"."""
    false = {*read_list("hedges")["denial"]["false"], *words("refuting", "adjectives")}
    return any(child.dep_ == "amod" and child.lower_ in false for child in noun.children)
