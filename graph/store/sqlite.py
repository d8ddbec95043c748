"""The embedded store: one SQLite file that only its owner reads."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from graph.errors import EndMissing, NotFound, StoreBusy, StoreError, StoreForeign, StoreTooNew, StoreUnreachable
from graph.model import Edge, EdgeType, Label, Node, Value
from graph.store.memory import hit_of
from graph.store.transaction import ClaimFilter, SearchHit, Transaction
from graph.store.words import searchable, split_words

T = TypeVar("T")

APPLICATION_ID = 0x4F6E5265  # "OnRe", in the file's header: what marks a file as ours
SCHEMA_VERSION = 1
FACETS = {
    "sourcing": "sourcing", "marks": "dispute", "source_types": "source_type", "about": "entity",
    "speakers": "speaker", "outlets": "outlet",
}  # property of a Claim → field of a ClaimFilter  # fmt: skip

SCHEMA = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE node (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL, properties TEXT NOT NULL);
CREATE INDEX node_by_label ON node (label, id);
CREATE TABLE edge (
    start INTEGER NOT NULL REFERENCES node (key), type TEXT NOT NULL, "end" INTEGER NOT NULL REFERENCES node (key),
    key TEXT NOT NULL, properties TEXT NOT NULL, PRIMARY KEY (start, type, "end", key)
) WITHOUT ROWID;
CREATE INDEX edge_reversed ON edge ("end", type, start, key);
CREATE TABLE bearer (key TEXT NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (key, node)) WITHOUT ROWID;
CREATE INDEX bearer_by_node ON bearer (node, key);
CREATE TABLE claim (node INTEGER PRIMARY KEY, id TEXT NOT NULL, first_at TEXT NOT NULL);
CREATE INDEX claim_by_date ON claim (first_at DESC, id);
CREATE TABLE facet (
    name TEXT NOT NULL, value TEXT NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (name, value, claim)
) WITHOUT ROWID;
CREATE INDEX facet_by_claim ON facet (claim);
CREATE VIRTUAL TABLE word_index USING fts5 (words, content='', tokenize='ascii');
"""
MIGRATIONS: dict[int, str] = {}  # schema version → the statements that lead to the next one


