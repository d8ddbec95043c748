"""One store, one dossier: articles are written, taken out, checked and copied here, the same way in every database.

A database is a `Backend`: it gives transactions, and knows nothing of articles. What is written here is whole articles,
each with what is derived from it, in one transaction.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Protocol, TypeVar, get_args
from urllib.parse import urlsplit

from graph.derive.keys import keys_of
from graph.derive.refresh import refresh
from graph.errors import NotFound, StoreError
from graph.model import Decision, Edge, Label, Node
from graph.store.memory import MemoryBackend, MemoryTransaction
from graph.store.records import RECORDED_EDGES, by_age, decision_node, in_order, load_readings, to_records
from graph.store.transaction import Changed, Transaction
from ingest.model import Article, Reading, Span, assertion_id, text_sha256

Identity = tuple[str, str, str, str]
Versions = dict[str, Reading]  # by version id
T = TypeVar("T")

DERIVED: frozenset[Label] = frozenset({"Entity", "Claim"})
NOT_DUMPED = frozenset({"retrieved_at"})  # when it was read says nothing of what was read


class Backend(Protocol):
    """What a database gives: transactions."""

    def reading(self) -> AbstractContextManager[Transaction]:
        """One state of the graph, whatever is written meanwhile."""

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do the work alone, all or nothing; it may be called again where the database asks for it."""

    def expunge(self) -> None:
        """Let nothing that was deleted stay readable in files."""

    def close(self) -> None:
        """Let go of files and connections."""


@dataclass(frozen=True, slots=True)
class WriteSummary:
    """What was written: articles seen, of them new ones and changed ones, and the assertions in them."""

    articles: int = 0
    added: int = 0
    replaced: int = 0
    assertions: int = 0


def open_store(url: str, *, read_only: bool = False, create: bool = True) -> Store:
    """The store at `sqlite:///path`, `neo4j://user:password@host:7687` (or bolt://, neo4j+s://) or `memory://`.

    A path after `sqlite:///` is relative unless it begins with a fourth slash. Without `create` there must be a dossier
    already. Raises StoreUnreachable, StoreForeign
    and StoreTooNew; no message holds a password.
    """
    scheme = url.partition(":")[0]
    if scheme == "memory":
        return Store(MemoryBackend())
    if scheme == "sqlite":
        from graph.store.sqlite import SqliteBackend

        path = Path(url.removeprefix("sqlite:///")).expanduser()
        return Store(SqliteBackend(path, read_only=read_only, create=create))
    if scheme.partition("+")[0] in ("neo4j", "bolt"):
        from graph.store.neo4j import Neo4jBackend

        return Store(Neo4jBackend(urlsplit(url), read_only=read_only, create=create))
    raise StoreError(f"no store is of the kind {scheme!r}: use sqlite:///PATH or neo4j://USER:PASSWORD@HOST:7687")


