"""Long running text between kept paragraphs stays where nothing between these is linked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.gaps import find_plain_text

BEFORE = "<p class=t>The town bought three electric buses in the spring and runs them all day.</p>"
AFTER = "<p class=t>A fourth bus is to come next year, if the council finds the money for it.</p>"
HEAD = "<div class=card><h4>Charging</h4>{}</div>"
TEXT = (
    "The buses are charged at night in the depot behind the station, where nine posts were put up "
    "for them, and for an hour at noon at the end of the line."
)


def find(inside: str, *, below: str = "", probability: float = 0.2) -> list[str]:
    page = f"<body><main>{BEFORE}{inside}{AFTER}</main>{below}</body>"
    cut = cut_blocks(parse_html(page))
    kept = np.array([home > 0 and cut.keys[home] == "t" for home in cut.homes])
    features = SimpleNamespace(
        words=np.array([len(text.split()) for text in cut.texts], float),
        good=np.array([len(text) * text.endswith(".") for text in cut.texts], float),
        links=np.array(cut.link_chars) / [len(text) for text in cut.texts],
    )
    probabilities = np.full(len(kept), probability)
    found = find_plain_text(kept, probabilities, cast(Any, features), cut)
    return [cut.texts[index] for index in found]


def test_long_text_in_a_box_without_links_is_kept() -> None:
    assert find(HEAD.format(f"<div>{TEXT}</div>")) == [TEXT]


@pytest.mark.parametrize(
    "inside",
    [
        f"<div class=caption>{TEXT}</div>",
        HEAD.format(f"<div>{TEXT}</div><a href=/x>More</a>"),
        HEAD.format("<div>The buses are charged at night.</div>"),
        f"<aside>{HEAD.format(f'<div>{TEXT}</div>')}</aside>",
        f"<figure>{HEAD.format(f'<div>{TEXT}</div>')}</figure>",
    ],
)
def test_lone_caption_linked_box_and_short_line_are_not(inside: str) -> None:
    assert find(inside) == []


def test_text_in_a_box_that_stands_below_the_story_too_is_not() -> None:
    box = HEAD.format(f"<div class=x>{TEXT}</div>")
    assert find(box, below=box) == []


def test_text_that_links_a_word_is_kept_where_the_model_does_not_deny_it() -> None:
    linked = TEXT.replace("the depot", "<a href=/depot>the depot</a>")
    box = HEAD.format(f"<div>{linked}</div>")
    assert find(box) == [TEXT]
    assert find(box, probability=0.1) == []
    assert find(HEAD.format(f"<div><a href=/x>{TEXT}</a></div>")) == []
