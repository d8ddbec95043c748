"""Referents → entities: lexicon names and full names of bodies join by key, people only on evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.clusters import Link, cluster, link_between
from graph.keys import ends
from graph.matching import is_weak
from graph.model import Edge, Entity, Node, SameAs, Value, cluster_node_id
from graph.records import load_referents
from graph.transaction import Changed, Transaction
from ingest.model import Kind, Referent

SCORES = {"2": 0.95, "1": 0.9, "0": 0.8}  # by what two people of one name share: a job, a title, the company they keep
ENTITY_LISTS = ("about", "against", "speakers", "outlets", "relations")  # properties of claims that hold entity ids
# One outlet's vote is enough: what publishes is an outlet, whatever other articles take its name for.
FIRST: tuple[Kind, ...] = ("outlet",)
METHOD = "same_name@1"
SUGGESTED = "The same name, and nothing else that tells whether they are one."


@dataclass(frozen=True, slots=True)
class Block:
    """All entities of one name key and what was found between their referents."""

    entities: tuple[Entity, ...]
    links: tuple[SameAs, ...]


def derive_block(name: str, referents: Mapping[str, Referent], keys: Mapping[str, Iterable[str]]) -> Block:
    """Entities of one name key. Pure; `keys`: the join keys of each referent.

    Kinds that readers confuse (company, organization, government, outlet) share a key, and the kind is put to the vote.
    """
    if not is_weak(name):
        return Block((_to_entity(tuple(sorted(referents)), referents, keys),) if referents else (), ())
    jobs = {r: frozenset(ends(keys.get(r, ()), "job:")) for r in referents}
    clusters, taken = cluster(jobs, _evidence(jobs, keys), _different_jobs)
    matched = [SameAs(x.start, x.end, x.score, x.method, x.reason, "matched") for x in taken]
    return Block(
        tuple(_to_entity(members, referents, keys) for members in clusters),
        (*matched, *_suggest(clusters, jobs)),
    )


def merge(old: Entity, new: Entity) -> Entity:
    """Two entities of one strong name as one: what their referents together would have given."""
    votes = _votes(old) + _votes(new)
    first, second = sorted((old, new), key=lambda e: e.id)
    return Entity(
        id=first.id,
        name=max(old.name, new.name, key=_best_name),
        kind=_elected(votes),
        aliases=tuple(sorted({*old.aliases, *new.aliases})),
        members=(*first.members, *second.members),
        votes=_written(votes),
        belongs_to=tuple(sorted({*old.belongs_to, *new.belongs_to})),
    )


def refresh_entities(tx: Transaction, changed: Changed) -> set[str]:
    """Write the entities that a change touches; gives the referents whose entity, or what it is called, is another."""
    keys = tx.keys(changed.referents)
    owners = tx.keys([i for i in changed.orphaned if i.startswith("e_")])
    fresh: dict[str, set[str]] = {name: set() for found in owners.values() for name in ends(found, "is:")}
    for referent, found in keys.items():
        for name in ends(found, "n:"):
            fresh.setdefault(name, set()).add(referent)
    touched: set[str] = set()
    before = _owners(tx, fresh)
    resolved = {e.start for e in tx.edges(["RESOLVES_TO"], starts=changed.referents)}
    for name, added in sorted(fresh.items()):
        old = before[name]
        whole = is_weak(name) or len(old) != 1 or bool(added & resolved) or any(e.id in changed.orphaned for e in old)
        touched |= _refresh_whole(tx, name, old) if whole else _refresh_grown(tx, name, old[0], added)
    return touched


def _refresh_whole(tx: Transaction, name: str, old: list[Entity]) -> set[str]:
    """Derive a name's entities from all its referents."""
    ids = tx.with_keys([f"n:{name}"]).get(f"n:{name}", [])
    block = derive_block(name, load_referents(tx, ids), tx.keys(ids))
    linked = {e.identity: e for e in tx.edges(["SAME_AS"], starts=ids)} if is_weak(name) else {}
    links = {e.identity: e for e in map(same_as_edge, block.links)}
    tx.delete_edges([e for i, e in linked.items() if i not in links])
    touched = _write(tx, name, old, block.entities)
    tx.put([], [e for i, e in links.items() if linked.get(i) != e], {})
    return touched


