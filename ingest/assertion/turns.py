"""Content → what turns it into another claim: how sure it is to be (its modality), how many of a kind, and its signs.

"Offered to buy" is no purchase, "will pay if" no payment, "some were paid" not all, "rose" not "fell".
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from ingest.attribution.frames import Core, has_no, is_negated
from ingest.lexicon import read_list
from ingest.model import Certainty, Modality, Quantifier, Stance, Tense
from ingest.syntax.trees import child_of, object_of

MEANT: frozenset[Stance] = frozenset({"intends", "calls_for", "questions"})
ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr")


def find_modality(
    stance: Stance, certainty: Certainty, tense: Tense, core: Core, tokens: Sequence[Token] = ()
) -> Modality:
    """Whether it is said to be, that it may be, or that it is meant to be.

    "Probable" is what is where only the reporter keeps his distance ("apparently"), and what may be where the words
    guess ("likely", "must have").
    """
    if stance in MEANT or tense == "future":
        return "is_meant"
    guesses = frozenset(read_list("hedges")["modality"]["may_be"])
    near = [token for word in (core.head, *core.frames) if word is not None for token in (word, *word.children)]
    near += tokens[:2]  # "perhaps Corvane sold it" often hangs on what reports it
    inferred = {"must", "have"} <= {token.lower_ for token in near if token.dep_ == "aux"}
    hedged = any(token.lemma_.lower() in guesses or token.lower_ in guesses for token in near)
    distant = any(token.lower_ in read_list("hedges")["modality"]["distance"] for token in near)
    doubted = certainty == "possible" and not distant
    return "may_be" if doubted or inferred or hedged or is_unclear(core) else "is"


def is_unclear(core: Core) -> bool:
    """ "It is not clear that", "it is not certain whether"."""
    clear = frozenset(read_list("hedges")["modality"]["clear"])
    governors = [word for word in (*core.frames, core.head) if word is not None and word.lemma_ == "be"]
    return any(
        child.lower_ in clear and child.dep_ == "acomp" and any(other.dep_ == "neg" for other in be.children)
        for be in governors
        for child in be.children
    )


def find_quantifier(core: Core) -> Quantifier | None:
    """How many of a kind are meant: of the subject, else of what is done to; only where several are told of."""
    arguments = [child for child in core.head.children if child.dep_ in ARGUMENTS] if core.head is not None else []
    arguments.sort(key=lambda token: ARGUMENTS.index(token.dep_))
    return next((found for argument in arguments if (found := quantifier_of(argument))), None)


def quantifier_of(noun: Token) -> Quantifier | None:
    words = quantifier_words()
    counted = object_of(noun, "of") if noun.lower_ in words else noun
    several = counted is not None and (counted.tag_ in ("NNS", "NNPS") or counted.pos_ == "PRON")
    for word in (noun, *(child for child in noun.children if child.i < noun.i)):
        found = words.get(word.lower_)
        if found in ("all", "none") or (found and several):
            return found
    return None


@functools.cache
def quantifier_words() -> dict[str, Quantifier]:
    lists: dict[Quantifier, list[str]] = read_list("quantities")["quantifiers"]
    return {word: name for name, words in lists.items() for word in words}


def find_signs(core: Core, tokens: Sequence[Token]) -> tuple[str, ...]:
    """What turns the claim, each as "axis side", sorted: "stage offer", "condition if", "level 1"."""
    return tuple(sorted({*stages(core), *conditions(tokens), *traces(tokens), *sides(tokens)}))


def stages(core: Core) -> Iterator[str]:
    """The verb under which the deed stands, where it only led up to it."""
    head = core.head
    if head is not None and child_of(head, "xcomp", "ccomp") is not None:
        lists: dict[str, list[str]] = read_list("turns")["stage"]
        yield from (f"stage {name}" for name, verbs in lists.items() if head.lemma_.lower() in verbs)


def conditions(tokens: Sequence[Token]) -> Iterator[str]:
    words = frozenset(read_list("turns")["condition"]["if"])
    if any(token.lower_ in words and token.dep_ == "mark" and token.i > tokens[0].i for token in tokens):
        yield "condition if"


def traces(tokens: Sequence[Token]) -> Iterator[str]:
    """ "There is no record of a flight", "footage does not show him arriving"."""
    lists: dict[str, list[str]] = read_list("turns")["trace"]
    for token in tokens:
        shows = token.dep_ == "nsubj" and token.head.lemma_ in lists["showing"] and is_negated(token.head)
        if token.lemma_.lower() in lists["none"] and (has_no(token) or shows):
            yield "trace none"


def sides(tokens: Sequence[Token]) -> Iterator[str]:
    found = side_of()
    for token in tokens:
        yield from found.get(token.lemma_.lower(), ())
        yield from found.get(token.lower_, ())


@functools.cache
def side_of() -> dict[str, tuple[str, ...]]:
    """Lemma → the sides of which it tells."""
    found: dict[str, tuple[str, ...]] = {}
    for axis, ways in read_list("turns")["sides"].items():
        for n, words in enumerate(ways, 1):
            for word in words:
                found[word] = (*found.get(word, ()), f"{axis} {n}")
    return found
