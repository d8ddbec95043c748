"""What the attribution tagger is trained to lessen: how far it is from what annotators marked or its teachers think."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from evals.attribution_examples import Example
from evals.attribution_network import FORBIDDEN
from ingest.tagger.tagging import LINKS
from ingest.tagger.tags import TAGS, allowed_ends, allowed_steps


@dataclass(frozen=True, slots=True)
class Lesson:
    """A batch of fresh text with what the teachers think of it, padded as the batch is."""

    batch: list[Example]
    chances: Tensor  # of each tag, for each word
    steps: Tensor  # how often each tag is thought to follow each in the batch
    shares: Tensor  # of each link of a piece, for each piece that it may point at


def places_of(batch: list[Example]) -> tuple[Tensor, Tensor]:
    """Where each word begins among the pieces, padded to the longest, and which of them are words."""
    longest = max(len(e.window.starts) for e in batch)
    starts = torch.zeros(len(batch), longest, dtype=torch.long)
    real = torch.zeros(len(batch), longest, dtype=torch.bool)
    for row, example in enumerate(batch):
        starts[row, : len(example.window.starts)] = torch.tensor(example.window.starts)
        real[row, : len(example.window.starts)] = True
    return starts, real


def scores_of(scores: Tensor, starts: Tensor) -> Tensor:
    """The tag scores of words, from those of pieces."""
    return scores.gather(1, starts[:, :, None].expand(-1, -1, len(TAGS)))


def sum_paths(words: Tensor, steps: Tensor, real: Tensor) -> Tensor:
    """The logarithm of all paths through the tags of each window, summed over the batch."""
    steps = steps + (1 - torch.tensor(allowed_steps())) * FORBIDDEN
    total = steps[-1] + words[:, 0]
    for at in range(1, words.shape[1]):
        following = torch.logsumexp(total[:, :, None] + steps[:-1], dim=1) + words[:, at]
        total = torch.where(real[:, at, None], following, total)
    return torch.logsumexp(total + (1 - torch.tensor(allowed_ends())) * FORBIDDEN, dim=1).sum()


def tag_loss(scores: Tensor, steps: Tensor, batch: list[Example]) -> Tensor:
    """What a linear-chain CRF thinks of the true tags, a word: −log p(tags | words)."""
    starts, real = places_of(batch)
    tags = torch.zeros(starts.shape, dtype=torch.long)
    for row, example in enumerate(batch):
        tags[row, : len(example.tags)] = torch.tensor(example.tags)
    words = scores_of(scores, starts)
    before = torch.cat([torch.full((len(batch), 1), len(TAGS)), tags[:, :-1]], dim=1)
    truth = words.gather(2, tags[:, :, None])[..., 0] + steps[before, tags]
    return (sum_paths(words, steps, real) - (truth * real).sum()) / real.sum()


def link_loss(pairs: Tensor, batch: list[Example]) -> Tensor:
    """−log of the share that a piece's links give to its true ends, for each kind of link its own mean."""
    logs = torch.log_softmax(pairs, dim=-1)
    losses: list[list[Tensor]] = [[] for _ in LINKS]
    for row, example in enumerate(batch):
        by_end: dict[tuple[int, frozenset[int]], list[int]] = {}
        for link, piece, to in example.links:
            by_end.setdefault((link, to), []).append(piece)
        for (link, to), tails in by_end.items():
            losses[link].append(-logs[row, link][tails][:, sorted(to)].logsumexp(dim=1))
    return sum((torch.cat(some).mean() for some in losses if some), torch.zeros(()))


def expect_tags(scores: Tensor, steps: Tensor, batch: list[Example]) -> tuple[Tensor, Tensor]:
    """What a CRF expects: the chance of each tag of each word, and how often each tag follows each in the batch."""
    starts, real = places_of(batch)
    words, steps = scores_of(scores, starts).detach().requires_grad_(), steps.detach().clone().requires_grad_()
    with torch.enable_grad():
        chances, counts = torch.autograd.grad(sum_paths(words, steps, real), (words, steps))
    return chances, counts


def lesson_loss(scores: Tensor, pairs: Tensor, steps: Tensor, lesson: Lesson) -> tuple[Tensor, Tensor]:
    """How far the student is from its teachers: the cross entropy of all paths through the tags, a word, and of links.

    A link counts as much as the teachers think that its word has that role.
    """
    starts, real = places_of(lesson.batch)
    words, chances, shares = scores_of(scores, starts), lesson.chances.float(), lesson.shares.float()
    expected = (chances * words).sum() + (lesson.steps * steps).sum()
    apart = -(shares * torch.log_softmax(pairs, -1)).sum(-1)
    linking = torch.zeros(())
    for link, (tail, _) in enumerate(LINKS):
        has_role = chances[..., [i for i, tag in enumerate(TAGS) if tag[2:] == tail]].sum(-1) * real
        weight = torch.zeros(scores.shape[:2]).scatter(1, starts * real, has_role)
        weight[:, 0] = 0.0  # where padding was laid
        linking = linking + (apart[:, link] * weight).sum() / (weight.sum() + 1e-3)
    return (sum_paths(words, steps, real) - expected) / real.sum(), linking
