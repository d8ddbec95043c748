"""How likely a span is as a whole, against every path through the tags counted one by one."""

from __future__ import annotations

import math
from itertools import pairwise, product

import numpy as np
import pytest

from ingest.tagger.spans import WEIGHED, find_spans, weigh_spans
from ingest.tagger.tags import TAGS, Scores, allowed_ends, allowed_steps


def drawn(size: int, seed: int) -> tuple[Scores, Scores]:
    """Scores of as many words, and of one tag after another."""
    draw = np.random.default_rng(seed)
    words = draw.normal(0.0, 2.0, (size, len(TAGS))).astype(np.float32)
    return words, draw.normal(0.0, 1.0, (len(TAGS) + 1, len(TAGS))).astype(np.float32)


def count(words: Scores, steps: Scores) -> dict[tuple[str, int, int], float]:
    """The chance of each span, from all paths."""
    follows, ends = allowed_steps(), allowed_ends()
    whole, held = 0.0, dict[tuple[str, int, int], float]()
    for path in product(range(len(TAGS)), repeat=len(words)):
        if not (follows[-1][path[0]] and ends[path[-1]] and all(follows[a][b] for a, b in pairwise(path))):
            continue
        score = steps[-1][path[0]] + sum(float(words[i][tag]) for i, tag in enumerate(path))
        weight = math.exp(score + sum(float(steps[a][b]) for a, b in pairwise(path)))
        whole += weight
        first = 0
        for at, tag in enumerate(path):
            if TAGS[tag][0] in "BS":
                first = at
            if TAGS[tag][0] in "ES":
                span = (TAGS[tag][2:], first, at)
                held[span] = held.get(span, 0.0) + weight
    return {span: weight / whole for span, weight in held.items()}


@pytest.mark.parametrize(("size", "seed"), [(1, 0), (2, 1), (3, 2), (4, 3), (4, 4)])
def test_the_chance_of_a_span_is_that_of_all_paths_that_hold_it(size: int, seed: int) -> None:
    words, steps = drawn(size, seed)
    expected = {span: chance for span, chance in count(words, steps).items() if chance > math.exp(WEIGHED)}
    found = {(s.role, s.first, s.last): s.certainty for s in weigh_spans(words, steps)}
    assert found == pytest.approx(expected, rel=1e-5)


def test_chances_of_a_long_window_are_sums_that_keep_their_digits() -> None:
    words, steps = drawn(3000, 5)
    for span in weigh_spans(words * 20, steps):
        assert math.exp(WEIGHED) <= span.certainty <= 1.0


def test_no_word_stands_in_two_spans() -> None:
    for seed in range(20):
        words, steps = drawn(30, seed)
        held = [i for spans in find_spans(words, steps).values() for s in spans for i in range(s.first, s.last + 1)]
        assert len(held) == len(set(held))


def test_a_span_that_is_surely_there_is_kept_though_its_bounds_are_not_sure() -> None:
    """Three ends that are about as likely: the path through any of them is not likelier than not."""
    words = np.full((6, len(TAGS)), -20.0, np.float32)
    words[:, 0] = 0.0
    words[1, TAGS.index("B-content")] = 6.0
    words[2:5, TAGS.index("I-content")] = words[2:5, TAGS.index("E-content")] = 0.0
    words[3, TAGS.index("E-content")] = 0.3
    (span,) = find_spans(words, np.zeros((len(TAGS) + 1, len(TAGS)), np.float32))["content"]
    assert (span.first, span.last) == (1, 3)
    assert span.certainty > 0.9


def test_of_two_spans_the_likelier_is_taken_though_the_best_path_has_the_other() -> None:
    """A content of words 1 to 3 is on the best path; one of 2 and 3 on three others, by what word 1 is then."""
    words = np.full((4, len(TAGS)), -20.0, np.float32)
    words[0, 0] = 0.0
    words[1, [TAGS.index(tag) for tag in ("O", "S-source", "S-cue")]] = 0.0
    words[1, TAGS.index("B-content")] = 0.5
    words[2, [TAGS.index("B-content"), TAGS.index("I-content")]] = 0.0
    words[3, TAGS.index("E-content")] = 0.0
    (span,) = find_spans(words, np.zeros((len(TAGS) + 1, len(TAGS)), np.float32))["content"]
    assert (span.first, span.last) == (2, 3)
