"""Kicker, headline and signed day go from the lines of one block; the deck under them stays."""

from __future__ import annotations

import numpy as np
import pytest

from cleaners.article import Kind
from cleaners.beside.toplines import drop_toplines, find_topline
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.hearing.breaks import end_lines
from cleaners.outline import Outline
from cleaners.shape.kinds import CODES

TITLE = "Mill Courier | Local | Bell rings in empty mill"
TEXT = "<p>Somebody rang the bell of the mill on Monday, and nobody has had the key since May.</p>"


def drop(page: str, title: str = TITLE) -> tuple[list[str], str]:
    """The kept texts, and the headline that was found."""
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    kinds = [
        Kind.TITLE if text == "Bell rings in empty mill" else Kind.PARAGRAPH for text in cut.texts
    ]
    outline = Outline(
        cut=cut,
        kinds=np.array([CODES[kind] for kind in kinds], np.uint8),
        kept=np.array([kind is not Kind.TITLE for kind in kinds]),
        last=len(cut.texts),
        probabilities=np.full(len(cut.texts), 0.9),
        links=np.zeros(len(cut.texts)),
    )
    blocks = end_lines(outline.make_kept(), cut.line_ends)
    blocks = drop_toplines(blocks, outline, title)
    return [block.text for block in blocks if block.verdict.keep][:-1], find_topline(blocks)


@pytest.mark.parametrize("kicker", ["", "THE MILL<br>"])
def test_lines_up_to_the_headline_go(kicker: str) -> None:
    page = f"<p>{kicker}Bell rings in empty mill<br>Nobody has had the key for years</p>{TEXT}"
    assert drop(page) == (["Nobody has had the key for years"], "Bell rings in empty mill")


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<p>THE MILL<br>Bells ring again<br>Nobody has the key</p>", TITLE),
        (
            "<h1>Bell rings in empty mill</h1><p>Bell rings in empty mill,<br>nobody knows why</p>",
            TITLE,
        ),
        ("<p>THE MILL<br>Bell rings in empty mill<br>Nobody has the key</p>", ""),
    ],
    ids=["another headline", "a poem under its headline", "no title"],
)
def test_other_first_lines_stay(page: str, title: str) -> None:
    kept, headline = drop(page + TEXT, title)
    assert kept[0].count("\n") == page.count("<br>")
    assert headline == ""


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Quill | 09.03.2026, 17:42 | 3 min read",
        "Published: 2026-03-09 17:42, author: Ada Quill",
    ],
)
def test_a_line_with_writer_and_day_goes(line: str) -> None:
    kept, _ = drop(f"<p>The story of a bell that nobody rang<br>{line}</p>{TEXT}")
    assert kept == ["The story of a bell that nobody rang"]


@pytest.mark.parametrize(
    "lines",
    [
        "By Ada Quill",
        "By Ada Quill<br>Courier Staff Writer",
        "by Ada Quill, Staff Reporter<br>March 9, 2001",
        "March 9, 2001<br>By Ada Quill",
        'Date: March 9, 2001<br>Author: Ada "Inky" Quill',
    ],
)
def test_byline_post_and_day_right_under_the_headline_go(lines: str) -> None:
    page = f"<p>Bell rings in empty mill<br>{lines}<br>Nobody has had the key for years</p>{TEXT}"
    assert drop(page) == (["Nobody has had the key for years"], "Bell rings in empty mill")


@pytest.mark.parametrize(
    "page",
    [
        "<p>March 9, 2001<br>The bell rang<br>March 10, 2001<br>The bell rang</p>",
        "<p>The bell rang<br>Millers and their chief editor<br>By Monday it was still</p>",
    ],
    ids=["days that head entries", "no byline above"],
)
def test_days_and_posts_elsewhere_stay(page: str) -> None:
    assert drop(page + TEXT)[0][0].count("\n") == page.count("<br>")
