"""One function per question that a reporter asks; each takes a Transaction and gives rows of `graph.ask.answers`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, cast

from graph.ask.answers import (
    ArticlePage,
    ArticleRow,
    AssertionRow,
    ClaimRow,
    Coverage,
    EntityPage,
    EntityRow,
    GraphNode,
    Hit,
    Marked,
    MarkRow,
    Namesake,
    Neighbourhood,
    OriginRow,
    Page,
    PathStep,
    RelatedClaim,
    RelationRow,
    Stats,
    Trace,
)
from graph.ask.network import Step, least_paths, surroundings
from graph.ask.rows import (
    article_row,
    article_rows,
    assertion_row,
    claim_rows,
    entity_rows,
    in_time,
    print_assertions,
)
from graph.ask.wording import first_words, status_words
from graph.errors import NotFound
from graph.model import Edge, Node, cluster_node_id
from graph.store.records import load_referents
from graph.store.tallies import UNDISPUTED, of_kind
from graph.store.transaction import CLAIM_LINKS, ClaimFilter, Transaction
from ingest.model import Span, Stance, fold

LIKE_AN_ID = re.compile(r"(e_)?[0-9a-f]{20}")
MEMBERS_READ = 300  # referents of one entity that its roles and namesakes are told from


def what_was_read(tx: Transaction) -> Coverage:
    """Of which articles and outlets, and to when, does this dossier speak?"""
    tallies = tx.tallies()
    return Coverage(
        articles=tallies.get("Article", 0),
        outlets=len(of_kind(tallies, "outlet")),
        until=tx.latest(),
        not_read=tallies.get("not_read", 0),
    )


def list_claims(tx: Transaction, which: ClaimFilter, *, after: str | None = None, limit: int | None = 50) -> Page:
    """Which claims are sourced, which are disputed, and who says so?"""
    ids = tx.claims(which, after=after, limit=None if limit is None else limit + 1)
    shown = ids[:limit]
    rows = claim_rows(tx, shown)
    return Page(tuple(rows[i] for i in shown), shown[-1] if len(ids) > len(shown) and shown else None)


def trace_claim(tx: Transaction, claim: str, *, limit: int | None = None) -> Trace:
    """Who says so, how do they know, who repeated whom, who disputes it? Any member's id opens it. Raises NotFound.

    `limit`: of those for it, those against it and those who are neither, each.
    """
    tx = tx.around("Claim", claim, limit=limit)
    node = _get_cluster(tx, claim, "Claim")
    told = tx.told(node.id, limit=limit)
    expressed = [i for listed in told.values() for i in listed.ids]
    marked = tx.edges(["MARKED_BY"], starts=[node.id])
    accused = {e.end for e in tx.edges(["ABOUT"], starts=[node.id]) if e.properties.get("against")}
    general = list(dict.fromkeys(e.start for e in tx.edges(["DENIES_IN_GENERAL"], ends=accused)))[:limit]
    origins = [_origin_row(edge) for edge in tx.edges(["ORIGINATES_FROM"], starts=[node.id])]
    linked = [*tx.edges(CLAIM_LINKS, starts=[node.id]), *tx.edges(CLAIM_LINKS, ends=[node.id])][:limit]
    near = tx.gather(claims={node.id, *_ends(linked)}, assertions=[*expressed, *general])
    printed = print_assertions(near, [*expressed, *general])
    articles = {printed[i].article.id for i in expressed if i in printed}
    return Trace(
        claim=claim_rows(near, [node.id])[node.id],
        coverage=what_was_read(tx),
        origins=tuple(o for o in origins if o.kind != "unnamed"),
        unnamed=tuple(o for o in origins if o.kind == "unnamed"),
        routes=_texts(node, "routes"),
        possible_routes=_texts(node, "possible_routes"),
        marks=_mark_rows(marked),
        assertions=tuple(assertion_row(p) for i, p in _by_date(printed) if i not in general),
        general_denials=tuple(assertion_row(p) for i, p in _by_date(printed) if i in general),
        related=_related_claims(near, node.id, linked),
        copies=_copies(near, articles),
        told={side: listed.total for side, listed in told.items()},
    )


def find_entities(tx: Transaction, name: str) -> tuple[EntityRow, ...]:
    """Who or what is called this? An id, a name or an alias; several where the name is shared."""
    rows = entity_rows(tx, tx.called([fold(name)]).get(fold(name), ())).values()
    if not rows and LIKE_AN_ID.fullmatch(name):
        with suppress(NotFound):
            return tuple(entity_rows(tx, [_get_cluster(tx, name, "Entity").id]).values())
    known = [row for row in rows if fold(name) == fold(row.name)] or list(rows)
    return tuple(sorted(known, key=lambda row: (-row.articles, row.id)))


def get_entity(tx: Transaction, entity: str, *, limit: int | None = None) -> EntityPage:
    """What does it say, and what is said about it? By id, any member's. Raises NotFound.

    `limit`: of what it says, of what is said about it, and so on, each; the latest.
    """
    tx = tx.around("Entity", entity, limit=limit)
    node = _get_cluster(tx, entity, "Entity")
    members = tx.members(node.id, limit=MEMBERS_READ)
    said, of_it = (tx.said(node.id, kind, limit=limit) for kind in ("ATTRIBUTED_TO", "AFFILIATED_WITH"))
    about = tx.claims_about(node.id, limit=limit)
    relations = _relations(tx, node.id)
    shown = relations[:limit]
    alike = _alike(tx, node.id, members.ids)
    near = tx.gather(
        claims={*about.ids, *(str(edge.properties["claim"]) for edge in shown)},
        assertions={*said.ids, *of_it.ids},
        entities={node.id, *_ends(shown), *alike},
    )
    return EntityPage(
        entity=entity_rows(near, [node.id])[node.id],
        coverage=what_was_read(tx),
        roles=tuple(sorted({role for r in load_referents(tx, members.ids).values() for role in r.roles})),
        says=_in_order(near, said.ids),
        says_in_all=said.total,
        unnamed_of_it=_in_order(near, of_it.ids),
        unnamed_in_all=of_it.total,
        about=tuple(claim_rows(near, about.ids).values()),
        relations=_relation_rows(near, shown),
        relations_in_all=len(relations),
        namesakes=_namesakes(near, alike),
    )


def _in_order(tx: Transaction, ids: Sequence[str]) -> tuple[AssertionRow, ...]:
    printed = print_assertions(tx, ids)
    return tuple(assertion_row(printed[i]) for i in ids if i in printed)


def get_article(tx: Transaction, article: str) -> ArticlePage:
    """What does this article say, in whose words? Any version's id opens that version. Raises NotFound."""
    tx = tx.around("Article", article)
    found = tx.nodes([article]).get(article)
    if found is not None and found.label == "ArticleVersion":
        version, article = found, str(found.properties["article"])
    elif found is not None and found.label == "Article":
        version = tx.nodes([str(found.properties["version"])])[str(found.properties["version"])]
    else:
        raise NotFound(f"no article {article!r} was read: `onrecord search` finds articles by their words")
    f: Mapping[str, Any] = version.properties
    node = tx.nodes([article])[article]
    versions = tx.nodes([edge.start for edge in tx.edges(["VERSION_OF"], ends=[article])])
    twins = _ends(_reuses(tx, [article])) - {article}
    inside = [edge.start for edge in tx.edges(["FOUND_IN"], ends=[version.id])]
    claim_of = {edge.start: edge.end for edge in tx.edges(["EXPRESSES"], starts=inside)}
    placed = _entities_in(tx, inside)
    said = [i for i, found_in in tx.nodes(inside).items() if found_in.label == "Assertion"]
    near = tx.gather(
        claims=set(claim_of.values()),
        assertions=said,
        entities={entity for _, entity in placed},
        articles=twins,
    )
    return ArticlePage(
        article=article_row(node, version),
        coverage=what_was_read(tx),
        text=f["text"],
        pages=f.get("pages", ()),
        pages_not_read=f.get("pages_not_read", ()),
        versions=tuple(article_row(node, v) for _, v in sorted(versions.items())),
        assertions=_marked_in(near, version.id, claim_of, said),
        mentions=_mentions_in(near, placed),
        shares_text_with=tuple(row for _, row in sorted(article_rows(near, twins).items())),
        credits=f.get("credits", ()),
    )


