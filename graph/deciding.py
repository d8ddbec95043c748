"""People's decisions in the store: checked, kept with the keys that find them, followed to later readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from graph.derive.decisions import (
    KINDS,
    PAIRED,
    Judged,
    amend_article,
    amend_assertion,
    find_decisions,
    in_force,
    load_decisions,
    load_judged,
    standing_of,
    to_decision,
)
from graph.derive.keys import ends
from graph.errors import NotFound, StoreError
from graph.model import Decision, Label, Node
from graph.store.records import decision_node, with_outlets
from graph.store.transaction import Transaction
from ingest.model import Genre, Reading, Span, Stance

State = Literal["in force", "undone", "replaced", "orphaned"]
OBJECTS: Mapping[str, tuple[Label, ...]] = {
    "same": ("Referent", "Assertion"), "different": ("Referent", "Assertion"), "unsure": ("Referent", "Assertion"),
    "split": ("Referent", "Assertion"), "source": ("Assertion",), "not_said": ("Assertion",), "stance": ("Assertion",),
    "wording": ("Assertion",), "genre": ("Article",), "issued_by": ("Article",), "confidential": ("Article",),
    "reliability": ("Referent",), "undo": ("Decision",),
}  # fmt: skip
AFTER: Mapping[str, tuple[str, ...]] = {
    "stance": get_args(Stance), "genre": get_args(Genre), "confidential": ("true", "false"),
    "reliability": ("A", "B", "C", "D", "E", "F"),
}  # fmt: skip
SHOWN = {"stance": "stance", "wording": "wording", "genre": "genre", "issued_by": "issued_by"}


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A decision as it stands now."""

    id: str
    decision: Decision
    state: State


def check(tx: Transaction, decision: Decision) -> Node:
    """The decision as it will be kept, with what it was before. Raises NotFound and StoreError."""
    check_form(decision)
    objects = tx.nodes(decision.objects)
    if missing := set(decision.objects) - objects.keys():
        raise NotFound(f"nothing is recorded under {', '.join(sorted(missing))}: a decision needs an id that is")
    labels = {node.label for node in objects.values()}
    allowed = OBJECTS[decision.what]
    if len(labels) != 1 or not labels <= set(allowed):
        raise StoreError(f"{decision.what} is of one kind of recorded thing: {' or '.join(allowed).lower()}")
    _check_after(tx, decision, objects)
    first = objects[decision.objects[0]]
    before = decision.before or str(first.properties.get(SHOWN.get(decision.what, ""), "")) or None
    return decision_node(replace(decision, before=before, anchors=_anchors(tx, decision.objects)))


def check_form(decision: Decision) -> None:
    """Whether it could be decided of anything at all. Raises StoreError."""
    what = decision.what
    if what not in KINDS:
        raise StoreError(f"nothing is decided by {what!r}: one of {', '.join(KINDS)}")
    least, most = (2, 2) if what in PAIRED else (2, None) if what == "split" else (1, 1)
    count = len(set(decision.objects))
    if count < least or (most and count > most):
        raise StoreError(f"{what} is of {'one' if most == 1 else 'two'}, and {count} were named")
    if what in AFTER and decision.after not in AFTER[what]:
        raise StoreError(f"{what} is one of {', '.join(AFTER[what])}")
    if what in ("wording", "issued_by") and not (decision.after or "").strip():
        raise StoreError(f"{what} needs the words")


def _check_after(tx: Transaction, decision: Decision, objects: Mapping[str, Node]) -> None:
    if decision.what == "source" and decision.after:
        referent = tx.nodes([decision.after]).get(decision.after)
        article = objects[decision.objects[0]].properties["article"]
        if referent is None or referent.label != "Referent" or referent.properties["article"] != article:
            raise NotFound(f"{decision.after} is nobody of that article: `onrecord trace` shows whom it names")
    if decision.what == "reliability" and objects[decision.objects[0]].properties["kind"] != "outlet":
        raise StoreError("only an outlet is rated for its reliability")


def _anchors(tx: Transaction, objects: Iterable[str]) -> tuple[str, ...]:
    nodes = tx.nodes(list(objects))
    return tuple(_anchor_of(nodes[i]) if nodes[i].label == "Assertion" else "" for i in objects)


def _anchor_of(assertion: Node) -> str:
    f: Mapping[str, Any] = assertion.properties
    return _anchor(f["article"], f.get("content", ()), f.get("source", ()))


def _anchor(article: str, content: Iterable[int], source: Iterable[int]) -> str:
    return f"{article}|{','.join(map(str, content))}|{','.join(map(str, source))}"


def _flat(spans: Iterable[Span]) -> list[int]:
    return [n for span in spans for n in (span.start, span.end)]


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def keep(tx: Transaction, decisions: Iterable[Node]) -> None:
    """Put decisions with the keys by which they are found; what they are about need not be there."""
    decisions = list(decisions)
    if decisions:
        tx.put(decisions, [], {})
        tx.set_setting("decisions", "kept")
        rekey(tx, {node.id: to_decision(node) for node in decisions}, {})


