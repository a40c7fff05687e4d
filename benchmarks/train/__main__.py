"""`python -m benchmarks.train CORPORA`: retrain the model, and score it on pages it never saw.

Writes `cleaners/model.npz`, and under `benchmarks/work/` the out-of-fold texts (`oof.jsonl.gz`)
and scores (`scores.json`). Takes about seven minutes on two cores. Needs the extras `train`
and `bench`.
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

from benchmarks.train.corpora import (
    FULL_TEXT_SETS,
    SNIPPET_SET,
    read_own_samples,
    read_samples,
)
from benchmarks.train.examples import (
    LabelledPage,
    fit_tables,
    is_other_type,
    label_page,
    measure_page,
    weigh_pages,
    weigh_rows,
)
from benchmarks.train.fit import Lesson, fit_networks
from benchmarks.train.report import fit_confidence, summarise, tabulate_reliability
from benchmarks.train.unseen import Outcome, clean_textless, clean_unseen, hear_witness
from cleaners.model import Model, write_model
from cleaners.network import squash

_ROOT = Path(__file__).parents[2]
_WORK = _ROOT / "benchmarks" / "work"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with wcxb, fundus, daniel, trafilatura")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--witness", action="store_true", help="score the witness's two modes as well; 3 minutes"
    )
    options = parser.parse_args()
    started = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {what}", flush=True)

    samples = [
        sample
        for name in (*FULL_TEXT_SETS, SNIPPET_SET)
        for sample in read_samples(options.corpora, name)
    ]
    samples += read_own_samples(_ROOT)
    with ProcessPoolExecutor(options.jobs) as pool:
        labelled = list(pool.map(label_page, samples, chunksize=16))
    pages = [page for page in labelled if page is not None]
    empty = [sample for sample, page in zip(samples, labelled, strict=True) if page is None]
    say(f"{len(pages)} pages cut and labelled, {len(empty)} without text")
    model, outcomes, heard = train(pages, jobs=options.jobs, with_witness=options.witness, say=say)
    for mode, those in heard.items():
        say(f"with the witness asked {mode}:")
        print_scores(those)
    outcomes += [clean_textless(sample) for sample in empty]
    (_ROOT / "cleaners" / "model.npz").write_bytes(write_model(model))
    write_outcomes(outcomes, model)
    say("written")


def train(
    pages: Sequence[LabelledPage], *, jobs: int, with_witness: bool, say: Callable[[str], None]
) -> tuple[Model, list[Outcome], dict[str, list[Outcome]]]:
    """The model fitted on all pages, and what its out-of-fold twins make of every page.

    Last, by mode, what they make of it where the witness is asked, if that is wanted.
    """
    is_article = [
        page.sample.truth is not None and page.sample.page_type == "article" for page in pages
    ]
    tables = fit_tables(
        [
            page
            for page, learn in zip(pages, is_article, strict=True)
            if learn or page.is_agreed.any()
        ]
    )
    with ProcessPoolExecutor(jobs) as pool:
        measure = partial(measure_page, tables=tables)
        features = list(pool.map(measure, pages, chunksize=32))
    say(f"measured, {len(features[0].names)} features")
    lessons = [
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
    networks = fit_networks(lessons, jobs=jobs)
    say("fitted")
    unseen = [
        each.runs.spread(
            squash(networks[page.sample.fold].judge(each.rows, each.choices, each.signatures))
        )
        for page, each in zip(pages, features, strict=True)
    ]
    with ProcessPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(clean_unseen, pages, features, unseen, chunksize=32))
    model = Model(
        names=tables[None].names,
        words=tables[None].words,
        features=features[0].names,
        network=networks[None],
        confidence=fit_confidence(
            [each for each, learn in zip(outcomes, is_article, strict=True) if learn]
        ),
    )
    heard: dict[str, list[Outcome]] = {}
    if with_witness:
        hear = partial(hear_witness, weights=model.confidence)
        with ProcessPoolExecutor(jobs) as pool:
            both = list(pool.map(hear, pages, features, unseen, chunksize=32))
        heard = {"if unsure": [each[0] for each in both], "always": [each[1] for each in both]}
    return model, outcomes, heard


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
    print_scores(outcomes)


def print_scores(outcomes: Sequence[Outcome]) -> None:
    """Print a line of scores a set."""
    for name, row in summarise(outcomes).items():
        print(name, " ".join(f"{key} {value:.4g}" for key, value in row.items()))


if __name__ == "__main__":
    main()
