"""Readings as nodes and edges, and back: the recorded layer, pure.

An article may have been read in several versions, and one assertion or referent may stand in more than one of them.
Its node then holds what the latest version says of it, and the FOUND_IN edge to an earlier version what that one said
where it differs, so that any of them can be taken out again and the rest is as if it had never been there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from graph.model import Decision, Edge, EdgeType, Node, Value
from graph.store.transaction import Transaction
from ingest.model import (
    ISSUED,
    Article,
    Assertion,
    Candidate,
    Genre,
    Hop,
    Identifier,
    Kind,
    Mention,
    PartialDate,
    PartSpan,
    Quantity,
    Reading,
    Referent,
    Span,
    Speaker,
    Time,
    credited_name,
    fold,
    hash_id,
    referent_id,
)

Fields: TypeAlias = dict[str, Value]

RECORDED_EDGES: tuple[EdgeType, ...] = (
    "VERSION_OF", "PUBLISHED_BY", "CREDITS", "FOUND_IN", "REFERS_TO", "ATTRIBUTED_TO", "AFFILIATED_WITH", "RELAYED_BY",
    "WITHIN", "MENTIONS",
)  # fmt: skip
LINKS: tuple[EdgeType, ...] = ("ATTRIBUTED_TO", "AFFILIATED_WITH", "RELAYED_BY", "WITHIN", "MENTIONS")
ARTICLE_PLAIN = (
    "url", "outlet", "authors", "published_at", "language", "genre", "issued_by", "credits", "text", "sha256",
    "original_sha256", "extractor", "pages", "pages_not_read", "retrieved_at", "confidential", "notice", "not_read",
)  # fmt: skip
ARTICLE_SHOWN = (
    "url", "headline", "outlet", "published_at", "language", "genre", "issued_by", "confidential", "notice", "not_read",
)  # fmt: skip
REFERENT_PLAIN = ("name", "kind", "aliases", "roles", "key", "employers")
ASSERTION_PLAIN = (
    "part", "source_type", "quotation", "stance", "certainty", "polarity", "tense", "basis", "channel", "source_count",
    "anonymity_reason", "wording", "subject", "relation", "object", "terms", "method", "general", "bare",
    "quantifier", "modality", "answers", "signs",
)  # fmt: skip
TUPLES = frozenset({"authors", "credits", "pages", "pages_not_read", "aliases", "roles", "employers", "terms", "signs"})
BODIES: tuple[Kind, ...] = ("outlet", "company", "organization", "government")
FLAGS = frozenset({"confidential", "general", "bare"})


def to_records(
    *readings: Reading, decided: Callable[[Reading], Reading] = lambda reading: reading
) -> tuple[list[Node], list[Edge]]:
    """The nodes and edges of one article, from one reading of each of its versions, in any order.

    `decided` gives a reading as people decided that it is: so nodes show it, and FOUND_IN edges what was read.
    """
    aged = by_age(readings)
    latest = aged[-1]
    complete = with_outlets(latest)
    implied = {r.id for r in complete.referents} - {r.id for r in latest.referents}
    amended = [decided(reading) for reading in aged]
    nodes: list[Node] = [_article_node(amended[-1], amended)]
    edges: list[Edge] = list(_outlet_edges(complete))
    for reading in aged:
        nodes.append(_version_node(reading))
        edges.append(_version_edge(reading))
        _add_mentions(reading, nodes, edges)
    _add_referents([*aged[:-1], complete], implied, nodes, edges)
    _add_assertions(aged, amended, nodes, edges)
    return nodes, edges


def by_age(readings: Iterable[Reading]) -> list[Reading]:
    """Readings of one article's versions, the latest last; unknown dates count as the earliest."""

    def age(reading: Reading) -> tuple[str, str, str]:
        article = reading.article
        return (article.published_at or "", article.retrieved_at or "", article.version)

    return sorted(readings, key=age)


def with_outlets(reading: Reading) -> Reading:
    """The reading with a referent for its outlet and for each credited one that its text does not mention."""
    article = reading.article
    referents = list(reading.referents)
    for name in filter(None, (article.outlet, *map(credited_name, article.credits))):
        if _find_outlet(referents, name, article.genre) is None:
            kind: Kind = "company" if name == article.outlet and article.genre in ISSUED else "outlet"
            referents.append(Referent(referent_id(article.id, kind, name), name, kind, (name,)))
    return replace(reading, referents=tuple(referents))


