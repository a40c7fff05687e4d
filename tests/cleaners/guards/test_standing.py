"""What is kept so far, and what the story lacks among it."""

from __future__ import annotations

import numpy as np

from cleaners.guards.standing import Standing

KEPT = np.array([False, True, False, False, True, False])


def test_only_unkept_blocks_between_the_first_and_the_last_kept_one_are_lacking() -> None:
    story = Standing(KEPT.copy())
    assert story.lacks(np.ones(6, bool)) == 2
    assert story.lacks(np.array([1, 1, 0, 0, 1, 1])) == 0
    assert story.lacks(np.array([0.0, 0.0, 0.5, 0.0, 0.0, 0.0])) == 1


def test_what_was_kept_since_is_no_longer_lacking() -> None:
    story = Standing(KEPT.copy())
    assert story.lacks(np.ones(6, bool)) == 2
    story.keep([])
    assert story.lacks(np.ones(6, bool)) == 2
    story.keep({2, 3})
    assert story.lacks(np.ones(6, bool)) == 0
    story.keep([5])
    assert story.kept.tolist() == [False, True, True, True, True, True]


def test_story_without_a_gap_lacks_nothing() -> None:
    assert Standing(np.array([False, True, True])).lacks(np.ones(3, bool)) == 0
