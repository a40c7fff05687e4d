"""Where the words begin that a phrase leaves open."""

from __future__ import annotations

import pytest

from cleaners.matching.pattern import compile_pattern, fold_pattern
from cleaners.matching.tails import find_open_tail


@pytest.mark.parametrize(
    ("phrase", "line", "tail"),
    [
        ("follow us [*]", "follow us to town", 2),
        ("follow us [*]", "follow us", None),
        ("follow us [on (paper|*)]", "follow us on paper", None),
        ("follow us [on (paper|*)]", "follow us on ice", 3),
        ("follow * on paper", "follow me on paper", None),
        ("# of # *", "1 234 of 12 and more", 4),
        ("follow us *", "follow me home", None),
    ],
)
def test_open_tail_begins_after_the_last_word_named(
    phrase: str, line: str, tail: int | None
) -> None:
    program = compile_pattern(fold_pattern(phrase))
    assert find_open_tail(program, line.split()) == tail
