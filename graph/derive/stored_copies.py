"""Copies in the store: an article is held against the earlier ones whose own words it has, by key, then by their texts.

Its own are the phrases of its sketch that its original does not have, so that a copy of a much copied story is
held against the story's root and whatever adds to it, not against all the other copies. `own:` keys tell of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graph.derive.copies import Copy, Traces, find_copy, publication_order, to_traces
from graph.derive.keys import ends
from graph.model import Edge
from graph.store.records import load_articles
from graph.store.transaction import Changed, Transaction
from ingest.model import Article

FEWEST_KEYS = 6  # phrases of their sketches that two articles share before their texts are compared


@dataclass(slots=True)
class Held:
    """Some articles, each held against the earlier ones; `owners` is brought up to date as they are."""

    owners: dict[str, set[str]]  # run → articles whose own it is
    texts: dict[str, Article]
    traces: dict[str, Traces] = field(default_factory=dict)
    copies: dict[str, Copy] = field(default_factory=dict)  # by the later article
    own: dict[str, frozenset[str]] = field(default_factory=dict)

    def traces_of(self, i: str) -> Traces:
        if i not in self.traces:
            self.traces[i] = to_traces(self.texts[i])
        return self.traces[i]


def refresh_copies(tx: Transaction, changed: Changed) -> set[str]:
    """Link each copy to the earlier article that it has most from; gives articles whose link is another."""
    ids = {*changed.articles, *(i for i in changed.orphaned if not i.startswith(("e_", "c_")))}
    asked = set(tx.nodes(ids))
    while True:
        keys = tx.keys(asked)
        held = hold(_load(tx, {i: frozenset(ends(keys.get(i, ()), "t:")) for i in asked}), keys)
        later = _those_having(tx, held, keys) - asked
        if not later:
            break
        asked |= later
    fresh = {i: _with_own(keys.get(i, ()), own) for i, own in held.own.items()}
    tx.put([], [], {i: them for i, them in fresh.items() if them != keys.get(i, ())})
    return _write_links(tx, asked, {i: copy_edge(c) for i, c in held.copies.items()}, changed.orphaned)


def hold(held: Held, keys: Mapping[str, Iterable[str]]) -> Held:
    """Hold each of the articles that bear these keys against those before it, the earliest first."""
    runs = {i: frozenset(ends(found, "t:")) for i, found in keys.items()}
    for i in sorted(runs, key=lambda i: _when(held, i)):
        shared = Counter(o for run in runs[i] for o in held.owners.get(run, ()) if _when(held, o) < _when(held, i))
        near = [o for o, count in shared.items() if count >= FEWEST_KEYS]
        found = [find_copy(held.traces_of(i), held.traces_of(o)) for o in near]
        copy = min((c for c in found if c), key=lambda c: (-c.score, _when(held, c.end)), default=None)
        if copy:
            held.copies[i] = copy
        held.own[i] = runs[i] - held.traces_of(copy.end).phrases if copy else runs[i]
        for run in held.own[i]:
            held.owners[run].add(i)
    return held


def _when(held: Held, i: str) -> tuple[str, str]:
    return publication_order(i, held.texts[i].published_at)


def _load(tx: Transaction, runs: Mapping[str, Collection[str]]) -> Held:
    """What articles with these runs are held against: all others that have one of the runs for their own."""
    bearers = tx.with_keys({f"own:{run}" for found in runs.values() for run in found})
    owners: dict[str, set[str]] = defaultdict(set)
    for key, them in bearers.items():
        owners[key.removeprefix("own:")] = set(them) - runs.keys()
    shared = Counter(o for them in owners.values() for o in them)
    near = {o for o, count in shared.items() if count >= FEWEST_KEYS}
    return Held(
        owners=defaultdict(set, {run: them & near for run, them in owners.items()}),
        texts=load_articles(tx, {*runs, *near}),
    )


def _those_having(tx: Transaction, held: Held, keys: Mapping[str, Iterable[str]]) -> set[str]:
    """Later articles that have enough of what became, or no longer is, the own of one of these."""
    found: set[str] = set()
    moved = {i: own for i, own in held.own.items() if own != frozenset(ends(keys.get(i, ()), "own:"))}
    before = {i: ends(keys.get(i, ()), "own:") for i in moved}
    bearers = tx.with_keys({f"t:{run}" for i, own in moved.items() for run in (*own, *before[i])})
    for i, own in moved.items():
        shared = Counter(o for run in {*own, *before[i]} for o in bearers.get(f"t:{run}", ()))
        found |= {o for o, count in shared.items() if count >= FEWEST_KEYS}
    return found


def _with_own(keys: Iterable[str], own: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*(key for key in keys if not key.startswith("own:")), *(f"own:{run}" for run in own)}))


def _write_links(
    tx: Transaction, asked: Collection[str], wanted: Mapping[str, Edge], orphaned: Collection[str]
) -> set[str]:
    stored = {e.start: e for e in tx.edges(["REUSES_TEXT_OF"], starts=asked)}
    moved = {i for i in asked if i in orphaned or wanted.get(i) != stored.get(i)}
    tx.delete_edges([e for i, e in stored.items() if i in moved])
    tx.put([], [wanted[i] for i in sorted(moved & wanted.keys())], {})
    return moved


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