def in_order(reading: Reading) -> Reading:
    """The reading with its parts in the order in which a store gives them back."""
    return replace(
        reading,
        referents=tuple(sorted(reading.referents, key=lambda r: r.id)),
        mentions=tuple(sorted(reading.mentions, key=lambda m: (m.span, m.referent))),
        assertions=tuple(sorted(reading.assertions, key=lambda a: (a.content[:1], a.id))),
    )


# ── nodes and edges ──────────────────────────────────────────────────────────────────────────────────────────────


def _article_node(latest: Reading, readings: Sequence[Reading]) -> Node:
    fields = _article_fields(latest.article)
    shown = {name: fields[name] for name in ARTICLE_SHOWN if name in fields}
    # Once marked confidential by anyone, an article stays so until that version is gone.
    shown |= _present({"confidential": any(r.article.confidential for r in readings)})
    return Node("Article", latest.article.id, {**shown, "version": latest.article.version})


def _version_node(reading: Reading) -> Node:
    article = reading.article
    fields = {**_article_fields(article), "article": article.id, "reader": reading.reader}
    return Node("ArticleVersion", article.version, fields)


def _version_edge(reading: Reading) -> Edge:
    article = reading.article
    return Edge(
        "VERSION_OF", article.version, article.id, "", {"version": article.version, "method": article.extractor}
    )


def _outlet_edges(reading: Reading) -> Iterable[Edge]:
    article = reading.article
    provenance: Fields = {"version": article.version, "method": article.extractor}
    publisher = _find_outlet(reading.referents, article.outlet or "", article.genre)
    if publisher:
        yield Edge("PUBLISHED_BY", article.id, publisher, "", provenance)
    credited = {_find_outlet(reading.referents, credited_name(words)): words for words in sorted(article.credits)}
    for outlet, words in credited.items():
        if outlet:
            yield Edge("CREDITS", article.id, outlet, "", {**provenance, "words": words})


def _find_outlet(referents: Iterable[Referent], name: str, genre: Genre = "news") -> str | None:
    """The outlet of that name; what issued a press release may be any body."""
    kinds = BODIES if genre in ISSUED else ("outlet",)
    names = ((r.id, {fold(r.name), *map(fold, r.aliases)}) for r in referents if r.kind in kinds)
    return min((outlet for outlet, known in names if fold(name) in known), default=None)


def _add_mentions(reading: Reading, nodes: list[Node], edges: list[Edge]) -> None:
    article = reading.article
    mentions = {hash_id("mention", article.version, m.span.start, m.span.end, m.referent): m for m in reading.mentions}
    for mention, m in mentions.items():
        found: Fields = {"method": m.method, "confidence": float(m.confidence)}
        place: Fields = {"start_char": m.span.start, "end_char": m.span.end, "text": m.span.of(article.text)}
        provenance: Fields = {"version": article.version, "spans": _flat([m.span]), **found}
        nodes.append(Node("Mention", mention, {"article": article.id, "version": article.version, **place, **found}))
        edges.append(Edge("REFERS_TO", mention, m.referent, "", provenance))
        edges.append(Edge("FOUND_IN", mention, article.version, "", provenance))


def _add_referents(readings: Sequence[Reading], implied: Collection[str], nodes: list[Node], edges: list[Edge]) -> None:
    """`implied`: ids of those that only the last reading's outlet and credits name."""
    shown = {r.id: r for reading in readings for r in reading.referents}
    article = readings[-1].article.id
    nodes += [Node("Referent", r.id, {**_referent_fields(r), "article": article}) for r in shown.values()]
    for reading in readings:
        version = reading.article.version
        for r in reading.referents:
            fields: Fields = {"version": version}
            if reading is readings[-1] and r.id in implied:
                fields["implied"] = True
            elif r != shown[r.id]:
                fields |= {**_referent_fields(r), "differs": True}
            edges.append(Edge("FOUND_IN", r.id, version, "", fields))


def _add_assertions(
    readings: Sequence[Reading], amended: Sequence[Reading], nodes: list[Node], edges: list[Edge]
) -> None:
    shown = {a.id: (a, reading) for reading in amended for a in reading.assertions}
    for a, reading in shown.values():
        nodes.append(Node("Assertion", a.id, {**_assertion_fields(a), "article": reading.article.id}))
        _add_links(a, reading, nodes, edges)
    for reading, decided in zip(readings, amended, strict=True):
        version = reading.article.version
        for a, as_decided in zip(reading.assertions, decided.assertions, strict=True):
            fields = _provenance(version, a, a.content)
            if a != shown[a.id][0]:
                fields |= {**_assertion_fields(a), **_link_fields(a), "differs": True}
            if a != as_decided and as_decided == shown[a.id][0]:
                fields |= {"decided": True}
            edges.append(Edge("FOUND_IN", a.id, version, "", fields))


