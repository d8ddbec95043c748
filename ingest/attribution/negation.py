"""Whether an act of speech, a wish or a plan is told not to be: "did not say", "stopped short of accusing"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from ingest.attribution.cues import noun_stances, words
from ingest.attribution.frames import has_no, is_negated
from ingest.syntax.trees import SUBJECTS, child_of

FAR = 3  # verbs up the tree from the one that is not done


def is_cue_negated(cue: Sequence[Token]) -> bool:
    """Whether what a cue tells of is not done; a noun is not there: "no intention of selling"."""
    verbs = [token for token in cue if token.pos_ in ("VERB", "AUX")]
    nouns = [token for token in cue if token.pos_ == "NOUN" and token.lemma_ in noun_stances()]
    return any(is_undone(verb) for verb in verbs if not holds_back(verb)) or any(has_no(noun) for noun in nouns)


def is_undone(verb: Token) -> bool:
    """Whether an odd number of words says of a verb that it is not done."""
    subject = child_of(verb, *SUBJECTS)
    nobody = subject is not None and has_no(subject)
    return (is_negated(verb) + nobody + is_held_back(verb)) % 2 == 1


def is_held_back(verb: Token, far: int = FAR) -> bool:
    """Whether a verb above says so: "stopped short of", "refrained from", "has yet to", "without naming"."""
    if far == 0 or verb.head.i == verb.i or child_of(verb, *SUBJECTS) is not None:
        return False
    if verb.dep_ == "conj":
        return verb.head.lemma_ in words("negated", "leading") and is_undone(verb.head)
    if verb.dep_ == "pcomp":
        if verb.head.lower_ == "without":
            return True
        above = verb.head.head
        above = above.head if above.pos_ in ("ADV", "ADJ") else above
    elif verb.dep_ == "xcomp":
        above = verb.head
        above = above.head if above.pos_ == "ADJ" else above
    else:
        return False
    subject = child_of(above, *SUBJECTS)
    nobody = subject is not None and has_no(subject)
    return (holds_back(above) + is_negated(above) + nobody + is_held_back(above, far - 1)) % 2 == 1


def holds_back(verb: Token) -> bool:
    """A verb of not doing, with the word that makes it one: "stopped short", "has yet"."""
    if verb.lemma_ in words("negated", "holding"):
        return True
    return any(f"{verb.lemma_} {child.lower_}" in words("negated", "phrases") for child in verb.children)
