"""What stands round assertions in the store: their referents as entities, articles, outlets, credits and copies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.derive.contents import Content, content_of
from graph.derive.keys import ends
from graph.derive.names import name_key
from graph.derive.outlets import brand_of
from graph.derive.stored_entities import listed
from graph.model import Node
from graph.store.records import load_assertions, load_referents
from graph.store.transaction import Transaction
from ingest.model import Assertion, Kind, Referent


@dataclass(frozen=True, slots=True)
class Who:
    """An entity as a status names it."""

    entity: str
    name: str
    kind: Kind
    brand: tuple[str, ...] = ()  # of an outlet: the words by which its house is known


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What voices are made from, gathered for many assertions at once."""

    assertions: Mapping[str, Assertion]
    referents: Mapping[str, Referent]
    who: Mapping[str, Who]  # by referent id
    owners: Mapping[str, tuple[str, ...]]  # entity → entities that it works for, or that made it
    articles: Mapping[str, Node]
    article_of: Mapping[str, str]
    published_by: Mapping[str, str]  # article → referent
    credits: Mapping[str, tuple[str, ...]]  # article → referents
    wire: Mapping[str, str]  # article → referent of the one agency whose tag it bears: "(Reuters) -", "AFP"
    original: Mapping[str, str]  # article → the one at the root of its copies; itself where it copies none
    keys: Mapping[str, tuple[str, ...]]
    continued: Mapping[str, tuple[str, ...]]  # assertion that names nobody → whom the one is about that it continues


def load_surroundings(tx: Transaction, ids: Collection[str]) -> Surroundings:
    """Everything that the voices of these assertions need."""
    assertions = load_assertions(tx, ids)
    article_of = {i: str(node.properties["article"]) for i, node in tx.nodes(assertions).items()}
    original = _originals(tx, set(article_of.values()))
    articles = tx.nodes({*original, *original.values()})
    published_by = {e.start: e.end for e in tx.edges(["PUBLISHED_BY"], starts=articles)}
    credited: dict[str, tuple[str, ...]] = defaultdict(tuple)
    tagged: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for e in tx.edges(["CREDITS"], starts=articles):
        credited[e.start] += (e.end,)
        tagged[e.start] += (e.end,) if is_wire_tag(str(e.properties.get("words", ""))) else ()
    keys = tx.keys(ids)
    continues = {i: before[0] for i, found in keys.items() if (before := ends(found, "by:CONTINUES>"))}
    earlier = load_assertions(tx, set(continues.values()))
    continued = {i: earlier[before].about for i, before in continues.items() if before in earlier}
    named = {r for a in assertions.values() for r in referents_of(a)} | {r for them in continued.values() for r in them}
    named |= {*published_by.values(), *(r for found in credited.values() for r in found)}
    referents = load_referents(tx, named)
    referents |= load_referents(tx, {e for r in referents.values() for e in r.employers} - referents.keys())
    resolved = {e.start: e.end for e in tx.edges(["RESOLVES_TO"], starts=referents)}
    entities = tx.nodes(set(resolved.values()))
    who = _to_whos(tx, entities)
    return Surroundings(
        assertions=assertions,
        referents=referents,
        who={r: who[entity] for r, entity in resolved.items()},
        owners=_owners(tx, entities),
        articles=articles,
        article_of=article_of,
        published_by=published_by,
        credits=credited,
        wire={article: them[0] for article, them in tagged.items() if len(them) == 1},
        original=original,
        keys=keys,
        continued=continued,
    )


def load_contents(tx: Transaction, ids: Collection[str]) -> dict[str, Content]:
    """What each of these claims, to be compared."""
    assertions = load_assertions(tx, ids)
    article_of = {i: str(node.properties["article"]) for i, node in tx.nodes(assertions).items()}
    referents = load_referents(tx, {r for a in assertions.values() for r in referents_of(a)})
    names = {i: name_key(r) for i, r in referents.items()}
    return {i: content_of(a, names, article_of[i]) for i, a in assertions.items()}


def referents_of(a: Assertion) -> Iterator[str]:
    """Every referent that an assertion names: as a source, on the way, in its content, as what it is about."""
    yield from (s.referent for s in a.sources)
    yield from (t[1:] for t in a.terms if t.startswith("@"))
    yield from (h.referent for h in a.hops if h.referent)
    yield from a.about
    yield from (r for r in (a.subject, a.object) if r)


def is_wire_tag(words: str) -> bool:
    """Whether a credit is an agency's tag, "(Reuters)" or "AFP": "Source: …" and "with …" may be for a part only."""
    return re.fullmatch(r"[\s(\[—–-]*[A-Z][\w&'’.-]*( [A-Z][\w&'’.-]*){0,3}[\s)\]—–-]*", words) is not None


def _owners(tx: Transaction, entities: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    names = {i: listed(node, "belongs_to") for i, node in entities.items()}
    bearers = tx.with_keys({f"is:{name}" for found in names.values() for name in found})
    return {i: tuple(e for name in found for e in bearers.get(f"is:{name}", ())) for i, found in names.items() if found}


def _to_whos(tx: Transaction, entities: Mapping[str, Node]) -> dict[str, Who]:
    names = tx.keys([i for i, node in entities.items() if node.properties["kind"] == "outlet"])
    return {i: _to_who(node, ends(names.get(i, ()), "is:")) for i, node in entities.items()}


def _to_who(entity: Node, names: Sequence[str]) -> Who:
    name, kind = str(entity.properties["name"]), entity.properties["kind"]
    return Who(entity.id, name, kind, brand_of(name, names) if names else ())  # type: ignore[arg-type]


def _originals(tx: Transaction, articles: Collection[str]) -> dict[str, str]:
    """Each article's original, through copies of copies."""
    parent: dict[str, str] = {}
    frontier = set(articles)
    while frontier:
        found = {e.start: e.end for e in tx.edges(["REUSES_TEXT_OF"], starts=frontier)}
        parent |= found
        frontier = set(found.values()) - parent.keys()
    original = {}
    for article in articles:
        root = article
        while root in parent:  # ends: a copy is later than what it copies
            root = parent[root]
        original[article] = root
    return original