class SqliteTransaction:
    """`Transaction` over one SQLite connection that is in a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        query = "SELECT id, label, properties FROM node WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
        return {row[0]: _to_node(row) for row in self._connection.execute(query, [_array(ids)])}

    def edges(
        self,
        types: Collection[EdgeType],
        *,
        starts: Collection[str] | None = None,
        ends: Collection[str] | None = None,
    ) -> list[Edge]:
        from_starts = "JOIN (SELECT key AS k FROM node WHERE id IN (SELECT value FROM json_each(:starts))) ON k = start"
        from_ends = 'JOIN (SELECT key AS k FROM node WHERE id IN (SELECT value FROM json_each(:ends))) ON k = "end"'
        near = from_starts if starts is not None else from_ends if ends is not None else ""
        values = {"types": _array(types), "starts": _array(starts or ()), "ends": _array(ends or ())}
        edges = self._edges(f"edge {near} WHERE type IN (SELECT value FROM json_each(:types))", values)
        reached = None if ends is None else set(ends)
        return sorted((e for e in edges if reached is None or e.end in reached), key=lambda e: e.identity)

    def _edges(self, of: str, values: Mapping[str, str]) -> Iterator[Edge]:
        query = f"""SELECT e.type, a.id, b.id, e.key, e.properties FROM (SELECT edge.* FROM {of}) AS e
            JOIN node AS a ON a.key = e.start JOIN node AS b ON b.key = e."end" """
        for kind, start, end, key, properties in self._connection.execute(query, values):
            yield Edge(kind, start, end, key, _load(properties))

    def nodes_of(self, label: Label, *, after: str = "", limit: int | None = None) -> Iterator[Node]:
        query = "SELECT id, label, properties FROM node WHERE label = ? AND id > ? ORDER BY id LIMIT ?"
        return map(_to_node, self._connection.execute(query, [label, after, -1 if limit is None else limit]))

    def all_edges(self) -> Iterator[Edge]:
        query = """SELECT e.type, a.id, b.id, e.key, e.properties FROM edge AS e
            JOIN node AS a ON a.key = e.start JOIN node AS b ON b.key = e."end" ORDER BY 1, 2, 3, 4"""
        for kind, start, end, key, properties in self._connection.execute(query):
            yield Edge(kind, start, end, key, _load(properties))

    def with_keys(self, keys: Collection[str]) -> dict[str, list[str]]:
        query = """SELECT bearer.key, node.id FROM json_each(?) AS wanted JOIN bearer ON bearer.key = wanted.value
            JOIN node ON node.key = bearer.node ORDER BY 1, 2"""
        return _grouped(self._connection.execute(query, [_array(set(keys))]))

    def keys(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        query = """SELECT node.id, bearer.key FROM node JOIN bearer ON bearer.node = node.key
            WHERE node.id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2"""
        return {i: tuple(keys) for i, keys in _grouped(self._connection.execute(query, [_array(ids)])).items()}

    def counts(self) -> dict[str, int]:
        query = (
            "SELECT label, count(*) FROM node GROUP BY label UNION ALL SELECT type, count(*) FROM edge GROUP BY type"
        )
        return dict(self._connection.execute(query).fetchall())

    def claims(self, which: ClaimFilter, *, after: str | None = None, limit: int | None = None) -> list[str]:
        conditions, values = _conditions(which)
        if after is not None:
            last = self._connection.execute("SELECT first_at, id FROM claim WHERE id = ?", [after]).fetchone()
            if last is None:
                raise NotFound(f"no claim {after} to go on from")
            conditions.append("(first_at < ? OR (first_at = ? AND id > ?))")
            values += [last[0], *last]
        query = f"SELECT id FROM claim WHERE {' AND '.join(['true', *conditions])} ORDER BY first_at DESC, id LIMIT ?"
        return [i for (i,) in self._connection.execute(query, [*values, -1 if limit is None else limit])]

    def search(self, words: str, *, limit: int = 50) -> list[SearchHit]:
        query = """SELECT node.id, node.label, node.properties FROM word_index JOIN node ON node.key = word_index.rowid
            WHERE word_index MATCH ? ORDER BY rank, node.id"""
        if not (wanted := _match(words)):
            return []
        hits = dict.fromkeys(hit_of(_to_node(row)) for row in self._connection.execute(query, [wanted]))
        return list(hits)[:limit]

    def setting(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM setting WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def put(self, nodes: Iterable[Node], edges: Iterable[Edge], keys: Mapping[str, Collection[str]]) -> None:
        self._put_nodes({node.id: node for node in nodes})
        edges = list(edges)
        known = self._inner_keys({*keys, *(end for edge in edges for end in (edge.start, edge.end))})
        self._put_edges(edges, known)
        self._put_keys(keys, known)

    def _put_nodes(self, nodes: Mapping[str, Node]) -> None:
        before = self.nodes(nodes)
        changed = [node for i, node in nodes.items() if before.get(i) != node]
        self._unlist([before[node.id] for node in changed if node.id in before])
        query = """INSERT INTO node (id, label, properties) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET label = excluded.label, properties = excluded.properties"""
        self._connection.executemany(query, [(node.id, node.label, _dump(node.properties)) for node in changed])
        self._enlist(changed)

    def _put_edges(self, edges: Iterable[Edge], known: Mapping[str, int]) -> None:
        query = """INSERT INTO edge (type, start, "end", key, properties) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (start, type, "end", key) DO UPDATE SET properties = excluded.properties
            WHERE excluded.properties IS NOT edge.properties"""
        rows = []
        for edge in edges:
            for end in (edge.start, edge.end):
                if end not in known:
                    raise EndMissing(f"{edge.type} from {edge.start} to {edge.end}: there is no node {end}")
            rows.append((edge.type, known[edge.start], known[edge.end], edge.key, _dump(edge.properties)))
        self._connection.executemany(query, rows)

    def _put_keys(self, keys: Mapping[str, Collection[str]], known: Mapping[str, int]) -> None:
        before = self.keys(keys)
        gone: list[tuple[str, int]] = []
        new: list[tuple[str, int]] = []
        for i, borne in keys.items():
            wanted, had = set(borne), set(before.get(i, ()))
            if wanted and i not in known:
                raise EndMissing(f"keys for {i}: there is no such node")
            gone += [(key, known[i]) for key in sorted(had - wanted)]
            new += [(key, known[i]) for key in sorted(wanted - had)]
        self._connection.executemany("DELETE FROM bearer WHERE key = ? AND node = ?", gone)
        self._connection.executemany("INSERT INTO bearer (key, node) VALUES (?, ?)", new)

    def _inner_keys(self, ids: Collection[str]) -> dict[str, int]:
        query = "SELECT id, key FROM node WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._connection.execute(query, [_array(ids)]).fetchall())

    def _enlist(self, nodes: Iterable[Node]) -> None:
        """Let the nodes be found by their words, and claims by what a filter asks of them."""
        nodes = list(nodes)
        inner = self._inner_keys([node.id for node in nodes])
        words = [(inner[node.id], text) for node in nodes if (text := searchable(node))]
        self._connection.executemany("INSERT INTO word_index (rowid, words) VALUES (?, ?)", words)
        claims = [node for node in nodes if node.label == "Claim"]
        dated = [(inner[claim.id], claim.id, str(claim.properties.get("first_at", ""))) for claim in claims]
        self._connection.executemany("INSERT INTO claim (node, id, first_at) VALUES (?, ?, ?)", dated)
        facets = [(name, value, inner[claim.id]) for claim in claims for name, value in _facets(claim)]
        self._connection.executemany("INSERT OR IGNORE INTO facet (name, value, claim) VALUES (?, ?, ?)", facets)

    def _unlist(self, nodes: Collection[Node]) -> None:
        """The inverse of `_enlist`. An index without a copy of its words must be told which to forget."""
        inner = self._inner_keys([node.id for node in nodes])
        words = [(inner[node.id], text) for node in nodes if (text := searchable(node))]
        self._connection.executemany("INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', ?, ?)", words)
        claims = [(inner[node.id],) for node in nodes if node.label == "Claim"]
        self._connection.executemany("DELETE FROM claim WHERE node = ?", claims)
        self._connection.executemany("DELETE FROM facet WHERE claim = ?", claims)

    def delete(self, ids: Collection[str]) -> None:
        nodes = self.nodes(ids)
        self._unlist(list(nodes.values()))
        inner = [(key,) for key in self._inner_keys(nodes).values()]
        self._connection.executemany("DELETE FROM edge WHERE start = ?", inner)
        self._connection.executemany('DELETE FROM edge WHERE "end" = ?', inner)
        self._connection.executemany("DELETE FROM bearer WHERE node = ?", inner)
        self._connection.executemany("DELETE FROM node WHERE key = ?", inner)

    def delete_edges(self, edges: Collection[Edge]) -> None:
        known = self._inner_keys({end for edge in edges for end in (edge.start, edge.end)})
        rows = [
            (known[edge.start], edge.type, known[edge.end], edge.key)
            for edge in edges
            if edge.start in known and edge.end in known
        ]
        query = 'DELETE FROM edge WHERE start = ? AND type = ? AND "end" = ? AND key = ?'
        self._connection.executemany(query, rows)

    def set_setting(self, name: str, value: str) -> None:
        query = """INSERT INTO setting (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE excluded.value IS NOT setting.value"""
        self._connection.execute(query, [name, value])


def _array(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _dump(properties: Mapping[str, Value]) -> str:
    return json.dumps(properties, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _load(properties: str) -> dict[str, Value]:
    fields: dict[str, Any] = json.loads(properties)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def _to_node(row: tuple[str, Label, str]) -> Node:
    return Node(row[1], row[0], _load(row[2]))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def _facets(claim: Node) -> Iterator[tuple[str, str]]:
    for name in FACETS:
        values = claim.properties.get(name, ())
        yield from ((name, str(value)) for value in (values if isinstance(values, tuple) else (values,)))


def _conditions(which: ClaimFilter) -> tuple[list[str], list[str]]:
    """A filter as fixed conditions on `claim` and the values that are bound to them."""
    conditions, values = [], []
    for name, asked in FACETS.items():
        if wanted := getattr(which, asked):
            conditions.append("node IN (SELECT claim FROM facet WHERE name = ? AND value = ?)")
            values += [name, wanted]
    if which.since:
        conditions.append("first_at >= ?")
        values.append(which.since)
    if which.until:
        conditions.append("first_at > '' AND substr(first_at, 1, length(?)) <= ?")
        values += [which.until, which.until]
    if which.words and (wanted := _match(which.words)):
        conditions.append("node IN (SELECT rowid FROM word_index WHERE word_index MATCH ?)")
        values.append(wanted)
    return conditions, values


def _match(words: str) -> str:
    """The search engine's expression for all of the words; they hold letters and digits only, and are quoted."""
    return " ".join(f'"{word}"' for word in split_words(words))


class SqliteBackend:
    """One file. Its readers each have a connection of their own, its one writer waits for those of other processes."""

    def __init__(self, path: Path, *, read_only: bool = False, create: bool = True, wait: float = 30) -> None:
        """`wait`: seconds until a second writer gives up. Raises StoreUnreachable, StoreForeign, StoreTooNew."""
        self._path, self._wait = path, wait
        self._writing = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        if not path.exists() and (read_only or not create):
            raise StoreUnreachable(f"there is no dossier at {path}: `onrecord ingest PATH` makes one")
        if path.is_dir():
            raise StoreUnreachable(f"{path} is a folder: name a file in it")
        with _translated(path):
            if path.exists() and path.stat().st_size:
                _refuse_foreign(path)
            if not read_only:
                self._writer = self._open_writer()

    def _open_writer(self) -> sqlite3.Connection:
        # The file is made before SQLite opens it, so that no moment lets others read it; -wal and -shm take its mode.
        try:
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise StoreUnreachable(f"{self._path} cannot be opened: {error.strerror}") from error
        writer = self._connect("rw")
        try:
            writer.execute("PRAGMA journal_mode = WAL")
            writer.execute("PRAGMA synchronous = NORMAL")
            writer.execute("PRAGMA secure_delete = ON")
            _migrate(writer, self._path)
        except BaseException:
            writer.close()
            raise
        return writer

    def _connect(self, mode: str) -> sqlite3.Connection:
        address = f"{self._path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(
            address, uri=True, timeout=self._wait, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        with _translated(self._path):
            connection = self._connect("ro")
            try:
                connection.execute("BEGIN")
                connection.execute("SELECT value FROM setting LIMIT 1").fetchone()  # from here on it sees one state
                yield SqliteTransaction(connection)
            finally:
                connection.close()

    def write(self, work: Callable[[Transaction], T]) -> T:
        if self._writer is None:
            raise StoreError(f"{self._path} is open for reading only")
        with self._writing, _translated(self._path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                result = work(SqliteTransaction(self._writer))
                self._writer.execute("COMMIT")
            except BaseException:
                self._writer.rollback()
                raise
        return result

    def expunge(self) -> None:
        """Merge the word index, where deleted words linger, and empty the write-ahead log into the file."""
        if self._writer is not None:
            with self._writing, _translated(self._path):
                self._writer.execute("INSERT INTO word_index (word_index) VALUES ('optimize')")
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """SQLite's errors as ours; those of what is done meanwhile, a broken pipe among them, are not."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreBusy(f"{path} is being written by another process: try again when it has ended") from error
        if error.sqlite_errorcode in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise StoreUnreachable(f"{path} cannot be opened: {error}") from error
        raise StoreError(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {error}") from error


def _refuse_foreign(path: Path) -> None:
    """Look at a file that has something in it, and leave it as it is. Raises StoreForeign and StoreTooNew."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            _schema_version(connection, path)
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        raise StoreForeign(f"{path} is not a dossier of On Record and is left alone: name another file") from error


def _schema_version(connection: sqlite3.Connection, path: Path) -> int:
    """0 for an empty database. Raises StoreForeign and StoreTooNew."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not tables:
        return 0
    if application != APPLICATION_ID:
        raise StoreForeign(f"{path} is another program's database and is left alone: name another file")
    (version,) = connection.execute("SELECT value FROM setting WHERE name = 'schema'").fetchone()
    if int(version) > SCHEMA_VERSION:
        raise StoreTooNew(f"{path} was written by a later On Record (schema {version}): install that one to open it")
    return int(version)


def _migrate(writer: sqlite3.Connection, path: Path) -> None:
    """Bring a file to this version's schema, from nothing or from an earlier one, in one transaction."""
    writer.execute("BEGIN IMMEDIATE")
    try:
        version = _schema_version(writer, path)
        steps = [SCHEMA] if version == 0 else [MIGRATIONS[step] for step in range(version, SCHEMA_VERSION)]
        for statement in filter(str.strip, ";".join(steps).split(";")):
            writer.execute(statement)
        if steps:
            writer.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            SqliteTransaction(writer).set_setting("schema", str(SCHEMA_VERSION))
        writer.execute("COMMIT")
    except BaseException:
        writer.rollback()
        raise
