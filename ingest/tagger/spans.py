"""Scores of tags → the spans of each role, by how likely each is as a whole.

The best path through the tags (Viterbi) is the likeliest reading of a whole window, and some of its spans are not
the likeliest in their place. What a reader wants is as many right spans as may be, so each span's own chance is summed
over all paths that hold it, by the forward–backward sums of the CRF, and the likeliest are taken (minimum Bayes risk
decoding, Goodman 1996). With the same weights that gave 0.6 points of exact F1 of contents on PolNeAR dev.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from ingest.tagger.tags import ROLES, TAGS, Scores, allowed_ends, allowed_steps

LEAST = {"source": 0.1, "cue": 0.1, "content": 0.35}  # chance of a span in its very bounds, chosen on dev
ANY = {"source": 0.5, "cue": 0.35, "content": 0.45}  # and of there being one at all: it and those that overlap it
WEIGHED = math.log(0.05)  # less likely ones are not looked at
NEVER = 1e-300  # stands for no chance at all in a logarithm
SCALED = 16  # so many words are summed over before the sums are scaled

Chances = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A span of one role in a window: its first and last word, and how likely one is there."""

    role: str
    first: int
    last: int
    certainty: float


@dataclass(frozen=True, slots=True)
class Sums:
    """Of a window's CRF, as logarithms: the paths to each word's tag, those from it on, and all."""

    before: Chances  # words × tags; the word's own score is in it
    after: Chances  # words × tags
    whole: float


def find_spans(words: Scores, steps: Scores) -> dict[str, list[Tagged]]:
    """The spans of each role in order, no word in two of them.

    `words`: what each word scores for each tag; `steps`: what one tag after another does, the last row for a start.
    """
    possible = sorted(weigh_spans(words, steps), key=lambda s: (-s.certainty, s.role, s.first, s.last))
    found: dict[str, list[Tagged]] = {role: [] for role in ROLES}
    taken: set[int] = set()
    for span in possible:
        inside = range(span.first, span.last + 1)
        if span.certainty < LEAST[span.role] or not taken.isdisjoint(inside):
            continue
        any_there = sum(s.certainty for s in possible if s.role == span.role and overlap(s, span))
        if any_there >= ANY[span.role]:
            taken.update(inside)
            found[span.role].append(Tagged(span.role, span.first, span.last, min(any_there, 1.0)))
    return {role: sorted(spans, key=lambda s: s.first) for role, spans in found.items()}


def overlap(one: Tagged, other: Tagged) -> bool:
    return one.first <= other.last and other.first <= one.last


def weigh_spans(words: Scores, steps: Scores) -> Iterator[Tagged]:
    """Every span that is not unlikely, with the chance that it is one in these very bounds."""
    sums = sum_paths(words, steps)
    for role in ROLES:
        begin, inner, end, single = (TAGS.index(f"{place}-{role}") for place in "BIES")
        alone = sums.before[:, single] + sums.after[:, single] - sums.whole
        yield from (Tagged(role, int(at), int(at), chance(alone[at])) for at in np.flatnonzero(alone > WEIGHED))
        # From a B to an E there is one path, over I alone: its score is a difference of running sums.
        run = np.cumsum(words[:, inner].astype(np.float64) + steps[inner, inner])
        opened = sums.before[:, begin] - run + steps[begin, inner]
        closed = words[:, end] + sums.after[:, end] - sums.whole + steps[inner, end] - steps[inner, inner]
        closed[1:] += run[:-1]
        of_two = sums.before[:-1, begin] + steps[begin, end] + words[1:, end] + sums.after[1:, end] - sums.whole
        yield from (Tagged(role, int(at), int(at) + 1, chance(of_two[at])) for at in np.flatnonzero(of_two > WEIGHED))
        of_more = np.triu(np.add.outer(opened, closed) > WEIGHED, k=2)
        for first, last in np.argwhere(of_more):
            yield Tagged(role, int(first), int(last), chance(opened[first] + closed[last]))


def chance(logarithm: float) -> float:
    return math.exp(min(logarithm, 0.0))


def sum_paths(words: Scores, steps: Scores) -> Sums:
    """The forward–backward sums (Rabiner 1989, V), scaled now and then so that long windows keep their digits."""
    size = len(words)
    tops = words.max(axis=1).astype(np.float64)
    likely = np.exp(words - tops[:, None])
    starts, follows, ends = allowed()
    follows = follows * np.exp(steps[:-1])
    before, after = np.empty_like(likely), np.empty_like(likely)
    to_here, from_here = np.zeros(size), np.zeros(size)  # logarithms of what was divided by
    row = starts * np.exp(steps[-1]) * likely[0]
    for at in range(size):
        if at:
            row = (row @ follows) * likely[at]
        if at % SCALED == 0:
            total = row.sum()
            row = row / total
            to_here[at] = math.log(total)
        before[at] = row
    row = ends
    for at in range(size - 1, -1, -1):
        if at < size - 1:
            row = follows @ (row * likely[at + 1])
        if at % SCALED == 0:
            total = row.sum()
            row = row / total
            from_here[at] = math.log(total)
        after[at] = row
    to_here = np.cumsum(to_here + tops)
    from_here[:-1] += tops[1:]
    from_here = np.cumsum(from_here[::-1])[::-1]
    whole = math.log((before[-1] * ends).sum()) + to_here[-1]
    return Sums(
        np.log(np.maximum(before, NEVER)) + to_here[:, None],
        np.log(np.maximum(after, NEVER)) + from_here[:, None],
        whole,
    )


@cache
def allowed() -> tuple[Chances, Chances, Chances]:
    """1 or 0: which tags may start a window, which may follow which, which may end one."""
    steps = np.array(allowed_steps())
    return steps[-1], steps[:-1], np.array(allowed_ends())
