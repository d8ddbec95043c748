"""How things hang together: the least paths between two entities, and what stands round a claim or an entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from graph.ask.answers import GraphEdge
from graph.model import Edge, Node
from graph.store.transaction import DRAWN, Transaction

NEVER_THROUGH = frozenset({"outlet", "place"})  # they would connect everything with everything
MOST_CLAIMS = 200  # about one entity, beyond which a path through it says nothing


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

    Round an entity stand the claims at it, the latest first, and those who are in them: who says them, whom else they
    are about; of those that are best connected.
    """
    known = tx.nodes(centres)
    found = [i for i in dict.fromkeys(centres) if i in known]
    first = tx.neighbours(found, limit=limit)
    claims = [i for i in first.ids if i.startswith("c_")]
    opened = claims if any(i.startswith("e_") for i in found) else []
    others = [i for i in tx.neighbours(opened, limit=limit).ids if not i.startswith("c_")]
    drawn = list(dict.fromkeys([*found, *first.ids, *others]))
    edges = _edges_among(tx, drawn)
    second = _connected(edges, [*found, *first.ids])
    kept = dict.fromkeys([*found, *first.ids, *second][:limit])
    shown = [edge for edge in edges if edge.start in kept and edge.end in kept]
    return list(kept), shown, len(found) + first.total + len(second) - len(kept)


def _connected(edges: Iterable[GraphEdge], known: Collection[str]) -> list[str]:
    """What the edges lead to that is not known yet, what most of them lead to first."""
    degree = Counter(end for edge in edges for end in (edge.start, edge.end))
    return sorted(degree.keys() - set(known), key=lambda i: (-degree[i], i))


def _edges_among(tx: Transaction, ids: Collection[str]) -> list[GraphEdge]:
    edges = tx.edges(DRAWN, starts=ids, ends=ids)
    drawn = [_drawn(edge) for edge in edges if edge.properties.get("kind") != "unnamed"]
    return [*drawn, *(edge for edge in _speakers(tx, ids) if edge.end in ids)]


def _drawn(edge: Edge) -> GraphEdge:
    note = str(edge.properties.get("reason") or edge.properties.get("name") or "")
    claim = str(edge.properties["claim"]) if edge.type == "RELATION" else None
    return GraphEdge("|".join(edge.identity), edge.type, edge.start, edge.end, note, claim)


def _claims_spoken_on(tx: Transaction, entities: Collection[str]) -> list[str]:
    """The claims that these entities assert, deny or speak of in any other way: those of what they said last."""
    return tx.spoken_on(entities, limit=MOST_CLAIMS)


def _speakers(tx: Transaction, claims: Collection[str]) -> list[GraphEdge]:
    """Who says or denies each claim, as an edge from the claim to the entity: stance in its note."""
    return [
        GraphEdge(f"ATTRIBUTED_TO|{s.claim}|{s.entity}|{s.stance}", "ATTRIBUTED_TO", s.claim, s.entity, s.stance)
        for s in tx.speakers(claims)
    ]
