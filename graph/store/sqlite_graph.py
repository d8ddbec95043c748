"""Nodes, edges and keys of the graph in the embedded store, inside one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import cast

from graph.errors import EndMissing
from graph.model import Edge, EdgeType, Label, Node, Value
from graph.store.implied import implied, tells
from graph.store.sqlite_finding import SqliteFinding, array
from graph.store.sqlite_packing import Packing
from graph.store.transaction import ClaimFilter, Listed, SearchHit, Spoken, Transaction

Row = tuple[str, int, str]


class SqliteTransaction:
    """`Transaction` over one SQLite connection that is in a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._finding = SqliteFinding(connection)
        self._packing = Packing(connection)
        self._codes = self._finding.codes
        self._names = {code: name for name, code in self._codes.items()}

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        query = "SELECT id, label, properties FROM node WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
        return {row[0]: self._to_node(row) for row in self._connection.execute(query, [array(ids)])}

    def _to_node(self, row: Row) -> Node:
        return Node(cast(Label, self._names[row[1]]), row[0], self._packing.unpack(row[2]))

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
        both = starts is not None and ends is not None
        reached = (
            """AND "end" IN (SELECT key FROM node WHERE id IN (SELECT value FROM json_each(:ends)))""" if both else ""
        )
        kinds = array(self._codes[kind] for kind in types if kind in self._codes)
        values = {"types": kinds, "starts": array(starts or ()), "ends": array(ends or ())}
        of = f"edge {near} WHERE type IN (SELECT value FROM json_each(:types)) {reached}"
        return sorted(self._edges(of, values), key=lambda e: e.identity)

    def _edges(self, of: str, values: Mapping[str, str], order: str = "") -> Iterator[Edge]:
        query = f"""SELECT n.name, a.id, b.id, e.key, e.properties,
                CASE WHEN e.properties IS NULL THEN a.label END, CASE WHEN e.properties IS NULL THEN a.properties END
            FROM (SELECT edge.* FROM {of}) AS e JOIN name AS n ON n.code = e.type
            JOIN node AS a ON a.key = e.start JOIN node AS b ON b.key = e."end" {order}"""
        for kind, start, end, key, told, label, fields in self._connection.execute(query, values):
            if told is not None:
                yield Edge(kind, start, end, key, self._packing.unpack(told))
            else:
                yield Edge(kind, start, end, key, implied(kind, self._to_node((start, label, fields)), end) or {})

    def nodes_of(self, label: Label, *, after: str = "", limit: int | None = None) -> Iterator[Node]:
        query = "SELECT id, label, properties FROM node WHERE label = ? AND id > ? ORDER BY id LIMIT ?"
        values = [self._codes[label], after, -1 if limit is None else limit]
        return map(self._to_node, self._connection.execute(query, values))

    def all_edges(self) -> Iterator[Edge]:
        return self._edges("edge", {}, "ORDER BY 1, 2, 3, 4")

    def with_keys(self, keys: Collection[str]) -> dict[str, list[str]]:
        query = """SELECT k.key, node.id FROM json_each(?) AS wanted JOIN join_key AS k ON k.key = wanted.value
            JOIN bearer ON bearer.key = k.code JOIN node ON node.key = bearer.node ORDER BY 1, 2"""
        return _grouped(self._connection.execute(query, [array(set(keys))]))

    def some_with_keys(self, keys: Collection[str], limit: int) -> dict[str, list[str]]:
        query = """SELECT node.id FROM bearer JOIN node ON node.key = bearer.node
            WHERE bearer.key = (SELECT code FROM join_key WHERE key = ?) LIMIT ?"""
        found = {key: [i for (i,) in self._connection.execute(query, [key, limit + 1])] for key in sorted(keys)}
        return {key: sorted(them) for key, them in found.items() if them}

    def keys(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        query = """SELECT node.id, k.key FROM node JOIN bearer ON bearer.node = node.key
            JOIN join_key AS k ON k.code = bearer.key
            WHERE node.id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2"""
        return {i: tuple(keys) for i, keys in _grouped(self._connection.execute(query, [array(ids)])).items()}

    def counts(self) -> dict[str, int]:
        return {name: number for name, number in self.tallies().items() if name in self._codes}

    def setting(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM setting WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def put(self, nodes: Iterable[Node], edges: Iterable[Edge], keys: Mapping[str, Collection[str]]) -> None:
        put = {node.id: node for node in nodes}
        self._put_nodes(put)
        edges = list(edges)
        known = self._inner_keys({*keys, *(end for edge in edges for end in (edge.start, edge.end))})
        self._put_edges(edges, known, put)
        self._put_keys(keys, known)

    def _put_nodes(self, nodes: Mapping[str, Node]) -> None:
        before = self.nodes(nodes)
        changed = {i: node for i, node in nodes.items() if before.get(i) != node}
        inner = self._inner_keys(before.keys() & changed.keys())
        self._spell_out([before[i] for i in inner if tells(before[i]) != tells(changed[i])])
        self._finding.unlist({key: before[i] for i, key in inner.items()})
        query = """INSERT INTO node (id, label, properties) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET label = excluded.label, properties = excluded.properties"""
        rows = [(node.id, self._codes[node.label], self._packing.pack(node.properties)) for node in changed.values()]
        self._connection.executemany(query, rows)
        self._finding.enlist({key: changed[i] for i, key in self._inner_keys(changed).items()})
        self._finding.redate(key for i, key in inner.items() if _date(before[i]) != _date(changed[i]))

    def _spell_out(self, nodes: Collection[Node]) -> None:
        """Write what the edges that leave these nodes imply, before it is no more what they say."""
        edges = self.edges(["FOUND_IN", "REFERS_TO"], starts=[node.id for node in nodes]) if nodes else []
        known = self._inner_keys({end for edge in edges for end in (edge.start, edge.end)})
        query = """UPDATE edge SET properties = ? WHERE start = ? AND type = ? AND "end" = ? AND key = ?"""
        rows = [
            (self._packing.pack(e.properties), known[e.start], self._codes[e.type], known[e.end], e.key) for e in edges
        ]
        self._connection.executemany(query, rows)

    def _put_edges(self, edges: Iterable[Edge], known: Mapping[str, int], put: Mapping[str, Node]) -> None:
        query = """INSERT INTO edge (type, start, "end", key, properties) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (start, type, "end", key) DO UPDATE SET properties = excluded.properties
            WHERE excluded.properties IS NOT edge.properties"""
        rows = []
        telling = {edge.start for edge in edges if edge.type in ("FOUND_IN", "REFERS_TO")}
        starts = {**put, **self.nodes(telling - put.keys())}
        for edge in edges:
            for end in (edge.start, edge.end):
                if end not in known:
                    raise EndMissing(f"{edge.type} from {edge.start} to {edge.end}: there is no node {end}")
            kind = self._codes[edge.type]
            start = starts.get(edge.start)
            as_implied = start is not None and implied(edge.type, start, edge.end) == edge.properties
            told = None if as_implied else self._packing.pack(edge.properties)
            rows.append((kind, known[edge.start], known[edge.end], edge.key, told))
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
        code = "(SELECT code FROM join_key WHERE key = ?)"
        self._connection.executemany(f"DELETE FROM bearer WHERE key = {code} AND node = ?", gone)
        names = {(key,) for key, _ in new}
        self._connection.executemany(
            "INSERT INTO join_key (key) VALUES (?) ON CONFLICT (key) DO NOTHING", sorted(names)
        )
        self._connection.executemany(f"INSERT INTO bearer (key, node) VALUES ({code}, ?)", new)
        self._forget({key for key, _ in gone})

    def _forget(self, keys: Collection[str]) -> None:
        """Let no key stay that nothing bears: it may hold a name."""
        query = """DELETE FROM join_key WHERE key = ? AND NOT EXISTS (SELECT 1 FROM bearer WHERE key = join_key.code)"""
        self._connection.executemany(query, [(key,) for key in sorted(keys)])

    def _inner_keys(self, ids: Collection[str]) -> dict[str, int]:
        query = "SELECT id, key FROM node WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._connection.execute(query, [array(ids)]).fetchall())

    def delete(self, ids: Collection[str]) -> None:
        nodes = self.nodes(ids)
        inner = self._inner_keys(nodes)
        self._finding.unlist({key: nodes[i] for i, key in inner.items()})
        borne = {key for found in self.keys(nodes).values() for key in found}
        rows = [(key,) for key in inner.values()]
        self._connection.executemany("DELETE FROM edge WHERE start = ?", rows)
        self._connection.executemany('DELETE FROM edge WHERE "end" = ?', rows)
        self._connection.executemany("DELETE FROM bearer WHERE node = ?", rows)
        self._connection.executemany("DELETE FROM node WHERE key = ?", rows)
        self._forget(borne)

    def delete_edges(self, edges: Collection[Edge]) -> None:
        known = self._inner_keys({end for edge in edges for end in (edge.start, edge.end)})
        rows = [
            (known[edge.start], self._codes[edge.type], known[edge.end], edge.key)
            for edge in edges
            if edge.start in known and edge.end in known
        ]
        query = 'DELETE FROM edge WHERE start = ? AND type = ? AND "end" = ? AND key = ?'
        self._connection.executemany(query, rows)

    def set_setting(self, name: str, value: str) -> None:
        query = """INSERT INTO setting (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE excluded.value IS NOT setting.value"""
        self._connection.execute(query, [name, value])

    def repack(self) -> None:
        """Write all properties as they are kept now, in a file that has them as JSON objects."""
        for table, key in (("node", "key"), ("edge", 'start, type, "end", key')):
            rows = self._connection.execute(f"SELECT properties, {key} FROM {table}").fetchall()
            names = " AND ".join(f"{name} = ?" for name in key.split(", "))
            query = f"UPDATE {table} SET properties = ? WHERE {names}"
            self._connection.executemany(query, ((self._packing.pack(_loaded(old)), *row) for old, *row in rows))

    def list_anew(self) -> None:
        """Make everything that is found by again from the nodes, in a file that has none of it."""
        last = 0
        query = "SELECT key, id, label, properties FROM node WHERE key > ? ORDER BY key LIMIT 5000"
        while rows := self._connection.execute(query, [last]).fetchall():
            self._finding.enlist({row[0]: self._to_node(row[1:]) for row in rows})
            last = rows[-1][0]

    def settle(self) -> None:
        """Before the transaction ends: bring up to date what is found by."""
        self._finding.settle()

    # ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────

    def tallies(self) -> dict[str, int]:
        return self._finding.tallies()

    def articles(self, *, after: str | None = None, limit: int | None = None) -> list[str]:
        return self._finding.articles(after=after, limit=limit)

    def claims(self, which: ClaimFilter, *, after: str | None = None, limit: int | None = None) -> list[str]:
        return self._finding.claims(which, after=after, limit=limit)

    def search(self, words: str, *, limit: int = 50) -> list[SearchHit]:
        return self._finding.search(words, limit=limit)

    def called(self, names: Collection[str]) -> dict[str, list[str]]:
        return self._finding.called(names)

    def told(self, claim: str, *, limit: int | None = None) -> dict[str, Listed]:
        return self._finding.told(claim, limit=limit)

    def first_told(self, claims: Collection[str]) -> dict[str, str]:
        return self._finding.first_told(claims)

    def noticed(self, claims: Collection[str]) -> set[str]:
        return self._finding.noticed(claims)

    def said(self, entity: str, kind: EdgeType, *, limit: int | None = None) -> Listed:
        return self._finding.said(entity, kind, limit=limit)

    def claims_about(self, entity: str, *, limit: int | None = None) -> Listed:
        ids = self.claims(ClaimFilter(entity=entity), limit=limit)
        return Listed(tuple(ids), self.presence([entity]).get(entity, (0, 0))[1])

    def members(self, entity: str, *, limit: int | None = None) -> Listed:
        return self._finding.members(entity, limit=limit)

    def presence(self, entities: Collection[str]) -> dict[str, tuple[int, int]]:
        return self._finding.presence(entities)

    def speakers(self, claims: Collection[str]) -> list[Spoken]:
        return self._finding.speakers(claims)

    def spoken_on(self, entities: Collection[str], *, limit: int) -> list[str]:
        return self._finding.spoken_on(entities, limit=limit)

    def latest(self) -> str | None:
        last = self.nodes(self.articles(limit=1)).values()
        return next((str(date) for node in last if (date := node.properties.get("published_at"))), None)

    def around(self, label: Label, given: str, *, limit: int | None = None) -> Transaction:  # noqa: ARG002
        return self

    def gather(
        self,
        *,
        claims: Collection[str] = (),  # noqa: ARG002
        assertions: Collection[str] = (),  # noqa: ARG002
        entities: Collection[str] = (),  # noqa: ARG002
        articles: Collection[str] = (),  # noqa: ARG002
    ) -> Transaction:
        return self

    def naming_both(self, one: str, other: str, *, limit: int) -> list[str]:
        return self._finding.naming_both(one, other, limit=limit)

    def neighbours(self, ids: Collection[str], *, limit: int) -> Listed:
        return self._finding.neighbours(ids, limit=limit)


def _loaded(properties: str) -> dict[str, Value]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(properties).items()}


def _date(node: Node) -> Value | None:
    return node.properties.get("published_at") if node.label == "Article" else None


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
