"""What several pages draw: a status, a claim in a list, a chain of cards. Pure: rows in, markup out."""

from __future__ import annotations

from collections.abc import Iterable

from graph.ask.answers import ArticleRow, AssertionRow, ClaimRow, EntityRow, Station
from graph.ask.wording import finding_words, first_words, is_unsure, perhaps_fewer, said_words
from graph.model import DisputeMark, Sourcing
from ingest.model import NO_CLAIM, Assertion
from views.markup import Html, Piece, items, join, tag
from views.places import link
from views.reading import marked, marks_of
from views.words import (
    BASES,
    CAPACITIES,
    CHANNELS,
    QUOTATIONS,
    SOURCE_TYPES,
    STANCES,
    also_known,
    count,
    date_words,
    day,
    plain,
)
from views.words import genre as genre_words

MOST_OUTLETS = 4  # named beside a claim in a list

# ── a claim ──────────────────────────────────────────────────────────────────────────────────────────────────────


def sourcing_badge(sourcing: Sourcing) -> Html:
    return tag("span", plain(sourcing), class_=f"badge {sourcing}")


def dispute_badge(mark: DisputeMark) -> Html:
    return tag("span", plain(mark), class_=f"badge {mark}")


def status(claim: ClaimRow) -> Html:
    """Sourcing and dispute in the words of `graph.ask.wording.status_words`, each as a badge."""
    names = f" ({'; '.join(claim.origins)}{perhaps_fewer(claim)})" if claim.origins else None
    low, high = claim.unnamed_range
    unnamed = f"unnamed sources: {low}" + (f" to {high}" if high > low else "") if high else None
    disputes = join([dispute_badge(mark) for mark in claim.marks], ", ")
    parts = (
        join([sourcing_badge(claim.sourcing), names]),
        tag("span", unnamed, class_="unnamed") if unnamed else None,
        disputes or tag("span", "no dispute found", class_="badge none"),
    )
    return tag("p", join([part for part in parts if part], " · "), class_="status")


def who_says_so(claim: ClaimRow) -> Html:
    more = len(claim.outlets) - MOST_OUTLETS
    outlets = ", ".join(claim.outlets[:MOST_OUTLETS]) + (f" and {more} more" if more > 0 else "")
    carried = f"{count(claim.assertions, 'assertion')} in {count(claim.articles, 'article')}"
    parts = (f"{first_words(claim)}, {day(claim.first_at)}", f"{carried}: {outlets}" if outlets else carried)
    return tag("p", " · ".join(parts), class_="who")


def invented_notice(invented: bool) -> Html | None:
    return tag("span", "Invented sample", class_="invented") if invented else None


def claim_item(claim: ClaimRow) -> Html:
    """A claim as lists show it: its wording as a label, who says so, its sourcing and its dispute."""
    wording = link(claim.wording, "claim", id=claim.id, class_="wording")
    return tag(
        "div",
        tag("p", wording, " ", invented_notice(claim.invented)),
        who_says_so(claim),
        status(claim),
        class_="claim",
    )


def claim_list(claims: Iterable[ClaimRow]) -> Html | None:
    return items("ol", map(claim_item, claims), class_="claims")


# ── an article, an entity ────────────────────────────────────────────────────────────────────────────────────────


def article_line(article: ArticleRow, at: str | None = None) -> Html:
    """Its title as a link (to the place of one assertion), its outlet and date, and what is to be known of it."""
    title = link(article.title or "untitled article", "article", id=article.id, at=at, class_="title")
    facts = [outlet_link(article.outlet), day(article.published_at), genre_words(article.genre)]
    shown = tag("span", join([fact for fact in facts if fact], ", "), class_="facts")
    return join([title, shown, *article_notices(article)], " ")


def article_notices(article: ArticleRow) -> tuple[Html | None, ...]:
    return (
        tag("span", article.notice.partition(":")[0], class_="invented", title=article.notice)
        if article.notice
        else None,
        tag("span", f"not read: {article.not_read}", class_="unread") if article.not_read else None,
    )


def entity_link(entity: EntityRow) -> Html:
    return link(entity.name, "entity", id=entity.id)


def outlet_link(outlet: str | None) -> Html | str:
    return link(outlet, "entity", name=outlet) if outlet else "outlet unknown"


def entity_line(entity: EntityRow) -> Html:
    facts = (plain(entity.kind), also_known(entity), f"in {count(entity.articles, 'article')}")
    return join([entity_link(entity), tag("span", ", ".join(filter(None, facts)), class_="facts")], " ")


