"""Guards for journalism: boxes all alike that each hold a question and its answer, or a minute.

Interviews are told in such boxes, and the course of a match from minute to minute. What stands in
each is too short for the model to believe it; that all are set alike beside the story says what
they are. Entries often have names that modify the one they share ("entry--goal"), which part none
here: other guards, which keep a block for its mates alone, would take pull quotes and labels for
paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import IS_SUBHEAD, Cut
from cleaners.cutting.keys import number_shapes
from cleaners.cutting.tags import APART_BITS
from cleaners.features import Features
from cleaners.words.sentences import ASKED_FIRST, ASKED_LAST, ends_told, is_question

# Boxes at least, containers around a first block's own that may be one, and blocks of each.
_LEAST_TALK, _LEAST_MINUTES, _BOX_LEVELS = 3, 5, 3
_LEAST_ASKED = 2  # of the boxes of a talk
_LEAST_BLOCKS, _MOST_BLOCKS = 2, 6
# Shares of the boxes that must begin with a question or a minute, and hold a sentence after that.
_ASKED, _TIMED, _TOLD = 0.6, 0.8, 0.8
# A kept paragraph so sure stands in the container around the boxes, or in one so far out.
_SURE, _NEAR_LEVELS = 0.6, 3
_HEADING_WORDS = 12
# Characters of a minute or a time of day at most; and what one is: "90.+4", "71.", "45'", "14:05".
_MINUTE_CHARS = 12
_DIGITS = frozenset("0123456789")
_FIRST = _DIGITS | ASKED_FIRST
_MINUTE = re.compile(
    r"\d{1,3}\s?(?:\+\s?\d{1,2}\s?[.'’′]?|[.'’′](?:\s?\+\s?\d{1,2}\s?[.'’′]?)?)"
    r"|\d{1,2}[:.h]\d{2}(?:\sUhr)?"
)


def find_told_boxes(
    kept: NDArray[np.bool_], probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> list[int]:
    """The unkept blocks of unlinked boxes of questions and answers, or of minutes, by the story.

    A minute itself is none of them: it says no more than where in a match one is. The heading
    right before minutes is.
    """
    arrays = cut.arrays
    is_plain = arrays.is_plain
    # A box has no link, and can only begin with the first block of the container around its own.
    may_begin = is_plain & (arrays.home_parents > 0)
    may_begin[1:] &= arrays.homes[:-1] < arrays.home_parents[1:]
    may_begin[:-1] &= is_plain[1:]
    likely = _list_likely(_list_starts(may_begin, cut), cut)
    if not likely or _is_all_kept(_list_starts(is_plain, cut), kept):
        return []
    sure = np.sort(arrays.homes[kept & (features.good > 0) & (probabilities >= _SURE)])
    found: list[int] = []
    for boxes, around in _list_groups(likely, cut):
        if not _is_beside(around, sure, cut) or not _may_tell(boxes, cut):
            continue
        texts = cut.texts
        # Buttons to share an entry stand in each.
        said = Counter(texts[index] for box in boxes for index in box)
        inside = [index for box in boxes for index in box if 2 * said[texts[index]] <= len(boxes)]
        asked = sum(is_question(texts[box.start]) for box in boxes)
        timed = sum(_MINUTE.fullmatch(texts[box.start]) is not None for box in boxes)
        if asked >= _ASKED * len(boxes):
            found += inside
        elif timed >= _TIMED * len(boxes) and len(boxes) >= _LEAST_MINUTES:
            times = {box.start for box in boxes}
            found += [index for index in inside if index not in times]
            found += _find_heading(boxes[0].start - 1, features, cut)
    return [index for index in found if not kept[index]]


def _is_minute(text: str) -> bool:
    return text[0] in _DIGITS and len(text) <= _MINUTE_CHARS and _MINUTE.fullmatch(text) is not None


def _list_starts(is_asked: NDArray[np.bool_], cut: Cut) -> list[int]:
    """Those of some blocks that are a question or a minute, in order."""
    texts = cut.texts
    may_be = [
        index
        for index in is_asked.nonzero()[0].tolist()
        if (text := texts[index])[-1] in ASKED_LAST or text[0] in _FIRST
    ]
    return [index for index in may_be if _is_minute(texts[index]) or is_question(texts[index])]


def _is_all_kept(starts: list[int], kept: NDArray[np.bool_]) -> bool:
    """Whether all that follows each of some blocks is kept: then nothing is to be found."""
    return all(kept[start : start + _MOST_BLOCKS].all() for start in starts)


def _list_likely(starts: list[int], cut: Cut) -> list[list[int]]:
    """The boxes that some blocks begin, as far out each and with one parent and tag, in groups.

    They are as those of a talk are, and several: on most pages there are none.
    """
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for start in starts:
        before = cut.homes[start - 1] if start else 0
        box = cut.homes[start]
        for level in range(_BOX_LEVELS):
            box = cut.parents[box]
            # What holds the block before is numbered no higher than that one's container.
            if box <= before:
                break
            inside = _bound_box(box, start, cut)
            if len(inside) > _MOST_BLOCKS or any(cut.link_chars[inside.start : inside.stop]):
                break
            if len(inside) >= _LEAST_BLOCKS:
                groups[level, cut.parents[box], cut.sorts[box]].append(box)
    return [boxes for boxes in groups.values() if len(boxes) >= _LEAST_ASKED]


def _list_groups(likely: list[list[int]], cut: Cut) -> Iterator[tuple[list[range], int]]:
    """Boxes all alike, several of which are in one of some groups, and the container around."""
    is_around = np.zeros(len(cut.parents), bool)
    is_around[[cut.parents[boxes[0]] for boxes in likely]] = True
    # The body's parent is none, and the last container, which stands for it, nobody's.
    containers = is_around.take(cut.arrays.parents).nonzero()[0].tolist()
    shapes = number_shapes([cut.alike[each] for each in containers], cut.names)
    shape_of = dict(zip(containers, shapes, strict=True))
    wanted: set[tuple[int, int, int]] = set()
    for boxes in likely:
        often = Counter(shape_of[box] for box in boxes)
        place = cut.parents[boxes[0]], cut.sorts[boxes[0]]
        wanted.update((*place, each) for each, number in often.items() if number >= _LEAST_ASKED)
    groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for container, shape in shape_of.items():
        mark = cut.parents[container], cut.sorts[container], shape
        if mark in wanted:
            groups[mark].append(container)
    reached = np.maximum.accumulate(cut.arrays.homes)
    for those in groups.values():
        # Containers are numbered as they are met: the first block of one is the first that stands
        # in one of no lower number.
        starts = reached.searchsorted(those).tolist()
        bounds = (_bound_box(*each, cut) for each in zip(those, starts, strict=True))
        inside = list(filter(None, bounds))
        if len(inside) >= _LEAST_TALK and not cut.bits[those[0]] & APART_BITS:
            yield inside, cut.parents[those[0]]


def _bound_box(container: int, start: int, cut: Cut) -> range:
    """The blocks in a container, up to one more than a box of a talk has."""
    most = min(len(cut.texts), start + _MOST_BLOCKS + 1)
    end = start
    while end < most and container <= cut.homes[end] <= cut.ends[container]:
        end += 1
    return range(start, end)


def _may_tell(boxes: list[range], cut: Cut) -> bool:
    """Whether boxes are as long as those of a talk, hold no link, and mostly sentences."""
    if not all(_LEAST_BLOCKS <= len(box) <= _MOST_BLOCKS for box in boxes):
        return False
    if any(cut.link_chars[index] for box in boxes for index in box):
        return False
    told = sum(any(ends_told(cut.texts[index]) for index in box[1:]) for box in boxes)
    return told >= _TOLD * len(boxes)


def _is_beside(around: int, sure: NDArray[np.int64], cut: Cut) -> bool:
    """Whether a container, or one not far out around it, holds one of the sorted `sure` homes."""
    for _ in range(_NEAR_LEVELS):
        if around <= 0:
            return False
        if sure.searchsorted(cut.ends[around], "right") > sure.searchsorted(around):
            return True
        around = cut.parents[around]
    return False


def _find_heading(index: int, features: Features, cut: Cut) -> list[int]:
    """A block, if it is an unlinked heading."""
    if index < 0 or cut.link_chars[index] or features.words[index] > _HEADING_WORDS:
        return []
    return [index] if IS_SUBHEAD[cut.sorts[cut.homes[index]]] else []
