"""Guards for journalism: items of lists that stand or fall together."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.letters import Ints
from cleaners.cutting.tags import BIT, SORT
from cleaners.features import Features
from cleaners.guards.crossheads import find_list_heads
from cleaners.guards.insets import find_lists
from cleaners.guards.neighbours import find_standing
from cleaners.judge import bound_kept
from cleaners.measures.containers import find_child

# Items of a list that is doubted as a whole, and of one with linked items, at least.
_LEAST_ITEMS, _LEAST_LINKED = 2, 3
# A linked item stays from this probability on.
_LINKED = 0.1
# Lists of linked names in one container, so many at least, stay from this probability on, where
# their items have no more words than this on average: lists of other stories have more. Of the
# 1,497 pages of WCXB, with networks that saw no page of the set, 12 are better for it and 2 worse.
_LEAST_LISTS, _LISTED, _NAME_WORDS = 2, 0.03, 6
# Where no list of the story stands.
_BESIDE = BIT["aside"] | BIT["nav"] | BIT["form"] | BIT["footer"]
_ITEM = SORT["li"]
_LISTS = frozenset(SORT[name] for name in ("ul", "ol", "dl"))


def find_items(
    doubted: list[int], kept: NDArray[np.bool_], _features: Features, cut: Cut
) -> list[int]:
    """Items of a list of which at least a third is kept: lists stand or fall together.

    Of a list right between two kept blocks, one kept item is enough.
    """
    is_item, lists = _read_items(cut)
    if not is_item[doubted].any():
        return []
    size = len(cut.parents)
    all_of = np.bincount(lists[is_item], minlength=size)
    kept_of = np.bincount(lists[is_item & kept], minlength=size)
    enough = (3 * kept_of >= all_of) | ((kept_of > 0) & _find_amid(lists, is_item, kept, size))
    return [index for index in doubted if is_item[index] and enough[lists[index]]]


def _read_items(cut: Cut) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """For each block whether it is a list's item, and the container around its own."""
    return cut.arrays.home_sorts == _ITEM, cut.arrays.home_parents


def find_doubted_lists(wider: NDArray[np.bool_], doubted: NDArray[np.bool_], cut: Cut) -> list[int]:
    """Items of lists between two kept blocks, links or captions between at most, all doubted.

    Lists in boxes beside the story are none.
    """
    is_item, lists = _read_items(cut)
    is_beside = (cut.arrays.home_bits & _BESIDE) != 0
    is_doubted = doubted & is_item & ~is_beside
    if np.count_nonzero(is_doubted) < _LEAST_ITEMS:
        return []
    size = len(cut.parents)
    all_of = np.bincount(lists[is_item], minlength=size)
    enough = np.bincount(lists[is_doubted], minlength=size) == np.maximum(all_of, _LEAST_ITEMS)
    first, last = _bound_lists(lists, is_item, size)
    for at in enough.nonzero()[0].tolist():
        enough[at] = all(
            find_standing(beside, step, wider, cut, most_lines=0) >= 0
            for beside, step in ((int(first[at]) - 1, -1), (int(last[at]) + 1, 1))
        )
    found: list[int] = (is_doubted & enough.take(lists)).nonzero()[0].tolist()
    return found


def find_headed_lists(
    kept: NDArray[np.bool_],
    may_head: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    features: Features,
    cut: Cut,
) -> list[int]:
    """The unkept blocks of lists between two kept blocks, and the headings right above some.

    A heading that would be kept for its list counts as kept where it is.
    """
    heads = find_list_heads(kept, may_head, features, cut)
    if not heads:
        return find_lists(kept, probabilities, cut)
    with_heads = kept.copy()
    with_heads[heads] = True
    found = find_lists(with_heads, probabilities, cut)
    listed = frozenset(found)
    return found + [index for index in heads if index + 1 in listed]


def _find_amid(
    lists: NDArray[np.int64], is_item: NDArray[np.bool_], kept: NDArray[np.bool_], size: int
) -> NDArray[np.bool_]:
    """For each of `size` containers, whether it is a list right between two kept blocks."""
    first, last = _bound_lists(lists, is_item, size)
    around = np.concatenate(([False], kept, [False]))
    is_amid: NDArray[np.bool_] = around.take(first) & around.take(last + 2)
    return is_amid


