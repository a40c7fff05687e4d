"""Guards for journalism: headings and questions that stand between kept paragraphs.

Each says little by itself; that it stands right before a kept block, and how it is marked up, says
what it is. On 3,577 labelled pages with probabilities of models that had not seen their sites, what
is told by class or question mark moves word F1 by less than .0003 on each set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from cleaners.columns import Cut
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.sentences import is_question
from cleaners.tags import LIST_BITS, SORT, SORTS

QUESTION = 0.05
"""A question between two kept blocks stays from this probability on."""
ANSWER = 0.15
"""Running text under a heading that asks stays from this probability on."""
_TOP = SORT["h1"]
SUBHEADS = frozenset(SORT[name] for name in ("h2", "h3", "h4"))
"""Sorts of the headings below the first level."""
IS_SUBHEAD = np.isin(np.arange(len(SORTS)), list(SUBHEADS))
"""By sort, whether it is one of them."""
_CROSSHEADS = {_TOP, *SUBHEADS}
# Up to this much a heading of the first level may have in common with the title.
_OTHER_TITLE = 0.3
# Lines marked up alike between kept paragraphs, so many at least, are crossheads from this
# probability on, of so many words at most.
_MARKED, _LEAST_CROSSHEADS, _CROSSHEAD_WORDS = 0.02, 2, 12
# Headings marked up alike that head kept blocks, so many at least, stay from this probability on.
SERIES = 0.01
LINKED_SERIES = 0.2
"""The same of linked ones: what shops and sites are told of is often named by a link to it."""
_LEAST_SERIES = 3
# Blocks that may stand between a heading and what it heads, and kept blocks beside both at least.
_MOST_BETWEEN, _LEAST_BESIDE = 2, 3
# Questions and short answers to them that may stand in a row between two kept blocks.
_MOST_TURNS = 6


def find_crossheads(
    doubted: list[int], kept: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """Headings after the beginning, right before a kept block that stands close to them.

    An advertisement, a picture or a link that is set right under a heading may stand between.
    """
    first = bound_kept(kept)[0]
    # By container, the kept blocks whose own stand right inside it; first those of the body itself.
    beside = np.bincount(cut.arrays.home_parents[kept] + 1)
    found = []
    for index in doubted:
        home = cut.homes[index]
        if index < first or index + 1 >= len(kept):
            continue
        if not kept[index + 1]:
            after = _find_headed(index, kept, cut)
            if after is not None and beside[cut.parents[cut.homes[after]] + 1] >= _LEAST_BESIDE:
                found.append(index)
            continue
        if cut.sorts[home] == _TOP and features.title_share[index] > _OTHER_TITLE:
            continue
        around = max(0, cut.parents[max(0, cut.parents[home])])
        if cut.sorts[home] in _CROSSHEADS and around < cut.homes[index + 1] <= cut.ends[around]:
            found.append(index)
    return found


def _find_headed(index: int, kept: NDArray[np.bool_], cut: Cut) -> int | None:
    """The next kept block, where it is not far and its container is beside the heading."""
    home = cut.homes[index]
    if cut.sorts[home] not in _CROSSHEADS:
        return None
    (after,) = kept[index + 1 : index + 2 + _MOST_BETWEEN].nonzero()
    if not len(after):
        return None
    headed = index + 1 + int(after[0])
    return headed if cut.parents[cut.homes[headed]] == cut.parents[home] else None


def find_marked_crossheads(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """Lines of one element and class, or all in bold, each between two kept paragraphs beside it.

    They are crossheads. Labels of advertisements stand so too, but say the same each time.
    """
    is_line = _mark_between(kept) & few_links
    is_line &= (features.words <= _CROSSHEAD_WORDS) & (features.good == 0)
    (places,) = (is_line & (probabilities >= _MARKED)).nonzero()
    if len(places) < _LEAST_CROSSHEADS:
        return []
    is_strong = _mark_strong(cut)
    alike: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for index in places.tolist():
        home, before, after = (cut.homes[index + step] for step in (0, -1, 1))
        around, name = cut.parents[home], cut.alike[home]
        is_beside = around == cut.parents[before] == cut.parents[after]
        if (name or is_strong[index]) and is_beside and home not in {before, after}:
            alike[around, cut.sorts[home], name].append(index)
    return _list_distinct(alike.values(), _LEAST_CROSSHEADS, cut)


def _mark_strong(cut: Cut) -> NDArray[np.bool_]:
    """Which blocks are set in bold from first to last."""
    lengths = np.fromiter(map(len, cut.texts), np.int64, len(cut.texts))
    is_strong: NDArray[np.bool_] = cut.arrays.strong_chars >= lengths
    return is_strong


def find_list_heads(
    kept: NDArray[np.bool_], may_head: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """Headings, and lines in bold, between a kept block and an unkept list.

    Neither heading nor list stands beside a kept block on both sides without the other.
    """
    is_head = may_head & ~kept & (features.words <= _CROSSHEAD_WORDS) & (features.good == 0)
    is_head[1:] &= kept[:-1]
    is_head[0] = False
    is_head[:-1] &= ~kept[1:] & ((cut.arrays.home_bits[1:] & LIST_BITS) != 0)
    is_head[-1] = False
    is_head &= (cut.arrays.home_bits & LIST_BITS) == 0
    (places,) = is_head.nonzero()
    if not len(places):
        return []
    is_strong = _mark_strong(cut)
    return [
        index
        for index in places.tolist()
        if is_strong[index] or cut.sorts[cut.homes[index]] in _CROSSHEADS
    ]


def find_series(
    kept: NDArray[np.bool_], may_stay: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """Unkept headings marked up alike, each right before a kept block in its own container.

    The dates of a chronology are set so, and the names of what a list tells of.
    """
    first = bound_kept(kept)[0]
    is_head = ~kept & may_stay & (features.words <= _CROSSHEAD_WORDS)
    is_head[:-1] &= kept[1:]
    is_head[-1:] = is_head[:first] = False
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index in is_head.nonzero()[0].tolist():
        home, after = cut.homes[index], cut.homes[index + 1]
        around = cut.parents[home]
        if cut.sorts[home] in _CROSSHEADS and around <= after <= cut.ends[around]:
            alike[cut.sorts[home], cut.alike[home]].append(index)
    return _list_distinct(alike.values(), _LEAST_SERIES, cut)


def find_questions(kept: NDArray[np.bool_], may_stay: NDArray[np.bool_], cut: Cut) -> list[int]:
    """Unkept questions between two kept blocks beside them: what an interview asks.

    Short answers may stand between as well, but nothing else.
    """
    found: list[int] = []
    (places,) = kept.nonzero()
    gaps = np.flatnonzero(np.diff(places) > 1)
    for before, after in zip(places[gaps].tolist(), places[gaps + 1].tolist(), strict=True):
        if after - before > _MOST_TURNS + 1 or not may_stay[before + 1 : after].all():
            continue
        inside = range(before + 1, after)
        around = {cut.parents[cut.homes[index]] for index in range(before, after + 1)}
        if len(around) == 1 and any(is_question(cut.texts[index]) for index in inside):
            found += inside
    return found


def find_answers(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """The unkept running text right under a kept heading that asks, in the box of both.

    What is opened on demand is set so.
    """
    may_answer = ~kept & few_links & (features.good > 0) & (probabilities >= ANSWER)
    may_answer[1:] &= (kept & IS_SUBHEAD.take(cut.arrays.home_sorts))[:-1]
    may_answer[:1] = False
    found = []
    for index in np.flatnonzero(may_answer).tolist():
        around = cut.parents[max(0, cut.parents[cut.homes[index - 1]])]
        is_inside = around <= cut.homes[index] <= cut.ends[max(0, around)]
        if is_inside and is_question(cut.texts[index - 1]):
            found.append(index)
    return found


def _mark_between(kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which unkept blocks stand right between two kept ones."""
    is_between = ~kept
    is_between[1:-1] &= kept[:-2] & kept[2:]
    is_between[[0, -1]] = False
    return is_between


def _list_distinct(groups: Iterable[list[int]], least: int, cut: Cut) -> list[int]:
    """The blocks of those groups that hold so many, and no text twice."""
    return [
        index
        for some in groups
        if len({cut.texts[index] for index in some}) == len(some) >= least
        for index in some
    ]
