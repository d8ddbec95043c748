"""How a file of an earlier schema is brought to the next one: a function a step, all in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from graph.store.sqlite_graph import SqliteTransaction
from graph.store.sqlite_schema import codes_of, create

KEPT = ("setting", "node", "edge", "bearer")


def to_2(writer: sqlite3.Connection) -> None:
    """Labels and types as numbers; counts, lists, names and words in tables of their own."""
    for table in KEPT:
        writer.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for name in ("node_by_label", "edge_reversed", "bearer_by_node"):
        writer.execute(f"DROP INDEX {name}")
    for table in ("claim", "facet", "word_index"):
        writer.execute(f"DROP TABLE {table}")
    create(writer)
    writer.execute("INSERT INTO setting SELECT * FROM old_setting")
    writer.execute(
        """INSERT INTO node SELECT o.key, o.id, name.code, o.properties FROM old_node AS o
        JOIN name ON name.name = o.label"""
    )
    writer.execute(
        """INSERT INTO edge SELECT o.start, name.code, o."end", o.key, o.properties FROM old_edge AS o
        JOIN name ON name.name = o.type"""
    )
    writer.execute("INSERT INTO join_key (key) SELECT DISTINCT key FROM old_bearer")
    writer.execute("INSERT INTO bearer SELECT k.code, o.node FROM old_bearer AS o JOIN join_key AS k ON k.key = o.key")
    for table in ("old_edge", "old_bearer", "old_setting", "old_node"):
        writer.execute(f"DROP TABLE {table}")
    tx = SqliteTransaction(writer)
    tx.repack()
    tx.list_anew()
    tx.settle()


def to_3(writer: sqlite3.Connection) -> None:
    """What an assertion mentions is no more called as what a claim is about."""
    codes = codes_of(writer)
    about = f"""FROM edge WHERE type = {codes["ABOUT"]}
        AND start IN (SELECT key FROM node WHERE label = {codes["Assertion"]})"""
    writer.execute(
        f"""INSERT INTO edge (start, type, "end", key, properties)
        SELECT start, {codes["MENTIONS"]}, "end", key, properties {about}"""
    )
    writer.execute(f"DELETE {about}")


MIGRATIONS: Mapping[int, Callable[[sqlite3.Connection], None]] = {1: to_2, 2: to_3}
