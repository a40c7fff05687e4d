"""Lines above the headline go; a standfirst there, and a story above a late headline, stay."""

from __future__ import annotations

import numpy as np

from cleaners.article import Kind
from cleaners.beside.above import find_above
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.outline import Outline
from cleaners.shape.kinds import CODES

LONG = (
    "The harbour froze over on Monday for the first time in nine years, and the fishermen of the "
    "town stayed at home, they said."
)
HEADLINE = "<h1>Harbour frozen</h1>"
STORY = f"<p>{LONG}</p>" * 4


def drop(page: str, *, probability: float = 0.95, kind: Kind = Kind.PARAGRAPH) -> list[str]:
    """The kept texts that go; blocks are of a kind, but for the headline."""
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    is_title = np.array([text == "Harbour frozen" for text in cut.texts])
    outline = Outline(
        cut=cut,
        kinds=np.where(is_title, CODES[Kind.TITLE], CODES[kind]).astype(np.uint8),
        kept=~is_title,
        last=len(cut.texts),
        probabilities=np.full(len(cut.texts), probability),
        links=np.zeros(len(cut.texts)),
    )
    kept = {block.index: block for block in outline.make_kept()}
    return [kept[index].text for index in find_above(kept, outline)]


def test_lines_above_the_headline_go() -> None:
    page = f"<h2>News 24</h2><p>From our shop</p><div>{HEADLINE}{STORY}</div>"
    assert drop(page) == ["News 24", "From our shop"]


def test_sentence_and_long_line_above_the_headline_stay() -> None:
    assert drop(f"<p>The harbour froze over.</p>{HEADLINE}{STORY}") == []
    assert drop(f"<p>{'The harbour froze ' * 5}</p>{HEADLINE}{STORY}") == []
    assert drop(f"<p>The harbour froze over</p>{HEADLINE}{STORY}", kind=Kind.STANDFIRST) == []


def test_line_above_another_heading_or_under_the_headline_stays() -> None:
    assert drop(f"<p>News 24</p><h2>Harbour frozen</h2>{STORY}") == []
    assert drop(f"{HEADLINE}<p>News 24</p>{STORY}{HEADLINE}") == []


def test_lines_above_a_headline_that_no_sure_story_follows_stay() -> None:
    assert drop(f"<p>News 24</p>{HEADLINE}<p>{LONG}</p>") == []
    assert drop(f"<p>News 24</p>{HEADLINE}{STORY}", probability=0.8) == []
    assert drop(f"<p>News 24</p>{STORY}{HEADLINE}{STORY}") == []