def _add_links(a: Assertion, reading: Reading, nodes: list[Node], edges: list[Edge]) -> None:
    """The edges from an assertion to whom it names, each with the words that it rests on."""

    def link(kind: EdgeType, end: str, spans: Sequence[Span], key: str = "", **more: Value) -> None:
        edges.append(Edge(kind, a.id, end, key, {**_provenance(reading.article.version, a, spans), **more}))

    for n, speaker in enumerate(a.sources):
        who = {"capacity": speaker.capacity, "confidence": speaker.confidence, "method": speaker.method}
        link("ATTRIBUTED_TO", speaker.referent, a.source, speaker.capacity, position=n, **who)
    for n, referent in enumerate(a.affiliations):
        link("AFFILIATED_WITH", referent, a.source, position=n)
    for n, hop in enumerate(a.hops):
        station = hop.referent or hash_id("unnamed", a.id, n)
        if not hop.referent:
            nodes.append(Node("Unnamed", station, {"article": reading.article.id, "source_type": hop.source_type}))
        link("RELAYED_BY", station, [hop.span], str(n), source_type=hop.source_type, position=n)
    if a.within:
        link("WITHIN", a.within, a.content)
    for n, referent in enumerate(a.about):
        link("MENTIONS", referent, a.content, position=n)


def _provenance(version: str, a: Assertion, spans: Sequence[Span]) -> Fields:
    return {"version": version, "spans": _flat(spans), "method": a.method, "confidence": float(a.confidence)}


def decision_node(decision: Decision) -> Node:
    """A decision as it is kept; its id is what was decided, by whom and when."""
    anchors = decision.anchors if any(decision.anchors) else ()
    names = ("who", "at", "what", "objects", "why", "before", "after")
    fields = _present({**_plain(decision, names), "anchors": anchors})
    return Node("Decision", hash_id("decision", decision.who, decision.at, decision.what, *decision.objects), fields)


# ── fields ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _article_fields(a: Article) -> Fields:
    parts: dict[str, Value | None] = {
        "headline": a.title,
        "part_spans": _flat([p.span for p in a.parts]),
        "part_names": tuple(p.part for p in a.parts),
    }
    return _present({**_plain(a, ARTICLE_PLAIN), **parts})


def _to_article(article: str, version: str, fields: Mapping[str, Value]) -> Article:
    f: Mapping[str, Any] = fields
    names = zip(_to_spans(f.get("part_spans", ())), f.get("part_names", ()), strict=True)
    parts = tuple(PartSpan(span, part) for span, part in names)
    return Article(id=article, version=version, title=f.get("headline"), parts=parts, **_read(f, ARTICLE_PLAIN))


def _referent_fields(r: Referent) -> Fields:
    return _present(_plain(r, REFERENT_PLAIN))


def _to_referent(referent: str, fields: Mapping[str, Value]) -> Referent:
    return Referent(id=referent, **_read(fields, REFERENT_PLAIN))


def _assertion_fields(a: Assertion) -> Fields:
    numbers: dict[str, Value | None] = {
        "source": _flat(a.source),
        "cue": _flat(a.cue),
        "content": _flat(a.content),
        "attribution": a.attribution or None,
        "attribution_content": _flat(a.attribution_content),
        "asserted_at": a.asserted_at.value if a.asserted_at else None,
        "asserted_precision": a.asserted_at.precision if a.asserted_at else None,
        "candidates": tuple(c.referent for c in a.candidates),
        "candidate_shares": tuple(float(c.confidence) for c in a.candidates),
        "quantity_values": tuple(float(q.value) for q in a.quantities),
        "quantity_units": tuple(q.unit for q in a.quantities),
        "quantity_bounds": tuple(q.bound for q in a.quantities),
        "quantity_words": tuple(q.words for q in a.quantities),
        "confidence": float(a.confidence),
    }
    return _present({**_plain(a, ASSERTION_PLAIN), **numbers, **_time_fields(a)})


