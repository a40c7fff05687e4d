"""Who signs a letter is kept under each; labels, credits and what ends a sentence are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cleaners import clean_html
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.signatures import find_signatures

LETTERS = {
    "The road up the hill is not lit, and children will walk it in the dark.": "John Smith, Leeds",
    "We were told that the wall would last a century. It lasted twelve winters.": "M. Hale, Truro",
    "The bakery will sell more cake once there is no school beside it.": "Name supplied",
}
SIGNED = [*LETTERS.values()]
BOX = "<div class=letter><p>{}</p><div class=from>{}</div></div>"


def write(letter: str) -> str:
    return "".join(letter.format(*each) for each in LETTERS.items())


def list_signed(page: str, kept: tuple[str, ...] = ()) -> list[str]:
    """What is added of a page of which the sentences and some other lines are kept."""
    cut = cut_blocks(parse_html(f"<main>{page}</main>"))
    is_told = np.array([text.endswith(".") for text in cut.texts])
    words = np.array([len(text.split()) for text in cut.texts], float)
    features: Any = SimpleNamespace(words=words, good=is_told.astype(float))
    found = find_signatures(is_told | [text in kept for text in cut.texts], features, cut)
    return [cut.texts[index] for index in found]


def test_lines_under_letters_in_boxes_of_their_own_are_kept() -> None:
    assert list_signed(write(BOX)) == SIGNED
    assert list_signed(write(BOX), (SIGNED[0],)) == SIGNED[1:]


def test_last_line_under_letters_is_kept_where_those_before_are() -> None:
    page = write("<p>{}</p><p><b>{}</b></p>")
    assert list_signed(page, tuple(SIGNED[:2])) == SIGNED[2:]
    assert list_signed(page) == []
    assert list_signed(page.replace("<b>Name supplied</b>", "More"), tuple(SIGNED[:2])) == []


@pytest.mark.parametrize(
    "page",
    [
        write(BOX).replace("M. Hale, Truro", "Name supplied"),
        write("<div class=letter><p>{}</p><div class=from><a href=/x>{}</a></div></div>"),
        write("<div class=letter><p>{}</p><div class=from>{}:</div></div>"),
        write("<div class=letter><p>{}</p><div class=from>Photo: {}</div></div>"),
        write("<div class=letter><p>{}</p><ul><li>{}</ul></div>"),
        write(f"<aside>{BOX}</aside>"),
    ],
)
def test_same_linked_labelled_or_credited_lines_sign_nothing(page: str) -> None:
    assert list_signed(page) == []


def test_signatures_of_a_page_of_letters_are_kept() -> None:
    page = write("<p>{}</p><p class=signature>{}</p>")
    text = clean_html(f"<article class=story-body><h1>Letters</h1>{page}</article>").text
    assert [line for line in SIGNED if line not in text] == []
