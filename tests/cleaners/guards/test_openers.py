"""Claims, quotations and points under a headline are kept; links, dates and forms there are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.openers import find_openers

TITLE = "<h1>No, the ferry was not sold</h1>"
STORY = "<p><b>The port owns it.</b></p><p><b>It sails at nine.</b></p>"
CLAIM = "They sold our ferry to a hotel last winter."
POINTS = ("The port still owns the ferry", "A hotel rents its hall for feasts")
BOX = f"<div class=claim-box><p>{CLAIM}</p></div>"
LIST = "<ul>{}</ul>".format("".join(f"<li>{point}</li>" for point in POINTS))


def keep_openers(page: str, probability: float = 0.2, *, is_article: bool = True) -> list[str]:
    """What is added of a page of which is kept what stands in `<b>`."""
    cut = cut_blocks(parse_html(f"<body><main>{page}</main></body>"))
    texts = cut.texts
    features = SimpleNamespace(
        words=np.array([len(text.split()) for text in texts], float),
        good=np.array([float(text.endswith(".")) for text in texts]),
        title_share=np.array([float(text in TITLE) for text in texts]),
    )
    kept = cut.arrays.strong_chars == [len(text) for text in texts]
    rates = np.full(len(texts), probability)
    found = find_openers(kept, rates, cast(Any, features), cut, is_article=is_article)
    return [texts[index] for index in found]


def test_claim_in_a_box_called_so_is_kept_above_the_story() -> None:
    assert keep_openers(TITLE + BOX + STORY) == [CLAIM]
    assert keep_openers(TITLE + BOX.replace("claim", "promo") + STORY) == []
    assert keep_openers(TITLE + BOX + STORY, 0.05) == []
    assert keep_openers(TITLE + STORY + BOX) == []
    assert keep_openers(BOX + TITLE + STORY) == []
    linked = BOX.replace("ferry", "<a href=/ferry>ferry</a>")
    assert keep_openers(TITLE + linked + STORY) == []
    assert keep_openers(TITLE + BOX.replace("div", "aside") + STORY) == []


def test_quotation_under_the_headline_is_kept() -> None:
    quoted = f"<blockquote><p>{CLAIM}</p></blockquote>"
    assert keep_openers(TITLE + quoted + STORY) == [CLAIM]
    assert keep_openers(TITLE + quoted + STORY, 0.05) == []


def test_points_are_kept_as_a_whole_or_not_at_all() -> None:
    assert keep_openers(TITLE + LIST + STORY) == [*POINTS]
    assert keep_openers(TITLE + LIST.replace("</ul>", "<li>Share</li></ul>") + STORY) == []
    assert keep_openers(TITLE + LIST.replace("The port", "<a href=/p>The port</a>") + STORY) == []
    assert keep_openers(TITLE + LIST.replace("li>", "p>").replace("ul>", "div>") + STORY) == []


def test_story_begins_where_two_kept_blocks_follow_each_other() -> None:
    deck = "<p><b>What a photo shows.</b></p>"
    assert keep_openers(TITLE + deck + BOX + STORY) == [CLAIM]
    assert keep_openers(TITLE + deck + deck + BOX + STORY) == []


def test_openers_are_asked_for_where_a_story_is_told() -> None:
    assert keep_openers(TITLE + BOX + STORY, is_article=False) == []
    assert keep_openers(TITLE + BOX + STORY * 3, is_article=False) == [CLAIM]
