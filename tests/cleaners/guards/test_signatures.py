"""Who signs a letter is kept under each; labels, credits and what ends a sentence are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cleaners import clean_html
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.signatures import find_signatures

LETTERS = {
    "The road up the hill is not lit, and children will walk it in the dark.": "John Smith, Leeds",
    "We were told that the wall would last a century. It lasted twelve winters.": "M. Hale, Truro",
    "The bakery will sell more cake once there is no school beside it.": "Name supplied",
}
SIGNED = [*LETTERS.values()]
# Words of a sentence at most that does not count as running text.
_SHORT_WORDS = 6
BOX = "<div class=letter><p>{}</p><div class=from>{}</div></div>"


def write(letter: str) -> str:
    return "".join(letter.format(*each) for each in LETTERS.items())


PLACES = ("Leeds", "Truro", "Leeds")
PAIRED = "".join(
    f"<p>{letter}</p><p><b>{name}</b></p><p><b>{place}</b></p><h3>On {name}</h3>"
    for (letter, name), place in zip(LETTERS.items(), PLACES, strict=True)
)


def list_signed(page: str, kept: tuple[str, ...] = ()) -> list[str]:
    """What signs letters on a page of which the sentences and some other lines are kept."""
    cut = cut_blocks(parse_html(f"<main>{page}</main>"))
    is_told = np.array([text.endswith(".") for text in cut.texts])
    words = np.array([len(text.split()) for text in cut.texts], float)
    good = np.where(words > _SHORT_WORDS, is_told.astype(float), 0.0)
    features: Any = SimpleNamespace(words=words, good=good)
    found = find_signatures(is_told | [text in kept for text in cut.texts], features, cut)
    return [cut.texts[index] for index in found]


def test_lines_under_letters_in_boxes_of_their_own_are_kept() -> None:
    assert list_signed(write(BOX)) == SIGNED
    assert list_signed(write(BOX), (SIGNED[0],)) == SIGNED
    assert list_signed(write(BOX), tuple(SIGNED)) == SIGNED


def test_last_line_under_letters_is_kept_where_those_before_are() -> None:
    page = write("<p>{}</p><p><b>{}</b></p>")
    assert list_signed(page, tuple(SIGNED[:2])) == SIGNED
    assert list_signed(page) == []
    assert list_signed(page.replace("<b>Name supplied</b>", "More"), tuple(SIGNED[:2])) == []


def test_lines_led_in_by_a_dash_sign_letters_though_none_is_kept() -> None:
    page = write("<p>{}</p><p>— {}</p><p>On roads</p>")
    assert list_signed(page) == [f"— {name}" for name in SIGNED]
    assert list_signed(page.replace("— Name", "Name")) == []


def test_crossheads_of_letters_stand_between_signature_and_letter() -> None:
    heads = ("The road", "The wall", "The cake")
    letters = "".join(
        f"<p><b>{head}</b></p><p>{letter * 3}</p><p>— {name}</p>"
        for head, (letter, name) in zip(heads, LETTERS.items(), strict=True)
    )
    text = clean_html(f"<article class=story-body><h1>Letters</h1>{letters}</article>").text
    assert [head for head in heads[1:] if head not in text] == []


def test_line_under_a_letter_that_ends_in_a_short_sentence_is_kept() -> None:
    page = write("<p>{}</p><p>We thank him.</p><p><b>{}</b></p>")
    assert list_signed(page, tuple(SIGNED[:2])) == SIGNED


def test_name_and_place_under_each_letter_are_kept() -> None:
    expected = [line for pair in zip(SIGNED, PLACES, strict=True) for line in pair]
    assert list_signed(PAIRED) == expected
    assert list_signed(f"{PAIRED.removesuffix('</h3>')}</h3><p><b>More</b></p>") == expected


@pytest.mark.parametrize(
    "page",
    [
        PAIRED.replace("Truro</b>", "Leeds</b>"),
        PAIRED.replace("<b>Truro", "<b>9 shares").replace("<b>Leeds", "<b>12 shares"),
        PAIRED.replace("<p><b>Truro</b></p>", ""),
        PAIRED.replace("<b>Truro</b>", "<i>Truro</i>"),
    ],
)
def test_lines_that_say_the_same_and_single_ones_are_no_places(page: str) -> None:
    assert list_signed(page) == []


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
