"""The derived nouns of On Record, and the nodes and edges that both layers are stored as.

Recorded nouns are in `ingest.model`. Everything here can be computed again from them, and is, by `verify`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ingest.model import Kind

Value = str | int | float | bool | tuple[str, ...] | tuple[int, ...] | tuple[float, ...]  # never None: absent instead
Label = Literal[
    "Article",
    "ArticleVersion",
    "Mention",
    "Referent",
    "Assertion",
    "Unnamed",
    "Decision",
    "Entity",
    "Proposition",
    "Claim",
]
EdgeType = Literal[
    # recorded
    "VERSION_OF", "PUBLISHED_BY", "CREDITS", "FOUND_IN", "REFERS_TO", "ATTRIBUTED_TO", "AFFILIATED_WITH", "RELAYED_BY",
    "WITHIN", "MENTIONS",
    # derived
    "RESOLVES_TO", "EXPRESSES", "SAME_AS", "SUPPORTS", "DISPUTES", "QUALIFIES", "UPDATES", "CORRECTS", "ABOUT",
    "RELATION", "REUSES_TEXT_OF", "ORIGINATES_FROM", "MARKED_BY", "DENIES_IN_GENERAL",
    "SAYS", "TELLS",
]  # fmt: skip
Sourcing = Literal["several_origins", "one_origin", "unnamed_only", "only_against", "unclear", "no_source_found"]
CarriedBy = Literal["one_outlet", "several_outlets"]
DisputeMark = Literal["denied", "disputed", "qualified", "corrected", "retracted", "confirmed_by_subject"]
LinkState = Literal["suggested", "matched", "confirmed", "rejected", "unsure"]
ClaimLink = Literal["SUPPORTS", "DISPUTES", "QUALIFIES", "UPDATES", "CORRECTS"]


@dataclass(frozen=True, slots=True)
class Node:
    label: Label
    id: str
    properties: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """`key` tells apart edges of one type between the same two nodes: a hop's position, a relation's claim."""

    type: EdgeType
    start: str
    end: str
    key: str = ""
    properties: dict[str, Value] = field(default_factory=dict)

    @property
    def identity(self) -> tuple[str, str, str, str]:
        return (self.type, self.start, self.end, self.key)


def cluster_node_id(label: Literal["Entity", "Proposition", "Claim"], smallest_member: str) -> str:
    """The id of an entity or claim: its smallest member's with a letter before it, since an id names one node."""
    return f"{label[0].lower()}_{smallest_member}"


@dataclass(frozen=True, slots=True)
class Entity:
    """A cluster of referents; its id is the smallest of theirs."""

    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    votes: tuple[str, ...] = ()  # how many referents are taken for which kind, sorted: "company 3", "organization 1"
    belongs_to: tuple[str, ...] = ()  # name keys of what it works for now, or what made it, sorted
    known_as: tuple[str, ...] = ()  # its join keys, sorted: is:NAME for its members' name keys, as:NAME for others
    reliability: str | None = None  # A to F, where a person set it
    reliability_why: str | None = None


@dataclass(frozen=True, slots=True)
class SameAs:
    """Two referents or two assertions that may be one; start < end."""

    start: str
    end: str
    score: float
    method: str
    reason: str
    state: LinkState


@dataclass(frozen=True, slots=True)
class Origin:
    """Who first said it: the person or body at the root of a chain, or unnamed people as one outlet spoke to them."""

    kind: Literal["person", "body", "outlet", "unnamed"]
    entity: str | None  # of unnamed people, that of the outlet that spoke to them; None where it has no name
    name: str  # "Mara Lindqvist", "Halden Robotics", "unnamed, to The Ledger"
    assertions: tuple[str, ...]
    party: bool  # the claim is about it
    count: int = 1  # of unnamed people, as their outlet counts them


@dataclass(frozen=True, slots=True)
class Mark:
    kind: DisputeMark
    assertions: tuple[str, ...]
    by: tuple[str, ...]  # names
    rule: str  # the sentence that is shown beside it


@dataclass(frozen=True, slots=True)
class Status:
    sourcing: Sourcing
    rule: str  # the sentence that is shown beside it
    origins: tuple[Origin, ...]  # identified ones
    origins_range: tuple[int, int]  # at least, where some bear one name and may be one; at most
    unnamed: tuple[Origin, ...]  # one an outlet that spoke to unnamed people
    unnamed_range: tuple[int, int]  # at least as many as one outlet counts; at most all that the outlets count
    opponents: tuple[str, ...]  # names of those who are heard only against it
    routes: tuple[str, ...]  # names of outlets that had it first-hand
    possible_routes: tuple[str, ...]  # credited for a whole article
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A cluster of assertions that say the same; its id is the smallest of theirs."""

    id: str
    wording: str
    members: tuple[str, ...]
    about: tuple[str, ...]  # entity ids
    status: Status


@dataclass(frozen=True, slots=True)
class ClaimRelation:
    kind: ClaimLink
    start: str  # claim ids
    end: str
    assertions: tuple[str, ...]
    reason: str
    method: str


DecisionKind = Literal[
    "same", "different", "unsure", "split", "source", "not_said", "stance", "wording", "genre", "issued_by",
    "confidential", "reliability", "undo",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about recorded things. Append-only: a later one takes its place, `undo` takes it back."""

    who: str
    at: str  # ISO 8601, UTC
    what: DecisionKind
    objects: tuple[str, ...]  # ids of referents, assertions or articles; of an undo, of a decision
    why: str
    before: str | None = None  # what it was then, as shown
    after: str | None = None
    anchors: tuple[str, ...] = ()  # of each object that is an assertion: article, content and source spans; else ""
