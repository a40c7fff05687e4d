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
_ALL = np.uint32(0xFFFFFFFF)
# The lowest bit times this puts a different number into the upper five bits for every bit
# (de Bruijn sequence; Leiserson, Prokop and Randall, 1998).
_DE_BRUIJN = np.uint32(0x077CB531)
_DE_BRUIJN_SHIFT = np.uint32(27)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees of at most 32 leaves. Axes are (test position, tree) and (tree, slot of the leaf).

    Test `j` of tree `t` fails where feature `features[j, t]` is over `thresholds[j, t]`; then only
    the leaves in `masks[j, t]` stay. Unused positions have the mask that clears nothing.
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
        open_leaves = np.full((trees, rows.shape[1]), _ALL, np.uint32)
        for feature, threshold, mask in zip(
            self.features, self.thresholds, self.masks, strict=True
        ):
            failed = rows[feature] > threshold[:, None]
            open_leaves &= np.where(failed, mask[:, None], _ALL)
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
