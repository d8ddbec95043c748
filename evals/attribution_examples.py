"""Annotated articles → windows with their tags and links → batches, as the attribution tagger is trained on them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from evals.syntax import WIDTH, mark_window
from ingest.tagger.tagging import LINKS
from ingest.tagger.tags import ROLES, role_tags
from ingest.tagger.windows import ROOM, Window, find_windows


@dataclass(frozen=True, slots=True)
class Example:
    """A window with what the annotators said of it, in positions of its pieces."""

    window: Window
    marks: npt.NDArray[np.uint8]  # of each piece: what the parse tells of it
    tags: tuple[int, ...] = ()  # of each word; none where nobody annotated
    links: tuple[tuple[int, int, frozenset[int]], ...] = ()  # which link, from a piece, to any of these pieces


def to_example(window: Window, marks: npt.NDArray[np.uint8], attributions: list[dict[str, Any]]) -> Example:
    """Lay an article's attributions over one of its windows; a link that leaves the window points at nothing."""
    owners: list[tuple[str, int, int] | None] = [None] * len(window.words)
    where: list[dict[str, list[int]]] = []
    for number, attribution in enumerate(attributions):
        where.append({})
        for role in ROLES:
            where[-1][role] = []
            for part, (start, end) in enumerate(attribution[role]):
                inside = [i for i, w in enumerate(window.words) if w.start < end and w.end > start]
                where[-1][role] += inside
                for i in inside:
                    owners[i] = (role, number, part)
    tags = [tag for owner, run in groupby(owners) for tag in role_tags(owner and owner[0], len(list(run)))]
    return Example(window, marks, tuple(tags), tuple(to_links(window, where)))


def to_links(window: Window, where: list[dict[str, list[int]]]) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Every piece of a content points at its cue, and so on for each link; position 0 stands for nothing."""
    bounds = [*window.starts, len(window.ids)]

    def pieces(words: list[int]) -> list[int]:
        return [p for i in words for p in range(bounds[i], bounds[i] + len(window.words[i].pieces))]

    for link, (tail, head) in enumerate(LINKS):
        targets: dict[int, set[int]] = {}
        for found in where:
            to = set(pieces(found[head])) or {0}
            for piece in pieces(found[tail]):
                targets.setdefault(piece, set()).update(to)
        for piece, to in targets.items():
            yield link, piece, frozenset(to - {0} or to)


def read_examples(
    articles: list[dict[str, Any]], tokenizer: Any, draw: random.Random, short: float, told: float
) -> list[Example]:
    """Every article in windows of a size drawn for it, so that lines meet other neighbours each time.

    `short`: the share of articles in short windows; `told`: of windows that are told their parse; without annotations
    (`attributions`) an example has no tags.
    """
    examples = []
    for article in articles:
        for window in find_windows(article["text"], tokenizer, draw_room(draw, short)):
            marks = mark_window(window, article["syntax"]).astype(np.uint8)
            if draw.random() >= told:
                marks[:] = 0
            if "attributions" not in article:
                examples.append(Example(window, marks))
                continue
            first, last = window.words[0].start, window.words[-1].end
            inside = [a for a in article["attributions"] if touches(a, first, last)]
            examples.append(to_example(window, marks, inside))
    return examples


def draw_room(draw: random.Random, short: float) -> int:
    """The most pieces of an article's windows."""
    low, high = (ROOM // 10, ROOM // 2) if short and draw.random() < short else (ROOM // 2, ROOM)
    return draw.randint(low, high)


def touches(attribution: dict[str, Any], first: int, last: int) -> bool:
    """Whether any span of it lies in this stretch of the text."""
    return any(s < last and e > first for role in ("source", "cue", "content") for s, e in attribution[role])


def to_batches(examples: list[Example], size: int, draw: random.Random) -> list[list[Example]]:
    """Batches of at most `size` pieces, of windows of like length, in a drawn order."""
    order = sorted(examples, key=lambda e: (len(e.window.ids) // 16, draw.random()))
    batches: list[list[Example]] = [[]]
    for example in order:
        if len(batches[-1]) and (len(batches[-1]) + 1) * (len(example.window.ids) // 16 + 1) * 16 > size:
            batches.append([])
        batches[-1].append(example)
    draw.shuffle(batches)
    return batches


def to_tensors(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, kinds, marks and mask, padded to the longest."""
    length = max(len(e.window.ids) for e in batch)
    ids, kinds = torch.zeros(2, len(batch), length, dtype=torch.long)
    mask = torch.zeros(len(batch), length)
    marks = torch.zeros(len(batch), length, WIDTH)
    for row, example in enumerate(batch):
        size = len(example.window.ids)
        ids[row, :size] = torch.tensor(example.window.ids)
        kinds[row, :size] = torch.tensor(example.window.kinds)
        marks[row, :size] = torch.from_numpy(example.marks)
        mask[row, :size] = 1.0
    return ids, kinds, marks, mask
