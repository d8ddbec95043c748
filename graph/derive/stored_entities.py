"""Entities in the store: those that a change touches are derived again, many names at a time, and written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain

from graph.derive.decisions import group_names, load_judged
from graph.derive.entities import Block, decide_block, derive_block, merge
from graph.derive.keys import ends
from graph.derive.names import is_weak
from graph.derive.ties import find_units
from graph.model import Edge, Entity, Node, SameAs, Value
from graph.store.records import load_referents
from graph.store.transaction import Changed, Transaction
from ingest.model import Kind

ENTITY_LISTS = ("about", "speakers", "outlets", "relations")  # properties of claims that hold entity ids


def refresh_entities(tx: Transaction, changed: Changed) -> set[str]:
    """Write the entities that a change touches; gives the referents whose entity, or what it is called, is another.

    New referents of a strong name join its entity without a look at its other ones, however many they are.
    """
    fresh = _names_to_refresh(tx, changed)
    called = _called_so(tx, fresh)
    decided = group_names(tx, fresh)
    before = _owners(tx, fresh)
    resolved = {e.start for e in tx.edges(["RESOLVES_TO"], starts=changed.referents)}
    grown = {
        name: before[name][0]
        for name, added in fresh.items()
        if not is_weak(name)
        and name not in decided
        and len(before[name]) == 1
        and not added & resolved
        and before[name][0].id not in changed.orphaned
        and {f"as:{short}" for short in called[name]} <= set(before[name][0].known_as)
    }
    merged = _merged(tx, grown, fresh)
    alike = {name: merged[e.id] for name, e in grown.items() if _called(merged[e.id]) == _called(e)}
    units = find_units(tx, fresh.keys() - alike.keys(), called)
    return _write_grown(tx, grown, alike) | _write_whole(tx, set(units.values()))


def _called_so(tx: Transaction, fresh: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """What else the new referents of each name are called."""
    keys = tx.keys({r for added in fresh.values() for r in added})
    return {name: {short for r in added for short in ends(keys.get(r, ()), "al:")} for name, added in fresh.items()}


def _names_to_refresh(tx: Transaction, changed: Changed) -> dict[str, set[str]]:
    """Name keys that a change touches, each with the referents that it put."""
    owners = tx.keys([i for i in changed.orphaned if i.startswith("e_")])
    fresh: dict[str, set[str]] = {name: set() for found in owners.values() for name in ends(found, "is:")}
    for referent, found in tx.keys(changed.referents).items():
        for name in ends(found, "n:"):
            fresh.setdefault(name, set()).add(referent)
    return dict(sorted(fresh.items()))


def _owners(tx: Transaction, names: Collection[str]) -> dict[str, list[Entity]]:
    bearers = tx.with_keys([f"is:{name}" for name in names])
    ids = {i for found in bearers.values() for i in found}
    nodes, keys = tx.nodes(ids), tx.keys(ids)
    return {name: [_from_node(nodes[i], keys[i]) for i in bearers.get(f"is:{name}", ())] for name in names}


# ── a name that only has more referents ──────────────────────────────────────────────────────────────────────────


def _merged(tx: Transaction, old: Mapping[str, Entity], fresh: Mapping[str, set[str]]) -> dict[str, Entity]:
    """Each entity, by its old id, with the new referents of its names."""
    added = {r for name in old for r in fresh[name]}
    referents, keys = load_referents(tx, added), tx.keys(added)
    merged = {e.id: e for e in old.values()}
    for name, entity in old.items():
        new = derive_block({name: {r: referents[r] for r in fresh[name]}}, keys)
        merged[entity.id] = merge(merged[entity.id], new.entities[0])
    return merged


def _write_grown(tx: Transaction, old: Mapping[str, Entity], new: Mapping[str, Entity]) -> set[str]:
    added = {member: e.id for e in new.values() for member in e.members}
    tx.put(
        [_to_node(e) for e in {e.id: e for e in new.values()}.values()],
        [Edge("RESOLVES_TO", member, entity) for member, entity in sorted(added.items())],
        {e.id: e.known_as for e in new.values()},
    )
    rename_entities(tx, {old[name].id: e.id for name, e in new.items() if old[name].id != e.id})
    return set(added)


def rename_entities(tx: Transaction, ids: Mapping[str, str]) -> None:
    """Put new ids of entities in the place of their old ones, in claims too: nothing else about them is another.

    An entity's id is that of its smallest member, so one in n articles that name it changes it.
    """
    if not ids:
        return
    edges = tx.edges(["RESOLVES_TO", "ABOUT", "ORIGINATES_FROM", "RELATION", "DENIES_IN_GENERAL"], ends=ids)
    edges += tx.edges(["RELATION"], starts=ids)
    holding = tx.with_keys([f"has:{old}" for old in ids])
    claims = tx.nodes({claim for found in holding.values() for claim in found})
    nodes = [replace(claim, properties=_with_new_ids(claim, ids)) for claim in claims.values()]
    tx.put(
        nodes,
        [replace(e, start=ids.get(e.start, e.start), end=ids.get(e.end, e.end)) for e in edges],
        {node.id: holding_keys(node) for node in nodes},
    )
    tx.delete(sorted(ids))


def holding_keys(claim: Node) -> tuple[str, ...]:
    """The keys by which a claim is found from the entities that its lists hold."""
    held = {word for name in ENTITY_LISTS for pair in listed(claim, name) for word in pair.split(" ")}
    return tuple(sorted(f"has:{entity}" for entity in held))


def _with_new_ids(claim: Node, ids: Mapping[str, str]) -> dict[str, Value]:
    lists = {name: listed(claim, name) for name in ENTITY_LISTS}
    renamed = {
        name: tuple(sorted(" ".join(ids.get(word, word) for word in words.split(" ")) for words in found))
        for name, found in lists.items()
        if found
    }
    return {**claim.properties, **renamed}


# ── a name whose referents are all looked at ─────────────────────────────────────────────────────────────────────


def _write_whole(tx: Transaction, units: Collection[tuple[str, ...]]) -> set[str]:
    """Derive the entities of these units of names from all their referents."""
    names = [name for unit in units for name in unit]
    bearers = tx.with_keys([f"n:{name}" for name in names])
    ids = {i for found in bearers.values() for i in found}
    referents, keys = load_referents(tx, ids), tx.keys(ids)
    decided = group_names(tx, names)
    judged = load_judged(tx, {i for name in decided for i in bearers.get(f"n:{name}", ())})
    blocks = []
    for unit in sorted(units):
        named = {name: {i: referents[i] for i in bearers.get(f"n:{name}", ())} for name in unit}
        block = derive_block(named, keys)
        blocks.append(decide_block(block, judged, referents, keys) if decided.keys() & set(unit) else block)
    exchange_edges(tx, tx.edges(["SAME_AS"], starts=ids), [same_as_edge(x) for block in blocks for x in block.links])
    old = chain.from_iterable(_owners(tx, names).values())
    return _write_blocks(tx, {e.id: e for e in old}, blocks)


def _write_blocks(tx: Transaction, old: Mapping[str, Entity], blocks: Iterable[Block]) -> set[str]:
    new = {e.id: e for block in blocks for e in block.entities}
    resolved: dict[str, set[str]] = defaultdict(set)
    for e in tx.edges(["RESOLVES_TO"], ends=old):
        resolved[e.start].add(e.end)
    wanted = {member: e.id for e in new.values() for member in e.members}
    moved = {member for member, owner in wanted.items() if resolved[member] != {owner}}
    left = [Edge("RESOLVES_TO", m, o) for m, owners in sorted(resolved.items()) for o in owners - {wanted.get(m)}]
    tx.delete_edges(left)
    tx.delete(sorted(old.keys() - new.keys()))
    tx.put(
        [_to_node(e) for e in new.values()],
        [Edge("RESOLVES_TO", member, wanted[member]) for member in sorted(moved)],
        {e.id: e.known_as for e in new.values()},
    )
    renamed = {i for i, e in new.items() if i in old and _called(e) != _called(old[i])}
    return moved | {member for i in renamed for member in new[i].members}


def _called(e: Entity) -> tuple[str, Kind, tuple[str, ...], list[str]]:
    """What of an entity stands in claims, or decides what they are, besides its id."""
    return (e.name, e.kind, e.belongs_to, ends(e.known_as, "is:"))


def same_as_edge(link: SameAs) -> Edge:
    """A SAME_AS edge as it is stored."""
    told: dict[str, Value] = {
        "score": link.score, "method": link.method, "reason": link.reason, "state": link.state
    }  # fmt: skip
    return Edge("SAME_AS", link.start, link.end, "", told)


def _to_node(e: Entity) -> Node:
    told: dict[str, Value] = {"name": e.name, "kind": e.kind, "aliases": e.aliases, "votes": e.votes}
    told |= {"belongs_to": e.belongs_to} if e.belongs_to else {}
    told |= {"reliability": e.reliability, "reliability_why": e.reliability_why or ""} if e.reliability else {}
    return Node("Entity", e.id, told)


def _from_node(node: Node, keys: tuple[str, ...]) -> Entity:
    """Without its members, which stay where they are."""
    f = node.properties
    votes, owners = f["votes"], f.get("belongs_to", ())
    return Entity(node.id, f["name"], f["kind"], f["aliases"], (), votes, owners, keys)  # type: ignore[arg-type]


def listed(node: Node, name: str) -> tuple[str, ...]:
    """A property that is a list of texts; empty where there is none."""
    value = node.properties.get(name, ())
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def exchange_edges(tx: Transaction, old: Iterable[Edge], new: Iterable[Edge]) -> None:
    """Put edges in the place of what is stored of them, and write only what differs."""
    before, after = {e.identity: e for e in old}, {e.identity: e for e in new}
    tx.delete_edges([e for i, e in before.items() if i not in after])
    tx.put([], [e for i, e in sorted(after.items()) if before.get(i) != e], {})
