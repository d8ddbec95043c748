"""How what stands round something is built: who stands between the others, and the same graph for other programs.

On what one bounded question fetched, never on a whole dossier; the arithmetic is networkx's.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

import networkx as nx

from graph.ask.answers import GraphNode, Neighbourhood

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")


@dataclass(frozen=True, slots=True)
class Between:
    """A person or a body, and how many of the least ways between the others lead through it."""

    node: GraphNode
    share: float  # 0 to 1: betweenness centrality (Freeman 1977) in what is drawn, four digits
    neighbours: int


def stand_between(found: Neighbourhood, *, limit: int = 10) -> tuple[Between, ...]:
    """Through whom do these hang together? Entities by their share, then neighbours, then ids; none with no share.

    It says how what was read is connected, and nothing of who has power over whom.
    """
    graph: nx.Graph[str] = nx.Graph(to_graph(found))  # two edges between two are one way
    shares = nx.betweenness_centrality(graph)
    rows = [
        Between(node, round(shares[node.id], 4), graph.degree(node.id))
        for node in found.nodes
        if node.label == "Entity"
    ]
    placed = sorted(rows, key=lambda row: (-row.share, -row.neighbours, row.node.id))
    return tuple(row for row in placed if row.share)[:limit]


def to_graph(found: Neighbourhood) -> nx.MultiDiGraph[str]:
    """Claims and entities with what is said of them, as networkx has it; nodes in the order of the answer."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in found.nodes:
        graph.add_node(node.id, **{name: _clean(value) for name, value in asdict(node).items() if name != "id"})
    for edge in found.edges:
        told = {"type": edge.type, "note": edge.note, "claim": edge.claim or ""}
        graph.add_edge(edge.start, edge.end, key=edge.id, **{name: _clean(value) for name, value in told.items()})
    return graph


def to_graphml(found: Neighbourhood) -> str:
    """For Gephi, yEd, Cytoscape: a claim stands with who says so, its sourcing and its dispute, in its `note`."""
    return "\n".join(nx.generate_graphml(to_graph(found)))


def _clean(text: str) -> str:
    """Without what no XML may hold: it may come from an article."""
    return NOT_XML.sub("�", text)
