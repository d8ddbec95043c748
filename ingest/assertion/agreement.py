"""A verb that comes to stand with another subject: "I am" is "Halden is", "we do not" is "Halden does not"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.syntax.trees import SUBJECTS, child_of

SINGULAR = {
    "am": "is",
    "'m": " is",
    "are": "is",
    "'re": " is",
    "were": "was",
    "have": "has",
    "'ve": " has",
    "do": "does",
}
CLIPPED = {"'ll": " will", "'d": " would"}
SIBILANT = re.compile(r"(?:s|x|z|ch|sh|o)$")
COUNTERS = frozenset(
    {"half", "most", "all", "some", "many", "majority", "number", "rest", "few", "lot", "dozen", "couple"}
)
PLURAL_TAGS = frozenset({"NNS", "NNPS"})


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Words that stand in the place of a stretch of the text; before it where the stretch is empty."""

    start: int
    end: int
    words: str


def put(token: Token, words: str) -> Edit:
    return Edit(token.idx, token.idx + len(token), words)


def before(token: Token, words: str) -> Edit:
    return Edit(token.idx, token.idx, words)


def is_plural(noun: Token) -> bool:
    """Whether a noun takes "are": several, or two joined."""
    counted = next((c for of in noun.children if of.lower_ == "of" for c in of.children if c.dep_ == "pobj"), None)
    if noun.lemma_.lower() in COUNTERS and counted is not None:
        return is_plural(counted)
    joined = any(child.dep_ == "conj" for child in noun.children) and any(c.lower_ == "and" for c in noun.children)
    return joined or noun.tag_ in PLURAL_TAGS or noun.lower_ in ("they", "them", "these", "those", "we", "both")


def third_person(form: str) -> str:
    """The present of one: "know" is "knows", "deny" is "denies"."""
    lower = form.lower()
    if lower in SINGULAR:
        return SINGULAR[lower].strip()
    if re.search(r"[^aeiou]y$", lower):
        return form[:-1] + "ies"
    return form + ("es" if SIBILANT.search(lower) else "s")


def verbs_of(subject: Token) -> Iterator[Token]:
    """The verbs that are told of a subject: its own, and those joined to it that have none."""
    if subject.dep_ in SUBJECTS:
        yield from sharing(subject.head)


def sharing(verb: Token) -> Iterator[Token]:
    yield verb
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and child_of(child, *SUBJECTS) is None:
            yield from sharing(child)


def in_singular(verb: Token) -> Iterator[Edit]:
    """What changes in a verb, said of one who is named, that was said by "I" or of several."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    finite = auxiliaries[0] if auxiliaries else verb
    form = finite.lower_.replace("’", "'")
    if form in SINGULAR:
        yield put(finite, SINGULAR[form])
    elif form in CLIPPED:
        yield put(finite, " had" if form == "'d" and verb.tag_ == "VBN" else CLIPPED[form])
    elif finite == verb and (verb.tag_ == "VBP" or (verb.tag_ == "VB" and verb.dep_ not in ("xcomp", "conj"))):
        yield put(verb, third_person(verb.text))
