"""How a neighbourhood is built, and that it leaves whole for other programs."""

from __future__ import annotations

from io import BytesIO

import networkx as nx
from telling import say, tell

from graph.ask import questions
from graph.ask.answers import GraphEdge, GraphNode, Neighbourhood
from graph.ask.structure import stand_between, to_graphml
from graph.dossier import Store


def around(*pairs: tuple[str, str]) -> Neighbourhood:
    names = sorted({name for pair in pairs for name in pair})
    nodes = [GraphNode(n, "Claim" if n.startswith("c_") else "Entity", "company", n, f"note of {n}") for n in names]
    edges = [GraphEdge(f"ABOUT|{a}|{b}", "ABOUT", a, b, "") for a, b in pairs]
    return Neighbourhood(tuple(nodes), tuple(edges), 0)


def test_who_joins_two_groups_stands_between_them():
    found = around(("c_1", "e_a"), ("c_1", "e_hub"), ("c_2", "e_hub"), ("c_2", "e_b"), ("c_3", "e_hub"), ("c_3", "e_c"))
    assert [row.node.id for row in stand_between(found)] == ["e_hub"]
    assert stand_between(around(("c_1", "e_a"))) == ()


def test_graphml_can_be_read_again_whatever_an_article_says():
    hostile = GraphNode("e_1", "Entity", "person", "<b>\x00 & ]]> Mara", "note")
    other = GraphNode("c_1", "Claim", "one_origin", "wording", "who says so")
    edge = GraphEdge("ABOUT|c_1|e_1", "ABOUT", "c_1", "e_1", "")
    read = nx.read_graphml(BytesIO(to_graphml(Neighbourhood((hostile, other), (edge,), 0)).encode()))
    assert read.nodes["e_1"]["title"] == "<b>� & ]]> Mara"
    assert [data["type"] for _, _, data in read.edges(data=True)] == ["ABOUT"]


def test_a_claim_leaves_with_who_says_so(store: Store):
    store.write([tell(say("Halden Robotics copied the sorter of Orrin Labs", "Mara Lindqvist"))])
    with store.read() as tx:
        (halden,) = questions.find_entities(tx, "Halden Robotics")
        written = to_graphml(questions.neighbourhood(tx, (halden.id,)))
    assert "first said by Mara Lindqvist" in written
