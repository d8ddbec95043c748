"""Of how much of a dossier a question is asked: with confidential articles or without, and as of when.

What leaves this machine is asked for without them, and is then derived anew, so that it is what a dossier would give
that never read them: no count, no status and no origin of a claim tells that they are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.deciding import keep
from graph.model import Node
from graph.store.memory import MemoryTransaction
from graph.store.transaction import Transaction
from graph.verify import all_articles
from graph.writing import Versions, exchange
from ingest.model import Reading


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a dossier is looked at. `until` of a list is a filter of its rows, no scope: it changes no status."""

    with_confidential: bool = True  # on this machine; what leaves it leaves without them
    as_of: str | None = None  # ISO date or moment, inclusive: versions published up to it, else first retrieved by it


HERE = Scope()
LEAVING = Scope(with_confidential=False)


def scoped(tx: Transaction, scope: Scope) -> Transaction:
    """The graph of a scope: the stored one where nothing is left out, else one derived anew in memory."""
    if scope.as_of is None and (scope.with_confidential or not tx.tallies().get("confidential")):
        return tx
    graph = MemoryTransaction()
    keep(graph, _decisions(tx, scope))
    for articles in all_articles(tx):
        exchange(graph, _restricted(tx, articles, scope))
    return graph


def count_undated(tx: Transaction) -> int:
    """Articles that no as-of holds: neither when they were published nor when they were fetched is known."""
    return sum(
        not any(_known_at(reading) for reading in versions.values())
        for articles in all_articles(tx)
        for versions in articles.values()
    )


def _restricted(tx: Transaction, articles: dict[str, Versions], scope: Scope) -> dict[str, Versions]:
    nodes = tx.nodes(articles)
    open_ones = {i for i, node in nodes.items() if scope.with_confidential or not node.properties.get("confidential")}
    kept = {
        article: {version: reading for version, reading in versions.items() if _is_known(reading, scope.as_of)}
        for article, versions in articles.items()
        if article in open_ones
    }
    return {article: versions for article, versions in kept.items() if versions}


def _is_known(reading: Reading, as_of: str | None) -> bool:
    """Whether a version was out by then; of a day's name the whole day counts."""
    at = _known_at(reading)
    return as_of is None or (bool(at) and at[: len(as_of)] <= as_of)


def _known_at(reading: Reading) -> str:
    return reading.article.published_at or reading.article.retrieved_at or ""


def _decisions(tx: Transaction, scope: Scope) -> Iterator[Node]:
    """Decisions that say nothing of what is left out: neither of it nor of a decision on it."""
    hidden = set() if scope.with_confidential else _recorded_in_confidential(tx)
    decisions = list(tx.nodes_of("Decision"))
    told = {node.id: _objects(node) for node in decisions}
    while gone := {i for i, objects in told.items() if objects & hidden}:
        hidden |= gone
        told = {i: objects for i, objects in told.items() if i not in gone}
    return (node for node in decisions if node.id in told)


def _objects(decision: Node) -> set[str]:
    """What a decision names: its objects, a referent that it gives to an assertion, the decision that it undoes."""
    named = decision.properties.get("objects", ())
    others = [value for name in ("before", "after", "reverts") if (value := decision.properties.get(name))]
    return {str(i) for i in (*(named if isinstance(named, tuple) else ()), *others)}


def _recorded_in_confidential(tx: Transaction) -> set[str]:
    """Ids of everything recorded in articles that are confidential."""
    articles = {node.id for node in tx.nodes_of("Article") if node.properties.get("confidential")}
    versions = {edge.start for edge in tx.edges(["VERSION_OF"], ends=articles)}
    found = {edge.start for edge in tx.edges(["FOUND_IN"], ends=versions)}
    return articles | versions | found
