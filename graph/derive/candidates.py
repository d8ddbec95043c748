"""Content → blocking keys: short strings of which two contents that may be one claim share at least one.

Names with a rare stem, two rare stems, and runs of words by winnowing (Schleimer and others, 2003), which finds every
common run of six words. No index and no cap depends on the order of reading: a key that more than `CROWD` propositions
bear joins nothing, which is a rule on the set.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import combinations

from graph.derive.contents import Content
from graph.derive.stems import weight

CROWD = 40  # propositions
RARE = 2.5  # nats: in fewer than one of twelve articles
MOST_STEMS = 6  # the rarest of a content
MOST_NAMES = 4
SHINGLE = 4  # words
WINDOW = 3  # shingles, of which the least is kept: a common run of SHINGLE + WINDOW - 1 words is met


def blocking_keys(content: Content) -> set[str]:
    """The keys of one content, each with its kind before it."""
    rare = sorted((s for s in content.stems if weight(s) >= RARE), key=lambda s: (-weight(s), s))[:MOST_STEMS]
    names = sorted({*content.names, *content.speakers})[:MOST_NAMES]
    named = {f"c:{name}&{stem}" for name in names for stem in rare}
    paired = {f"c:{'&'.join(sorted(pair))}" for pair in combinations(rare, 2)}
    return named | paired | {f"c:#{shingle:x}" for shingle in winnowed(content.running)}


def number_keys(content: Content, article: str) -> set[str]:
    """The keys by which other numbers for the same thing are found; in one article, where no name is told."""
    units = {q.unit for q in content.quantities if q.unit}
    shared = {key.removeprefix("c:") for key in blocking_keys(content) if "#" not in key}
    shared |= {f"{article}&{stem}" for stem in content.stems} if content.place else set()
    return {f"f:{unit}&{key}" for unit in units for key in shared}


def winnowed(words: Sequence[str]) -> Iterator[int]:
    """The least hash of each window of shingles."""
    shingles = [zlib.crc32(" ".join(words[n : n + SHINGLE]).encode()) for n in range(len(words) - SHINGLE + 1)]
    for n in range(max(1, len(shingles) - WINDOW + 1)):
        if window := shingles[n : n + WINDOW]:
            yield min(window)
