"""Guards for journalism: turns of a talk, answers, entries and paragraphs in boxes all alike.

Templates that give every piece of a story a box of its own part what belongs together, and short
ones say little by themselves. The guards were set on 1,873 article pages with probabilities of
models that had not seen their sites.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice, takewhile

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import IS_SUBHEAD, SUBHEADS, Cut
from cleaners.cutting.keys import count_inside, find_holders
from cleaners.cutting.letters import count_among
from cleaners.cutting.tags import APART_BITS, BIT, SORT
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.measures.containers import find_child, mark_own_box
from cleaners.words.sentences import COLONS, ends_told, is_question

# Boxes all alike at least, the share of them that must hold something kept, and containers around
# a block's own that may be one: with two of those WCXB's articles lose 4 % more, and 27 of them are
# worse, 6 better.
_LEAST_BOXES, _KEPT_SHARE, _BOX_LEVELS = 3, 0.66, 4
# Words at most of what the boxes say each that is a label of theirs.
_LABEL_WORDS = 4
# So many unlinked blocks, in boxes all alike, stay where they are on average so probable.
_LEAST_TURNS, _TURNS = 3, 0.1
# So many kept pairs of a question and its answer tell how an interview marks them; further such
# pairs after the last stay from this probability on, with so many blocks of a box between at most.
_LEAST_PAIRS, _PAIR, _MOST_INSERTED = 2, 0.05, 4
# Running text in boxes like those of the kept blocks goes on from this probability on, where it is
# on average so probable; blocks of another sort that may stand between two such boxes.
_BOXED, _BOXED_MEAN, _MOST_BETWEEN = 0.05, 0.15, 1
# Words of a line in such a box that ends with a colon.
_LEAD_WORDS = 8
# By sort, whether it is a heading or an item.
_IS_LINE = IS_SUBHEAD.copy()
_IS_LINE[SORT["li"]] = True

_Mark = tuple[int, tuple[tuple[int, int], ...]]


def find_boxed(
    doubted: list[int], kept: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """Unlinked blocks in boxes all alike, most of which hold a kept block.

    Questions and answers are set so, the short ones among them too. Where the kept blocks stand
    deeper in their boxes, or less deep, only headings, items and what is marked up like some of
    them are added, and no label that several boxes have. After the last kept block only the next
    such box counts, where entries of a live report end, and running text.
    """
    last = bound_kept(kept)[1]
    wanted = [index for index in doubted if not cut.link_chars[index]]
    if not wanted:
        return []
    marks = cut.arrays.siblings
    levels = _list_boxed(wanted, kept, marks, cut)
    if not any(levels):
        return []
    at_end = _list_last(cut.homes[last], marks, cut)
    levels = [
        [
            (index, box)
            for index, box in boxed
            if index < last or box in at_end or features.good[index] > 0
        ]
        for boxed in levels
    ]
    looks = cut.arrays.looks
    kept_looks = frozenset(looks.take(cut.arrays.homes[kept]).tolist())
    parents = np.maximum(cut.arrays.parents, 0)
    boxes = cut.arrays.homes
    sure: set[int] = set()
    likely: list[tuple[int, int]] = []
    for boxed in levels:
        boxes = parents.take(boxes)
        if not boxed:
            continue
        all_of, kept_of = (np.bincount(each, minlength=len(marks)) for each in (boxes, boxes[kept]))
        for at, is_one in enumerate(_are_alike(boxed, all_of, kept_of, marks)):
            index = boxed[at][0]
            if is_one:
                sure.add(index)
            elif _IS_LINE[cut.sorts[cut.homes[index]]] or looks[cut.homes[index]] in kept_looks:
                likely.append(boxed[at])
    found: set[int] = set()
    if likely:
        # However deep in them the blocks stand.
        homes, ends = cut.arrays.homes, cut.arrays.ends
        all_of, kept_of = (count_inside(each, ends) for each in (homes, homes[kept]))
        are_alike = _are_alike(likely, all_of, kept_of, marks)
        found = {index for (index, _), is_one in zip(likely, are_alike, strict=True) if is_one}
    often = Counter(cut.texts[index] for index in found | sure)
    return sorted(sure.union(index for index in found if not _is_label(index, often, cut)))


def _list_boxed(
    wanted: list[int], kept: NDArray[np.bool_], marks: NDArray[np.int64], cut: Cut
) -> list[list[tuple[int, int]]]:
    """By level of `_BOX_LEVELS`, those of some blocks in a box like several, each with its box.

    Several with something kept in them are as many as the least number of boxes needs: on most
    pages no block has a box like these.
    """
    arrays = cut.arrays
    boxes = np.empty((_BOX_LEVELS, len(wanted)), np.int64)
    around = arrays.homes.take(wanted)
    for level in range(_BOX_LEVELS):
        # What is around the body is taken for the body, which nothing is like.
        around = arrays.parents.take(around, out=boxes[level], mode="clip")
    holders = find_holders(arrays.homes[kept], arrays.ends)
    often = count_among(marks[holders], marks.take(boxes, mode="clip"))
    found: list[list[tuple[int, int]]] = [[] for _ in range(_BOX_LEVELS)]
    likely = (often >= _LEAST_BOXES * _KEPT_SHARE).nonzero()
    rows = zip(*(each.tolist() for each in (*likely, boxes[likely])), strict=True)
    for level, at, box in rows:
        found[level].append((wanted[at], box))
    return found


def _are_alike(
    boxed: list[tuple[int, int]],
    all_of: NDArray[np.int64],
    kept_of: NDArray[np.int64],
    marks: NDArray[np.int64],
) -> list[bool]:
    """Of blocks and their boxes, whether each box is of several alike, most with a kept block.

    `all_of` and `kept_of` are how many blocks and kept blocks each container of the page holds,
    `marks` how it is marked up.
    """
    own = marks.take([box for _, box in boxed])
    full, holding = (count_among(marks[each > 0], own) for each in (all_of, kept_of))
    are_alike: list[bool] = ((full >= _LEAST_BOXES) & (holding >= _KEPT_SHARE * full)).tolist()
    return are_alike


def _is_label(index: int, often: Counter[str], cut: Cut) -> bool:
    """Whether a block of those counted says what others do in few words, and is plain text."""
    text, home = cut.texts[index], cut.homes[index]
    return (
        often[text] >= _LEAST_BOXES
        and len(text.split()) <= _LABEL_WORDS
        and not any(map(str.isdigit, text))
        and cut.sorts[home] not in SUBHEADS
        and not cut.bits[home] & (BIT["table"] | BIT["dl"])
        and not ends_told(text)
    )


def _list_last(home: int, marks: NDArray[np.int64], cut: Cut) -> set[int]:
    """The boxes around a container, and of each the next that is marked up like it."""
    boxes: set[int] = set()
    for _ in range(_BOX_LEVELS):
        home = max(0, cut.parents[home])
        boxes |= {home, _find_next(home, marks, cut)}
    return boxes


def _find_next(box: int, marks: NDArray[np.int64], cut: Cut) -> int:
    """The container right after a box, marked up like it; -1 where there is none."""
    after = cut.ends[box] + 1
    return after if after < len(marks) and marks[after] == marks[box] else -1


def find_turns(
    wider: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    is_plain: NDArray[np.bool_],
    cut: Cut,
) -> Iterator[int]:
    """Plain blocks between two kept ones, in boxes all alike beside those: turns of a talk.

    What leads elsewhere from inside a story is linked, and stands in one box.
    """
    first, last = bound_kept(wider)
    may_turn = (is_plain > wider)[first:last]
    if np.count_nonzero(may_turn) < _LEAST_TURNS:
        return
    if probabilities[first:last][may_turn].max() < _TURNS:
        return
    # By container, the kept block that was met last.
    beside: dict[int, int] = {}
    for after in wider.nonzero()[0].tolist():
        around = cut.parents[cut.homes[after]]
        before = beside.get(around, after)
        beside[around] = after
        if after - before <= _LEAST_TURNS:
            continue
        run = before + 1 + (~wider[before + 1 : after]).nonzero()[0]
        if len(run) < _LEAST_TURNS or probabilities[run].mean() < _TURNS:
            continue
        if not is_plain[before + 1 : after].all():
            continue
        inside = range(before + 1, after)
        boxes = {find_child(around, cut.homes[index], cut) for index in inside}
        marks = {(cut.sorts[box], cut.alike[box], cut.bits[box] & APART_BITS) for box in boxes}
        if len(boxes) > 1 and len(marks) == 1 and min(boxes) > 0 and not marks.pop()[2]:
            yield from run.tolist()


def find_closing_turns(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    cut: Cut,
) -> list[int]:
    """The questions and answers after the last kept block, marked up like pairs among the kept.

    Where the last kept block is a question, its answer comes first. A box may stand between two
    pairs, and each pair be one block. Prompts ask as well ("Already a subscriber?"), but are not
    set as the talk is.
    """
    last = bound_kept(kept)[1]
    near = cut.texts[last : last + 2 + _MOST_INSERTED]
    if last + 1 not in cut.line_ends and not any(map(is_question, near)):
        return []
    may_turn = ~kept & few_links & (probabilities >= _PAIR)
    if cut.line_ends and (joined := _find_joined(last, kept, may_turn, cut)):
        return joined
    may_turn[last] = True

    def list_next(start: int) -> list[int]:
        """The questions near a place that may open a turn."""
        near = range(start, min(start + 1 + _MOST_INSERTED, len(kept) - 1))
        return [at for at in near if may_turn[at] and may_turn[at + 1] and _is_pair(at, cut)]

    at = last if is_question(cut.texts[last]) else last + 1
    if not (questions := list_next(at)):
        return []
    pairs: Counter[tuple[_Mark, _Mark]] = Counter(
        _mark_pair(index, cut)
        for index in ((kept[:-1] & kept[1:]).nonzero()[0]).tolist()
        if _is_pair(index, cut)
    )
    found: list[int] = []
    while like := [each for each in questions if pairs[_mark_pair(each, cut)] >= _LEAST_PAIRS]:
        found += [index for index in (like[0], like[0] + 1) if index > last]
        questions = list_next(like[0] + 2)
    return found


def _find_joined(
    last: int, kept: NDArray[np.bool_], may_turn: NDArray[np.bool_], cut: Cut
) -> list[int]:
    """The blocks right after the last kept one that each hold a question and its answer, as others.

    A line break parts the two; so many such blocks are kept, and these are set like the last.
    """
    found = list(
        takewhile(
            lambda at: may_turn[at] and _holds_pair(at, cut) and _is_set_like(at, last, cut),
            range(last + 1, len(kept)),
        )
    )
    if not found:
        return []
    told = (at for at in sorted(cut.line_ends) if at <= last and kept[at] and _holds_pair(at, cut))
    return found if sum(1 for _ in islice(told, _LEAST_PAIRS)) >= _LEAST_PAIRS else []


def _holds_pair(index: int, cut: Cut) -> bool:
    """Whether the first line of a block asks and the last does not."""
    ends, text = cut.line_ends.get(index), cut.texts[index]
    return ends is not None and is_question(text[: ends[0]]) and not is_question(text[ends[-1] :])


def _is_set_like(index: int, other: int, cut: Cut) -> bool:
    """Whether two blocks stand in one container, or are marked up alike beside each other."""
    if cut.homes[index] == cut.homes[other]:
        return True
    return mark_own_box(index, cut) == mark_own_box(other, cut)


def _mark_pair(index: int, cut: Cut) -> tuple[_Mark, _Mark]:
    """How a block and the next are marked up."""
    return mark_own_box(index, cut), mark_own_box(index + 1, cut)


def _is_pair(index: int, cut: Cut) -> bool:
    """Whether a block asks and the next, if there is one, does not."""
    if index + 1 >= len(cut.texts):
        return False
    return is_question(cut.texts[index]) and not is_question(cut.texts[index + 1])


def find_boxed_paragraphs(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """Running text in a box of its own like the last kept block and others, among them or after.

    The label of an advertisement may stand between two of them.
    """
    first, last = bound_kept(kept)
    own = mark_own_box(last, cut)
    # A paragraph that is its own box is no more than marked up like the others.
    if len(own[1]) == 1:
        return []

    def is_like(index: int) -> bool:
        home = cut.homes[index]
        return own[1][0] == cut.look(home) and mark_own_box(index, cut) == own

    like = filter(is_like, kept.nonzero()[0].tolist())
    if sum(1 for _ in islice(like, _LEAST_BOXES)) < _LEAST_BOXES:
        return []

    def is_told(index: int) -> bool:
        return bool(may_tell[index]) and (
            features.good[index] > 0 or cut.texts[index].endswith(COLONS)
        )

    may_tell = ~kept & few_links & ((features.good > 0) | (features.words >= _LEAD_WORDS))
    start = max(0, first - 1)
    amid = start + (may_tell & (probabilities >= _BOXED_MEAN))[start:last].nonzero()[0]
    found = [index for index in amid.tolist() if is_told(index) and is_like(index)]
    before, total, number = last, 0.0, 0
    for index in range(last + 1, len(kept)):
        if index - before > 1 + _MOST_BETWEEN:
            break
        if not is_like(index):
            continue
        total, number = total + probabilities[index], number + 1
        if not is_told(index) or probabilities[index] < _BOXED or total < number * _BOXED_MEAN:
            break
        found.append(index)
        before = index
    return found
