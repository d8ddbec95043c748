"""Doc → what its parse tells of each word, as one teacher of the attribution tagger is told it.

A word is told its part of speech, its dependency, and which phrases begin and end with it. A network that is told so
is no better by itself than one that is not, but it errs elsewhere, so two that are asked together are better
(docs/tagger-card.md); what ships needs no parse.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Token

from ingest.tagger.windows import Window

# Of ClearNLP's dependencies, as in spaCy's English models, and of Universal Dependencies' parts of speech. Their
# order is part of the tagger's weights.
DEPENDENCIES = (  # noqa: SIM905  a list would take a line for each
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative"
    " dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj"
    " predet prep prt punct quantmod relcl xcomp"
).split()
PARTS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SPACE SYM VERB X".split()  # noqa: SIM905
PART = {name: at for at, name in enumerate(PARTS)}
OWN = {name: at for at, name in enumerate(DEPENDENCIES, start=len(PARTS))}
BEGINS = {name: at for at, name in enumerate(DEPENDENCIES, start=len(PARTS) + len(DEPENDENCIES))}
ENDS = {name: at for at, name in enumerate(DEPENDENCIES, start=len(PARTS) + 2 * len(DEPENDENCIES))}
WIDTH = len(PARTS) + 3 * len(DEPENDENCIES)

Marks = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Syntax:
    """A parse as the tagger is told it: for each token where it stands and which of `WIDTH` marks it bears."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    own: tuple[tuple[int, ...], ...]
    begins: tuple[tuple[int, ...], ...]  # of phrases of two tokens or more that begin here
    closes: tuple[tuple[int, ...], ...]  # and that end here


def read_syntax(doc: Doc) -> Syntax:
    """What a parse tells, to be looked up by the words of a window."""
    begins: list[list[int]] = [[] for _ in doc]
    closes: list[list[int]] = [[] for _ in doc]
    for token in doc:
        first, last = token.left_edge.i, token.right_edge.i
        if first < last and token.dep_ in BEGINS:
            begins[first].append(BEGINS[token.dep_])
            closes[last].append(ENDS[token.dep_])
    return Syntax(
        tuple(token.idx for token in doc),
        tuple(token.idx + len(token) for token in doc),
        tuple(own_marks(token) for token in doc),
        tuple(map(tuple, begins)),
        tuple(map(tuple, closes)),
    )


def own_marks(token: Token) -> tuple[int, ...]:
    known = PART.get(token.pos_), OWN.get(token.dep_)
    return tuple(mark for mark in known if mark is not None)


def mark_window(window: Window, syntax: Syntax) -> Marks:
    """For each piece of a window the marks of its word, 1 or 0: an array of pieces × `WIDTH`."""
    rows: list[int] = []
    columns: list[int] = []
    for word, start in zip(window.words, window.starts, strict=True):
        marks = marks_of(syntax, word.start, word.end)
        for piece in range(start, start + len(word.pieces)):
            rows += [piece] * len(marks)
            columns += marks
    table = np.zeros((len(window.ids), WIDTH), np.float32)
    table[rows, columns] = 1.0
    return table


def marks_of(syntax: Syntax, start: int, end: int) -> list[int]:
    """The marks of the token that a word begins in, and of phrases that begin or end in the word."""
    at = max(bisect_right(syntax.starts, start) - 1, 0)
    marks = list(syntax.own[at])
    while at < len(syntax.starts) and syntax.starts[at] < end:
        if syntax.starts[at] >= start:
            marks += syntax.begins[at]
        if start < syntax.ends[at] <= end:
            marks += syntax.closes[at]
        at += 1
    return marks
