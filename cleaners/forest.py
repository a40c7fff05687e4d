"""Boosted trees in numpy: rows of numbers in, one score a column out.

Trees are walked all at once in the manner of QuickScorer (Lucchese et al., SIGIR 2015): the leaves
of a tree are bits of one number, every test that fails clears the leaves of its left branch, and
the lowest bit that stays is the leaf. There is no branch to take, so numpy does it for all trees
and all columns together, one test position after the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.letters import Floats

MAX_LEAVES = 32
# The lowest bit times this puts a different number into the upper five bits for every bit
# (de Bruijn sequence; Leiserson, Prokop and Randall, 1998).
_DE_BRUIJN = np.uint32(0x077CB531)
_DE_BRUIJN_SHIFT = np.uint32(27)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees of at most 32 leaves. Axes are (test position, tree) and (tree, slot of the leaf).

    Test `j` of tree `t` fails where feature `features[j, t]` is over `thresholds[j, t]`; then the
    leaves in `masks[j, t]` are out. Unused positions have an empty mask.
    """

    features: NDArray[np.int16]
    thresholds: Floats
    masks: NDArray[np.uint32]
    leaves: Floats

    def add_up(self, rows: Floats) -> Floats:
        """The sum of the reached leaves of all trees, for every column of `rows`."""
        trees = len(self.leaves)
        if not trees:
            return np.zeros(rows.shape[1], np.float32)
        # Buffers are reused: for a page of a hundred blocks they stay in the processor's cache.
        shape = (trees, rows.shape[1])
        values, failed = np.empty(shape, np.float32), np.empty(shape, bool)
        cleared, closed = np.empty(shape, np.uint32), np.zeros(shape, np.uint32)
        for feature, threshold, mask in zip(
            self.features, self.thresholds, self.masks, strict=True
        ):
            np.take(rows, feature, axis=0, out=values, mode="clip")
            np.greater(values, threshold[:, None], out=failed)
            np.multiply(failed, mask[:, None], out=cleared)
            np.bitwise_or(closed, cleared, out=closed)
        open_leaves = ~closed
        lowest = open_leaves & (~open_leaves + np.uint32(1))
        slots = (lowest * _DE_BRUIJN) >> _DE_BRUIJN_SHIFT
        reached = np.take_along_axis(self.leaves, slots.astype(np.intp), axis=1)
        total: Floats = reached.sum(axis=0, dtype=np.float32)
        return total


def leaf_slots() -> NDArray[np.uint32]:
    """For each leaf number, the slot of its value in a row of `Forest.leaves`."""
    bits = np.uint32(1) << np.arange(MAX_LEAVES, dtype=np.uint32)
    return (bits * _DE_BRUIJN) >> _DE_BRUIJN_SHIFT


def squash(scores: Floats) -> NDArray[np.float64]:
    """Log-odds -> probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-scores.astype(np.float64))))
