"""A place on the page -> the nearest block before or after it that stands, what is passed over."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.columns import Cut

# Lines that may stand between, and characters of each at most: labels of advertisements, dates, who
# is quoted. Set with the guards that ask.
_LINE_CHARS = 60
# Share of its characters in links from which a block leads elsewhere whatever its length, and such
# blocks at most: cards of related stories.
_LINKED, _MOST_LINKED = 0.9, 8


def find_standing(
    index: int, step: int, stands: NDArray[np.bool_], cut: Cut, *, most_lines: int
) -> int:
    """The nearest block that stands, from one on in the direction `step` (-1 or 1); -1 for none.

    At most so many short lines, and some links to other stories, may stand between.
    """
    lines = linked = 0
    while 0 <= index < len(stands):
        if stands[index]:
            return index
        length = len(cut.texts[index])
        if cut.link_chars[index] >= _LINKED * length:
            linked += 1
        elif length <= _LINE_CHARS:
            lines += 1
        else:
            break
        if lines > most_lines or linked > _MOST_LINKED:
            break
        index += step
    return -1


def find_shared(container: int, blocks: tuple[int, ...], cut: Cut) -> int:
    """The innermost container around one that holds some blocks as well; 0 for the body."""
    while container > 0 and not all(
        container <= cut.homes[each] <= cut.ends[container] for each in blocks
    ):
        container = cut.parents[container]
    return max(0, container)
