"""What an edge says that its start says already, so that a store need not keep it twice. Pure.

Most edges tell where something stands: a mention in its version, an assertion in its. Version, spans, method and
confidence are then those of the node that they leave.
"""

from __future__ import annotations

from graph.model import Node, Value

TOLD_BY = ("version", "method", "confidence", "start_char", "end_char", "content")  # what of a node its edges repeat


def implied(kind: str, start: Node, end: str) -> dict[str, Value] | None:
    """The properties that such an edge has where nothing else is said of it; None for other kinds of edges."""
    f = start.properties
    if kind not in ("FOUND_IN", "REFERS_TO"):
        return None
    if start.label == "Referent":
        return {"version": end}
    found: dict[str, Value] = {name: f[name] for name in ("method", "confidence") if name in f}
    if start.label == "Mention" and {"version", "start_char", "end_char"} <= f.keys():
        return {"version": f["version"], "spans": _span(f["start_char"], f["end_char"]), **found}
    if start.label == "Assertion" and "content" in f:
        return {"version": end, "spans": f["content"], **found}
    return None


def _span(start: Value, end: Value) -> Value:
    return (int(str(start)), int(str(end)))


def tells(node: Node) -> tuple[Value | None, ...]:
    """What its edges repeat of a node: where it changes, what they imply does."""
    return tuple(node.properties.get(name) for name in TOLD_BY)
