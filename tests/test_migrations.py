"""A file that an earlier On Record wrote opens, and holds what it held."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from telling import say, tell

from graph.dossier import open_store
from graph.store.sqlite_schema import APPLICATION_ID

FIRST = """
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
CREATE TABLE facet (name TEXT, value TEXT, claim INTEGER, PRIMARY KEY (name, value, claim)) WITHOUT ROWID;
CREATE VIRTUAL TABLE word_index USING fts5 (words, content='', tokenize='ascii');
"""  # the first schema, as far as it matters
READING = tell(say("Halden Robotics copied the sorter of Orrin Labs", "Mara Lindqvist"))


def write_as_first(path: Path) -> list[str]:
    """The graph of READING as the first schema kept it; gives its dump."""
    with open_store("memory://") as store, sqlite3.connect(path) as file:
        store.write([READING])
        file.executescript(FIRST)
        file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        file.execute("INSERT INTO setting VALUES ('schema', '1')")
        dumped = list(store.dump())
        keys: dict[str, int] = {}
        for row in map(json.loads, dumped):
            if "label" in row:
                keys[row["id"]] = len(keys) + 1
                node = (keys[row["id"]], row["id"], row["label"], json.dumps(row["properties"]))
                file.execute("INSERT INTO node VALUES (?, ?, ?, ?)", node)
            else:
                kind = "ABOUT" if row["type"] == "MENTIONS" else row["type"]
                edge = (keys[row["start"]], kind, keys[row["end"]], row["key"], json.dumps(row["properties"]))
                file.execute("INSERT INTO edge VALUES (?, ?, ?, ?, ?)", edge)
        with store.read() as tx:
            bearers = [(key, keys[i]) for i, found in tx.keys(keys).items() for key in found]
            file.executemany("INSERT INTO bearer VALUES (?, ?)", bearers)
    file.close()
    return dumped


def test_a_file_of_the_first_schema_opens_with_all_that_it_held(tmp_path: Path):
    path = tmp_path / "old.sqlite"
    dumped = write_as_first(path)
    with open_store(f"sqlite:///{path}") as store:
        assert list(store.dump()) == dumped
        assert store.verify() == []
        with store.read() as tx:
            assert tx.counts()["MENTIONS"] == 2
            assert [hit.label for hit in tx.search("sorter")] == ["Claim", "Article"]
