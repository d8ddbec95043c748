"""A text as lines, and the signs by which a line shows that it is not the story itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.model import Span

SignKind = Literal[
    "title", "headline", "byline", "date", "outlet", "genre", "issuer", "credit", "notice", "furniture", "caption",
    "correction", "live_entry",
]  # fmt: skip
LINE = re.compile(r"[^\n\f\u2028\u2029]*\S[^\n\f\u2028\u2029]*")
SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*$")
FEWEST_WORDS = 4  # fewer, and a full stop makes no sentence: "Dr. Hale et al."
LONGEST_LABEL = 30  # words; a longer line is prose whatever ends it
MOST_BROKEN = 0.3  # share of lines that go on in small letters on the next, in a text that was wrapped by hand


@dataclass(frozen=True, slots=True)
class Line:
    span: Span  # without the spaces around it
    words: str
    alone: bool  # a paragraph of its own

    @property
    def is_prose(self) -> bool:
        """True if it tells something: a sentence, or too long to be anything else."""
        count = len(self.words.split())
        return count > LONGEST_LABEL or (count >= FEWEST_WORDS and SENTENCE_END.search(self.words) is not None)

    @property
    def key(self) -> str:
        """The line as the word lists have it: small letters, # for a number, no final punctuation."""
        return re.sub(r"\d[\d.,]*", "#", " ".join(self.words.casefold().replace("’", "'").split())).rstrip(".:!…»›> ")


@dataclass(frozen=True, slots=True)
class Layout:
    """A text's lines, with what the file says of its headline and captions."""

    text: str
    lines: tuple[Line, ...]
    title: str | None
    captions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sign:
    """A stretch that says something of the article, and what it says."""

    span: Span
    kind: SignKind
    values: tuple[str, ...] = ()  # names or dates as they will be kept; none: the words themselves


def to_layout(text: str, title: str | None = None, captions: frozenset[str] = frozenset()) -> Layout:
    """The lines of a text. Where it has blank lines, or was wrapped by hand, a paragraph may have several."""
    spans = [trim(found, text) for found in LINE.finditer(text)]
    gaps = [text[a.end : b.start].count("\n") > 1 for a, b in pairwise(spans)]
    every_line = not any(gaps) and not is_wrapped(text, spans)
    before, after = [True, *gaps], [*gaps, True]
    lines = (Line(span, span.of(text), every_line or (before[i] and after[i])) for i, span in enumerate(spans))
    return Layout(text, tuple(lines), title, captions)


def trim(found: re.Match[str], text: str) -> Span:
    words = found.group()
    start = found.start() + len(words) - len(words.lstrip())
    return Span(start, start + len(text[start : found.end()].rstrip()))


def is_wrapped(text: str, spans: list[Span]) -> bool:
    """True if lines break inside sentences."""
    pairs = list(pairwise(spans))
    broken = sum(text[b.start].islower() and not SENTENCE_END.search(a.of(text)) for a, b in pairs)
    return broken > MOST_BROKEN * len(pairs)


def same_words(one: str, other: str) -> bool:
    """True if two lines say the same but for case, spacing and punctuation: a headline and the title of its page."""
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())
