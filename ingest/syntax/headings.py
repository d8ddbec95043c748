"""Where a text is cut before it is parsed: a headline or dateline changes nothing of how the next sentence is read."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.model import Article

LONGEST = 25  # words
LINE = re.compile(r"^(?P<words>[^\n]*[^\s.!?…,:;”\"’»)])[^\S\n]*\n[^\S\n]*\n\s*(?=\S)", re.MULTILINE)


def cut_after_headings(text: str) -> list[int]:
    """Offsets at which a paragraph begins after one that is a single line without a mark at its end."""
    lines = (line for line in LINE.finditer(text) if len(line["words"].split()) <= LONGEST)
    return [line.end() for line in lines]


def to_pieces(article: Article) -> list[str]:
    """The text in order, cut there and behind what a line begins with and is no story: a dateline, a label."""
    text = article.text
    ends = (part.span.end for part in article.parts if part.part == "furniture")
    inside = [at for end in ends if (at := end + len(text[end:]) - len(text[end:].lstrip(" \u00a0"))) < len(text)]
    begun = {at for at in inside if text[at] != "\n" and text[at - 1] != "\n"}
    cuts = sorted({0, *cut_after_headings(text), *begun, len(text)})
    return [text[start:end] for start, end in pairwise(cuts) if end > start] or [text]
