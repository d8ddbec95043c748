"""Referents → entities: lexicon names and full names of bodies join by key, people only on evidence. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from graph.derive.clusters import Link, cluster, link_between
from graph.derive.keys import ends
from graph.derive.matching import is_weak
from graph.model import Entity, SameAs, cluster_node_id
from ingest.model import Kind, Referent

SCORES = {"2": 0.95, "1": 0.9, "0": 0.8}  # by what two people of one name share: a job, a title, the company they keep
# One outlet's vote is enough: what publishes is an outlet, whatever other articles take its name for.
FIRST: tuple[Kind, ...] = ("outlet",)
METHOD = "same_name@1"
SUGGESTED = "The same name, and nothing else that tells whether they are one."


@dataclass(frozen=True, slots=True)
class Job:
    """What one article says that a person does now."""

    employers: frozenset[str]  # name keys
    roles: frozenset[str]  # "lawyer"


@dataclass(frozen=True, slots=True)
class Block:
    """All entities of one name key and what was found between their referents."""

    entities: tuple[Entity, ...]
    links: tuple[SameAs, ...]


def derive_block(name: str, referents: Mapping[str, Referent], keys: Mapping[str, Iterable[str]]) -> Block:
    """Entities of one name key. Pure; `keys`: the join keys of each referent.

    Kinds that readers confuse (company, organization, government, outlet) share a key, and the kind is put to the vote.
    """
    borne = {r: tuple(keys.get(r, ())) for r in referents}
    if not is_weak(name):
        return Block((_to_entity(tuple(sorted(referents)), referents, keys),) if referents else (), ())
    jobs = {r: Job(frozenset(ends(found, "job:")), frozenset(ends(found, "role:"))) for r, found in borne.items()}
    clusters, taken = cluster(jobs, _evidence(jobs, keys), _are_two)
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


def _evidence(jobs: Mapping[str, Job], keys: Mapping[str, Iterable[str]]) -> Iterable[Link]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for referent in sorted(jobs):
        for told in ends(keys.get(referent, ()), "ev:"):
            bearers[told].append(referent)
    for told, them in bearers.items():
        stated = {jobs[r] for r in them}
        if any(_are_two(a, b) for a in stated for b in stated):
            continue  # what two people of one name both share tells neither from the other
        reason = f"The same name, and both articles tell of {told[2:]}."
        yield from (link_between(a, b, SCORES[told[0]], METHOD, reason) for a, b in pairwise(them))


def _are_two(a: Job, b: Job) -> bool:
    """Whether what two people of one name do tells them apart: other employers, or where one has none, another work."""
    if a.employers and b.employers:
        return not a.employers & b.employers
    return bool(a.roles and b.roles) and not a.roles & b.roles


def _suggest(clusters: Collection[tuple[str, ...]], jobs: Mapping[str, Job]) -> Iterable[SameAs]:
    """One link between neighbours among clusters of one name, unless their jobs tell them apart; never chained."""
    for one, other in pairwise(clusters):
        if not any(_are_two(jobs[a], jobs[b]) for a in one for b in other):
            yield SameAs(min(one[0], other[0]), max(one[0], other[0]), 0.5, METHOD, SUGGESTED, "suggested")
