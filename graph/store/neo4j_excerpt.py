"""A piece of the graph that one statement fetched, and behind it the database: what it does not hold is asked there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import Edge, EdgeType, Node
from graph.store.memory import MemoryTransaction
from graph.store.transaction import SIDES, Listed

NOTHING = Listed((), 0)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is at hand, by kind: everything that showing these takes."""

    claims: frozenset[str] = frozenset()
    assertions: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()

    def holds(self, other: Gathered) -> bool:
        return (
            other.claims <= self.claims
            and other.assertions <= self.assertions
            and other.entities <= self.entities
            and other.articles <= self.articles
        )


class Excerpt:
    """`Transaction` for showing what was gathered."""

    def __init__(
        self,
        behind: Any,
        held: Gathered,
        graph: MemoryTransaction,
        first_told: Mapping[str, str],
        presence: Mapping[str, tuple[int, int]],
        lists: Mapping[str, Listed],
        noticed: Collection[str] = (),
    ) -> None:
        """`lists`: what was found in order, by side or type of edge."""
        self._behind, self._held, self._graph = behind, held, graph
        self._first_told, self._presence, self._lists = first_told, presence, lists
        self._noticed = set(noticed)

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        return self._graph.nodes(ids)

    def edges(
        self,
        types: Collection[EdgeType],
        *,
        starts: Collection[str] | None = None,
        ends: Collection[str] | None = None,
    ) -> list[Edge]:
        return self._graph.edges(types, starts=starts, ends=ends)

    def first_told(self, claims: Collection[str]) -> dict[str, str]:
        return {claim: self._first_told[claim] for claim in claims if claim in self._first_told}

    def noticed(self, claims: Collection[str]) -> set[str]:
        return self._noticed & set(claims)

    def presence(self, entities: Collection[str]) -> dict[str, tuple[int, int]]:
        return {i: self._presence[i] for i in entities if i in self._presence}

    def told(self, claim: str, *, limit: int | None = None) -> dict[str, Listed]:
        if claim not in self._graph.nodes([claim]) or self._held != Gathered():
            found: dict[str, Listed] = self._behind.told(claim, limit=limit)
            return found
        return {side: self._lists.get(side, NOTHING) for side in SIDES}

    def said(self, _entity: str, kind: EdgeType, *, limit: int | None = None) -> Listed:  # noqa: ARG002
        return self._lists.get(kind, NOTHING)

    def members(self, _entity: str, *, limit: int | None = None) -> Listed:  # noqa: ARG002
        return self._lists.get("members", NOTHING)

    def claims_about(self, _entity: str, *, limit: int | None = None) -> Listed:  # noqa: ARG002
        return self._lists.get("ABOUT", NOTHING)

    def gather(self, **ids: Collection[str]) -> Any:
        wanted = Gathered(**{kind: frozenset(some) for kind, some in ids.items()})
        return self if self._held.holds(wanted) else self._behind.gather(**ids)

    def __getattr__(self, name: str) -> Any:
        """Whatever else is asked, of the database."""
        return getattr(self._behind, name)
