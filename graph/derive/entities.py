"""Referents → entities: lexicon names and full names of bodies join by key, people only on evidence. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.derive.decisions import Judged
from graph.derive.keys import ends
from graph.derive.names import is_weak, read_person
from graph.derive.people import Bearer, join_people
from graph.derive.regroup import regroup, relink
from graph.derive.ties import unite_names
from graph.model import Entity, SameAs, cluster_node_id
from ingest.model import Kind, Referent

# One outlet's vote is enough: what publishes is an outlet, whatever other articles take its name for.
FIRST: tuple[Kind, ...] = ("outlet",)


@dataclass(frozen=True, slots=True)
class Block:
    """All entities of some name keys and what was found between their referents."""

    entities: tuple[Entity, ...]
    links: tuple[SameAs, ...]


def derive_block(named: Mapping[str, Mapping[str, Referent]], keys: Mapping[str, Iterable[str]]) -> Block:
    """Entities of some name keys that are derived together. Pure.

    `named`: the referents of each; `keys`: the join keys of each referent. Kinds that readers confuse (company,
    organization, government, outlet) share a name key, and the kind is put to the vote.
    """
    people = {r: referent for name, them in named.items() if is_weak(name) for r, referent in them.items()}
    bodies = {name: them for name, them in named.items() if them and not is_weak(name)}
    called = {name: {k for r in them for k in ends(keys.get(r, ()), "al:")} for name, them in bodies.items()}
    groups = unite_names(called)
    bearers = {r: to_bearer(referent.name, keys.get(r, ())) for r, referent in people.items()}
    clusters, links = join_people(bearers, {r: ends(keys.get(r, ()), "ev:") for r in people})
    clusters += [tuple(sorted(r for name in group for r in bodies[name])) for group in groups]
    referents = people | {r: referent for them in bodies.values() for r, referent in them.items()}
    return Block(tuple(_to_entity(members, referents, keys) for members in clusters), tuple(links))


def to_bearer(name: str, keys: Iterable[str]) -> Bearer:
    """A person as one article tells of them, by the join keys of the referent."""
    borne = tuple(keys)
    return Bearer(read_person(name), frozenset(ends(borne, "job:")), frozenset(ends(borne, "role:")))


def decide_block(
    block: Block, judged: Judged, referents: Mapping[str, Referent], keys: Mapping[str, Iterable[str]]
) -> Block:
    """The entities of some name keys that people joined, parted or rated, as they did."""
    clusters = regroup((e.members for e in block.entities), judged)
    links = relink(clusters, block.links, judged)
    entities = (_to_entity(members, referents, keys) for members in clusters)
    return Block(tuple(_rated(e, judged) for e in entities), tuple(links))


def _rated(e: Entity, judged: Judged) -> Entity:
    ratings = [d for d in (judged.of("reliability", member) for member in e.members) if d]
    if not ratings:
        return e
    latest = max(ratings, key=lambda d: (d.at, d.objects))
    return replace(e, reliability=latest.after, reliability_why=latest.why)


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
        known_as=tuple(sorted({*old.known_as, *new.known_as})),
    )


def _to_entity(
    members: tuple[str, ...], referents: Mapping[str, Referent], keys: Mapping[str, Iterable[str]]
) -> Entity:
    them = [referents[m] for m in members]
    borne = [key for m in members for key in keys.get(m, ())]
    votes = Counter(r.kind for r in them)
    return Entity(
        id=cluster_node_id("Entity", members[0]),
        name=max((r.name for r in them), key=_best_name),
        kind=_elected(votes),
        aliases=tuple(sorted({alias for r in them for alias in (r.name, *r.aliases)})),
        members=members,
        votes=_written(votes),
        belongs_to=tuple(sorted(set(ends(borne, "for:")))),
        known_as=tuple(sorted({*(f"is:{n}" for n in ends(borne, "n:")), *(f"as:{n}" for n in ends(borne, "al:"))})),
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
