"""Joins that a rule suggests and nobody has decided on: two that may be one, with why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from graph.ask.rows import assertion_rows, claim_rows, entity_rows
from graph.ask.wording import said_words
from graph.model import Edge
from graph.store.transaction import Transaction

SPEAKING = frozenset({"person", "company", "organization", "outlet", "government", "document"})


@dataclass(frozen=True, slots=True)
class SuggestedEnd:
    """One of the two: what a person compares."""

    id: str  # of the referent or assertion: what a decision is about
    cluster: str  # of its entity or claim
    title: str
    note: str
    articles: int  # that its entity or claim stands in


@dataclass(frozen=True, slots=True)
class Suggestion:
    label: Literal["Entity", "Claim"]
    one: SuggestedEnd
    other: SuggestedEnd
    score: float
    reason: str


def list_suggestions(tx: Transaction, *, limit: int = 50) -> tuple[Suggestion, ...]:
    """Which two may be one? Those that most articles hang on first, then the likeliest, then by id."""
    edges = [edge for edge in tx.edges(["SAME_AS"]) if edge.properties.get("state") == "suggested"]
    ends = {**_referents(tx, edges), **_assertions(tx, edges)}
    found = (
        Suggestion(
            "Entity" if ends[edge.start][0] == "Referent" else "Claim",
            ends[edge.start][1],
            ends[edge.end][1],
            float(str(edge.properties.get("score", 0))),
            str(edge.properties.get("reason", "")),
        )
        for edge in edges
        if edge.start in ends and edge.end in ends
    )
    once: dict[frozenset[str], Suggestion] = {}  # of several links between two clusters, one is enough to decide on
    for suggestion in sorted(found, key=_by_consequence):
        once.setdefault(frozenset((suggestion.one.cluster, suggestion.other.cluster)), suggestion)
    return tuple(once.values())[:limit]


def _by_consequence(s: Suggestion) -> tuple[int, float, str, str]:
    return (-(s.one.articles + s.other.articles), -s.score, s.one.id, s.other.id)


Ends = dict[str, tuple[str, SuggestedEnd]]


def _referents(tx: Transaction, edges: Iterable[Edge]) -> Ends:
    ids = {i for edge in edges for i in (edge.start, edge.end)}
    nodes = {i: node for i, node in tx.nodes(ids).items() if node.label == "Referent"}
    entity_of = {edge.start: edge.end for edge in tx.edges(["RESOLVES_TO"], starts=nodes)}
    entities = entity_rows(tx, set(entity_of.values()))
    found: Ends = {}
    for i, node in nodes.items():
        f: Mapping[str, Any] = node.properties
        entity = entities[entity_of[i]]
        told = [str(f["kind"]).replace("_", " "), *f.get("roles", ())]
        found[i] = ("Referent", SuggestedEnd(i, entity.id, str(f["name"]), "; ".join(told), entity.articles))
    return found


def _assertions(tx: Transaction, edges: Iterable[Edge]) -> Ends:
    ids = {i for edge in edges for i in (edge.start, edge.end)}
    claim_of = {edge.start: edge.end for edge in tx.edges(["EXPRESSES"], starts=ids)}
    claims = claim_rows(tx, set(claim_of.values()))
    found: Ends = {}
    for row in assertion_rows(tx, claim_of):
        who = ", ".join(s.name or s.words for s in row.chain)
        note = f"{said_words(row)} ({who}, in {row.article.outlet or 'an unknown outlet'})"
        claim = claims[claim_of[row.assertion.id]]
        found[row.assertion.id] = (
            "Assertion",
            SuggestedEnd(row.assertion.id, claim.id, claim.wording, note, claim.articles),
        )
    return found


def who_may_speak(tx: Transaction, article: str) -> dict[str, str]:
    """Who can be said to have spoken in this article: its people and bodies by referent id, in the order of names."""
    version = tx.nodes([article])[article].properties["version"]
    mentions = {edge.start for edge in tx.edges(["FOUND_IN"], ends=[str(version)])}
    referents = tx.nodes({edge.end for edge in tx.edges(["REFERS_TO"], starts=mentions)})
    named = {i: str(node.properties["name"]) for i, node in referents.items() if node.properties["kind"] in SPEAKING}
    return dict(sorted(named.items(), key=lambda pair: (pair[1].casefold(), pair[0])))
