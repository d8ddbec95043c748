"""Content → the word that carries its claim, once the frames around it are off.

"There is no evidence that Halden copied" says "copied" and denies it; "claims that Halden copied" points at it. Frames
that are whole sentences ("It is a lie. Halden never copied.") are not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.lexicon import read_list
from ingest.syntax.trees import child_of, find_head, object_of

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "none", "nobody", "nothing", "neither", "nor"})
DENYING = frozenset({"deny", "reject", "dispute", "dismiss", "refute"})
DEEPEST = 3  # a frame in a frame in a frame


@dataclass(frozen=True, slots=True)
class Core:
    """`head` carries the claim; `frames` are the words that governed it, outermost first."""

    head: Token | None
    frames: tuple[Token, ...] = ()
    denied: bool = False


def find_core(tokens: Sequence[Token]) -> Core:
    """The claim's main word: a verb, or a noun in "the use of…". No head for marks only."""
    head = find_head(tokens)
    inside = {token.i for token in tokens}
    frames: list[Token] = []
    denied = False
    while head is not None and len(frames) < DEEPEST:
        inner, denies = step_inside(head)
        if inner is None or inner.i not in inside:
            break
        frames.append(head)
        denied, head = denied != denies, inner
    return Core(head, tuple(frames), denied)


def step_inside(head: Token) -> tuple[Token | None, bool]:
    """The claim under one frame, and whether the frame denies it."""
    if head.lemma_ == "be":
        return step_inside_be(head)
    if head.lemma_ in ("appear", "seem"):
        return child_of(head, "xcomp"), False
    if head.pos_ == "NOUN" and head.lemma_ in read_list("hedges")["denial"]["pointing"]:
        return clause_under(head) or under_of(head), False
    return None, False


def step_inside_be(head: Token) -> tuple[Token | None, bool]:
    """ "There is no evidence that…", "it is not true that…", "the claim is false", "it is likely that…"."""
    denial = read_list("hedges")["denial"]
    attribute = child_of(head, "attr", "acomp", "oprd") or child_of(head, "nsubj")
    if attribute is None:
        return None, False
    clause = clause_under(attribute) or clause_under(head)
    negated = is_negated(head) or has_no(attribute)
    if attribute.lemma_ in denial["evidence"]:
        return clause or under_of(attribute), negated
    if attribute.lemma_ in denial["true"]:
        return clause or pointed_at(head), negated
    if attribute.lemma_ in denial["false"]:
        return clause or pointed_at(head), not negated
    return (clause if attribute.dep_ == "acomp" else None), False


def pointed_at(head: Token) -> Token | None:
    """What is called true or false: "the claim that we copied it", "the report"."""
    subject = child_of(head, "nsubj")
    if subject is None or subject.lemma_.lower() not in read_list("hedges")["denial"]["pointing"]:
        return None
    return clause_under(subject) or under_of(subject) or subject


def find_denial(core: Core) -> Core | None:
    """What a content denies with a verb of its own: "Halden denies any wrongdoing" → "wrongdoing", denied."""
    head = core.head
    denied = child_of(head, "ccomp", "xcomp", "dobj") if head is not None and head.lemma_ in DENYING else None
    if head is None or denied is None:
        return None
    inner, denies = step_inside(denied)
    frames = (*core.frames, head, *([denied] if inner is not None else []))
    return Core(inner or denied, frames, core.denied == denies)


def clause_under(token: Token) -> Token | None:
    """The verb of a "that" clause below a word."""
    for child in token.children:
        is_clause = child.dep_ in ("ccomp", "acl", "relcl", "csubj", "advcl") and child.pos_ in ("VERB", "AUX")
        if is_clause and any(mark.lower_ == "that" and mark.i < child.i for mark in child.children):
            return child
    return None


def under_of(token: Token) -> Token | None:
    """What an evidence noun is of: "any sign of a breach", "no truth in the report"."""
    return object_of(token, "of") or object_of(token, "to") or object_of(token, "in") or object_of(token, "about")


def is_negated(token: Token) -> bool:
    """Whether an odd number of negations stands with the word: "did not", "never"."""
    return sum(child.dep_ == "neg" or child.lower_ in ("never", "not") for child in token.children) % 2 == 1


def has_no(token: Token) -> bool:
    """Whether a noun is counted as none: "no finding", "neither model", "nobody"."""
    return token.lower_ in NEGATIONS or any(child.lower_ in ("no", "neither") for child in token.children)
