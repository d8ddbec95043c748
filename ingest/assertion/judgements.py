"""Content → what its words make of a flat statement: an accusation of somebody, one's own will, praise or blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from ingest.assertion.relations import find_subject
from ingest.assertion.scene import Scene
from ingest.assertion.sources import SourceReading
from ingest.assertion.speakers import is_of_speaker
from ingest.attribution.cues import words
from ingest.attribution.frames import Core, is_negated
from ingest.attribution.predications import find_predication
from ingest.model import SourceType, Stance
from ingest.syntax.trees import child_of, object_of

OWN_VOICE: frozenset[SourceType] = frozenset({"writer", "document", "agentless"})
PERSONAL = frozenset({"he", "she", "they", "you"})
NOBODY_IN_PARTICULAR = frozenset({"a", "an", "some", "any", "no", "every", "each", "many", "few"})


def judge(scene: Scene, core: Core, tokens: Sequence[Token], reading: SourceReading) -> Stance:
    """The stance of what somebody flatly says."""
    if reading.source_type not in OWN_VOICE and accuses(scene, core, reading):
        return "alleges"
    if wills(scene, core, reading):
        return "intends"
    valued = value_of(core, tokens)
    return valued if valued is not None else "asserts"


def accuses(scene: Scene, core: Core, reading: SourceReading) -> bool:
    """ "The banker stole it": a wrong that is told of somebody in particular, and not of the speaker."""
    verb = core.head
    if verb is None or verb.pos_ != "VERB" or is_negated(verb) or is_of_speaker(scene, core, reading):
        return False
    wrongly = any(child.lower_ in words("accusing", "adverbs") for child in verb.children)
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    actor = object_of(verb, "by") if passive else find_subject(verb)
    return actor is not None and is_particular(scene, actor) and (wrongly or verb.lemma_ in words("accusing", "verbs"))


def is_particular(scene: Scene, actor: Token) -> bool:
    if scene.references.of(actor) or actor.pos_ == "PROPN" or actor.lower_ in PERSONAL:
        return True
    determiner = child_of(actor, "det", "poss")
    return actor.pos_ == "NOUN" and determiner is not None and determiner.lower_ not in NOBODY_IN_PARTICULAR


def wills(scene: Scene, core: Core, reading: SourceReading) -> bool:
    """ "She would retire", said by herself: a plan. What a body will do is what is to come."""
    verb = core.head
    if verb is None or core.frames or verb.pos_ != "VERB" or verb.lemma_ in words("willed", "not_meant"):
        return False
    auxiliaries = {child.lower_.replace("’", "'") for child in verb.children if child.dep_ in ("aux", "auxpass")}
    will = auxiliaries & {"will", "'ll", "shall", "wo"} or ("would" in auxiliaries and verb.i not in scene.quoted)
    subject, people = find_subject(verb), {s.referent for s in reading.sources}
    if not will or auxiliaries & {"have", "be"} or subject is None:
        return False
    named = {r.id for r in scene.references.of(subject) if r.kind == "person"}
    return bool(people) and (subject.lower_ == "i" or bool(people & named))


def value_of(core: Core, tokens: Sequence[Token]) -> Stance | None:
    """Praise or blame, where a thing is said to be what is no fact: "a small masterpiece", "shameful"."""
    told = {word for token in valuing(core, tokens) for word in (token.lower_, token.lemma_.lower())}
    if told & words("valued", "well"):
        return "praises"
    return "criticises" if told & words("valued", "ill") else None


def valuing(core: Core, tokens: Sequence[Token]) -> Iterator[Token]:
    """The words that say what a thing is: a complement and what stands with it."""
    called = find_predication(tokens)
    complement = called.complement if called is not None else None
    if complement is None and core.head is not None and core.head.lemma_ in ("be", "find", "feel"):
        complement = child_of(core.head, "attr", "acomp", "oprd") if not is_negated(core.head) else None
    if complement is not None:
        yield complement
        yield from (child for child in complement.children if child.dep_ in ("amod", "conj"))
