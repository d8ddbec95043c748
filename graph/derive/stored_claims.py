"""Claims in the store: those that a change touches are clustered and judged again, with those linked to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from graph.derive.candidates import CROWD
from graph.derive.claim_records import (
    Proposition,
    claim_edges,
    claim_node,
    expressing,
    link_edge,
    propositions_of,
    said_by,
)
from graph.derive.claims import Draft, Namesake, cluster_claims, narrowed, relate_claims, to_claim, to_draft
from graph.derive.decisions import load_judged
from graph.derive.entities import to_bearer
from graph.derive.keys import beside_of, ends
from graph.derive.parted import find_parted, with_parted
from graph.derive.regroup import regroup, relink
from graph.derive.status import names_of
from graph.derive.stored_entities import exchange_edges, holding_keys, listed, same_as_edge
from graph.derive.stored_propositions import Component, find_component, find_facing, stand_ins_of, with_content
from graph.derive.surroundings import Surroundings, load_surroundings
from graph.derive.tellings import Tally, count, stand_ins
from graph.model import ClaimLink, ClaimRelation, Edge, EdgeType, Node, SameAs
from graph.store.records import load_referents
from graph.store.transaction import Transaction

CLAIM_LINKS: tuple[ClaimLink, ...] = get_args(ClaimLink)
OF_CLAIM: tuple[EdgeType, ...] = ("ABOUT", "ORIGINATES_FROM", "MARKED_BY")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A claim on its way into the store: all of its tellings that were looked at, and those that stand for all."""

    looked_at: Draft
    draft: Draft  # of those that stand for all
    tally: Tally
    grown: str | None  # the stored claim of which only stand-ins were looked at; None where all tellings were


def refresh_claims(tx: Transaction, assertions: Collection[str], orphaned: Collection[str]) -> None:
    """Derive the claims that these assertions belong to, and those that are linked to them.

    A claim that only gains tellings is derived from those and the ones that stand for its others; any other change has
    all of its tellings looked at.
    """
    held = {e.end for e in tx.edges(["EXPRESSES"], starts=assertions)}
    whole = held | {i for i in orphaned if i.startswith("c_")}
    while True:
        members = {e.start for e in tx.edges(["EXPRESSES"], ends=whole)}
        component = find_component(tx, {*assertions, *members}, whole)
        claim_of = {e.start: e.end for e in tx.edges(["EXPRESSES"], starts=component.keys)}
        clusters, soft = _cluster(tx, component, claim_of, whole)
        more = _more_to_look_at(clusters, claim_of, whole)
        if not more:
            break
        whole |= more
    _write(tx, component, {c.draft.id: c for c in clusters}, soft, claim_of, whole | set(claim_of.values()))


def _cluster(
    tx: Transaction, component: Component, claim_of: Mapping[str, str], whole: Collection[str]
) -> tuple[list[Cluster], list[SameAs]]:
    found = load_surroundings(tx, component.keys)
    parted = find_parted(tx, found)
    found = with_parted(found, parted)
    namesakes = _namesakes(tx, found.keys.values(), parted)
    clusters, soft = cluster_claims(found, namesakes, component.crowded)
    judged = load_judged(tx, component.keys)
    clusters = regroup(clusters, judged)
    names = {i: frozenset(namesakes[r] for r in ends(k, "who:") if r in namesakes) for i, k in found.keys.items()}
    told = {i: _stored_tally(node) for i, node in tx.nodes(set(claim_of.values()) - set(whole)).items()}
    return [_to_cluster(found, c, names, judged.paired(), claim_of, told) for c in clusters], list(
        relink(clusters, soft, judged)
    )


def _to_cluster(
    found: Surroundings,
    members: Sequence[str],
    people: Mapping[str, Hashable],
    kept: Collection[str],
    claim_of: Mapping[str, str],
    told: Mapping[str, Tally],
) -> Cluster:
    """`told`: tallies of the stored claims of which not all tellings are among the members."""
    looked_at = to_draft(found, members)
    standing = stand_ins(looked_at.voices, looked_at.keys, people, kept)
    draft = looked_at if len(standing) == len(members) else narrowed(looked_at, standing)
    grown = next((claim_of[i] for i in members if claim_of.get(i) in told), None)
    added = [v for v in looked_at.voices if grown is None or v.assertion.id not in claim_of]
    tally = told[grown].with_others(count(added)) if grown else count(added)
    return Cluster(looked_at, draft, tally, grown)


