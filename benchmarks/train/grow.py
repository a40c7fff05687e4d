"""Measured pages in, forests and out-of-fold probabilities out.

Every forest is grown six times: once without each fold, to judge that fold's pages as unseen
ones, and once on everything, to be shipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks.train.corpora import FOLDS
from benchmarks.train.trees import export_forest
from cleaners.forest import Forest, squash

_PARAMETERS = {
    "objective": "binary",
    "min_data_in_leaf": 60,
    "feature_fraction": 0.35,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 63,
    "verbose": -1,
    # On a busy machine LightGBM's threads wait for each other most of the time.
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a forest is, and how fast it learns."""

    trees: int
    leaves: int
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """One page's part of the training data: feature by block, and which blocks count."""

    fold: int
    values: NDArray[np.float32]
    is_article: NDArray[np.bool_]
    weights: NDArray[np.float64]
    chosen: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A forest grown on all pages, and each page's probabilities from one that never saw it."""

    forest: Forest
    probabilities: tuple[NDArray[np.float64], ...]


def grow_stage(pages: Sequence[Rows], size: Size, *, jobs: int) -> Grown:
    """The stage's forest and its out-of-fold probabilities, in the order of the pages."""
    folds: tuple[int | None, ...] = (*range(FOLDS), None)
    with ProcessPoolExecutor(jobs) as pool:
        tasks = [pool.submit(_grow, _stack(pages, fold), size) for fold in folds]
        forests = dict(zip(folds, (task.result() for task in tasks), strict=True))
    return Grown(
        forest=forests[None],
        probabilities=tuple(squash(forests[page.fold].add_up(page.values)) for page in pages),
    )


Stacked = tuple[NDArray[np.float32], NDArray[np.float64]]


def _stack(pages: Sequence[Rows], without: int | None) -> Stacked:
    """All chosen rows outside one fold: features, and label and weight as two columns."""
    some = [page for page in pages if page.fold != without]
    values = np.concatenate([page.values[:, page.chosen].T for page in some])
    labels = np.concatenate([page.is_article[page.chosen] for page in some])
    weights = np.concatenate([page.weights[page.chosen] for page in some])
    return values, np.stack((labels, weights), axis=1)


def _grow(data: Stacked, size: Size) -> Forest:
    values, rest = data
    booster = lightgbm.train(
        {**_PARAMETERS, "num_leaves": size.leaves, "learning_rate": size.rate},
        lightgbm.Dataset(values, rest[:, 0], weight=rest[:, 1]),
        size.trees,
    )
    return export_forest(booster.dump_model()["tree_info"])