def _time_fields(a: Assertion) -> dict[str, Value | None]:
    """The times and identifiers of its content, a column for each part of them."""
    return {
        "when_spans": _flat([t.span for t in a.when]),
        "when_relations": tuple(t.relation for t in a.when),
        "when_from": tuple(t.start for t in a.when),
        "when_to": tuple(t.end for t in a.when),
        "when_precisions": tuple(t.precision for t in a.when),
        "identifier_of": tuple(i.of for i in a.identifiers),
        "identifier_values": tuple(i.value for i in a.identifiers),
        "identifier_spans": _flat([i.span for i in a.identifiers]),
    }


def _link_fields(a: Assertion) -> Fields:
    """What is otherwise an assertion's edges, as fields: for what an earlier version said."""
    return _present(
        {
            "sources": tuple(s.referent for s in a.sources),
            "capacities": tuple(s.capacity for s in a.sources),
            "source_confidences": tuple(float(s.confidence) for s in a.sources),
            "source_methods": tuple(s.method for s in a.sources),
            "affiliations": a.affiliations,
            "hop_spans": _flat([h.span for h in a.hops]),
            "hop_types": tuple(h.source_type for h in a.hops),
            "hop_referents": tuple(h.referent or "" for h in a.hops),
            "within": a.within,
            "about": a.about,
        }
    )


def _fields_of_links(links: Iterable[Edge], unnamed: Collection[str]) -> Fields:
    """The inverse of `_add_links`, in the form of `_link_fields`."""
    sets: dict[str, list[Edge]] = defaultdict(list)
    for link in sorted(links, key=lambda e: e.properties.get("position", 0)):
        sets[link.type].append(link)
    hops = sets["RELAYED_BY"]
    return {
        "sources": tuple(e.end for e in sets["ATTRIBUTED_TO"]),
        "capacities": tuple(str(e.properties["capacity"]) for e in sets["ATTRIBUTED_TO"]),
        "source_confidences": tuple(_share(e.properties["confidence"]) for e in sets["ATTRIBUTED_TO"]),
        "source_methods": tuple(str(e.properties["method"]) for e in sets["ATTRIBUTED_TO"]),
        "affiliations": tuple(e.end for e in sets["AFFILIATED_WITH"]),
        "hop_spans": tuple(n for e in hops for n in _numbers(e.properties["spans"])),
        "hop_types": tuple(str(e.properties["source_type"]) for e in hops),
        "hop_referents": tuple("" if e.end in unnamed else e.end for e in hops),
        "about": tuple(e.end for e in sets["MENTIONS"]),
        **({"within": sets["WITHIN"][0].end} if sets["WITHIN"] else {}),
    }


def _share(value: Value) -> float:
    return float(value) if isinstance(value, (int, float)) else 1.0


def _to_assertion(assertion: str, fields: Mapping[str, Value]) -> Assertion:
    f: Mapping[str, Any] = fields

    def column(name: str) -> tuple[Any, ...]:
        return tuple(f.get(name, ()))

    names = ("quantity_values", "quantity_units", "quantity_bounds", "quantity_words")
    speakers = ("sources", "capacities", "source_confidences", "source_methods")
    times = ("when_relations", "when_from", "when_to", "when_precisions")
    hops = zip(_to_spans(column("hop_spans")), column("hop_types"), column("hop_referents"), strict=True)
    return Assertion(
        id=assertion,
        source=_to_spans(column("source")),
        cue=_to_spans(column("cue")),
        content=_to_spans(column("content")),
        attribution=f.get("attribution", ""),
        attribution_content=_to_spans(column("attribution_content")),
        sources=tuple(map(Speaker, *map(column, speakers))),
        candidates=tuple(map(Candidate, column("candidates"), column("candidate_shares"))),
        affiliations=column("affiliations"),
        hops=tuple(Hop(span, kind, referent or None) for span, kind, referent in hops),
        within=f.get("within"),
        about=column("about"),
        asserted_at=PartialDate(f["asserted_at"], f["asserted_precision"]) if "asserted_at" in f else None,
        quantities=tuple(map(Quantity, *map(column, names))),
        when=tuple(map(Time, _to_spans(column("when_spans")), *map(column, times))),
        identifiers=tuple(
            map(Identifier, column("identifier_of"), column("identifier_values"), _to_spans(column("identifier_spans")))
        ),
        confidence=f["confidence"],
        **_read(f, ASSERTION_PLAIN),
    )


def _plain(noun: object, names: Iterable[str]) -> dict[str, Value | None]:
    return {name: getattr(noun, name) for name in names}