# ── an assertion ─────────────────────────────────────────────────────────────────────────────────────────────────


def utterance(row: AssertionRow, number: int) -> Html:
    """The words in their sentence, marked, and under them the way that they came: a card a station."""
    marks = marks_of(row.assertion)
    words = tag("blockquote", marked(row.context, marks, offset=row.context_start))
    heading = tag("p", tag("b", f"[{number}]"), " ", _does(row), class_="does")
    return tag(
        "article", heading, words, chain(row), tag("p", details(row), class_="detail"),
        id=f"said-{row.assertion.id}", class_=f"utterance {row.for_or_against}",
    )  # fmt: skip


def _does(row: AssertionRow) -> str:
    first = row.chain[0] if row.chain else None
    who = (first.name or first.words) if first else "no one named"
    return f"{who} {STANCES[row.assertion.stance]}"


def chain(row: AssertionRow) -> Html:
    """Who said it → through whom → article → outlet."""
    cards = [_station_card(station) for station in row.chain]
    page = f", page {row.page}" if row.page else ""
    title = link(row.article.title or "untitled article", "article", id=row.article.id, at=row.assertion.id)
    facts = ", ".join(filter(None, (day(row.article.published_at) + page, genre_words(row.article.genre))))
    cards.append(_card("article", "in the article", title, facts, *article_notices(row.article)))
    cards.append(_card("outlet", "published by", outlet_link(row.article.outlet), ", ".join(row.article.authors)))
    return tag("ol", *cards, class_="chain")


def _station_card(station: Station) -> Html:
    through = station.role == "through"
    kind = SOURCE_TYPES[station.source_type]
    name: Piece = station.name or station.words
    if station.entity and station.name:
        name = link(station.name, "entity", id=station.entity)
    printed = f"printed as: {station.words}" if station.name and station.words != station.name else None
    affiliation = f"of {', '.join(station.affiliation)}, not said by it" if station.affiliation else None
    capacity = CAPACITIES.get(station.capacity, "") if station.capacity else ""  # type: ignore[call-overload]
    return _card(
        station.role, f"through: {kind}" if through else kind, name, printed, affiliation, capacity or None,
        kind=station.source_type,
    )  # fmt: skip


def _card(role: str, kicker: str, name: Piece, *facts: Piece, kind: str = "") -> Html:
    lines = [tag("span", fact, class_="fact") for fact in facts if fact]
    return tag(
        "li", tag("span", kicker, class_="kicker"), tag("span", name, class_="name"), *lines,
        class_=f"card {role} {kind}".strip(),
    )  # fmt: skip


def details(row: AssertionRow) -> str:
    """What the article prints about the utterance, and what found it there."""
    a = row.assertion
    weakest = f"no more visible than its weakest link: {SOURCE_TYPES[row.weakest]}" if len(row.chain) > 1 else None
    return " · ".join(filter(None, (*printed_facts(a), weakest, finding_words(a))))


def printed_facts(a: Assertion) -> tuple[str | None, ...]:
    return (
        QUOTATIONS[a.quotation],
        f"in the {plain(a.part)}" if a.part != "body" else None,
        a.certainty if a.certainty != "unstated" else None,
        "says that it is not so" if a.polarity == "negative" else None,
        "about the future" if a.tense == "future" else None,
        BASES[a.basis] or None,
        CHANNELS[a.channel] or None,
        f"said {date_words(a.asserted_at)}" if a.asserted_at else None,
        count(a.source_count, "source") if a.source_count else None,
        f"why unnamed: {a.anonymity_reason}" if a.anonymity_reason else None,
    )


def utterance_line(row: AssertionRow) -> Html:
    """An assertion in one line of a list, with its speaker; it opens its claim, where it expresses one."""
    a = row.assertion
    silent = a.stance in NO_CLAIM or a.general
    words = (
        tag("span", said_words(row), class_="quote")
        if silent
        else link(said_words(row), "claim", id=a.id, class_="quote")
    )
    way = ", ".join(f"through {s.name or s.words}" if s.role == "through" else _printed(s, a) for s in row.chain)
    says = tag("span", STANCES[a.stance], class_=f"stance {row.for_or_against}")
    doubt = tag("span", "unsure reading", class_="unsure") if is_unsure(a) else None
    said = tag("p", join([says, words, tag("span", way, class_="facts"), doubt], " "))
    return join([said, tag("p", article_line(row.article, a.id), class_="carried")])


def _printed(station: Station, a: Assertion) -> str:
    """A source as printed; by its name where a document speaks in its own voice."""
    return station.words if a.source else station.name or station.words
