"""Where words stand: in claims, in the names of people and things, in articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import streamlit as st

from graph.ask import questions
from graph.ask.answers import Hit
from views import asked
from views.dossier import Dossier
from views.markup import Html, items, join, section, tag
from views.places import link
from views.words import count

MOST_HITS = 100  # of claims, of entities and of articles, each
PAGE_OF = {"Claim": "claim", "Entity": "entity", "Article": "article"}
TITLES = {"Claim": "Claims", "Entity": "People, bodies and things", "Article": "Articles"}


def show(dossier: Dossier) -> None:
    words = asked.value("q")
    st.html(tag("h1", "Search"))
    typed = asked.text_field("q", "Words", placeholder="all of these words; or two names: Sacks and DeepSeek")
    if typed != words:
        st.query_params.from_dict({"q": typed} if typed else {})
        words = typed
    asked.title(words or "Search")
    if words:
        st.html(_connected(dossier, words))
        st.html(draw(dossier.ask(questions.search, words, limit=MOST_HITS), words))


def _connected(dossier: Dossier, words: str) -> Html | None:
    """A way to how two are connected, where the words are two names."""
    one, joined, other = (part.strip() for part in words.partition(" and "))
    if not joined or not all(dossier.ask(questions.find_entities, name) for name in (one, other)):
        return None
    return tag("p", link(f"How are {one} and {other} connected?", "path", a=one, b=other))


def draw(hits: Iterable[Hit], words: str) -> Html:
    found = list(hits)
    if not found:
        return tag("p", f"Nothing that was read holds all of these words: {words}", class_="nothing")
    sections = (_section(label, [hit for hit in found if hit.label == label]) for label in TITLES)
    more = tag("p", f"Of each kind {MOST_HITS} are shown at most: add a word.", class_="note")
    return tag(
        "div",
        *sections,
        more if any(number == MOST_HITS for number in Counter(hit.label for hit in found).values()) else None,
        class_="page",
    )


def _section(label: str, hits: list[Hit]) -> Html | None:
    listed = items("ul", map(_hit, hits), class_="hits")
    return section(TITLES[label], listed, note=count(len(hits), "found", "found")) if hits else None


def _hit(hit: Hit) -> Html:
    opened = link(hit.title, PAGE_OF[hit.label], id=hit.id, class_="wording" if hit.label == "Claim" else "title")
    return join([tag("p", opened), tag("p", hit.note, class_="who")])
