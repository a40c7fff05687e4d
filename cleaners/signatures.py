"""Guards for journalism: who signs the letters of a page of letters, a line under each.

A name and a place say nothing that a story is told in, and the last of them stands where bylines
and prompts do. That others like it stand under the letters before says what it is.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from cleaners.columns import Cut
from cleaners.credits import find_credits
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.sentences import COLONS, ends_sentence
from cleaners.tags import APART_BITS, LIST_BITS, SORTS

# Words of a line at most, and lines at least.
_MOST_WORDS, _LEAST_LINES = 8, 3
# Share of the lines, the last apart, that must be kept where letters have no boxes of their own.
_KEPT_SHARE = 0.7
_IS_TEXT = np.array([sort in {"p", "div"} for sort in SORTS])


def find_signatures(kept: NDArray[np.bool_], features: Features, cut: Cut) -> list[int]:
    """The unkept short lines marked up alike, each right under kept running text beside it.

    Each letter has a box of its own, or most of the lines are kept. Of what stands after the story
    only the next line counts.
    """
    arrays = cut.arrays
    is_told = kept & (features.good > 0)
    is_line = (features.words <= _MOST_WORDS) & (arrays.link_chars == 0) & (features.good == 0)
    is_line &= _IS_TEXT.take(arrays.home_sorts) & (
        (arrays.home_bits & (APART_BITS | LIST_BITS)) == 0
    )
    is_line[1:] &= is_told[:-1]
    is_line[0] = False
    last = bound_kept(kept)[1]
    is_line[last + 2 :] = False
    if np.count_nonzero(is_line) < _LEAST_LINES or not (is_line & ~kept).any():
        return []
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for index in np.flatnonzero(is_line).tolist():
        home, before = cut.homes[index], cut.homes[index - 1]
        box = cut.parents[home]
        text = cut.texts[index]
        is_said = ends_sentence(text) or text.endswith(COLONS)
        if box == cut.parents[before] and home != before and not is_said:
            is_strong = 2 * arrays.strong_chars[index] > len(text)
            marks = (cut.sorts[home], cut.alike[home], int(is_strong), *cut.mark(box))
            groups[marks].append(index)
    found: list[int] = []
    for lines in groups.values():
        if len(lines) < _LEAST_LINES or len({cut.texts[index] for index in lines}) < len(lines):
            continue
        if any(True for _ in find_credits([cut.texts[index] for index in lines])):
            continue
        others = lines[:-1]
        is_boxed = len({cut.parents[cut.homes[index]] for index in lines}) == len(lines)
        if is_boxed or np.count_nonzero(kept[others]) >= _KEPT_SHARE * len(others):
            found += [index for index in lines if not kept[index]]
    return found
