"""Content → whom it is about, where it leaves that out or only points at it: by name, else in the words before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.assertion.agreement import is_plural
from ingest.assertion.relations import find_subject
from ingest.assertion.scene import Scene
from ingest.attribution.cues import takes
from ingest.attribution.frames import Core
from ingest.model import Referent
from ingest.syntax.trees import SUBJECTS, child_of

FIRST = frozenset({"i", "we"})
THIRD = frozenset({"he", "she", "him", "her", "his"})
SURE = 0.85  # from here a pronoun's antecedent is printed in its place
RELATIVE = frozenset({"WDT", "WP", "WP$"})


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """Whom "I" and "we" stand for in the words of one source; None where that is not known."""

    i: Referent | None = None
    we: Referent | None = None

    def whom(self, pronoun: str) -> Referent | None:
        return self.i if pronoun in ("i", "me", "my", "mine", "myself") else self.we


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a content is about where it does not say the name; `pronoun` points at it, None where there is no word.

    `words`: what names it outside the content, where it is no known thing.
    """

    name: str
    referents: tuple[str, ...] = ()
    pronoun: Token | None = None
    words: tuple[Token, ...] = ()
    plural: bool = False


def find_missing_subject(scene: Scene, core: Core, tokens: Sequence[Token], person: FirstPerson) -> Subject | None:
    """The name for a subject that the content only points at, or leaves out; None where it names its own."""
    head = core.head
    if head is None or head.pos_ not in ("VERB", "AUX"):
        return None
    inside = {token.i for token in tokens}
    own = child_of(head, *SUBJECTS)
    if own is None or own.i not in inside:
        outer = find_subject(head) if not is_ascribed(head) else None
        return None if outer is None or outer.i in inside else to_left_out(scene, outer, person)
    if own.lower_ in FIRST:
        return to_speaker(own.lower_, person, own)
    possessor = next((child for child in own.children if child.lower_ == "whose"), None)
    pointing = possessor or own
    if pointing.pos_ != "PRON" and pointing.tag_ not in RELATIVE:
        return None
    if is_speakers_other(scene, pointing, person) or is_unsure(scene, pointing, person):
        return None
    relative = pointing.tag_ in RELATIVE and head.dep_ == "relcl"
    return to_subject(scene, head.head if relative else pointing, pointing, possessive=possessor is not None)


def is_ascribed(verb: Token) -> bool:
    """Whether the parse took an adjective for a deed: "[cited] disparaging remarks" disparages nothing."""
    bare = verb.tag_ == "VBG" and not any(c.dep_ in ("aux", "auxpass", *SUBJECTS) for c in verb.children)
    return bare and verb.dep_ in ("xcomp", "ccomp", "amod") and not takes(verb.head.lemma_, "gerund")


def is_speakers_other(scene: Scene, pronoun: Token, person: FirstPerson) -> bool:
    """Whether it is "he" or "she" in somebody's own words: whoever that is, it is not the speaker."""
    if pronoun.lower_ not in THIRD or pronoun.i not in scene.quoted or person.i is None:
        return False
    return person.i.id in {referent.id for referent in scene.references.of(pronoun)}


def is_unsure(scene: Scene, pronoun: Token, person: FirstPerson) -> bool:
    """Whether it is not sure enough whom "he" or "she" means to be printed; that it is the speaker is likely."""
    held = scene.references.over.get(pronoun.i, ())[:1] if pronoun.lower_ in THIRD else ()
    own = person.i.id if person.i is not None else None
    return any(m.method == "pronoun" and m.confidence < SURE and m.referent != own for m in held)


def to_left_out(scene: Scene, outer: Token, person: FirstPerson) -> Subject | None:
    """Who a verb without a subject is said of: by name, else in the words that stand before ("the boat")."""
    if outer.lower_ in FIRST:
        return to_speaker(outer.lower_, person, None)
    named = None if is_speakers_other(scene, outer, person) else to_subject(scene, outer, None)
    if named is not None or outer.tag_ in RELATIVE or outer.lower_ in OWN:
        return named
    words = words_before(outer)
    name = "".join(token.text_with_ws for token in words).strip()
    return Subject(name, words=words, plural=is_plural(outer))


def words_before(noun: Token) -> tuple[Token, ...]:
    """A noun with what stands before it in its phrase, up to a mark: a dateline is no part of it."""
    start = noun.i
    while start > noun.left_edge.i and not noun.doc[start - 1].is_punct:
        start -= 1
    return tuple(noun.doc[start : noun.i + 1])


def to_speaker(pronoun: str, person: FirstPerson, word: Token | None) -> Subject | None:
    who = person.whom(pronoun)
    return Subject(who.name, (who.id,), word) if who is not None else None


def to_subject(scene: Scene, token: Token, pronoun: Token | None, *, possessive: bool = False) -> Subject | None:
    """Who the word stands for, by name; None where it stands for nobody known."""
    referents = scene.references.of(token)
    name = " and ".join(referent.name for referent in referents)
    ids = tuple(referent.id for referent in referents)
    if not referents:
        return None
    return Subject(f"{name}'s" if possessive else name, ids, pronoun, plural=len(referents) > 1)


def named_in(tokens: Sequence[Token], person: FirstPerson) -> Collection[str]:
    """Ids of whom the first person stands for in the words."""
    found = (person.whom(t.lower_) for t in tokens if t.lower_ in OWN and not (t.text.isupper() and len(t) > 1))
    return dict.fromkeys(referent.id for referent in found if referent is not None)


OWN = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
