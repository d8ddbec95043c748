"""An article as it was read: source, cue and content marked in its text, and beside it who claims what."""

from __future__ import annotations

import streamlit as st

from graph.ask import questions
from graph.ask.answers import ArticlePage, ArticleRow, Marked
from views import asked
from views.dossier import Dossier
from views.drawing import article_line, outlet_link, status
from views.markup import Html, Piece, items, join, section, tag
from views.places import link, outward
from views.reading import legend, marked, marks_of
from views.words import STANCES, count, day, genre

MOST_ENTITIES = 30


def show(dossier: Dossier) -> None:
    article = asked.value("id")
    if article is None:
        asked.nothing("Which article? The overview lists all that were read.")
        return
    page = dossier.ask(questions.get_article, article)
    asked.title(page.article.title)
    st.html(draw(page, asked.value("at")))


def draw(page: ArticlePage, at: str | None) -> Html:
    marks = [mark for marked_row in page.assertions for mark in marks_of(marked_row.row.assertion)]
    text = tag("div", marked(page.text, marks, asked=at, pages=page.pages), class_="text", lang="en")
    margin = [_in_margin(m, at) for m in page.assertions]
    listed = items("ol", margin, class_="margin-list")
    nothing = "no one was found to claim anything in it"
    return tag(
        "div",
        _heading(page),
        tag(
            "div",
            tag("section", legend() if margin else None, text, aria_label="Text"),
            tag("aside", tag("h2", "Who claims what"), listed or tag("p", nothing, class_="note"), *_beside(page)),
            class_="reader",
        ),
        class_="page",
    )


def _heading(page: ArticlePage) -> Html:
    a = page.article
    facts = [outlet_link(a.outlet), day(a.published_at), ", ".join(a.authors)]
    return tag(
        "header",
        tag("p", join(["Article", genre(a.genre)], ", "), class_="kicker"),
        tag("h1", a.title or "untitled article"),
        tag("p", join([fact for fact in facts if fact], " · "), class_="who"),
        tag("p", a.notice, class_="invented wide") if a.notice else None,
        tag("p", f"Not read: {a.not_read}. It can be searched.", class_="unread") if a.not_read else None,
        tag("p", outward("Open it where it was published", a.url), class_="actions") if a.url else None,
        _pages_not_read(page),
    )


def _pages_not_read(page: ArticlePage) -> Html | None:
    scans = page.pages_not_read
    if not scans:
        return None
    numbers = ", ".join(map(str, scans))
    return tag("p", f"{len(scans)} of {len(page.pages)} pages are scans: not read ({numbers}).", class_="unread")


def _in_margin(m: Marked, at: str | None) -> Html:
    a = m.row.assertion
    who = ", ".join(f"through {s.name or s.words}" if s.role == "through" else s.name or s.words for s in m.row.chain)
    page = f", page {m.row.page}" if m.row.page else ""
    place = link(f"{who} {STANCES[a.stance]}{page}", "article", id=m.row.article.version, at=a.id, class_="place")
    claim: Piece = None
    if m.claim:
        claim = join([tag("p", link(m.claim.wording, "claim", id=m.claim.id, class_="wording")), status(m.claim)])
    return tag("div", place, claim, class_="entry asked" if a.id == at else "entry")


def _beside(page: ArticlePage) -> tuple[Html | None, ...]:
    named = {entity.id: entity for _, entity in page.mentions}
    shown = sorted(named.values(), key=lambda entity: (-entity.articles, entity.name))[:MOST_ENTITIES]
    versions = [_version(row, page.article.version) for row in page.versions] if len(page.versions) > 1 else []
    return (
        section("Credits", ", ".join(page.credits) or None),
        section("Shares text with", items("ul", map(article_line, page.shares_text_with))),
        section("Versions", items("ul", versions), note=f"{count(len(versions), 'version')} were read."),
        section("Named in it", join([link(e.name, "entity", id=e.id) for e in shown], ", ") or None),
    )


def _version(row: ArticleRow, current: str) -> Html:
    words = f"{row.title or 'untitled'}, {day(row.published_at)}"
    if row.version == current:
        return join([tag("b", words), " (this one)"])
    return link(words, "article", id=row.version)
