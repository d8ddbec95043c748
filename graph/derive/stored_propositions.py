"""Propositions in the store: what says exactly the same, found by what it is about, with what stands for it.

A proposition bears the keys of its content with a p before them (`pk:`, `pc:`, `pf:`), `px:` of what it says, and
`voice:` of the assertions that stand for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graph.derive.candidates import CROWD
from graph.derive.claims import Draft, link_of
from graph.derive.contents import Content
from graph.derive.decisions import load_judged
from graph.derive.keys import ends
from graph.derive.opposition import oppose
from graph.derive.surroundings import load_contents
from graph.derive.tellings import exact_of
from graph.store.transaction import Transaction

BLOCKING = ("k:", "c:")
MANY = 2 * CROWD  # propositions that bear a key, beyond which not all are looked at


@dataclass(frozen=True, slots=True)
class Stored:
    """A proposition as it is found."""

    id: str
    claim: str
    exact: str
    voices: tuple[str, ...]  # assertions that stand for it


@dataclass(slots=True)
class Component:
    """Assertions that may be in one claim with some, and what was learned on the way to them."""

    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of its assertions
    asked: set[str] = field(default_factory=set)  # those, and what was looked at and claims nothing any more
    crowded: set[str] = field(default_factory=set)  # blocking keys that too many propositions bear
    contents: dict[str, Content] = field(default_factory=dict)  # by what is claimed


def stand_ins_of(tx: Transaction, claims: Collection[str]) -> dict[str, set[str]]:
    """The assertions that stand for each of these claims."""
    found: dict[str, set[str]] = defaultdict(set)
    for stored in _load(tx, {e.start for e in tx.edges(["TELLS"], ends=claims)}):
        found[stored.claim] |= set(stored.voices)
    return found


def with_content(tx: Transaction, keys: Collection[str]) -> dict[str, set[str]]:
    """For each key of a content, the claims that have it among their propositions."""
    bearers = tx.with_keys({f"p{key}" for key in keys})
    claim_of = {e.start: e.end for e in tx.edges(["TELLS"], starts={i for them in bearers.values() for i in them})}
    return {key: {claim_of[i] for i in bearers.get(f"p{key}", ()) if i in claim_of} for key in keys}


def find_component(tx: Transaction, seeds: Collection[str], whole: Collection[str]) -> Component:
    """The assertions that may be in one claim with the seeds; of claims that are not among `whole`, their stand-ins.

    `whole`: claims all of whose members are among the seeds.
    """
    component = Component()
    frontier = set(seeds)
    left = {key[1:] for found in _keys_of(tx, whole).values() for key in found if key.startswith("pc:")}
    while frontier:
        component.asked |= frontier
        fresh = {i: found for i, found in tx.keys(frontier).items() if exact_of(found)}
        component.keys |= fresh
        near = _Near(tx, component, {key for found in fresh.values() for key in found} | left, whole)
        left = set()
        claims = near.linked_to({exact_of(found) for found in fresh.values()}) | near.crossing()
        frontier = {i for them in stand_ins_of(tx, claims).values() for i in them}
        frontier |= {i for found in fresh.values() for sign in "<>" for i in ends(found, f"by:ANSWERS{sign}")}
        frontier |= load_judged(tx, fresh).paired()
        frontier -= component.asked
    others = tx.nodes(component.asked - component.keys.keys())
    component.asked = {*component.keys, *(i for i, node in others.items() if node.label == "Assertion")}
    return component


class _Near:
    """What shares a key with the latest part of a component: stored propositions, and what the component holds."""

    def __init__(self, tx: Transaction, component: Component, keys: Collection[str], whole: Collection[str]) -> None:
        self._tx, self._component = tx, component
        blocking = {key for key in keys if key.startswith(BLOCKING)}
        self._stored = _bearing(tx, {*blocking, *(key for key in keys if key.startswith("x:"))})
        self._others = {key: [s for s in them if s.claim not in whole] for key, them in self._stored.items()}
        self._here: dict[str, set[str]] = defaultdict(set)
        for found in component.keys.values():
            for key in blocking.intersection(found):
                self._here[key].add(exact_of(found))
        component.crowded |= {key for key in blocking if key.startswith("c:") and len(self._exacts(key)) > CROWD}
        self._blocking = blocking

    def _exacts(self, key: str) -> set[str]:
        """What is claimed by all that bear a key, now."""
        return {s.exact for s in self._others.get(key, ())} | self._here.get(key, set())

    def crossing(self) -> set[str]:
        """Claims that bear a key which so many bear now, or so few, that it joins no more, or joins again."""
        crossed = {
            key
            for key, them in self._stored.items()
            if key.startswith("c:") and (len({s.exact for s in them}) > CROWD) != (len(self._exacts(key)) > CROWD)
        }
        return {s.claim for key in crossed for s in self._others[key]}

    def linked_to(self, fresh: Collection[str]) -> set[str]:
        """Claims with a proposition that says the same as one of the fresh contents, or is alike enough."""
        same = {s.claim for exact in fresh for s in self._others.get(f"x:{exact}", ())}
        open_keys = self._blocking - self._component.crowded
        here = {exact_of(found) for found in self._component.keys.values()}
        others = {key: {s.exact for s in self._others.get(key, ())} - here for key in open_keys}
        pairs = {
            (exact, other)
            for key in open_keys
            for exact in self._here.get(key, set()).intersection(fresh if others[key] else ())
            for other in others[key]
        }
        self._load_contents({exact for pair in pairs for exact in pair})
        contents = self._component.contents
        alike = {other for exact, other in pairs if link_of(exact, other, contents[exact], contents[other])}
        return same | {s.claim for key in open_keys for s in self._others.get(key, ()) if s.exact in alike}

    def _load_contents(self, exacts: Collection[str]) -> None:
        wanted = set(exacts) - self._component.contents.keys()
        told: dict[str, list[str]] = defaultdict(list)
        for i, found in self._component.keys.items():
            told[exact_of(found)].append(i)
        for s in (s for them in self._others.values() for s in them):
            told[s.exact] += s.voices
        one_of = {exact: min(told[exact]) for exact in wanted}
        contents = load_contents(self._tx, set(one_of.values()))
        self._component.contents |= {exact: contents[i] for exact, i in one_of.items()}


def _bearing(tx: Transaction, keys: Collection[str]) -> dict[str, list[Stored]]:
    """The stored propositions that bear each of these keys; of a crowded blocking key enough to tell that it is."""
    blocking = {f"p{key}" for key in keys if key.startswith("c:")}
    bearers = tx.some_with_keys(blocking, MANY) | tx.with_keys({f"p{key}" for key in keys} - blocking)
    stored = {s.id: s for s in _load(tx, {i for them in bearers.values() for i in them})}
    few = {key for key, them in bearers.items() if len(them) > MANY and _exacts(stored, them) <= CROWD} & blocking
    if few:  # many propositions that say few things: one thing of many who bear one name
        bearers |= tx.with_keys(few)
        stored |= {s.id: s for s in _load(tx, {i for key in few for i in bearers[key]})}
    return {key[1:]: [stored[i] for i in them if i in stored] for key, them in bearers.items()}


def _exacts(stored: Mapping[str, Stored], ids: Iterable[str]) -> int:
    return len({stored[i].exact for i in ids if i in stored})


def find_facing(tx: Transaction, drafts: Iterable[Draft], crowded: set[str], known: Collection[str]) -> set[str]:
    """Claims that speak against one of these, or that one of these speaks against; adds to the crowded keys.

    `known`: claims that are not what is stored of them.
    """
    own: dict[str, dict[str, str]] = defaultdict(dict)  # key → what is claimed → an assertion that does
    contents: dict[str, Content] = {}
    for draft in drafts:
        contents |= draft.contents
        for i, found in draft.keys.items():
            for key in (key for key in found if key.startswith(("c:", "o:"))):
                own[key].setdefault(exact_of(found), i)
    bearers = _bearing(tx, {f"{sign}:{key[2:]}" for key in own for sign in "co"})
    pairs: set[tuple[str, str, str]] = set()  # assertion, assertion that it may speak against, claim of the stored one
    for key in {key[2:] for key in own}:
        plain, turned = ([s for s in bearers.get(f"{sign}:{key}", ()) if s.claim not in known] for sign in "co")
        if not (turned or own.get(f"o:{key}")):
            continue
        if len({s.exact for s in plain} | own.get(f"c:{key}", {}).keys()) > CROWD:
            crowded.add(f"c:{key}")
            continue
        pairs |= {(i, min(s.voices), s.claim) for i in own.get(f"o:{key}", {}).values() for s in plain}
        pairs |= {(min(s.voices), i, s.claim) for i in own.get(f"c:{key}", {}).values() for s in turned}
    contents |= load_contents(tx, {i for a, b, _ in pairs for i in (a, b)} - contents.keys())
    return {claim for a, b, claim in pairs if oppose(contents[a], contents[b])}


def _keys_of(tx: Transaction, claims: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    return tx.keys({e.start for e in tx.edges(["TELLS"], ends=claims)})


def _load(tx: Transaction, propositions: Collection[str]) -> list[Stored]:
    claim_of = {e.start: e.end for e in tx.edges(["TELLS"], starts=propositions)}
    keys = tx.keys(claim_of)
    return [
        Stored(i, claim, ends(keys[i], "px:")[0], tuple(ends(keys[i], "voice:")))
        for i, claim in claim_of.items()
        if i in keys
    ]
