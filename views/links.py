"""Links inside the app, followed without loading the page anew, and the place on the page that was asked for."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from views.places import read_href

# Streamlit takes inline code for code only when it holds a line break; the work is in static/links.js.
LOADER = """
const ready = import(new URL("app/static/links.js", document.baseURI));
export default (component) => { ready.then((links) => links.follow(component)); };
"""
_follow = st.components.v2.component("onrecord.links", js=LOADER)


def follow_links(pages: Mapping[str, st.Page], place: str | None) -> None:
    """Go where a link of ours was clicked; bring the element with the id `place` into view, once."""
    clicked = _follow(data={"place": place}, key="links", on_go_change=lambda: None).go
    if target := read_href(clicked):
        page, values = target
        st.switch_page(pages[page], query_params=values)
