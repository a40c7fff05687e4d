"""Comments under a story go; a forum's posts, and what merely counts comments, stay."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from cleaners.article import Kind, Reason
from cleaners.beside.boxes import list_boxes
from cleaners.beside.comments import find_comments, is_story
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.outline import Outline
from cleaners.shape.kinds import CODES
from cleaners.strays import drop_strays

PARAGRAPH = "<p>The harbour froze over on Monday, and {} fishermen of the town stayed at home.</p>"
NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"]
STORY = "".join(PARAGRAPH.format(number) for number in NUMBERS)
SAID = "<p>My boat has been in the ice for weeks, and nobody from the port office ever calls.</p>"
ASKED = "<p>Submitted comments are subject to moderation before being displayed.</p>"
COUNT = f"{ASKED}<div>2 Comment(s)</div>"
UNKEPT = ("2 Comment(s)", ASKED[3:-4])


def draw(page: str, *, probability: float = 0.95, unkept: tuple[str, ...] = ()) -> Outline:
    """The outline of a page of which all but some blocks are kept."""
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    return Outline(
        cut=cut,
        kinds=np.full(len(cut.texts), CODES[Kind.PARAGRAPH], np.uint8),
        kept=np.array([text not in unkept for text in cut.texts]),
        last=len(cut.texts),
        probabilities=np.full(len(cut.texts), probability),
        links=np.minimum(1.0, np.array(cut.link_chars) / list(map(len, cut.texts))),
    )


def drop(page: str, *, probability: float = 0.95, unkept: tuple[str, ...] = ()) -> list[str]:
    """The kept blocks that fall as comments."""
    outline = draw(page, probability=probability, unkept=unkept)
    return [
        block.text
        for block in drop_strays(outline.make_kept(), outline)
        if block.verdict.reason is Reason.READER_COMMENT
    ]


@pytest.mark.parametrize(
    "name",
    ["comments", "post-Comments clearfix", "comments_42", "commentsList", "content_guidelines"],
)
def test_what_a_comment_box_under_the_story_holds_goes(name: str) -> None:
    assert len(drop(f"{STORY}<div class='{name}'>{SAID}<div>{SAID}</div></div>")) == 2


SHORT_STORY = "".join(PARAGRAPH.format(number) for number in NUMBERS[:3])


@pytest.mark.parametrize(("said", "number"), [("2 comments", 1), ("2 boats", 0)])
def test_box_under_a_short_story_goes_where_it_says_that_it_holds_comments(
    said: str, number: int
) -> None:
    box = f"<section id=comments><h2>{said}</h2>{SAID}</section>"
    page = f"<div class=comments>{SHORT_STORY}{box}</div>"
    assert len(drop(page, unkept=(said,))) == number
    assert drop(page, unkept=(said,), probability=0.7) == []


def test_box_in_a_box_around_the_story_is_a_comment_box() -> None:
    box = f"<div class=comments>{SAID}</div>"
    assert len(drop(f"<div class=comments>{STORY}{box}{box}</div>")) == 2


def test_comments_are_found_in_time_proportional_to_their_number() -> None:
    def time_drop(count: int) -> float:
        outline = draw(STORY + count * f"<div class=comments>{SAID}</div>")
        kept = {block.index: block for block in outline.make_kept()}
        start = time.process_time()
        boxes = list_boxes(outline.cut, kept)["comments"]
        assert len(find_comments(kept, outline, boxes)) == count
        return time.process_time() - start

    # The best of three: a busy machine adds time to single runs, never takes any off.
    small, large = (min(time_drop(count) for _ in range(3)) for count in (500, 4_000))
    assert large < 8 * 4 * max(small, 0.002)


def test_all_that_is_kept_after_a_count_of_comments_goes() -> None:
    assert len(drop(f"{STORY}{COUNT}{SAID}{SAID}", unkept=UNKEPT)) == 2


@pytest.mark.parametrize(
    "bar",
    [
        "<div><span>2 Comment(s)</span></div>",
        "<div>2 Comment(s)</div><div>Share this article</div>",
        f"{ASKED}<div>24 Comment(s)</div>",
        f"<div>2 Comment(s)</div>{SAID}{ASKED}",
    ],
)
def test_story_goes_on_after_a_bar_that_counts_comments(bar: str) -> None:
    unkept = (*UNKEPT, "24 Comment(s)", "Share this article")
    assert not drop(f"{STORY}{bar}{STORY}", unkept=unkept)


@pytest.mark.parametrize("name", ["expert comment", "editors-comment", "comment-negocier"])
def test_a_single_comment_is_no_comment_box(name: str) -> None:
    assert drop(f"{STORY}<div class='{name}'>{SAID}{SAID}</div>") == []


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
    link = COUNT.replace("2 Comment(s)", "<a href=/c>2 Comment(s)</a>")
    assert not drop(f"{STORY}{link}{SAID}{SAID}", unkept=UNKEPT)
    assert not drop(STORY + 5 * f"{COUNT}{SAID}{SAID}", unkept=UNKEPT)


def test_doubted_deck_takes_nothing_from_a_sure_story() -> None:
    outline = draw(f"<p>{'The whole town stays at home. ' * 12}</p>{STORY}")
    outline.probabilities[0] = 0.1
    kept = {block.index: block for block in outline.make_kept()}
    places = list(kept)
    assert not is_story(places, 3, kept, outline)
    kept[0] = replace(kept[0], kind=Kind.STANDFIRST)
    assert is_story(places, 3, kept, outline)


SIGNED = "<p>anna, 12.03.2006 14:20<br>My boat has been in the ice for weeks</p>"


@pytest.mark.parametrize(
    ("heading", "said", "number"),
    [
        ("I vostri commenti", SIGNED, 2),
        ("Komentarze:", SIGNED, 2),
        ("The boats", SIGNED, 0),
        ("Your comments", SIGNED.replace(" 14:20", ""), 0),
        ("Nobody who comments on boats has one", SIGNED, 0),
    ],
)
def test_signed_lines_under_a_heading_for_comments_go(heading: str, said: str, number: int) -> None:
    page = f"{SHORT_STORY}<h3>{heading}</h3>{said}{SAID}"
    assert len(drop(page, unkept=(heading,))) == number


def test_notice_may_stand_between_a_heading_for_comments_and_the_first_signed_line() -> None:
    notice = "<p>The views below are those of their authors.</p>"
    page = f"{SHORT_STORY}<h3>Reader comments</h3>{notice}{{}}{SIGNED}{SAID}"
    assert len(drop(page.format(""), unkept=("Reader comments",))) == 3
    assert drop(page.format(notice), unkept=("Reader comments",)) == []
