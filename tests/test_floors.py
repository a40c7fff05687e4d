"""Scores on a fixed sample of the development corpora do not fall."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.floors import load_floors, measure_scores, raise_floors

ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(os.environ.get("SANSPUB_CORPORA", ROOT.parent / "shared" / "corpora"))


@pytest.mark.corpora
@pytest.mark.skipif(not CORPORA.is_dir(), reason=f"no corpora at {CORPORA}")
@pytest.mark.parametrize("name", sorted(load_floors()))
def test_scores_stay_above_their_floor(name: str) -> None:
    scores = measure_scores(CORPORA, name)
    for score, floor in load_floors()[name].items():
        assert scores[score] >= floor, score


def test_floors_only_rise() -> None:
    floors = {"news": {"f1": 0.9, "title": 0.5}}
    risen = raise_floors(floors, {"news": {"f1": 0.8, "title": 0.7}, "blogs": {"f1": 0.5}})
    assert risen == {"news": {"f1": 0.9, "title": 0.68}, "blogs": {"f1": 0.48}}
