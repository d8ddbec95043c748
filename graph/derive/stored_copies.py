"""Copies in the store: articles that share runs of words are found by key and compared by their texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from graph.derive.copies import Copy, find_copy, publication_order
from graph.derive.keys import ends
from graph.model import Edge
from graph.store.records import load_articles
from graph.store.transaction import Changed, Transaction
from ingest.model import Article

FEWEST_KEYS = 4  # runs of words that two articles must share before their texts are compared


def refresh_copies(tx: Transaction, changed: Changed) -> set[str]:
    """Link each copy to the earlier article that it has most from; gives articles whose link is another."""
    ids = {*changed.articles, *(i for i in changed.orphaned if not i.startswith(("e_", "c_")))}
    later = _those_sharing(tx, _runs(tx, ids))
    # A new article may be the original of one that was there: that one is compared anew with all that it shares with.
    asked = _runs(tx, ids.union(*later.values()))
    sharing = _those_sharing(tx, asked)
    texts = load_articles(tx, {i for one, them in sharing.items() if them for i in (one, *them)})
    wanted = {c.start: copy_edge(c) for i, them in sharing.items() if (c := _closest(i, them, texts))}
    stored = {e.start: e for e in tx.edges(["REUSES_TEXT_OF"], starts=asked)}
    moved = {i for i in asked if i in changed.orphaned or wanted.get(i) != stored.get(i)}
    tx.delete_edges([e for i, e in stored.items() if i in moved])
    tx.put([], [wanted[i] for i in sorted(moved & wanted.keys())], {})
    return moved


def _runs(tx: Transaction, articles: Collection[str]) -> dict[str, list[str]]:
    keys = tx.keys(articles)
    return {i: ends(keys.get(i, ()), "t:") for i in articles}


def _those_sharing(tx: Transaction, keys: dict[str, list[str]]) -> dict[str, set[str]]:
    """For each article, the others that bear enough of its keys to be worth comparing."""
    bearers = tx.with_keys({f"t:{key}" for found in keys.values() for key in found})
    sharing: dict[str, set[str]] = {}
    for i, found in keys.items():
        shared: dict[str, int] = defaultdict(int)
        for other in (other for key in found for other in bearers[f"t:{key}"] if other != i):
            shared[other] += 1
        sharing[i] = {other for other, count in shared.items() if count >= FEWEST_KEYS}
    return sharing


def _closest(i: str, others: Iterable[str], texts: dict[str, Article]) -> Copy | None:
    """The earlier article that this one has most from; of equals, the earliest."""
    when = {a: publication_order(a, texts[a].published_at) for a in (i, *others)} if i in texts else {}
    found = [find_copy(texts[i], texts[o]) for o in others if o in when and when[o] < when[i]]
    return min((c for c in found if c), key=lambda c: (-c.score, when[c.end]), default=None)


def copy_edge(copy: Copy) -> Edge:
    """A REUSES_TEXT_OF edge as it is stored; spans are in the later article."""
    flat = tuple(n for span in copy.spans for n in (span.start, span.end))
    return Edge("REUSES_TEXT_OF", copy.start, copy.end, "", {"score": copy.score, "spans": flat})


def with_copies(tx: Transaction, articles: Collection[str]) -> set[str]:
    """These articles, and the copies of them, and the copies of those."""
    found, frontier = set(articles), set(articles)
    while frontier:
        frontier = {e.start for e in tx.edges(["REUSES_TEXT_OF"], ends=frontier)} - found
        found |= frontier
    return found
