"""Recorded → derived, the whole of it: entities, copies, claims, their links, and general denials beside them.

What is derived is a pure function of what is recorded, whatever the order of reading. `refresh` finds, by join keys,
the part that a change can touch, derives it from all that is recorded of it, and writes what differs. On a store where
everything is new it derives everything, which is how `verify` holds the two against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import get_args

from graph.claims import Draft, claim_edges, claim_node, cluster_claims, link_edge, relate_claims, to_claim, to_draft
from graph.copies import Copy, find_copy, publication_order
from graph.keys import beside_of, ends
from graph.matching import is_weak
from graph.model import ClaimLink, ClaimRelation, Edge, EdgeType, Node, Value
from graph.records import load_articles
from graph.resolving import holding_keys, listed, refresh_entities, same_as_edge
from graph.status import names_of
from graph.transaction import Changed, Transaction
from graph.voices import load_surroundings
from ingest.model import Article

CLAIM_LINKS: tuple[ClaimLink, ...] = get_args(ClaimLink)
OF_CLAIM: tuple[EdgeType, ...] = ("ABOUT", "ORIGINATES_FROM", "MARKED_BY")
GENERAL = "general_denial"
FEWEST_KEYS = 4  # runs of words that two articles must share before their texts are compared
GENERAL_DENIAL = "A denial of nothing in particular by one whom the claim is about: shown, and marks nothing."


def refresh(tx: Transaction, changed: Changed) -> None:
    """Bring the derived layer up to date after a change of the recorded one, inside the same transaction."""
    referents = refresh_entities(tx, changed)
    articles = refresh_copies(tx, changed)
    assertions = _assertions_to_read(tx, changed, referents, articles)
    claims = refresh_claims(tx, assertions, changed.orphaned)
    refresh_general_denials(tx, claims, assertions)


# ── copies ───────────────────────────────────────────────────────────────────────────────────────────────────────


def refresh_copies(tx: Transaction, changed: Changed) -> set[str]:
    """Link each copy to the earlier article that it has most from; gives articles whose link is another."""
    ids = {*changed.articles, *(i for i in changed.orphaned if not i.startswith(("e_", "c_")))}
    later = _those_sharing(tx, _runs(tx, ids))
    # A new article may be the original of one that was there: that one is compared anew with all that it shares with.
    asked = _runs(tx, ids.union(*later.values()))
    sharing = _those_sharing(tx, asked)
    texts = load_articles(tx, {i for one, them in sharing.items() if them for i in (one, *them)})
    wanted = {c.start: copy_edge(c) for i, them in sharing.items() if (c := _closest(i, them, texts))}
    stored = {e.start: e for e in tx.edges(["REUSES_TEXT_OF"], starts=asked)}
    moved = {i for i in asked if i in changed.orphaned or wanted.get(i) != stored.get(i)}
    tx.delete_edges([e for i, e in stored.items() if i in moved])
    tx.put([], [wanted[i] for i in sorted(moved & wanted.keys())], {})
    return moved


def _runs(tx: Transaction, articles: Collection[str]) -> dict[str, list[str]]:
    keys = tx.keys(articles)
    return {i: ends(keys.get(i, ()), "t:") for i in articles}


def _those_sharing(tx: Transaction, keys: dict[str, list[str]]) -> dict[str, set[str]]:
    """For each article, the others that bear enough of its keys to be worth comparing."""
    bearers = tx.with_keys({f"t:{key}" for found in keys.values() for key in found})
    sharing: dict[str, set[str]] = {}
    for i, found in keys.items():
        shared: dict[str, int] = defaultdict(int)
        for other in (other for key in found for other in bearers[f"t:{key}"] if other != i):
            shared[other] += 1
        sharing[i] = {other for other, count in shared.items() if count >= FEWEST_KEYS}
    return sharing


def _closest(i: str, others: Iterable[str], texts: dict[str, Article]) -> Copy | None:
    """The earlier article that this one has most from; of equals, the earliest."""
    when = {a: publication_order(a, texts[a].published_at) for a in (i, *others)} if i in texts else {}
    found = [find_copy(texts[i], texts[o]) for o in others if o in when and when[o] < when[i]]
    return min((c for c in found if c), key=lambda c: (-c.score, when[c.end]), default=None)


def _with_copies(tx: Transaction, articles: set[str]) -> set[str]:
    """These articles, and the copies of them, and the copies of those."""
    found, frontier = set(articles), set(articles)
    while frontier:
        frontier = {e.start for e in tx.edges(["REUSES_TEXT_OF"], ends=frontier)} - found
        found |= frontier
    return found


def copy_edge(copy: Copy) -> Edge:
    """A REUSES_TEXT_OF edge as it is stored; spans are in the later article."""
    flat = tuple(n for span in copy.spans for n in (span.start, span.end))
    return Edge("REUSES_TEXT_OF", copy.start, copy.end, "", {"score": copy.score, "spans": flat})


# ── claims ───────────────────────────────────────────────────────────────────────────────────────────────────────


def refresh_claims(tx: Transaction, assertions: Collection[str], orphaned: Collection[str]) -> set[str]:
    """Derive the claims that these assertions belong to, and those that are linked to them; gives all that it wrote."""
    gone = {i for i in orphaned if i.startswith("c_")}
    left = {e.start for e in tx.edges(["EXPRESSES"], ends=gone)}
    component = _component(tx, {*assertions, *left})
    found = load_surroundings(tx, component)
    clusters, soft = cluster_claims(found, _entities_of_weak(tx, component.values()))
    drafts = {d.id: d for d in (to_draft(found, members) for members in clusters)}
    before = gone | {e.end for e in tx.edges(["EXPRESSES"], starts=component)}
    linked = _linked(tx, before)
    stale = before - drafts.keys()
    near = _neighbours(tx, drafts, stale, linked)
    rim = _neighbours(tx, near, stale | drafts.keys(), set())
    _write_claims(tx, drafts | near, drafts | near | rim, stale)
    _exchange_edges(tx, tx.edges(["SAME_AS"], starts=component), [same_as_edge(link) for link in soft])
    return {*drafts, *near}


def _assertions_to_read(tx: Transaction, changed: Changed, referents: set[str], articles: set[str]) -> set[str]:
    """The assertions whose claims a change may touch: its own, and what names or stands in what became another."""
    moved = referents - changed.referents
    keys = tx.with_keys({f"{prefix}:{r}" for r in moved for prefix in ("of", "who")})
    moved |= {i for key, them in keys.items() if key.startswith("of:") for i in them}
    mentioning = {i for key, them in keys.items() if key.startswith("who:") for i in them}
    naming = {e.start for e in tx.edges(["ATTRIBUTED_TO", "RELAYED_BY", "ABOUT"], ends=moved)}
    naming |= {i for found in tx.keys(naming).values() for i in ends(found, "by:CONTINUES<")}
    published = {e.start for e in tx.edges(["PUBLISHED_BY", "CREDITS"], ends=moved)}
    # A copy is heard as its original: what the original became, its copies became.
    heard = _with_copies(tx, articles | published | changed.articles)
    versions = {e.start for e in tx.edges(["VERSION_OF"], ends=heard - changed.articles)}
    inside = {e.start for e in tx.edges(["FOUND_IN"], ends=versions)}
    return {*changed.assertions, *mentioning, *naming, *inside}


def _component(tx: Transaction, seeds: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The keys of all assertions that may be in one cluster with these, themselves included."""
    keys: dict[str, tuple[str, ...]] = {}
    frontier, asked = set(seeds), set()
    while frontier:
        asked |= frontier
        fresh = {i: found for i, found in tx.keys(frontier).items() if any(k.startswith("x:") for k in found)}
        keys |= fresh
        cores = {key for found in fresh.values() for key in found if key.startswith("k:")}
        frontier = {i for them in tx.with_keys(cores).values() for i in them}
        frontier |= {i for found in fresh.values() for sign in "<>" for i in ends(found, f"by:ANSWERS{sign}")}
        frontier -= asked
    return keys