def _refresh_grown(tx: Transaction, name: str, old: Entity, added: Collection[str]) -> set[str]:
    """Join new referents to an entity without reading its other ones, however many they are."""
    grown = merge(old, derive_block(name, load_referents(tx, added), tx.keys(added)).entities[0])
    if _shown(grown)[1:] != _shown(old)[1:]:
        return _refresh_whole(tx, name, [old])
    tx.put([_to_node(grown)], [Edge("RESOLVES_TO", r, grown.id) for r in sorted(added)], {grown.id: [f"is:{name}"]})
    if grown.id != old.id:
        rename_entity(tx, old.id, grown.id)
    return set(added)


def rename_entity(tx: Transaction, old: str, new: str) -> None:
    """Put an entity's new id in the place of its old one, in claims too: nothing else about them is another.

    An entity's id is that of its smallest member, so one in n articles that name it changes it.
    """

    def renamed(words: str) -> str:
        return " ".join(new if word == old else word for word in words.split(" "))

    edges = [*tx.edges(["RESOLVES_TO", "ABOUT", "ORIGINATES_FROM", "RELATION"], ends=[old])]
    edges += tx.edges(["RELATION"], starts=[old])
    claims = tx.nodes(tx.with_keys([f"has:{old}"]).get(f"has:{old}", []))
    nodes = [replace(claim, properties=_with_lists(claim, renamed)) for claim in claims.values()]
    tx.put(
        nodes,
        [replace(e, start=renamed(e.start), end=renamed(e.end)) for e in edges],
        {node.id: holding_keys(node) for node in nodes},
    )
    tx.delete([old])


def holding_keys(claim: Node) -> tuple[str, ...]:
    """The keys by which a claim is found from the entities that its lists hold."""
    held = {word for name in ENTITY_LISTS for pair in listed(claim, name) for word in pair.split(" ")}
    return tuple(sorted(f"has:{entity}" for entity in held))


def _with_lists(claim: Node, renamed: Callable[[str], str]) -> dict[str, Value]:
    lists = {name: tuple(sorted(map(renamed, listed(claim, name)))) for name in ENTITY_LISTS}
    return {**claim.properties, **{name: found for name, found in lists.items() if found}}


def listed(node: Node, name: str) -> tuple[str, ...]:
    """A property that is a list of texts; empty where there is none."""
    value = node.properties.get(name, ())
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _write(tx: Transaction, name: str, old: Iterable[Entity], new: Iterable[Entity]) -> set[str]:
    nodes = {e.id: e for e in new}
    known = {e.id: e for e in old}
    resolved = {e.start: e.end for e in tx.edges(["RESOLVES_TO"], ends=known)}
    wanted = {member: e.id for e in nodes.values() for member in e.members}
    moved = {m for m, owner in wanted.items() if resolved.get(m) != owner}
    renamed = {i for i, e in nodes.items() if i in known and _shown(e) != _shown(known[i])}
    tx.delete_edges([Edge("RESOLVES_TO", m, owner) for m, owner in resolved.items() if wanted.get(m) != owner])
    tx.delete(sorted(known.keys() - nodes.keys()))
    tx.put(
        [_to_node(e) for e in nodes.values()],
        [Edge("RESOLVES_TO", m, wanted[m]) for m in sorted(moved)],
        {i: [f"is:{name}"] for i in nodes},
    )
    return moved | {m for i in renamed for m in nodes[i].members}


def _owners(tx: Transaction, names: Collection[str]) -> dict[str, list[Entity]]:
    bearers = tx.with_keys([f"is:{name}" for name in names])
    nodes = tx.nodes({i for found in bearers.values() for i in found})
    return {name: [_from_node(nodes[i]) for i in bearers.get(f"is:{name}", ())] for name in names}