def _bound_lists(lists: Ints, is_of: NDArray[np.bool_], size: int) -> tuple[Ints, Ints]:
    """For each of `size` containers the first and the last of some blocks in it; 0 for none."""
    (places,) = is_of.nonzero()
    own = lists.take(places)
    first, last = np.zeros(size, np.int64), np.zeros(size, np.int64)
    # What is written last stays.
    first[own[::-1]] = places[::-1]
    last[own] = places
    return first, last


def find_linked_items(
    kept: NDArray[np.bool_], probabilities: NDArray[np.float64], cut: Cut
) -> list[int]:
    """The unkept linked items of lists of which a third is kept and unlinked, among those kept.

    Where half is they may be the first or the last. What is recommended or referred to is linked in
    one item and not in the next; buttons say the same each time.
    """
    may_stay = ~kept & cut.arrays.is_linked & (probabilities >= _LINKED)
    first, last = bound_kept(kept)
    may_stay[:first] = may_stay[last:] = False
    if not np.count_nonzero(may_stay):
        return []
    items = _find_items_around(cut)
    may_stay &= items > 0
    if not np.count_nonzero(may_stay):
        return []
    lists = np.maximum(cut.arrays.parents, 0).take(items) * (items > 0)
    size = len(cut.parents)
    told = kept & cut.arrays.is_plain
    all_of, kept_of = np.bincount(lists, minlength=size), np.bincount(lists[told], minlength=size)
    may_stay &= lists > 0
    may_stay &= ((3 * kept_of >= all_of) & (all_of >= _LEAST_LINKED) & (kept_of > 0)).take(lists)
    (places,) = may_stay.nonzero()
    if not len(places):
        return []
    begin, end = _bound_lists(lists, kept, size)
    own = lists[places]
    is_amid = (begin[own] < places) & (places < end[own])
    found: list[int] = places[is_amid | (2 * kept_of >= all_of)[own]].tolist()
    often = Counter(cut.texts[index] for index in found)
    return [index for index in found if often[cut.texts[index]] == 1]


def find_linked_lists(
    kept: NDArray[np.bool_], probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> list[int]:
    """The unkept lists of linked names, each right between two kept blocks and beside these.

    There are several in one container: each section of a story ends with what to buy or where to
    read on.
    """
    is_listed = ~kept & cut.arrays.is_listed & ~cut.arrays.is_apart
    first, last = bound_kept(kept)
    is_listed[:first] = is_listed[last:] = False
    is_linked = is_listed & cut.arrays.is_linked
    if np.count_nonzero(is_linked) < _LEAST_LISTS:
        return []
    # Neither the first nor the last block is one: kept blocks stand before and after.
    bounds = (is_listed[1:] != is_listed[:-1]).nonzero()[0] + 1
    starts, ends = bounds[::2], bounds[1::2]
    linked, likely, words = (
        _sum_runs(each, starts, ends) for each in (is_linked, probabilities, features.words)
    )
    may_stay = kept.take(starts - 1) & kept.take(ends) & (linked > 0)
    may_stay &= likely >= _LISTED * (ends - starts)
    may_stay &= words <= _NAME_WORDS * (ends - starts)
    beside: dict[int, list[range]] = defaultdict(list)
    for start, end in zip(starts[may_stay].tolist(), ends[may_stay].tolist(), strict=True):
        holder = cut.parents[cut.homes[start - 1]]
        if holder <= 0 or cut.parents[cut.homes[end]] != holder:
            continue
        one = find_child(holder, cut.homes[start], cut)
        if one > 0 and cut.sorts[one] in _LISTS and cut.homes[end - 1] <= cut.ends[one]:
            beside[holder].append(range(start, end))
    return [
        index
        for lists in beside.values()
        if len(lists) >= _LEAST_LISTS
        for each in lists
        for index in each
    ]


def _sum_runs(values: NDArray[Any], starts: Ints, ends: Ints) -> NDArray[np.float64]:
    """The sums of some runs of values, which end before their `ends`."""
    sums = np.concatenate(([0.0], values.cumsum()))
    runs: NDArray[np.float64] = sums.take(ends) - sums.take(starts)
    return runs


def _find_items_around(cut: Cut) -> Ints:
    """For each block the item that its container is, or stands right in; 0 where there is none."""
    arrays = cut.arrays
    parents = np.maximum(arrays.home_parents, 0)
    around = np.where(arrays.sorts.take(parents) == _ITEM, parents, 0)
    items: Ints = np.where(arrays.home_sorts == _ITEM, arrays.homes, around)
    return items
