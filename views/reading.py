"""Marks in a text: spans that overlap are cut at every boundary, so that each piece of text is drawn once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.model import Assertion, Span
from views.markup import Html, join, tag

Role = Literal["source", "cue", "content", "through"]


@dataclass(frozen=True, slots=True)
class Mark:
    span: Span
    role: Role
    assertion: str  # its id


def marks_of(assertion: Assertion) -> Iterator[Mark]:
    for span in assertion.source:
        yield Mark(span, "source", assertion.id)
    for span in assertion.cue:
        yield Mark(span, "cue", assertion.id)
    for span in assertion.content:
        yield Mark(span, "content", assertion.id)
    for hop in assertion.hops:
        yield Mark(hop.span, "through", assertion.id)


def cut(length: int, marks: Iterable[Mark], breaks: Iterable[int] = ()) -> Iterator[tuple[Span, tuple[Mark, ...]]]:
    """Every stretch of a text between two boundaries, with the marks that cover it, in order.

    `breaks` are further places to cut at. What lies outside the text is left out.
    """
    within = [mark for mark in marks if 0 <= mark.span.start < mark.span.end <= length]
    edges = {end for mark in within for end in (mark.span.start, mark.span.end)}
    bounds = sorted({0, length, *edges, *(place for place in breaks if 0 < place < length)})
    starting: dict[int, list[Mark]] = {}
    for mark in within:
        starting.setdefault(mark.span.start, []).append(mark)
    open_marks: list[Mark] = []
    for start, end in pairwise(bounds):
        open_marks = [mark for mark in open_marks if mark.span.end > start] + starting.get(start, [])
        yield Span(start, end), tuple(open_marks)


def marked(
    text: str, marks: Iterable[Mark], *, offset: int = 0, asked: str | None = None, pages: tuple[int, ...] = ()
) -> Html:
    """A text with its marks; `offset` is where it begins in the text that the spans count in.

    Before the first content piece of each assertion stands the anchor `at-ASSERTION`; the pieces of the one that is
    `asked` for have the class `asked`.
    `pages` are the starts of a PDF's pages, each announced by its number.
    """
    shifted = (Mark(Span(m.span.start - offset, m.span.end - offset), m.role, m.assertion) for m in marks)
    number_at = {start: number for number, start in enumerate(pages, 1)}
    anchored: set[str] = set()
    pieces: list[Html | str] = []
    for span, over in cut(len(text), shifted, pages):
        if span.start in number_at:
            pieces.append(tag("span", f"page {number_at[span.start]}", class_="page-number"))
        pieces.append(_piece(span.of(text), over, asked, anchored))
    return join(pieces)


def _piece(words: str, over: tuple[Mark, ...], asked: str | None, anchored: set[str]) -> Html | str:
    if not over:
        return words
    roles = sorted({mark.role for mark in over})
    if any(mark.assertion == asked for mark in over):
        roles.append("asked")  # type: ignore[arg-type]
    begun = dict.fromkeys(m.assertion for m in over if m.role == "content" and m.assertion not in anchored)
    anchored.update(begun)
    anchors = (tag("span", id=f"at-{assertion}") for assertion in begun)
    return join([*anchors, tag("mark", words, class_=" ".join(roles))])


def legend() -> Html:
    """What the marks mean, for those who see their colours and for those who do not."""
    meanings = (("source", "who says so"), ("cue", "how it is said"), ("content", "what is said"))
    return tag("p", *(join([tag("mark", words, class_=role), " "]) for role, words in meanings), class_="legend")
