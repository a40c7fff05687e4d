"""A box that asks for a subscription goes whole; a story that stands in one with its ask stays."""

from __future__ import annotations

import numpy as np
import pytest

from cleaners.article import Kind, Reason
from cleaners.beside.barriers import drop_barriers
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.outline import Outline
from cleaners.shape.blocks import drop_block
from cleaners.shape.kinds import CODES

ASK = "Read on with a subscription"
STORY = (
    "<p>The mill has stood empty since the spring, and nobody has the key.</p>"
    "<p>On Monday somebody rang its bell.</p>"
)
OFFER = "<p>After that it is 12 crowns a month.</p><p>Questions? We answer from 8 to 8.</p>"
BUTTON = "<a href=/buy>See all plans</a>"


def drop(page: str) -> list[str]:
    """The blocks that fall with the line that asks."""
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    outline = Outline(
        cut=cut,
        kinds=np.full(len(cut.texts), CODES[Kind.PARAGRAPH], np.uint8),
        kept=np.array([text != "See all plans" for text in cut.texts]),
        last=len(cut.texts),
        probabilities=np.full(len(cut.texts), 0.9),
        links=np.zeros(len(cut.texts)),
    )
    blocks = tuple(
        drop_block(block, Reason.SUBSCRIBE, "x") if block.text == ASK else block
        for block in outline.make_kept()
    )
    return [
        block.text
        for block in drop_barriers(blocks, outline)
        if block.verdict.rule == "barrier" and not block.verdict.keep
    ]


def test_what_stands_in_the_box_under_the_line_that_asks_goes() -> None:
    assert len(drop(f"<div>{STORY}<div><h2>{ASK}</h2>{OFFER}{BUTTON}</div></div>")) == 2


@pytest.mark.parametrize(
    "page",
    [
        f"<div>{STORY}<div><h2>{ASK}</h2>{OFFER}</div></div>",
        f"<div>{STORY}<h2>{ASK}</h2>{OFFER}{BUTTON}</div>",
        f"<p>A deck says it in short.</p><div><h2>{ASK}</h2>{STORY}{BUTTON}</div>",
        f"<div><div><h2>{ASK}</h2>{OFFER * 3}{BUTTON}</div>{STORY}</div>",
        f"<div>{STORY}<div><h2>{ASK}</h2>{OFFER * 8}{BUTTON}</div></div>",
    ],
    ids=["nothing to press", "no box", "the story", "most of the text", "long"],
)
def test_what_may_be_the_story_stays(page: str) -> None:
    assert drop(page) == []
