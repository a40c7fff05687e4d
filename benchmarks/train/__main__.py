"""`python -m benchmarks.train CORPORA`: retrain the model, and score it on pages it never saw.

Writes `cleaners/model.npz`, and under `benchmarks/work/` the out-of-fold texts (`oof.jsonl.gz`)
and scores (`scores.json`). Takes about seven minutes on two cores. With `--sets-unseen` it writes
nothing, and scores each set by a network that learned nothing from it: pages of other sources are
less like those it learned from than pages of other sites of the same set. Needs the extras `train`
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
from benchmarks.train.examples import LabelledPage, label_page
from benchmarks.train.fit import fit_networks
from benchmarks.train.lessons import (
    choose_articles,
    fit_page_tables,
    judge_blocks,
    judge_set,
    make_lessons,
    measure_pages,
)
from benchmarks.train.report import fit_confidence, summarise, tabulate_reliability
from benchmarks.train.unseen import Outcome, clean_textless, clean_unseen, hear_witness
from cleaners.model import Model, write_model

_ROOT = Path(__file__).parents[2]
_WORK = _ROOT / "benchmarks" / "work"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with wcxb, fundus, daniel, trafilatura")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--witness", action="store_true", help="score the witness's two modes as well; 3 minutes"
    )
    parser.add_argument(
        "--sets-unseen",
        action="store_true",
        help="only score each set by a network that saw no page of it; 5 minutes",
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
    if options.sets_unseen:
        for name in FULL_TEXT_SETS:
            print_scores(judge_set(pages, name, jobs=options.jobs))
            say(f"{name} judged by a network that saw nothing of it")
        return
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
    tables = fit_page_tables(pages)
    features = measure_pages(pages, tables, jobs=jobs)
    say(f"measured, {len(features[0].names)} features")
    networks = fit_networks(make_lessons(pages, features), jobs=jobs)
    say("fitted")
    unseen = [
        judge_blocks(each, networks[page.sample.fold])
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
            [each for each, learn in zip(outcomes, choose_articles(pages), strict=True) if learn]
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
