"""Nodes, edges and keys of the graph in Neo4j, inside one transaction of the driver.

Labels and types come from the lists of the model, all else is bound. A relation between entities has its name for a
type: (:Entity)-[:SUES {claim: "c_…"}]->(:Entity).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from neo4j import ManagedTransaction
from neo4j import Transaction as DriverTransaction
from neo4j.time import DateTime

from graph.errors import EndMissing, NotFound, StoreMoved
from graph.model import Edge, EdgeType, Label, Node, Value, cluster_node_id
from graph.store import neo4j_finding as cypher
from graph.store.memory import MemoryTransaction
from graph.store.neo4j_around import AROUND
from graph.store.neo4j_excerpt import Excerpt, Gathered
from graph.store.neo4j_schema import CAPTIONS, DATES, EDGE_TYPES, LABELS, labels_at
from graph.store.tallies import tallied
from graph.store.transaction import FACETS, SIDES, ClaimFilter, Listed, SearchHit, Spoken, Transaction
from graph.store.words import called, searchable, split_words
from ingest.model import OPPOSING, SUPPORTING

ROWS = 5000  # to a statement
MEMBERS = 300  # referents of one entity that are at hand
CLAUSES = 500  # terms to one question of the word index
NO_LIMIT = 2**31 - 1
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
TALLIED = ("sourcing", "marks", "source_type", "outlet", "not_read", "confidential", "notice")
RETURN_EDGE = "RETURN type(r) AS type, a.id AS start, b.id AS end, r._key AS key, properties(r) AS p"
LOADED = """MATCH (d:Dossier {name: 'dossier'})
CALL () { MATCH (a:Article) WHERE a.published_at IS NOT NULL RETURN max(a.published_at) AS latest }
RETURN d {.*, _latest: latest} AS p"""


class Neo4jTransaction:
    """`Transaction` over a transaction of the driver.

    What is kept with the dossier (settings, tallies) is read once and written once, by `settle`.
    """

    def __init__(self, tx: ManagedTransaction | DriverTransaction, dossier: Mapping[str, Any] | None = None) -> None:
        self._tx = tx
        self._loaded = dict(dossier) if dossier is not None else None
        self._settings: dict[str, str] = {}
        self._counted: Counter[str] = Counter()
        self._named: set[str] = set()  # types that relations gained meanwhile
        self._hidden: set[str] = set()  # element ids of nodes that full text may not find: see _hide

    def _run(self, query: str, **values: Any) -> Iterator[Any]:
        return iter(self._tx.run(query, values))

    def _find(self, query: str, **values: Any) -> Iterator[Any]:
        """Run a statement of a question, once it is known at which revision the answer began."""
        _ = self._dossier
        return self._run(query, **values)

    @property
    def _dossier(self) -> dict[str, Any]:
        if self._loaded is None:
            self._loaded = next((row["p"] for row in self._run(LOADED)), {})
        return self._loaded

    def _one_state(self, row: Any) -> Any:
        """A row with the revision that it was read at. Raises StoreMoved where the answer began at another."""
        seen = next((str(revision) for revision in row["revision"] if revision is not None), None)
        if seen != self._dossier.get("revision"):
            raise StoreMoved("the dossier was written to while it was asked: ask again")
        return row

    # ── the graph ────────────────────────────────────────────────────────────────────────────────────────────────

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        found = map(_to_node, self._each_label(ids, "RETURN labels(n) AS labels, properties(n) AS p"))
        return {node.id: node for node in sorted(found, key=lambda node: node.id)}

    def _each_label(self, ids: Collection[str], told: str) -> Iterator[Any]:
        """What is told of the nodes of these ids, in one statement, with a part for each group of labels."""
        groups = _by_labels(ids)
        parts = (f"MATCH (n:{'|'.join(labels)}) WHERE n.id IN $ids{k} {told}" for k, labels in enumerate(groups))
        values = {f"ids{k}": some for k, some in enumerate(groups.values())}
        return self._run(" UNION ALL ".join(parts), **values) if groups else iter(())

    def edges(
        self,
        types: Collection[EdgeType],
        *,
        starts: Collection[str] | None = None,
        ends: Collection[str] | None = None,
    ) -> list[Edge]:
        if not types or any(given is not None and not given for given in (starts, ends)):
            return []
        kinds = "|".join(name for kind in sorted(types) for name in self._types_of(kind))
        if not kinds:
            return []
        near = " AND ".join(
            condition
            for condition, given in (("a.id IN $starts", starts), ("b.id IN $ends", ends))
            if given is not None
        )
        at = [_labels_of(given, types, end) for end, given in enumerate((starts, ends))]
        query = f"MATCH (a{at[0]})-[r:{kinds}]->(b{at[1]}) WHERE {near or 'true'} {RETURN_EDGE}"
        found = self._run(query, starts=list(starts or ()), ends=list(ends or ()))
        return sorted(map(_to_edge, found), key=lambda edge: edge.identity)

    def _types_of(self, kind: str) -> list[str]:
        """What edges of a type are called in this database: relations have names of their own."""
        if kind not in EDGE_TYPES:
            raise ValueError(f"{kind!r} is no edge type of the model")
        if kind != "RELATION":
            return [kind]
        return sorted({*self._dossier.get("relations", ()), *self._named})

    def nodes_of(self, label: Label, *, after: str = "", limit: int | None = None) -> Iterator[Node]:
        query = f"""MATCH (n:{_allowed(label)}) WHERE n.id > $after
            RETURN labels(n) AS labels, properties(n) AS p ORDER BY n.id LIMIT $limit"""
        return map(_to_node, self._run(query, after=after, limit=_most(limit)))

    def all_edges(self) -> Iterator[Edge]:
        for kind in sorted(EDGE_TYPES):
            if names := "|".join(self._types_of(kind)):
                query = f"MATCH (a)-[r:{names}]->(b) {RETURN_EDGE} ORDER BY start, end, key"
                yield from map(_to_edge, self._run(query))

    def with_keys(self, keys: Collection[str]) -> dict[str, list[str]]:
        wanted = set(keys)
        query = """UNWIND $queries AS query CALL db.index.fulltext.queryNodes('_keys', query) YIELD node
            RETURN DISTINCT node.id AS id, node._keys AS keys"""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._run(query, queries=_questions(wanted)) if wanted else ():
            for key in wanted.intersection(row["keys"]):
                found[key].append(row["id"])
        for row in self._run(BEHIND_INDEX, hidden=sorted(self._hidden)) if wanted and self._hidden else ():
            for key in wanted.intersection(row["keys"]):
                found[key].append(row["id"])
        return {key: sorted(set(ids)) for key, ids in sorted(found.items())}

    def some_with_keys(self, keys: Collection[str], limit: int) -> dict[str, list[str]]:  # noqa: ARG002
        return self.with_keys(keys)

    def keys(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        rows = self._each_label(ids, "AND n._keys IS NOT NULL RETURN n.id AS id, n._keys AS k")
        return {row["id"]: tuple(sorted(row["k"])) for row in rows}

    def counts(self) -> dict[str, int]:
        labels: dict[str, int] = {name: number for name, number in self.tallies().items() if name in LABELS}
        # Each is answered from the database's own count of a type.
        counted = " UNION ALL ".join(
            f"MATCH ()-[r:{name}]->() RETURN '{kind}' AS kind, count(r) AS number"
            for kind in sorted(EDGE_TYPES)
            for name in self._types_of(kind)
        )
        types: Counter[str] = Counter()
        for row in self._run(counted):
            types[row["kind"]] += row["number"]
        return {**labels, **{kind: number for kind, number in types.items() if number}}

    def setting(self, name: str) -> str | None:
        value = self._settings.get(name, self._dossier.get(name))
        return None if value is None else str(value)

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def put(self, nodes: Iterable[Node], edges: Iterable[Edge], keys: Mapping[str, Collection[str]]) -> None:
        put = {node.id: node for node in nodes}
        self._put_nodes(put, keys)
        self._put_keys({i: sorted(borne) for i, borne in keys.items() if i not in put})
        self._put_edges({edge.identity: edge for edge in edges}.values())

    def _put_nodes(self, nodes: Mapping[str, Node], keys: Mapping[str, Collection[str]]) -> None:
        rows: dict[str, list[dict[str, object]]] = defaultdict(list)
        for node in nodes.values():
            borne = sorted(keys[node.id]) if node.id in keys else None
            rows[_allowed(node.label)].append({"id": node.id, "p": _node_properties(node), "keys": borne})
        before = self._in_parts(_PUT_NODES, rows)
        for old in before:
            self._counted.subtract(tallied(Node(old["label"], "", _properties(old["p"]))))
        for node in nodes.values():
            self._counted.update(tallied(node))

    def _in_parts(self, query: str, rows: Mapping[str, list[dict[str, object]]]) -> list[Any]:
        """Run a statement with a part for each label, over so many rows at a time; gives all that it collected."""
        flat = [(label, row) for label, some in rows.items() for row in some]
        found: list[Any] = []
        for start in range(0, len(flat), ROWS):
            part: dict[str, list[dict[str, object]]] = {label: [] for label in LABELS}
            for label, row in flat[start : start + ROWS]:
                part[label].append(row)
            found += [item for record in self._run(query, **part) for item in record["before"]]
        return found

    def _put_keys(self, keys: Mapping[str, list[str]]) -> None:
        for labels, some in _by_labels(keys).items():
            query = f"""UNWIND $rows AS row MATCH (n:{"|".join(labels)} {{id: row.id}})
                SET n._keys = CASE WHEN size(row.keys) > 0 THEN row.keys END RETURN collect(n.id) AS ids"""
            rows = [{"id": i, "keys": keys[i]} for i in some]
            known = {i for row in self._run(query, rows=rows) for i in row["ids"]}
            if lost := sorted(i for i in some if keys[i] and i not in known):
                raise EndMissing(f"keys for {lost[0]}: there is no such node")

    def _put_edges(self, edges: Collection[Edge]) -> None:
        for part in _parts(list(edges)):
            # MATCH drops a row whose end is missing, and says nothing.
            if next(self._run(_PUT_EDGES, **self._by_type(part)))["number"] != len(part):
                self._tell_missing(part)

    def _by_type(self, edges: Iterable[Edge]) -> dict[str, list[dict[str, object]]]:
        """Edges as rows of a statement that has a part for each type."""
        rows: dict[str, list[dict[str, object]]] = {kind: [] for kind in EDGE_TYPES}
        for edge in edges:
            p = {**_bound(edge.properties), "_key": edge.key}
            kind = self._type_of(edge) if edge.type == "RELATION" else edge.type
            rows[edge.type].append({"start": edge.start, "stop": edge.end, "key": edge.key, "type": kind, "p": p})
        return rows

    def _type_of(self, relation: Edge) -> str:
        name = relation_type(str(relation.properties.get("name", "")))
        if name not in self._dossier.get("relations", ()):
            self._named.add(name)
        return name

    def _tell_missing(self, edges: Collection[Edge]) -> None:
        known = self.nodes({end for edge in edges for end in (edge.start, edge.end)})
        for edge in edges:
            for end in (edge.start, edge.end):
                if end not in known:
                    raise EndMissing(f"{edge.type} from {edge.start} to {edge.end}: there is no node {end}")
        raise EndMissing("an edge joins nodes that no edge of its type may join: see ENDS in neo4j_schema")

    def delete(self, ids: Collection[str]) -> None:
        for labels, some in _by_labels(ids).items():
            query = f"""MATCH (n:{"|".join(labels)}) WHERE n.id IN $ids
                WITH n, labels(n)[0] AS label, n {{{", ".join(f".{name}" for name in TALLIED)}}} AS p,
                    [(n)-[r]-() | elementId(r)] AS gone
                DETACH DELETE n RETURN label, p, gone"""
            for row in self._run(query, ids=some):
                self._hide(row["gone"])
                self._counted.subtract(tallied(Node(row["label"], "", _properties(row["p"]))))

    def delete_edges(self, edges: Collection[Edge]) -> None:
        for part in _parts(list(edges)):
            for row in self._run(_DELETE_EDGES, **self._by_type(part)):
                self._hide(row["gone"])

    def _hide(self, relationships: Iterable[str]) -> None:
        """Note which nodes full text no longer finds in this transaction.

        Until it ends, Neo4j 5.26 takes a deleted relationship's number for a node's: the node of that number is left
        out of every answer of a full-text index, though nothing of it was changed.
        """
        self._hidden.update("4" + i.removeprefix("5") for i in relationships)

    def set_setting(self, name: str, value: str) -> None:
        self._settings[name] = value

    def settle(self) -> None:
        """Before the transaction ends: write what is kept with the dossier."""
        tallies = Counter(self.tallies())
        shown: dict[str, object] = {**self._settings}
        if self._counted:
            shown |= {"tallies": json.dumps({n: k for n, k in sorted(tallies.items()) if k}, ensure_ascii=False)}
            shown |= {"articles": tallies["Article"], "assertions": tallies["Assertion"], "claims": tallies["Claim"]}
        if self._named:
            shown["relations"] = self._types_of("RELATION")
        if shown:
            list(self._run("MERGE (d:Dossier {name: 'dossier'}) SET d += $shown", shown=shown))

    # ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────

    def tallies(self) -> dict[str, int]:
        kept = Counter(cast("dict[str, int]", json.loads(self._dossier.get("tallies", "{}"))))
        kept.update(self._counted)
        return {name: number for name, number in kept.items() if number}

    def articles(self, *, after: str | None = None, limit: int | None = None) -> list[str]:
        if after is not None and after not in self.nodes([after]):
            raise NotFound(f"no article {after} to go on from")
        return [row["id"] for row in self._find(cypher.ARTICLES, after=after, limit=_most(limit))]

    def claims(self, which: ClaimFilter, *, after: str | None = None, limit: int | None = None) -> list[str]:
        if after is not None and after not in self.nodes([after]):
            raise NotFound(f"no claim {after} to go on from")
        asked = {field: getattr(which, field) or None for field in (*FACETS.values(), "since", "until")}
        query = cypher.CLAIMS.replace("{leading}", "(c:Claim)")
        words = split_words(which.words or "")
        return [row["id"] for row in self._find(query, **asked, words=words, after=after, limit=_most(limit))]

    def search(self, words: str, *, limit: int = 50) -> list[SearchHit]:
        # Letters and digits only, so that nothing in them is an operator of Lucene's, and quoted.
        wanted = " AND ".join(f'"{word}"' for word in split_words(words))
        rows = self._find(cypher.SEARCH, wanted=wanted, limit=limit) if wanted else ()
        labels: tuple[Label, ...] = ("Claim", "Entity", "Article")
        return list(dict.fromkeys(SearchHit(labels[row["label"]], row["id"]) for row in rows))

    def called(self, names: Collection[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._find(cypher.CALLED, queries=_questions(names)) if names else ():
            for name in set(names).intersection(row["called"]):
                found[name].append(row["id"])
        return {name: sorted(ids) for name, ids in sorted(found.items())}

    def told(self, claim: str, *, limit: int | None = None) -> dict[str, Listed]:
        sides = {"supporting": list(SUPPORTING), "opposing": list(OPPOSING)}
        rows = self._run(cypher.TOLD, claim=claim, limit=_most(limit), **sides)
        found = {row["side"]: Listed(tuple(row["ids"]), row["total"]) for row in rows}
        return {side: found.get(side, Listed((), 0)) for side in SIDES}

    def first_told(self, claims: Collection[str]) -> dict[str, str]:
        return {row["claim"]: row["first"] for row in self._run(cypher.FIRST_TOLD, claims=list(claims))}

    def noticed(self, claims: Collection[str]) -> set[str]:
        return {row["claim"] for row in self._run(cypher.NOTICED, claims=list(claims))}

    def said(self, entity: str, kind: EdgeType, *, limit: int | None = None) -> Listed:
        return self._listed(cypher.SAID % self._types_of(kind)[0], entity=entity, limit=_most(limit))

    def claims_about(self, entity: str, *, limit: int | None = None) -> Listed:
        return self._listed(cypher.CLAIMS_ABOUT, entity=entity, limit=_most(limit))

    def members(self, entity: str, *, limit: int | None = None) -> Listed:
        return self._listed(cypher.MEMBERS, entity=entity, limit=_most(limit))

    def presence(self, entities: Collection[str]) -> dict[str, tuple[int, int]]:
        rows = self._run(cypher.PRESENCE, entities=list(entities))
        return {row["id"]: (row["articles"], row["claims"]) for row in rows}

    def speakers(self, claims: Collection[str]) -> list[Spoken]:
        rows = self._run(cypher.SPEAKERS, claims=list(claims))
        return [Spoken(row["claim"], row["entity"], row["stance"]) for row in rows]

    def spoken_on(self, entities: Collection[str], *, limit: int) -> list[str]:
        return [row["claim"] for row in self._run(cypher.SPOKEN_ON, entities=list(entities), limit=limit)]

    def naming_both(self, one: str, other: str, *, limit: int) -> list[str]:
        return [row["id"] for row in self._run(cypher.NAMING_BOTH, one=one, other=other, limit=limit)]

    def neighbours(self, ids: Collection[str], *, limit: int) -> Listed:
        relations = "|".join(self._types_of("RELATION")) or "RELATION"
        return self._listed(cypher.NEIGHBOURS.replace("{relations}", relations), ids=list(ids), limit=limit)

    def latest(self) -> str | None:
        last = self._dossier.get("_latest")
        return None if last is None else str(_from_stored(last))

    def around(self, label: Label, given: str, *, limit: int | None = None) -> Transaction:
        relations = "|".join(self._types_of("RELATION")) or "RELATION"
        values = {
            "given": given,
            "cluster": cluster_node_id(label, given) if label in ("Entity", "Claim") else given,
            "limit": _most(limit),
            "members": MEMBERS,
            "supporting": list(SUPPORTING),
            "opposing": list(OPPOSING),
        }
        row = self._one_state(next(self._run(AROUND[label].replace("{relations}", relations), **values)))
        lists = {name: Listed(tuple(ids), total) for name, ids, total in row["lists"]}
        return cast(Transaction, Excerpt(self, Gathered(), _to_graph(row), {}, {}, lists))

    def gather(
        self,
        *,
        claims: Collection[str] = (),
        assertions: Collection[str] = (),
        entities: Collection[str] = (),
        articles: Collection[str] = (),
    ) -> Transaction:
        asked = {"claims": claims, "assertions": assertions, "entities": entities, "articles": articles}
        row = self._one_state(next(self._run(cypher.GATHER, **{kind: list(ids) for kind, ids in asked.items()})))
        graph = _to_graph(row)
        firsts = dict(row["first_of"])
        held = Gathered(
            frozenset(claims),
            frozenset({*assertions, *firsts.values()}),
            frozenset(entities),
            frozenset({*articles, *(node.id for node in graph.nodes_of("Article"))}),
        )
        presence = {i: (named, about) for i, named, about in row["presence"]}
        return cast(Transaction, Excerpt(self, held, graph, firsts, presence, {}, set(row["noticed"])))

    def _listed(self, query: str, **values: object) -> Listed:
        row = next(self._find(query, **values))
        return Listed(tuple(row["ids"]), row["total"])


# ── statements with a part for each label or type, so that however much is written takes one ────────────────────────

_PUT_NODES = (
    "".join(
        f"""CALL () {{ UNWIND ${label} AS row MERGE (n:{label} {{id: row.id}}) ON CREATE SET n._new = true
        WITH n, row, n._keys AS keys, CASE WHEN n._new IS NULL THEN
            {{label: '{label}', p: n {{{", ".join(f".{name}" for name in TALLIED)}}}}} END AS old
        SET n = row.p SET n._keys = CASE WHEN row.keys IS NULL THEN keys WHEN size(row.keys) > 0 THEN row.keys END
        RETURN collect(old) AS {label}_before }} """
        for label in LABELS
    )
    + f"RETURN {' + '.join(f'{label}_before' for label in LABELS)} AS before"
)


def _edge_parts(part: str) -> str:
    """A part for each type; a relation's own type is bound, in capitals and _ only."""
    return "".join(
        part.format(
            rows=kind,
            start="|".join(labels_at(kind, 0)),
            end="|".join(labels_at(kind, 1)),
            kind="$(row.type)" if kind == "RELATION" else kind,
        )
        for kind in sorted(EDGE_TYPES)
    )


