"""Attribution → its speaker, in the light of the article around it: what stood before, whose pages these are."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.assertion.corrections import is_of_earlier_version, is_own_report
from ingest.assertion.relations import find_subject
from ingest.assertion.scene import Scene
from ingest.assertion.sources import SourceReading, find_anonymity, read_source
from ingest.assertion.subjects import FirstPerson
from ingest.attribution.attributions import Attribution
from ingest.attribution.frames import Core
from ingest.lexicon import read_list
from ingest.model import Speaker
from ingest.syntax.trees import tokens_in


def is_of_speaker(scene: Scene, core: Core, reading: SourceReading) -> bool:
    """Whether the content tells what the source itself, or the body that it speaks for, does: "We deny it"."""
    subject = None if core.head is None else find_subject(core.head)
    if subject is None:
        return False
    speakers = [scene.references.referents[speaker.referent] for speaker in reading.sources]
    own = {r.id for r in speakers}.union(*(r.employers for r in speakers))
    return subject.lower_ in ("i", "we") or any(r.id in own for r in scene.references.of(subject))


def find_first_person(scene: Scene, reading: SourceReading) -> FirstPerson:
    """Who "I" and "we" are in a source's words: the speaker, and the one body that a person speaks or works for."""
    if len(reading.sources) != 1:
        return FirstPerson()
    speaker = scene.references.referents[reading.sources[0].referent]
    if speaker.kind != "person":
        return FirstPerson(we=speaker)
    bodies = [scene.references.referents[i] for i in speaker.employers if i in scene.references.referents]
    return FirstPerson(speaker, bodies[0] if len(bodies) == 1 else None)


def find_source(scene: Scene, attribution: Attribution, before: Attribution | None) -> SourceReading:
    """Who speaks; one who is not named again is the speaker of the utterance just before."""
    source, references = attribution.source, scene.references
    if scene.part_of(attribution.content) == "correction" and is_withdrawn(scene, attribution):
        return SourceReading("outlet", (Speaker(scene.outlet, "itself"),) if scene.outlet else ())
    if attribution.agentless:
        return SourceReading("agentless")
    if not source and before is not None and goes_on(scene.article.text, before, attribution):
        source = before.source
    reading = read_source(scene.doc, references, source)
    tokens = tokens_in(scene.doc, source)
    if reading.source_type == "document" and scene.outlet in references.among(tokens):
        issuers = {speaker.referent for speaker in reading.sources}
        return reading if issuers - {scene.outlet} else SourceReading("writer")
    if reading.source_type in ("anonymous", "role", "group"):
        withheld, reason = find_anonymity(scene.doc, source, tokens)
        if withheld:
            bodies = tuple(sorted({*reading.affiliations, *(speaker.referent for speaker in reading.sources)}))
            return replace(reading, source_type="anonymous", sources=(), affiliations=bodies, anonymity_reason=reason)
    return with_capacity(scene, attribution, reading)


def with_capacity(scene: Scene, attribution: Attribution, reading: SourceReading) -> SourceReading:
    """Who leads one body now speaks for it, where not of himself alone: "I am glad" is his own."""
    words = {token.lower_ for token in tokens_in(scene.doc, attribution.content)}
    if "i" in words and not words & {"we", "our", "us"}:
        return reading
    leading = tuple(
        replace(s, capacity="speaks_for") if s.capacity == "itself" and leads(scene, s.referent) else s
        for s in reading.sources
    )
    return replace(reading, sources=leading)


def leads(scene: Scene, referent: str) -> bool:
    """Whether a person is said to lead exactly one body, and not of the past."""
    person = scene.references.referents.get(referent)
    if person is None or person.kind != "person" or len(person.employers) != 1:
        return False
    table = read_list("people")["leads"]
    roles = [f" {role.casefold()} " for role in person.roles]
    past = any(f" {word} " in role for role in roles for word in table["past"])
    return not past and any(f" {lead} " in role for role in roles for lead in table["roles"])


def is_withdrawn(scene: Scene, attribution: Attribution) -> bool:
    """Whether the words of a correction note are the outlet's own of an earlier day."""
    source = " ".join(span.of(scene.article.text) for span in attribution.source)
    return is_own_report(source) or (not source and is_of_earlier_version(scene.words_near(attribution)[1]))


def goes_on(text: str, before: Attribution, attribution: Attribution) -> bool:
    """Whether at most one paragraph break lies between two utterances."""
    start, end = before.content[-1].end, attribution.content[0].start
    return start <= end and len(re.findall(r"\n\s*", text[start:end])) <= 1
