"""The tables of the embedded store. The graph is in `node`, `edge` and `bearer`; the rest is made from them.

Labels and types stand as numbers, which `name` gives: a file keeps its own, whatever the model's lists become.
"""

from __future__ import annotations

import sqlite3
from typing import get_args

from graph.model import EdgeType, Label
from ingest.model import OPPOSING, SUPPORTING, Stance

VERSION = 3
APPLICATION_ID = 0x4F6E5265  # "OnRe", in the file's header: what marks a file as ours
NAMES = (*get_args(Label), *get_args(EdgeType))
LISTED: tuple[Label, ...] = ("Article", "ArticleVersion", "Decision", "Entity", "Claim")
WATCHED = ("EXPRESSES", "RESOLVES_TO", "ATTRIBUTED_TO", "AFFILIATED_WITH")  # edges that `told`, `said` are made from

TABLES = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE node (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label INTEGER NOT NULL, properties TEXT NOT NULL);
-- Only of labels that are listed: what an article holds is found from it.
CREATE INDEX node_by_label ON node (label, id) WHERE label IN (:LISTED);
-- Properties are null where they are those that `graph.store.implied` gives.
CREATE TABLE edge (
    start INTEGER NOT NULL REFERENCES node (key), type INTEGER NOT NULL, "end" INTEGER NOT NULL REFERENCES node (key),
    key TEXT NOT NULL, properties TEXT, PRIMARY KEY (start, type, "end", key)
) WITHOUT ROWID;
CREATE INDEX edge_reversed ON edge ("end", type, start, key);
-- The keys that nodes are joined by, each once, and which nodes bear it.
CREATE TABLE join_key (code INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE bearer (key INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (key, node)) WITHOUT ROWID;
CREATE INDEX bearer_by_node ON bearer (node, key);

-- What rows of properties have alike: see `graph.store.sqlite_packing`.
CREATE TABLE shape (
    code INTEGER PRIMARY KEY, names TEXT NOT NULL, constants TEXT NOT NULL, UNIQUE (names, constants)
);
-- How many there are of each: see `graph.store.tallies`, and for edges "edge|" and the type's number.
CREATE TABLE tally (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
-- Dates are numbers, 20310304090000, and unknown ones stand last.
CREATE TABLE article (node INTEGER PRIMARY KEY, at INTEGER NOT NULL, id TEXT NOT NULL);
CREATE INDEX article_by_date ON article (at DESC, id);
CREATE TABLE claim (node INTEGER PRIMARY KEY, at INTEGER NOT NULL, id TEXT NOT NULL);
CREATE INDEX claim_by_date ON claim (at DESC, id);
-- What a filter asks of claims: each value once, with how many claims have it, then those claims by date.
CREATE TABLE facet_value (
    code INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, number INTEGER NOT NULL, UNIQUE (name, value)
);
CREATE TABLE facet (
    value INTEGER NOT NULL, at INTEGER NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (value, at DESC, claim)
) WITHOUT ROWID;
CREATE INDEX facet_by_claim ON facet (claim);
-- What an entity is called, folded.
CREATE TABLE called (name TEXT NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (name, node)) WITHOUT ROWID;
CREATE INDEX called_by_node ON called (node);
-- Which claim an assertion tells, for it (0), against it (1) or neither (2).
CREATE TABLE told (
    assertion INTEGER PRIMARY KEY, claim INTEGER NOT NULL, side INTEGER NOT NULL, stance TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX told_by_claim ON told (claim, side, at, assertion);
CREATE TABLE said (
    entity INTEGER NOT NULL, type INTEGER NOT NULL, at INTEGER NOT NULL, assertion INTEGER NOT NULL,
    PRIMARY KEY (entity, type, at DESC, assertion)
) WITHOUT ROWID;
CREATE INDEX said_by_assertion ON said (assertion);
CREATE TABLE resolved (referent INTEGER PRIMARY KEY, entity INTEGER NOT NULL, article INTEGER);
CREATE INDEX resolved_by_entity ON resolved (entity, article);
-- Assertions and referents whose rows in these three are to be made again before the transaction ends.
CREATE TABLE stale (node INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE claim_words USING fts5 (words, content='', tokenize='ascii');
CREATE VIRTUAL TABLE entity_words USING fts5 (words, content='', tokenize='ascii');
CREATE VIRTUAL TABLE article_words USING fts5 (words, content='', tokenize='ascii')
"""
WORD_TABLES = {"Claim": "claim_words", "Entity": "entity_words", "ArticleVersion": "article_words"}


def create(connection: sqlite3.Connection) -> None:
    """Every table, in an empty file."""
    connection.execute("CREATE TABLE name (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)")
    connection.executemany("INSERT INTO name (name) VALUES (?)", [(name,) for name in NAMES])
    codes = codes_of(connection)
    listed = ", ".join(str(codes[label]) for label in LISTED)
    for statement in TABLES.replace(":LISTED", listed).split(";"):
        connection.execute(statement)
    watched = ", ".join(str(codes[name]) for name in WATCHED)
    connection.execute(
        """CREATE TRIGGER edge_in AFTER INSERT ON edge BEGIN
        INSERT INTO tally (name, number) VALUES ('edge|' || new.type, 1)
            ON CONFLICT (name) DO UPDATE SET number = number + 1; END"""
    )
    connection.execute(
        """CREATE TRIGGER edge_out AFTER DELETE ON edge BEGIN
        UPDATE tally SET number = number - 1 WHERE name = 'edge|' || old.type; END"""
    )
    for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
        connection.execute(
            f"""CREATE TRIGGER edge_watched_{event.lower()} AFTER {event} ON edge WHEN {row}.type IN ({watched})
            BEGIN INSERT INTO stale SELECT {row}.start
                WHERE NOT EXISTS (SELECT 1 FROM stale WHERE node = {row}.start); END"""
        )


def codes_of(connection: sqlite3.Connection) -> dict[str, int]:
    """Label or type → its number in this file."""
    return dict(connection.execute("SELECT name, code FROM name").fetchall())


def add_names(connection: sqlite3.Connection) -> None:
    """Let a file know the labels and types that the model has gained since it was made."""
    known = codes_of(connection)
    connection.executemany("INSERT INTO name (name) VALUES (?)", [(name,) for name in NAMES if name not in known])


def _listed(words: frozenset[Stance]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


_AT = """(
    SELECT a.at FROM edge AS f JOIN edge AS v ON v.start = f."end" AND v.type = :VERSION_OF
    JOIN article AS a ON a.node = v."end" WHERE f.start = e.start AND f.type = :FOUND_IN LIMIT 1
)"""  # of the article that an edge's start stands in
_STANCE = """coalesce((
    SELECT json_extract(constants, '$.stance') FROM shape WHERE code = json_extract(e.properties, '$[0]')
), (
    SELECT json_extract(s.constants, '$.stance') FROM node AS n
    JOIN shape AS s ON s.code = json_extract(n.properties, '$[0]') WHERE n.key = e.start
), '')"""
UNDATED = 10**14  # in `told`, whose earliest stand first

# What is told, said and resolved, made again for what is stale; `:NAME` stands for the number of that type.
SETTLE = f"""
INSERT OR IGNORE INTO stale SELECT e.start FROM stale JOIN edge AS e ON e."end" = stale.node
    WHERE e.type IN (:ATTRIBUTED_TO, :AFFILIATED_WITH);
DELETE FROM resolved WHERE referent IN (SELECT node FROM stale);
INSERT INTO resolved SELECT r.start, r."end", (
    SELECT v."end" FROM edge AS f JOIN edge AS v ON v.start = f."end" AND v.type = :VERSION_OF
    WHERE f.start = r.start AND f.type = :FOUND_IN LIMIT 1
) FROM stale JOIN edge AS r ON r.start = stale.node AND r.type = :RESOLVES_TO;
DELETE FROM told WHERE assertion IN (SELECT node FROM stale);
INSERT INTO told (assertion, claim, side, stance, at)
    SELECT e.start, e."end", 2, {_STANCE}, coalesce(nullif({_AT}, 0), {UNDATED})
    FROM stale JOIN edge AS e ON e.start = stale.node AND e.type = :EXPRESSES;
UPDATE told SET side = CASE WHEN stance IN ({_listed(SUPPORTING)}) THEN 0 WHEN stance IN ({_listed(OPPOSING)}) THEN 1
    ELSE 2 END WHERE assertion IN (SELECT node FROM stale);
DELETE FROM said WHERE assertion IN (SELECT node FROM stale);
INSERT OR IGNORE INTO said (entity, type, at, assertion) SELECT r.entity, e.type, coalesce({_AT}, 0), e.start
    FROM stale JOIN edge AS e ON e.start = stale.node AND e.type IN (:ATTRIBUTED_TO, :AFFILIATED_WITH)
    JOIN resolved AS r ON r.referent = e."end";
DELETE FROM stale
"""
