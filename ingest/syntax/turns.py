"""The turns of a transcript or interview, as its lines show them: "SEN. ANA RENN (I): It is unsafe.", "A: No." """

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.lexicon import read_list
from ingest.model import Article, Span

FEWEST = 3  # labelled lines that make a transcript of a text that nothing else marks as one
LONGEST_NAME = 4  # words
LINE = re.compile(r"^[ \t]*(?P<label>[A-Z][^:\n]{0,60}?):[ \t]+(?P<words>\S[^\n]*)$", re.MULTILINE)
PARAGRAPH = re.compile(r"\S[^\n]*")
ASIDE = re.compile(r"\([^)]*\)")
WORD = re.compile(r"[^\W\d_][\w’'.-]*")


@dataclass(frozen=True, slots=True)
class Turn:
    """One labelled line. `name` is empty where the label names nobody: "Q", "HOST", the outlet itself."""

    label: Span
    words: Span
    name: Span | None
    asks: bool  # the interviewer's
    labelled: bool = True  # else an answer under a question that is a line by itself


def find_turns(article: Article) -> list[Turn]:
    """Every turn in text order; none where the text is no transcript and no interview."""
    turns = [turn for found in LINE.finditer(article.text) if (turn := read_turn(article, found)) is not None]
    marked = article.genre in ("transcript", "interview")
    if not turns and article.genre == "interview":
        return list(find_answers(article.text))
    labels = {turn.label.of(article.text) for turn in turns}
    shouted = all(label.upper() == label for label in labels)
    return turns if turns and (marked or (len(turns) >= FEWEST and shouted and len(labels) < len(turns))) else []


def find_answers(text: str) -> Iterator[Turn]:
    """The paragraphs under each question that is a line by itself, as a magazine prints an interview."""
    asked: Span | None = None
    for line in PARAGRAPH.finditer(text):
        span = Span(*line.span())
        if line[0].rstrip(" *_").endswith("?"):
            asked = span
            yield Turn(span, span, None, asks=True, labelled=False)
        elif asked is not None:
            yield Turn(asked, span, None, asks=False, labelled=False)


def read_turn(article: Article, found: re.Match[str]) -> Turn | None:
    """The line as a turn; None where its label is one of a paragraph ("Zoom in:") or too long."""
    label, words = Span(*found.span("label")), Span(*found.span("words"))
    bare = found["label"].strip().casefold()
    lists = read_list("turns_of_talk")
    if bare in lists["asking"] or bare in (article.outlet or "").casefold().split():
        return Turn(label, words, None, asks=True)
    if bare in lists["answering"] or bare in lists["roles"]:
        return Turn(label, words, None, asks=False)
    name = name_in(found["label"])
    if name is None:
        return None
    start = label.start + name[0]
    return Turn(label, words, Span(start, start + len(name[1])), asks=False)


def name_in(label: str) -> tuple[int, str] | None:
    """Where the name stands in a label and what it is: without title, party and place; None if it is no name."""
    lists = read_list("turns_of_talk")
    words = list(WORD.finditer(ASIDE.sub(lambda m: " " * len(m[0]), label).partition(",")[0]))
    titles = read_list("people")["titles"]
    while len(words) > 1 and (words[0][0] in titles or words[0][0].casefold().rstrip(".") in lists["titles"]):
        words = words[1:]
    if not 0 < len(words) <= LONGEST_NAME or not all(word[0][0].isupper() for word in words):
        return None
    if any(word[0].casefold() in lists["no_name"] for word in words):
        return None
    return words[0].start(), label[words[0].start() : words[-1].end()].rstrip(".")
