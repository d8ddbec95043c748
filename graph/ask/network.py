"""How things hang together: the least path between two entities, and what stands round a claim or an entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import get_args

from graph.ask.answers import GraphEdge
from graph.model import ClaimLink, Edge, EdgeType
from graph.store.transaction import Transaction

CLAIM_LINKS: tuple[ClaimLink, ...] = get_args(ClaimLink)
NEVER_THROUGH = frozenset({"outlet", "place"})  # they would connect everything with everything
DRAWN: tuple[EdgeType, ...] = ("ABOUT", "ORIGINATES_FROM", *CLAIM_LINKS)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    start: str  # entity ids
    claim: str
    end: str


def least_path(tx: Transaction, start: str, end: str) -> tuple[Step, ...]:
    """The shortest chain of claims from one entity to another; of equals the one with the least ids, step by step.

    Breadth-first from the end, a level a query, then a walk from the start down the distances, so that which of
    several shortest paths is taken depends on ids alone and not on the store.
    """
    distance = {end: 0}
    levels: list[set[Step]] = []
    frontier = {end}
    while frontier and start not in distance:
        steps = {step for step in _steps_from(tx, frontier) if step.end not in distance}
        levels.append(steps)
        reached = {step.end for step in steps}
        distance |= dict.fromkeys(reached, len(levels))
        frontier = {i for i, node in tx.nodes(reached).items() if node.properties.get("kind") not in NEVER_THROUGH}
    if start not in distance or start == end:
        return ()
    path: list[Step] = []
    here = start
    for level in reversed(levels):
        found = min(Step(here, step.claim, step.start) for step in level if step.end == here)
        path.append(found)
        here = found.end
    return tuple(path)


def _steps_from(tx: Transaction, entities: Collection[str]) -> Iterable[Step]:
    """Every step from one of the entities through a claim about it to another that the claim is about."""
    arriving = tx.edges(["ABOUT"], ends=entities)
    about: dict[str, list[str]] = defaultdict(list)
    for edge in tx.edges(["ABOUT"], starts={edge.start for edge in arriving}):
        about[edge.start].append(edge.end)
    for edge in arriving:
        yield from (Step(edge.end, edge.start, other) for other in about[edge.start] if other != edge.end)


def surroundings(tx: Transaction, centres: Collection[str], limit: int) -> tuple[list[str], list[GraphEdge], int]:
    """Ids of the claims and entities round the centres (centres first), the edges among them, and how many more."""
    found: dict[str, None] = dict.fromkeys(tx.nodes(centres))
    neighbours = sorted({end for edge in _edges_at(tx, list(found)) for end in (edge.start, edge.end)} - set(found))
    kept = list(dict.fromkeys([*found, *neighbours]))[:limit]
    edges = [edge for edge in _edges_at(tx, kept) if edge.start in kept and edge.end in kept]
    return kept, edges, len(found) + len(neighbours) - len(kept)


def _edges_at(tx: Transaction, ids: Collection[str]) -> list[GraphEdge]:
    found = {edge.identity: edge for edge in tx.edges(DRAWN, starts=ids)}
    found |= {edge.identity: edge for edge in tx.edges([*DRAWN, "RELATION"], ends=ids)}
    named = (edge for _, edge in sorted(found.items()) if edge.properties.get("kind") != "unnamed")
    drawn = [_drawn(edge) for edge in named]  # an unnamed origin's edge leads to the outlet that it spoke to
    spoken = [edge for edge in _speakers(tx, {*ids, *_claims_spoken_on(tx, ids)}) if {edge.start, edge.end} & set(ids)]
    return [*drawn, *spoken]


def _drawn(edge: Edge) -> GraphEdge:
    note = str(edge.properties.get("reason") or edge.properties.get("name") or "")
    claim = str(edge.properties["claim"]) if edge.type == "RELATION" else None
    return GraphEdge("|".join(edge.identity), edge.type, edge.start, edge.end, note, claim)


def _claims_spoken_on(tx: Transaction, entities: Collection[str]) -> set[str]:
    """The claims that these entities assert, deny or speak of in any other way."""
    referents = {edge.start for edge in tx.edges(["RESOLVES_TO"], ends=entities)}
    assertions = {edge.start for edge in tx.edges(["ATTRIBUTED_TO"], ends=referents)}
    return {edge.end for edge in tx.edges(["EXPRESSES"], starts=assertions)}


def _speakers(tx: Transaction, claims: Collection[str]) -> list[GraphEdge]:
    """Who says or denies each claim, as an edge from the claim to the entity: stance in its note."""
    claim_of = {edge.start: edge.end for edge in tx.edges(["EXPRESSES"], ends=claims)}
    stances = {i: str(node.properties.get("stance", "")) for i, node in tx.nodes(list(claim_of)).items()}
    attributed = tx.edges(["ATTRIBUTED_TO"], starts=list(claim_of))
    entity_of = {edge.start: edge.end for edge in tx.edges(["RESOLVES_TO"], starts={e.end for e in attributed})}
    said = {(claim_of[e.start], entity_of[e.end], stances[e.start]) for e in attributed if e.end in entity_of}
    return [
        GraphEdge(f"ATTRIBUTED_TO|{claim}|{entity}|{stance}", "ATTRIBUTED_TO", claim, entity, stance)
        for claim, entity, stance in sorted(said)
    ]
