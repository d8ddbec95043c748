"""What a store counts while it writes, so that how much of everything there is never takes a look at everything.

A tally's name is a kind and a value, "sourcing|one_origin"; of nodes by label it is the label alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from graph.model import Node
from ingest.model import fold

UNDISPUTED = "none"  # the value of `mark` for a claim that bears no mark


def tallied(node: Node) -> Iterator[str]:
    """The tallies that a node adds one to."""
    f = node.properties
    yield node.label
    if node.label == "Article":
        yield from (flag for flag in ("not_read", "confidential") if f.get(flag))
        if "outlet" in f:
            yield f"outlet|{fold(str(f['outlet']))}"
        if "notice" in f:
            yield f"notice|{f['notice']}"
    elif node.label == "Assertion":
        yield f"source_type|{f.get('source_type')}"
    elif node.label == "Claim":
        yield f"sourcing|{f.get('sourcing')}"
        marks = f.get("marks")
        yield from (f"mark|{mark}" for mark in (marks if isinstance(marks, tuple) else (UNDISPUTED,)))


def tally(nodes: Iterable[Node]) -> Counter[str]:
    """The tallies of many nodes."""
    return Counter(name for node in nodes for name in tallied(node))


def of_kind(tallies: dict[str, int], kind: str) -> dict[str, int]:
    """Value → number, sorted, for one kind of tally."""
    found = ((name.partition("|"), number) for name, number in tallies.items())
    return {value: number for (name, _, value), number in sorted(found) if name == kind and value}
