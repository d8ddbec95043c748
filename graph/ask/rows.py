"""Nodes and edges → the rows of `graph.ask.answers`, many at a time: a few queries a page, whatever its length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from graph.ask.answers import ArticleRow, AssertionRow, ClaimRow, EntityRow, Station
from graph.model import Node
from graph.store.records import load_assertions
from graph.store.transaction import Transaction
from ingest.model import OPPOSING, SUPPORTING, Assertion, SourceType, Span, Stance

VISIBILITY: tuple[SourceType, ...] = (
    "named", "document", "role", "outlet", "writer", "group", "anonymous", "agentless",
)  # fmt: skip
SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Printed:
    """An assertion with the version that it stands in and what the graph makes of its referents."""

    assertion: Assertion
    version: Node
    article: ArticleRow
    entities: Mapping[str, Node]  # by referent id
    stance: Stance  # as it bears on the claim: "said not-X" denies X

    @property
    def text(self) -> str:
        return str(self.version.properties["text"])

    def words(self, spans: Iterable[Span]) -> str:
        return " … ".join(span.of(self.text) for span in spans)

    def name_of(self, referent: str) -> str | None:
        entity = self.entities.get(referent)
        return str(entity.properties["name"]) if entity else None

    def id_of(self, referent: str | None) -> str | None:
        entity = self.entities.get(referent) if referent else None
        return entity.id if entity else None


def article_rows(tx: Transaction, ids: Collection[str]) -> dict[str, ArticleRow]:
    """Articles as their latest version has them; unknown ids are left out."""
    return _article_rows(tx.gather(articles=ids), ids, {})


def _article_rows(tx: Transaction, ids: Collection[str], versions: Mapping[str, Node]) -> dict[str, ArticleRow]:
    """`versions`: those that are at hand already, with their texts."""
    nodes = {i: node for i, node in tx.nodes(ids).items() if node.label == "Article"}
    current = {i: str(node.properties["version"]) for i, node in nodes.items()}
    known = {**versions, **tx.nodes({version for version in current.values() if version not in versions})}
    return {i: article_row(node, known[current[i]]) for i, node in nodes.items()}


def article_row(article: Node, version: Node) -> ArticleRow:
    f: Mapping[str, Any] = version.properties
    return ArticleRow(
        id=article.id,
        version=version.id,
        title=f.get("headline"),
        outlet=f.get("outlet"),
        authors=f.get("authors", ()),
        published_at=f.get("published_at"),
        genre=f.get("genre", "unknown"),
        url=f.get("url"),
        notice=f.get("notice"),
        not_read=f.get("not_read"),
    )


def entity_rows(tx: Transaction, ids: Collection[str]) -> dict[str, EntityRow]:
    """Entities with how many articles name them and how many claims are about them; unknown ids are left out."""
    tx = tx.gather(entities=ids)
    nodes = {i: node for i, node in tx.nodes(ids).items() if node.label == "Entity"}
    presence = tx.presence(nodes)
    return {i: _entity_row(node, *presence[i]) for i, node in nodes.items()}


def _entity_row(node: Node, articles: int, claims: int) -> EntityRow:
    f: Mapping[str, Any] = node.properties
    return EntityRow(node.id, f["name"], f["kind"], tuple(f.get("aliases", ())), articles, claims)


def claim_rows(tx: Transaction, ids: Collection[str]) -> dict[str, ClaimRow]:
    """Claims, each with who says so, its sourcing and its dispute, in the order asked; unknown ids are left out."""
    tx = tx.gather(claims=ids)
    found = {i: node for i, node in tx.nodes(ids).items() if node.label == "Claim"}
    nodes = {i: found[i] for i in ids if i in found}
    firsts = tx.first_told(nodes)
    printed = print_assertions(tx, set(firsts.values()))
    outlets = {str(name) for node in nodes.values() for name in _listed(node, "outlets")}
    names = {i: str(node.properties["name"]) for i, node in tx.nodes(outlets).items()}
    invented = tx.noticed(nodes)
    return {i: _claim_row(node, printed[firsts[i]], names, i in invented) for i, node in nodes.items()}


def _claim_row(node: Node, first: Printed, names: Mapping[str, str], invented: bool) -> ClaimRow:
    f: Mapping[str, Any] = node.properties
    return ClaimRow(
        id=node.id,
        wording=f["wording"],
        first_stance=first.stance,
        said_by=said_by(first),
        sourcing=f["sourcing"],
        rule=f["rule"],
        origins=tuple(f.get("origin_names", ())),
        origins_range=(f.get("origins_low", 0), f.get("origins_high", 0)),
        unnamed_range=(f.get("unnamed_low", 0), f.get("unnamed_high", 0)),
        marks=tuple(f.get("marks", ())),
        source_types=tuple(f.get("source_types", ())),
        assertions=f["assertions"],
        articles=f["articles"],
        outlets=tuple(sorted(names[i] for i in _listed(node, "outlets") if i in names)),
        first_at=f.get("first_at"),
        last_at=f.get("last_at"),
        invented=invented,
    )


def _listed(node: Node, name: str) -> tuple[str, ...]:
    value = node.properties.get(name, ())
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def in_time(printed: Printed) -> tuple[str, str]:
    """The order of assertions: by publication, unknown dates last, then by id."""
    return (printed.article.published_at or "9999", printed.assertion.id)


def said_by(printed: Printed) -> str:
    """'Mara Lindqvist, in Tidewire', 'an Orrin source, through The Ledger, in Tidewire', 'the writer, in Tidewire'."""
    stations = chain_of(printed)
    words = [s.name or s.words if s.role == "source" else f"through {s.name or s.words}" for s in stations]
    return ", ".join([*words, f"in {printed.article.outlet or 'an unknown outlet'}"])


def print_assertions(tx: Transaction, ids: Collection[str]) -> dict[str, Printed]:
    """Assertions with the version that they stand in: the article's latest that has them as they are."""
    tx = tx.gather(assertions=ids)
    assertions = load_assertions(tx, ids)
    found: dict[str, list[str]] = defaultdict(list)
    for edge in tx.edges(["FOUND_IN"], starts=assertions):
        if "differs" not in edge.properties or "decided" in edge.properties:
            found[edge.start].append(edge.end)
    versions = tx.nodes({version for ends in found.values() for version in ends})
    articles = _article_rows(tx, {str(node.properties["article"]) for node in versions.values()}, versions)
    stances: dict[str, Stance | None] = {
        e.start: cast("Stance | None", e.properties.get("stance")) for e in tx.edges(["EXPRESSES"], starts=assertions)
    }
    entities = _entities_of(tx, assertions.values())
    printed = {}
    for i, assertion in assertions.items():
        current = {row.version for row in articles.values()}
        version = versions[max(found[i], key=lambda v: (v in current, v))]
        article = articles[str(version.properties["article"])]
        printed[i] = Printed(assertion, version, article, entities, stances.get(i) or assertion.stance)
    return printed


