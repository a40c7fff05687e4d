"""Guards for journalism: boxes of facts in the story, a label and a value in each row.

Results, ratings and what a recipe takes are set so where no table is used. Each row says little, so
that the model doubts all of them; but a box of such rows between two paragraphs belongs to them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import SUBHEADS, Cut
from cleaners.cutting.tags import APART_BITS, BIT, LIST_BITS
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.measures.containers import bound_blocks, find_child
from cleaners.words.sentences import is_labelled

# Rows of a box at least, words of a block in one at most, and the share of them that must tell.
_LEAST_ROWS, _MOST_WORDS, _TOLD = 3, 12, 0.75
# Boxes stay if their blocks are on average so probable, the last of a story from the other on, with
# figures in that share of their rows: what counts shares or says when a page was made has .015.
# Of 3,577 labelled pages 16 are better for it, 6 worse, nearly all of them on products and offers.
_MEAN, _CLOSING_MEAN, _FIGURES = 0.025, 0.02, 1 / 3
_FIGURE = re.compile(r"\d")
# Other guards look at these.
_ELSEWHERE = LIST_BITS | BIT["table"] | BIT["figure"] | BIT["blockquote"]


def find_grids(
    kept: NDArray[np.bool_], probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> list[int]:
    """The unkept blocks of boxes of facts between two kept blocks, beside the first of them."""
    (places,) = kept.nonzero()
    (gaps,) = (places[1:] - places[:-1] > _LEAST_ROWS).nonzero()
    if not len(gaps):
        return []
    may_tell = ~kept & _mark_short(features, cut)
    found: list[int] = []
    for before, after in zip(places[gaps].tolist(), places[gaps + 1].tolist(), strict=True):
        likely = probabilities[before + 1 : after][may_tell[before + 1 : after]]
        if len(likely) < _LEAST_ROWS or likely.max() < _MEAN:
            continue
        around = cut.parents[cut.homes[before]]
        while around > 0 and cut.homes[after] > cut.ends[around]:
            around = cut.parents[around]
        boxes: dict[int, list[int]] = defaultdict(list)
        # What stands in one container beside each other stands in one box.
        known: dict[int, int] = {}
        for index in range(before + 1, after):
            holder = cut.parents[cut.homes[index]]
            box = known.get(holder, -1)
            if box < 0:
                box = find_child(around, cut.homes[index], cut)
                if holder != around:
                    known[holder] = box
            boxes[box].append(index)
        for box, those in boxes.items():
            inside = slice(those[0], those[-1] + 1)
            if (
                box > 0
                and may_tell[inside].all()
                and probabilities[inside].mean() >= _MEAN
                and _count_rows(those, cut)
            ):
                found += those
    return found


def find_closing_grid(
    kept: NDArray[np.bool_], probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> list[int]:
    """The blocks of the box of facts that ends a story, beside its last paragraph."""
    before = bound_kept(kept)[1]
    # The last row is kept at times.
    while before > 0 and kept[before] and features.words[before] <= _MOST_WORDS:
        before -= 1
    after = slice(before + 1, before + 1 + _LEAST_ROWS)
    if before + _LEAST_ROWS >= len(kept) or not kept[before] or any(cut.link_chars[after]):
        return []
    box = find_child(cut.parents[cut.homes[before]], cut.homes[before + 1], cut)
    start, end = bound_blocks(before + 1, box, cut) if box > 0 else (0, 0)
    if start <= before or probabilities[start:end].mean() < _CLOSING_MEAN:
        return []
    if not _mark_short(features, cut)[start:end].all():
        return []
    inside = list(range(start, end))
    figures = sum(_FIGURE.search(cut.texts[index]) is not None for index in inside)
    return inside if 0 < _FIGURES * _count_rows(inside, cut) <= figures else []


def _mark_short(features: Features, cut: Cut) -> NDArray[np.bool_]:
    """The short unlinked blocks that stand beside no story and in nothing that others look at."""
    is_short: NDArray[np.bool_] = features.words <= _MOST_WORDS
    is_short &= cut.arrays.is_plain
    is_short &= (cut.arrays.home_bits & (APART_BITS | _ELSEWHERE)) == 0
    return is_short


def _count_rows(inside: list[int], cut: Cut) -> int:
    """How many rows a box has that are all alike and each have a label or a figure; else 0.

    A heading may stand above them, and labels may be marked up otherwise than values.
    """
    if cut.sorts[cut.homes[inside[0]]] in SUBHEADS:
        inside = inside[1:]
    if len(inside) < _LEAST_ROWS:
        return 0
    first, last = cut.homes[inside[0]], cut.homes[inside[-1]]
    around = cut.parents[first]
    while around > 0 and not around < last <= cut.ends[around]:
        around = cut.parents[around]
    rows = Counter(find_child(around, cut.homes[index], cut) for index in inside)
    marks = Counter(map(cut.look, rows))
    number = min(marks.values())
    if len(marks) > 2 or number < _LEAST_ROWS or number < max(marks.values()):
        return 0
    if len(marks) < 2 and sum(count > 1 for count in rows.values()) < _TOLD * len(rows):
        texts = [cut.texts[index] for index in inside]
        labels = sum(map(is_labelled, texts))
        figures = sum(_FIGURE.search(text) is not None for text in texts)
        if max(labels, figures) < _TOLD * len(texts):
            return 0
    return number