def list_articles(tx: Transaction, *, after: str | None = None, limit: int | None = None) -> tuple[ArticleRow, ...]:
    """Which articles were read? Latest first, unknown dates last; `after`: the id of the last on the page before."""
    ids = tx.articles(after=after, limit=limit)
    rows = article_rows(tx, ids)
    return tuple(rows[i] for i in ids)


def search(tx: Transaction, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
    """Where do these words stand? Claims, then entities, then articles, each in the order of their titles."""
    found: dict[str, list[str]] = defaultdict(list)
    for hit in tx.search(words, limit=limit):
        found[hit.label].append(hit.id)
    tx = tx.gather(claims=found["Claim"], entities=found["Entity"], articles=found["Article"])
    hits = [
        *(Hit("Claim", c.id, c.wording, _claim_note(c)) for c in claim_rows(tx, found["Claim"]).values()),
        *(Hit("Entity", e.id, e.name, _entity_note(e)) for e in entity_rows(tx, found["Entity"]).values()),
        *(Hit("Article", a.id, a.title or a.id, _article_note(a)) for a in article_rows(tx, found["Article"]).values()),
    ]
    order = ("Claim", "Entity", "Article")
    return tuple(sorted(hits, key=lambda hit: (order.index(hit.label), fold(hit.title), hit.id)))


def find_path(tx: Transaction, start: str, end: str) -> tuple[PathStep, ...]:
    """How are these two connected? The least path; () where none."""
    return next(iter(find_paths(tx, start, end, most=1)), ())


def find_paths(tx: Transaction, start: str, end: str, *, most: int = 3) -> tuple[tuple[PathStep, ...], ...]:
    """How are these two connected, through claims about both or what one says of the other? The least, best first."""
    first, last = _get_cluster(tx, start, "Entity").id, _get_cluster(tx, end, "Entity").id
    paths = least_paths(tx, first, last, most)
    entities = entity_rows(tx, {i for path in paths for step in path for i in (step.start, step.end)})
    claims = claim_rows(tx, {step.claim for path in paths for step in path})

    def to_row(step: Step) -> PathStep:
        stance = cast("Stance | None", step.stance or None)
        return PathStep(entities[step.start], entities[step.end], claims[step.claim], step.speaker or None, stance)

    return tuple(tuple(to_row(step) for step in path) for path in paths)


def articles_of_both(tx: Transaction, one: str, other: str, *, limit: int = 10) -> tuple[ArticleRow, ...]:
    """Which articles name both? Latest first."""
    clusters = [_get_cluster(tx, given, "Entity").id for given in (one, other)]
    ids = tx.naming_both(*clusters, limit=limit)
    rows = article_rows(tx, ids)
    return tuple(rows[i] for i in ids)


def neighbourhood(tx: Transaction, centres: tuple[str, ...], *, limit: int = 300) -> Neighbourhood:
    """What stands round these claims and entities? Unknown ids are left out."""
    ids, edges, left_out = surroundings(tx, centres, limit)
    tx = tx.gather(claims=ids, entities=ids)
    claims, entities = claim_rows(tx, ids), entity_rows(tx, ids)
    nodes = [
        *(GraphNode(c.id, "Claim", c.sourcing, c.wording, _claim_note(c)) for c in claims.values()),
        *(GraphNode(e.id, "Entity", e.kind, e.name, _entity_note(e)) for e in entities.values()),
    ]
    known = {node.id for node in nodes}
    kept = [edge for edge in edges if edge.start in known and edge.end in known]
    return Neighbourhood(tuple(sorted(nodes, key=lambda n: ids.index(n.id))), tuple(kept), left_out)


def get_stats(tx: Transaction) -> Stats:
    """How much of everything is there?"""
    tallies = tx.tallies()
    disputes = of_kind(tallies, "mark")
    undisputed = disputes.pop(UNDISPUTED, 0)
    return Stats(
        coverage=what_was_read(tx),
        counts=tx.counts(),
        sourcing=of_kind(tallies, "sourcing"),
        disputes=dict(sorted({**disputes, **({"no dispute found": undisputed} if undisputed else {})}.items())),
        source_types=of_kind(tallies, "source_type"),
        notices=of_kind(tallies, "notice"),
    )


# ── pieces of answers ────────────────────────────────────────────────────────────────────────────────────────────


def _get_cluster(tx: Transaction, given: str, label: str) -> Node:
    """The entity or claim of this id, or of the member with this id."""
    node = tx.nodes([given]).get(given)
    if node is not None and node.label in ("Referent", "Assertion"):
        kind: Any = "RESOLVES_TO" if node.label == "Referent" else "EXPRESSES"
        owners = [edge.end for edge in tx.edges([kind], starts=[given])]
        node = tx.nodes(owners).get(owners[0]) if owners else None
    if node is None:
        node = tx.nodes([cluster_node_id(label, given)]).get(cluster_node_id(label, given))  # type: ignore[arg-type]
    if node is None or node.label != label:
        raise NotFound(f"no {label.lower()} {given!r} in this store: `onrecord search` finds ids")
    return node


def _texts(node: Node, name: str) -> tuple[str, ...]:
    value = node.properties.get(name, ())
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _by_date(printed: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(printed.items(), key=lambda item: in_time(item[1]))


def _latest_first(claim: ClaimRow) -> tuple[int, str, str]:
    return (-int((claim.first_at or "0")[:10].replace("-", "") or 0), claim.first_at or "", claim.id)


def _newest_first(article: ArticleRow) -> tuple[int, str]:
    """By date and time, unknown ones last, then by id."""
    digits = "".join(filter(str.isdecimal, article.published_at or ""))
    return (-int(digits or 0), article.id)


def _origin_row(edge: Edge) -> OriginRow:
    f: Mapping[str, Any] = edge.properties
    kind = f.get("kind", "body")
    return OriginRow(
        name=f["name"],
        kind=kind,
        entity=None if kind == "unnamed" else edge.end,
        party=f.get("party", False),
        assertions=tuple(f.get("assertions", ())),
    )


def _mark_rows(marked: Iterable[Edge]) -> tuple[MarkRow, ...]:
    """MARKED_BY edges, one an assertion, gathered by mark and rule."""
    gathered: dict[tuple[Any, Any], list[Edge]] = defaultdict(list)
    for edge in marked:
        gathered[edge.properties["mark"], edge.properties["rule"]].append(edge)
    rows = []
    for (mark, rule), edges in sorted(gathered.items()):
        by = dict.fromkeys(name for edge in edges for name in _names(edge, "by"))
        rows.append(MarkRow(mark, tuple(by), rule, tuple(edge.end for edge in edges)))
    return tuple(rows)


def _names(edge: Edge, name: str) -> tuple[str, ...]:
    value = edge.properties.get(name, ())
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def _ends(edges: Iterable[Edge]) -> set[str]:
    return {end for edge in edges for end in (edge.start, edge.end)}


def _related_claims(tx: Transaction, claim: str, edges: Collection[Edge]) -> tuple[RelatedClaim, ...]:
    rows = claim_rows(tx, _ends(edges) - {claim})
    return tuple(
        RelatedClaim(edge.type, edge.start == claim, str(edge.properties.get("reason", "")), rows[other])  # type: ignore[arg-type]
        for edge in edges
        if (other := edge.end if edge.start == claim else edge.start) in rows
    )


def _reuses(tx: Transaction, articles: Collection[str]) -> list[Edge]:
    found = {edge.identity: edge for edge in tx.edges(["REUSES_TEXT_OF"], starts=articles)}
    found |= {edge.identity: edge for edge in tx.edges(["REUSES_TEXT_OF"], ends=articles)}
    return [edge for _, edge in sorted(found.items())]


def _copies(tx: Transaction, articles: Collection[str]) -> tuple[tuple[ArticleRow, ArticleRow], ...]:
    edges = [e for e in _reuses(tx, articles) if e.start in articles and e.end in articles]
    rows = article_rows(tx, {end for edge in edges for end in (edge.start, edge.end)})
    return tuple((rows[edge.start], rows[edge.end]) for edge in edges)


def _relations(tx: Transaction, entity: str) -> list[Edge]:
    edges = [*tx.edges(["RELATION"], starts=[entity]), *tx.edges(["RELATION"], ends=[entity])]
    return [edge for _, edge in sorted({edge.identity: edge for edge in edges}.items())]


def _relation_rows(tx: Transaction, edges: Collection[Edge]) -> tuple[RelationRow, ...]:
    entities = entity_rows(tx, {end for edge in edges for end in (edge.start, edge.end)})
    claims = claim_rows(tx, {str(edge.properties["claim"]) for edge in edges})
    return tuple(
        RelationRow(entities[e.start], str(e.properties["name"]), entities[e.end], claims[str(e.properties["claim"])])
        for e in edges
    )


def _alike(tx: Transaction, entity: str, members: Collection[str]) -> dict[str, Edge]:
    """Entities that a link between referents says may be this one, each with the link that says it best."""
    edges = [*tx.edges(["SAME_AS"], starts=members), *tx.edges(["SAME_AS"], ends=members)]
    resolved = {e.start: e.end for e in tx.edges(["RESOLVES_TO"], starts=_ends(edges))}
    best: dict[str, Edge] = {}
    for edge in edges:
        other = next((resolved[i] for i in (edge.start, edge.end) if resolved.get(i, entity) != entity), None)
        if other and (other not in best or _score(edge) > _score(best[other])):
            best[other] = edge
    return best


def _namesakes(tx: Transaction, best: Mapping[str, Edge]) -> tuple[Namesake, ...]:
    rows = entity_rows(tx, best)
    return tuple(
        Namesake(rows[i], str(e.properties.get("reason", "")), _score(e), str(e.properties["state"]))  # type: ignore[arg-type]
        for i, e in sorted(best.items(), key=lambda item: (-_score(item[1]), item[0]))
    )


def _score(edge: Edge) -> float:
    score = edge.properties.get("score", 0.0)
    return float(score) if isinstance(score, int | float) else 0.0


def _marked_in(tx: Transaction, version: str, claim_of: Mapping[str, str], said: Collection[str]) -> tuple[Marked, ...]:
    """The assertions of a version in the order of its text, each with its claim."""
    printed = [p for p in print_assertions(tx, said).values() if p.version.id == version]
    claims = claim_rows(tx, set(claim_of.values()))
    in_text = sorted(printed, key=lambda p: (p.assertion.content[0], p.assertion.id))
    return tuple(Marked(assertion_row(p), claims.get(claim_of.get(p.assertion.id, ""))) for p in in_text)


def _entities_in(tx: Transaction, inside: Collection[str]) -> list[tuple[Span, str]]:
    """Which entity stands at each place of a version."""
    referent_of = {edge.start: edge.end for edge in tx.edges(["REFERS_TO"], starts=inside)}
    entity_of = {e.start: e.end for e in tx.edges(["RESOLVES_TO"], starts=set(referent_of.values()))}
    placed = []
    for mention, node in tx.nodes(referent_of).items():
        f: Mapping[str, Any] = node.properties
        if entity := entity_of.get(referent_of[mention]):
            placed.append((Span(f["start_char"], f["end_char"]), entity))
    return placed


def _mentions_in(tx: Transaction, placed: Collection[tuple[Span, str]]) -> tuple[tuple[Span, EntityRow], ...]:
    rows = entity_rows(tx, {entity for _, entity in placed})
    return tuple((span, rows[entity]) for span, entity in sorted(placed) if entity in rows)


def _claim_note(claim: ClaimRow) -> str:
    sample = " · invented sample" if claim.invented else ""
    return f"{first_words(claim)} · {status_words(claim)}{sample}"


def _entity_note(entity: EntityRow) -> str:
    return f"{entity.kind.replace('_', ' ')}, in {entity.articles} article{'' if entity.articles == 1 else 's'}"


def _article_note(article: ArticleRow) -> str:
    parts = (article.outlet or "outlet unknown", (article.published_at or "date unknown")[:10], article.notice)
    return ", ".join(part for part in parts if part)
