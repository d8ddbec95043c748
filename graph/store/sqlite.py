"""The embedded store: one SQLite file that only its owner reads."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from graph.errors import StoreBusy, StoreError, StoreForeign, StoreTooNew, StoreUnreachable
from graph.store.sqlite_graph import SqliteTransaction
from graph.store.sqlite_migrations import MIGRATIONS
from graph.store.sqlite_schema import APPLICATION_ID, VERSION, WORD_TABLES, add_names, create
from graph.store.transaction import Transaction

T = TypeVar("T")


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
                tx = SqliteTransaction(self._writer)
                result = work(tx)
                tx.settle()
                self._writer.execute("COMMIT")
            except BaseException:
                self._writer.rollback()
                raise
        return result

    def expunge(self) -> None:
        """Merge the word index, where deleted words linger, and empty the write-ahead log into the file."""
        if self._writer is not None:
            with self._writing, _translated(self._path):
                for table in WORD_TABLES.values():
                    self._writer.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
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
    if int(version) > VERSION:
        raise StoreTooNew(f"{path} was written by a later On Record (schema {version}): install that one to open it")
    return int(version)


def _migrate(writer: sqlite3.Connection, path: Path) -> None:
    """Bring a file to this version's schema, from nothing or from an earlier one, in one transaction."""
    writer.execute("BEGIN IMMEDIATE")
    try:
        version = _schema_version(writer, path)
        if version == 0:
            create(writer)
            writer.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for step in range(version, VERSION) if version else ():
            MIGRATIONS[step](writer)
        add_names(writer)
        SqliteTransaction(writer).set_setting("schema", str(VERSION))
        writer.execute("COMMIT")
    except BaseException:
        writer.rollback()
        raise
