"""On Record's app: `onrecord app`, or `streamlit run app.py`. Configuration, navigation and the open store."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import streamlit as st

from graph import questions
from graph.errors import GraphError, NotFound
from views import article, asked, claim, claims, entity, overview, search
from views import graph as graph_page
from views.dossier import Dossier
from views.links import follow_links
from views.markup import tag
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
}


def main() -> None:
    st.set_page_config(page_title="On Record", layout="wide", initial_sidebar_state="collapsed")
    st.html(CSS)
    dossier = Dossier(os.environ.get("ONRECORD_STORE", DEFAULT_STORE))
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
    try:
        coverage = dossier.ask(questions.what_was_read)
        said_of = f"Of what was read: {coverage}."
        st.html(tag("div", link("On Record", "overview", class_="nameplate"), tag("p", said_of), class_="masthead"))
        page.run()
    except NotFound:
        asked.nothing("This dossier holds nothing of that id. Search finds claims, people and articles by their words.")
    except GraphError as error:
        asked.nothing(f"The store cannot be read: {error}")
    follow_links(pages, f"at-{asked.value('at')}" if asked.value("at") else None)


main()
