"""Scores of the network → attributions: the likeliest spans and the links between them.

In the corpus every attribution has one cue of its own, so a cue is an attribution: contents that point at the
same cue are one content in parts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ingest.model import Span
from ingest.tagger.spans import Tagged, find_spans
from ingest.tagger.tags import Scores
from ingest.tagger.windows import QUOTED, SENTENCE_ENDS, Window

LINKS = (("content", "cue"), ("cue", "source"), ("content", "source"))
MARKS = frozenset("'`\"‘’“”„«»")
LOWEST = 1e-6  # a probability below this counts as this


@dataclass(frozen=True, slots=True)
class TaggedAttribution:
    """One attribution as the network reads it; spans are offsets into the text that was tagged."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    evidence: tuple[float, ...]  # how sure the network is: see `weigh`


@dataclass(frozen=True, slots=True)
class Linked:
    """A content and the share of its votes that its cue got."""

    content: Tagged
    share: float


def read_window(window: Window, scores: Scores, pairs: Scores, steps: Scores) -> list[TaggedAttribution]:
    """The attributions of one window, from a score for each tag of each piece and each link of two pieces.

    `steps`: what one tag after another scores, a row a tag, the last row for a window's start.
    """
    spans = find_spans(scores[list(window.starts)], steps)
    linker = Linker(window, pairs)
    sentences = number_sentences(window)
    held: dict[Tagged, list[Linked]] = {}
    for content in spans["content"]:
        near = [cue for cue in spans["cue"] if may_hold(window, sentences, cue, content)]
        cue, share = linker.best([(0, content)], near)
        if cue is not None:
            held.setdefault(cue, []).append(Linked(content, share))
    return [
        to_attribution(window, cue, some, spans["source"], linker)
        for cue, contents in held.items()
        for some in utterances(window, sentences, cue, contents)
    ]


def utterances(window: Window, sentences: list[int], cue: Tagged, contents: list[Linked]) -> list[list[Linked]]:
    """The contents of a cue, those apart that are quotations in other sentences after what it says in its own words."""
    own = [k for k in contents if sentences[k.content.first] <= sentences[cue.first] <= sentences[k.content.last]]
    others = [k for k in contents if k not in own]
    if not own or not others or all(is_marked(window, k.content) for k in own):
        return [contents]
    return [own, others]


def is_marked(window: Window, content: Tagged) -> bool:
    """Does it begin or end in quotation marks?"""
    ends = (window.words[content.first], window.words[content.last])
    return any(word.kind >= QUOTED or word.surface in MARKS for word in ends)


def number_sentences(window: Window) -> list[int]:
    """For each word the number of its sentence; a line ends one too."""
    numbers = [0]
    for at, (word, following) in enumerate(pairwise(window.words)):
        same_line = window.starts[at] + len(word.pieces) == window.starts[at + 1]
        ended = word.surface in SENTENCE_ENDS and not following.surface[0].islower()
        numbers.append(numbers[-1] + (ended or not same_line))
    return numbers


def may_hold(window: Window, sentences: list[int], cue: Tagged, content: Tagged) -> bool:
    """A cue holds what is said in its own sentence, and quotations: 99 of 100 in the corpus."""
    if sentences[content.first] <= sentences[cue.first] <= sentences[content.last]:
        return True
    return is_marked(window, content)


def softmax(scores: Scores) -> Scores:
    """Scores as shares of one along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)


class Linker:
    """Reads the pair scores of a window: each piece shares out one vote among all pieces, or gives it to none."""

    def __init__(self, window: Window, pairs: Scores) -> None:
        self._bounds = [*window.starts, len(window.ids)]
        self._pairs = pairs

    def best(self, tails: list[tuple[int, Tagged]], heads: list[Tagged]) -> tuple[Tagged | None, float]:
        """The head with the greatest share of the votes of these (link, span), and that share; None may win."""
        votes = np.mean([self._votes(link, tail) for link, tail in tails], axis=0)
        shares = [float(votes[self._pieces(head)].sum()) for head in heads]
        nothing = float(votes[0])
        if not shares or max(shares) < nothing:
            return None, nothing
        at = max(range(len(shares)), key=shares.__getitem__)
        return heads[at], shares[at]

    def _votes(self, link: int, tail: Tagged) -> Scores:
        return np.asarray(softmax(self._pairs[link, self._pieces(tail)]).mean(axis=0))

    def _pieces(self, span: Tagged) -> slice:
        return slice(self._bounds[span.first], self._bounds[span.last + 1])


def to_attribution(
    window: Window, cue: Tagged, contents: list[Linked], sources: list[Tagged], linker: Linker
) -> TaggedAttribution:
    """A cue with its contents and the source that both point at, if any."""
    source, share = linker.best([(1, cue), *((2, linked.content) for linked in contents)], sources)
    return TaggedAttribution(
        (to_span(window, source),) if source else (),
        (to_span(window, cue),),
        tuple(to_span(window, linked.content) for linked in contents),
        weigh(cue, contents, source, share),
    )


def weigh(cue: Tagged, contents: Sequence[Linked], source: Tagged | None, share: float) -> tuple[float, ...]:
    """Log-odds of there being a content, a cue, of the weakest link of the two, and of the source (or of none)."""
    sizes = [linked.content.last - linked.content.first + 1 for linked in contents]
    certainty = sum(k.content.certainty * size for k, size in zip(contents, sizes, strict=True)) / sum(sizes)
    linked = min(linked.share for linked in contents)
    sourced = share if source is None else share * source.certainty
    return (log_odds(certainty), log_odds(cue.certainty), log_odds(linked), log_odds(sourced))


def log_odds(share: float) -> float:
    return math.log(max(share, LOWEST) / max(1 - share, LOWEST))


def to_span(window: Window, tagged: Tagged) -> Span:
    return Span(window.words[tagged.first].start, window.words[tagged.last].end)