class Store:
    """A dossier. Use it as a context manager, or close it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._backend.close()

    def read(self) -> AbstractContextManager[Transaction]:
        """One state of the graph to ask questions of. Keep it short."""
        return self._backend.reading()

    def write(self, readings: Iterable[Reading], *, batch: int = 50) -> WriteSummary:
        """Write whole articles, `batch` readings a transaction; each replaces the earlier reading of its version."""
        stream = iter(readings)
        seen: set[str] = set()
        added = replaced = assertions = 0
        while group := list(islice(stream, batch)):
            new, changed = self._backend.write(lambda tx, group=group: _write(tx, group))  # type: ignore[misc]
            added, replaced = added + new, replaced + changed
            assertions += sum(len(reading.assertions) for reading in group)
            seen |= {reading.article.id for reading in group}
        return WriteSummary(len(seen), added, replaced, assertions)

    def find_reading(self, article: Article, reader: str) -> Reading | None:
        """What this reader found in this very article, if that is stored."""
        with self.read() as tx:
            node = tx.nodes([article.version]).get(article.version)
            if node is None or node.properties.get("reader") != reader:
                return None
            stored = load_readings(tx, [article.version])[article.version]
        # When it was fetched says nothing of what was found; whether it can be read is found while reading.
        told = replace(article, retrieved_at=stored.article.retrieved_at, not_read=stored.article.not_read)
        return stored if stored.article == told and article.not_read in (None, stored.article.not_read) else None

    def remove(self, article: str) -> bool:
        """Take an article out whole, with all its versions, and leave nothing of it. Raises NotFound."""
        self._backend.write(lambda tx: _remove(tx, article))
        self._backend.expunge()
        return True

    def decide(self, decision: Decision) -> None:
        """Keep what a person decided. Nothing is ever changed in a decision: a later one reverts it."""
        self._backend.write(lambda tx: _decide(tx, decision))

    def dump(self) -> Iterator[str]:
        """Every node, by label and id, then every edge, as canonical JSON Lines."""
        with self.read() as tx:
            for label in sorted(get_args(Label)):
                for node in tx.nodes_of(label):
                    yield _line({"label": node.label, "id": node.id}, node.properties)
            for edge in tx.all_edges():
                ends = {"type": edge.type, "start": edge.start, "end": edge.end, "key": edge.key}
                yield _line(ends, edge.properties)

    def verify(self) -> list[str]:
        """What is wrong with the store, a sentence each: spans against their text, derived against recorded."""
        with self.read() as tx:
            readings = [reading for group in _all_readings(tx) for reading in group]
            faults = [fault for reading in readings for fault in _check_spans(reading)]
            return faults + _compare(_recomputed(readings, tx), tx)

    def copy_to(self, other: Store) -> int:
        """Write everything into another, empty store; gives the number of articles. Raises StoreError."""
        with other.read() as there:
            if any(True for label in ("Article", "Decision") for _ in there.nodes_of(label, limit=1)):
                raise StoreError("the store to copy to holds a dossier already, perhaps this one: name an empty one")
        with self.read() as tx:
            copied = other.write(reading for group in _all_readings(tx) for reading in group)
            for decision in tx.nodes_of("Decision"):
                other._backend.write(lambda target, decision=decision: _keep(target, decision))  # type: ignore[misc]
        return copied.articles

    def revision(self) -> int:
        """A number that every change of the store makes greater."""
        with self.read() as tx:
            return int(tx.setting("revision") or 0)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _write(tx: Transaction, readings: Iterable[Reading]) -> tuple[int, int]:
    """Write whole articles; gives how many are new and how many are changed."""
    fresh: dict[str, Versions] = defaultdict(dict)
    for reading in readings:
        fresh[reading.article.id][reading.article.version] = in_order(reading)
    before = _stored_versions(tx, fresh)
    after = {article: _superseded(before[article], versions) for article, versions in fresh.items()}
    changed = {article for article in fresh if before[article] != after[article]}
    if changed:
        _exchange(tx, {article: after[article] for article in sorted(changed)})
    return sum(not before[article] for article in changed), sum(bool(before[article]) for article in changed)


def _remove(tx: Transaction, article: str) -> None:
    node = tx.nodes([article]).get(article)
    if node is None or node.label != "Article":
        raise NotFound(f"no article {article} in this dossier: `onrecord search WORDS` finds its id")
    _exchange(tx, {article: {}})


def _decide(tx: Transaction, decision: Decision) -> None:
    objects = tx.nodes(decision.objects)
    if missing := set(decision.objects) - objects.keys():
        raise NotFound(f"nothing is recorded under {', '.join(sorted(missing))}: a decision needs an id that is")
    if any(node.label in DERIVED for node in objects.values()):
        raise StoreError("a decision is about recorded things: referents, assertions, articles")
    _keep(tx, decision_node(decision))


def _keep(tx: Transaction, decision: Node) -> None:
    """Append a decision, whose objects may be gone, and derive again what hangs on them."""
    if tx.nodes([decision.id]):
        return
    tx.put([decision], [], {})
    objects = decision.properties["objects"]
    refresh(tx, _changed(tx.nodes([str(i) for i in objects] if isinstance(objects, tuple) else []).values(), set()))
    _count_revision(tx)


def _stored_versions(tx: Transaction, articles: Collection[str]) -> dict[str, Versions]:
    """What is stored of each of these articles, which may be nothing."""
    stored: dict[str, Versions] = {article: {} for article in articles}
    versions = [edge.start for edge in tx.edges(["VERSION_OF"], ends=articles)]
    for version, reading in load_readings(tx, versions).items():
        stored[reading.article.id][version] = reading
    return stored


def _superseded(stored: Versions, fresh: Versions) -> Versions:
    """The versions of an article after `fresh` is written."""
    kept = {version: reading for version, reading in stored.items() if not _is_replaced(reading.article, fresh)}
    return kept | {version: _first_retrieved(reading, stored.get(version)) for version, reading in fresh.items()}


def _is_replaced(article: Article, fresh: Versions) -> bool:
    """The same bytes under another extractor are no revision: the new text takes the old one's place."""
    return article.version in fresh or any(
        article.original_sha256 is not None
        and article.original_sha256 == reading.article.original_sha256
        and article.extractor != reading.article.extractor
        for reading in fresh.values()
    )


