"""Things of one name that people hold apart: what is said of them is told apart, too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from graph.derive.decisions import load_judged
from graph.derive.keys import ends
from graph.derive.names import is_weak
from graph.derive.surroundings import Surroundings, referents_of
from graph.store.transaction import Transaction


def find_parted(tx: Transaction, found: Surroundings) -> set[str]:
    """The referents whose entity a person told from another of its name."""
    if tx.setting("decisions") is None:
        return set()
    names = {i: ends(keys, "is:") for i, keys in tx.keys({w.entity for w in found.who.values()}).items()}
    bearers = tx.with_keys({f"is:{name}" for them in names.values() for name in them if not is_weak(name)})
    entities = {i for them in bearers.values() if len(them) > 1 for i in them}
    judged = load_judged(tx, found.who)
    apart = {i for what in ("different", "unsure") for pair in judged.pairs_of(what) for i in pair}
    entities |= {found.who[r].entity for r in apart if r in found.who}
    return {r for r, who in found.who.items() if who.entity in entities}


def with_parted(found: Surroundings, parted: Collection[str]) -> Surroundings:
    """With a `who:` key for each of these referents that an assertion names, as namesakes have."""
    if not parted:
        return found
    named = {i: {f"who:{r}" for r in referents_of(a) if r in parted} for i, a in found.assertions.items()}
    return replace(found, keys={i: tuple(sorted({*keys, *named.get(i, ())})) for i, keys in found.keys.items()})
