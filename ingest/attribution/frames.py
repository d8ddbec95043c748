"""Content → the word that carries its claim, once the frames around it are off.

"There is no evidence that Halden copied" says "copied" and denies it; "claims that Halden copied" points at it. Frames
that are whole sentences ("It is a lie. Halden never copied.") are not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Token

from ingest.attribution.predications import find_predication, is_act, is_pointing
from ingest.lexicon import read_list
from ingest.syntax.trees import SUBJECTS, child_of, find_head, object_of

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "none", "nobody", "nothing", "neither", "nor"})
DENYING = frozenset({"deny", "reject", "dispute", "dismiss", "refute"})
DEEPEST = 3  # a frame in a frame in a frame
FAR = 4  # steps from a verb to a noun that holds its clause: "aware of and reviewing signs that"
OWN = frozenset({"i", "we", "it", "there", "one"})  # who looks at what is claimed, and is no part of it
IMPERSONAL = frozenset({"there", "it", "this", "that", "nothing", "none"})
COUNTERS = frozenset({"one", "all", "each", "both", "most", "many", "some", "any", "none", "much", "part"})

Verdict = Literal["", "denies", "doubts", "leaves_open"]


@dataclass(frozen=True, slots=True)
class Core:
    """`head` carries the claim; `frames` are the words that governed it, outermost first.

    `held`: the verbs of clauses that a noun of signs holds, which stay a part of what is claimed ("is reviewing signs
    that Halden copied"). `doubted`: a frame finds it unlikely; `left_open`: it is said not to be known.
    """

    head: Token | None
    frames: tuple[Token, ...] = ()
    denied: bool = False
    doubted: bool = False
    left_open: bool = False
    held: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """The claim under one frame, and what the frame makes of it."""

    inner: Token | None = None
    verdict: Verdict = ""


NOWHERE = Step()


def find_core(tokens: Sequence[Token]) -> Core:
    """The claim's main word: a verb, or a noun in "the use of…". No head for marks only."""
    inside = {token.i for token in tokens}
    called = find_predication(tokens)
    if called is not None and called.complement.lemma_.lower() in read_list("hedges")["denial"]["false"]:
        return Core(clause_under(called.thing) or called.thing, denied=is_pointing(called.thing))
    core = Core(charged_act(tokens) or find_head(tokens))
    while core.head is not None and len(core.frames) < DEEPEST:
        step = step_inside(core.head)
        if step.inner is None or step.inner.i not in inside:
            break
        core = replace(
            core,
            head=step.inner,
            frames=(*core.frames, core.head),
            denied=core.denied != (step.verdict == "denies"),
            doubted=core.doubted or step.verdict == "doubts",
            left_open=core.left_open or step.verdict == "leaves_open",
        )
    held = [] if core.head is None else [clause for _, clause in signs_under(core.head) if clause.i in inside]
    return replace(core, held=tuple(held))


def charged_act(tokens: Sequence[Token]) -> Token | None:
    """What somebody is accused of: "[accused] the banker of forging the will"."""
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.dep_ == "pcomp" and token.tag_ == "VBG" and token.head.lower_ in ("of", "for", "with"):
            charged = child_of(token.head.head, "dobj", "nsubjpass")
            if charged is not None and charged.i in inside and token.head.head.i not in inside:
                return token
    return None


def step_inside(head: Token) -> Step:
    if head.lemma_ == "be":
        return step_inside_be(head)
    if head.lemma_ in ("appear", "seem"):
        return Step(child_of(head, "xcomp", "ccomp"))
    if head.pos_ == "NOUN" and head.lemma_ in read_list("hedges")["denial"]["pointing"]:
        return Step(clause_under(head) or act_under(head))
    if head.pos_ in ("VERB", "AUX"):
        return step_inside_thought(head) or step_inside_signs(head) or NOWHERE
    return NOWHERE


def step_inside_be(head: Token) -> Step:
    """ "There is no evidence that…", "it is not true that…", "the claim is false", "it is likely that…"."""
    denial, frames = read_list("hedges")["denial"], read_list("hedges")["frames"]
    attribute = child_of(head, "attr", "acomp", "oprd") or child_of(head, "nsubj")
    if attribute is None:
        return NOWHERE
    clause = clause_under(attribute) or clause_under(head)
    negated, lemma = is_negated(head) or is_negated(attribute) or has_no(attribute), attribute.lemma_.lower()
    if lemma in denial["evidence"] and is_impersonal(head):
        return Step(clause or under_of(attribute), "denies" if negated else "")
    if lemma in denial["true"]:
        return Step(clause or pointed_at(head), "denies" if negated else "")
    if lemma in denial["false"] or attribute.lower_ in denial["false"]:
        return Step(clause or pointed_at(head), "" if negated else "denies")
    if lemma in frames["doubt"]:
        return Step(clause, "" if negated else "doubts")
    clause = clause or child_of(attribute, "ccomp", "xcomp", "advcl") or asked_under(head)
    if lemma in frames["impossible"]:
        return Step(clause, "" if negated else "denies")
    if lemma in frames["unlikely"]:
        return Step(clause, "" if negated else "doubts")
    if lemma in frames["unknown"] or (negated and lemma in frames["known"]):
        return Step(clause, "leaves_open")
    if negated and lemma in frames["sure"]:
        return Step(clause, "doubts")
    if negated and lemma in frames["possible"]:
        return Step(clause, "denies" if lemma == "possible" else "doubts")
    said = clause_under(attribute) or clause_under(head) or child_of(attribute, "ccomp")
    return Step(said) if attribute.dep_ == "acomp" else NOWHERE


def is_impersonal(head: Token) -> bool:
    """ "There is", "it is", "that is": the case that is evidence of something is what is claimed."""
    subject = child_of(head, "nsubj", "expl")
    return subject is None or subject.lower_ in IMPERSONAL or subject.dep_ == "expl"


def step_inside_thought(head: Token) -> Step | None:
    """ "I think that Halden copied", "I do not believe it copied", "nobody disputes that it copied"."""
    subject, clause = child_of(head, *SUBJECTS), child_of(head, "ccomp")
    if subject is None or clause is None or clause.i < head.i:
        return None
    if head.lemma_ in DENYING | {"doubt"} and (is_negated(head) or has_no(subject)):
        return Step(clause)
    if subject.lower_ not in ("i", "we"):
        return None
    if head.lemma_ == "doubt":
        return Step(clause, "doubts")
    if head.lemma_ in read_list("hedges")["frames"]["thought"]:
        return Step(clause, "doubts" if is_negated(head) else "")
    return None


def step_inside_signs(head: Token) -> Step | None:
    """ "We have seen signs that Halden copied", "I have no doubt that it copied"."""
    subject = child_of(head, *SUBJECTS)
    if head.lemma_ not in read_list("hedges")["frames"]["looking"]:
        return None
    for noun, clause in signs_under(head):
        negated = is_negated(head) or has_no(noun)
        if noun.lemma_ in read_list("hedges")["frames"]["doubt"]:
            return Step(clause, "" if negated else "doubts")
        if subject is not None and subject.lower_ in OWN:
            return Step(clause, "denies" if negated else "")
    return None


def signs_under(verb: Token, far: int = FAR) -> Iterator[tuple[Token, Token]]:
    """Nouns below a verb that hold a clause by what shows it or doubts it, each with its verb."""
    frames = read_list("hedges")["frames"]
    for child in verb.children:
        if child.dep_ not in ("dobj", "pobj", "prep", "attr", "acomp", "conj", "pcomp") or far == 0:
            continue
        holds = child.lemma_.lower() in (*frames["signs"], *frames["doubt"], *read_list("hedges")["denial"]["evidence"])
        clause = clause_under(child) if holds else None
        if clause is not None:
            yield child, clause
        elif child.pos_ not in ("VERB", "AUX") or child.dep_ in ("conj", "pcomp"):
            yield from signs_under(child, far - 1)


def asked_under(head: Token) -> Token | None:
    """The verb of what it is said not to be known: "it is not clear whether Halden copied it"."""
    for child in head.children:
        asks = any(mark.dep_ == "mark" and mark.lower_ in ("whether", "if") for mark in child.children)
        if child.dep_ in ("ccomp", "advcl", "csubj") and asks:
            return child
    return None


def pointed_at(head: Token) -> Token | None:
    """What is called true or false: "the claim that we copied it", "the report", "every one of the charges"."""
    subject = child_of(head, "nsubj")
    if subject is not None and subject.lower_ in COUNTERS:
        subject = object_of(subject, "of") or subject
    if subject is None or not is_pointing(subject):
        return None
    return clause_under(subject) or act_under(subject) or subject


def find_denial(core: Core) -> Core | None:
    """What a content denies with a verb of its own: "Halden denies any wrongdoing" → "wrongdoing", denied."""
    head = core.head
    denied = child_of(head, "ccomp", "xcomp", "dobj") if head is not None and head.lemma_ in DENYING else None
    if head is None or denied is None:
        return None
    step = step_inside(denied)
    frames = (*core.frames, head, *([denied] if step.inner is not None else []))
    return Core(step.inner or denied, frames, core.denied == (step.verdict == "denies"))


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


def act_under(token: Token) -> Token | None:
    """What a report or a claim is of, where that is a deed: "reports of a theft", and not "of its safety"."""
    thing = under_of(token)
    return thing if thing is not None and (thing.pos_ == "VERB" or is_act(thing, bare=True)) else None


def is_negated(token: Token) -> bool:
    """Whether an odd number of negations stands with the word: "did not", "never", "in no way", "no longer"."""
    return sum(negates(child) for child in token.children) % 2 == 1


def negates(child: Token) -> bool:
    if child.dep_ == "neg" or child.lower_ in ("never", "not"):
        return True
    if child.dep_ == "prep":
        noun = child_of(child, "pobj")
        return noun is not None and noun.lemma_ in read_list("hedges")["denial"]["in_no"] and has_no(noun)
    hardly = child.dep_ == "advmod" and child.lower_ in read_list("hedges")["denial"]["hardly"]
    return hardly or (child.lower_ == "longer" and has_no(child))


def has_no(token: Token) -> bool:
    """Whether a noun is counted as none: "no finding", "neither model", "nobody"."""
    return token.lower_ in NEGATIONS or any(child.lower_ in ("no", "neither") for child in token.children)
