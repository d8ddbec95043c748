"""The store in a Neo4j database, through the official driver: opening it, reading and writing in transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import SplitResult, unquote

from neo4j import READ_ACCESS, WRITE_ACCESS, GraphDatabase, ManagedTransaction, NotificationMinimumSeverity, Session
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable, TransientError

from graph.errors import StoreBusy, StoreError, StoreForeign, StoreTooNew, StoreUnreachable
from graph.store.neo4j_graph import Neo4jTransaction
from graph.store.neo4j_schema import SCHEMA, VERSION
from graph.store.transaction import Transaction

T = TypeVar("T")

DEFAULT_DATABASE = "neo4j"


class Neo4jBackend:
    """One database of a Neo4j server. One driver a process; writers wait for each other at the database's mark."""

    def __init__(self, url: SplitResult, *, read_only: bool = False, create: bool = True) -> None:
        """Raises StoreUnreachable, StoreForeign and StoreTooNew; no message holds the password."""
        self._shown, self._database = _without_password(url), url.path.strip("/") or DEFAULT_DATABASE
        self._read_only, self._create = read_only, create
        user, password = unquote(url.username or "neo4j"), unquote(url.password or "")
        with _translated(self._shown):
            self._driver = GraphDatabase.driver(
                self._shown,
                auth=(user, password),
                notifications_min_severity=NotificationMinimumSeverity.OFF,  # of labels that no node bears yet
                max_transaction_retry_time=30,
            )
            self._bookmarks = GraphDatabase.bookmark_manager()
        try:
            with _translated(self._shown), self._session() as session:
                self._driver.verify_connectivity()  # fails at once where a transaction would be tried again and again
                self._open(session)
        except BaseException:
            self._driver.close()
            raise

    def __repr__(self) -> str:
        return f"Neo4jBackend({self._shown})"

    def _session(self, access: str = WRITE_ACCESS) -> Session:
        """Reads may be answered by any member of a cluster, once it has seen what this process has written."""
        return self._driver.session(
            database=self._database, default_access_mode=access, bookmark_manager=self._bookmarks
        )

    def _open(self, session: Session) -> None:
        version = session.execute_read(_schema_version)
        if version is None and session.execute_read(_is_inhabited):
            raise StoreForeign(
                f"the database at {self._shown} holds something else and is left alone: use an empty one"
            )
        if version is not None and version != VERSION:
            self._refuse(version)
        if version is None and (self._read_only or not self._create):
            raise StoreUnreachable(f"there is no dossier at {self._shown}: `onrecord ingest PATH` makes one")
        if not self._read_only:
            for statement in SCHEMA:
                session.run(statement).consume()
            session.run("CALL db.awaitIndexes(300)").consume()
        if version is None:
            session.execute_write(_mark)

    def _refuse(self, version: int) -> None:
        if version > VERSION:
            raise StoreTooNew(f"the dossier at {self._shown} is of a later On Record (schema {version}): install that")
        raise StoreError(
            f"the dossier at {self._shown} is of an earlier On Record (schema {version}): `onrecord copy` it with that "
            "one into a file, empty this database, and copy the file back with this one"
        )

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        # A read transaction of Neo4j sees what is committed while it runs, so a reader holds off no writer.
        with _translated(self._shown), self._session(READ_ACCESS) as session, session.begin_transaction() as tx:
            yield Neo4jTransaction(tx)

    def write(self, work: Callable[[Transaction], T]) -> T:
        if self._read_only:
            raise StoreError(f"{self._shown} is open for reading only")

        def alone(tx: ManagedTransaction) -> T:
            # Whoever sets this first holds its lock until the end; without it two writers could lose one's change.
            lock = "MERGE (d:Dossier {name: 'dossier'}) SET d._writer = 'here' RETURN properties(d) AS p"
            ours = Neo4jTransaction(tx, tx.run(lock).single(strict=True)["p"])
            result = work(ours)
            ours.settle()
            return result

        with _translated(self._shown), self._session() as session:
            return session.execute_write(alone)

    def expunge(self) -> None:
        """The server's own logs and files are its administrator's."""

    def close(self) -> None:
        self._driver.close()


def _without_password(url: SplitResult) -> str:
    try:
        port = url.port or 7687
    except ValueError:  # its message may hold a piece of the password
        port = 0
    if not port or not url.hostname or "/" in url.path.strip("/") or url.query or url.fragment:
        raise StoreError("write the store as neo4j://USER:PASSWORD@HOST:PORT/DATABASE, a / in the password as %2F")
    return f"{url.scheme}://{url.hostname}:{port}"


def _schema_version(tx: ManagedTransaction) -> int | None:
    """None for a database without a dossier. The first schema kept its mark under another label."""
    queries = (
        "MATCH (d:Dossier {name: 'dossier'}) RETURN d.schema AS value",
        "MATCH (m:OnRecord {name: 'schema'}) RETURN m.value AS value",
    )
    found = (tx.run(query).single() for query in queries)
    return next((int(row["value"]) for row in found if row and row["value"] is not None), None)


def _is_inhabited(tx: ManagedTransaction) -> bool:
    return tx.run("MATCH (n) WHERE NOT n:Dossier RETURN 1 LIMIT 1").single() is not None


def _mark(tx: ManagedTransaction) -> None:
    mark = "MERGE (d:Dossier {name: 'dossier'}) SET d.schema = $value, d.title = 'On Record'"
    tx.run(mark, value=str(VERSION)).consume()


@contextmanager
def _translated(shown: str) -> Iterator[None]:
    """The driver's errors as ours. Its messages do not hold the password, which goes to it apart from the address."""
    try:
        yield
    except AuthError as error:
        raise StoreUnreachable(f"{shown} refuses this user or password") from error
    except ServiceUnavailable as error:
        raise StoreUnreachable(f"no Neo4j answers at {shown}: is it started? (`onrecord neo4j` starts one)") from error
    except TransientError as error:
        raise StoreBusy(f"{shown} is being written by another process: try again when it has ended") from error
    except (ClientError, Neo4jError, DriverError) as error:
        raise StoreError(f"{shown}: {error}") from error
