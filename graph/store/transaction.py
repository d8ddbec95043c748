"""What a store can do inside one transaction: the whole of what SQLite and Neo4j must each be taught.

Everything else (writing a reading, deriving, every question) is written once, over this. No query language passes
through it: what is asked is named, and values are bound.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, get_args

from graph.model import CarriedBy, ClaimLink, DisputeMark, Edge, EdgeType, Label, Node, Sourcing
from ingest.model import SourceType


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims; None or empty means any."""

    sourcing: Sourcing | None = None
    dispute: DisputeMark | None = None
    source_type: SourceType | None = None
    entity: str | None = None  # an entity's id: the claim is about it
    speaker: str | None = None  # an entity's id: it says so
    outlet: str | None = None  # an entity's id: one of its articles carries it
    carried_by: CarriedBy | None = None
    since: str | None = None  # ISO date, inclusive: the first article that carries it
    until: str | None = None
    words: str | None = None  # full-text, all of them


FACETS = {
    "sourcing": "sourcing", "marks": "dispute", "source_types": "source_type", "about": "entity",
    "speakers": "speaker", "outlets": "outlet", "carried_by": "carried_by",
}  # property of a Claim → field of a ClaimFilter  # fmt: skip
CLAIM_LINKS: tuple[ClaimLink, ...] = get_args(ClaimLink)
DRAWN: tuple[EdgeType, ...] = ("ABOUT", "ORIGINATES_FROM", "RELATION", *CLAIM_LINKS)  # in the graph round something
SIDES = ("for", "against", "neither")  # how an assertion bears on its claim


@dataclass(frozen=True, slots=True)
class Listed:
    """The first of a list, and how many there are of all."""

    ids: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks on a claim, and what he does with it."""

    claim: str
    entity: str
    stance: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    label: Label  # Article, Entity or Claim
    id: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What one write did to the recorded layer: ids of nodes that were put, replaced or deleted.

    The deleted ones are gone from the transaction, so what hung on them is told apart: `orphaned` holds the ids of
    the entities and claims that a deleted or replaced node belonged to, and of articles that its article was linked to
    as a copy. Some of those may be gone as well, where the id of a cluster was that of a deleted member.
    """

    referents: frozenset[str] = frozenset()
    assertions: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    orphaned: frozenset[str] = frozenset()


