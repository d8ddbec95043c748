"""What people decided, and what of it is in force: an input of all that is derived. Pure, but for `load_judged`.

A decision is never changed: of one object or pair the latest is in force, then the one with the greater id, and `undo`
takes one back, itself a decision that can be undone.

`on:ID` is borne by each decision about that object; `now:OLD>NEW` by one whose assertion a later reading gave another
id; `called:NAME` by one about a referent of that name key; `in:ARTICLE` by one about anything of that article.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from graph.derive.keys import ends
from graph.model import Decision, DecisionKind, Node
from graph.store.transaction import Transaction
from ingest.model import Article, Assertion, Kind, SourceType, Speaker

Pair = tuple[str, str]
PAIRED: frozenset[str] = frozenset({"same", "different", "unsure"})
SOURCE_TYPES: Mapping[Kind, SourceType] = {
    "document": "document",
    "outlet": "outlet",
}  # of a decided source; else named
NOBODY: frozenset[SourceType] = frozenset({"anonymous", "group", "agentless", "writer"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is in force between two recorded things."""

    what: DecisionKind  # same, different or unsure
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The decisions in force on some recorded things, by what they are about; ids of today's readings."""

    pairs: Mapping[Pair, Ruling] = field(default_factory=dict)  # smaller id first
    singles: Mapping[tuple[DecisionKind, str], Decision] = field(default_factory=dict)

    def between(self, a: str, b: str) -> Ruling | None:
        return self.pairs.get(in_order(a, b))

    def of(self, what: DecisionKind, i: str) -> Decision | None:
        return self.singles.get((what, i))

    def paired(self) -> frozenset[str]:
        """Every id that stands in a pair."""
        return frozenset(i for pair in self.pairs for i in pair)

    def pairs_of(self, what: DecisionKind) -> list[Pair]:
        return sorted(pair for pair, ruling in self.pairs.items() if ruling.what == what)


NOTHING = Judged()


def in_order(a: str, b: str) -> Pair:
    return (min(a, b), max(a, b))


def in_force(decisions: Mapping[str, Decision]) -> dict[str, Decision]:
    """Those that no undo in force takes back, and that no later one on all the same things replaces; undos left out."""
    standing = standing_of(decisions)
    latest: dict[tuple[str, ...], str] = {}
    for i in sorted(standing, key=lambda i: (decisions[i].at, i)):
        latest |= dict.fromkeys(_subjects(decisions[i]), i)
    return {i: decisions[i] for i in sorted(set(latest.values()))}


def standing_of(decisions: Mapping[str, Decision]) -> set[str]:
    """Ids of the decisions that are not taken back; an undo of an undo gives back what was taken."""
    undone_by: dict[str, list[str]] = {}
    for i, d in decisions.items():
        if d.what == "undo":
            undone_by.setdefault(d.objects[0], []).append(i)

    def stands(i: str) -> bool:
        return not any(stands(undo) for undo in undone_by.get(i, ()))

    return {i for i, d in decisions.items() if d.what != "undo" and stands(i)}


def judge(decisions: Mapping[str, Decision]) -> Judged:
    """What is in force, by what it is about."""
    pairs: dict[Pair, Ruling] = {}
    singles: dict[tuple[DecisionKind, str], Decision] = {}
    standing = standing_of(decisions)
    for i in sorted(standing, key=lambda i: (decisions[i].at, i)):
        d = decisions[i]
        what: DecisionKind = "different" if d.what == "split" else d.what
        for subject in _subjects(d):
            if len(subject) == 3:
                pairs[subject[1], subject[2]] = Ruling(what, d.why)
            else:
                singles[d.what, subject[1]] = d
    return Judged(pairs, singles)


def _subjects(d: Decision) -> list[tuple[str, ...]]:
    """What a decision is about: ("pair", smaller, greater) for each pair, or (kind, object)."""
    first, *others = d.objects
    if d.what in PAIRED or d.what == "split":
        return [("pair", *in_order(first, other)) for other in others]
    return [(d.what, first)]


