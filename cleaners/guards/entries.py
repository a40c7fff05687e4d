"""Guards for journalism: entries of a list that is told in boxes, a heading and text in each.

Shops and prices stand in such boxes as well, so that the model takes them for teasers; but those
are headed by links, and do not stand right after a paragraph of the story, beside it.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.measures.containers import bound_blocks
from cleaners.words.sentences import COLONS, ends_told, is_question

# Boxes at least, the share of them that must hold running text, and containers around a heading
# that may be one.
_LEAST_BOXES, _TOLD_SHARE, _BOX_LEVELS = 3, 0.8, 3
# So many are enough where each heading asks, inside the story or under a kept heading. Words of a
# text at least.
_LEAST_ASKED, _TEXT_WORDS = 2, 3
_HEADING_WORDS = 12
# From this probability on heading or text of the first box tells that all are the story's. Boxes of
# newsletters, teasers and writers after a story have .03 at most.
_FIRST = 0.1
# The same of the story before it, but for a heading: what the model doubts as well goes on with
# nothing.
_BEFORE = 0.6
# Share of the boxes' characters that may be links.
_BOX_LINKS = 0.5
# Blocks that may stand between the story and the first box: a picture's caption, a label.
_MOST_BETWEEN = 2
# Blocks after two boxes among which the story goes on.
_MOST_AFTER = 8


def find_entries(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """The unkept headings of boxes all alike that go on where a kept block ends, and their text.

    The model doubts each the more the more such boxes stand before it: what it says of the first
    tells what they are.
    """
    arrays = cut.arrays
    may_head = arrays.is_subhead & few_links
    may_head[: bound_kept(kept)[0] + 1] = False
    if np.count_nonzero(may_head > kept) < _LEAST_ASKED:
        return []
    may_head &= (features.words <= _HEADING_WORDS) & ~arrays.is_apart
    if np.count_nonzero(may_head > kept) < _LEAST_ASKED:
        return []
    is_text = few_links & (features.words >= _TEXT_WORDS) & ~arrays.is_subhead
    found: list[int] = []
    for boxes in _list_boxes(may_head.nonzero()[0].tolist(), cut):
        before = _find_before(boxes, kept, cut)
        if before is None:
            continue  # as most
        is_headed = bool(arrays.is_subhead[before])
        if not is_headed and probabilities[before] < _BEFORE:
            continue
        heads = list(boxes.values())
        entries = [range(*bound_blocks(head, box, cut)) for box, head in boxes.items()]
        told = [
            [index for index in entry if is_text[index] and _is_told(index, features, cut)]
            for entry in entries
        ]
        if (
            sum(map(bool, told)) >= _TOLD_SHARE * len(boxes)
            and probabilities[[heads[0], *told[0]]].max() >= _FIRST
            and len({cut.texts[index] for index in heads}) == len(heads)
            and _has_few_links(entries, cut)
            and (len(boxes) >= _LEAST_BOXES or is_headed or _is_amid(boxes, entries, kept, cut))
        ):
            for head, texts in zip(heads, told, strict=True):
                if texts:
                    found += [head, *texts]
    return [index for index in found if not kept[index]]


def _list_boxes(heads: list[int], cut: Cut) -> list[dict[int, int]]:
    """Groups of boxes all alike, beside each other, each with the first heading in it."""
    parents, sorts, names = cut.parents, cut.sorts, cut.alike
    groups: list[dict[int, int]] = []
    boxed = [(index, cut.homes[index]) for index in heads]
    for _ in range(_BOX_LEVELS):
        boxed = [(index, around) for index, box in boxed if (around := parents[box]) > 0]
        alike: dict[tuple[int, int, int], dict[int, int]] = defaultdict(dict)
        for index, box in boxed:
            alike[parents[box], sorts[box], names[box]].setdefault(box, index)
        for group in alike.values():
            if _LEAST_ASKED <= len(group) < _LEAST_BOXES:
                if all(is_question(cut.texts[index]) for index in group.values()):
                    groups.append(group)
            elif len(group) >= _LEAST_BOXES:
                groups.append(group)
                boxed = [(index, box) for index, box in boxed if box not in group]
    return groups


def _is_told(index: int, features: Features, cut: Cut) -> bool:
    text = cut.texts[index]
    return bool(features.good[index] > 0) or ends_told(text) or text.endswith(COLONS)


def _is_amid(
    boxes: dict[int, int], entries: list[range], kept: NDArray[np.bool_], cut: Cut
) -> bool:
    """Whether a kept block that stands beside boxes comes soon after the last of them."""
    around = cut.parents[next(iter(boxes))]
    near = range(entries[-1].stop, min(len(kept), entries[-1].stop + _MOST_AFTER))
    return any(kept[index] and cut.parents[cut.homes[index]] == around for index in near)


def _has_few_links(entries: list[range], cut: Cut) -> bool:
    inside = [index for entry in entries for index in entry]
    linked = sum(cut.link_chars[index] for index in inside)
    return linked <= _BOX_LINKS * sum(len(cut.texts[index]) for index in inside)


def _find_before(boxes: dict[int, int], kept: NDArray[np.bool_], cut: Cut) -> int | None:
    """The kept block right before the first of some boxes, beside it or the list it is in."""
    box, head = next(iter(boxes.items()))
    start, _ = bound_blocks(head, box, cut)
    near = range(start - 1, max(-1, start - 2 - _MOST_BETWEEN), -1)
    before = next((index for index in near if kept[index]), None)
    if before is None:
        return None
    around = cut.parents[box]
    beside = cut.parents[cut.homes[before]] in {around, cut.parents[around]}
    return before if beside else None
