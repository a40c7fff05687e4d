"""`python -m benchmarks.floors CORPORA [--raise]`: scores that may only get better.

`floors.json` holds, for a fixed sample of each set, the least score that the shipped model must
reach. The sample was trained on, so these are not figures to quote: they catch a change that
breaks something. `--raise` writes the scores of this run, less a margin, wherever they are higher.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import cast

from benchmarks.compare.facts import measure_sanspub
from benchmarks.compare.pages import read_pages
from benchmarks.compare.report import measure_accuracy
from benchmarks.compare.run import run_tools
from benchmarks.compare.tools import load_tools

FLOORS = Path(__file__).with_name("floors.json")
SAMPLE = 40
_SEED = 5
_SETS = ("fundus", "daniel", "wcxb", "trafilatura")
_FACT_SET = "fundus"
# Scores on 40 pages move by a page or two when anything is retrained.
_MARGIN = 0.02

Scores = dict[str, dict[str, float]]


def measure_scores(root: Path, name: str) -> dict[str, float]:
    """The scores of one set's sample, each better when higher."""
    pages = read_pages(root, name, sample=SAMPLE, seed=_SEED)
    # As most users call it: with metadata, whose page type decides whether a page is a story.
    tools, _ = load_tools(["sanspub+metadata"])
    row = measure_accuracy(run_tools(pages, tools))[0]
    if name == "trafilatura":
        return {"snippets": row.snippets}
    scores = {"f1": row.f1, "clean": 1 - row.residue, "whole": 1 - row.loss}
    if name == _FACT_SET:
        facts = measure_sanspub(pages)
        scores |= {"title": facts.title, "date": facts.date, "authors": facts.authors}
    return scores


def load_floors() -> Scores:
    """The floors by set and score; empty where none were written yet."""
    if not FLOORS.exists():
        return {}
    return cast(Scores, json.loads(FLOORS.read_text(encoding="utf-8")))


def raise_floors(floors: Scores, measured: Scores) -> Scores:
    """The floors, each at least as high as before and as the measured score less the margin."""
    return {
        name: {
            score: max(floors.get(name, {}).get(score, 0.0), round(value - _MARGIN, 3))
            for score, value in scores.items()
        }
        for name, scores in measured.items()
    }


def main() -> int:
    """Measure, show, and raise the floors where asked; exit code 1 where one is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.floors", description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--raise", dest="is_raising", action="store_true")
    options = parser.parse_args()
    floors = load_floors()
    measured = {name: measure_scores(options.corpora, name) for name in _SETS}
    missed = 0
    for name, scores in measured.items():
        for score, value in scores.items():
            floor = floors.get(name, {}).get(score, 0.0)
            missed += value < floor
            print(
                f"{name:12} {score:9} {value:.4f}  floor {floor:.3f}{'  MISSED' * (value < floor)}"
            )
    if options.is_raising:
        text = json.dumps(raise_floors(floors, measured), indent=2) + "\n"
        FLOORS.write_text(text, encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
