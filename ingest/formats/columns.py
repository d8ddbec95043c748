"""Pieces of text at places on a page → its lines, column after column where the file draws them side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FEWEST_ROWS = 3  # that begin at the same two places, or it is chance, or a table of two lines
SHARE = 0.6  # of the rows, that have a piece in the right column
INDENT = 3.0  # points by which starts of lines may differ


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that a file draws in one go, and where they begin, in points from the page's left foot."""

    x: float
    y: float
    words: str


def reorder(pieces: Sequence[Piece], plain: str) -> str:
    """The page as lines; `plain`, the order of the file, unless that runs from column to column and back."""
    rows: dict[int, list[Piece]] = {}
    for piece in pieces:
        rows.setdefault(round(piece.y), []).append(piece)
    right = right_margin(list(rows.values()))
    if right is None or switches(pieces, right) < 2 * FEWEST_ROWS - 1:
        return plain
    lines = [
        " ".join(piece.words for piece in sorted(row, key=lambda p: p.x) if (piece.x >= right - INDENT) == in_right)
        for in_right in (False, True)
        for _, row in sorted(rows.items(), reverse=True)
    ]
    return "\n".join(line for line in lines if line)


def right_margin(rows: Sequence[Sequence[Piece]]) -> float | None:
    """Where the right column begins: the same place in most rows, well right of where they begin."""
    paired = [row for row in rows if len(row) > 1]
    starts = Counter(round(piece.x) for row in paired for piece in row if piece.x > min(p.x for p in row) + INDENT)
    if not starts:
        return None
    x, times = min(starts.items(), key=lambda item: (-item[1], item[0]))
    return float(x) if times >= FEWEST_ROWS and times >= SHARE * len(rows) else None


def switches(pieces: Sequence[Piece], right: float) -> int:
    """How often the order of the file goes from one column to the other."""
    sides = [piece.x >= right - INDENT for piece in pieces]
    return sum(a != b for a, b in pairwise(sides))
