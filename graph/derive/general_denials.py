"""General denials ("any wrongdoing"): one edge to each maker. They express no claim, and mark none."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graph.derive.stored_entities import exchange_edges
from graph.model import Edge
from graph.store.records import load_assertions, load_referents
from graph.store.transaction import Transaction
from ingest.model import OPPOSING, Assertion, Referent


def refresh_general_denials(tx: Transaction, assertions: Collection[str]) -> None:
    """Lead each general denial among these to its makers; which claims it is shown beside is told when asked."""
    stored = tx.edges(["DENIES_IN_GENERAL"], starts=assertions)
    bearers = [i for i, found in tx.keys(assertions).items() if "all:" in found]
    general = {i: a for i, a in load_assertions(tx, bearers).items() if a.stance in OPPOSING}
    speakers = load_referents(tx, {s.referent for a in general.values() for s in a.sources})
    made = {i: makers(a, speakers) for i, a in general.items()}
    entity_of = {e.start: e.end for e in tx.edges(["RESOLVES_TO"], starts={r for them in made.values() for r in them})}
    edges = [Edge("DENIES_IN_GENERAL", i, entity_of[r]) for i, them in made.items() for r in them if r in entity_of]
    exchange_edges(tx, stored, edges)


def makers(a: Assertion, referents: Mapping[str, Referent]) -> set[str]:
    """Whose general denial it is: its speakers and whom they speak for; whom it is about, where nobody is named."""
    speakers = {s.referent for s in a.sources}
    spoken_for = {e for s in a.sources if s.referent in referents for e in referents[s.referent].employers}
    return speakers | spoken_for or set(a.about)