def _read(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The inverse of `_present`: what is not there is empty, false or unknown."""
    empty: Callable[[str], Any] = lambda name: () if name in TUPLES else False if name in FLAGS else None  # noqa: E731
    return {name: fields.get(name, empty(name)) for name in names}


def _present(fields: Mapping[str, Value | None]) -> Fields:
    return {name: v for name, v in fields.items() if v is not None and v is not False and v != ()}


def _flat(spans: Iterable[Span]) -> tuple[int, ...]:
    return tuple(n for span in spans for n in (span.start, span.end))


def _to_spans(flat: Sequence[int]) -> tuple[Span, ...]:
    return tuple(map(Span, flat[::2], flat[1::2]))


def _numbers(value: Value) -> tuple[int, ...]:
    return tuple(int(n) for n in value) if isinstance(value, tuple) else ()


# ── back ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def load_assertions(tx: Transaction, ids: Collection[str]) -> dict[str, Assertion]:
    """Assertions as the latest version that holds them has them; unknown ids are left out."""
    nodes = {i: node for i, node in tx.nodes(ids).items() if node.label == "Assertion"}
    links: dict[str, list[Edge]] = defaultdict(list)
    for edge in tx.edges(LINKS, starts=nodes):
        links[edge.start].append(edge)
    stations = {e.end for found in links.values() for e in found if e.type == "RELAYED_BY"}
    unnamed = {i for i, node in tx.nodes(stations).items() if node.label == "Unnamed"}
    return {
        i: _to_assertion(i, {**node.properties, **_fields_of_links(links[i], unnamed)}) for i, node in nodes.items()
    }


def load_referents(tx: Transaction, ids: Collection[str]) -> dict[str, Referent]:
    """Referents as the latest version that holds them has them; unknown ids are left out."""
    return {i: _to_referent(i, node.properties) for i, node in tx.nodes(ids).items() if node.label == "Referent"}


def load_articles(tx: Transaction, ids: Collection[str]) -> dict[str, Article]:
    """Articles in their latest version, with its text; unknown ids are left out."""
    shown = {i: node for i, node in tx.nodes(ids).items() if node.label == "Article"}
    versions = tx.nodes([str(node.properties["version"]) for node in shown.values()])
    articles = {}
    for i, node in shown.items():
        version = versions[str(node.properties["version"])]
        confidential = bool(node.properties.get("confidential", False))
        articles[i] = replace(_to_article(i, version.id, version.properties), confidential=confidential)
    return articles


def load_reading(tx: Transaction, version: str) -> Reading | None:
    """What was read in one version, exactly, its parts in the order of `in_order`; None where there is none."""
    return load_readings(tx, [version]).get(version)


def load_readings(tx: Transaction, versions: Collection[str]) -> dict[str, Reading]:
    """What was read in each of these versions; unknown ids are left out."""
    nodes = {i: node for i, node in tx.nodes(versions).items() if node.label == "ArticleVersion"}
    found: dict[str, list[Edge]] = {version: [] for version in nodes}
    for edge in tx.edges(["FOUND_IN"], ends=nodes):
        found[edge.end].append(edge)
    starts = {e.start for edges in found.values() for e in edges}
    referents, assertions = load_referents(tx, starts), load_assertions(tx, starts)
    targets = {e.start: e.end for e in tx.edges(["REFERS_TO"], starts=starts)}
    mentions = {m: _to_mention(node, targets[m]) for m, node in tx.nodes(targets).items()}
    return {
        version: _to_reading(node, found[version], referents, mentions, assertions) for version, node in nodes.items()
    }


def _to_reading(
    version: Node,
    found: Iterable[Edge],
    referents: Mapping[str, Referent],
    mentions: Mapping[str, Mention],
    assertions: Mapping[str, Assertion],
) -> Reading:
    referents_here, mentions_here, assertions_here = [], [], []
    for edge in found:
        i, differs = edge.start, "differs" in edge.properties
        if i in referents and "implied" not in edge.properties:
            referents_here.append(_to_referent(i, edge.properties) if differs else referents[i])
        elif i in mentions:
            mentions_here.append(mentions[i])
        elif i in assertions:
            assertions_here.append(_to_assertion(i, edge.properties) if differs else assertions[i])
    article = _to_article(str(version.properties["article"]), version.id, version.properties)
    reader = str(version.properties["reader"])
    return in_order(Reading(article, reader, tuple(referents_here), tuple(mentions_here), tuple(assertions_here)))


def _to_mention(node: Node, referent: str) -> Mention:
    f: Mapping[str, Any] = node.properties
    return Mention(referent, Span(f["start_char"], f["end_char"]), f["method"], f["confidence"])
