"""The store in a Neo4j database, through the official driver.

Every node bears the label OnRecordNode beside its own, for its id. Labels and types come from the lists of
`graph.model`, all else is bound. What the database needs for finding, beside the graph, begins with an underscore.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, cast, get_args
from urllib.parse import SplitResult, unquote

from neo4j import GraphDatabase, ManagedTransaction, NotificationMinimumSeverity, Session
from neo4j import Transaction as DriverTransaction
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable, TransientError

from graph.errors import (
    EndMissing,
    NotFound,
    StoreBusy,
    StoreError,
    StoreForeign,
    StoreTooNew,
    StoreUnreachable,
)
from graph.model import Edge, EdgeType, Label, Node, Value
from graph.store.memory import hit_of
from graph.store.transaction import ClaimFilter, SearchHit, Transaction
from graph.store.words import searchable, split_words
from ingest.model import hash_id

T = TypeVar("T")

DATABASE = "neo4j"
SCHEMA_VERSION = 1
ROWS = 2000  # to a statement
SCHEMA = (
    "CREATE CONSTRAINT on_record_id IF NOT EXISTS FOR (n:OnRecordNode) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT on_record_key IF NOT EXISTS FOR (k:JoinKey) REQUIRE k.hash IS UNIQUE",
    "CREATE CONSTRAINT on_record_mark IF NOT EXISTS FOR (m:OnRecord) REQUIRE m.name IS UNIQUE",
    *(f"CREATE INDEX on_record_{label.lower()} IF NOT EXISTS FOR (n:{label}) ON (n.id)" for label in get_args(Label)),
    "CREATE INDEX on_record_first_at IF NOT EXISTS FOR (c:Claim) ON (c._first_at, c.id)",
    """CREATE FULLTEXT INDEX on_record_words IF NOT EXISTS FOR (n:ArticleVersion|Entity|Claim) ON EACH [n._words]
    OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}""",
)
MIGRATIONS: dict[int, tuple[str, ...]] = {}  # schema version → the statements that lead to the next one
LABELS: frozenset[str] = frozenset(get_args(Label))
EDGE_TYPES: frozenset[str] = frozenset(get_args(EdgeType))

CLAIMS = """
MATCH (c:Claim)
WHERE ($sourcing IS NULL OR c.sourcing = $sourcing) AND ($dispute IS NULL OR $dispute IN c.marks)
AND ($source_type IS NULL OR $source_type IN c.source_types) AND ($entity IS NULL OR $entity IN c.about)
AND ($speaker IS NULL OR $speaker IN c.speakers) AND ($outlet IS NULL OR $outlet IN c.outlets)
AND ($since IS NULL OR c._first_at >= $since)
AND ($until IS NULL OR (c._first_at > '' AND left(c._first_at, size($until)) <= $until))
AND all(word IN $words WHERE ' ' + c._words + ' ' CONTAINS ' ' + word + ' ')
AND ($after_id IS NULL OR c._first_at < $after_at OR (c._first_at = $after_at AND c.id > $after_id))
RETURN c.id AS id ORDER BY c._first_at DESC, c.id LIMIT $limit
"""
NO_LIMIT = 2**62


class Neo4jTransaction:
    """`Transaction` over a transaction of the driver."""

    def __init__(self, tx: ManagedTransaction | DriverTransaction) -> None:
        self._tx = tx

    def _run(self, query: str, **values: Any) -> Iterator[Any]:
        return iter(self._tx.run(query, values))

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        query = "MATCH (n:OnRecordNode) WHERE n.id IN $ids RETURN labels(n) AS labels, properties(n) AS p ORDER BY n.id"
        return {node.id: node for node in map(_to_node, self._run(query, ids=list(ids)))}

    def edges(
        self,
        types: Collection[EdgeType],
        *,
        starts: Collection[str] | None = None,
        ends: Collection[str] | None = None,
    ) -> list[Edge]:
        kinds = "|".join(_allowed(kind, EDGE_TYPES) for kind in sorted(types))
        if not kinds:
            return []
        near = " AND ".join(
            condition
            for condition, given in (("a.id IN $starts", starts), ("b.id IN $ends", ends))
            if given is not None
        )
        query = f"MATCH (a:OnRecordNode)-[r:{kinds}]->(b:OnRecordNode) WHERE {near or 'true'} " + RETURN_EDGE
        found = self._run(query, starts=list(starts or ()), ends=list(ends or ()))
        return sorted(map(_to_edge, found), key=lambda edge: edge.identity)

    def nodes_of(self, label: Label, *, after: str = "", limit: int | None = None) -> Iterator[Node]:
        query = f"""MATCH (n:{_allowed(label, LABELS)}) WHERE n.id > $after
            RETURN labels(n) AS labels, properties(n) AS p ORDER BY n.id LIMIT $limit"""
        return map(_to_node, self._run(query, after=after, limit=NO_LIMIT if limit is None else limit))

    def all_edges(self) -> Iterator[Edge]:
        for kind in sorted(EDGE_TYPES):
            query = f"MATCH (a:OnRecordNode)-[r:{kind}]->(b:OnRecordNode) {RETURN_EDGE} ORDER BY start, end, key"
            yield from map(_to_edge, self._run(query))

    def with_keys(self, keys: Collection[str]) -> dict[str, list[str]]:
        by_hash = {hash_id(key): key for key in keys}
        query = """MATCH (k:JoinKey)<-[:_BEARS]-(n) WHERE k.hash IN $hashes
            RETURN k.hash AS hash, n.id AS id ORDER BY id"""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._run(query, hashes=list(by_hash)):
            found[by_hash[row["hash"]]].append(row["id"])
        return dict(found)

    def keys(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        query = """MATCH (n:OnRecordNode)-[:_BEARS]->(k:JoinKey) WHERE n.id IN $ids
            RETURN n.id AS id, collect(k.key) AS keys"""
        return {row["id"]: tuple(sorted(row["keys"])) for row in self._run(query, ids=list(ids))}

    def counts(self) -> dict[str, int]:
        labels = """MATCH (n:OnRecordNode) UNWIND labels(n) AS name WITH name WHERE name <> 'OnRecordNode'
            RETURN name, count(*) AS number"""
        types = """MATCH (:OnRecordNode)-[r]->(:OnRecordNode) RETURN type(r) AS name, count(*) AS number"""
        return {row["name"]: row["number"] for query in (labels, types) for row in self._run(query)}

    def claims(self, which: ClaimFilter, *, after: str | None = None, limit: int | None = None) -> list[str]:
        last = self.nodes([after]).get(after) if after is not None else None
        if after is not None and last is None:
            raise NotFound(f"no claim {after} to go on from")
        found = self._run(
            CLAIMS,
            sourcing=which.sourcing,
            dispute=which.dispute,
            source_type=which.source_type,
            entity=which.entity,
            speaker=which.speaker,
            outlet=which.outlet,
            since=which.since or None,
            until=which.until or None,
            words=split_words(which.words or ""),
            after_id=after,
            after_at=last.properties.get("first_at", "") if last else None,
            limit=NO_LIMIT if limit is None else limit,
        )
        return [row["id"] for row in found]

    def search(self, words: str, *, limit: int = 50) -> list[SearchHit]:
        # Letters and digits only, so that nothing in them is an operator of Lucene's, and quoted.
        wanted = " AND ".join(f'"{word}"' for word in split_words(words))
        if not wanted:
            return []
        query = """CALL db.index.fulltext.queryNodes('on_record_words', $wanted) YIELD node AS n, score
            RETURN labels(n) AS labels, properties(n) AS p ORDER BY score DESC, n.id"""
        return list(dict.fromkeys(hit_of(_to_node(row)) for row in self._run(query, wanted=wanted)))[:limit]

    def setting(self, name: str) -> str | None:
        rows = self._run("MATCH (m:OnRecord {name: $name}) RETURN m.value AS value", name=name)
        return next((row["value"] for row in rows), None)

    def put(self, nodes: Iterable[Node], edges: Iterable[Edge], keys: Mapping[str, Collection[str]]) -> None:
        by_label: dict[str, dict[str, dict[str, object]]] = defaultdict(dict)
        for node in nodes:
            by_label[node.label][node.id] = {"id": node.id, "p": _node_properties(node)}
        for label, rows in by_label.items():
            query = f"""UNWIND $rows AS row MERGE (n:OnRecordNode {{id: row.id}})
                SET n = row.p SET n:{_allowed(label, LABELS)}"""
            self._write(query, list(rows.values()))
        by_type: dict[str, dict[tuple[str, ...], Edge]] = defaultdict(dict)
        for edge in edges:
            by_type[edge.type][edge.identity] = edge
        for kind, some in by_type.items():
            self._put_edges(kind, list(some.values()))
        self._put_keys(keys)

    def _put_edges(self, kind: str, edges: list[Edge]) -> None:
        query = f"""UNWIND $rows AS row MATCH (a:OnRecordNode {{id: row.start}}) MATCH (b:OnRecordNode {{id: row.stop}})
            MERGE (a)-[r:{_allowed(kind, EDGE_TYPES)} {{_key: row.key}}]->(b) SET r = row.p RETURN count(*) AS number"""
        rows: list[dict[str, object]] = [
            {"start": e.start, "stop": e.end, "key": e.key, "p": {**_bound(e.properties), "_key": e.key}} for e in edges
        ]
        # MATCH drops a row whose end is missing, and says nothing.
        if self._write(query, rows) != len(rows):
            known = self.nodes({end for edge in edges for end in (edge.start, edge.end)})
            lost = next(e for e in edges if e.start not in known or e.end not in known)
            end = lost.start if lost.start not in known else lost.end
            raise EndMissing(f"{kind} from {lost.start} to {lost.end}: there is no node {end}")

    def _put_keys(self, keys: Mapping[str, Collection[str]]) -> None:
        wanted = {i: set(borne) for i, borne in keys.items()}
        bearing = [i for i, borne in wanted.items() if borne]
        if missing := set(bearing) - self.nodes(bearing).keys():
            raise EndMissing(f"keys for {min(missing)}: there is no such node")
        had = {i: set(borne) for i, borne in self.keys(keys).items()}
        gone = [(i, key) for i, borne in had.items() for key in sorted(borne - wanted[i])]
        new = [(i, key) for i, borne in wanted.items() for key in sorted(borne - had.get(i, set()))]
        delete = """UNWIND $rows AS row MATCH (:OnRecordNode {id: row.id})-[r:_BEARS]->(k:JoinKey {hash: row.hash})
            DELETE r WITH DISTINCT k WHERE NOT EXISTS {(k)<-[:_BEARS]-()} DELETE k"""
        create = """UNWIND $rows AS row MATCH (n:OnRecordNode {id: row.id}) MERGE (k:JoinKey {hash: row.hash})
            ON CREATE SET k.key = row.key CREATE (n)-[:_BEARS]->(k)"""
        for query, pairs in ((delete, gone), (create, new)):
            self._write(query, [{"id": i, "key": key, "hash": hash_id(key)} for i, key in pairs])

    def delete(self, ids: Collection[str]) -> None:
        keys = (
            "UNWIND $rows AS row MATCH (:OnRecordNode {id: row.id})-[:_BEARS]->(k:JoinKey) RETURN DISTINCT k.hash AS h"
        )
        rows: list[dict[str, object]] = [{"id": i} for i in ids]
        hashes = [row["h"] for row in self._run(keys, rows=rows)]
        self._write("UNWIND $rows AS row MATCH (n:OnRecordNode {id: row.id}) DETACH DELETE n", rows)
        unborne = "UNWIND $rows AS row MATCH (k:JoinKey {hash: row.hash}) WHERE NOT EXISTS {(k)<-[:_BEARS]-()} DELETE k"
        self._write(unborne, [{"hash": found} for found in hashes])

    def delete_edges(self, edges: Collection[Edge]) -> None:
        by_type: dict[str, list[dict[str, object]]] = defaultdict(list)
        for edge in edges:
            by_type[edge.type].append({"start": edge.start, "stop": edge.end, "key": edge.key})
        for kind, rows in by_type.items():
            query = f"""UNWIND $rows AS row MATCH (:OnRecordNode {{id: row.start}})-[r:{_allowed(kind, EDGE_TYPES)}
                {{_key: row.key}}]->(:OnRecordNode {{id: row.stop}}) DELETE r"""
            self._write(query, rows)

    def set_setting(self, name: str, value: str) -> None:
        query = "UNWIND $rows AS row MERGE (m:OnRecord {name: row.name}) SET m.value = row.value"
        self._write(query, [{"name": name, "value": value}])

    def _write(self, query: str, rows: list[dict[str, object]]) -> int:
        """Run a statement over rows; gives the sum of the numbers that it returns."""
        number = 0
        for start in range(0, len(rows), ROWS):
            number += sum(row["number"] for row in self._run(query, rows=rows[start : start + ROWS]))
        return number


RETURN_EDGE = "RETURN type(r) AS type, a.id AS start, b.id AS end, r._key AS key, properties(r) AS p"


def _allowed(name: str, names: frozenset[str]) -> str:
    if name not in names:
        raise ValueError(f"{name!r} is no label or edge type of the model")
    return name


def _bound(properties: Mapping[str, Value]) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items()}


def _node_properties(node: Node) -> dict[str, object]:
    extra: dict[str, object] = {"id": node.id}
    if words := searchable(node):
        extra["_words"] = words
    if node.label == "Claim":
        extra["_first_at"] = node.properties.get("first_at", "")
    return {**_bound(node.properties), **extra}


def _properties(stored: Mapping[str, Any]) -> dict[str, Value]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in stored.items()
        if not name.startswith("_") and name != "id"
    }


def _to_node(row: Any) -> Node:
    label = next(label for label in row["labels"] if label in LABELS)
    return Node(cast(Label, label), row["p"]["id"], _properties(row["p"]))


def _to_edge(row: Any) -> Edge:
    return Edge(row["type"], row["start"], row["end"], row["key"], _properties(row["p"]))


class Neo4jBackend:
    """One database of a Neo4j server. One driver a process; writers wait for each other at the database's mark."""

    def __init__(self, url: SplitResult, *, read_only: bool = False, create: bool = True) -> None:
        """Raises StoreUnreachable, StoreForeign and StoreTooNew; no message holds the password."""
        self._shown = _without_password(url)
        self._read_only, self._create = read_only, create
        user, password = unquote(url.username or "neo4j"), unquote(url.password or "")
        with _translated(self._shown):
            self._driver = GraphDatabase.driver(
                self._shown,
                auth=(user, password),
                notifications_min_severity=NotificationMinimumSeverity.OFF,  # of labels that no node bears yet
                max_transaction_retry_time=30,
            )
        try:
            with _translated(self._shown), self._session() as session:
                self._driver.verify_connectivity()  # fails at once where a transaction would be tried again and again
                self._open(session)
        except BaseException:
            self._driver.close()
            raise

    def __repr__(self) -> str:
        return f"Neo4jBackend({self._shown})"

    def _session(self) -> Session:
        return self._driver.session(database=DATABASE)

    def _open(self, session: Session) -> None:
        version = session.execute_read(_schema_version)
        if version is None and session.execute_read(_is_inhabited):
            raise StoreForeign(
                f"the database at {self._shown} holds something else and is left alone: use an empty one"
            )
        if version is not None and version > SCHEMA_VERSION:
            raise StoreTooNew(f"the dossier at {self._shown} is of a later On Record (schema {version}): install that")
        if version is None and (self._read_only or not self._create):
            raise StoreUnreachable(f"there is no dossier at {self._shown}: `onrecord ingest PATH` makes one")
        if version != SCHEMA_VERSION and not self._read_only:
            steps = SCHEMA if version is None else [q for v in range(version, SCHEMA_VERSION) for q in MIGRATIONS[v]]
            for statement in steps:
                session.run(statement).consume()
            session.run("CALL db.awaitIndexes(300)").consume()
            session.execute_write(_mark)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        # A read transaction of Neo4j sees what is committed while it runs, so a reader holds off no writer.
        with _translated(self._shown), self._session() as session, session.begin_transaction() as tx:
            yield Neo4jTransaction(tx)

    def write(self, work: Callable[[Transaction], T]) -> T:
        if self._read_only:
            raise StoreError(f"{self._shown} is open for reading only")

        def alone(tx: ManagedTransaction) -> T:
            # Whoever sets this first holds its lock until the end; without it two writers could lose one's change.
            tx.run("MERGE (m:OnRecord {name: 'writer'}) SET m.value = 'here'").consume()
            return work(Neo4jTransaction(tx))

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
    if not port or not url.hostname or url.path.strip("/") or url.query or url.fragment:
        raise StoreError("write the store as neo4j://USER:PASSWORD@HOST:PORT, with %2F for a / in the password")
    return f"{url.scheme}://{url.hostname}:{port}"


def _schema_version(tx: ManagedTransaction) -> int | None:
    row = tx.run("MATCH (m:OnRecord {name: 'schema'}) RETURN m.value AS value").single()
    return int(row["value"]) if row else None


def _is_inhabited(tx: ManagedTransaction) -> bool:
    return tx.run("MATCH (n) WHERE NOT n:OnRecord RETURN 1 LIMIT 1").single() is not None


def _mark(tx: ManagedTransaction) -> None:
    tx.run("MERGE (m:OnRecord {name: 'schema'}) SET m.value = $value", value=str(SCHEMA_VERSION)).consume()


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