def _entities_of_weak(tx: Transaction, keys: Iterable[Iterable[str]]) -> dict[str, str]:
    weak = {r for found in keys for r in ends(found, "who:")}
    return {e.start: e.end for e in tx.edges(["RESOLVES_TO"], starts=weak)}


def _linked(tx: Transaction, claims: Collection[str]) -> set[str]:
    edges = [*tx.edges(CLAIM_LINKS, starts=claims), *tx.edges(CLAIM_LINKS, ends=claims)]
    return {i for e in edges for i in (e.start, e.end)}


def _neighbours(
    tx: Transaction, drafts: dict[str, Draft], known: Collection[str], linked: set[str]
) -> dict[str, Draft]:
    """Drafts of the claims that stand beside these in an article, or give another number, or were linked to them."""
    keys = [key for draft in drafts.values() for found in draft.keys.values() for key in found]
    partners = {i for them in tx.with_keys({k for k in keys if k.startswith("f:")}).values() for i in them}
    partners |= {partner for key in keys if (partner := beside_of(key))}
    claims = linked | {e.end for e in tx.edges(["EXPRESSES"], starts=partners)}
    return _load_drafts(tx, claims - drafts.keys() - set(known))


def _load_drafts(tx: Transaction, claims: Collection[str]) -> dict[str, Draft]:
    members: dict[str, list[str]] = defaultdict(list)
    for e in tx.edges(["EXPRESSES"], ends=claims):
        members[e.end].append(e.start)
    found = load_surroundings(tx, [i for them in members.values() for i in them])
    return {claim: to_draft(found, them) for claim, them in members.items()}


