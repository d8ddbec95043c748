"""What an outlet carries: its articles, whom it quotes, which outlets it has things from, and which cite it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.ask.answers import ArticleRow, EntityRow
from graph.ask.rows import article_rows, entity_rows
from graph.model import EdgeType
from graph.store.transaction import Transaction

MOST_ARTICLES = 200  # the latest ones, whose assertions are looked at
Counted = tuple[tuple[EntityRow, int], ...]  # with the number of assertions, the most first


@dataclass(frozen=True, slots=True)
class OutletPage:
    """What was read of one outlet. `looked_at`: so many of its latest articles stand behind the counts."""

    articles: tuple[ArticleRow, ...]
    looked_at: int
    quotes: Counted
    has_from: Counted
    cited_by: Counted


def get_outlet(tx: Transaction, outlet: str, *, limit: int = 20) -> OutletPage:
    """Whom does this outlet quote, where does it have things from, who cites it? `outlet`: its entity's id."""
    members = {edge.start for edge in tx.edges(["RESOLVES_TO"], ends=[outlet])}
    published = tx.nodes({edge.start for edge in tx.edges(["PUBLISHED_BY"], ends=members)})
    by_date = sorted(published, key=lambda i: (str(published[i].properties.get("published_at", "")), i), reverse=True)
    rows = article_rows(tx, by_date[:MOST_ARTICLES])
    latest = [rows[i] for i in by_date[:MOST_ARTICLES]]
    inside = _assertions_in(tx, [article.id for article in latest])
    citing = {edge.start for edge in tx.edges(["RELAYED_BY", "ATTRIBUTED_TO"], ends=members)} - inside
    return OutletPage(
        articles=tuple(latest),
        looked_at=len(latest),
        quotes=_counted(tx, _reached(tx, ["ATTRIBUTED_TO"], inside), {outlet}, limit),
        has_from=_counted(tx, _reached(tx, ["RELAYED_BY"], inside), {outlet}, limit, kind="outlet"),
        cited_by=_counted(tx, _publishers(tx, citing), {outlet}, limit),
    )


def _assertions_in(tx: Transaction, articles: Collection[str]) -> set[str]:
    versions = {edge.start for edge in tx.edges(["VERSION_OF"], ends=articles)}
    return {edge.start for edge in tx.edges(["FOUND_IN"], ends=versions)}


def _reached(tx: Transaction, types: Collection[EdgeType], assertions: Collection[str]) -> list[str]:
    """The referents that these edges lead to from each assertion, each once an assertion."""
    return [end for _, end in sorted({(edge.start, edge.end) for edge in tx.edges(types, starts=assertions)})]


def _publishers(tx: Transaction, assertions: Collection[str]) -> list[str]:
    """The outlet, as a referent, that carries each assertion."""
    article_of = {i: str(node.properties["article"]) for i, node in tx.nodes(assertions).items()}
    publisher = {edge.start: edge.end for edge in tx.edges(["PUBLISHED_BY"], starts=set(article_of.values()))}
    return [publisher[article] for article in article_of.values() if article in publisher]


def _counted(
    tx: Transaction, referents: Iterable[str], without: Collection[str], limit: int, kind: str | None = None
) -> Counted:
    listed = list(referents)
    entity_of = {edge.start: edge.end for edge in tx.edges(["RESOLVES_TO"], starts=set(listed))}
    counts = Counter(entity_of[r] for r in listed if r in entity_of)
    rows = entity_rows(tx, counts.keys() - set(without))
    kept = [(row, counts[i]) for i, row in rows.items() if kind is None or row.kind == kind]
    return tuple(sorted(kept, key=lambda pair: (-pair[1], pair[0].name, pair[0].id))[:limit])
