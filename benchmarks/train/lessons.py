"""Labelled pages in; what networks are fitted on, and the networks with their tables, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.train.corpora import FOLDS
from benchmarks.train.examples import (
    LabelledPage,
    Tables,
    fit_tables,
    is_other_type,
    measure_page,
    weigh_pages,
    weigh_rows,
)
from benchmarks.train.fit import Lesson, fit_networks
from benchmarks.train.unseen import Outcome, clean_unseen
from cleaners.features import Features
from cleaners.measures.network import Network, squash

# Folds of a set that is left out, and of all others.
_LEFT, _LEARNED = 0, 1


def choose_articles(pages: Sequence[LabelledPage]) -> list[bool]:
    """Which of the pages are articles whose text is known as a whole."""
    return [page.sample.truth is not None and page.sample.page_type == "article" for page in pages]


def fit_page_tables(pages: Sequence[LabelledPage]) -> dict[int | None, Tables]:
    """The token tables of articles, and of pages of which the witnesses know something."""
    known = zip(pages, choose_articles(pages), strict=True)
    return fit_tables([page for page, learn in known if learn or page.is_agreed.any()])


def measure_pages(
    pages: Sequence[LabelledPage], tables: Mapping[int | None, Tables], *, jobs: int
) -> list[Features]:
    """The features of each page."""
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(partial(measure_page, tables=tables), pages, chunksize=32))


def make_lessons(pages: Sequence[LabelledPage], features: Sequence[Features]) -> list[Lesson]:
    """One lesson a page, of the fold that its site is of."""
    return [
        Lesson(
            fold=page.sample.fold,
            names=each.names,
            rows=each.rows,
            choices=each.choices,
            signatures=each.signatures,
            targets=(page.labels >= 0.5).astype("f4"),
            weights=weights.astype("f4"),
            words=(each.runs.gather(each.words) * (page.sample.truth is not None)).astype("f4"),
            page_weight=of_page,
            is_light=page.sample.truth is None or is_other_type(page.sample),
        )
        for page, each, weights, of_page in zip(
            pages, features, weigh_rows(pages), weigh_pages(pages), strict=True
        )
    ]


def judge_set(pages: Sequence[LabelledPage], name: str, *, jobs: int) -> list[Outcome]:
    """What comes of the pages of one set by a network, and tables, that saw no page of it."""
    is_left = [page.sample.set == name for page in pages]
    others = [page for page, left in zip(pages, is_left, strict=True) if not left]
    tables = dict.fromkeys((*range(FOLDS), None), fit_page_tables(others)[None])
    features = measure_pages(pages, tables, jobs=jobs)
    lessons = [
        replace(lesson, fold=_LEFT if left else _LEARNED)
        for lesson, left in zip(make_lessons(pages, features), is_left, strict=True)
    ]
    network = fit_networks(lessons, jobs=1, folds=(_LEFT,))[_LEFT]
    return [
        clean_unseen(page, each, judge_blocks(each, network))
        for page, each, left in zip(pages, features, is_left, strict=True)
        if left
    ]


def judge_blocks(features: Features, network: Network) -> NDArray[np.float64]:
    """The probability of each block of a page by one network."""
    found = network.judge(features.rows, features.choices, features.signatures)
    return features.runs.spread(squash(found))
