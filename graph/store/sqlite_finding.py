"""How the embedded store finds: lists by date, filters, names, words, what is told and said; never a scan."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from graph.errors import NotFound
from graph.model import Label, Node
from graph.store.sqlite_schema import SETTLE, WORD_TABLES, codes_of
from graph.store.tallies import of_kind, tally
from graph.store.transaction import DRAWN, FACETS, SIDES, ClaimFilter, Listed, SearchHit, Spoken
from graph.store.words import called, searchable, split_words

COMMON = 2000  # hits; of words that stand in more, those are shown that are latest
RANKED: Mapping[Label, str] = {
    "Claim": """SELECT claim.id, claim.at FROM claim_words JOIN claim ON claim.node = claim_words.rowid
        WHERE claim_words MATCH ? ORDER BY rank, claim.at DESC, claim.id LIMIT ?""",
    "Entity": """SELECT node.id, 0 FROM entity_words JOIN node ON node.key = entity_words.rowid
        WHERE entity_words MATCH ? ORDER BY rank, node.id LIMIT ?""",
    "Article": """SELECT article.id, article.at FROM article_words
        JOIN edge ON edge.start = article_words.rowid AND edge.type = :VERSION_OF
        JOIN article ON article.node = edge."end" WHERE article_words MATCH ? ORDER BY rank, article.id LIMIT ?""",
}
LATEST: Mapping[Label, str] = {
    "Claim": """SELECT id, at FROM claim WHERE EXISTS (
        SELECT 1 FROM claim_words WHERE claim_words MATCH ? AND rowid = claim.node
        ) ORDER BY at DESC, id LIMIT ?""",
    "Entity": RANKED["Entity"],
    "Article": """SELECT id, at FROM article WHERE EXISTS (
        SELECT 1 FROM edge JOIN article_words ON article_words.rowid = edge.start WHERE edge."end" = article.node
        AND edge.type = :VERSION_OF AND article_words MATCH ?
        ) ORDER BY at DESC, id LIMIT ?""",
}


class SqliteFinding:
    """The tables that are made from the graph, kept in the transaction that changes it, and asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.codes = codes_of(connection)
        self._settle = _with_codes(SETTLE, self.codes)

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        return self._connection.execute(_with_codes(query, self.codes), values).fetchall()

    # ── keeping ──────────────────────────────────────────────────────────────────────────────────────────────────

    def enlist(self, nodes: Mapping[int, Node]) -> None:
        """Let nodes be found: by words and names, in lists by date, by what a filter asks of claims."""
        self._count(tally(nodes.values()), 1)
        for label, table in WORD_TABLES.items():
            words = [(key, text) for key, node in nodes.items() if node.label == label and (text := searchable(node))]
            self._connection.executemany(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", words)
        for label, date in (("Article", "published_at"), ("Claim", "first_at")):
            dated = [(k, moment(n.properties.get(date)), n.id) for k, n in nodes.items() if n.label == label]
            self._connection.executemany(f"INSERT INTO {label.lower()} (node, at, id) VALUES (?, ?, ?)", dated)
        names = [(name, key) for key, node in nodes.items() for name in called(node)]
        self._connection.executemany("INSERT INTO called (name, node) VALUES (?, ?)", names)
        self._enlist_facets({key: node for key, node in nodes.items() if node.label == "Claim"})

    def unlist(self, nodes: Mapping[int, Node]) -> None:
        """The inverse of `enlist`. An index without a copy of its words must be told which to forget."""
        self._count(tally(nodes.values()), -1)
        for label, table in WORD_TABLES.items():
            words = [(key, text) for key, node in nodes.items() if node.label == label and (text := searchable(node))]
            self._connection.executemany(f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)", words)
        by_label = {
            label: [(k,) for k, n in nodes.items() if n.label == label] for label in ("Article", "Claim", "Entity")
        }
        self._connection.executemany("DELETE FROM article WHERE node = ?", by_label["Article"])
        self._connection.executemany("DELETE FROM claim WHERE node = ?", by_label["Claim"])
        self._connection.executemany("DELETE FROM called WHERE node = ?", by_label["Entity"])
        gone = Counter(pair for node in nodes.values() for pair in facets(node))
        query = "UPDATE facet_value SET number = number - ? WHERE name = ? AND value = ?"
        self._connection.executemany(query, [(number, *pair) for pair, number in gone.items()])
        query = "DELETE FROM facet_value WHERE name = ? AND value = ? AND number = 0"
        self._connection.executemany(query, gone)
        self._connection.executemany("DELETE FROM facet WHERE claim = ?", by_label["Claim"])

    def _count(self, numbers: Counter[str], sign: int) -> None:
        query = """INSERT INTO tally (name, number) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET number = number + excluded.number"""
        self._connection.executemany(query, [(name, sign * number) for name, number in numbers.items()])
        if sign < 0:  # no name of what is gone may stay in the file
            self._connection.executemany(
                "DELETE FROM tally WHERE name = ? AND number = 0", [(name,) for name in numbers]
            )

    def _enlist_facets(self, claims: Mapping[int, Node]) -> None:
        had = {key: sorted(set(facets(node))) for key, node in claims.items()}
        numbers = Counter(pair for pairs in had.values() for pair in pairs)
        query = """INSERT INTO facet_value (name, value, number) VALUES (?, ?, ?)
            ON CONFLICT (name, value) DO UPDATE SET number = number + excluded.number"""
        self._connection.executemany(query, [(*pair, number) for pair, number in numbers.items()])
        query = """INSERT INTO facet (value, at, claim) VALUES (
            (SELECT code FROM facet_value WHERE name = ? AND value = ?), ?, ?)"""
        rows = [
            (*pair, moment(claims[key].properties.get("first_at")), key) for key, pairs in had.items() for pair in pairs
        ]
        self._connection.executemany(query, rows)

    def redate(self, articles: Iterable[int]) -> None:
        """Let what these articles hold be put in order anew: their dates are others."""
        query = """INSERT OR IGNORE INTO stale SELECT f.start FROM edge AS v JOIN edge AS f ON f."end" = v.start
            WHERE v."end" = ? AND v.type = :VERSION_OF AND f.type = :FOUND_IN"""
        self._connection.executemany(_with_codes(query, self.codes), [(key,) for key in articles])

    def settle(self) -> None:
        """Bring what is told, said and resolved up to date, at the end of a transaction."""
        if self._rows("SELECT 1 FROM stale LIMIT 1"):
            for statement in self._settle.split(";"):
                self._connection.execute(statement)

    # ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────

    def tallies(self) -> dict[str, int]:
        names = {f"edge|{code}": name for name, code in self.codes.items()}
        rows = self._rows("SELECT name, number FROM tally WHERE number > 0")
        return {names.get(str(name), str(name)): int(str(number)) for name, number in rows}

    def articles(self, *, after: str | None, limit: int | None) -> list[str]:
        """Ids, the latest first."""
        conditions, values = self._following("article", after)
        query = f"SELECT id FROM article AS c WHERE {conditions} ORDER BY at DESC, id LIMIT ?"
        return [str(i) for (i,) in self._rows(query, *values, _most(limit))]

    def _following(self, table: str, after: str | None) -> tuple[str, list[object]]:
        """The condition on what stands after one row of a list by date."""
        if after is None:
            return "true", []
        found = self._rows(f"SELECT at, id FROM {table} WHERE node = (SELECT key FROM node WHERE id = ?)", after)
        if not found:
            raise NotFound(f"no {table} {after} to go on from")
        ((at, i),) = found
        return "(c.at < ? OR (c.at = ? AND c.id > ?))", [at, at, i]

    def claims(self, which: ClaimFilter, *, after: str | None, limit: int | None) -> list[str]:
        """Ids by date, latest first. The rarest thing asked for leads, the others are looked up."""
        condition, values = self._following("claim", after)
        conditions = [condition]
        for name, bound, fill in ((">=", which.since, "0"), ("<=", which.until, "9")):
            if bound:
                conditions.append(f"c.at {name} ?")
                values.append(moment(bound, fill))
        if which.until:
            conditions.append("c.at > 0")
        asked = self._facets_asked(which)
        if asked is None:
            return []
        leading = "claim AS c"
        if words := _match(which.words or ""):
            if self._is_common("claim_words", words):
                conditions.append("EXISTS (SELECT 1 FROM claim_words WHERE claim_words MATCH ? AND rowid = c.node)")
            else:
                conditions.append("c.node IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)")
            values.append(words)
        if asked:
            leading = f"facet AS f CROSS JOIN claim AS c ON c.node = f.claim AND f.value = {asked[0]}"
            others = asked[1:]
            conditions += [
                f"EXISTS (SELECT 1 FROM facet AS g WHERE g.value = {code} AND g.at = c.at AND g.claim = c.node)"
                for code in others
            ]
        order = "f.at DESC, c.id" if asked else "c.at DESC, c.id"
        query = f"SELECT c.id FROM {leading} WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ?"
        return [str(i) for (i,) in self._rows(query, *values, _most(limit))]

    def _facets_asked(self, which: ClaimFilter) -> list[int] | None:
        """The numbers of the values that are asked for, the rarest first; None where no claim has one of them."""
        found = []
        for name, field in FACETS.items():
            if wanted := getattr(which, field):
                query = "SELECT number, code FROM facet_value WHERE name = ? AND value = ? AND number > 0"
                rows = self._rows(query, name, wanted)
                if not rows:
                    return None
                found.append(rows[0])
        return [int(str(code)) for _, code in sorted(found)]

    def _is_common(self, table: str, words: str) -> bool:
        query = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT {COMMON})"
        return self._rows(query, words) == [(COMMON,)]

    def search(self, words: str, *, limit: int) -> list[SearchHit]:
        if not (wanted := _match(words)):
            return []
        hits: dict[SearchHit, None] = {}
        for label, table in (("Claim", "claim_words"), ("Entity", "entity_words"), ("Article", "article_words")):
            queries = LATEST if self._is_common(table, wanted) else RANKED
            found = self._rows(queries[label], wanted, limit)  # type: ignore[index]
            hits |= dict.fromkeys(SearchHit(label, str(i)) for i, _ in found)  # type: ignore[arg-type]
        return list(hits)

    def called(self, names: Collection[str]) -> dict[str, list[str]]:
        query = """SELECT called.name, node.id FROM called JOIN node ON node.key = called.node
            WHERE called.name IN (SELECT value FROM json_each(?)) ORDER BY 1, 2"""
        found: dict[str, list[str]] = {}
        for name, i in self._rows(query, array(names)):
            found.setdefault(str(name), []).append(str(i))
        return found

    def told(self, claim: str, *, limit: int | None) -> dict[str, Listed]:
        count = """SELECT side, count(*) FROM told WHERE claim = (SELECT key FROM node WHERE id = ?) GROUP BY side"""
        totals = {SIDES[int(str(side))]: int(str(number)) for side, number in self._rows(count, claim)}
        query = """SELECT node.id FROM told JOIN node ON node.key = told.assertion
            WHERE told.claim = (SELECT key FROM node WHERE id = ?) AND told.side = ?
            ORDER BY told.at, node.id LIMIT ?"""
        return {
            side: Listed(tuple(str(i) for (i,) in self._rows(query, claim, n, _most(limit))), totals.get(side, 0))
            for n, side in enumerate(SIDES)
        }

    def first_told(self, claims: Collection[str]) -> dict[str, str]:
        query = """SELECT c.id, (
                SELECT a.id FROM told AS t JOIN node AS a ON a.key = t.assertion
                WHERE t.claim = c.key AND t.side = s.value
                ORDER BY t.at, a.id LIMIT 1
            ) AS first FROM node AS c, json_each('[0, 1, 2]') AS s
            WHERE c.id IN (SELECT value FROM json_each(?)) AND first IS NOT NULL"""
        dated = """SELECT node.id, told.at FROM node JOIN told ON told.assertion = node.key
            WHERE node.id IN (SELECT value FROM json_each(?))"""
        firsts = [(str(claim), str(first)) for claim, first in self._rows(query, array(claims))]
        at = {str(i): int(str(when)) for i, when in self._rows(dated, array(first for _, first in firsts))}
        found: dict[str, str] = {}
        for claim, first in firsts:
            if claim not in found or (at[first], first) < (at[found[claim]], found[claim]):
                found[claim] = first
        return found

    def noticed(self, claims: Collection[str]) -> set[str]:
        """Mostly all articles of a dossier bear a notice or none: only otherwise each claim is looked at."""
        tallies = self.tallies()
        if not (number := sum(of_kind(tallies, "notice").values())) or number == tallies["Article"]:
            return set(claims) if number else set()
        query = """SELECT DISTINCT c.id FROM node AS c JOIN told AS t ON t.claim = c.key
            JOIN edge AS f ON f.start = t.assertion AND f.type = :FOUND_IN
            JOIN edge AS v ON v.start = f."end" AND v.type = :VERSION_OF
            JOIN node AS a ON a.key = v."end" JOIN shape ON shape.code = json_extract(a.properties, '$[0]')
            WHERE c.id IN (SELECT value FROM json_each(?)) AND shape.names LIKE '%"notice"%'"""
        return {str(i) for (i,) in self._rows(query, array(claims))}

    def said(self, entity: str, kind: str, *, limit: int | None) -> Listed:
        of = "entity = (SELECT key FROM node WHERE id = ?) AND type = ?"
        ((total,),) = self._rows(f"SELECT count(*) FROM said WHERE {of}", entity, self.codes[kind])
        query = f"""SELECT node.id FROM said JOIN node ON node.key = said.assertion WHERE {of}
            ORDER BY said.at DESC, node.id LIMIT ?"""
        found = self._rows(query, entity, self.codes[kind], _most(limit))
        return Listed(tuple(str(i) for (i,) in found), int(str(total)))

    def members(self, entity: str, *, limit: int | None) -> Listed:
        of = "entity = (SELECT key FROM node WHERE id = ?)"
        ((total,),) = self._rows(f"SELECT count(*) FROM resolved WHERE {of}", entity)
        whole = limit is None or int(str(total)) <= limit  # putting a hub's in order takes longer than all its page
        order = "ORDER BY 1" if whole else ""
        query = f"SELECT node.id FROM resolved JOIN node ON node.key = resolved.referent WHERE {of} {order} LIMIT ?"
        return Listed(tuple(str(i) for (i,) in self._rows(query, entity, _most(limit))), int(str(total)))

    def presence(self, entities: Collection[str]) -> dict[str, tuple[int, int]]:
        query = """SELECT node.id, (SELECT count(DISTINCT article) FROM resolved WHERE entity = node.key),
                (SELECT count(*) FROM edge WHERE "end" = node.key AND type = :ABOUT)
            FROM node WHERE id IN (SELECT value FROM json_each(?))"""
        found = self._rows(query, array(entities))
        return {str(i): (int(str(articles)), int(str(claims))) for i, articles, claims in found}

    def speakers(self, claims: Collection[str]) -> list[Spoken]:
        query = """SELECT DISTINCT c.id, e.id, t.stance FROM node AS c JOIN told AS t ON t.claim = c.key
            JOIN said AS s ON s.assertion = t.assertion AND s.type = :ATTRIBUTED_TO JOIN node AS e ON e.key = s.entity
            WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2, 3"""
        return [
            Spoken(str(claim), str(entity), str(stance)) for claim, entity, stance in self._rows(query, array(claims))
        ]

    def spoken_on(self, entities: Collection[str], *, limit: int) -> list[str]:
        """For each entity the claims that it spoke on last."""
        query = """SELECT DISTINCT c.id FROM (
                SELECT assertion FROM said JOIN node ON node.key = assertion
                WHERE entity = (SELECT key FROM node WHERE id = ?) AND type = :ATTRIBUTED_TO
                ORDER BY at DESC, node.id LIMIT ?
            ) AS s JOIN told AS t ON t.assertion = s.assertion JOIN node AS c ON c.key = t.claim"""
        return sorted({str(i) for entity in entities for (i,) in self._rows(query, entity, limit)})

    def naming_both(self, one: str, other: str, *, limit: int) -> list[str]:
        query = """SELECT c.id FROM (
                SELECT article FROM resolved WHERE entity = (SELECT key FROM node WHERE id = ?)
                INTERSECT SELECT article FROM resolved WHERE entity = (SELECT key FROM node WHERE id = ?)
            ) AS both JOIN article AS c ON c.node = both.article ORDER BY c.at DESC, c.id LIMIT ?"""
        return [str(i) for (i,) in self._rows(query, one, other, limit)]

    def neighbours(self, ids: Collection[str], *, limit: int) -> Listed:
        """Entities first, which no list by date holds; of a hub's claims, only so many are put in order by id too."""
        drawn = ", ".join(str(self.codes[kind]) for kind in DRAWN)
        near = f"""
            WITH centre AS MATERIALIZED (SELECT key FROM node WHERE id IN (SELECT value FROM json_each(?1))), near AS (
                SELECT e."end" AS key FROM centre JOIN edge AS e ON e.start = centre.key
                WHERE e.type IN ({drawn}) AND e.key <> 'unnamed'
                UNION SELECT e.start FROM centre JOIN edge AS e ON e."end" = centre.key
                WHERE e.type IN ({drawn}) AND e.key <> 'unnamed'
                UNION SELECT s.entity FROM centre JOIN told AS t ON t.claim = centre.key
                JOIN said AS s ON s.assertion = t.assertion AND s.type = :ATTRIBUTED_TO
                UNION SELECT t.claim FROM centre JOIN said AS s ON s.entity = centre.key AND s.type = :ATTRIBUTED_TO
                JOIN told AS t ON t.assertion = s.assertion
                EXCEPT SELECT key FROM centre
            )"""
        listed = f"""{near} SELECT (SELECT count(*) FROM near), coalesce(claim.id, (
                SELECT id FROM node WHERE node.key = near.key
            )) AS id FROM near LEFT JOIN claim ON claim.node = near.key
            ORDER BY claim.node IS NOT NULL, claim.at DESC, id LIMIT ?2"""
        found = self._rows(listed, array(ids), limit)
        return Listed(tuple(str(i) for _, i in found), int(str(found[0][0])) if found else 0)


def _with_codes(query: str, codes: Mapping[str, int]) -> str:
    """A fixed statement with the numbers of the types that it names."""
    return re.sub(r":([A-Z_]+)", lambda name: str(codes[name[1]]), query)


def array(values: Iterable[object]) -> str:
    """Values as one bound parameter, for json_each."""
    return json.dumps(list(values), ensure_ascii=False)


def _most(limit: int | None) -> int:
    return -1 if limit is None else limit


def moment(date: object, fill: str = "0") -> int:
    """'2031-03-04T09:00:00Z' → 20310304090000; 0 where it is unknown. Less than a whole date is filled up."""
    digits = "".join(c for c in str(date or "") if c.isdecimal())[:14]
    return int(digits.ljust(14, fill)) if digits else 0


def facets(claim: Node) -> Iterator[tuple[str, str]]:
    """What a filter may ask of a claim."""
    for name in FACETS if claim.label == "Claim" else ():
        values = claim.properties.get(name, ())
        yield from ((name, str(value)) for value in (values if isinstance(values, tuple) else (values,)))


def _match(words: str) -> str:
    """The search engine's expression for all of the words; they hold letters and digits only, and are quoted."""
    return " ".join(f'"{word}"' for word in split_words(words))
