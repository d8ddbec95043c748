"""The recorded nouns of On Record: what one reading of one article found.

The vocabulary is that of the project's model; spans are half-open character offsets into the text of the
version that was read, and ids are hashes of what a thing is, never of a path, an offset or the time of reading.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "person", "company", "organization", "outlet", "ai_model", "product", "government", "place", "document", "event"
]
Genre = Literal[
    "news", "opinion", "live", "interview", "press_release", "filing", "ruling", "record", "leaked", "transcript",
    "post", "unknown",
]  # fmt: skip
SourceType = Literal["named", "role", "anonymous", "group", "document", "outlet", "agentless", "writer"]
Stance = Literal[
    "asserts", "alleges", "confirms", "denies", "doubts", "questions", "retracts", "praises", "criticises",
    "calls_for", "intends", "declines_to_comment", "did_not_respond",
]  # fmt: skip
Certainty = Literal["certain", "probable", "possible", "unstated"]
Polarity = Literal["positive", "negative"]
Tense = Literal["non_future", "future"]
Basis = Literal["witnessed", "told", "document", "deduced", "unstated"]
Quotation = Literal["direct", "indirect", "mixed"]
Part = Literal["headline", "body", "caption", "correction", "live_entry"]
Channel = Literal["interview", "statement", "press_release", "speech", "testimony", "post", "document", "unstated"]
Capacity = Literal["itself", "speaks_for", "document_of"]
Bound = Literal["exact", "about", "below", "above"]
Precision = Literal["year", "quarter", "month", "week", "day"]
TimeRelation = Literal["in", "by", "since", "until"]
Quantifier = Literal["all", "most", "some", "none"]
Modality = Literal["is", "may_be", "is_meant"]

# The closed list of what one thing is said to do to another, names of relations.toml; all else is no relation.
RELATIONS = frozenset(
    {
        "accesses", "accuses", "acquires", "advises", "approves", "arrests", "audits", "backs", "bans",
        "blocks", "breaches", "bribes", "builds", "charges", "competes_with", "controls", "copies",
        "deceives", "defeats", "deletes", "destroys", "develops", "dismisses", "distils", "employs",
        "endorses", "fines", "founds", "funds", "hires", "investigates", "invests_in", "jails", "kills",
        "launches", "leads", "leaks", "lends_to", "licenses", "manufactures", "marries", "meets",
        "merges_with", "opposes", "orders", "owns", "partners_with", "pays", "pressures", "raids",
        "regulates", "replaces", "represents", "sanctions", "sells", "steals", "sues", "supplies",
        "threatens", "trains", "uses", "warns",
    }
)  # fmt: skip
SUPPORTING: frozenset[Stance] = frozenset({"asserts", "alleges", "confirms"})
OPPOSING: frozenset[Stance] = frozenset({"denies", "doubts", "retracts"})
# Issued, not reported: who publishes it is no outlet, and nobody took it to one.
ISSUED: frozenset[Genre] = frozenset({"press_release", "filing", "ruling", "record", "leaked", "transcript", "post"})
NO_CLAIM: frozenset[Stance] = frozenset({"declines_to_comment", "did_not_respond"})


def hash_id(*parts: str | int | None) -> str:
    """Twenty hexadecimal digits that stand for what a thing is: the same parts give the same id anywhere."""
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:20]


# Characters that cannot be seen: soft hyphen, spaces without width, joiners, marks and turns of direction.
UNSEEN = dict.fromkeys([0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])


def fold(text: str) -> str:
    """Text with case and spacing folded and nothing unseen in it, for ids and keys, never for showing."""
    return " ".join(text.translate(UNSEEN).casefold().split())


@dataclass(frozen=True, slots=True, order=True)
class Span:
    start: int
    end: int

    def of(self, text: str) -> str:
        """The words on the page."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class PartSpan:
    """A stretch of the text that is not body; `furniture` surrounds an article: comment counts, credits, links."""

    span: Span
    part: Part | Literal["furniture"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article in the version that was read."""

    id: str
    version: str
    url: str | None
    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    published_at: str | None  # ISO 8601, UTC, "2031-03-04T09:00:00Z"
    language: str | None
    genre: Genre
    issued_by: str | None  # of a press release, filing or ruling: whose voice it is
    credits: tuple[str, ...]  # as printed: "Source: Financial Times", "(AP)"
    text: str
    sha256: str  # of the text
    original_sha256: str | None  # of the bytes that it came in
    extractor: str  # name and version of what made the text
    pages: tuple[int, ...] = ()  # start of each page in the text (PDF)
    pages_not_read: tuple[int, ...] = ()  # numbers, from 1, of pages without text (scans)
    parts: tuple[PartSpan, ...] = ()  # all else is body
    retrieved_at: str | None = None
    confidential: bool = False
    notice: str | None = None  # shown wherever the article is: "Invented sample"
    not_read: str | None = None  # why nothing was looked for in it: "language is fr"


@dataclass(frozen=True, slots=True)
class Referent:
    """One thing in one article: a coreference chain."""

    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()  # as written, sorted
    roles: tuple[str, ...] = ()  # titles and employers as written near a person's name, sorted: "analyst at Brightwell"
    key: str | None = None  # the lexicon's id for it, where the lexicon knows it
    employers: tuple[str, ...] = ()  # ids of referents that it works or speaks for, sorted


@dataclass(frozen=True, slots=True)
class Mention:
    referent: str
    span: Span
    method: str  # lexicon, pattern, ner, alias, apposition, nominal, pronoun …
    confidence: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks; `confidence` is of whom the words mean, apart from that of the words."""

    referent: str
    capacity: Capacity
    confidence: float = 1.0
    method: str = "name"  # how it was told whom the words mean: name, alias, apposition, nominal, pronoun …


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who may be meant where a source stays open: shown to a person, never counted."""

    referent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Hop:
    """One station between the source and this article, nearest to the content first."""

    span: Span
    source_type: SourceType
    referent: str | None  # None: unnamed


@dataclass(frozen=True, slots=True)
class PartialDate:
    value: str  # "2031", "2031-03", "2031-03-04"
    precision: Precision


@dataclass(frozen=True, slots=True)
class Time:
    """A time that the content itself tells, resolved against the article's date into half-open days."""

    span: Span
    relation: TimeRelation
    start: str  # "2029-01-01", the first day
    end: str  # "2030-01-01", the day after the last
    precision: Precision


@dataclass(frozen=True, slots=True)
class Identifier:
    """Which of several things of a kind is meant: "room 101" is (room, 101), "the second bridge" is (bridge, 2)."""

    of: str  # the kind's lemma
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as claimed: "less than 6 million dollars" is (None, 6e6, "USD", "below")."""

    value: float
    unit: str  # ISO currency code, "%", or the counted noun's lemma: "employee"; "" where there is none
    bound: Bound
    words: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """One utterance of one claim: a PARC attribution relation with what the source does with its content."""

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    part: Part
    source_type: SourceType
    sources: tuple[Speaker, ...]
    affiliations: tuple[str, ...]  # referents that an unnamed source is said to be of
    hops: tuple[Hop, ...]
    within: str | None  # id of the assertion whose content this one is reported in
    quotation: Quotation
    stance: Stance
    certainty: Certainty
    polarity: Polarity
    tense: Tense
    basis: Basis
    channel: Channel
    asserted_at: PartialDate | None
    source_count: int | None  # as printed: "two people" is 2
    anonymity_reason: str | None
    wording: str  # neutral, hedges and conditions kept
    subject: str | None  # referent id, or the words
    relation: str | None
    object: str | None
    about: tuple[str, ...]  # referent ids
    terms: tuple[str, ...]  # the content's lemmas, no function words, no negation; a mention is "@" + referent id
    quantities: tuple[Quantity, ...]
    method: str  # rule or model and its version: "reported_clause@1"
    confidence: float
    general: bool = False  # a denial of no claim in particular: "any wrongdoing"
    when: tuple[Time, ...] = ()  # that the content tells, in text order
    identifiers: tuple[Identifier, ...] = ()
    quantifier: Quantifier | None = None  # of its subject, else of its object
    modality: Modality = "is"
    answers: str | None = None  # id of the claim that it only points at: "denied it", "that is not true"
    signs: tuple[str, ...] = ()  # what turns it into another claim, sorted: "stage offer", "condition if", "level 1"
    bare: bool = False  # its content states nothing by itself and is no claim: "that", "the attacks"
    attribution: str = ""  # one id for all that was split from one attribution
    candidates: tuple[Candidate, ...] = ()  # where whom the source means is open: who may be meant, the likeliest first
    attribution_content: tuple[Span, ...] = ()  # the whole of that attribution's content


def expresses_claim(assertion: Assertion) -> bool:
    """Whether it is counted for or against a claim: a silence, a general denial and a bare content are not."""
    return assertion.stance not in NO_CLAIM and not assertion.general and not assertion.bare


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one reader found in one article."""

    article: Article
    reader: str  # code version, lexicon and weights hash
    referents: tuple[Referent, ...]
    mentions: tuple[Mention, ...]
    assertions: tuple[Assertion, ...]


def credited_name(credit: str) -> str:
    """The outlet in a credit line: "Source: Financial Times" and "(AP)" give "Financial Times" and "AP"."""
    name = re.sub(r"^\W*((sources?|credit|via|from|by)\s*:)?", "", credit.strip(), flags=re.IGNORECASE)
    return name.strip(" ()[].,;–—-")


def text_sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()


def article_id(url: str | None, outlet: str | None, title: str | None, published_at: str | None, text: str) -> str:
    """What an article is: its canonical URL, else outlet, headline and date together, else its text."""
    if url:
        return hash_id("article", "url", canonical_url(url))
    if outlet and title and published_at:
        return hash_id("article", "print", fold(outlet), fold(title), published_at)
    return hash_id("article", "text", text_sha256(text))


def version_id(article: str, sha256: str) -> str:
    return hash_id("version", article, sha256)


def referent_id(article: str, kind: Kind, name: str) -> str:
    return hash_id("referent", article, kind, fold(name))


def assertion_id(article: str, content: str, ordinal: int) -> str:
    """`content`: the words of its spans joined by spaces; `ordinal`: 0, or 1, 2 … where they recur in the article."""
    return hash_id("assertion", article, " ".join(re.findall(r"\w+", content.casefold())), ordinal)


def attribution_id(article: str, content: str, ordinal: int) -> str:
    """As `assertion_id`, of the whole content that was split into assertions."""
    return hash_id("attribution", assertion_id(article, content, ordinal))


def canonical_url(url: str) -> str:
    """The address without what varies between copies of a link: scheme, www, fragment, tracking, last slash."""
    address = re.sub(r"^[a-z][a-z0-9+.-]*://(www\.)?", "", url.strip(), flags=re.IGNORECASE).split("#")[0]
    host_and_path, _, query = address.partition("?")
    host, slash, path = host_and_path.partition("/")
    kept = sorted(p for p in query.split("&") if p and not re.match(r"(utm_\w+|fbclid|gclid|ref|smid)(=|$)", p))
    return (host.lower() + slash + path).rstrip("/") + ("?" + "&".join(kept) if kept else "")
