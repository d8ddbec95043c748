"""Claims in the store: those that a change touches are clustered and judged again, with those linked to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import get_args

from graph.derive.candidates import CROWD
from graph.derive.claim_records import claim_edges, claim_node, link_edge
from graph.derive.claims import Draft, Namesake, cluster_claims, link_of, relate_claims, to_claim, to_draft
from graph.derive.contents import Content
from graph.derive.decisions import load_judged
from graph.derive.entities import to_bearer
from graph.derive.keys import beside_of, ends
from graph.derive.opposition import oppose
from graph.derive.parted import find_parted, with_parted
from graph.derive.regroup import regroup, relink
from graph.derive.status import names_of
from graph.derive.stored_entities import exchange_edges, holding_keys, listed, same_as_edge
from graph.derive.surroundings import load_contents, load_surroundings
from graph.model import ClaimLink, ClaimRelation, Edge, EdgeType, Node
from graph.store.records import load_referents
from graph.store.transaction import Transaction

CLAIM_LINKS: tuple[ClaimLink, ...] = get_args(ClaimLink)
OF_CLAIM: tuple[EdgeType, ...] = ("ABOUT", "ORIGINATES_FROM", "MARKED_BY")


def refresh_claims(tx: Transaction, assertions: Collection[str], orphaned: Collection[str]) -> set[str]:
    """Derive the claims that these assertions belong to, and those that are linked to them; gives all that it wrote."""
    gone = {i for i in orphaned if i.startswith("c_")}
    held = {e.end for e in tx.edges(["EXPRESSES"], starts=assertions)}
    left = {e.start for e in tx.edges(["EXPRESSES"], ends=gone | held)}
    component, crowded = _component(tx, {*assertions, *left})
    found = load_surroundings(tx, component)
    parted = find_parted(tx, found)
    found = with_parted(found, parted)
    clusters, soft = cluster_claims(found, _namesakes(tx, found.keys.values(), parted), crowded)
    judged = load_judged(tx, component)
    clusters = regroup(clusters, judged)
    soft = list(relink(clusters, soft, judged))
    drafts = {d.id: d for d in (to_draft(found, members) for members in clusters)}
    before = gone | {e.end for e in tx.edges(["EXPRESSES"], starts=component)}
    linked = _linked(tx, before)
    stale = before - drafts.keys()
    near = _neighbours(tx, drafts, stale, linked, crowded)
    rim = _neighbours(tx, near, stale | drafts.keys(), set(), crowded)
    _write_claims(tx, drafts | near, drafts | near | rim, stale, crowded)
    links = {e.identity: e for e in tx.edges(["SAME_AS"], starts=component)}
    links |= {e.identity: e for e in tx.edges(["SAME_AS"], ends=component)}
    exchange_edges(tx, links.values(), [same_as_edge(link) for link in soft])
    return {*drafts, *near}


def _component(tx: Transaction, seeds: Collection[str]) -> tuple[dict[str, tuple[str, ...]], set[str]]:
    """The keys of all assertions that may be in one cluster with these, themselves included; and the crowded keys."""
    keys: dict[str, tuple[str, ...]] = {}
    contents: dict[str, Content] = {}
    crowded: set[str] = set()
    frontier, asked = set(seeds), set()
    while frontier:
        asked |= frontier
        fresh = {i: found for i, found in tx.keys(frontier).items() if any(k.startswith("x:") for k in found)}
        keys |= fresh
        blocks = tx.with_keys({k for found in fresh.values() for k in found if k.startswith(("k:", "c:"))})
        crowded |= _crowded(tx, blocks)
        frontier = _linked_to(tx, fresh, {k: them for k, them in blocks.items() if k not in crowded}, contents)
        frontier |= {i for found in fresh.values() for sign in "<>" for i in ends(found, f"by:ANSWERS{sign}")}
        frontier |= load_judged(tx, fresh).paired()
        frontier -= asked
    return keys, crowded


def _crowded(tx: Transaction, blocks: Mapping[str, Collection[str]]) -> set[str]:
    """Blocking keys that too many propositions bear."""
    large = {key: them for key, them in blocks.items() if len(them) > CROWD and key.startswith("c:")}
    exact = {i: ends(found, "x:")[0] for i, found in tx.keys({i for them in large.values() for i in them}).items()}
    return {key for key, them in large.items() if len({exact[i] for i in them}) > CROWD}


def _linked_to(
    tx: Transaction, fresh: Collection[str], blocks: Mapping[str, Collection[str]], contents: dict[str, Content]
) -> set[str]:
    """What is alike enough to one of the fresh ones, of those who share a key; `contents` is added to."""
    near = {*fresh, *(i for them in blocks.values() for i in them)}
    contents |= load_contents(tx, near - contents.keys())
    pairs = {(i, j) for them in blocks.values() for i in them if i in fresh for j in them if i != j}
    return {j for i, j in pairs if link_of(i, j, contents[i], contents[j])}


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
    tx: Transaction, drafts: dict[str, Draft], known: Collection[str], linked: set[str], crowded: set[str]
) -> dict[str, Draft]:
    """Drafts of the claims that stand beside these in an article, or give another number, or were linked to them."""
    keys = [key for draft in drafts.values() for found in draft.keys.values() for key in found]
    partners = {i for them in tx.with_keys({k for k in keys if k.startswith("f:")}).values() for i in them}
    partners |= {partner for key in keys if (partner := beside_of(key))}
    partners |= _turned(tx, drafts, crowded)
    claims = linked | {e.end for e in tx.edges(["EXPRESSES"], starts=partners)}
    return _load_drafts(tx, claims - drafts.keys() - set(known))


def _turned(tx: Transaction, drafts: Mapping[str, Draft], crowded: set[str]) -> set[str]:
    """Assertions that say that some of these are not so, or of which these say so; adds to the crowded keys."""
    contents = {i: content for draft in drafts.values() for i, content in draft.contents.items()}
    bearers: dict[str, set[str]] = defaultdict(set)
    for i, found in ((i, found) for draft in drafts.values() for i, found in draft.keys.items()):
        for key in (*ends(found, "c:"), *ends(found, "o:")):
            bearers[key].add(i)
    turned = tx.with_keys({f"o:{key}" for key in bearers})
    shared = tx.with_keys({f"c:{key.removeprefix('o:')}" for key, them in turned.items() if them})
    crowded |= {key for key, them in shared.items() if len(them) > CROWD}
    pairs: set[tuple[str, str]] = set()
    for key, them in ((key, them) for key, them in shared.items() if key not in crowded):
        against = turned[f"o:{key.removeprefix('c:')}"]
        own = bearers[key.removeprefix("c:")]
        pairs |= {(i, j) for i in against for j in them if i != j and (i in own or j in own)}
    contents |= load_contents(tx, {i for pair in pairs for i in pair} - contents.keys())
    return {i for a, b in pairs if oppose(contents[a], contents[b]) for i in (a, b)}


def _load_drafts(tx: Transaction, claims: Collection[str]) -> dict[str, Draft]:
    members: dict[str, list[str]] = defaultdict(list)
    for e in tx.edges(["EXPRESSES"], ends=claims):
        members[e.end].append(e.start)
    found = load_surroundings(tx, [i for them in members.values() for i in them])
    return {claim: to_draft(found, them) for claim, them in members.items()}


def _write_claims(
    tx: Transaction,
    wanted: dict[str, Draft],
    known: dict[str, Draft],
    stale: Collection[str],
    crowded: Collection[str],
) -> None:
    """Put claims with all that hangs on them in the place of what is stored of them; `known`: their neighbours too."""
    relations: dict[str, list[ClaimRelation]] = defaultdict(list)
    for relation in relate_claims(known.values(), crowded):
        for end in (relation.start, relation.end):
            relations[end].append(relation)
    names = {v.assertion.id: names_of(v) for draft in known.values() for v in draft.voices}
    claims = {i: to_claim(draft, relations[i]) for i, draft in wanted.items()}
    nodes = {i: claim_node(claim, wanted[i]) for i, claim in claims.items()}
    edges = [edge for i, claim in claims.items() for edge in claim_edges(claim, wanted[i], names)]
    edges += [link_edge(relation) for i in claims for relation in relations[i]]
    stored = tx.nodes({*claims, *stale})
    before = _edges_of(tx, stored)
    tx.delete(sorted(stale))
    fresh = [node for i, node in nodes.items() if stored.get(i) != node]
    tx.put(fresh, [], {node.id: holding_keys(node) for node in fresh})
    exchange_edges(tx, before, edges)


def _edges_of(tx: Transaction, claims: Mapping[str, Node]) -> list[Edge]:
    """Every edge that is derived with these claims."""
    edges = [*tx.edges(["EXPRESSES", *CLAIM_LINKS], ends=claims), *tx.edges([*OF_CLAIM, *CLAIM_LINKS], starts=claims)]
    for i, node in claims.items():
        for subject, thing in (pair.split() for pair in listed(node, "relations")):
            edges.append(Edge("RELATION", subject, thing, i))
    return edges
