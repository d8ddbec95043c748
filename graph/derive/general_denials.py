"""General denials ("any wrongdoing") beside what others claim against their makers: shown, and marking nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from graph.derive.keys import ends
from graph.derive.matching import is_weak
from graph.derive.status import GENERAL, GENERAL_DENIAL
from graph.derive.stored_entities import exchange_edges, listed
from graph.model import Edge, Node, Value
from graph.store.transaction import Transaction


def refresh_general_denials(tx: Transaction, claims: Collection[str], assertions: Collection[str]) -> None:
    """Show each general denial beside the claims that others make against its maker."""
    general = {i: made for i, found in tx.keys(assertions).items() if (made := ends(found, "all:"))}
    makers = tx.with_keys({f"is:{name}" for names in general.values() for name in names})
    about = {e.start for e in tx.edges(["ABOUT"], ends={i for them in makers.values() for i in them})}
    nodes = tx.nodes({*claims, *about})
    stored = [*tx.edges(["MARKED_BY"], starts=nodes), *tx.edges(["MARKED_BY"], ends=assertions)]
    exchange_edges(tx, [e for e in stored if e.key == GENERAL], _general_denials(tx, nodes.values()))


def _general_denials(tx: Transaction, claims: Iterable[Node]) -> Iterator[Edge]:
    against = {claim.id: listed(claim, "against") for claim in claims}
    entities = {i for them in against.values() for i in them}
    names = {i: ends(found, "is:") for i, found in tx.keys(entities).items()}
    bearers = tx.with_keys({f"all:{name}" for found in names.values() for name in found})
    speakers = _speakers(tx, {i for them in bearers.values() for i in them})
    by = {i: str(node.properties["name"]) for i, node in tx.nodes(entities).items()}
    makers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim, entity in ((claim, entity) for claim, them in against.items() for entity in them):
        for i in (i for name in names.get(entity, ()) for i in bearers.get(f"all:{name}", ())):
            if not is_weak(names[entity][0]) or entity in speakers[i]:
                makers[claim, i].add(by[entity])
    for (claim, i), them in makers.items():
        told: dict[str, Value] = {"mark": GENERAL, "rule": GENERAL_DENIAL, "by": tuple(sorted(them))}
        yield Edge("MARKED_BY", claim, i, GENERAL, told)


def _speakers(tx: Transaction, assertions: Collection[str]) -> dict[str, set[str]]:
    spoke = tx.edges(["ATTRIBUTED_TO"], starts=assertions)
    entity_of = {e.start: e.end for e in tx.edges(["RESOLVES_TO"], starts={e.end for e in spoke})}
    speakers: dict[str, set[str]] = {i: set() for i in assertions}
    for e in spoke:
        speakers[e.start].add(entity_of[e.end])
    return speakers
