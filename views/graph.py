"""The graph round a claim or an entity: a picture to click and open up, and the same as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import streamlit as st

from graph.ask import questions
from graph.ask.answers import GraphEdge, GraphNode, Neighbourhood
from views import asked
from views.canvas import draw_graph
from views.dossier import Dossier
from views.markup import Html, Piece, items, join, section, tag
from views.places import link
from views.words import EDGES, count, plain

MOST_NODES = 300  # drawn at once
MOST_OPENED = 30  # each one more question to the store
PAGE_OF = {"Claim": "claim", "Entity": "entity", "Article": "article"}


def show(dossier: Dossier) -> None:
    centre, opened = asked.value("id"), asked.values("open", MOST_OPENED)
    if centre is None:
        asked.nothing("Round what? Each claim and each entity has a link to the graph round it.")
        return
    found = dossier.ask(questions.neighbourhood, (centre, *opened), limit=MOST_NODES)
    if not found.nodes:
        asked.nothing("Nothing in this dossier has that id.")
        return
    nodes = {node.id: node for node in found.nodes}
    asked.title(f"Graph round {nodes.get(centre, found.nodes[0]).title}")
    st.html(_heading(nodes.get(centre, found.nodes[0]), found))
    shown = _choose_edges(found)
    nodes = _still_joined(found, shown, centre)
    picture, beside = st.columns([3, 1])
    with picture:
        selected, to_open = draw_graph(nodes.values(), shown, centre)
    if to_open in nodes and to_open not in opened:
        st.query_params["open"] = [*opened, to_open][-MOST_OPENED:]
        st.rerun()
    with beside:
        st.html(draw_selected(nodes.get(selected or centre), nodes, shown))
    st.html(draw_table(nodes, shown))


def _heading(centre: GraphNode, found: Neighbourhood) -> Html:
    left = f" {found.left_out:,} more are not drawn." if found.left_out else ""
    how = "Click to select, double-click to open up, drag to move, scroll to come nearer."
    drawn = f"{count(len(found.nodes), 'claim or entity', 'claims and entities')}.{left} {how}"
    return join(
        [
            tag("p", "Graph round", class_="kicker"),
            tag("h1", link(centre.title, PAGE_OF[centre.label], id=centre.id)),
            tag("p", centre.note, class_="who"),
            tag("p", drawn, class_="note"),
        ]
    )


def _choose_edges(found: Neighbourhood) -> tuple[GraphEdge, ...]:
    """The edges of the kinds that are ticked, all of them at first; what is not stands in the address."""
    kinds = [kind for kind in EDGES if any(edge.type == kind for edge in found.edges)]
    hidden = asked.values("hide", len(EDGES))
    with st.container(horizontal=True):
        unticked = tuple(kind for kind in kinds if not _ticked(kind, kind not in hidden))
    if unticked != tuple(kind for kind in kinds if kind in hidden):
        st.query_params["hide"] = unticked
    return tuple(edge for edge in found.edges if edge.type not in unticked)


def _ticked(kind: str, wanted: bool) -> bool:
    """Whether edges of this kind are shown: as ticked here, unless the address has come to say otherwise."""
    key, seen = f"edges {kind}", f"asked for edges {kind}"
    if key not in st.session_state or st.session_state.get(seen) != wanted:
        st.session_state[key] = wanted
    ticked = st.checkbox(EDGES[kind][0], key=key)
    st.session_state[seen] = ticked
    return ticked


def _still_joined(found: Neighbourhood, shown: Iterable[GraphEdge], centre: str) -> dict[str, GraphNode]:
    """The nodes without those that only hidden edges led to."""
    before = {end for edge in found.edges for end in (edge.start, edge.end)}
    after = {end for edge in shown for end in (edge.start, edge.end)}
    return {node.id: node for node in found.nodes if node.id == centre or node.id in after or node.id not in before}


def draw_selected(node: GraphNode | None, nodes: Mapping[str, GraphNode], edges: tuple[GraphEdge, ...]) -> Html:
    """What is selected, with who says so and each edge at it."""
    if node is None:
        return tag("p", "Nothing is selected.", class_="note")
    return tag(
        "aside",
        tag("p", f"{node.label}, selected", class_="kicker"),
        tag("p", link(node.title, PAGE_OF[node.label], id=node.id, class_="wording")),
        tag("p", node.note, class_="who"),
        tag("p", link("Graph round it", "graph", id=node.id), class_="actions"),
        _connected(node, nodes, edges),
        class_="selected",
    )


def _connected(node: GraphNode, nodes: Mapping[str, GraphNode], edges: Iterable[GraphEdge]) -> Html | None:
    """What the edges at a node lead to, gathered by what they say of it."""
    gathered: dict[str, list[Html]] = defaultdict(list)
    for edge in edges:
        if edge.start == node.id:
            gathered[EDGES[edge.type][0]].append(_end(nodes[edge.end], edge))
        elif edge.end == node.id:
            gathered[EDGES[edge.type][1]].append(_end(nodes[edge.start], edge))
    return join([section(words, items("ul", ends)) for words, ends in gathered.items()]) or None


def _end(node: GraphNode, edge: GraphEdge) -> Html:
    claim = link("as this claim has it", "claim", id=edge.claim) if edge.claim else None
    reason = None if edge.type == "ORIGINATES_FROM" else plain(edge.note)
    status = node.note if node.label == "Claim" else None
    facts = (tag("span", fact, class_="facts") for fact in (join([reason, claim], ", "), status) if fact)
    return join([_name(node), *facts], " ")


def _name(node: GraphNode) -> Html:
    return link(node.title, PAGE_OF[node.label], id=node.id)


def draw_table(nodes: Mapping[str, GraphNode], edges: tuple[GraphEdge, ...]) -> Html:
    """The picture in words, for those who do not see it."""
    listed = [_cells(_name(node), node.label, plain(node.kind), node.note) for node in nodes.values()]
    joined = [_cells(_name(nodes[e.start]), EDGES[e.type][0], _end(nodes[e.end], e)) for e in edges]
    return tag(
        "details",
        tag("summary", "The same as tables"),
        _table(("Claim or entity", "", "Kind or sourcing", "Who says so; what is known of it"), listed),
        _table(("From", "", "To"), joined),
        class_="twin",
    )


def _cells(*pieces: Piece) -> Html:
    return tag("tr", *(tag("td", piece) for piece in pieces))


def _table(headings: tuple[str, ...], rows: list[Html]) -> Html:
    head = tag("tr", *(tag("th", heading, scope="col") for heading in headings))
    return tag("table", tag("thead", head), tag("tbody", *rows))