_PUT_EDGES = (
    _edge_parts(
        """CALL () {{ UNWIND ${rows} AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.stop}})
        MERGE (a)-[r:{kind} {{_key: row.key}}]->(b) SET r = row.p RETURN count(*) AS {rows}_number }} """
    )
    + f"RETURN {' + '.join(f'{kind}_number' for kind in sorted(EDGE_TYPES))} AS number"
)
_DELETE_EDGES = (
    _edge_parts(
        """CALL () {{ UNWIND ${rows} AS row
    MATCH (:{start} {{id: row.start}})-[r:{kind} {{_key: row.key}}]->(:{end} {{id: row.stop}})
    WITH r, elementId(r) AS gone DELETE r RETURN collect(gone) AS {rows}_gone }} """
    )
    + f"RETURN {' + '.join(f'{kind}_gone' for kind in sorted(EDGE_TYPES))} AS gone"
)
BEHIND_INDEX = """MATCH (n) WHERE elementId(n) IN $hidden AND n._keys IS NOT NULL
    RETURN n.id AS id, n._keys AS keys"""


def relation_type(name: str) -> str:
    """'invests_in' → 'INVESTS_IN'; what is no plain word, or is called as another type is, stays a RELATION."""
    capitals = name.upper()
    plain = re.fullmatch(r"[A-Z][A-Z_]{0,60}", capitals)
    return capitals if plain and capitals not in EDGE_TYPES else "RELATION"


