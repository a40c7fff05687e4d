"""Boxes of labels and values are kept in a story and at its end; counts and links are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from cleaners import clean_html
from cleaners.cut import cut_blocks
from cleaners.cutting.columns import Cut
from cleaners.dom import parse_html
from cleaners.guards.grids import find_closing_grid, find_grids

VOTES = {"Sara Lund": "9,114", "Mark Ellery": "8,902", "Joan Tibbs": "5,760"}
ROW = "<div class=row><div class=label>{}</div><div class=value>{}</div></div>"
BEFORE = (
    "<p>The votes were counted twice in the hall, and once more on the next day in the school.</p>"
)
AFTER = "<p>The council meets again on Monday, when those elected choose a chair among them.</p>"
LINES = [line for row in VOTES.items() for line in row]


def set_grid(row: str = ROW, head: str = "") -> str:
    return f"<div class=votes>{head}{''.join(row.format(*each) for each in VOTES.items())}</div>"


def ask(find: Any, page: str, mean: float) -> list[str]:
    """What a guard adds of a page of which the paragraphs are kept."""
    cut: Cut = cut_blocks(parse_html(f"<body><main>{page}</main></body>"))
    kept = np.array([len(text) > 60 for text in cut.texts])
    features = SimpleNamespace(words=np.array([len(text.split()) for text in cut.texts], float))
    found = find(kept, np.where(kept, 0.9, mean), cast(Any, features), cut)
    return [cut.texts[index] for index in found]


@pytest.mark.parametrize("find", [find_grids, find_closing_grid])
@pytest.mark.parametrize(
    ("grid", "is_told"),
    [
        (set_grid(), True),
        (set_grid("<div class=label>{}</div><div class=value>{}</div>"), True),
        (set_grid("<div>{}: {}</div>"), True),
        (set_grid("<div>{}: {}</div>", head="<h3>How they voted</h3>"), True),
        (set_grid("<div>{}</div>"), False),
        (set_grid("<div><a href=/x>{}</a>: {}</div>"), False),
        (set_grid("<form>{}: {}</form>"), False),
        (set_grid("<div class={1}>{0}: {1}</div>"), False),
        (set_grid("<div>{}: {}</div>").replace("Lund", "Lund " * 20), False),
    ],
)
def test_box_of_rows_alike_with_labels_or_figures_is_kept(
    find: Any, grid: str, *, is_told: bool
) -> None:
    page = BEFORE + grid + (AFTER if find is find_grids else "")
    assert bool(ask(find, page, 0.05)) is is_told
    assert ask(find, page, 0.01) == []


def test_box_in_a_story_and_at_its_end_is_looked_for_where_it_stands() -> None:
    assert ask(find_grids, BEFORE + set_grid() + AFTER, 0.05) == LINES
    assert ask(find_grids, BEFORE + set_grid(), 0.05) == []
    assert ask(find_closing_grid, BEFORE + set_grid(), 0.05) == LINES
    assert ask(find_closing_grid, f"<div>{BEFORE}</div>{set_grid()}", 0.05) == []


def test_box_without_figures_ends_no_story() -> None:
    grid = set_grid().replace("9,114", "many").replace("8,902", "some").replace("5,760", "few")
    assert ask(find_closing_grid, BEFORE + grid, 0.05) == []
    assert ask(find_grids, BEFORE + grid + AFTER, 0.05) != []


@pytest.mark.parametrize("end", [AFTER, ""])
def test_results_in_boxes_of_a_page_are_kept(end: str) -> None:
    page = (
        f"<article class=story-body><h1>Green wins</h1>{BEFORE}{AFTER}{set_grid()}{end}</article>"
    )
    assert [line for line in LINES if line not in clean_html(page).text] == []


def test_box_is_looked_for_as_deep_as_real_pages_nest_and_no_deeper() -> None:
    for levels, is_told in ((20, True), (200, False)):
        page = BEFORE + "<div>" * levels + set_grid() + "</div>" * levels + AFTER
        assert bool(ask(find_grids, page, 0.05)) is is_told
