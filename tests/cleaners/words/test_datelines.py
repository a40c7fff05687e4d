"""Dates of a change are told from dates of publication by the words before them."""

from __future__ import annotations

import pytest

from cleaners.words.datelines import is_sentence, load_date_words, split_dateline


def has_date(text: str) -> bool:
    return any(char.isdigit() for char in text)


@pytest.mark.parametrize("line", load_date_words().match)
def test_line_of_a_change_has_no_date_of_publication(line: str) -> None:
    found = split_dateline(line)
    assert has_date(found.changed)
    assert not has_date(found.published)


@pytest.mark.parametrize("line", load_date_words().keep)
def test_line_of_publication_keeps_its_date(line: str) -> None:
    assert has_date(split_dateline(line).published)


def test_parts_follow_the_words_whatever_their_order() -> None:
    found = split_dateline("Updated 2 May 2024, 11:00. Published 1 May 2024, 10:30")
    assert found.published == "Published 1 May 2024, 10:30"
    assert found.changed == "Updated 2 May 2024, 11:00. "


def test_no_word_is_of_both_lists() -> None:
    words = load_date_words()
    assert not words.changed & words.published
    assert not words.forenoon & words.afternoon


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The bridge in a picture taken on 3 March 2011.", True),
        ("The meeting will take place on 12 June 2025.", True),
        ("Published on Wednesday, 1 May 2024, by our own reporter in Oslo.", False),
        ("Published on 1 May 2024, in the paper edition as well.", False),
        ("Published on 1 May 2024, the book sold well.", True),
        ("Wed., 1 May 2024.", False),
        ("By Ann Lee and Bo Ek in Oslo and Bergen, 1 May 2024", False),
    ],
)
def test_sentence_with_a_date_is_no_dateline(line: str, expected: bool) -> None:
    assert is_sentence(line) is expected
