"""Who is said to do what to whom? Relations, each through a claim that states it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.ask.answers import RelationRow
from graph.ask.rows import claim_rows, entity_rows
from graph.ask.wording import claim_lines
from graph.model import Edge
from graph.store.transaction import Transaction


def list_relations(
    tx: Transaction, entity: str, other: str | None = None, *, limit: int | None = None
) -> tuple[RelationRow, ...]:
    """What is it said to do to others, and they to it? `other`: only what stands between the two. By ids.

    In the order of first telling, undated last; each is only as good as the claim that it comes with.
    """
    edges = [*tx.edges(["RELATION"], starts=[entity]), *tx.edges(["RELATION"], ends=[entity])]
    wanted = {e.identity: e for e in edges if other is None or other in (e.start, e.end)}
    rows = relation_rows(tx, list(wanted.values()))
    ordered = sorted(rows, key=lambda row: (row.claim.first_at or "9999", row.claim.id, row.subject.id, row.name))
    return tuple(ordered[:limit])


def relation_rows(tx: Transaction, edges: list[Edge]) -> list[RelationRow]:
    """The edges with both ends and the claim that states each; one whose claim is left out here is left out."""
    near = tx.gather(
        claims={str(e.properties["claim"]) for e in edges}, entities={end for e in edges for end in (e.start, e.end)}
    )
    claims = claim_rows(near, [str(e.properties["claim"]) for e in edges])
    ends = entity_rows(near, [end for e in edges for end in (e.start, e.end)])
    shown = (e for e in edges if str(e.properties["claim"]) in claims and e.start in ends and e.end in ends)
    return [
        RelationRow(ends[e.start], str(e.properties["name"]), ends[e.end], claims[str(e.properties["claim"])], told(e))
        for e in shown
    ]


def told(edge: Edge) -> tuple[str, ...]:
    """How sure it is said to be, and when: "probable", "in 2029-01-01 to 2030-01-01"."""
    value = edge.properties.get("told", ())
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def relation_lines(row: RelationRow) -> Iterator[str]:
    """The relation as alleged, and the claim that it rests on."""
    told_so = f" ({', '.join(row.told)})" if row.told else ""
    yield f"{row.subject.name} is alleged: {row.name.replace('_', ' ')} {row.object.name}{told_so}"
    yield from (f"    {line}" for line in claim_lines(row.claim))
