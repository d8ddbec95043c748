"""A graph in dictionaries: what `verify` recomputes in, and the model that the two stores are held against."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from graph.errors import EndMissing, NotFound
from graph.model import Edge, EdgeType, Label, Node, Value
from graph.store.tallies import tally
from graph.store.transaction import DRAWN, SIDES, ClaimFilter, Listed, SearchHit, Spoken, Transaction
from graph.store.words import called, searchable, split_words
from ingest.model import OPPOSING, SUPPORTING

Identity = tuple[str, str, str, str]
T = TypeVar("T")
SEARCHED: tuple[Label, ...] = ("Claim", "Entity", "Article")


class MemoryTransaction:
    """`Transaction` over dictionaries."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._edges: dict[Identity, Edge] = {}
        self._out: dict[str, set[Identity]] = defaultdict(set)
        self._in: dict[str, set[Identity]] = defaultdict(set)
        self._keys: dict[str, frozenset[str]] = {}
        self._bearers: dict[str, set[str]] = defaultdict(set)
        self._settings: dict[str, str] = {}

    def copy(self) -> MemoryTransaction:
        """A second graph that is the same and changes alone."""
        other = MemoryTransaction()
        other._settings.update(self._settings)
        other.put(self._nodes.values(), self._edges.values(), self._keys)
        return other

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        return {i: self._nodes[i] for i in ids if i in self._nodes}

    def edges(
        self,
        types: Collection[EdgeType],
        *,
        starts: Collection[str] | None = None,
        ends: Collection[str] | None = None,
    ) -> list[Edge]:
        if starts is not None:
            near = {i for start in starts for i in self._out.get(start, ())}
        elif ends is not None:
            near = {i for end in ends for i in self._in.get(end, ())}
        else:
            near = set(self._edges)
        reached = None if ends is None else set(ends)
        return [self._edges[i] for i in sorted(near) if i[0] in types and (reached is None or i[2] in reached)]

    def nodes_of(self, label: Label, *, after: str = "", limit: int | None = None) -> Iterator[Node]:
        ids = sorted(i for i, node in self._nodes.items() if node.label == label and i > after)
        return iter([self._nodes[i] for i in ids[:limit]])

    def all_edges(self) -> Iterator[Edge]:
        return iter([self._edges[i] for i in sorted(self._edges)])

    def with_keys(self, keys: Collection[str]) -> dict[str, list[str]]:
        return {key: sorted(self._bearers[key]) for key in keys if self._bearers.get(key)}

    def some_with_keys(self, keys: Collection[str], limit: int) -> dict[str, list[str]]:
        return {key: them[: limit + 1] for key, them in self.with_keys(keys).items()}

    def keys(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        return {i: tuple(sorted(self._keys[i])) for i in ids if i in self._keys}

    def counts(self) -> dict[str, int]:
        return dict(Counter([n.label for n in self._nodes.values()]) + Counter([e.type for e in self._edges.values()]))

    def claims(self, which: ClaimFilter, *, after: str | None = None, limit: int | None = None) -> list[str]:
        found = [node for node in self._nodes.values() if node.label == "Claim" and _passes(node, which)]
        found.sort(key=lambda node: node.id)
        found.sort(key=_first_at, reverse=True)
        if after is not None:
            found = self._those_after(found, after)
        return [node.id for node in found[:limit]]

    def _those_after(self, found: list[Node], after: str) -> list[Node]:
        if after not in self._nodes:
            raise NotFound(f"no claim {after} to go on from")
        last = self._nodes[after]
        return [
            node for node in found
            if _first_at(node) < _first_at(last) or (_first_at(node) == _first_at(last) and node.id > last.id)
        ]  # fmt: skip

    def tallies(self) -> dict[str, int]:
        edges: Counter[str] = Counter(edge.type for edge in self._edges.values())
        return {**tally(self._nodes.values()), **edges}

    def articles(self, *, after: str | None = None, limit: int | None = None) -> list[str]:
        found = sorted((node for node in self._nodes.values() if node.label == "Article"), key=lambda node: node.id)
        found.sort(key=lambda node: str(node.properties.get("published_at", "")), reverse=True)
        ids = [node.id for node in found]
        if after is not None and after not in ids:
            raise NotFound(f"no article {after} to go on from")
        return ids[ids.index(after) + 1 if after else 0 :][:limit]

    def search(self, words: str, *, limit: int = 50) -> list[SearchHit]:
        wanted = set(split_words(words))
        hits = {hit_of(n) for n in self._nodes.values() if wanted and wanted <= set(searchable(n).split())}
        ordered = sorted(hits, key=lambda hit: (SEARCHED.index(hit.label), hit.id))
        return [hit for label in SEARCHED for hit in [h for h in ordered if h.label == label][:limit]]

    def called(self, names: Collection[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for i in sorted(self._nodes):
            for name in called(self._nodes[i]) & set(names):
                found[name].append(i)
        return dict(found)

    def told(self, claim: str, *, limit: int | None = None) -> dict[str, Listed]:
        sides: dict[str, list[str]] = {side: [] for side in SIDES}
        for edge in self.edges(["EXPRESSES"], ends=[claim]):
            sides[side_of(self._stance(edge))].append(edge.start)
        ordered = {side: sorted(ids, key=lambda i: (self._date(i) or "9999", i)) for side, ids in sides.items()}
        return {side: Listed(tuple(ids[:limit]), len(ids)) for side, ids in ordered.items()}

    def first_told(self, claims: Collection[str]) -> dict[str, str]:
        told = {claim: [i for side in self.told(claim).values() for i in side.ids] for claim in claims}
        return {claim: min(ids, key=lambda i: (self._date(i) or "9999", i)) for claim, ids in told.items() if ids}

    def noticed(self, claims: Collection[str]) -> set[str]:
        articles = {(edge.end, self._article(edge.start)) for edge in self.edges(["EXPRESSES"], ends=claims)}
        return {claim for claim, i in articles if i and self._nodes[i].properties.get("notice")}

    def said(self, entity: str, kind: EdgeType, *, limit: int | None = None) -> Listed:
        found = {edge.start for edge in self.edges([kind], ends=self.members(entity).ids)}
        ordered = sorted(sorted(found), key=lambda i: self._date(i) or "", reverse=True)
        return Listed(tuple(ordered[:limit]), len(ordered))

    def claims_about(self, entity: str, *, limit: int | None = None) -> Listed:
        about = {edge.start for edge in self.edges(["ABOUT"], ends=[entity])}
        found = [claim for claim in self.claims(ClaimFilter()) if claim in about]
        return Listed(tuple(found[:limit]), len(found))

    def members(self, entity: str, *, limit: int | None = None) -> Listed:
        found = [edge.start for edge in self.edges(["RESOLVES_TO"], ends=[entity])]
        return Listed(tuple(found[:limit]), len(found))

    def presence(self, entities: Collection[str]) -> dict[str, tuple[int, int]]:
        known = [i for i in entities if i in self._nodes]
        articles = {i: {self._article(r) for r in self.members(i).ids} for i in known}
        return {i: (len(articles[i]), len(self.edges(["ABOUT"], ends=[i]))) for i in known}

    def speakers(self, claims: Collection[str]) -> list[Spoken]:
        found = {
            (edge.end, resolved.end, self._stance(edge))
            for edge in self.edges(["EXPRESSES"], ends=claims)
            for speaks in self.edges(["ATTRIBUTED_TO"], starts=[edge.start])
            for resolved in self.edges(["RESOLVES_TO"], starts=[speaks.end])
        }
        return [Spoken(*speech) for speech in sorted(found)]

    def spoken_on(self, entities: Collection[str], *, limit: int) -> list[str]:
        said = {i for entity in entities for i in self.said(entity, "ATTRIBUTED_TO", limit=limit).ids}
        return sorted({edge.end for edge in self.edges(["EXPRESSES"], starts=said)})

    def naming_both(self, one: str, other: str, *, limit: int) -> list[str]:
        named = [{self._article(r) for r in self.members(i).ids} for i in (one, other)]
        return [i for i in self.articles() if i in named[0] & named[1]][:limit]

    def neighbours(self, ids: Collection[str], *, limit: int) -> Listed:
        edges = [*self.edges(DRAWN, starts=ids), *self.edges(DRAWN, ends=ids)]
        near = {end for e in edges if e.key != "unnamed" for end in (e.start, e.end)}
        near |= {s.entity for s in self.speakers(ids)}
        near |= {e.end for i in ids for e in self.edges(["EXPRESSES"], starts=self.said(i, "ATTRIBUTED_TO").ids)}
        entities = sorted(i for i in near - set(ids) if self._nodes[i].label == "Entity")
        ordered = [*entities, *(i for i in self.claims(ClaimFilter()) if i in near - set(ids))]
        return Listed(tuple(ordered[:limit]), len(ordered))

    def _stance(self, expresses: Edge) -> str:
        own = self._nodes[expresses.start].properties.get("stance", "")
        return str(expresses.properties.get("stance") or own)

    def _article(self, recorded: str) -> str | None:
        """The article that an assertion or a referent stands in."""
        versions = [edge.end for edge in self.edges(["FOUND_IN"], starts=[recorded])]
        return next((edge.end for edge in self.edges(["VERSION_OF"], starts=versions)), None)

    def _date(self, recorded: str) -> str | None:
        article = self._nodes.get(self._article(recorded) or "")
        date = article.properties.get("published_at") if article else None
        return str(date) if date else None

    def latest(self) -> str | None:
        dates = (node.properties.get("published_at") for node in self._nodes.values() if node.label == "Article")
        return max((str(date) for date in dates if date), default=None)

    def around(self, label: Label, given: str, *, limit: int | None = None) -> Transaction:  # noqa: ARG002
        return self

    def gather(
        self,
        *,
        claims: Collection[str] = (),  # noqa: ARG002
        assertions: Collection[str] = (),  # noqa: ARG002
        entities: Collection[str] = (),  # noqa: ARG002
        articles: Collection[str] = (),  # noqa: ARG002
    ) -> Transaction:
        return self

    def setting(self, name: str) -> str | None:
        return self._settings.get(name)

    def put(self, nodes: Iterable[Node], edges: Iterable[Edge], keys: Mapping[str, Collection[str]]) -> None:
        for node in nodes:
            self._nodes[node.id] = node
        for edge in edges:
            for end in (edge.start, edge.end):
                if end not in self._nodes:
                    raise EndMissing(f"{edge.type} from {edge.start} to {edge.end}: there is no node {end}")
            self._edges[edge.identity] = edge
            self._out[edge.start].add(edge.identity)
            self._in[edge.end].add(edge.identity)
        for i, borne in keys.items():
            self._set_keys(i, frozenset(borne))

    def _set_keys(self, node: str, keys: frozenset[str]) -> None:
        if keys and node not in self._nodes:
            raise EndMissing(f"keys for {node}: there is no such node")
        for key in self._keys.pop(node, frozenset()):
            self._bearers[key].discard(node)
        for key in keys:
            self._bearers[key].add(node)
        if keys:
            self._keys[node] = keys

    def delete(self, ids: Collection[str]) -> None:
        for i in ids:
            self._set_keys(i, frozenset())
            self._drop([*self._out.pop(i, ()), *self._in.pop(i, ())])
            self._nodes.pop(i, None)

    def delete_edges(self, edges: Collection[Edge]) -> None:
        self._drop([edge.identity for edge in edges])

    def _drop(self, identities: Iterable[Identity]) -> None:
        for identity in identities:
            self._edges.pop(identity, None)
            self._out.get(identity[1], set()).discard(identity)
            self._in.get(identity[2], set()).discard(identity)

    def set_setting(self, name: str, value: str) -> None:
        self._settings[name] = value


def side_of(stance: str) -> str:
    """Whether a stance speaks for a claim, against it, or neither."""
    return "for" if stance in SUPPORTING else "against" if stance in OPPOSING else "neither"


def hit_of(node: Node) -> SearchHit:
    """What a search shows for a node: for a version, its article."""
    if node.label == "ArticleVersion":
        return SearchHit("Article", str(node.properties["article"]))
    return SearchHit(node.label, node.id)


def _first_at(claim: Node) -> str:
    return str(claim.properties.get("first_at", ""))


def _passes(claim: Node, which: ClaimFilter) -> bool:
    at, words = _first_at(claim), set(split_words(which.words or ""))
    return (
        (which.sourcing is None or claim.properties.get("sourcing") == which.sourcing)
        and (which.carried_by is None or claim.properties.get("carried_by") == which.carried_by)
        and _holds(claim, "marks", which.dispute)
        and _holds(claim, "source_types", which.source_type)
        and _holds(claim, "about", which.entity)
        and _holds(claim, "speakers", which.speaker)
        and _holds(claim, "outlets", which.outlet)
        and (which.since is None or at >= which.since)
        and (which.until is None or "" < at[: len(which.until)] <= which.until)
        and words <= set(searchable(claim).split())
    )


def _holds(claim: Node, name: str, wanted: str | None) -> bool:
    values: Value = claim.properties.get(name, ())
    return wanted is None or (isinstance(values, tuple) and wanted in values)


class MemoryBackend:
    """A store that is gone with its process. A reader keeps the state that it began with."""

    def __init__(self) -> None:
        self._graph = MemoryTransaction()
        self._writing = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        yield self._graph

    def write(self, work: Callable[[Transaction], T]) -> T:
        with self._writing:
            draft = self._graph.copy()
            result = work(draft)
            self._graph = draft
        return result

    def expunge(self) -> None:
        """Nothing is on disk."""

    def close(self) -> None:
        """Nothing is open."""
