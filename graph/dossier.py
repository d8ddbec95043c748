"""One store, one dossier: articles are written, taken out, checked and copied here, the same way in every database.

A database is a `Backend`: it gives transactions, and knows nothing of articles. What is written here is whole articles,
each with what is derived from it, in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Protocol, TypeVar, get_args
from urllib.parse import urlsplit

from graph.deciding import KeptDecision, check_form, list_decisions
from graph.errors import StoreError, StoreMoved
from graph.model import Decision, Label
from graph.rebuild import is_outdated, rebuild, require_current
from graph.scope import HERE, Scope, scoped
from graph.store.memory import MemoryBackend
from graph.store.records import decision_node, load_readings
from graph.store.transaction import Transaction
from graph.verify import all_articles, find_faults, readings_of
from graph.writing import decide, keep_decisions, remove_article, write_readings
from ingest.model import Article, Reading

P = ParamSpec("P")
T = TypeVar("T")
ASKED_AGAIN = 5  # times that an answer is begun anew because the dossier was written to meanwhile

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

    @contextmanager
    def read(self, scope: Scope = HERE) -> Iterator[Transaction]:
        """One state of the graph to ask questions of, within a scope that none of them can forget. Keep it short."""
        with self._backend.reading() as tx:
            yield scoped(tx, scope)

    def ask(self, question: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One answer of one state: begun anew where a writer came between. Raises what the question raises."""
        for _ in range(ASKED_AGAIN):
            with suppress(StoreMoved), self.read() as tx:
                return question(tx, *args, **kwargs)
        with self.read() as tx:
            return question(tx, *args, **kwargs)

    def write(self, readings: Iterable[Reading], *, batch: int = 50) -> WriteSummary:
        """Write whole articles, `batch` readings a transaction; each replaces the earlier reading of its version."""
        stream = iter(readings)
        seen: set[str] = set()
        added = replaced = assertions = 0
        while group := list(islice(stream, batch)):
            new, changed = self._write(lambda tx, group=group: write_readings(tx, group))  # type: ignore[misc]
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
        self._write(lambda tx: remove_article(tx, article))
        self._backend.expunge()
        return True

    def decide(self, decision: Decision) -> str:
        """Keep what a person decided; gives its id. Nothing is ever changed in a decision: a later one undoes it."""
        return self._write(lambda tx: decide(tx, decision))

    def keep(self, decisions: Iterable[Decision]) -> None:
        """Keep decisions that were made elsewhere; what they are about need not be here yet. Raises StoreError."""
        made = list(decisions)
        for decision in made:
            check_form(decision)
        self._write(lambda tx: keep_decisions(tx, map(decision_node, made)))

    def decisions(self) -> list[KeptDecision]:
        """Every decision, the latest first, as it stands now."""
        with self.read() as tx:
            return list_decisions(tx)

    def dump(self, scope: Scope = HERE) -> Iterator[str]:
        """Every node, by label and id, then every edge, as canonical JSON Lines."""
        with self.read(scope) as tx:
            for label in sorted(get_args(Label)):
                for node in tx.nodes_of(label):
                    yield _line({"label": node.label, "id": node.id}, node.properties)
            for edge in tx.all_edges():
                ends = {"type": edge.type, "start": edge.start, "end": edge.end, "key": edge.key}
                yield _line(ends, edge.properties)

    def verify(self) -> list[str]:
        """What is wrong with the store, a sentence each: spans against their text, derived against recorded."""
        with self.read() as tx:
            return list(find_faults(tx))

    def copy_to(self, other: Store, scope: Scope = HERE) -> int:
        """Write everything into another, empty store; gives the number of articles. Raises StoreError."""
        with other.read() as there:
            if any(True for label in ("Article", "Decision") for _ in there.nodes_of(label, limit=1)):
                raise StoreError("the store to copy to holds a dossier already, perhaps this one: name an empty one")
        with self.read(scope) as tx:
            copied = other.write(reading for page in all_articles(tx) for reading in readings_of(page))
            decisions = list(tx.nodes_of("Decision"))
            other._write(lambda target: keep_decisions(target, decisions))
        return copied.articles

    def is_outdated(self) -> bool:
        """Whether other rules than these derived what is stored: `rebuild` brings it up to date."""
        with self.read() as tx:
            return is_outdated(tx)

    def rebuild(self, progress: Callable[[int, int], None]) -> None:
        """Derive everything anew by the rules of today; one that was broken off goes on where it stopped.

        `progress` is told how many articles of how many are done.
        """
        rebuild(self._backend.write, progress)
        self._backend.expunge()

    def _write(self, work: Callable[[Transaction], T]) -> T:
        """Do the work in a store that the rules of today derived. Raises StoreOutdated."""

        def checked(tx: Transaction) -> T:
            require_current(tx)
            return work(tx)

        return self._backend.write(checked)

    def revision(self) -> int:
        """A number that every change of the store makes greater."""
        with self.read() as tx:
            return int(tx.setting("revision") or 0)


def _line(identity: Mapping[str, str], properties: Mapping[str, object]) -> str:
    shown = {name: value for name, value in properties.items() if name not in NOT_DUMPED}
    return json.dumps({**identity, "properties": shown}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
