"""Attributions → assertions: what each source claims, how sure, about whom; and the writer's own claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from ingest.assertion.answers import with_answers
from ingest.assertion.contents import read_content
from ingest.assertion.corrections import find_withdrawn, with_right_sources
from ingest.assertion.dates import find_date
from ingest.assertion.extents import fit_content
from ingest.assertion.identifiers import find_identifiers
from ingest.assertion.identity import with_ids
from ingest.assertion.judgements import judge
from ingest.assertion.manner import find_basis, find_channel, find_quotation
from ingest.assertion.propositions import find_propositions
from ingest.assertion.refutations import find_refutations
from ingest.assertion.scene import Scene, set_scene
from ingest.assertion.sources import SourceReading, read_hop
from ingest.assertion.speakers import find_first_person, find_source, is_of_speaker
from ingest.assertion.subjects import FirstPerson
from ingest.assertion.times import find_times
from ingest.assertion.turns import find_modality, find_quantifier, find_signs
from ingest.assertion.voice import find_writers_claims
from ingest.attribution.attributions import Attribution
from ingest.attribution.certainty import find_certainty, find_polarity, find_tense
from ingest.attribution.deeds import asks_for_no_name, claims_nothing, is_deed, is_unsaid
from ingest.attribution.frames import Core, find_core, find_denial
from ingest.attribution.joining import ALONE
from ingest.attribution.stance import find_stance
from ingest.model import (
    NO_CLAIM,
    SUPPORTING,
    Article,
    Assertion,
    SourceType,
    Span,
    Speaker,
    Stance,
)
from ingest.referents.entities import Mentions
from ingest.syntax.trees import tokens_in

WRITERS_CONFIDENCE = 0.7
VOICES: dict[str, Stance] = {"press_release": "asserts", "filing": "alleges", "ruling": "asserts"}
NOBODY = FirstPerson()
STRICT: frozenset[Stance] = frozenset(
    {"denies", "doubts", "retracts", "questions"}
)  # of two joined, perhaps not of each


def find_assertions(
    article: Article, doc: Doc, mentions: Mentions, attributions: Sequence[Attribution]
) -> tuple[Assertion, ...]:
    """Every attribution as an assertion, and the claims that no source carries, in text order."""
    if not len(doc):
        return ()
    claimed = [fit_content(doc, a, attributions) for a in attributions if is_utterance(doc, a)]
    spoken = sorted([*claimed, *find_withdrawn(article, claimed)], key=lambda a: (a.content, a.cue, a.source))
    scene = set_scene(article, doc, mentions, spoken)
    drafts: list[Sequence[Assertion]] = []
    before = None
    for attribution in spoken:
        said = to_assertions(scene, attribution, before)
        drafts += [said, list(find_refutations(scene, attribution, said))]
        before = before if attribution.depth else attribution
    named = with_ids(article, [*drafts, *([own] for own in find_own_voice(scene))])
    return with_answers(article, mentions.referents, with_right_sources(article, mentions, named))


def is_utterance(doc: Doc, attribution: Attribution) -> bool:
    """Whether a source claims, wants or refuses something here that has to do with the news."""
    source, cue, content = (tokens_in(doc, s) for s in (attribution.source, attribution.cue, attribution.content))
    if not content or (cue and (asks_for_no_name(cue, content) or is_deed(cue, content) or is_unsaid(cue, content))):
        return False
    by_tagger_alone = attribution.method.split("@")[0] == ALONE and "+" not in attribution.method
    return not (by_tagger_alone and claims_nothing(source, cue, content))


def to_assertions(scene: Scene, attribution: Attribution, before: Attribution | None) -> list[Assertion]:
    """One attribution, an assertion for each of its propositions. `before` is the one before it in the text."""
    reading = find_source(scene, attribution, before)
    near = scene.words_near(attribution)  # once for all parts: a quotation of a thousand lines has as many
    whole = to_assertion(scene, attribution, reading, attribution.content, near)
    if whole.stance in NO_CLAIM:
        return [whole]
    parts = find_propositions(scene.doc, attribution.content, strictly=whole.stance in STRICT)
    return [whole] if len(parts) < 2 else [to_assertion(scene, attribution, reading, part, near) for part in parts]


def to_assertion(
    scene: Scene, attribution: Attribution, reading: SourceReading, spans: tuple[Span, ...], around: tuple[str, str]
) -> Assertion:
    """What its source says in one part of an attribution's content, with everything that the words tell.

    `around`: the words that hang on its cue, and all near it.
    """
    source, cue, content = (tokens_in(scene.doc, s) for s in (attribution.source, attribution.cue, spans))
    core = find_core(content)
    denial = find_denial(core)
    if denial is not None and is_of_speaker(scene, core, reading):
        core = denial
    stance = find_stance(source, cue, content, core, reading.source_type)
    stance = judge(scene, core, content, reading) if stance == "asserts" else stance
    if scene.part_of(spans) == "correction" and reading.source_type == "outlet" and stance in SUPPORTING:
        stance = "retracts"
    hanging, near = around
    own = reading.source_type == "writer"  # the outlet's own papers or analysis: no source beside itself
    stated = state(scene, spans, core, stance, reading.source_type, cue, find_first_person(scene, reading))
    return replace(
        stated,
        source=() if own else attribution.source,
        cue=() if own else attribution.cue,
        sources=reading.sources,
        candidates=reading.candidates,
        affiliations=reading.affiliations,
        hops=tuple(read_hop(scene.doc, scene.references, hop) for hop in attribution.hops),
        quotation=find_quotation(cue, content, scene.quoted),
        basis=find_basis(reading.source_type, cue, source, near),
        channel=find_channel(reading.source_type, near),
        asserted_at=find_date(hanging, scene.article.published_at),
        source_count=reading.source_count,
        anonymity_reason=reading.anonymity_reason,
        method=attribution.method,
        confidence=attribution.confidence,
        attribution_content=attribution.content,
    )


def state(
    scene: Scene,
    spans: tuple[Span, ...],
    core: Core,
    stance: Stance,
    source_type: SourceType,
    cue: Sequence[Token] = (),
    person: FirstPerson = NOBODY,
) -> Assertion:
    """What is claimed in some words, and how, with nothing yet of who says so."""
    tokens = tokens_in(scene.doc, spans)
    certainty, tense = find_certainty(stance, source_type, cue, core), find_tense(stance, core)
    text, published_at = scene.article.text, scene.article.published_at
    times, unresolved = find_times(text, spans, published_at, future=tense == "future")
    told = [*(time.span for time in times), *(left_open.span for left_open in unresolved)]
    claimed = read_content(scene, spans, core, stance, person, cue, told)
    return Assertion(
        id="",
        source=(),
        cue=(),
        content=spans,
        part=scene.part_of(spans),
        source_type=source_type,
        sources=(),
        affiliations=(),
        hops=(),
        within=None,
        quotation="indirect",
        stance=stance,
        certainty=certainty,
        polarity=find_polarity(cue, core, stance),
        tense=tense,
        basis="unstated",
        channel="unstated",
        asserted_at=None,
        source_count=None,
        anonymity_reason=None,
        wording=claimed.wording,
        subject=claimed.triple.subject,
        relation=claimed.triple.relation,
        object=claimed.triple.object,
        about=claimed.about,
        terms=claimed.terms,
        quantities=claimed.quantities,
        method="writer@1",
        confidence=WRITERS_CONFIDENCE,
        general=claimed.general,
        bare=claimed.bare,
        attribution_content=spans,
        when=times,
        identifiers=(*unresolved, *find_identifiers(text, spans, tokens)),
        quantifier=find_quantifier(core),
        modality=find_modality(stance, certainty, tense, core, tokens),
        signs=find_signs(core, tokens),
    )


def find_own_voice(scene: Scene) -> Iterator[Assertion]:
    """The claims of nobody's but the article's: its writer's, or its issuer's where it is a document."""
    article = scene.article
    issued = article.issued_by is not None and article.genre in VOICES
    for tokens in find_writers_claims(scene):
        spans, core, sentence = to_spans(tokens), find_core(tokens), tokens[0].sent.text.lower()
        if not issued:
            stated = state(scene, spans, core, "asserts", "writer")
            yield replace(stated, basis=find_basis("writer", (), (), sentence))
            continue
        yield replace(
            state(scene, spans, core, VOICES[article.genre], "document"),
            sources=(Speaker(scene.issuer, "document_of"),) if scene.issuer else (),
            basis="document",
            channel="press_release" if article.genre == "press_release" else "document",
            method="issuer@1",
        )


def to_spans(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Runs of neighbouring tokens as spans."""
    spans: list[Span] = []
    last = -1
    for token in tokens:
        end = token.idx + len(token)
        if spans and all(between.is_space for between in token.doc[last + 1 : token.i]):
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(token.idx, end))
        last = token.i
    return tuple(spans)
