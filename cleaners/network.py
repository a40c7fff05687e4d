"""A small convolutional network in numpy: rows of numbers in, one score a block out.

Each layer sees a block, its two neighbours and the page as a whole (mean and maximum over all
blocks), and adds what it makes of them; three layers see three blocks in each direction. Articles
are runs of blocks, and where one ends shows in what comes after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.letters import Floats, Ints

# Numbers further from the mean than this many standard deviations say nothing more.
_FARTHEST = 4.0
# Products of this many rows stay below the size from which OpenBLAS starts threads. For such small
# matrices the threads cost four times what they save, and a crawl has a process per core anyway.
_SLICE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One convolution: `kernel` is (3 * width, width), `page` (2 * width, width)."""

    kernel: Floats
    page: Floats
    bias: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The weights. `d` numbers and `c` choices a block go in, `width` numbers run through it.

    `mean` and `scale` (d) bring the numbers to mean 0 and deviation 1. `inputs` is (d, width);
    `chosen` has a row for each possible value of each choice, `starts` says where those of a choice
    begin.
    """

    mean: Floats
    scale: Floats
    inputs: Floats
    chosen: Floats
    starts: Ints
    bias: Floats
    layers: tuple[Layer, ...]
    outputs: Floats
    constant: float

    def judge(self, rows: Floats, choices: Ints) -> Floats:
        """The log-odds of every block; `rows` is (d, blocks), `choices` (c, blocks)."""
        state = _multiply(scale_rows(rows, self.mean, self.scale), self.inputs)
        state += self.chosen[choices + self.starts[:, None]].sum(axis=0)
        state += self.bias
        np.maximum(state, 0, out=state)
        for layer in self.layers:
            state += _convolve(state, layer)
        return np.asarray(state @ self.outputs + np.float32(self.constant), np.float32)


def scale_rows(rows: Floats, mean: Floats, scale: Floats) -> Floats:
    """The numbers of (d, blocks) as (blocks, d), brought to mean 0 and deviation 1, and cut off."""
    numbers: Floats = np.clip((rows.T - mean) * scale, -_FARTHEST, _FARTHEST)
    return numbers


def _convolve(state: Floats, layer: Layer) -> Floats:
    count, width = state.shape
    around = np.zeros((count, 3 * width), np.float32)
    around[1:, :width] = state[:-1]
    around[:, width : 2 * width] = state
    around[:-1, 2 * width :] = state[1:]
    page = np.concatenate((state.mean(axis=0), state.max(axis=0)))
    found = _multiply(around, layer.kernel)
    found += page @ layer.page + layer.bias
    np.maximum(found, 0, out=found)
    return found


def _multiply(left: Floats, right: Floats) -> Floats:
    """The matrix product, in slices of rows."""
    product = np.empty((len(left), right.shape[1]), np.float32)
    for start in range(0, len(left), _SLICE):
        np.matmul(left[start : start + _SLICE], right, out=product[start : start + _SLICE])
    return product


def squash(scores: Floats) -> NDArray[np.float64]:
    """Log-odds -> probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-scores.astype(np.float64))))
