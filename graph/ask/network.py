"""How things hang together: the least paths between two entities, and what stands round a claim or an entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from graph.ask.answers import GraphEdge
from graph.model import ClaimLink, Edge, EdgeType, Node
from graph.store.transaction import Transaction

CLAIM_LINKS: tuple[ClaimLink, ...] = get_args(ClaimLink)
NEVER_THROUGH = frozenset({"outlet", "place"})  # they would connect everything with everything
MOST_CLAIMS = 200  # about one entity, beyond which a path through it says nothing
DRAWN: tuple[EdgeType, ...] = ("ABOUT", "ORIGINATES_FROM", *CLAIM_LINKS)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """From one entity to another through a claim: about both, or said by one of them about the other."""

    start: str  # entity ids
    claim: str
    end: str
    speaker: str = ""  # which of the two says it; empty: the claim is about both
    stance: str = ""  # of the speaker


Path = tuple[Step, ...]


def least_paths(tx: Transaction, start: str, end: str, most: int = 3) -> tuple[Path, ...]:
    """The shortest chains of claims from one entity to another: of equals those with more origins, then by ids.

    Breadth-first from the end, a level a query; each entity keeps the best chains from it on, so that what is given
    depends on what is stored alone and not on the order of reading or the store.
    """
    best: dict[str, list[tuple[int, Path]]] = {end: [(0, ())]}  # entity → (less the origins, chain to the end)
    frontier = {end}
    while frontier and start not in best:
        steps = [step for step in _steps_from(tx, frontier, {start, end}) if step.start not in best]
        origins = {i: _origins_of(node) for i, node in tx.nodes({step.claim for step in steps}).items()}
        reached: dict[str, list[tuple[int, Path]]] = defaultdict(list)
        for step in steps:
            for less, rest in best[step.end]:
                reached[step.start].append((less - origins.get(step.claim, 0), (step, *rest)))
        best |= {entity: sorted(set(chains))[:most] for entity, chains in reached.items()}
        kinds = {i: node.properties.get("kind") for i, node in tx.nodes(reached.keys()).items()}
        frontier = {i for i, kind in kinds.items() if kind not in NEVER_THROUGH}
    return tuple(path for _, path in best.get(start, ())) if start != end else ()


def _origins_of(claim: Node) -> int:
    origins = claim.properties.get("origins", 0)
    return origins if isinstance(origins, int) else 0


def _steps_from(tx: Transaction, entities: Collection[str], ends: Collection[str]) -> Iterator[Step]:
    """Every step that leads to one of the entities; through one that very many claims are about, none but at an end."""
    about_them = tx.edges(["ABOUT"], ends=entities)
    counted = Counter(edge.end for edge in about_them)
    crowded = {i for i, number in counted.items() if number > MOST_CLAIMS} - set(ends)
    spoken = [edge for edge in _speakers(tx, _claims_spoken_on(tx, set(entities) - crowded)) if edge.end in entities]
    arriving = [edge for edge in about_them if edge.end not in crowded]
    about: dict[str, list[str]] = defaultdict(list)
    leading = {edge.start for edge in arriving} | {speech.start for speech in spoken}
    for edge in tx.edges(["ABOUT"], starts=leading):
        about[edge.start].append(edge.end)
    for edge in arriving:
        yield from (Step(other, edge.start, edge.end) for other in about[edge.start] if other != edge.end)
    for speech in spoken:
        others = (other for other in about[speech.start] if other != speech.end)
        yield from (Step(other, speech.start, speech.end, speech.end, speech.note) for other in others)
    heard: dict[str, list[GraphEdge]] = defaultdict(list)
    for speech in _speakers(tx, {edge.start for edge in arriving}):
        heard[speech.start].append(speech)
    for edge in arriving:
        by_others = (speech for speech in heard[edge.start] if speech.end != edge.end)
        yield from (Step(s.end, edge.start, edge.end, s.end, s.note) for s in by_others)


def surroundings(tx: Transaction, centres: Collection[str], limit: int) -> tuple[list[str], list[GraphEdge], int]:
    """Ids of the claims and entities round the centres (centres first), the edges among them, and how many more.

    Round an entity stand the claims at it and those who are in them: who says them, whom else they are about. What is
    best connected comes first, then by id.
    """
    found: dict[str, None] = dict.fromkeys(tx.nodes(centres))
    first = _connected(_edges_at(tx, list(found)), found)
    claims = [i for i in first if i.startswith("c_")][:limit]
    second = _connected(_edges_at(tx, claims), {*found, *first}) if any(i.startswith("e_") for i in found) else []
    entities = [i for i in second if not i.startswith("c_")]
    kept = list(dict.fromkeys([*found, *first, *entities]))[:limit]
    edges = [edge for edge in _edges_at(tx, kept) if edge.start in kept and edge.end in kept]
    return kept, edges, len(found) + len(first) + len(entities) - len(kept)


def _connected(edges: Iterable[GraphEdge], known: Collection[str]) -> list[str]:
    """What the edges lead to that is not known yet, what most of them lead to first."""
    degree = Counter(end for edge in edges for end in (edge.start, edge.end) if end not in known)
    return sorted(degree, key=lambda i: (-degree[i], i))


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
