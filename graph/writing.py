"""Whole articles in and out, each with all that is derived from it: what one transaction of a writer does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from graph.deciding import affected_articles, amend, check, follow, keep, load_amendments, without_unsaid
from graph.derive.decisions import Judged, to_decision
from graph.derive.keys import keys_of
from graph.derive.refresh import refresh
from graph.errors import NotFound
from graph.model import Decision, Edge, Node
from graph.store.records import RECORDED_EDGES, by_age, in_order, load_readings, to_records
from graph.store.transaction import Changed, Transaction
from ingest.model import Article, Reading

Identity = tuple[str, str, str, str]
Versions = dict[str, Reading]  # by version id


def write_readings(tx: Transaction, readings: Iterable[Reading]) -> tuple[int, int]:
    """Write whole articles; gives how many are new and how many are changed."""
    fresh: dict[str, Versions] = defaultdict(dict)
    for reading in readings:
        fresh[reading.article.id][reading.article.version] = in_order(reading)
    before = stored_versions(tx, fresh)
    after = {article: _superseded(before[article], versions) for article, versions in fresh.items()}
    changed = {article for article in fresh if before[article] != after[article]}
    if changed:
        exchange(tx, {article: after[article] for article in sorted(changed)})
    return sum(not before[article] for article in changed), sum(bool(before[article]) for article in changed)


def remove_article(tx: Transaction, article: str) -> None:
    node = tx.nodes([article]).get(article)
    if node is None or node.label != "Article":
        raise NotFound(f"no article {article} in this dossier: `onrecord search WORDS` finds its id")
    exchange(tx, {article: {}})


def decide(tx: Transaction, decision: Decision) -> str:
    """Append what a person decided, and derive again what hangs on it; gives its id. Raises NotFound and StoreError."""
    node = check(tx, decision)
    keep_decisions(tx, [node])
    return node.id


def keep_decisions(tx: Transaction, decisions: Iterable[Node]) -> None:
    """Append decisions, whose objects may be gone, and derive again what hangs on them."""
    decisions = list(decisions)
    known = tx.nodes([node.id for node in decisions])
    fresh = [node for node in decisions if node.id not in known]
    if not fresh:
        return
    keep(tx, fresh)
    articles = tx.nodes(affected_articles(tx, map(to_decision, fresh)))
    exchange(tx, stored_versions(tx, articles))


def stored_versions(tx: Transaction, articles: Collection[str]) -> dict[str, Versions]:
    """What is stored of each of these articles, which may be nothing."""
    stored: dict[str, Versions] = {article: {} for article in articles}
    versions = [edge.start for edge in tx.edges(["VERSION_OF"], ends=articles)]
    for version, reading in load_readings(tx, versions).items():
        stored[reading.article.id][version] = reading
    return stored


def _superseded(stored: Versions, fresh: Versions) -> Versions:
    """The versions of an article after `fresh` is written."""
    kept = {version: reading for version, reading in stored.items() if not _is_replaced(reading.article, fresh)}
    return kept | {version: _first_retrieved(reading, stored.get(version)) for version, reading in fresh.items()}


def _is_replaced(article: Article, fresh: Versions) -> bool:
    """The same bytes under another extractor are no revision: the new text takes the old one's place."""
    return article.version in fresh or any(
        article.original_sha256 is not None
        and article.original_sha256 == reading.article.original_sha256
        and article.extractor != reading.article.extractor
        for reading in fresh.values()
    )


def _first_retrieved(reading: Reading, earlier: Reading | None) -> Reading:
    times = [r.article.retrieved_at for r in (reading, earlier) if r and r.article.retrieved_at]
    return replace(reading, article=replace(reading.article, retrieved_at=min(times, default=None)))


def exchange(tx: Transaction, articles: Mapping[str, Versions]) -> None:
    """Put these versions in the place of all that is stored of these articles, and derive again what hangs on it."""
    old_nodes, old_edges = _stored_records(tx, articles)
    orphaned = _find_orphaned(tx, old_nodes)
    readings = {article: list(versions.values()) for article, versions in articles.items()}
    follow(tx, readings, old_nodes)
    judged = load_amendments(tx, (reading for found in readings.values() for reading in found))
    nodes: dict[str, Node] = {}
    edges: dict[Identity, Edge] = {}
    for found in filter(None, readings.values()):
        found_nodes, found_edges = to_records(*found, decided=lambda reading: amend(reading, judged))
        nodes |= {node.id: node for node in found_nodes}
        edges |= {edge.identity: edge for edge in found_edges}
    tx.delete_edges([edge for identity, edge in old_edges.items() if identity not in edges])
    tx.delete(sorted(old_nodes.keys() - nodes.keys()))
    tx.put(
        [node for i, node in nodes.items() if old_nodes.get(i) != node],
        [edge for i, edge in edges.items() if old_edges.get(i) != edge],
        _keys(readings.values(), nodes, judged),
    )
    follow(tx, readings, old_nodes)
    refresh(tx, _changed([*old_nodes.values(), *nodes.values()], orphaned))
    _count_revision(tx)


def _stored_records(tx: Transaction, articles: Collection[str]) -> tuple[dict[str, Node], dict[Identity, Edge]]:
    """Every recorded node and edge of these articles, as stored, whatever code wrote them."""
    versions = {edge.start for edge in tx.edges(["VERSION_OF"], ends=articles)}
    found = {edge.start for edge in tx.edges(["FOUND_IN"], ends=versions)}
    stations = {edge.end for edge in tx.edges(["RELAYED_BY"], starts=found)}
    nodes = tx.nodes({*articles, *versions, *found, *stations})
    return nodes, {edge.identity: edge for edge in tx.edges(RECORDED_EDGES, starts=nodes)}


def _find_orphaned(tx: Transaction, nodes: Collection[str]) -> set[str]:
    """The entities and claims that these recorded nodes belong to, and the articles they are linked to as copies."""
    clusters = {edge.end for edge in tx.edges(["RESOLVES_TO", "EXPRESSES"], starts=nodes)}
    copies = {edge.end for edge in tx.edges(["REUSES_TEXT_OF"], starts=nodes)}
    originals = {edge.start for edge in tx.edges(["REUSES_TEXT_OF"], ends=nodes)}
    return clusters | copies | originals


def _keys(articles: Iterable[Iterable[Reading]], nodes: Collection[str], judged: Judged) -> dict[str, tuple[str, ...]]:
    """Node id → keys, as the latest version that holds the node gives them, and as people decided."""
    keys: dict[str, tuple[str, ...]] = {}
    for readings in articles:
        for reading in by_age(readings):
            borne = keys_of(without_unsaid(amend(reading, judged), judged))
            bearers = [reading.article.id, *(r.id for r in reading.referents), *(a.id for a in reading.assertions)]
            keys |= dict.fromkeys(bearers, ()) | borne
    return {node: borne for node, borne in keys.items() if node in nodes}


def _changed(nodes: Iterable[Node], orphaned: Collection[str]) -> Changed:
    ids: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        ids[node.label].add(node.id)
    referents, assertions, articles = (frozenset(ids[label]) for label in ("Referent", "Assertion", "Article"))
    return Changed(referents, assertions, articles, frozenset(orphaned))


def _count_revision(tx: Transaction) -> None:
    tx.set_setting("revision", str(int(tx.setting("revision") or 0) + 1))