def _shown(e: Entity) -> tuple[str, str, Kind, tuple[str, ...]]:
    """What of an entity stands in claims, or decides what they are."""
    return (e.id, e.name, e.kind, e.belongs_to)


def _to_entity(
    members: tuple[str, ...], referents: Mapping[str, Referent], keys: Mapping[str, Iterable[str]]
) -> Entity:
    them = [referents[m] for m in members]
    votes = Counter(r.kind for r in them)
    return Entity(
        id=cluster_node_id("Entity", members[0]),
        name=max((r.name for r in them), key=_best_name),
        kind=_elected(votes),
        aliases=tuple(sorted({alias for r in them for alias in (r.name, *r.aliases)})),
        members=members,
        votes=_written(votes),
        belongs_to=tuple(sorted({owner for m in members for owner in ends(keys.get(m, ()), "for:")})),
    )


def _best_name(name: str) -> tuple[bool, bool, int, str]:
    """Sorts the name to show last: spelled in both cases, without an article, the longest."""
    return (not name.isupper(), not name.casefold().startswith("the "), len(name), name)


def _elected(votes: Counter[Kind]) -> Kind:
    decided = [kind for kind in FIRST if votes[kind]]
    return decided[0] if decided else min(votes, key=lambda kind: (-votes[kind], kind))


def _written(votes: Counter[Kind]) -> tuple[str, ...]:
    return tuple(f"{kind} {count}" for kind, count in sorted(votes.items()))


def _votes(entity: Entity) -> Counter[Kind]:
    found: Counter[Kind] = Counter()
    for vote in entity.votes:
        kind, _, count = vote.partition(" ")
        found[kind] += int(count)  # type: ignore[index]
    return found


def _evidence(jobs: Mapping[str, frozenset[str]], keys: Mapping[str, Iterable[str]]) -> Iterable[Link]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for referent in sorted(jobs):
        for told in ends(keys.get(referent, ()), "ev:"):
            bearers[told].append(referent)
    for told, them in bearers.items():
        stated = {jobs[r] for r in them}
        if any(_different_jobs(a, b) for a in stated for b in stated):
            continue  # what two people of one name both share tells neither from the other
        reason = f"The same name, and both articles tell of {told[2:]}."
        yield from (link_between(a, b, SCORES[told[0]], METHOD, reason) for a, b in pairwise(them))


def _different_jobs(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and not a & b


def _suggest(clusters: Collection[tuple[str, ...]], jobs: Mapping[str, frozenset[str]]) -> Iterable[SameAs]:
    """One link between neighbours among clusters of one name, unless their jobs tell them apart; never chained."""
    for one, other in pairwise(clusters):
        if not any(_different_jobs(jobs[a], jobs[b]) for a in one for b in other):
            yield SameAs(min(one[0], other[0]), max(one[0], other[0]), 0.5, METHOD, SUGGESTED, "suggested")


def same_as_edge(link: SameAs) -> Edge:
    """A SAME_AS edge as it is stored."""
    told: dict[str, Value] = {
        "score": link.score, "method": link.method, "reason": link.reason, "state": link.state
    }  # fmt: skip
    return Edge("SAME_AS", link.start, link.end, "", told)


def _to_node(e: Entity) -> Node:
    told: dict[str, Value] = {"name": e.name, "kind": e.kind, "aliases": e.aliases, "votes": e.votes}
    return Node("Entity", e.id, told | ({"belongs_to": e.belongs_to} if e.belongs_to else {}))


def _from_node(node: Node) -> Entity:
    """Without its members, which stay where they are."""
    f = node.properties
    votes, owners = f["votes"], f.get("belongs_to", ())
    return Entity(node.id, f["name"], f["kind"], f["aliases"], (), votes, owners)  # type: ignore[arg-type]
