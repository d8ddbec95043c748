"""A trained network → one with narrower feed-forwards that does nearly the same.

Most neurons of a feed-forward say what others say too. They are left out one by one, each time the one that the others
can best make up for, and the others' weights are set to make up for it (Hassibi and Stork 1992, Optimal brain surgeon;
here for the error of each layer's output, as in Dong et al. 2017, Layer-wise optimal brain surgeon). Layers are done in
order, each fitted so that it leads back to what the whole network would have had there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from evals.attribution_examples import Example, to_tensors
from evals.attribution_network import HIDDEN, Layer, Network, hide

RIDGE = 1e-3  # of the neurons' mean square, added so that neurons which say the same do not blow up each other


@dataclass(slots=True)
class Stream:
    """A batch on its way up through both networks; tensors of batch × length × `HIDDEN`."""

    whole: Tensor
    narrow: Tensor
    mask: Tensor
    real: Tensor  # batch × length: False for padding


@torch.no_grad()
def narrow(network: Network, batches: Sequence[list[Example]], width: int) -> Network:
    """The network with `width` neurons in each feed-forward, fitted on these batches (100,000 pieces are plenty)."""
    network.eval()
    narrowed = Network(network.pieces.num_embeddings, width).eval()
    kept = {name: value for name, value in network.state_dict().items() if not {"up", "down"} & set(name.split("."))}
    narrowed.load_state_dict(narrowed.state_dict() | kept)
    streams = [begin(network, batch) for batch in batches]
    for whole, thin in zip(network.layers, narrowed.layers, strict=True):
        fit(whole, thin, streams)
    return narrowed


def begin(network: Network, batch: list[Example]) -> Stream:
    ids, kinds, _, mask = to_tensors(batch)
    x = network.embed(ids, kinds)
    return Stream(x, x, hide(mask), mask.bool())


def fit(whole: Layer, thin: Layer, streams: Sequence[Stream]) -> None:
    """Choose the neurons of one layer, set its weights, and move the streams past it."""
    neurons, width = whole.up.out_features, thin.up.out_features
    together = torch.zeros(neurons + 1, neurons + 1, dtype=torch.double)  # the last row: the bias
    towards = torch.zeros(neurons + 1, HIDDEN, dtype=torch.double)
    pieces = 0
    for stream in streams:
        stream.whole = whole.look_round(stream.whole, stream.mask)
        stream.narrow = whole.look_round(stream.narrow, stream.mask)
        stream.whole = stream.whole + whole.down(whole.think(stream.whole))
        said = whole.think(stream.narrow[stream.real]).double()
        said = torch.cat([said, torch.ones(len(said), 1)], dim=1)
        together += said.T @ said
        towards += said.T @ (stream.whole - stream.narrow)[stream.real].double()
        pieces += len(said)
    together, towards = together / pieces, towards / pieces
    together.diagonal().add_(RIDGE * together.diagonal()[:-1].mean())
    kept = choose_neurons(together, towards, width)
    neurons_and_bias = [*kept, neurons]
    weights = torch.linalg.solve(together[neurons_and_bias][:, neurons_and_bias], towards[neurons_and_bias])
    thin.up.weight.copy_(whole.up.weight[kept])
    thin.up.bias.copy_(whole.up.bias[kept])
    thin.down.weight.copy_(weights[:-1].T)
    thin.down.bias.copy_(weights[-1])
    for stream in streams:
        stream.whole = whole.last_norm(stream.whole)
        stream.narrow = thin.last_norm(stream.narrow + thin.down(thin.think(stream.narrow)))


def choose_neurons(together: Tensor, towards: Tensor, width: int) -> list[int]:
    """Which `width` neurons to keep; `together`: mean products of neurons and bias, `towards`: with what is wanted."""
    inverse = torch.linalg.inv(together)
    weights = inverse @ towards
    kept = torch.ones(len(together), dtype=torch.bool)
    for _ in range(len(together) - 1 - width):
        loss = weights.square().sum(dim=1) / inverse.diagonal()
        loss[~kept] = math.inf
        least = int(loss[:-1].argmin())
        share = inverse[:, least] / inverse[least, least]
        weights -= torch.outer(share, weights[least].clone())
        inverse -= torch.outer(share, inverse[least].clone())
        inverse[least, least] = 1.0  # never looked at again, and no division by nothing
        kept[least] = False
    return kept[:-1].nonzero()[:, 0].tolist()
