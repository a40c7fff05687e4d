"""Scores on a fixed sample of the development corpora do not fall."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.compare.pages import read_pages
from benchmarks.floors import load_floors, measure_scores, raise_floors
from cleaners import clean_html

ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(os.environ.get("SANSPUB_CORPORA", ROOT.parent / "shared" / "corpora"))


@pytest.mark.corpora
@pytest.mark.skipif(not CORPORA.is_dir(), reason=f"no corpora at {CORPORA}")
@pytest.mark.parametrize("name", sorted(load_floors()))
def test_scores_stay_above_their_floor(name: str) -> None:
    scores = measure_scores(CORPORA, name)
    for score, floor in load_floors()[name].items():
        assert scores[score] >= floor, score


@pytest.mark.corpora
@pytest.mark.skipif(not CORPORA.is_dir(), reason=f"no corpora at {CORPORA}")
@pytest.mark.parametrize("has_url", [True, False])
def test_no_article_is_emptied_for_its_page_type(*, has_url: bool) -> None:
    for page in read_pages(CORPORA, "daniel", sample=320) + read_pages(CORPORA, "fundus"):
        article = clean_html(page.read(), url=page.url if has_url else "")
        rules = {block.verdict.rule for block in article.removed}
        assert article.text or not any(rule.startswith("page-type-") for rule in rules), page.id


def test_floors_only_rise() -> None:
    floors = {"news": {"f1": 0.9, "title": 0.5}}
    risen = raise_floors(floors, {"news": {"f1": 0.8, "title": 0.7}, "blogs": {"f1": 0.5}})
    assert risen == {"news": {"f1": 0.9, "title": 0.68}, "blogs": {"f1": 0.48}}
