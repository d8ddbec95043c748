"""Attributions → assertions: what each source claims, how sure, about whom; and the writer's own claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from ingest.attributions import Attribution
from ingest.dates import find_date
from ingest.entities import Mentions
from ingest.frames import Core, find_core
from ingest.lexicon import read_list
from ingest.manner import find_basis, find_channel, find_quotation
from ingest.model import NO_CLAIM, Article, Assertion, Part, Span, Speaker, Stance, assertion_id
from ingest.quantities import FoundQuantity, find_quantities
from ingest.quotations import find_quotations
from ingest.references import References, lay_over
from ingest.relations import Triple, find_subject, find_triple
from ingest.sources import SourceReading, find_anonymity, is_own_report, read_hop, read_source
from ingest.stance import find_certainty, find_polarity, find_stance, find_tense
from ingest.trees import SUBJECTS, child_of, find_head, tokens_in
from ingest.voice import find_writers_claims, lay_ground
from ingest.wording import find_terms, to_wording

DATELINE = re.compile(r"^\s*[A-Z][A-Z .,'’/-]+,? ?[^–—\n-]{0,24} (?:[–—-]|--) ")
WRITERS_CONFIDENCE = 0.7
VOICES = {"press_release": "asserts", "filing": "alleges", "ruling": "asserts"}


@dataclass(frozen=True, slots=True)
class Scene:
    """One article with all that an assertion is read from."""

    article: Article
    doc: Doc
    references: References
    quantities: tuple[FoundQuantity, ...]
    quoted: tuple[Span, ...]
    contents: tuple[Span, ...]  # of all attributions


def find_assertions(
    article: Article, doc: Doc, mentions: Mentions, attributions: Sequence[Attribution]
) -> tuple[Assertion, ...]:
    """Every attribution as an assertion, and the claims that no source carries, in text order."""
    if not len(doc):
        return ()
    scene = set_scene(article, doc, mentions, attributions)
    spoken = sorted((a for a in attributions if a.content), key=lambda a: (a.content, a.cue, a.source))
    drafts = [to_assertion(scene, a, before) for a, before in zip(spoken, [None, *spoken], strict=False)]
    drafts.extend(find_own_voice(scene, attributions))
    return with_ids(article, drafts)


def set_scene(article: Article, doc: Doc, mentions: Mentions, attributions: Iterable[Attribution]) -> Scene:
    names = [m.span for m in mentions.mentions if m.span.of(article.text)[:1].isalpha()]
    return Scene(
        article,
        doc,
        lay_over(doc, mentions),
        tuple(find_quantities(doc, names)),
        tuple(span for quotation in find_quotations(article.text) for span in quotation.spans),
        tuple(span for a in attributions for span in a.content),
    )


def with_ids(article: Article, drafts: Iterable[Assertion]) -> tuple[Assertion, ...]:
    """The assertions in text order with their ids, each within the smallest whose content holds it."""
    ordered = sorted(drafts, key=lambda a: (a.content, a.source, a.cue, a.source_type))
    seen: Counter[str] = Counter()
    named: list[Assertion] = []
    for draft in ordered:
        first = assertion_id(article.id, words_of(article, draft), 0)
        named.append(replace(draft, id=assertion_id(article.id, words_of(article, draft), seen[first])))
        seen[first] += 1
    return tuple(replace(a, within=find_outer(a, named)) for a in named)


def words_of(article: Article, assertion: Assertion) -> str:
    return " ".join(span.of(article.text) for span in assertion.content)


def find_outer(inner: Assertion, others: Sequence[Assertion]) -> str | None:
    """The assertion in whose content this one's words, cue and all, are reported."""
    if not inner.cue:
        return None
    spans = (*inner.cue, *inner.content)
    holding = [
        o for o in others if o.cue and o.id != inner.id and all(any(c.covers(s) for c in o.content) for s in spans)
    ]
    return min(holding, key=lambda o: sum(c.end - c.start for c in o.content)).id if holding else None