class Transaction(Protocol):
    """Reads see one state of the graph; writes of a transaction appear together or not at all.

    An id names one node, whatever its label: the node of an entity or a claim cannot bear the bare id of its smallest
    member, so `cluster_node_id` tells it apart.
    """

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """The nodes of these ids; unknown ids are left out."""

    def edges(
        self,
        types: Collection[EdgeType],
        *,
        starts: Collection[str] | None = None,
        ends: Collection[str] | None = None,
    ) -> list[Edge]:
        """Edges of these types that leave one of `starts` (and reach one of `ends`), ordered by identity."""

    def latest(self) -> str | None:
        """When the last article was published."""

    def nodes_of(self, label: Label, *, after: str = "", limit: int | None = None) -> Iterator[Node]:
        """Nodes of one label with an id greater than `after`, ordered by id."""

    def all_edges(self) -> Iterator[Edge]:
        """Every edge, ordered by identity."""

    def with_keys(self, keys: Collection[str]) -> dict[str, list[str]]:
        """For each key that some node bears, the ids of those nodes, sorted."""

    def some_with_keys(self, keys: Collection[str], limit: int) -> dict[str, list[str]]:
        """As `with_keys`; of a key that more than `limit` nodes bear, at least so many of them."""

    def keys(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The keys that each of these nodes bears, sorted; nodes without keys are left out."""

    def counts(self) -> dict[str, int]:
        """How many nodes of each label and edges of each type there are."""

    # ── finding: what a question asks for, in the order that it shows, and never more than it shows ──────────────
    def tallies(self) -> dict[str, int]:
        """How many there are of each thing that `graph.store.tallies` names; edges by their type."""

    def articles(self, *, after: str | None = None, limit: int | None = None) -> list[str]:
        """Ids by `published_at`, latest first, unknown dates last, then by id; `after`: last of the page before."""

    def claims(self, which: ClaimFilter, *, after: str | None = None, limit: int | None = None) -> list[str]:
        """Ids of claims by `first_at`, latest first, unknown dates last, then by id.

        `after` is the last id of the page before.

        Answered from the properties of Claim nodes: sourcing, marks, source_types, about, speakers, outlets, first_at.
        """

    def search(self, words: str, *, limit: int = 50) -> list[SearchHit]:
        """Claims (wordings), entities (names) and articles (headline and text) that hold all the words.

        At most `limit` of each label; of words that stand in very many, those of the latest.
        """

    def called(self, names: Collection[str]) -> dict[str, list[str]]:
        """For each folded name the entities that bear it as their name or an alias, sorted; by key, never by search."""

    def told(self, claim: str, *, limit: int | None = None) -> dict[str, Listed]:
        """The assertions of a claim by side, each by the date of its article, unknown last, then by id."""

    def first_told(self, claims: Collection[str]) -> dict[str, str]:
        """Each claim's earliest assertion."""

    def noticed(self, claims: Collection[str]) -> set[str]:
        """Those of the claims that an article with a notice ("Invented sample") carries."""

    def said(self, entity: str, kind: EdgeType, *, limit: int | None = None) -> Listed:
        """The assertions that are ATTRIBUTED_TO an entity, or AFFILIATED_WITH it: latest first, then by id."""

    def claims_about(self, entity: str, *, limit: int | None = None) -> Listed:
        """The claims about an entity, in the order of `claims`."""

    def members(self, entity: str, *, limit: int | None = None) -> Listed:
        """The referents of an entity, by id; where there are more than `limit`, any of them."""

    def presence(self, entities: Collection[str]) -> dict[str, tuple[int, int]]:
        """For each entity, in how many articles it is named and how many claims are about it."""

    def speakers(self, claims: Collection[str]) -> list[Spoken]:
        """Who speaks on each of these claims, each once for every stance, sorted."""

    def spoken_on(self, entities: Collection[str], *, limit: int) -> list[str]:
        """The claims of the last `limit` assertions of each of these entities, sorted."""

    def naming_both(self, one: str, other: str, *, limit: int) -> list[str]:
        """Articles that name two entities, in the order of `articles`."""

    def neighbours(self, ids: Collection[str], *, limit: int) -> Listed:
        """What is drawn round these claims and entities, themselves left out: entities by id, then claims as listed.

        A claim's: whom it is about, who said it first, who speaks on it, the claims that it is linked to. An entity's:
        the same the other way round, and the other end of its relations. Unnamed origins are nobody's neighbours.
        """

    def around(self, label: Label, given: str, *, limit: int | None = None) -> Transaction:
        """The same state, with what stands directly round this claim, entity or article at hand, as `gather` gives it.

        `given`: its id, a member's, a version's. At hand is what an answer about it shows, so many of a kind.
        """

    def gather(
        self,
        *,
        claims: Collection[str] = (),
        assertions: Collection[str] = (),
        entities: Collection[str] = (),
        articles: Collection[str] = (),
    ) -> Transaction:
        """The same state, with all that showing these takes at hand; itself where asking bit by bit costs nothing.

        What is at hand of a claim is its earliest assertion; of an assertion its article, and whom it names as what.
        """

    def setting(self, name: str) -> str | None:
        """A value kept with the store: the schema's version, the revision number."""

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────
    def put(self, nodes: Iterable[Node], edges: Iterable[Edge], keys: Mapping[str, Collection[str]]) -> None:
        """Add or replace nodes, then edges; `keys`: node id → all keys that it now bears. Raises EndMissing."""

    def delete(self, ids: Collection[str]) -> None:
        """Take nodes out with their keys and every edge at them."""

    def delete_edges(self, edges: Collection[Edge]) -> None:
        """Take out edges, by identity."""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a value with the store."""
