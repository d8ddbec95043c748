"""Where a text is cut before it is parsed: a headline changes nothing of how the sentence after it is read."""

from __future__ import annotations

import re
from itertools import pairwise

LONGEST = 25  # words
LINE = re.compile(r"^(?P<words>[^\n]*[^\s.!?…,:;”\"’»)])[^\S\n]*\n[^\S\n]*\n\s*(?=\S)", re.MULTILINE)


def cut_after_headings(text: str) -> list[int]:
    """Offsets at which a paragraph begins after one that is a single line without a mark at its end."""
    lines = (line for line in LINE.finditer(text) if len(line["words"].split()) <= LONGEST)
    return [line.end() for line in lines]


def to_pieces(text: str) -> list[str]:
    """The text in order, cut there; joined they are the text."""
    cuts = [0, *cut_after_headings(text), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if end > start] or [text]
