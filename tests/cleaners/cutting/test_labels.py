"""Which names of a page's containers hold a word."""

from __future__ import annotations

import pytest

from cleaners.cutting.labels import read_labels

NAMES = ["", "a Caption", "caption\ncaption", "cap", "tion", " ", "by x caption", "story__body-2"]


def names_with(*words: str) -> list[str]:
    return [NAMES[number] for number in read_labels(NAMES).find(frozenset(words))]


def test_names_that_hold_a_word_are_found_once_each_and_never_across_two() -> None:
    assert names_with("caption") == ["a Caption", "caption\ncaption", "by x caption"]
    assert names_with("cap", "by") == ["cap", "by x caption"]
    assert names_with("captiontion") == []
    assert names_with() == []
    assert read_labels([]).find(frozenset({"caption"})) == []


@pytest.mark.parametrize("word", ["story", "body", "story-body", "story_teaser"])
def test_words_are_found_by_their_first_letters_without_what_parts_them(word: str) -> None:
    assert names_with(word) == ["story__body-2"]
    assert names_with("storybody", "tory", "stor") == []


def test_letters_of_other_scripts_part_words_as_signs_do() -> None:
    labels = read_labels(["légende", "caption-große"])
    assert labels.find(frozenset({"gende"})) == [0]
    assert labels.find(frozenset({"caption", "e"})) == [1]
