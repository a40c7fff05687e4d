"""Names and short lists in the entries of a story stay; dates, prices and comments do not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.recurring import find_recurring

NAMES = ("Northlight 40", "Beacon Mini", "Lampwick S")
TOLD = "We burned the lamp for nine nights in the garden, and it went out on none of them, {}."
OPENING = (
    "<p class=t>Nine lamps were lit for this test, and three of them were worth the money.</p>"
)
GOOD = ("Burns all night long", "Light enough to carry", "Cheap to run at home")


def find(entry: str, *, sure: float = 0.9, least: int = 3) -> list[str]:
    """What is added of a page of which only the paragraphs are kept."""
    boxes = "".join(
        f"<div class=card>{entry}<p class=t>{TOLD.format(name)}</p></div>".format(
            name, good, number
        )
        for number, (name, good) in enumerate(zip(NAMES[:least], GOOD[:least], strict=True), 1)
    )
    cut = cut_blocks(parse_html(f"<body><main>{OPENING}{boxes}</main></body>"))
    kept = np.array([cut.keys[home] == "t" for home in cut.homes])
    features = SimpleNamespace(good=np.where(kept, 60.0, 0.0))
    found = find_recurring(kept, np.where(kept, sure, 0.02), cast(Any, features), cut)
    return [cut.texts[index] for index in found]


@pytest.mark.parametrize("entry", ["<h3>{}</h3>", "<div>{}</div>", "<h3><a href=/x>{}</a></h3>"])
def test_names_of_entries_are_kept(entry: str) -> None:
    assert find(entry) == list(NAMES)


def test_items_of_entries_are_kept_with_the_labels_above_them() -> None:
    found = find("<div>For it</div><ul><li>{1}</li></ul><div>Share</div>")
    assert sorted(found) == sorted([*GOOD, *["For it"] * 3])


@pytest.mark.parametrize(
    "entry",
    [
        "<div><a href=/x>{}</a></div>",
        "<figure>{}</figure>",
        "<aside>{}</aside>",
        "<div>{0}, 1{2}:30</div>",
        "<div>{0}, {2} May 2024</div>",
        "<div>${2}9.95</div>",
        "<ul><li>{2} kg</li></ul>",
        "<div>{}</div><div class=share>Share</div>",
        "<div>Share</div>",
    ],
)
def test_links_dates_prices_and_what_stands_beside_no_text_are_not(entry: str) -> None:
    assert find(entry) == []


def test_names_in_comments_and_in_fewer_boxes_are_not() -> None:
    assert find("<div>{}</div>", sure=0.5) == []
    assert find("<div>{}</div>", least=2) == []
