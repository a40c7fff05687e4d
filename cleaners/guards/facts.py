"""Guards for journalism: facts that the model denies, told by the paragraph or line before them.

When and where something takes place stands at the end of its announcement, a label and a value in
each row; numbers drawn and tables of results stand under a line that ends with a colon.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import SUBHEADS, Cut
from cleaners.cutting.tags import APART_BITS, BIT, LIST_BITS, SORT
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.measures.containers import bound_blocks, find_child
from cleaners.words.sentences import COLONS, ends_told, is_labelled

_TERM, _ITEM = SORT["dt"], SORT["li"]
# What a line with a colon leads in.
_LED = frozenset(SORT[name] for name in ("ul", "ol", "dl", "table"))
_LED_BITS = LIST_BITS | BIT["table"]
# Rows of a box at least and blocks at most; words of a label and of a value at most.
_LEAST_ROWS, _MOST_BLOCKS, _LABEL_WORDS, _VALUE_WORDS = 3, 60, 4, 25
# Words of the label of an advertisement, which may stand between story and box.
_AD_WORDS = 2
_FIGURE = re.compile(r"\d")
# Words of a line that leads in what follows, at least and at most (what says who reviews a text is
# longer), and blocks of that.
_LEAD_WORDS, _MOST_LEAD_WORDS, _LEAST_ITEMS = 3, 18, 2
# Blocks before and after both in which a paragraph of the story is looked for.
_REACH = 12


def find_closing_facts(kept: NDArray[np.bool_], features: Features, cut: Cut) -> list[int]:
    """The labels and values of the box right after the last paragraph, beside it, with a figure.

    A figure is of a time, a price or an address. Rows with links ask their reader for something.
    """
    before = bound_kept(kept)[1]
    # The last row is kept at times, and what stands under it.
    while before > 0 and not (kept[before] and ends_told(cut.texts[before])):
        before -= 1
    start = before + 1
    if not kept[before] or start == len(kept):
        return []
    around = cut.parents[cut.homes[before]]
    box = find_child(around, cut.homes[start], cut)
    if _is_label(start, box, features, cut):
        start += 1
        box = find_child(around, cut.homes[start], cut)
    if around <= 0 or box <= 0 or cut.bits[box] & APART_BITS & ~cut.bits[cut.homes[before]]:
        return []
    first, end = bound_blocks(start, box, cut, most=_MOST_BLOCKS)
    if first != start or end - start > _MOST_BLOCKS:
        return []
    inside = list(range(start, end))
    rows = _list_rows(inside, cut)
    labels = [cut.texts[row[0]] for row in rows]
    values = [row[-1] for row in rows]
    is_told = (
        len(rows) >= _LEAST_ROWS
        and len(set(labels)) == len(labels)
        and any(_FIGURE.search(cut.texts[index]) for index in values)
        and features.words[values].max() <= _VALUE_WORDS
    )
    return [index for row in rows for index in row] if is_told else []


def _is_label(index: int, box: int, features: Features, cut: Cut) -> bool:
    """Whether a block is the label of an advertisement, which its box holds nothing else but."""
    if index + 1 == len(cut.texts) or features.words[index] > _AD_WORDS or cut.link_chars[index]:
        return False
    return cut.sorts[cut.homes[index]] not in SUBHEADS and not (
        box <= cut.homes[index + 1] <= cut.ends[box]
    )


def _list_rows(inside: list[int], cut: Cut) -> list[list[int]]:
    """The unlinked rows of a box: label and value, or one block that holds both; none if unlike."""
    homes = cut.homes
    if cut.sorts[homes[inside[0]]] in SUBHEADS:
        inside = inside[1:]
    if len(inside) < _LEAST_ROWS:
        return []
    sort = cut.sorts[homes[inside[0]]]
    if any(cut.sorts[homes[index]] != sort for index in inside) or any(
        cut.link_chars[index] for index in inside
    ):
        return _list_boxed_rows(inside, cut)
    if sort == _TERM:
        rows = [[*pair] for pair in zip(inside[::2], inside[1::2], strict=False)]
        is_whole = len(inside) % 2 == 0 and all(_has_label(row, cut) for row in rows)
        return rows if is_whole else []
    if sort == _ITEM:
        return [[index] for index in inside] if all(_is_bold(each, cut) for each in inside) else []
    return _list_boxed_rows(inside, cut)


def _list_boxed_rows(inside: list[int], cut: Cut) -> list[list[int]]:
    """The unlinked rows of a box that has a box of label and value for each, all alike."""
    rows: dict[int, list[int]] = {}
    for index in inside:
        rows.setdefault(cut.parents[cut.homes[index]], []).append(index)
    marks = {cut.mark(row) for row in rows}
    if len(marks) > 1 or any(len(row) != 2 for row in rows.values()):
        return []
    own = {tuple(cut.alike[cut.homes[index]] for index in row) for row in rows.values()}
    told = [row for row in rows.values() if not any(cut.link_chars[index] for index in row)]
    return told if len(own) == 1 and all(_has_label(row, cut) for row in told) else []


def _has_label(row: list[int], cut: Cut) -> bool:
    label = cut.texts[row[0]]
    return len(label.split()) <= _LABEL_WORDS and label[-1:].isalnum() | label.endswith(COLONS)


def _is_bold(index: int, cut: Cut) -> bool:
    """Whether a block begins with a label, and has its label alone in bold."""
    text = cut.texts[index]
    return is_labelled(text) and 0 < cut.arrays.strong_chars[index] < len(text)


def find_led_facts(kept: NDArray[np.bool_], features: Features, cut: Cut) -> list[int]:
    """Unlinked lines that end with a colon, and the unlinked list or table right after each.

    The line stands beside a kept paragraph marked up like it, or what it leads in is kept.
    """
    may_lead = ~kept & cut.arrays.is_plain & (features.words >= _LEAD_WORDS)
    may_lead &= features.words <= _MOST_LEAD_WORDS
    may_lead[-1:] = False
    is_listed = (cut.arrays.home_bits & _LED_BITS) != 0
    may_lead[:-1] &= is_listed[1:] & ~is_listed[:-1]
    found: list[int] = []
    for index in may_lead.nonzero()[0].tolist():
        if cut.texts[index].endswith(COLONS):
            found += _read_led(index, kept, cut)
    return found


def _read_led(index: int, kept: NDArray[np.bool_], cut: Cut) -> list[int]:
    """A line and what it leads in, if that is beside it and either shows to be the story's."""
    home = cut.homes[index]
    around = cut.parents[home]
    box = find_child(around, cut.homes[index + 1], cut)
    if around <= 0 or box <= 0 or cut.sorts[box] not in _LED or cut.bits[home] & APART_BITS:
        return []
    start, end = bound_blocks(index + 1, box, cut)
    if start != index + 1 or end - start < _LEAST_ITEMS or any(cut.link_chars[start:end]):
        return []
    if 2 * np.count_nonzero(kept[start:end]) > end - start:
        return [index]
    mark = cut.mark(home)
    near = [*range(max(0, index - _REACH), index), *range(end, min(len(kept), end + _REACH))]
    if any(kept[each] and cut.mark(cut.homes[each]) == mark for each in near):
        return [index, *range(start, end)]
    return []
