"""Content → what is claimed, whoever says so: wording, triple, terms, amounts, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from ingest.assertion.relations import Triple, find_subject, find_triple
from ingest.assertion.scene import Scene
from ingest.assertion.wording import Subject, find_terms, to_wording
from ingest.attribution.frames import Core
from ingest.lexicon import read_list
from ingest.model import NO_CLAIM, Quantity, Referent, Span, Stance
from ingest.syntax.trees import SUBJECTS, child_of, tokens_in

NO_TRIPLE = Triple()
FIRST = frozenset({"i", "we"})
AGAINST: frozenset[Stance] = frozenset({"denies", "doubts", "retracts"})


@dataclass(frozen=True, slots=True)
class Content:
    wording: str
    about: tuple[str, ...]
    triple: Triple = NO_TRIPLE
    terms: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    general: bool = False


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """Whom "I" and "we" stand for in the words of one source; None where that is not known."""

    i: Referent | None = None
    we: Referent | None = None


def read_content(
    scene: Scene, spans: tuple[Span, ...], core: Core, stance: Stance, person: FirstPerson, times: Sequence[Span] = ()
) -> Content:
    """What the words claim. Where they only say that nothing was said, no claim is read into them.

    `times` are where they tell when: no terms.
    """
    references, text = scene.references, scene.article.text
    tokens = tokens_in(scene.doc, spans)
    if stance in NO_CLAIM:
        return Content(to_wording(text, spans, None), tuple(references.among(tokens)))
    subject = find_missing_subject(scene, core, tokens, person)
    pointed_at = subject.referents if subject is not None else ()
    amounts = scene.amounts_in(spans)
    framing = [t for frame in core.frames for t in (frame, *frame.children) if t != core.head]
    figures = tokens_in(scene.doc, [*(q.span for q in amounts), *times])
    terms = find_terms([*tokens, *(subject.words if subject is not None else ())], references, [*framing, *figures])
    return Content(
        to_wording(text, unframe(spans, core) if stance in AGAINST else spans, subject),
        tuple(dict.fromkeys([*pointed_at, *references.among(tokens)])),
        with_subject(find_triple(core.head, references), subject),
        tuple(sorted({*terms, *("@" + referent for referent in pointed_at)})),
        tuple(q.quantity for q in amounts),
        stance == "denies" and is_general(core),
    )


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
    return head.pos_ not in ("VERB", "AUX") and head.lemma_.lower() in read_list("hedges")["denial"]["pointing"]


def find_missing_subject(scene: Scene, core: Core, tokens: Sequence[Token], person: FirstPerson) -> Subject | None:
    """The name for a subject that the content only points at, or leaves out; None where it names its own."""
    head = core.head
    if head is None or head.pos_ not in ("VERB", "AUX"):
        return None
    inside = {token.i for token in tokens}
    own = child_of(head, *SUBJECTS)
    if own is None or own.i not in inside:
        outer = find_subject(head)
        return None if outer is None or outer.i in inside else to_left_out(scene, outer, person)
    if own.lower_ in FIRST:
        return to_speaker(own, person, Span(own.idx, own.idx + len(own)))
    possessor = next((child for child in own.children if child.lower_ == "whose"), None)
    pointing = possessor or own
    if pointing.pos_ != "PRON" and pointing.tag_ not in ("WDT", "WP", "WP$"):
        return None
    relative = pointing.tag_ in ("WDT", "WP", "WP$") and head.dep_ == "relcl"
    span = Span(pointing.idx, pointing.idx + len(pointing))
    return to_subject(scene, head.head if relative else pointing, span, possessor is not None)


def to_left_out(scene: Scene, outer: Token, person: FirstPerson) -> Subject | None:
    """Who a verb without a subject is said of: by name, else in the words that stand before ("the boat")."""
    if outer.lower_ in FIRST:
        return to_speaker(outer, person, None)
    named = to_subject(scene, outer, None)
    if named is not None or outer.pos_ == "PRON":
        return named
    words = [token for token in outer.subtree if token.i <= outer.i and not token.is_punct]
    return Subject("".join(token.text_with_ws for token in words).strip(), (), None, tuple(words))


def to_speaker(pronoun: Token, person: FirstPerson, span: Span | None) -> Subject | None:
    who = person.i if pronoun.lower_ == "i" else person.we
    return Subject(who.name, (who.id,), span) if who is not None else None


def to_subject(scene: Scene, token: Token, span: Span | None, possessive: bool = False) -> Subject | None:
    """Who the word stands for, by name; None where it stands for nobody known."""
    referents = scene.references.of(token)
    name = " and ".join(referent.name for referent in referents)
    ids = tuple(referent.id for referent in referents)
    return Subject(f"{name}'s" if possessive else name, ids, span) if referents else None