# ── on recorded nouns ────────────────────────────────────────────────────────────────────────────────────────────


def amend_article(article: Article, judged: Judged) -> Article:
    """An article as people decided that it is."""
    genre, issued_by = judged.of("genre", article.id), judged.of("issued_by", article.id)
    confidential = judged.of("confidential", article.id)
    fields: dict[str, Any] = {}
    if genre:
        fields["genre"] = genre.after
    if issued_by:
        fields["issued_by"] = issued_by.after
    if confidential:
        fields["confidential"] = confidential.after == "true"
    return replace(article, **fields) if fields else article


def amend_assertion(a: Assertion, judged: Judged, kinds: Mapping[str, Kind]) -> Assertion:
    """An assertion as people decided that it is; `kinds`: of its article's referents."""
    stance, wording, source = (judged.of(what, a.id) for what in ("stance", "wording", "source"))
    fields: dict[str, Any] = {}
    if stance:
        fields["stance"] = stance.after
    if wording:
        fields["wording"] = wording.after
    if source:
        fields |= _source(a, source.after, kinds)
    return replace(a, **fields) if fields else a


def _source(a: Assertion, referent: str | None, kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """Nobody in particular said what a person says was not said by this one: it is hearsay until they say by whom."""
    if referent is None or referent not in kinds:
        return {"sources": (), "source_type": a.source_type if a.source_type in NOBODY else "agentless"}
    return {
        "sources": (Speaker(referent, "itself"),),
        "source_type": SOURCE_TYPES.get(kinds[referent], "named"),
        "affiliations": (),
    }


# ── in the store ─────────────────────────────────────────────────────────────────────────────────────────────────


def load_judged(tx: Transaction, objects: Collection[str]) -> Judged:
    """What is in force on any of these recorded things; their partners in pairs may be others."""
    return judge(load_decisions(tx, find_decisions(tx, (f"on:{i}" for i in objects))))


def find_decisions(tx: Transaction, keys: Iterable[str]) -> set[str]:
    """Ids of the decisions that bear one of these keys, and of the undos of them."""
    if tx.setting("decisions") is None:
        return set()
    found: set[str] = set()
    frontier = {i for them in tx.with_keys(set(keys)).values() for i in them}
    while frontier:
        found |= frontier
        undos = tx.with_keys({f"on:{i}" for i in frontier})
        frontier = {i for them in undos.values() for i in them} - found
    return found


def group_names(tx: Transaction, names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Of these name keys, those that a decision is about: each with all that decisions tie it to, sorted."""
    tied: dict[str, set[str]] = {}
    frontier = set(names)
    while frontier:
        found = find_decisions(tx, (f"called:{name}" for name in frontier))
        for keys in tx.keys(found).values():
            group = set(ends(keys, "called:"))
            for name in list(group):
                group |= tied.get(name, set())
            tied |= dict.fromkeys(group, group)
        frontier = tied.keys() - frontier - set(names) if found else set()
        names = {*names, *frontier}
    return {name: tuple(sorted(group)) for name, group in tied.items()}


def load_decisions(tx: Transaction, ids: Collection[str]) -> dict[str, Decision]:
    """Decisions by id, their objects followed to what later readings call them."""
    keys = tx.keys(ids)
    decisions = {}
    for i, node in tx.nodes(ids).items():
        now = dict(pair.split(">") for pair in ends(keys.get(i, ()), "now:"))
        d = to_decision(node)
        decisions[i] = replace(d, objects=tuple(now.get(o, o) for o in d.objects))
    return decisions


def to_decision(node: Node) -> Decision:
    """A stored decision as it was made."""
    f: Mapping[str, Any] = node.properties
    return Decision(
        who=f["who"], at=f["at"], what=f["what"], objects=tuple(f["objects"]), why=f.get("why", ""),
        before=f.get("before"), after=f.get("after"), anchors=tuple(f.get("anchors", ())),
    )  # fmt: skip


KINDS: tuple[DecisionKind, ...] = get_args(DecisionKind)
