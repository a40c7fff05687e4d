"""Guards for journalism: lines that recur in the entries of a story, each beside a kept paragraph.

What is tested, ranked or listed is told in boxes all alike, a paragraph or more in each; its name
and what speaks for and against it are short lines, and the model denies these where it has not met
the template. Of 793 articles of WCXB with probabilities of models that had not seen the set, 29 are
better for it and 3 worse, of 1,080 pages of news none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import TIME_MARK, Cut
from cleaners.cutting.keys import count_inside
from cleaners.cutting.letters import Ints, number_distinct, sort_distinct
from cleaners.cutting.tags import APART_BITS, BIT, LIST_BITS, SORT
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.measures.containers import mark_blocks, sum_containers

# Boxes at least, the share of them that must hold a kept paragraph, and the probability of these
# paragraphs on average: of readers' comments the model is less sure.
_LEAST_BOXES, _TOLD_SHARE, _SURE = 3, 0.8, 0.6
# Share of lines marked up alike that say something new, and characters of items on average: shorter
# ones are figures and labels of cards.
_DISTINCT, _ITEM_CHARS = 0.5, 15
# Times and days stand in the heads of comments and teasers, addresses in what is known of a firm.
_OTHER = re.compile(r"\b\d{1,2}:\d\d\b|://|\b(?:19|20)\d\d\W*$")
_LETTER = re.compile(r"[^\W\d_]")
_CAPTION = SORT["figcaption"]
_SET_BITS = LIST_BITS | BIT["table"]
# Other guards look at these, or nothing is the story's.
_ELSEWHERE = APART_BITS | BIT["figure"] | BIT["blockquote"]


def find_recurring(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    features: Features,
    cut: Cut,
) -> list[int]:
    """The unkept lines of boxes all alike, nearly all with a kept paragraph, in three at least.

    Only headings may be linked. Most say something new, and they stand nowhere but in such boxes
    and between two kept blocks. Headings, items, cells and running text stay, and what stands right
    before something that stays; so do labels that all boxes have, right before such a line.
    """
    arrays = cut.arrays
    is_told = kept & (features.good > 0)
    if np.count_nonzero(is_told) < _LEAST_BOXES:
        return []
    is_linked = arrays.is_linked & ~arrays.is_subhead
    may_recur = ~kept & ~is_linked & ((arrays.home_bits & _ELSEWHERE) == 0)
    may_recur &= arrays.home_sorts != _CAPTION
    first, last = bound_kept(kept)
    may_recur[:first] = False
    # The lines of the last box may stand under its paragraph.
    if np.count_nonzero(may_recur[:last]) + 1 < _LEAST_BOXES:
        return []
    own = _find_boxes(is_told, probabilities, cut).take(arrays.homes)
    may_recur &= own > 0
    if np.count_nonzero(may_recur) < _LEAST_BOXES:
        return []
    marks = number_distinct(mark_blocks(cut))
    is_outside = own == 0
    is_outside[first : last + 1] = False
    is_other = is_outside | is_linked | ((arrays.marks & TIME_MARK) != 0)
    may_recur &= np.bincount(marks, is_other).take(marks) == 0
    lines: set[int] = set()
    labels: list[int] = []
    for places in _list_lines(may_recur, own, marks, cut):
        if len({cut.texts[each] for each in places}) >= max(_LEAST_BOXES, _DISTINCT * len(places)):
            lines.update(places)
        else:
            labels += places
    is_set = arrays.is_subhead | ((arrays.home_bits & _SET_BITS) != 0)
    is_set |= features.good > 0
    stays = kept.copy()
    for index in sorted(lines, reverse=True):
        stays[index] = is_set[index] or _leads(index, stays, own)
    found = [index for index in sorted(lines) if stays[index]]
    return found + [index for index in labels if index + 1 in lines and _leads(index, stays, own)]


def _find_boxes(is_told: NDArray[np.bool_], probabilities: NDArray[np.float64], cut: Cut) -> Ints:
    """For each container the innermost entry with a kept paragraph that it is, or is in; else 0."""
    arrays = cut.arrays
    told = count_inside(arrays.homes[is_told], arrays.ends)
    blocks = count_inside(arrays.homes, arrays.ends)
    # A paragraph that is its own box has no room for a line.
    (those,) = ((told > 0) & (blocks > 1)).nonzero()
    ordered = np.sort(arrays.siblings.take(those))
    # In order, the last of so many alike is the same as the first of them.
    is_one = ordered[_LEAST_BOXES - 1 :] == ordered[: 1 - _LEAST_BOXES]
    if not np.count_nonzero(is_one):
        return np.zeros(len(arrays.parents), np.int64)
    alike = sort_distinct(ordered[_LEAST_BOXES - 1 :][is_one])
    sure = sum_containers(arrays.homes, arrays.ends, (is_told * probabilities,))[0]
    marks = arrays.siblings
    places = alike.searchsorted(marks)
    places[places == len(alike)] = 0
    places[alike.take(places) != marks] = len(alike)
    told_of, sure_of, holding, full = (
        np.bincount(places, each) for each in (told, sure, told > 0, blocks > 0)
    )
    is_entry = (sure_of >= _SURE * told_of) & (holding >= _TOLD_SHARE * full)
    # The last stands for all others.
    is_entry[len(alike) :] = False
    (entries,) = (is_entry.take(places) & (told > 0)).nonzero()
    return _spread(entries.tolist(), cut)


def _spread(entries: list[int], cut: Cut) -> Ints:
    """For each container the innermost of some, in order, that it is, or is in; else 0.

    Each is written once, so that depth costs nothing.
    """
    innermost = np.zeros(len(cut.parents), np.int64)
    around: list[int] = []
    start = 0
    for entry in (*entries, len(cut.parents)):
        while around and cut.ends[around[-1]] < entry:
            ended = around.pop()
            innermost[start : cut.ends[ended] + 1] = ended
            start = cut.ends[ended] + 1
        if around:
            innermost[start:entry] = around[-1]
        start = entry
        around.append(entry)
    return innermost


def _list_lines(
    may_recur: NDArray[np.bool_], own: Ints, marks: Ints, cut: Cut
) -> Iterator[list[int]]:
    """The lines marked up alike that stand in so many boxes, as far as they may be a story's."""
    for places in _group(may_recur.nonzero()[0], marks):
        texts = [cut.texts[each] for each in places]
        if len({int(own[each]) for each in places}) < _LEAST_BOXES:
            continue
        if any(map(_OTHER.search, texts)) or not any(map(_LETTER.search, texts)):
            continue
        is_item = cut.bits[cut.homes[places[0]]] & LIST_BITS
        if not is_item or sum(map(len, texts)) >= _ITEM_CHARS * len(texts):
            yield places


def _group(places: Ints, marks: Ints) -> Iterator[list[int]]:
    """Those of some places that have a mark in common, in order."""
    own = marks.take(places)
    order = own.argsort(kind="stable")
    (cuts,) = np.diff(own.take(order)).nonzero()
    return (some.tolist() for some in np.split(places.take(order), cuts + 1))


def _leads(index: int, stays: NDArray[np.bool_], own: Ints) -> bool:
    """Whether a block that stays stands right after another, in its box."""
    return bool(stays[index + 1 : index + 2].any() and own[index] == own[index + 1])
