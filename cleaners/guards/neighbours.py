"""A place on the page -> the nearest block before or after it that stands, what is passed over."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.tags import BIT, SORT
from cleaners.measures.containers import bound_blocks

# Lines that may stand between, and characters of each at most: labels of advertisements, dates, who
# is quoted. Set with the guards that ask.
_LINE_CHARS = 60
# Share of its characters in links from which a block leads elsewhere whatever its length, the share
# where no more characters than a label's stand beside the link ("Read also:"), and such blocks at
# most: cards of related stories.
_LINKED, _LABELLED, _LABEL_CHARS, _MOST_LINKED = 0.9, 0.5, 30, 8
# Lines of captions that may stand between, boxes of other things, and blocks and characters of each
# of those at most: sign-ups for newsletters, appeals for donations.
_MOST_CAPTIONS, _MOST_BOXES, _BOX_BLOCKS, _BOX_CHARS = 3, 2, 8, 400
_BOXES = frozenset(SORT[name] for name in ("div", "aside", "section", "other"))


def find_standing(
    index: int,
    step: int,
    stands: NDArray[np.bool_],
    cut: Cut,
    *,
    most_lines: int,
    most_links: int = _MOST_LINKED,
) -> int:
    """The nearest block that stands, from one on in the direction `step` (-1 or 1); -1 for none.

    At most so many short lines, some captions and some links to other stories may stand between;
    where lines may, small boxes of other things may too.
    """
    asked = index - step
    lines = linked = captions = boxes = 0
    while 0 <= index < len(stands):
        if stands[index]:
            return index
        length = len(cut.texts[index])
        if most_links and _leads_elsewhere(cut.link_chars[index], length):
            linked += 1
        elif cut.bits[cut.homes[index]] & BIT["figure"]:
            captions += 1
        elif length <= _LINE_CHARS:
            lines += 1
        elif not most_lines or boxes == _MOST_BOXES:
            break
        else:
            boxes += 1
            after = _leave_box(index, step, asked, stands, cut)
            if after == index:
                break
            index = after
            continue
        if lines > most_lines or linked > most_links or captions > _MOST_CAPTIONS:
            break
        index += step
    return -1


def mark_between(kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which unkept blocks stand right between two kept ones."""
    is_between = ~kept
    is_between[1:-1] &= kept[:-2] & kept[2:]
    is_between[0] = is_between[-1] = False
    return is_between


def _leads_elsewhere(linked: int, length: int) -> bool:
    """Whether a block of so many characters is a link, alone or after a label."""
    if linked >= _LINKED * length:
        return True
    return linked >= _LABELLED * length and length - linked <= _LABEL_CHARS


def _leave_box(index: int, step: int, asked: int, stands: NDArray[np.bool_], cut: Cut) -> int:
    """Where to go on after the largest small box around a block in which nothing stands.

    It holds several blocks, as a text alone is a paragraph, but not the one that is asked for. The
    block itself where there is no such box.
    """
    after, home = index, cut.homes[index]
    while home > 0 and not home <= cut.homes[asked] <= cut.ends[home]:
        start, end = bound_blocks(index, home, cut, most=_BOX_BLOCKS)
        chars = sum(map(len, cut.texts[start:end]))
        if end - start > _BOX_BLOCKS or chars > _BOX_CHARS or stands[start:end].any():
            break
        if cut.sorts[home] in _BOXES and end - start > 1:
            after = end if step > 0 else start - 1
        home = cut.parents[home]
    return after


def find_shared(
    container: int, blocks: tuple[int, ...], cut: Cut, *, levels: int | None = None
) -> int:
    """The innermost container around one that holds some blocks as well; 0 for the body.

    With `levels` no more than so many are looked at.
    """
    homes = [cut.homes[each] for each in blocks]
    first, last = min(homes), max(homes)
    for _ in range(len(cut.parents) if levels is None else levels):
        if container <= 0 or container <= first <= last <= cut.ends[container]:
            return max(0, container)
        container = cut.parents[container]
    return 0