def to_assertion(scene: Scene, attribution: Attribution, before: Attribution | None) -> Assertion:
    """One attribution with everything that its words tell."""
    doc = scene.doc
    cue, content = tokens_in(doc, attribution.cue), tokens_in(doc, attribution.content)
    reading = find_source(scene, attribution, before)
    core = find_core(content)
    part = find_part(scene.article, attribution.content)
    stance = find_stance(tokens_in(doc, attribution.source), cue, content, core, reading.source_type)
    if part == "correction" and reading.source_type == "outlet" and stance in ("asserts", "alleges"):
        stance = "retracts"
    hanging, around = words_around(scene, attribution)
    source, cue_spans = attribution.source, attribution.cue
    basis = find_basis(reading.source_type, cue, tokens_in(doc, source), around)
    if reading.source_type == "writer":  # the outlet's own documents or analysis: no source beside itself
        source, cue_spans = (), ()
    draft = describe(scene, attribution.content, content, core, stance)
    return replace(
        draft,
        source=source,
        cue=cue_spans,
        part=part,
        source_type=reading.source_type,
        sources=reading.sources,
        affiliations=reading.affiliations,
        hops=tuple(read_hop(doc, scene.references, hop) for hop in attribution.hops),
        quotation=find_quotation(scene.article.text, attribution.cue, attribution.content, scene.quoted),
        certainty=find_certainty(stance, reading.source_type, cue, core),
        polarity=find_polarity(cue, core),
        tense=find_tense(stance, core),
        basis=basis,
        channel=find_channel(reading.source_type, around),
        asserted_at=find_date(hanging, scene.article.published_at),
        source_count=reading.source_count,
        anonymity_reason=reading.anonymity_reason,
        method=attribution.method,
        confidence=attribution.confidence,
    )


def describe(scene: Scene, spans: tuple[Span, ...], content: Sequence[Token], core: Core, stance: Stance) -> Assertion:
    """What is claimed, whoever says so: wording, triple, terms, quantities, referents."""
    references = scene.references
    silent = stance in NO_CLAIM
    subject, subject_span, elided = (None, None, []) if silent else name_subject(scene, core, content)
    shown = unframe(spans, core) if core.denied or stance in ("denies", "doubts", "retracts") else spans
    triple = Triple() if silent else find_triple(core.head, references)
    framing = [t for frame in core.frames for t in (frame, *frame.children) if t != core.head]
    framing.extend(t for q in scene.quantities for t in tokens_in(scene.doc, [q.span]) if t in content)
    terms = () if silent else find_terms(content, references, framing)
    if elided and not silent:
        terms = tuple(sorted({*terms, *("@" + i for i in elided)}))
    quantities = tuple(q.quantity for q in scene.quantities if any(span.covers(q.span) for span in spans))
    return Assertion(
        id="",
        source=(),
        cue=(),
        content=spans,
        part="body",
        source_type="writer",
        sources=(),
        affiliations=(),
        hops=(),
        within=None,
        quotation="indirect",
        stance=stance,
        certainty="unstated",
        polarity="positive",
        tense="non_future",
        basis="unstated",
        channel="unstated",
        asserted_at=None,
        source_count=None,
        anonymity_reason=None,
        wording=to_wording(scene.article.text, shown, subject, subject_span),
        subject=triple.subject,
        relation=triple.relation,
        object=triple.object,
        about=tuple(dict.fromkeys([*elided, *references.among(content)])),
        terms=terms,
        quantities=() if silent else quantities,
        method="writer@1",
        confidence=WRITERS_CONFIDENCE,
        general=stance == "denies" and is_general(core),
    )


def unframe(spans: tuple[Span, ...], core: Core) -> tuple[Span, ...]:
    """The spans from the framed claim on: "claims that Halden copied" is shown denied as "Halden copied"."""
    if not core.frames or core.head is None:
        return spans
    start = core.head.left_edge.idx
    cut = (Span(max(span.start, start), span.end) for span in spans if span.end > start)
    return tuple(cut) or spans


def is_general(core: Core) -> bool:
    """Whether a denial is of no claim in particular: "any wrongdoing", "the allegations", "doing anything wrong"."""
    if core.head is None:
        return True
    if core.head.lemma_ == "do":
        done = child_of(core.head, "dobj")
        return done is not None and done.lower_ in ("anything", "nothing", "something", "wrong")
    return (
        core.head.pos_ not in ("VERB", "AUX") and core.head.lemma_.lower() in read_list("hedges")["denial"]["pointing"]
    )


def name_subject(scene: Scene, core: Core, content: Sequence[Token]) -> tuple[str | None, Span | None, list[str]]:
    """A name for a subject that is a pronoun or is left out; where it stands; its referents if left out."""
    head = core.head
    if head is None or head.pos_ not in ("VERB", "AUX"):
        return None, None, []
    own = child_of(head, *SUBJECTS)
    if own is not None and own.i in {t.i for t in content}:
        referents = scene.references.of(own) if own.pos_ == "PRON" else []
        name = " and ".join(r.name for r in referents)
        return (name, Span(own.idx, own.idx + len(own)), []) if name else (None, None, [])
    outer = find_subject(head)
    if outer is None or outer in content:
        return None, None, []
    referents = scene.references.of(outer)
    name = " and ".join(r.name for r in referents)
    return name or None, None, [r.id for r in referents]


