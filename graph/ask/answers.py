"""What a question gives back: small rows, each with who says so, its sourcing and its dispute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from graph.model import ClaimLink, DisputeMark, LinkState, Sourcing
from ingest.model import Assertion, Genre, Kind, SourceType, Span, Stance


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read: every status is said of this."""

    articles: int
    outlets: int
    until: str | None  # the latest published_at among them
    not_read: int  # articles stored but not read (another language)

    def __str__(self) -> str:
        """'60 articles of 20 outlets, to 25 November 2026 14:00 UTC', and how many of them were not read."""
        articles = f"{self.articles} article{'' if self.articles == 1 else 's'}"
        outlets = f"{self.outlets} outlet{'' if self.outlets == 1 else 's'}"
        until = f", to {_in_words(self.until)}" if self.until else ""
        return f"{articles} of {outlets}{until}" + (f"; {self.not_read} not read" if self.not_read else "")


def _in_words(moment: str) -> str:
    day = datetime.fromisoformat(moment)
    return f"{day.day} {day:%B %Y %H:%M} UTC"


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as a list shows it."""

    id: str
    wording: str
    first_stance: Stance  # of its earliest assertion, as it bears on the claim
    said_by: str  # of its earliest assertion: "Mara Lindqvist", "an Orrin source, to Tidewire", "the writer, Tidewire"
    sourcing: Sourcing
    rule: str
    origins: tuple[str, ...]
    origins_range: tuple[int, int]  # at least, where some of them bear one name and may be one; at most
    unnamed_range: tuple[int, int]
    marks: tuple[DisputeMark, ...]
    source_types: tuple[SourceType, ...]
    assertions: int
    articles: int
    outlets: tuple[str, ...]
    first_at: str | None
    last_at: str | None
    invented: bool  # an article that carries it bears a notice: a sample


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[ClaimRow, ...]
    after: str | None  # what to ask the next page with; None on the last


@dataclass(frozen=True, slots=True)
class ArticleRow:
    id: str
    version: str
    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    published_at: str | None
    genre: Genre
    url: str | None
    notice: str | None
    not_read: str | None


@dataclass(frozen=True, slots=True)
class Station:
    """One card of a chain: who it came from, or through, on the way to the article."""

    role: str  # "source", "through"
    words: str  # as printed: "an OpenAI source"
    source_type: SourceType
    entity: str | None
    name: str | None
    capacity: str | None
    affiliation: tuple[str, ...] = ()  # names of the bodies that an unnamed source is said to be of


@dataclass(frozen=True, slots=True)
class AssertionRow:
    """One utterance with its chain: words → who said it → through whom → article → outlet."""

    assertion: Assertion
    article: ArticleRow
    page: int | None  # of a PDF, from 1
    quote: str  # the content's words as printed, pieces joined by " … "
    context: str  # the sentence or sentences round it
    context_start: int  # offset of `context` in the version's text
    chain: tuple[Station, ...]
    weakest: SourceType  # a chain is as visible as its weakest hop
    for_or_against: str  # "for", "against", "neither"


@dataclass(frozen=True, slots=True)
class OriginRow:
    name: str
    kind: str  # person, body, outlet, unnamed
    entity: str | None
    party: bool
    assertions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkRow:
    mark: DisputeMark
    by: tuple[str, ...]
    rule: str
    assertions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelatedClaim:
    kind: ClaimLink
    outgoing: bool
    reason: str
    claim: ClaimRow


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything behind one claim."""

    claim: ClaimRow
    coverage: Coverage
    origins: tuple[OriginRow, ...]
    unnamed: tuple[OriginRow, ...]
    routes: tuple[str, ...]
    possible_routes: tuple[str, ...]
    marks: tuple[MarkRow, ...]
    assertions: tuple[AssertionRow, ...]  # by date, unknown last
    general_denials: tuple[AssertionRow, ...]
    related: tuple[RelatedClaim, ...]
    copies: tuple[tuple[ArticleRow, ArticleRow], ...]  # (copy or twin, of)
    told: dict[str, int]  # how many assertions there are "for" it, "against" it, "neither": more than are given


@dataclass(frozen=True, slots=True)
class EntityRow:
    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...]
    articles: int
    claims: int


@dataclass(frozen=True, slots=True)
class Namesake:
    entity: EntityRow
    reason: str
    score: float
    state: LinkState


@dataclass(frozen=True, slots=True)
class RelationRow:
    subject: EntityRow
    name: str
    object: EntityRow
    claim: ClaimRow
    told: tuple[str, ...] = ()  # how sure, and when, as the claim's words have it


@dataclass(frozen=True, slots=True)
class EntityPage:
    entity: EntityRow
    coverage: Coverage
    roles: tuple[str, ...]
    says: tuple[AssertionRow, ...]  # the latest first, as in the other lists
    says_in_all: int
    unnamed_of_it: tuple[AssertionRow, ...]  # "an OpenAI source": of its people, never said by it
    unnamed_in_all: int
    about: tuple[ClaimRow, ...]  # of `entity.claims`
    relations: tuple[RelationRow, ...]
    relations_in_all: int
    namesakes: tuple[Namesake, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """An assertion as it stands in its article, for the reader's margin."""

    row: AssertionRow
    claim: ClaimRow | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    article: ArticleRow
    coverage: Coverage
    text: str
    pages: tuple[int, ...]
    pages_not_read: tuple[int, ...]
    versions: tuple[ArticleRow, ...]
    assertions: tuple[Marked, ...]
    mentions: tuple[tuple[Span, EntityRow], ...]
    shares_text_with: tuple[ArticleRow, ...]
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    label: str  # Claim, Entity, Article
    id: str
    title: str
    note: str  # beside it: a claim's speaker, sourcing and dispute; an entity's kind; an article's outlet and date


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step between two: a claim about both, or what one of them says about the other."""

    start: EntityRow
    end: EntityRow
    claim: ClaimRow
    speaker: str | None  # the id of the one who says it; None: the claim is about both
    stance: Stance | None  # of the speaker


@dataclass(frozen=True, slots=True)
class GraphNode:
    id: str
    label: str  # Claim, Entity, Article
    kind: str  # an entity's kind, a claim's sourcing, an article's genre
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class GraphEdge:
    id: str
    type: str
    start: str
    end: str
    note: str
    claim: str | None = None  # of a relation: the claim that states it


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    left_out: int  # nodes beyond the limit


@dataclass(frozen=True, slots=True)
class Stats:
    coverage: Coverage
    counts: dict[str, int]  # nodes by label, edges by type
    sourcing: dict[str, int]
    disputes: dict[str, int]
    source_types: dict[str, int]
    notices: dict[str, int]  # what articles bear, "Invented sample", with how many do