def _allowed(label: str) -> str:
    if label not in LABELS:
        raise ValueError(f"{label!r} is no label of the model")
    return label


def _most(limit: int | None) -> int:
    return NO_LIMIT if limit is None else limit


def _parts(edges: list[Edge]) -> Iterator[list[Edge]]:
    return (edges[start : start + ROWS] for start in range(0, len(edges), ROWS))


def _by_labels(ids: Iterable[str]) -> dict[tuple[Label, ...], list[str]]:
    """Ids by the labels that their nodes may bear: those of entities and claims tell by their first letters."""
    known: dict[str, tuple[Label, ...]] = {"e_": ("Entity",), "c_": ("Claim",)}
    others = tuple(label for label in LABELS if label not in ("Entity", "Claim"))
    found: dict[tuple[Label, ...], list[str]] = defaultdict(list)
    for i in ids:
        found[known.get(i[:2], others)].append(i)
    return found


def _labels_of(ids: Collection[str] | None, types: Collection[str], end: int) -> str:
    """':Assertion|Claim': where edges of these types begin or end, as far as the ids leave it open."""
    allowed = {label for kind in types for label in labels_at(kind, end)}
    if ids is not None:
        allowed &= {label for labels in _by_labels(ids) for label in labels}
    return f":{'|'.join(sorted(allowed))}" if ids is not None and allowed else ""


