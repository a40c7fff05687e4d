"""Stories told in short boxes under their headline are kept; teasers, offers and side boxes not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.slides import find_slides

DAYS = {
    "Monday": "Fog on the quay.",
    "Tuesday": "Sun until the ferry leaves.",
    "Wednesday": "Gales from the west.",
}
BOX = "<div class=day><span class=n>{}</span><h3>{}</h3><p>{}</p></div>"
BOXES = "".join(BOX.format(f"{at}/3", *day) for at, day in enumerate(DAYS.items()))
TITLE, DECK = "<h1>A week of gales</h1>", "<p class=deck><b>Boats stay in.</b></p>"
SHARE = "<ul><li><a href=/f>Share</a></li><li><a href=/p>Print</a></li></ul>"
ALL = [line for day in DAYS.items() for line in day]


def keep_slides(page: str, *, is_article: bool = True) -> list[str]:
    """What is added of a page of which is kept what stands in `<b>`."""
    cut = cut_blocks(parse_html(f"<body><main>{page}</main></body>"))
    texts = cut.texts
    features = SimpleNamespace(
        words=np.array([len(text.split()) for text in texts], float),
        good=np.array([float(text.endswith(".") and len(text.split()) > 3) for text in texts]),
        title_share=np.array([float(text == "A week of gales") for text in texts]),
    )
    kept = cut.arrays.strong_chars == [len(text) for text in texts]
    found = find_slides(kept, cast(Any, features), cut, is_article=is_article)
    return [texts[index] for index in found]


@pytest.mark.parametrize(
    "page",
    [
        TITLE + DECK + BOXES,
        TITLE + DECK + SHARE + f"<div class=list>{BOXES}</div>",
        f"<article><header>{TITLE}</header><div class=list>{BOXES}</div></article>",
        TITLE + DECK + BOXES.replace("</div>", "</div><div class=ad>Advertisement</div>", 1),
        TITLE + DECK + BOXES.replace("</p>", "</p><a href=/more>Read on</a>"),
    ],
)
def test_headings_and_sentences_of_boxes_right_under_the_headline_are_kept(page: str) -> None:
    assert keep_slides(page) == ALL
    assert keep_slides(page, is_article=False) == []


@pytest.mark.parametrize(
    "page",
    [
        TITLE + DECK + BOXES.replace("Fog", "<a href=/1>Fog</a>"),
        TITLE + DECK + BOXES.replace("quay.", "quay").replace("leaves.", "leaves"),
        TITLE + DECK + f"<aside>{BOXES}</aside>",
        TITLE + DECK + f"<div class=most-read>{BOXES}</div>",
        TITLE + DECK + BOXES[: BOXES.rindex("<div")],
        TITLE + "<p>Nobody had seen it come.</p>" * 3 + BOXES,
        TITLE + DECK + BOXES + "<p><b>The harbour opens again on Monday.</b></p>",
        TITLE + DECK + BOXES.replace("<p>", "<p><b>", 2).replace("</p>", "</b></p>", 2),
        DECK + BOXES,
    ],
)
def test_boxes_of_links_labels_and_other_things_are_not(page: str) -> None:
    assert keep_slides(page) == []


def test_what_several_boxes_say_is_no_part_of_the_story() -> None:
    assert keep_slides(TITLE + DECK + BOXES.replace("</p>", "</p><p>Photo by the crew.</p>")) == ALL
