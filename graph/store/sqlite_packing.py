"""Properties as the embedded store keeps them: the values alone, since their names are the same in many rows.

A *shape* is kept once: the names of a row's own values, and those values that are words of a closed list ("asserts",
"body"), which many rows have alike. A row is its shape's number and its own values, as a JSON array.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from graph.model import Value

# Properties whose values are of few kinds; never what a person, a name or an article says.
OF_FEW = frozenset(
    {
        "part", "source_type", "quotation", "stance", "certainty", "polarity", "tense", "basis", "channel", "modality",
        "kind", "genre", "language", "state", "sourcing", "capacity", "mark", "bound", "precision", "against", "party",
        "general", "confidential", "differs", "implied",
    }
)  # fmt: skip
LONGEST = 24  # characters of such a value; what is longer is not of a closed list
Shape = tuple[tuple[str, ...], dict[str, Value]]


class Packing:
    """The shapes of one file, read when one is first needed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._codes: dict[tuple[str, str], int] = {}
        self._shapes: dict[int, Shape] = {}

    def pack(self, properties: Mapping[str, Value]) -> str:
        """{'stance': 'asserts', 'wording': 'It rained'} → '[7,"It rained"]'."""
        constants = {name: value for name, value in properties.items() if _is_of_few(name, value)}
        names = sorted(properties.keys() - constants.keys())
        return _dump([self._code(names, constants), *(properties[name] for name in names)])

    def unpack(self, packed: str) -> dict[str, Value]:
        code, *own = json.loads(packed)
        names, constants = self._shapes.get(code) or self._load(code)
        values = (tuple(value) if isinstance(value, list) else value for value in own)
        return dict(zip(names, values, strict=True)) | constants

    def _code(self, names: list[str], constants: Mapping[str, Value]) -> int:
        shape = (_dump(names), _dump(constants))
        if shape not in self._codes:
            insert = "INSERT INTO shape (names, constants) VALUES (?, ?) ON CONFLICT (names, constants) DO NOTHING"
            self._connection.execute(insert, shape)
            query = "SELECT code FROM shape WHERE names = ? AND constants = ?"
            self._codes[shape] = self._connection.execute(query, shape).fetchone()[0]
        return self._codes[shape]

    def _load(self, code: int) -> Shape:
        """All of them at once: a file has some hundreds."""
        for known, names, constants in self._connection.execute("SELECT code, names, constants FROM shape"):
            self._shapes[known] = (tuple(json.loads(names)), json.loads(constants))
        return self._shapes[code]


def _is_of_few(name: str, value: Value) -> bool:
    return name in OF_FEW and (isinstance(value, bool) or (isinstance(value, str) and len(value) <= LONGEST))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
