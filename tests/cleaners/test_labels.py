"""Which names of a page's containers hold a word."""

from __future__ import annotations

import pytest

from cleaners.labels import read_labels

NAMES = ["", "a Caption", "caption\ncaption", "cap", "tion", " ", "by x caption", "story__body-2"]


def names_with(*pieces: str) -> list[str]:
    return [NAMES[number] for number in read_labels(NAMES).find(pieces)]


def test_names_that_hold_a_piece_are_found_once_each_and_never_across_two() -> None:
    assert names_with("caption") == ["a Caption", "caption\ncaption", "by x caption"]
    assert names_with("cap", "by") == ["a Caption", "caption\ncaption", "cap", "by x caption"]
    assert names_with("captiontion") == []
    assert names_with() == []
    assert read_labels([]).find(["caption"]) == []


def test_names_are_listed_in_lower_case() -> None:
    assert read_labels(NAMES).list_names() == [name.lower() for name in NAMES]


@pytest.mark.parametrize("letters", ["story", "body", "caption", "tion"])
def test_letters_are_known_without_what_parts_them(letters: str) -> None:
    assert letters in read_labels(NAMES).letters
    assert "story__body" not in read_labels(NAMES).letters