def _entities_of(tx: Transaction, assertions: Iterable[Assertion]) -> dict[str, Node]:
    referents = {
        referent
        for a in assertions
        for referent in (*(s.referent for s in a.sources), *a.affiliations, *(h.referent for h in a.hops))
        if referent
    }
    resolved = {edge.start: edge.end for edge in tx.edges(["RESOLVES_TO"], starts=referents)}
    nodes = tx.nodes(set(resolved.values()))
    return {referent: nodes[entity] for referent, entity in resolved.items()}


def assertion_rows(tx: Transaction, ids: Collection[str]) -> list[AssertionRow]:
    """Assertions with their chains, by date; unknown ids are left out."""
    return [assertion_row(printed) for printed in sorted(print_assertions(tx, ids).values(), key=in_time)]


def assertion_row(printed: Printed) -> AssertionRow:
    assertion = printed.assertion
    start, context = _context(printed.text, [*assertion.source, *assertion.cue, *assertion.content])
    chain = chain_of(printed)
    pages: Any = printed.version.properties.get("pages", ())
    return AssertionRow(
        assertion=assertion,
        article=printed.article,
        page=bisect_right(pages, assertion.content[0].start) if pages else None,
        quote=printed.words(assertion.content),
        context=context,
        context_start=start,
        chain=chain,
        weakest=max((station.source_type for station in chain), key=VISIBILITY.index),
        for_or_against=bearing(printed.stance),
    )


def bearing(stance: Stance) -> str:
    """Whether a stance speaks for a claim, against it, or neither."""
    return "for" if stance in SUPPORTING else "against" if stance in OPPOSING else "neither"


def chain_of(printed: Printed) -> tuple[Station, ...]:
    """From the content outwards: its source, then each hop."""
    a = printed.assertion
    hops = (
        Station(
            role="through",
            words=printed.words([hop.span]),
            source_type=hop.source_type,
            entity=printed.id_of(hop.referent),
            name=printed.name_of(hop.referent) if hop.referent else None,
            capacity=None,
        )
        for hop in a.hops
    )
    return (*_sources_of(printed), *hops)


def _sources_of(printed: Printed) -> Iterable[Station]:
    a = printed.assertion
    words = printed.words(a.source) or ("the writer" if a.source_type == "writer" else "no one named")
    of = tuple(name for name in map(printed.name_of, a.affiliations) if name)
    if not a.sources:
        yield Station("source", words, a.source_type, None, None, None, of)
    for speaker in a.sources:
        entity, name = printed.id_of(speaker.referent), printed.name_of(speaker.referent)
        yield Station("source", words, a.source_type, entity, name, speaker.capacity, of)


def _context(text: str, spans: list[Span]) -> tuple[int, str]:
    """The sentences that hold these spans, and where they begin."""
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    start = max(
        (m.end() for m in SENTENCE_END.finditer(text, max(0, first - 1000), first)), default=max(0, first - 1000)
    )
    following = SENTENCE_END.search(text, max(first, last - 1))
    end = min(following.end() if following else len(text), last + 1000)
    return start, text[start:end].rstrip()
