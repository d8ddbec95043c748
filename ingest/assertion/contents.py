"""Content → what is claimed, whoever says so: wording, triple, terms, amounts, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from ingest.assertion.relations import Triple, find_triple
from ingest.assertion.scene import Scene
from ingest.assertion.subjects import FirstPerson, Subject, find_missing_subject, named_in
from ingest.assertion.terms import find_terms
from ingest.assertion.wording import make_finite, name_speaker, name_subject, to_wording
from ingest.attribution.cues import takes
from ingest.attribution.frames import Core
from ingest.attribution.predications import find_predication, is_act, is_pointing
from ingest.model import NO_CLAIM, Quantity, Span, Stance
from ingest.syntax.trees import child_of, find_head, tokens_in

NO_TRIPLE = Triple()
AGAINST: frozenset[Stance] = frozenset({"denies", "doubts", "retracts"})
FEWEST_AHEAD = 4  # tokens of what stands before its cue
WANTED: frozenset[Stance] = frozenset({"calls_for", "intends"})
UNTOLD = frozenset({"PRON", "DET", "PUNCT", "SPACE", "ADP", "PART", "CCONJ", "SCONJ"})  # of words that only point


@dataclass(frozen=True, slots=True)
class Content:
    wording: str
    about: tuple[str, ...]
    triple: Triple = NO_TRIPLE
    terms: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    general: bool = False
    bare: bool = False


def read_content(
    scene: Scene,
    spans: tuple[Span, ...],
    core: Core,
    stance: Stance,
    person: FirstPerson,
    cue: Sequence[Token] = (),
    times: Sequence[Span] = (),
) -> Content:
    """What the words claim. Where they only say that nothing was said, no claim is read into them.

    `times` are where they tell when: no terms.
    """
    references, text = scene.references, scene.article.text
    tokens = tokens_in(scene.doc, spans)
    if stance in NO_CLAIM:
        return Content(to_wording(text, spans), tuple(references.among(tokens)))
    subject = find_missing_subject(scene, core, tokens, person)
    pointed_at = subject.referents if subject is not None else ()
    amounts = scene.amounts_in(spans)
    framing = [t for frame in core.frames for t in (frame, *frame.children) if t != core.head]
    figures = tokens_in(scene.doc, [*(q.span for q in amounts), *times])
    terms = find_terms([*tokens, *(subject.words if subject is not None else ())], references, [*framing, *figures])
    pointed = bool(core.frames) and core.frames[0].pos_ == "NOUN"  # "a report that Halden copied it" tells the copying
    shown = unframe(spans, core) if stance in AGAINST or pointed else spans
    said = tokens_in(scene.doc, shown)
    edits = [*name_subject(subject), *name_speaker(said, person), *make_finite(said, core, stance, cue, subject)]
    left_out = subject is not None and subject.pronoun is None
    return Content(
        to_wording(text, shown, edits, subject.name if subject is not None and left_out else ""),
        tuple(dict.fromkeys([*pointed_at, *references.among(tokens), *named_in(tokens, person)])),
        with_subject(find_triple(core.head, references), subject),
        tuple(sorted({*terms, *("@" + referent for referent in pointed_at)})),
        tuple(q.quantity for q in amounts),
        stance == "denies" and is_general(core),
        core.head not in figures and is_bare(core, tokens, stance, cue),
    )


def is_bare(core: Core, tokens: Sequence[Token], stance: Stance, cue: Sequence[Token]) -> bool:
    """Whether the words state nothing: no verb, no act with what it is done to, nothing that a thing is called.

    After a verb that reports clauses only ("said"), or before one, what the parse takes for a thing is a clause all
    the same.
    """
    head = core.head
    if head is None or all(token.pos_ in UNTOLD for token in tokens):
        return True
    clause = not core.frames and reports_clauses(cue, tokens)
    if head.pos_ in ("VERB", "AUX") or clause or find_predication(tokens) is not None:
        return False
    if stance in WANTED:
        return head.pos_ not in ("NOUN", "PROPN") or is_pointing(head)
    return not is_act(head)


def reports_clauses(cue: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether the cue takes a clause and no thing; "commented on" and "spoke about" take a thing."""
    verb = find_head(cue)
    if verb is None or tokens[0].i == 0 or "ADP" in (tokens[0].pos_, tokens[0].nbor(-1).pos_):
        return verb is None or verb.pos_ not in ("VERB", "AUX", "NOUN")
    ahead = tokens[-1].i < verb.i and len(tokens) >= FEWEST_AHEAD  # "…, the paper reported"
    return takes(verb.lemma_.lower(), "clause") and (ahead or not takes(verb.lemma_.lower(), "phrase"))


def with_subject(triple: Triple, subject: Subject | None) -> Triple:
    """The triple with a subject that only its speaker's name tells: "We copied nothing"."""
    if triple.subject is not None or triple.relation is None or subject is None or len(subject.referents) != 1:
        return triple
    return replace(triple, subject=subject.referents[0])


def unframe(spans: tuple[Span, ...], core: Core) -> tuple[Span, ...]:
    """The spans of the framed claim: "claims that Halden copied it" is shown, denied, as "Halden copied it"."""
    if not core.frames or core.head is None:
        return spans
    last = core.head.right_edge
    start, end = core.head.left_edge.idx, last.idx + len(last)
    cut = (Span(max(span.start, start), min(span.end, end)) for span in spans if span.overlaps(Span(start, end)))
    return tuple(cut) or spans


def is_general(core: Core) -> bool:
    """Whether a denial is of no claim in particular: "any wrongdoing", "the allegations", "doing anything wrong"."""
    head = core.head
    if head is None:
        return True
    if head.lemma_ == "do":
        done = child_of(head, "dobj")
        return done is not None and done.lower_ in ("anything", "nothing", "something", "wrong")
    return head.pos_ not in ("VERB", "AUX") and is_pointing(head)
