"""A small convolutional network in numpy: rows of numbers in, one score a block out.

Each layer sees a block, its two neighbours and the page as a whole (mean and maximum over all
blocks), and adds what it makes of them; three layers see three blocks in each direction. Articles
are runs of blocks, and where one ends shows in what comes after it. All layers but the first also
see the mean over the blocks that are marked up alike, wherever they stand: what one entry of a list
or one teaser is, the others are too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.letters import Floats, Ints

# Numbers further from the mean than this many standard deviations say nothing more.
_FARTHEST = 4.0
# Multiplications in one product that stay below the number from which OpenBLAS starts threads. For
# such small matrices the threads cost four times what they save, and a crawl has a process per core
# anyway.
_MOST_MULTIPLICATIONS = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One convolution: `kernel` is (3 * width, width), `page` (2 * width, width).

    `alike` is (width, width), and (0, width) where the layer does not look at blocks marked up
    alike.
    """

    kernel: Floats
    page: Floats
    alike: Floats
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

    def judge(self, rows: Floats, choices: Ints, signatures: Ints) -> Floats:
        """The log-odds of every block; `rows` is (d, blocks), `choices` (c, blocks).

        Blocks with the same number in `signatures` are marked up alike; the numbers have no gaps.
        """
        numbers = scale_rows(rows, self.mean, self.scale)
        # A row of zeros stands before the first block, and one after the last.
        padded = np.zeros((len(numbers) + 2, self.inputs.shape[1]), np.float32)
        state = padded[1:-1]
        _multiply(numbers, self.inputs, out=state)
        state += np.add.reduce(self.chosen.take(choices + self.starts[:, None], axis=0))
        state += self.bias
        np.maximum(state, 0, out=state)
        groups = _group(signatures)
        for layer in self.layers:
            state += _convolve(padded, layer, groups)
        return np.asarray(state @ self.outputs + np.float32(self.constant), np.float32)


def scale_rows(rows: Floats, mean: Floats, scale: Floats) -> Floats:
    """The numbers of (d, blocks) as (blocks, d), brought to mean 0 and deviation 1, and cut off."""
    numbers = rows - mean[:, None]
    numbers *= scale[:, None]
    numbers.clip(-_FARTHEST, _FARTHEST, out=numbers)
    return numbers.T


@dataclass(frozen=True, slots=True, kw_only=True)
class _Groups:
    """Blocks by signature: `order` brings those of a group together, `starts` is where each begins.

    `sizes` is (groups, 1).
    """

    signatures: Ints
    order: Ints
    starts: Ints
    sizes: Floats


def _group(signatures: Ints) -> _Groups:
    sizes = np.bincount(signatures)
    return _Groups(
        signatures=signatures,
        order=signatures.argsort(kind="stable"),
        starts=sizes.cumsum() - sizes,
        sizes=sizes.astype(np.float32)[:, None],
    )


def _convolve(padded: Floats, layer: Layer, groups: _Groups) -> Floats:
    state = padded[1:-1]
    count, width = state.shape
    # Rows stand one after the other in memory: each with its neighbours is one piece of it.
    step, size = padded.strides
    around = np.ndarray((count, 3 * width), np.float32, padded, strides=(step, size)).copy()
    page = np.concatenate((np.add.reduce(state) / np.float32(count), np.maximum.reduce(state)))
    found = _multiply(around, layer.kernel)
    found += page @ layer.page + layer.bias
    if len(layer.alike):
        # One group after the other, so that numpy adds up rows that stand together.
        ordered = state.take(groups.order, axis=0)
        means: Floats = np.add.reduceat(ordered, groups.starts, axis=0)
        means /= groups.sizes
        found += _multiply(means, layer.alike).take(groups.signatures, axis=0)
    np.maximum(found, 0, out=found)
    return found


def _multiply(left: Floats, right: Floats, *, out: Floats | None = None) -> Floats:
    """The matrix product, in slices of rows."""
    product = np.empty((len(left), right.shape[1]), np.float32) if out is None else out
    rows = max(1, _MOST_MULTIPLICATIONS // right.size)
    for start in range(0, len(left), rows):
        np.matmul(left[start : start + rows], right, out=product[start : start + rows])
    return product


def squash(scores: Floats) -> NDArray[np.float64]:
    """Log-odds -> probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-scores.astype(np.float64))))
