"""Guards for journalism: stories told as one list, or in parts that count: 1, 2, 3 and so on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import SUBHEADS, Cut
from cleaners.cutting.tags import BIT, SORT, SORTS
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.measures.containers import find_nearest, mark_blocks

# Share of the kept words that one list holds at least, and told items of it.
_HELD_SHARE, _LEAST_TOLD = 0.6, 3
# Lines that count at least, characters of each at most, and the share of them that stand right
# before something kept.
_LEAST_LINES, _LINE_CHARS, _LED_SHARE = 3, 90, 0.6
# Blocks under a line among which something kept is looked for.
_MOST_UNDER = 3
_NUMBER = re.compile(r"(\d{1,2})\s?[.)\-–:]\s*[^\W\d_]")


def find_story_list(
    kept: NDArray[np.bool_], few_links: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """The unlinked blocks of the list that the story is told in, marked up as kept ones of it are.

    Some editors write every paragraph into an item of one list.
    """
    words = features.words
    all_kept = words[kept].sum()
    may_hold = kept & ((cut.arrays.home_bits & BIT["li"]) != 0)
    if words[may_hold].sum() < _HELD_SHARE * all_kept:
        return []
    items = find_nearest(cut, SORT["li"])
    lists = np.maximum(cut.arrays.parents, 0).take(items)
    held = np.bincount(lists[may_hold], words[may_hold])
    own = int(held.argmax())
    is_inside = (lists == own) & (items > 0)
    told = items[is_inside & kept & (features.good > 0)]
    if held[own] < _HELD_SHARE * all_kept or len(np.unique(told)) < _LEAST_TOLD:
        return []
    looks = cut.arrays.looks
    marks = looks.take(items) * (len(SORTS) * len(cut.names)) + looks.take(cut.arrays.homes)
    is_alike = np.isin(marks, marks[is_inside & kept])
    found: list[int] = (is_inside & is_alike & few_links & ~kept).nonzero()[0].tolist()
    return found


def find_counted(kept: NDArray[np.bool_], few_links: NDArray[np.bool_], cut: Cut) -> list[int]:
    """Lines of the story marked up alike that count up or down, most soon before kept text.

    What a list of places or tips tells of is numbered so; headings and bold lines are links there
    as often.
    """
    first, last = bound_kept(kept)
    start = max(0, first - 1)
    unkept = start + (~kept[start:last]).nonzero()[0]
    if not any(
        (text := cut.texts[index])[0].isdecimal() and _NUMBER.match(text)
        for index in unkept.tolist()
    ):
        return []
    counted = [
        (index, int(counts[1]))
        for index, text in enumerate(cut.texts[start:last], start)
        if text[0].isdecimal()
        and (few_links[index] or _is_head(index, cut))
        and len(text) <= _LINE_CHARS
        and (counts := _NUMBER.match(text))
    ]
    if len(counted) < _LEAST_LINES or all(kept[index] for index, _ in counted):
        return []
    marks = mark_blocks(cut)
    runs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, number in counted:
        runs[int(marks[index])].append((index, number))
    found: list[int] = []
    for run in runs.values():
        places, numbers = zip(*run, strict=True)
        led = sum(_leads(place, kept, cut) for place in places)
        if _counts(numbers) and led >= _LED_SHARE * len(places):
            found += [place for place in places if not kept[place]]
    return found


def _is_head(index: int, cut: Cut) -> bool:
    """Whether a block is a heading, or set in bold from first to last."""
    is_strong = cut.arrays.strong_chars[index] >= len(cut.texts[index])
    return bool(is_strong) or cut.sorts[cut.homes[index]] in SUBHEADS


def _leads(index: int, kept: NDArray[np.bool_], cut: Cut) -> bool:
    """Whether something kept stands right after a line, or soon in the container around it."""
    if kept[index + 1]:
        return True
    around = cut.parents[cut.homes[index]]
    near = range(index + 2, min(len(kept), index + 1 + _MOST_UNDER))
    return any(kept[each] and around <= cut.homes[each] <= cut.ends[around] for each in near)


def _counts(numbers: Sequence[int]) -> bool:
    """Whether so many numbers that it is no chance go up, or down, by one each."""
    first, length = numbers[0], len(numbers)
    return length >= _LEAST_LINES and list(numbers) in (
        list(range(first, first + length)),
        list(range(first, first - length, -1)),
    )
