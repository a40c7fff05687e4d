"""Comments under a story go; a forum's posts, and what merely counts comments, stay."""

from __future__ import annotations

import numpy as np
import pytest

from cleaners.article import Kind, Reason
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.kinds import CODES
from cleaners.outline import Outline
from cleaners.strays import drop_strays

PARAGRAPH = "<p>The harbour froze over on Monday, and {} fishermen of the town stayed at home.</p>"
NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"]
STORY = "".join(PARAGRAPH.format(number) for number in NUMBERS)
SAID = "<p>My boat has been in the ice for weeks, and nobody from the port office ever calls.</p>"
COUNT = "<div>13 Comment(s)</div>"


def drop(page: str, *, probability: float = 0.95, unkept: tuple[str, ...] = ()) -> list[str]:
    """The kept blocks that fall as comments."""
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    outline = Outline(
        cut=cut,
        kinds=np.full(len(cut.texts), CODES[Kind.PARAGRAPH], np.uint8),
        kept=np.array([text not in unkept for text in cut.texts]),
        last=len(cut.texts),
        probabilities=np.full(len(cut.texts), probability),
        links=np.minimum(1.0, np.array(cut.link_chars) / list(map(len, cut.texts))),
    )
    return [
        block.text
        for block in drop_strays(outline.make_kept(), outline)
        if block.verdict.reason is Reason.READER_COMMENT
    ]


@pytest.mark.parametrize("name", ["comments", "post-Comments clearfix", "comment_42"])
def test_what_a_comment_box_under_the_story_holds_goes(name: str) -> None:
    assert len(drop(f"{STORY}<div class='{name}'>{SAID}<div>{SAID}</div></div>")) == 2


def test_all_that_is_kept_after_a_count_of_comments_goes() -> None:
    assert len(drop(f"{STORY}{COUNT}{SAID}{SAID}", unkept=("13 Comment(s)",))) == 2


def test_box_of_another_name_or_around_the_story_is_no_comment_box() -> None:
    assert not drop(f"{STORY}<div class=commentary>{SAID}</div>")
    assert not drop(f"<div class=comments>{STORY}{SAID}</div>")


def test_box_before_the_end_of_the_story_stays() -> None:
    assert not drop(f"{STORY}<div class=comments>{SAID}</div>{SAID}")


def test_answers_on_a_page_that_the_model_doubts_or_that_says_little_itself_stay() -> None:
    page = f"{STORY}<div class=comments>{SAID}</div>"
    assert not drop(page, probability=0.7)
    assert not drop(f"{SAID}<div class=comments>{SAID}{SAID}</div>")


def test_link_to_comments_or_a_count_in_a_list_of_posts_ends_no_story() -> None:
    unkept = ("13 Comment(s)",)
    link = COUNT.replace("13 Comment(s)", "<a href=/c>13 Comment(s)</a>")
    assert not drop(f"{STORY}{link}{SAID}", unkept=unkept)
    assert not drop(STORY + 5 * f"{COUNT}{SAID}", unkept=unkept)
