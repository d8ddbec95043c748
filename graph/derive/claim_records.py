"""Claims as nodes and edges: what a list, a filter or a trace asks for, as properties. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.derive.claims import Draft
from graph.derive.keys import ends
from graph.derive.tellings import Tally, count, exact_of
from graph.derive.voices import Voice
from graph.model import Claim, ClaimRelation, Edge, Node, Value, cluster_node_id
from ingest.model import RELATIONS, SUPPORTING, Assertion


def claim_node(claim: Claim, draft: Draft, tally: Tally) -> Node:
    """The Claim as it is stored: what lists and filters ask for, as properties."""
    status, voices = claim.status, draft.voices
    low, high = status.unnamed_range
    fields: dict[str, Value] = {
        "wording": claim.wording,
        "sourcing": status.sourcing,
        "rule": status.rule,
        "marks": tuple(sorted({m.kind for m in status.marks})),
        "origins": len(status.origins),
        "origin_names": tuple(o.name for o in status.origins),
        "origins_low": status.origins_range[0],
        "origins_high": status.origins_range[1],
        "opponents": status.opponents,
        "unnamed_low": low,
        "unnamed_high": high,
        "routes": status.routes,
        "possible_routes": status.possible_routes,
        "source_types": tuple(sorted({v.assertion.source_type for v in voices})),
        "about": claim.about,
        "speakers": tuple(sorted({w.entity for v in voices for w in (*v.people, *v.bodies)})),
        "outlets": tuple(sorted(tally.outlets)),
        "carried_by": "several_outlets" if len(tally.outlets) > 1 else "one_outlet",
        "relations": tuple(sorted({f"{e.start} {e.end}" for e in relation_edges(claim, draft)})),
        **_counted(tally),
    }
    return Node("Claim", claim.id, {name: value for name, value in fields.items() if value != ()})


def _counted(tally: Tally) -> dict[str, Value]:
    dates = {"first_at": tally.first_at, "last_at": tally.last_at}
    told: dict[str, Value] = {name: date for name, date in dates.items() if date}
    return {"assertions": tally.assertions, "articles": tally.articles, **told}


def expressing(draft: Draft, claim: str) -> list[Edge]:
    """An edge to the claim from each of these tellings of it."""
    return [Edge("EXPRESSES", v.assertion.id, claim, "", {"stance": v.stance}) for v in draft.voices]


@dataclass(frozen=True, slots=True)
class Proposition:
    """What some tellings of a claim say in exactly the same way, as it is stored."""

    node: Node
    claim: str
    members: tuple[str, ...]  # those that were looked at
    keys: tuple[str, ...]


def propositions_of(
    looked_at: Draft, draft: Draft, known: Collection[str], stored: Mapping[str, Node]
) -> Iterator[Proposition]:
    """The propositions of a claim; `stored`: by content, those that grow; `known`: tellings that they hold already."""
    said: dict[str, list[Voice]] = defaultdict(list)
    for v in looked_at.voices:
        said[said_by(v.assertion.id, looked_at)].append(v)
    standing = {v.assertion.id for v in draft.voices}
    for exact, voices in said.items():
        members = tuple(sorted(v.assertion.id for v in voices))
        voiced = [i for i in members if i in standing]
        keys = {f"p{key}" for i in voiced for key in draft.keys[i] if key.startswith(("k:", "c:", "o:"))}
        keys |= {f"p{key}" for i in voiced for key in draft.keys[i] if key.startswith("f:") and draft.figure}
        node = Node("Proposition", cluster_node_id("Proposition", members[0]), _counted(count(voices)))
        if exact in stored:
            added = count([v for v in voices if v.assertion.id not in known])
            node = replace(stored[exact], properties=_counted(_tally_of(stored[exact]).with_others(added)))
        yield Proposition(
            node, draft.id, members, tuple(sorted({f"px:{exact}", *keys, *(f"voice:{i}" for i in voiced)}))
        )


def _tally_of(proposition: Node) -> Tally:
    f: Mapping[str, Any] = proposition.properties
    return Tally(f["assertions"], f["articles"], f.get("first_at"), f.get("last_at"))


def said_by(i: str, draft: Draft) -> str:
    """What a telling says; a denial without words of its own says what it answers."""
    answered = [b for b in ends(draft.keys.get(i, ()), "by:ANSWERS>") if b in draft.keys]
    return exact_of(draft.keys[answered[0] if answered else i])


def is_against(claim: Claim, voices: Iterable[Voice]) -> set[str]:
    """Whom it is about that others say it of: a general denial of theirs is shown beside it."""
    supporters = [v.stands_for for v in voices if v.supports]
    return {e for e in claim.about if any(e not in stands_for for stands_for in supporters)} if supporters else set()


def claim_edges(claim: Claim, draft: Draft, names: Mapping[str, tuple[str, ...]]) -> list[Edge]:
    """Everything that leaves a claim or leads to it, but for its links to other claims.

    `names`: who speaks in each assertion that may mark it.
    """
    status = claim.status
    against = is_against(claim, draft.voices)
    edges = [Edge("ABOUT", claim.id, e, "", {"against": True} if e in against else {}) for e in claim.about]
    for o in (*status.origins, *status.unnamed):
        told: dict[str, Value] = {"kind": o.kind, "name": o.name, "party": o.party, "assertions": o.assertions}
        told |= {"count": o.count} if o.kind == "unnamed" else {}
        edges += [Edge("ORIGINATES_FROM", claim.id, o.entity, o.kind, told)] if o.entity else []
    for mark in status.marks:
        for i in mark.assertions:
            by = names.get(i, mark.by)
            edges.append(Edge("MARKED_BY", claim.id, i, mark.kind, {"mark": mark.kind, "rule": mark.rule, "by": by}))
    return edges + relation_edges(claim, draft)


def relation_edges(claim: Claim, draft: Draft) -> list[Edge]:
    """Entity to entity, through a claim that states it: not one that is only denied, negated, asked or supposed."""
    found: dict[tuple[str, str, str, str], Edge] = {}
    for v in draft.voices:
        a = v.assertion
        states = v.supports and a.stance in SUPPORTING and a.polarity == "positive" and a.certainty != "possible"
        ends_of = (v.subject, v.object)
        named = a.relation in RELATIONS and ends_of[0] and ends_of[1] and ends_of[0] != ends_of[1]
        if states and named and a.modality == "is":
            properties: dict[str, Value] = {"name": str(a.relation), "claim": claim.id, **told_of(a)}
            edge = Edge("RELATION", str(ends_of[0]), str(ends_of[1]), claim.id, properties)
            found.setdefault(edge.identity, edge)
    return list(found.values())


def told_of(a: Assertion) -> dict[str, Value]:
    """How sure a relation is said to be and when it holds; nothing where the words do not say."""
    sure = () if a.certainty == "unstated" else (a.certainty,)
    told = (*sure, *(f"{time.relation} {time.start} to {time.end}" for time in a.when))
    return {"told": told} if told else {}


def link_edge(relation: ClaimRelation) -> Edge:
    """A link between claims as it is stored."""
    told: dict[str, Value] = {
        "reason": relation.reason, "method": relation.method, "assertions": relation.assertions
    }  # fmt: skip
    return Edge(relation.kind, relation.start, relation.end, "", told)