def _more_to_look_at(clusters: Iterable[Cluster], claim_of: Mapping[str, str], whole: Collection[str]) -> set[str]:
    """Claims that do more than gain tellings: that split or merge, turn about, or come to bear another id."""
    clusters = list(clusters)
    homes: dict[str, set[str]] = defaultdict(set)
    more: set[str] = set()
    for c in clusters:
        ids = {v.assertion.id for v in c.looked_at.voices}
        before = {claim_of[i] for i in ids if i in claim_of}
        for claim in before:
            homes[claim].add(c.draft.id)
        positive = {v.assertion.polarity == "positive" for v in c.looked_at.voices}
        was = {v.assertion.polarity == "positive" for v in c.looked_at.voices if v.assertion.id in claim_of}
        turned = (True in positive) != (True in was)
        if len(before) > 1 or (c.grown and (turned or _is_led_anew(c.looked_at, claim_of))):
            more |= before
    # A claim whose stand-ins are no more together is split.
    more |= {claim for claim, homes_of in homes.items() if len(homes_of) > 1}
    return more - set(whole)


def _is_led_anew(draft: Draft, claim_of: Collection[str]) -> bool:
    """Whether a new telling has a smaller id than those that say the same: then what bears its id is another."""
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    for v in draft.voices:
        i = v.assertion.id
        ids, exact = old if i in claim_of else new, said_by(i, draft)
        ids[exact] = min(i, ids.get(exact, i))
    return any(exact in old and i < old[exact] for exact, i in new.items())


def _namesakes(tx: Transaction, keys: Iterable[Iterable[str]], parted: Collection[str]) -> dict[str, Namesake]:
    weak = {r for found in keys for r in ends(found, "who:")}
    told, referents = tx.keys(weak), load_referents(tx, weak)
    return {
        e.start: Namesake(e.end, to_bearer(referents[e.start].name, told.get(e.start, ())), e.start in parted)
        for e in tx.edges(["RESOLVES_TO"], starts=weak)
    }


def _linked(tx: Transaction, claims: Collection[str]) -> set[str]:
    edges = [*tx.edges(CLAIM_LINKS, starts=claims), *tx.edges(CLAIM_LINKS, ends=claims)]
    return {i for e in edges for i in (e.start, e.end)}


def _neighbours(
    tx: Transaction,
    drafts: Mapping[str, Draft],
    known: Collection[str],
    linked: Collection[str],
    crowded: set[str],
) -> dict[str, Draft]:
    """Drafts of the claims that stand beside these, give another number, speak against them or were linked to them.

    `known`: claims that are not, or not so, what is stored of them; `crowded` is added to.
    """
    keys = [key for draft in drafts.values() for found in draft.keys.values() for key in found]
    partners = {partner for key in keys if (partner := beside_of(key))}
    claims = {*linked, *(e.end for e in tx.edges(["EXPRESSES"], starts=partners))}
    for others in with_content(tx, {key for key in keys if key.startswith("f:")}).values():
        others -= drafts.keys() | set(known)
        claims |= others if len(others) <= CROWD else set()  # a number that so many others stand beside says nothing
    claims |= find_facing(tx, drafts.values(), crowded, known)
    return _load_drafts(tx, claims - drafts.keys() - set(known))


