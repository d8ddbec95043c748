"""On Record's app: `onrecord app`, or `streamlit run app.py`. Configuration, navigation and the open store."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import streamlit as st

from graph.ask import questions
from graph.errors import GraphError, NotFound
from views import article, asked, claim, claims, decisions, entity, overview, path, search
from views import graph as graph_page
from views.dossier import Dossier
from views.links import follow_links
from views.markup import Html, tag
from views.places import FIRST, link

DEFAULT_STORE = "sqlite:///onrecord.sqlite"
CSS = Path(__file__).parent / "static" / "onrecord.css"

ROOMS = {  # page → what shows it, its title, whether the navigation lists it
    "overview": (overview.show, "Overview", True),
    "claims": (claims.show, "Claims", True),
    "search": (search.show, "Search", True),
    "claim": (claim.show, "Claim", False),
    "entity": (entity.show, "Entity", False),
    "article": (article.show, "Article", False),
    "graph": (graph_page.show, "Graph", False),
    "decisions": (decisions.show, "Decisions", True),
    "path": (path.show, "How two are connected", True),
}


def main() -> None:
    st.set_page_config(page_title="On Record", layout="wide", initial_sidebar_state="collapsed")
    st.html(CSS)
    dossier = Dossier(os.environ.get("ONRECORD_STORE", DEFAULT_STORE), bool(os.environ.get("ONRECORD_READ_ONLY")))
    pages = {
        name: st.Page(
            partial(show, dossier),
            title=title,
            url_path=name,
            default=name == FIRST,
            visibility="visible" if listed else "hidden",
        )
        for name, (show, title, listed) in ROOMS.items()
    }
    page = st.navigation(list(pages.values()), position="top")
    top = st.empty()
    try:
        top.html(masthead(f"Of what was read: {dossier.ask(questions.what_was_read)}."))
        page.run()
    except NotFound:
        asked.nothing("This dossier holds nothing of that id. Search finds claims, people and articles by their words.")
    except GraphError as error:
        top.html(masthead("The dossier cannot be read."))
        asked.nothing(f"{error}.")
    follow_links(pages, f"at-{asked.value('at')}" if asked.value("at") else None)


def masthead(said_of: str) -> Html:
    return tag("div", link("On Record", FIRST, class_="nameplate"), tag("p", said_of), class_="masthead")


main()