def _first_retrieved(reading: Reading, earlier: Reading | None) -> Reading:
    times = [r.article.retrieved_at for r in (reading, earlier) if r and r.article.retrieved_at]
    return replace(reading, article=replace(reading.article, retrieved_at=min(times, default=None)))


def _exchange(tx: Transaction, articles: Mapping[str, Versions]) -> None:
    """Put these versions in the place of all that is stored of these articles, and derive again what hangs on it."""
    old_nodes, old_edges = _stored_records(tx, articles)
    orphaned = _find_orphaned(tx, old_nodes)
    nodes: dict[str, Node] = {}
    edges: dict[Identity, Edge] = {}
    for versions in filter(None, articles.values()):
        found_nodes, found_edges = to_records(*versions.values())
        nodes |= {node.id: node for node in found_nodes}
        edges |= {edge.identity: edge for edge in found_edges}
    tx.delete_edges([edge for identity, edge in old_edges.items() if identity not in edges])
    tx.delete(sorted(old_nodes.keys() - nodes.keys()))
    tx.put(
        [node for i, node in nodes.items() if old_nodes.get(i) != node],
        [edge for i, edge in edges.items() if old_edges.get(i) != edge],
        _keys(articles.values(), nodes),
    )
    refresh(tx, _changed([*old_nodes.values(), *nodes.values()], orphaned))
    _count_revision(tx)


def _stored_records(tx: Transaction, articles: Collection[str]) -> tuple[dict[str, Node], dict[Identity, Edge]]:
    """Every recorded node and edge of these articles, as stored, whatever code wrote them."""
    versions = {edge.start for edge in tx.edges(["VERSION_OF"], ends=articles)}
    found = {edge.start for edge in tx.edges(["FOUND_IN"], ends=versions)}
    stations = {edge.end for edge in tx.edges(["RELAYED_BY"], starts=found)}
    nodes = tx.nodes({*articles, *versions, *found, *stations})
    return nodes, {edge.identity: edge for edge in tx.edges(RECORDED_EDGES, starts=nodes)}


def _find_orphaned(tx: Transaction, nodes: Collection[str]) -> set[str]:
    """The entities and claims that these recorded nodes belong to, and the articles they are linked to as copies."""
    clusters = {edge.end for edge in tx.edges(["RESOLVES_TO", "EXPRESSES"], starts=nodes)}
    copies = {edge.end for edge in tx.edges(["REUSES_TEXT_OF"], starts=nodes)}
    originals = {edge.start for edge in tx.edges(["REUSES_TEXT_OF"], ends=nodes)}
    return clusters | copies | originals


