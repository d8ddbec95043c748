"""The picture of a graph: a wrapper of our own round Cytoscape.js, which is served from static/."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from graph.ask.answers import GraphEdge, GraphNode
from views.words import EDGES, plain

LONGEST_LABEL = 60

# Streamlit takes inline code for code only when it holds a line break; the work is in static/graph.js.
LOADER = """
const ready = import(new URL("app/static/graph.js", document.baseURI));
export default (component) => { ready.then((graph) => graph.draw(component)); };
"""
_canvas = st.components.v2.component("onrecord.graph", js=LOADER, html='<div class="canvas"></div>')


def draw_graph(nodes: Iterable[GraphNode], edges: Iterable[GraphEdge], centre: str) -> tuple[str | None, str | None]:
    """Draw it; gives the id of the node that is selected and of the one that was just double-clicked."""
    data = {"centre": centre, "elements": [*map(_node, nodes), *map(_edge, edges)]}
    result = _canvas(
        data=data, key=f"graph of {centre}", on_selected_change=lambda: None, on_opened_change=lambda: None
    )
    return _text(result.selected), _text(result.opened)


def _node(node: GraphNode) -> dict[str, Any]:
    cut = node.title if len(node.title) <= LONGEST_LABEL else node.title[: LONGEST_LABEL - 1] + "…"
    return {"data": {"id": node.id, "title": cut}, "classes": f"{node.label} {node.kind}"}


def _edge(edge: GraphEdge) -> dict[str, Any]:
    words = f"alleged: {plain(edge.note)}" if edge.claim else EDGES[edge.type][0]
    data = {"id": edge.id, "source": edge.start, "target": edge.end, "words": words}
    return {"data": data, "classes": edge.type}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
