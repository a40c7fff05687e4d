"""LightGBM's trees in, a `Forest` that numpy can walk out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from cleaners.forest import MAX_LEAVES, Forest, leaf_slots


def export_forest(trees: Sequence[Mapping[str, Any]]) -> Forest:
    """The forest of `Booster.dump_model()["tree_info"]`; the first tree carries the constant."""
    tests = max((tree["num_leaves"] - 1 for tree in trees), default=0)
    shape = (tests, len(trees))
    features = np.zeros(shape, np.int16)
    thresholds = np.full(shape, np.inf, np.float32)
    masks = np.zeros(shape, np.uint32)
    leaves = np.zeros((len(trees), MAX_LEAVES), np.float32)
    slots = leaf_slots()
    for column, tree in enumerate(trees):
        exporter = _Exporter()
        exporter.visit(tree["tree_structure"])
        for row, (feature, threshold, mask) in enumerate(exporter.tests):
            features[row, column] = feature
            thresholds[row, column] = _round_down(threshold)
            masks[row, column] = mask
        leaves[column, slots[: len(exporter.values)]] = exporter.values
    return Forest(features=features, thresholds=thresholds, masks=masks, leaves=leaves)


class _Exporter:
    """Numbers the leaves of one tree from left to right and lists its tests."""

    def __init__(self) -> None:
        self.tests: list[tuple[int, float, int]] = []
        self.values: list[float] = []

    def visit(self, node: Mapping[str, Any]) -> None:
        if "leaf_value" in node:
            self.values.append(node["leaf_value"])
            return
        first = len(self.values)
        self.visit(node["left_child"])
        left = ((1 << len(self.values)) - 1) & ~((1 << first) - 1)
        self.tests.append((node["split_feature"], node["threshold"], left))
        self.visit(node["right_child"])


def _round_down(threshold: float) -> np.float32:
    """The largest single-precision number not over a double: features are single precision."""
    rounded = np.float32(threshold)
    return np.nextafter(rounded, np.float32(-np.inf)) if rounded > threshold else rounded