def _questions(terms: Iterable[str]) -> list[str]:
    """Terms as questions of a word index that takes each as a whole, so many to a question."""
    quoted = ['"' + re.sub(r'(["\\])', r"\\\1", term) + '"' for term in sorted(terms)]
    return [" OR ".join(quoted[start : start + CLAUSES]) for start in range(0, len(quoted), CLAUSES)]


def _bound(properties: Mapping[str, Value]) -> dict[str, object]:
    return {name: _to_stored(name, value) for name, value in properties.items()}


def _to_stored(name: str, value: Value) -> object:
    if isinstance(value, tuple):
        return list(value)
    if name in DATES and isinstance(value, str):
        try:
            moment = datetime.strptime(value, MOMENT).replace(tzinfo=UTC)
        except ValueError:
            return value
        return moment if moment.strftime(MOMENT) == value else value
    return value


def _node_properties(node: Node) -> dict[str, object]:
    extra: dict[str, object] = {"id": node.id}
    if caption := node.properties.get(CAPTIONS.get(node.label, "")):
        extra["title"] = caption
    if words := searchable(node):
        extra["_words"] = words
    if names := called(node):
        extra["_called"] = sorted(names)
    if node.label == "Claim":
        extra["_first_at"] = node.properties.get("first_at", "")
    return {**_bound(node.properties), **extra}


def _properties(stored: Mapping[str, Any]) -> dict[str, Value]:
    return {
        name: _from_stored(value)
        for name, value in stored.items()
        if value is not None and not name.startswith("_") and name not in ("id", "title")
    }


def _from_stored(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, DateTime):
        return value.to_native().astimezone(UTC).strftime(MOMENT)
    return cast(Value, value)


def _to_node(row: Any) -> Node:
    label = next(label for label in row["labels"] if label in LABELS)
    return Node(label, row["p"]["id"], _properties(row["p"]))


def _to_graph(row: Any) -> MemoryTransaction:
    """Nodes and edges that a statement collected."""
    graph = MemoryTransaction()
    edges = (_to_edge({**edge, "key": edge["p"]["_key"]}) for edge in row["edges"] if edge["start"])
    graph.put((_to_node(node) for node in row["nodes"] if node["labels"]), edges, {})
    return graph


def _to_edge(row: Any) -> Edge:
    kind = row["type"] if row["type"] in EDGE_TYPES else "RELATION"
    return Edge(cast(EdgeType, kind), row["start"], row["end"], row["key"], _properties(row["p"]))
