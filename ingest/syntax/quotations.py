"""Text → quotations, whatever marks a newsroom uses, in one pass.

A quotation that is still open where its paragraph ends goes on in the next one only if that begins with a mark of
the same kind. One that is never closed is no quotation: where it would end is not to be guessed. Marks inside
a quotation are part of it; a single mark opens one only where it cannot be an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.model import Span

CLOSING = {
    '"': ('"', "”", "“"),
    "“": ("”", "“", '"'),
    "”": ("”", "“", '"'),
    "„": ("“", "”", '"'),
    "«": ("»",),
    "»": ("«", "»"),
    "''": ("''",),
    "``": ("''",),
}  # opening mark → the marks that close it
MARK = re.compile(r"''|``|[\"“”„«»‘']")
SINGLE_END = re.compile(r"[,.?!…][’'](?![’'\w])|[’'](?=[\s,.;:?!)]|$)")
LEFT_OF_OPENING = re.compile(r"[\s(\[{—–/-]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks and the marks themselves, one span a paragraph."""

    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


def find_quotations(text: str) -> list[Quotation]:
    """Every quotation in text order; none overlaps another."""
    found: list[Quotation] = []
    left_open: list[Span] = []
    kind = ""
    for start, end in paragraphs(text):
        mark = MARK.match(text, start)
        if left_open and not (mark and mark.group() == kind):
            found.extend(given_up(left_open))
            left_open = []
        for span, mark_kind, closed in scan_paragraph(text, start, end):
            left_open.append(span)
            if closed:
                found.append(Quotation(tuple(left_open)))
                left_open = []
            kind = mark_kind
    found.extend(given_up(left_open))
    return found


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line that holds anything but spaces, without the spaces at its ends."""
    for line in re.finditer(r"[^\s][^\n\r\u2028\u2029]*", text):
        yield line.start(), line.start() + len(line.group().rstrip())


def given_up(spans: list[Span]) -> Iterator[Quotation]:
    """A quotation of several paragraphs whose last mark is missing still is one; a single stray mark is nothing."""
    if len(spans) > 1:
        yield Quotation(tuple(spans))


def scan_paragraph(text: str, start: int, end: int) -> Iterator[tuple[Span, str, bool]]:
    """Each quotation that begins in text[start:end], its opening mark, and whether it is closed there."""
    opened, kind, at = -1, "", start
    singles = True
    while mark := MARK.search(text, at, end):
        at = mark.end()
        shape = mark.group()
        if opened >= 0 and shape in CLOSING[kind] and not opens(text, mark, start, end):
            yield Span(opened, mark.end()), kind, True
            opened = -1
        elif shape in "‘'":
            if opened < 0 and singles and opens(text, mark, start, end):
                close = SINGLE_END.search(text, at, end)
                singles = close is not None
                if close is not None:
                    at = close.end()
                    yield Span(mark.start(), close.end()), shape, True
        elif shape in CLOSING and opens(text, mark, start, end) and (opened < 0 or shape == kind):
            opened, kind = mark.start(), shape
    if opened >= 0:
        yield Span(opened, end), kind, False


def opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Could this mark open a quotation: nothing stands to its left, and a word to its right?"""
    left = mark.start() == start or LEFT_OF_OPENING.match(text, mark.start() - 1) is not None
    spaced = mark.group() == "«" and text[mark.end() : mark.end() + 1] in ("\u00a0", "\u202f", " ")
    right = mark.end() < end and not text[mark.end()].isspace()
    return left and (right or spaced)
