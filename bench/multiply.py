"""One made-up dossier many times over, as one file: `python -m bench.multiply FROM.sqlite TO.sqlite TIMES`

For `bench.questions` at a size that would take hours to derive. Rows are copied with other ids; what the hub of
`bench.invented` is stays one, so that it grows. Nothing is derived between the copies, which `verify` would tell.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.invented import HUB
from graph.dossier import open_store
from graph.store.sqlite_graph import SqliteTransaction
from graph.store.sqlite_schema import codes_of
from ingest.model import fold

Codes = dict[int, int]  # of a label or type: in the one file → in the other
ID = re.compile(r"\b((?:e_|c_)?)[0-9a-f]{4}([0-9a-f]{16})\b")
EDGES = 'INSERT OR IGNORE INTO edge (start, type, "end", key, properties) VALUES (?, ?, ?, ?, ?)'


def main() -> int:
    source, target, times = sys.argv[1:]
    for file in (source, target):
        open_store(f"sqlite:///{file}").close()  # in the form of today
    multiply(sqlite3.connect(Path(source)), sqlite3.connect(Path(target)), int(times))
    return 0


def multiply(source: sqlite3.Connection, target: sqlite3.Connection, times: int) -> None:
    target.execute("PRAGMA synchronous = OFF")
    hub = source.execute("SELECT key, id FROM node JOIN called ON node = key WHERE name = ?", [fold(HUB)]).fetchone()
    (most,) = source.execute("SELECT max(key) FROM node").fetchone()
    there = codes_of(target)
    codes = {code: there[name] for name, code in codes_of(source).items()}
    target.executemany("INSERT OR IGNORE INTO shape VALUES (?, ?, ?)", source.execute("SELECT * FROM shape"))
    for copy in range(times):
        target.executemany("INSERT INTO node VALUES (?, ?, ?, ?)", _nodes(source, codes, hub, copy, copy * most))
        target.executemany(EDGES, _edges(source, codes, hub, copy, copy * most))
        target.commit()
        print(f"{copy + 1} of {times}", file=sys.stderr)
    tx = SqliteTransaction(target)
    tx.list_anew()
    tx.settle()
    target.commit()


def _nodes(
    source: sqlite3.Connection, codes: Codes, hub: tuple[int, str], copy: int, offset: int
) -> Iterator[tuple[object, ...]]:
    for key, i, label, properties in source.execute("SELECT * FROM node ORDER BY key"):
        if key != hub[0] or not copy:
            yield key + offset, _other(i, copy, hub[1]), codes[label], _other(properties, copy, hub[1])


def _edges(
    source: sqlite3.Connection, codes: Codes, hub: tuple[int, str], copy: int, offset: int
) -> Iterator[tuple[object, ...]]:
    for start, kind, end, key, properties in source.execute("SELECT * FROM edge"):
        told = _other(properties, copy, hub[1]) if properties else None
        yield start + offset, codes[kind], end if end == hub[0] else end + offset, _other(key, copy, hub[1]), told


def _other(text: str, copy: int, hub: str) -> str:
    """With other ids: their first four digits are those of the copy, but the hub's."""
    return ID.sub(lambda i: f"{i[1]}{0 if i[0] == hub else copy:04x}{i[2]}", text)


if __name__ == "__main__":
    sys.exit(main())
