"""Measured pages in, networks out, fitted with PyTorch.

A network is fitted six times: once without each fold, to judge that fold's pages as unseen ones,
and once on everything, to be shipped. Weights are rounded to half precision here, so that what is
scored is what is shipped.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmarks.train.corpora import FOLDS
from cleaners.features import CHOICES
from cleaners.network import Layer, Network, scale_rows

Floats = NDArray[np.float32]

# Set on the out-of-fold word F1 of two folds; kernels of five blocks and dilated ones were worse.
WIDTH, LAYERS = 64, 3
_EPOCHS, _BATCH = 12, 16
_RATE, _DECAY = 3e-3, 1e-2
_DROPPED, _DROPPED_INPUTS = 0.25, 0.1
# Taken off every block's log-odds: the networks are too sure of what follows an article. Set on the
# out-of-fold scores of all sets; it costs half a point of recall and brings a point of precision.
_CAUTION = 0.8
# Batches are of pages alike in length, chosen among so many batches' worth of random ones.
_SORTED_BATCHES = 16
_LOSS_UNIT = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One page to learn from: numbers (d, blocks), choices, and per block target and weight."""

    fold: int
    rows: Floats
    choices: NDArray[np.int64]
    targets: Floats
    weights: Floats


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.around = nn.Conv1d(WIDTH, WIDTH, 3, padding=1)
        self.page = nn.Linear(2 * WIDTH, WIDTH, bias=False)


class _Net(nn.Module):
    """`cleaners.network.Network` for batches of padded pages, with dropout."""

    def __init__(self, numbers: int) -> None:
        super().__init__()
        self.inputs = nn.Linear(numbers, WIDTH)
        self.chosen = nn.ModuleList([nn.Embedding(size, WIDTH) for size in CHOICES.values()])
        for each in self.chosen:
            nn.init.normal_(each.weight, std=0.1)
        self.layers = nn.ModuleList([_Layer() for _ in range(LAYERS)])
        self.outputs = nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(_DROPPED)
        self.drop_inputs = nn.Dropout(_DROPPED_INPUTS)

    def forward(
        self, rows: torch.Tensor, choices: torch.Tensor, is_block: torch.Tensor
    ) -> torch.Tensor:
        state = self.inputs(self.drop_inputs(rows))
        for number, each in enumerate(self.chosen):
            state = state + each(choices[..., number])
        mask = is_block[..., None]
        state = self.drop(torch.relu(state)) * mask
        blocks = is_block.sum(1, keepdim=True)
        for layer in self.layers:
            # States are never negative, so padding changes no maximum.
            page = torch.cat((state.sum(1) / blocks, state.max(1)[0]), 1)
            found = layer.around(state.transpose(1, 2)).transpose(1, 2)
            found = found + layer.page(page)[:, None]
            state = (state + self.drop(torch.relu(found))) * mask
        logits: torch.Tensor = self.outputs(state)[..., 0]
        return logits


def fit_networks(
    lessons: Sequence[Lesson], *, jobs: int, folds: Sequence[int | None] = (*range(FOLDS), None)
) -> dict[int | None, Network]:
    """For each fold the network fitted without it; under None the one fitted on all lessons."""
    with TemporaryDirectory() as folder, ProcessPoolExecutor(jobs) as pool:
        # A file is shared by all processes; as arguments the pages would be copied for each.
        path = Path(folder) / "lessons.pickle"
        path.write_bytes(pickle.dumps(lessons, protocol=pickle.HIGHEST_PROTOCOL))
        tasks = [pool.submit(_fit, path, fold) for fold in folds]
        return dict(zip(folds, (task.result() for task in tasks), strict=True))


def _fit(path: Path, without: int | None) -> Network:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    lessons: list[Lesson] = pickle.loads(path.read_bytes())
    lessons = [each for each in lessons if each.fold != without and each.weights.any()]
    every = np.concatenate([each.rows for each in lessons], axis=1)
    mean, scale = every.mean(axis=1), 1 / (every.std(axis=1) + 1e-4)
    mean, scale = _round(mean), _round(scale)
    del every
    lessons = [replace(each, rows=scale_rows(each.rows, mean, scale).T) for each in lessons]
    net = _Net(len(mean))
    steps = _EPOCHS * len(list(_list_batches(lessons, np.random.default_rng(0))))
    optimiser = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=steps + 1)
    order = np.random.default_rng(0)
    for _ in range(_EPOCHS):
        for batch in _list_batches(lessons, order):
            rows, choices, is_block, targets, weights = _pad(batch)
            logits = net(rows, choices, is_block)
            losses = nn.functional.binary_cross_entropy_with_logits(
                logits, targets, weight=weights, reduction="sum"
            )
            optimiser.zero_grad()
            (losses / (len(batch) * _LOSS_UNIT)).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return _export(net, mean, scale)


def _list_batches(
    lessons: Sequence[Lesson], order: np.random.Generator
) -> Iterator[Sequence[Lesson]]:
    shuffled = order.permutation(len(lessons))
    reach = _BATCH * _SORTED_BATCHES
    for start in range(0, len(shuffled), reach):
        some = sorted(shuffled[start : start + reach], key=lambda i: lessons[i].rows.shape[1])
        for first in range(0, len(some), _BATCH):
            yield [lessons[index] for index in some[first : first + _BATCH]]


def _pad(batch: Sequence[Lesson]) -> tuple[torch.Tensor, ...]:
    """Rows, choices, which places hold a block, targets and weights of pages of unequal length."""
    longest = max(each.rows.shape[1] for each in batch)
    shape = (len(batch), longest)
    rows = np.zeros((*shape, len(batch[0].rows)), np.float32)
    choices = np.zeros((*shape, len(CHOICES)), np.int64)
    is_block, targets, weights = (np.zeros(shape, np.float32) for _ in range(3))
    for number, each in enumerate(batch):
        size = each.rows.shape[1]
        rows[number, :size] = each.rows.T
        choices[number, :size] = each.choices.T
        is_block[number, :size] = 1
        targets[number, :size] = each.targets
        weights[number, :size] = each.weights
    return tuple(map(torch.from_numpy, (rows, choices, is_block, targets, weights)))


def _export(net: _Net, mean: Floats, scale: Floats) -> Network:
    sizes = list(CHOICES.values())
    return Network(
        mean=mean,
        scale=scale,
        inputs=_take(net.inputs.weight.T),
        chosen=np.concatenate([_take(each.weight) for each in net.chosen]),
        starts=np.cumsum([0, *sizes[:-1]]),
        bias=_take(net.inputs.bias),
        layers=tuple(
            Layer(
                kernel=_take(layer.around.weight.permute(2, 1, 0).reshape(3 * WIDTH, WIDTH)),
                page=_take(layer.page.weight.T),
                bias=_take(layer.around.bias),
            )
            for layer in net.layers
        ),
        outputs=_take(net.outputs.weight[0]),
        constant=float(_take(net.outputs.bias)[0]) - _CAUTION,
    )


def _take(weights: torch.Tensor) -> Floats:
    return np.ascontiguousarray(_round(weights.detach().numpy()))


def _round(values: NDArray[np.floating]) -> Floats:
    """The nearest half-precision numbers."""
    return values.astype(np.float16).astype(np.float32)
