"""What was read and what stands in it: counts, what most needs a reporter's eye, and the articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import streamlit as st

from graph.ask import questions
from graph.ask.answers import ArticleRow, ClaimRow, Stats
from graph.store.transaction import ClaimFilter
from views import asked
from views.dossier import Dossier
from views.drawing import article_line, claim_list
from views.markup import Html, items, join, tag
from views.places import link
from views.words import DISPUTE, SOURCE_TYPES, SOURCING, count, plain

Need: TypeAlias = tuple[str, Mapping[str, str], Sequence[ClaimRow]]  # title, the filter in the address, the first rows

ARTICLES_SHOWN = 25
CLAIMS_SHOWN = 3
NEEDS_EYES = (  # title, the filter in the address, and as the store takes it
    (
        "Carried by several outlets, and all of it leads back to one",
        {"sourcing": "one_origin", "carried_by": "several_outlets"},
        ClaimFilter(sourcing="one_origin", carried_by="several_outlets"),
    ),
    ("Disputed", {"dispute": "disputed"}, ClaimFilter(dispute="disputed")),
    ("Denied by those it is about", {"dispute": "denied"}, ClaimFilter(dispute="denied")),
    ("Unnamed sources only", {"sourcing": "unnamed_only"}, ClaimFilter(sourcing="unnamed_only")),
    ("No source found", {"sourcing": "no_source_found"}, ClaimFilter(sourcing="no_source_found")),
    ("Taken back by its source", {"dispute": "retracted"}, ClaimFilter(dispute="retracted")),
    ("Corrected", {"dispute": "corrected"}, ClaimFilter(dispute="corrected")),
)
EMPTY = (
    "Nothing has been read into this dossier yet. On the command line, read articles into it:",
    "onrecord ingest story.html report.pdf wire.jsonl",
    "then load this page again.",
)


def show(dossier: Dossier) -> None:
    stats = dossier.ask(questions.get_stats)
    if not stats.coverage.articles:
        st.html(tag("div", tag("p", EMPTY[0]), tag("pre", EMPTY[1]), tag("p", EMPTY[2]), class_="nothing"))
        return
    after = asked.value("after")
    articles = dossier.ask(questions.list_articles, after=after, limit=ARTICLES_SHOWN + 1)
    st.html(draw(stats, _needing(dossier), articles, after))


def _needing(dossier: Dossier) -> list[Need]:
    """The latest claims of each kind, none twice."""
    seen: set[str] = set()
    needing: list[Need] = []
    for title, values, which in NEEDS_EYES:
        rows = dossier.ask(questions.list_claims, which, limit=CLAIMS_SHOWN).rows
        needing.append((title, values, [row for row in rows if row.id not in seen]))
        seen.update(row.id for row in rows)
    return needing


def draw(stats: Stats, needing: Sequence[Need], articles: Sequence[ArticleRow], after: str | None) -> Html:
    return tag(
        "div",
        _notice(stats),
        tag(
            "div",
            _table("Claims by sourcing", stats.sourcing, "sourcing", SOURCING),
            _table("Claims by dispute", stats.disputes, "dispute", {**DISPUTE, "no dispute found": ""}),
            _table("Assertions by kind of source", stats.source_types, "source_type", SOURCE_TYPES),
            class_="three",
        ),
        tag("div", _eyes(needing), _articles(articles, stats.coverage.articles, after), class_="two"),
        class_="page",
    )


def _notice(stats: Stats) -> Html | None:
    said = (f"{n} of {count(stats.coverage.articles, 'article')}: {notice}" for notice, n in stats.notices.items())
    return tag("p", join(said, " "), class_="invented wide") if stats.notices else None


def _table(title: str, counts: Mapping[str, int], name: str, meanings: Mapping[Any, str]) -> Html:
    """A row a value in the vocabulary's own order, each a link to the claims that have it."""
    most = max(counts.values(), default=1)
    rows = [_row(value, counts[value], most, name, meanings[value]) for value in meanings if counts.get(value)]
    return tag("section", tag("h2", title), tag("table", *rows, class_="figures"))


def _row(value: str, number: int, most: int, name: str, meaning: str) -> Html:
    words = meaning if name == "source_type" else plain(value)
    label = words if value == "no dispute found" else link(words, "claims", **{name: value})
    bar = tag("span", class_=f"bar {value}", style=f"width: {100 * number / most:.0f}%")
    said = tag("small", meaning) if meaning and meaning != words else None
    return tag("tr", tag("th", label, said, scope="row"), tag("td", f"{number:,}", class_="number"), tag("td", bar))


def _eyes(needing: Sequence[Need]) -> Html:
    lists = (_need(title, values, rows) for title, values, rows in needing)
    drawn = join(lists) or tag("p", "No claim is disputed, denied, unnamed only or without a source.", class_="note")
    return tag("section", tag("h2", "What most needs a reporter’s eye"), drawn)


def _need(title: str, values: Mapping[str, str], rows: Sequence[ClaimRow]) -> Html | None:
    if not rows:
        return None
    return join([tag("h3", title, " ", link("all of them", "claims", **values)), claim_list(rows)])


def _articles(articles: Sequence[ArticleRow], total: int, after: str | None) -> Html:
    """A page of the list; `articles` holds one more than it where there are earlier ones."""
    shown = articles[:ARTICLES_SHOWN]
    turn = [
        link("Latest", "overview") if after else None,
        link("Earlier", "overview", after=shown[-1].id) if len(articles) > len(shown) else None,
    ]
    return tag(
        "section",
        tag("h2", "Articles read", tag("span", f" {total:,}", class_="count")),
        items("ol", map(article_line, shown), class_="articles"),
        tag("nav", join([piece for piece in turn if piece], " · "), class_="turn"),
    )
