"""`python -m benchmarks.train CORPORA`: retrain the model, and score it on pages it never saw.

Writes `cleaners/model.npz`, and under `benchmarks/work/` the out-of-fold texts (`oof.jsonl.gz`)
and scores (`scores.json`). Takes about 15 minutes on two cores. Needs the `train` extra.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.train.corpora import FULL_TEXT_SETS, SNIPPET_SET, read_samples
from benchmarks.train.examples import (
    LabelledPage,
    fit_tables,
    label_page,
    measure_page,
    weigh_rows,
)
from benchmarks.train.grow import Rows, Size, grow_stage
from benchmarks.train.report import (
    Outcome,
    clean_unseen,
    empty_outcome,
    fit_confidence,
    summarise,
    tabulate_reliability,
)
from cleaners.model import SIEVE_BELOW, Model, write_model
from cleaners.surroundings import measure_surroundings

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Values = NDArray[np.float64]

_ROOT = Path(__file__).parents[2]
_WORK = _ROOT / "benchmarks" / "work"
_SIEVE = Size(trees=30, leaves=8, rate=0.2)
_FIRST = Size(trees=140, leaves=16, rate=0.11)
_SECOND = Size(trees=60, leaves=16, rate=0.1)
# Shown to the sieve: every long or article block, and this share of the rest, which counts for
# all of it.
_SHORT_WORDS, _SHORT_SHARE = 8, 0.4


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with wcxb, fundus, daniel, trafilatura")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    options = parser.parse_args()
    started = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {what}", flush=True)

    samples = [
        sample
        for name in (*FULL_TEXT_SETS, SNIPPET_SET)
        for sample in read_samples(options.corpora, name)
    ]
    with ProcessPoolExecutor(options.jobs) as pool:
        labelled = list(pool.map(label_page, samples, chunksize=16))
    pages = [page for page in labelled if page is not None]
    empty = [sample for sample, page in zip(samples, labelled, strict=True) if page is None]
    say(f"{len(pages)} pages cut and labelled, {len(empty)} without text")
    model, outcomes = train(pages, jobs=options.jobs, say=say)
    outcomes += [empty_outcome(sample) for sample in empty]
    (_ROOT / "cleaners" / "model.npz").write_bytes(write_model(model))
    write_outcomes(outcomes, model)
    say("written")


def train(
    pages: Sequence[LabelledPage], *, jobs: int, say: Callable[[str], None]
) -> tuple[Model, list[Outcome]]:
    """The model grown on all articles, and what its out-of-fold twins make of every page."""
    is_lesson = [
        page.sample.truth is not None and page.sample.page_type == "article" for page in pages
    ]
    lessons = [page for page, learn in zip(pages, is_lesson, strict=True) if learn]
    tables = fit_tables(lessons)
    with ProcessPoolExecutor(jobs) as pool:
        measure = partial(measure_page, tables=tables)
        features = list(pool.map(measure, pages, chunksize=32))
    say(f"measured, {len(features[0].names)} features")
    weights = weigh_rows(pages)
    articles = [page.labels >= 0.5 for page in pages]

    def list_rows(
        values: Sequence[Floats], chosen: Sequence[Flags], more: Sequence[Values]
    ) -> list[Rows]:
        return [
            Rows(
                fold=page.sample.fold,
                values=value,
                is_article=article,
                weights=weight,
                chosen=some & learn,
            )
            for page, value, article, weight, some, learn in zip(
                pages, values, articles, more, chosen, is_lesson, strict=True
            )
        ]

    draw = np.random.default_rng(0)
    long = [a | (page.sizes >= _SHORT_WORDS) for page, a in zip(pages, articles, strict=True)]
    chosen = [some | (draw.random(len(some)) < _SHORT_SHARE) for some in long]
    raised = [np.where(some, w, w / _SHORT_SHARE) for some, w in zip(long, weights, strict=True)]
    rows = [each.rows for each in features]
    sieve = grow_stage(list_rows(rows, chosen, raised), _SIEVE, jobs=jobs)
    say("sieve grown")
    left = [p >= SIEVE_BELOW for p in sieve.probabilities]
    chosen = [some | a for some, a in zip(left, articles, strict=True)]
    first = grow_stage(list_rows(rows, chosen, weights), _FIRST, jobs=jobs)
    say("first stage grown")
    once = [
        np.where(some, p, q)
        for some, p, q in zip(left, first.probabilities, sieve.probabilities, strict=True)
    ]
    rows = [
        np.concatenate((measure_surroundings(p, each.places, each.chars), each.rows))
        for p, each in zip(once, features, strict=True)
    ]
    second = grow_stage(list_rows(rows, chosen, weights), _SECOND, jobs=jobs)
    say("second stage grown")
    final = [
        np.where(some, 0.5 * (p + q), p)
        for some, p, q in zip(left, once, second.probabilities, strict=True)
    ]
    with ProcessPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(clean_unseen, pages, features, final, chunksize=32))
    lesson_outcomes = [each for each, learn in zip(outcomes, is_lesson, strict=True) if learn]
    model = Model(
        names=tables[None].names,
        words=tables[None].words,
        features=features[0].names,
        sieve=sieve.forest,
        first=first.forest,
        second=second.forest,
        confidence=fit_confidence(lesson_outcomes),
    )
    return model, outcomes


def write_outcomes(outcomes: Sequence[Outcome], model: Model) -> None:
    """Write the out-of-fold texts and scores, and print the scores."""
    _WORK.mkdir(exist_ok=True)
    with gzip.open(_WORK / "oof.jsonl.gz", "wt", encoding="utf-8") as lines:
        for each in outcomes:
            record = {"set": each.sample.set, "id": each.sample.id, "text": each.text}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    scores = {
        "sets": summarise(outcomes),
        "reliability": tabulate_reliability(outcomes, model.confidence),
    }
    text = json.dumps(scores, indent=1)
    (_WORK / "scores.json").write_text(text + "\n", encoding="utf-8")
    for name, row in summarise(outcomes).items():
        print(name, " ".join(f"{key} {value:.4g}" for key, value in row.items()))


if __name__ == "__main__":
    main()
