"""Content → how sure it is told, whether it is negated, and whether it is still to come: certainty, polarity, tense."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from ingest.attribution.frames import Core, has_no, is_negated
from ingest.attribution.negation import is_cue_negated
from ingest.lexicon import read_list
from ingest.model import NO_CLAIM, SUPPORTING, Certainty, Polarity, SourceType, Stance, Tense
from ingest.syntax.trees import child_of, find_head

COMPLEMENTS = ("acomp", "attr", "oprd")


def is_conditional(cue: Iterable[Token]) -> bool:
    """The hearsay conditional: "would thus have the proof"."""
    return any(token.lower_ == "would" for token in cue)


def find_certainty(stance: Stance, source_type: SourceType, cue: Sequence[Token], core: Core) -> Certainty:
    """How sure the words are; the least sure one decides, and a flat statement or doubt is unstated."""
    if stance in NO_CLAIM:
        return "unstated"
    hedges = read_list("hedges")["certainty"]
    framing = [token for frame in core.frames for token in (frame, *frame.children) if token != core.head]
    governing = [word for word in (core.head, *core.frames, *core.held) if word is not None]
    near = [t for word in governing for t in (word, *word.children) if t.dep_ != "conj" or t in governing]
    near += [modal for t in near if t.dep_ == "aux" for modal in t.children]  # "may" may hang on "have"
    guesses = is_inferred(core.head) or is_conditional(cue) or is_hearsay(core.head)
    levels: tuple[Certainty, ...] = ("possible", "probable", "certain")
    for level in levels:
        hedge = hedges[level]
        hedged = any(token.lemma_.lower() in hedge["words"] for token in near if token.dep_ not in ("dobj", "pobj"))
        modals = [token for token in near if token.dep_ == "aux" and token.lower_ in hedge["auxiliaries"]]
        modal = modals and source_type != "document"  # "customers may not": what a document rules, not what it guesses
        cued = stance in SUPPORTING and any(token.lemma_.lower() in hedge["cues"] for token in (*cue, *framing))
        cued = cued or is_answered(cue, {*hedge["words"], *hedge["auxiliaries"]})
        insisted = level == "certain" and any(is_no_doubt(token) for token in (*cue, *near))
        if hedged or modal or cued or insisted or (level == "probable" and guesses):
            return level
    return "unstated"


def is_answered(cue: Sequence[Token], hedges: set[str]) -> bool:
    """Whether a cue holds an answer that hedges: "said it was possible", "said it could be"."""
    head = find_head(cue)
    return head is not None and any(t.lemma_.lower() in hedges or t.lower_ in hedges for t in cue if t.i > head.i)


def is_no_doubt(token: Token) -> bool:
    """ "No doubt that", "beyond doubt", "without question"."""
    doubt = read_list("hedges")["frames"]["doubt"]
    if token.dep_ == "prep" and token.lower_ in ("without", "beyond"):
        noun = child_of(token, "pobj")
        return noun is not None and noun.lemma_ in doubt
    return token.pos_ == "NOUN" and token.lemma_ in doubt and (has_no(token) or is_negated(token.head))


def is_inferred(head: Token | None) -> bool:
    """ "Must have cost": an inference, where "must pay" is a duty."""
    auxiliaries = [] if head is None else [child.lower_ for child in head.children if child.dep_ == "aux"]
    return "must" in auxiliaries and "have" in auxiliaries


def is_hearsay(head: Token | None) -> bool:
    """The hearsay conditional of a content, "the site would already have been chosen", under no condition."""
    auxiliaries = [] if head is None else [child.lower_ for child in head.children if child.dep_ in ("aux", "auxpass")]
    if head is None or not {"would", "have"} <= set(auxiliaries):
        return False
    return not any(token.lower_ in ("if", "unless", "had", "without", "but", "otherwise") for token in head.sent)


def find_polarity(cue: Sequence[Token], core: Core, stance: Stance = "asserts") -> Polarity:
    """Whether the claim itself is negated: "cannot copy", "no model copied", "was “not involved”".

    What is not planned and not wanted is planned and wanted not to be.
    """
    head = core.head
    unwanted = stance in ("intends", "calls_for") and is_cue_negated(cue)
    if head is None:
        return "negative" if unwanted else "positive"
    arguments = [child for child in head.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    negations = [
        is_negated(head),
        any(has_no(argument) for argument in arguments),
        head.pos_ == "NOUN" and has_no(head),
        any(is_negated(child) for child in head.children if child.dep_ in COMPLEMENTS),
        unwanted,
    ]
    refused = stance == "intends" and any(token.lemma_ == "refuse" for token in cue)
    return "negative" if sum([*negations, refused]) % 2 else "positive"


def find_tense(stance: Stance, core: Core) -> Tense:
    """Future for what is still to come as the source speaks: "will cut", "would cut", a plan, a demand."""
    head = core.head
    if stance in ("intends", "calls_for"):
        return "future"
    auxiliaries = [] if head is None else [child.lower_ for child in head.children if child.dep_ == "aux"]
    comes = {"will", "’ll", "'ll", "wo", "shall", "would"} & set(auxiliaries) and "have" not in auxiliaries
    going = head is not None and head.lower_ == "going" and child_of(head, "xcomp") is not None
    return "future" if comes or going else "non_future"