def rekey(tx: Transaction, decisions: Mapping[str, Decision], readings: Mapping[str, Iterable[Reading]]) -> None:
    """Let decisions be found by what they are about, and by what that is called in these articles' readings."""
    there = {i for found in readings.values() for r in found for i in (*_ids(r), r.article.id)}
    objects = {
        i: node
        for i, node in tx.nodes({o for d in decisions.values() for o in d.objects}).items()
        if i in there or _article_of(node) not in readings
    }
    by_anchor = {
        _anchor(article, _flat(a.content), _flat(a.source)): a.id
        for article, found in readings.items()
        for reading in found
        for a in reading.assertions
    }
    now = {
        i: {
            o: by_anchor[anchor]
            for o, anchor in _anchored(d)
            if o not in there | objects.keys() and anchor in by_anchor
        }
        for i, d in decisions.items()
    }
    objects |= tx.nodes({new for found in now.values() for new in found.values()})
    names = tx.keys([i for i, node in objects.items() if node.label == "Referent"])
    tx.put([], [], {i: _keys(d, now[i], names) for i, d in decisions.items()})


def _ids(reading: Reading) -> list[str]:
    return [*(r.id for r in with_outlets(reading).referents), *(a.id for a in reading.assertions)]


def _article_of(node: Node) -> str | None:
    return (
        node.id
        if node.label == "Article"
        else str(node.properties["article"])
        if "article" in node.properties
        else None
    )


def _anchored(d: Decision) -> Iterable[tuple[str, str]]:
    return [(o, anchor) for o, anchor in zip(d.objects, d.anchors, strict=False) if anchor]


def _keys(d: Decision, now: Mapping[str, str], names: Mapping[str, tuple[str, ...]]) -> list[str]:
    keys = {f"on:{o}" for o in (*d.objects, *now.values())} | {f"now:{old}>{new}" for old, new in now.items()}
    keys |= {f"called:{name}" for o in d.objects for name in ends(names.get(o, ()), "n:")}
    return sorted(keys | {f"in:{anchor.partition('|')[0]}" for _, anchor in _anchored(d)})


def articles_of(d: Decision, objects: Mapping[str, Node]) -> set[str]:
    """The articles of what a decision is about."""
    found = {anchor.partition("|")[0] for anchor in d.anchors if anchor}
    return found | {article for o in d.objects if o in objects and (article := _article_of(objects[o]))}


# ── readings as decided ──────────────────────────────────────────────────────────────────────────────────────────


def follow(tx: Transaction, readings: Mapping[str, Collection[Reading]], before: Collection[str]) -> None:
    """Find what was decided about anything of these articles by what it is called in these readings of them.

    `before`: ids of all that was recorded of them.
    """
    here = {*before, *(i for found in readings.values() for r in found for i in (*_ids(r), r.article.id))}
    found = find_decisions(tx, (*(f"in:{article}" for article in readings), *(f"on:{i}" for i in here)))
    if found:
        nodes = tx.nodes(found)
        rekey(tx, {i: to_decision(node) for i, node in nodes.items()}, readings)


def load_amendments(tx: Transaction, readings: Iterable[Reading]) -> Judged:
    """What people decided about these articles and their assertions."""
    return load_judged(tx, {i for r in readings for i in (r.article.id, *(a.id for a in r.assertions))})


def amend(reading: Reading, judged: Judged) -> Reading:
    """A reading as people decided that it is; the same object where they decided nothing."""
    if not judged.singles:
        return reading
    kinds = {r.id: r.kind for r in reading.referents}
    return replace(
        reading,
        article=amend_article(reading.article, judged),
        assertions=tuple(amend_assertion(a, judged, kinds) for a in reading.assertions),
    )


def without_unsaid(reading: Reading, judged: Judged) -> Reading:
    """A reading without what a person decided was never said."""
    said = tuple(a for a in reading.assertions if judged.of("not_said", a.id) is None)
    return reading if len(said) == len(reading.assertions) else replace(reading, assertions=said)


def affected_articles(tx: Transaction, decisions: Iterable[Decision]) -> set[str]:
    """The articles that these decisions are about, those of what they undo among them."""
    found: set[str] = set()
    frontier = list(decisions)
    while frontier:
        objects = tx.nodes({o for d in frontier for o in d.objects})
        found |= {article for d in frontier for article in articles_of(d, objects)}
        frontier = [to_decision(node) for node in objects.values() if node.label == "Decision"]
    return found


# ── the log ──────────────────────────────────────────────────────────────────────────────────────────────────────


def list_decisions(tx: Transaction) -> list[KeptDecision]:
    """Every decision, the latest first, as it stands now."""
    ids = [node.id for node in tx.nodes_of("Decision")]
    decisions = load_decisions(tx, ids)
    standing, force = standing_of(decisions), in_force(decisions)
    there = tx.nodes({o for d in decisions.values() for o in d.objects})

    def state(i: str, d: Decision) -> State:
        if not set(d.objects) <= there.keys():
            return "orphaned"
        if d.what == "undo":
            return "in force" if d.objects[0] not in standing else "undone"
        return "in force" if i in force else "replaced" if i in standing else "undone"

    kept = [KeptDecision(i, d, state(i, d)) for i, d in decisions.items()]
    return sorted(kept, key=lambda k: (k.decision.at, k.id), reverse=True)


def members_beside(tx: Transaction, member: str) -> tuple[str, ...]:
    """The other members of the entity or claim that a referent or assertion belongs to now, sorted."""
    owners = [e.end for e in tx.edges(["RESOLVES_TO", "EXPRESSES"], starts=[member])]
    return tuple(sorted({e.start for e in tx.edges(["RESOLVES_TO", "EXPRESSES"], ends=owners)} - {member}))
