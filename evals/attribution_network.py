"""The network of the attribution tagger in torch, for training alone: MiniLM, a tag score a piece, links of pieces.

What it was trained to is exported to ONNX, int8; `ingest` reads with that and knows nothing of torch.
"""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  as everywhere in torch

from evals.syntax import WIDTH
from ingest.tagger.network import NETWORK, SETTINGS, VOCABULARY
from ingest.tagger.tagging import LINKS
from ingest.tagger.tags import TAGS

LAYERS, HIDDEN, HEADS, LINK_WIDTH = 6, 384, 12, 96
WIDE = 4 * HIDDEN  # of a feed-forward, as MiniLM has it
KINDS = 6
FORBIDDEN = -1e4
UNCALIBRATED = {"weights": [0.0] * 5, "agreed": {}, "rules": {}}  # until evals.calibrate has measured it


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
    """Attention in `HEADS` heads; all of shape batch × length × `HIDDEN`."""
    batch, length, _ = q.shape
    shape = (batch, length, HEADS, HIDDEN // HEADS)
    q, k, v = (part.reshape(shape).transpose(1, 2) for part in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(batch, length, HIDDEN)


def hide(mask: Tensor) -> Tensor:
    """What is added to the scores of attention so that nothing looks where `mask` (batch × length) is 0."""
    return (1.0 - mask)[:, None, None, :] * FORBIDDEN


class FusedAttention(torch.autograd.Function):
    """Attention as one operation of onnxruntime's: a twentieth less time for the whole network."""

    @staticmethod
    def forward(_: Any, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        return attend(q, k, v)

    @staticmethod
    def symbolic(graph: Any, q: Any, k: Any, v: Any) -> Any:
        return graph.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=HEADS).setType(q.type())


class Layer(nn.Module):
    """One transformer layer of BERT: attention and a feed-forward, each normed after it is added.

    `mask` is added to what each piece thinks of each; None where nothing is hidden away.
    """

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.joined = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, width)
        self.down = nn.Linear(width, HIDDEN)
        self.last_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        x = self.look_round(x, mask)
        return self.last_norm(x + self.dropout(self.down(self.think(x))))

    def look_round(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """The first half: each piece with what it takes from the others."""
        q, k, v = self.joined(x).chunk(3, dim=-1)
        seen = FusedAttention.apply(q, k, v) if mask is None else attend(q, k, v, mask)
        return self.norm(x + self.dropout(self.out(seen)))

    def think(self, x: Tensor) -> Tensor:
        """What each neuron of the feed-forward makes of a piece."""
        return F.gelu(self.up(x))


class Network(nn.Module):
    """MiniLM with a tag score for each piece and, for each link, a score for each pair of pieces.

    `width`: neurons of each feed-forward, `WIDE` unless it was made narrow.
    """

    def __init__(self, vocabulary: int, width: int = WIDE, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.kinds = nn.Embedding(KINDS, HIDDEN)
        self.syntax = nn.Linear(WIDTH, HIDDEN, bias=False)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.tag = nn.Linear(HIDDEN, len(TAGS))
        self.ends = nn.Linear(HIDDEN, 2 * LINK_WIDTH * len(LINKS))
        self.bias = nn.Linear(HIDDEN, len(LINKS))
        self.steps = nn.Parameter(torch.zeros(len(TAGS) + 1, len(TAGS)))  # the last row: from the window's start
        nn.init.zeros_(self.syntax.weight)  # so that what was learned without a parse goes on as it was

    def forward(
        self, ids: Tensor, kinds: Tensor, marks: Tensor | None = None, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Scores of shape batch × length × tags, and batch × links × length × length.

        `ids`, `kinds`, `mask` (1, or 0 for padding): batch × length; `marks` (what a parse tells): × `WIDTH`.
        """
        length = ids.shape[1]
        x = self.embed(ids, kinds, marks)
        hidden_away = None if mask is None else hide(mask)
        for layer in self.layers:
            x = layer(x, hidden_away)
        x = self.dropout(x)
        ends = self.ends(x).reshape(x.shape[0], length, 2, len(LINKS), LINK_WIDTH).permute(2, 0, 3, 1, 4)
        pairs = ends[0] @ ends[1].transpose(-1, -2) / math.sqrt(LINK_WIDTH)
        pairs = pairs + self.bias(x).transpose(1, 2)[:, :, None, :]
        return self.tag(x), pairs if hidden_away is None else pairs + hidden_away

    def embed(self, ids: Tensor, kinds: Tensor, marks: Tensor | None = None) -> Tensor:
        """Each piece before it has seen the others."""
        x = self.pieces(ids) + self.positions.weight[: ids.shape[1]] + self.kinds(kinds)
        return self.dropout(self.norm(x if marks is None else x + self.syntax(marks)))


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


class Reader(nn.Module):
    """The network as it ships: one window at a time, so that nothing is padded, and told no parse."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        scores, pairs = self.network(ids[None], kinds[None])
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
        custom_opsets={"com.microsoft": 1},
        dynamo=False,
    )
    quantize_dynamic(whole, folder / NETWORK, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    whole.unlink()
    (folder / VOCABULARY).write_bytes(vocabulary.read_bytes())
    steps = [[round(x, 4) for x in row] for row in network.steps.tolist()]
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (NETWORK, VOCABULARY)}
    settings = {"steps": steps, "calibration": UNCALIBRATED, "sha256": hashes}
    (folder / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")