def _write_claims(tx: Transaction, wanted: dict[str, Draft], known: dict[str, Draft], stale: Collection[str]) -> None:
    """Put claims with all that hangs on them in the place of what is stored of them; `known`: their neighbours too."""
    relations: dict[str, list[ClaimRelation]] = defaultdict(list)
    for relation in relate_claims(known.values()):
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
    _exchange_edges(tx, before, edges)


def _edges_of(tx: Transaction, claims: Mapping[str, Node]) -> list[Edge]:
    """Every edge that is derived with these claims, but for general denials."""
    edges = [*tx.edges(["EXPRESSES", *CLAIM_LINKS], ends=claims), *tx.edges([*OF_CLAIM, *CLAIM_LINKS], starts=claims)]
    for i, node in claims.items():
        for subject, thing in (pair.split() for pair in listed(node, "relations")):
            edges.append(Edge("RELATION", subject, thing, i))
    return [e for e in edges if e.key != GENERAL]


def _exchange_edges(tx: Transaction, old: Iterable[Edge], new: Iterable[Edge]) -> None:
    before, after = {e.identity: e for e in old}, {e.identity: e for e in new}
    tx.delete_edges([e for i, e in before.items() if i not in after])
    tx.put([], [e for i, e in sorted(after.items()) if before.get(i) != e], {})


# ── general denials ──────────────────────────────────────────────────────────────────────────────────────────────


def refresh_general_denials(tx: Transaction, claims: Collection[str], assertions: Collection[str]) -> None:
    """Show each general denial beside the claims that others make against its maker."""
    general = {i: made for i, found in tx.keys(assertions).items() if (made := ends(found, "all:"))}
    makers = tx.with_keys({f"is:{name}" for names in general.values() for name in names})
    about = {e.start for e in tx.edges(["ABOUT"], ends={i for them in makers.values() for i in them})}
    nodes = tx.nodes({*claims, *about})
    stored = [*tx.edges(["MARKED_BY"], starts=nodes), *tx.edges(["MARKED_BY"], ends=assertions)]
    _exchange_edges(tx, [e for e in stored if e.key == GENERAL], _general_denials(tx, nodes.values()))


def _general_denials(tx: Transaction, claims: Iterable[Node]) -> Iterator[Edge]:
    against = {claim.id: listed(claim, "against") for claim in claims}
    entities = {i for them in against.values() for i in them}
    names = {i: ends(found, "is:") for i, found in tx.keys(entities).items()}
    bearers = tx.with_keys({f"all:{name}" for found in names.values() for name in found})
    speakers = _speakers(tx, {i for them in bearers.values() for i in them})
    by = {i: str(node.properties["name"]) for i, node in tx.nodes(entities).items()}
    makers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim, entity in ((claim, entity) for claim, them in against.items() for entity in them):
        for i in (i for name in names.get(entity, ()) for i in bearers.get(f"all:{name}", ())):
            if not is_weak(names[entity][0]) or entity in speakers[i]:
                makers[claim, i].add(by[entity])
    for (claim, i), them in makers.items():
        told: dict[str, Value] = {"mark": GENERAL, "rule": GENERAL_DENIAL, "by": tuple(sorted(them))}
        yield Edge("MARKED_BY", claim, i, GENERAL, told)


def _speakers(tx: Transaction, assertions: Collection[str]) -> dict[str, set[str]]:
    spoke = tx.edges(["ATTRIBUTED_TO"], starts=assertions)
    entity_of = {e.start: e.end for e in tx.edges(["RESOLVES_TO"], starts={e.end for e in spoke})}
    speakers: dict[str, set[str]] = {i: set() for i in assertions}
    for e in spoke:
        speakers[e.start].add(entity_of[e.end])
    return speakers