def _load_drafts(tx: Transaction, claims: Collection[str]) -> dict[str, Draft]:
    """Claims as the tellings that stand for them give them."""
    standing = stand_ins_of(tx, claims)
    found = load_surroundings(tx, {i for them in standing.values() for i in them})
    return {claim: to_draft(found, sorted(them)) for claim, them in standing.items()}


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _write(
    tx: Transaction,
    component: Component,
    clusters: Mapping[str, Cluster],
    soft: Iterable[SameAs],
    claim_of: Mapping[str, str],
    before: Collection[str],
) -> None:
    """Put these claims, and what those that are linked to them become, in the place of what is stored of them."""
    drafts = {i: c.draft for i, c in clusters.items()}
    linked = _linked(tx, before)
    stale = set(before) - drafts.keys()
    crowded = set(component.crowded)
    near = _neighbours(tx, drafts, before, linked - set(before), crowded)
    rim = _neighbours(tx, near, {*before, *drafts}, (), crowded)
    wanted, known = drafts | near, drafts | near | rim
    relations: dict[str, list[ClaimRelation]] = defaultdict(list)
    for relation in relate_claims(known.values(), crowded):
        for end in (relation.start, relation.end):
            relations[end].append(relation)
    names = {v.assertion.id: names_of(v) for draft in known.values() for v in draft.voices}
    stored = tx.nodes({*wanted, *before})
    tallies = {i: clusters[i].tally if i in clusters else _stored_tally(stored[i]) for i in wanted}
    claims = {i: to_claim(draft, relations[i]) for i, draft in wanted.items()}
    nodes = {i: claim_node(claim, wanted[i], tallies[i]) for i, claim in claims.items()}
    edges = [edge for i, claim in claims.items() for edge in claim_edges(claim, wanted[i], names)]
    edges += [link_edge(relation) for i in claims for relation in relations[i]]
    edges += [edge for c in clusters.values() for edge in expressing(c.looked_at, c.draft.id)]
    old = [*_edges_of(tx, stored), *tx.edges(["EXPRESSES"], starts=component.asked)]
    told = {e.start: e.end for e in tx.edges(["TELLS"], ends=before)}
    tx.delete(sorted(stale))
    fresh = [node for i, node in nodes.items() if stored.get(i) != node]
    tx.put(fresh, [], {node.id: holding_keys(node) for node in fresh})
    exchange_edges(tx, old, edges)
    _write_propositions(tx, component, clusters, claim_of, told)
    links = {e.identity: e for e in tx.edges(["SAME_AS"], starts=component.asked)}
    links |= {e.identity: e for e in tx.edges(["SAME_AS"], ends=component.asked)}
    exchange_edges(tx, links.values(), [same_as_edge(link) for link in soft])


def _edges_of(tx: Transaction, claims: Mapping[str, Node]) -> list[Edge]:
    """Every edge that is derived with these claims, but for those of their tellings."""
    edges = [*tx.edges(CLAIM_LINKS, ends=claims), *tx.edges([*OF_CLAIM, *CLAIM_LINKS], starts=claims)]
    for i, node in claims.items():
        for subject, thing in (pair.split() for pair in listed(node, "relations")):
            edges.append(Edge("RELATION", subject, thing, i))
    return edges


def _stored_tally(claim: Node) -> Tally:
    f: Mapping[str, Any] = claim.properties
    outlets = frozenset(listed(claim, "outlets"))
    return Tally(f["assertions"], f["articles"], f.get("first_at"), f.get("last_at"), outlets)


def _write_propositions(
    tx: Transaction,
    component: Component,
    clusters: Mapping[str, Cluster],
    claim_of: Mapping[str, str],
    old: Mapping[str, str],
) -> None:
    """Put what exactly these claims' tellings say in the place of what is stored of it; `old`: proposition → claim."""
    stored, keys = tx.nodes(old), tx.keys(old)
    said_so = {(old[i], ends(keys[i], "px:")[0]): node for i, node in stored.items()}
    found: list[Proposition] = []
    for c in clusters.values():
        added_to = {exact: node for (claim, exact), node in said_so.items() if claim == c.grown}
        found += propositions_of(c.looked_at, c.draft, claim_of, added_to)
    said = tx.edges(["SAYS"], starts=component.asked)
    tx.delete(sorted(old.keys() - {p.node.id for p in found}))
    tx.put([p.node for p in found if stored.get(p.node.id) != p.node], [], {p.node.id: p.keys for p in found})
    telling = [Edge("TELLS", p.node.id, p.claim) for p in found]
    told = [Edge("TELLS", i, claim) for i, claim in old.items()]
    exchange_edges(tx, [*said, *told], [*telling, *(Edge("SAYS", i, p.node.id) for p in found for i in p.members)])