def _keys(articles: Iterable[Versions], nodes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Node id → keys, as the latest version that holds the node gives them."""
    keys: dict[str, tuple[str, ...]] = {}
    for versions in articles:
        for reading in by_age(versions.values()):
            borne = keys_of(reading)
            bearers = [reading.article.id, *(r.id for r in reading.referents), *(a.id for a in reading.assertions)]
            keys |= dict.fromkeys(bearers, ()) | borne
    return {node: borne for node, borne in keys.items() if node in nodes}


def _changed(nodes: Iterable[Node], orphaned: Collection[str]) -> Changed:
    ids: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        ids[node.label].add(node.id)
    referents, assertions, articles = (frozenset(ids[label]) for label in ("Referent", "Assertion", "Article"))
    return Changed(referents, assertions, articles, frozenset(orphaned))


def _count_revision(tx: Transaction) -> None:
    tx.set_setting("revision", str(int(tx.setting("revision") or 0) + 1))


# ── looking through ──────────────────────────────────────────────────────────────────────────────────────────────


def _all_readings(tx: Transaction, *, batch: int = 200) -> Iterator[list[Reading]]:
    """All that was read, by version id, a batch at a time."""
    last = ""
    while versions := [node.id for node in tx.nodes_of("ArticleVersion", after=last, limit=batch)]:
        yield list(load_readings(tx, versions).values())
        last = versions[-1]


def _line(identity: Mapping[str, str], properties: Mapping[str, object]) -> str:
    shown = {name: value for name, value in properties.items() if name not in NOT_DUMPED}
    return json.dumps({**identity, "properties": shown}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _check_spans(reading: Reading) -> Iterator[str]:
    """Does every span still cut the words out of the text that made it what it is?"""
    article = reading.article
    if text_sha256(article.text) != article.sha256:
        yield f"version {article.version}: its text is not the one that was read"
    outside = Span(0, len(article.text))
    for mention in reading.mentions:
        if not outside.covers(mention.span):
            yield f"version {article.version}: a mention of {mention.referent} lies outside the text"
    for a in reading.assertions:
        spans = (*a.source, *a.cue, *a.content, *(hop.span for hop in a.hops))
        if not all(outside.covers(span) for span in spans):
            yield f"assertion {a.id}: a span lies outside the text of version {article.version}"
        elif a.content and not _is_named_by_content(a.id, article, a.content, len(reading.assertions)):
            yield f"assertion {a.id}: its content in version {article.version} is not what gave it its id"


def _is_named_by_content(assertion: str, article: Article, content: Iterable[Span], recurs: int) -> bool:
    words = " ".join(span.of(article.text) for span in content)
    return any(assertion == assertion_id(article.id, words, ordinal) for ordinal in range(recurs))


def _recomputed(readings: Iterable[Reading], tx: Transaction) -> MemoryTransaction:
    """The whole graph, derived anew from what was read and decided."""
    graph = MemoryTransaction()
    graph.put(tx.nodes_of("Decision"), [], {})
    articles: dict[str, Versions] = defaultdict(dict)
    for reading in readings:
        articles[reading.article.id][reading.article.version] = reading
    _exchange(graph, articles)
    return graph


def _compare(expected: Transaction, stored: Transaction) -> list[str]:
    """Where a stored graph is not the expected one."""
    faults = []
    for label in get_args(Label):
        wanted, found = ({n.id: n for n in graph.nodes_of(label)} for graph in (expected, stored))
        faults += [f"{label} {i}: {_difference(wanted.get(i), found.get(i))}" for i in _unequal(wanted, found)]
    edges, stored_edges = ({e.identity: e for e in graph.all_edges()} for graph in (expected, stored))
    for i in _unequal(edges, stored_edges):
        faults.append(f"{i[0]} {i[1]} to {i[2]}: {_difference(edges.get(i), stored_edges.get(i))}")
    return faults


def _unequal(wanted: Mapping[T, object], found: Mapping[T, object]) -> list[T]:
    return sorted(i for i in {**wanted, **found} if wanted.get(i) != found.get(i))  # type: ignore[type-var]


def _difference(wanted: Node | Edge | None, found: Node | Edge | None) -> str:
    if wanted is None or found is None:
        return "stored, but nothing recorded gives it" if wanted is None else "missing"
    names = {*wanted.properties, *found.properties}
    return "differs in " + ", ".join(
        sorted(name for name in names if wanted.properties.get(name) != found.properties.get(name))
    )