def find_source(scene: Scene, attribution: Attribution, before: Attribution | None) -> SourceReading:
    """Who speaks; one who is not named again is the speaker of the paragraph's last attribution."""
    if attribution.agentless:
        return SourceReading("agentless")
    source = attribution.source
    if not source and before is not None and before.source and goes_on(scene.article.text, before, attribution):
        source = before.source
    reading = read_source(scene.doc, scene.references, source)
    outlet = scene.references.named(scene.article.outlet)
    if is_own_report(scene.article.text, source, find_part(scene.article, attribution.content)):
        return SourceReading("outlet", (Speaker(outlet.id, "itself"),) if outlet else ())
    if outlet is not None and is_of_outlet(scene, reading, source, outlet.id):
        return SourceReading("writer")
    if reading.source_type in ("anonymous", "role", "group") and source:
        withheld, reason = find_anonymity(scene.doc, source, tokens_in(scene.doc, source))
        if withheld:
            bodies = (*reading.affiliations, *(s.referent for s in reading.sources))
            return replace(reading, source_type="anonymous", sources=(), affiliations=bodies, anonymity_reason=reason)
    return reading


def is_of_outlet(scene: Scene, reading: SourceReading, source: Sequence[Span], outlet: str) -> bool:
    """Whether the source is the outlet's own analysis, or papers of nobody's that it saw."""
    ours = outlet in scene.references.among(tokens_in(scene.doc, source))
    issued = any(speaker.referent != outlet for speaker in reading.sources)
    return reading.source_type == "document" and ours and not issued


def goes_on(text: str, before: Attribution, attribution: Attribution) -> bool:
    """Whether nothing but words of the same paragraph, or one paragraph break, lies between two utterances."""
    start, end = before.content[-1].end, attribution.content[0].start
    return start <= end and len(re.findall(r"\n\s*", text[start:end])) <= 1


def words_around(scene: Scene, attribution: Attribution) -> tuple[str, str]:
    """The words that hang on the cue, for a date, and those of its sentence, for a channel; without any content."""
    cue = tokens_in(scene.doc, attribution.cue or attribution.source or attribution.content)
    head = find_head(cue)
    if head is None:
        return "", ""
    text, sentence = scene.article.text, head.sent
    kept = [t for t in head.subtree if t not in cue and not any(c.start <= t.idx < c.end for c in scene.contents)]
    hanging = DATELINE.sub("", "".join(t.text_with_ws for t in kept))
    pieces = outside(Span(sentence.start_char, sentence.end_char), scene.contents)
    return hanging, " ".join(piece.of(text) for piece in pieces).lower()


def outside(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span when others are cut out of it."""
    at = span.start
    for hole in sorted(h for h in holes if h.overlaps(span)):
        if hole.start > at:
            yield Span(at, hole.start)
        at = max(at, hole.end)
    if at < span.end:
        yield Span(at, span.end)


def find_part(article: Article, content: Sequence[Span]) -> Part:
    """The part of the page in which the content begins."""
    for part in article.parts:
        if part.part != "furniture" and part.span.overlaps(content[0]):
            return part.part
    return "body"


def find_own_voice(scene: Scene, attributions: Sequence[Attribution]) -> Iterator[Assertion]:
    """The claims of nobody's but the article's: its writer's, or its issuer's where it is a document."""
    grounds = lay_ground(scene.article, scene.doc, scene.references, attributions, scene.quantities, scene.quoted)
    issuer = scene.references.named(scene.article.issued_by)
    for tokens in find_writers_claims(grounds):
        spans = to_spans(tokens)
        core = find_core(tokens)
        stance: Stance = "alleges" if scene.article.genre == "filing" and scene.article.issued_by else "asserts"
        draft = replace(
            describe(scene, spans, tokens, core, stance),
            part=find_part(scene.article, spans),
            certainty=find_certainty(stance, "writer", (), core),
            polarity=find_polarity((), core),
            tense=find_tense(stance, core),
        )
        if scene.article.issued_by and scene.article.genre in VOICES:
            draft = replace(
                draft,
                source_type="document",
                sources=(Speaker(issuer.id, "document_of"),) if issuer else (),
                basis="document",
                channel="press_release" if scene.article.genre == "press_release" else "document",
                method="issuer@1",
            )
        yield draft


def to_spans(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Runs of neighbouring tokens as spans."""
    spans: list[Span] = []
    last = -2
    for token in tokens:
        end = token.idx + len(token)
        if spans and all(t.is_space for t in token.doc[last + 1 : token.i]):
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(token.idx, end))
        last = token.i
    return tuple(spans)
