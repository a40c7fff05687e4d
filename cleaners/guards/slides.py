"""Guards for journalism: a story told in short boxes all alike, right under its headline.

Picture series, forecasts, what is on television and live reports are told so. Each box says little,
so that the model takes all of them for teasers; but those are links, and stand after a story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import SUBHEADS, Cut
from cleaners.cutting.tags import APART_BITS, BIT, SORT
from cleaners.features import SAME_TITLE, Features
from cleaners.measures.containers import find_child
from cleaners.words.sentences import ends_told

# Boxes at least, the share of them that must hold a sentence, and words of one at least.
_LEAST_BOXES, _TOLD_SHARE, _SENTENCE_WORDS = 3, 0.5, 2
# Share of them at most of which something is kept.
_KEPT_SHARE = 0.5
# Kept paragraphs beside each other that show that a story is told without boxes.
_PARAGRAPHS = 3
# Sentences and blocks of any sort that may stand between headline and first box: the standfirst in
# two of them, who wrote and when, things to press.
_MOST_TOLD, _MOST_BETWEEN = 2, 30
# Words from which a line is more than a label.
_LABEL_WORDS = 8
# Containers around the headline that may hold the boxes, or what holds these.
_LEVELS = 2
_TOP = SORT["h1"]
# Elements that are lines and no boxes.
_LINES = frozenset(
    SORT[name] for name in ("h1", "p", "td", "tr", "dt", "figcaption", "nav", "header", "footer")
)
_NAMES = ("others", "comments", "prompt", "appeal", "writer_box")


def find_slides(
    kept: NDArray[np.bool_], features: Features, cut: Cut, *, is_article: bool
) -> list[int]:
    """The headings and sentences of boxes that tell a story of which little else is kept.

    Labels in them, and what all of them say, are none of it. Of a box that is linked somewhere what
    is not linked stays, if that says as much as its links do. Pages that call themselves no article
    set what they offer so.
    """
    if not is_article:
        return []
    is_told = kept & (features.good > 0)
    beside = np.bincount(cut.arrays.home_parents[is_told] + 1, minlength=1)
    if beside.max() >= _PARAGRAPHS or (title := _find_title(features, cut)) < 0:
        return []
    last_start = _bound_opening(title, kept, features, cut)
    for boxes in _list_groups(title, last_start, cut):
        if _are_told(boxes, is_told, title, features, cut):
            return [index for index in _list_told(boxes, features, cut) if not kept[index]]
    return []


def _find_title(features: Features, cut: Cut) -> int:
    """The first heading of the first level that says what the page's title does; -1 for none."""
    is_title = (cut.arrays.home_sorts == _TOP) & (features.title_share >= SAME_TITLE)
    return int(is_title.argmax()) if is_title.any() else -1


def _bound_opening(title: int, kept: NDArray[np.bool_], features: Features, cut: Cut) -> int:
    """The block at which the first box has to begin, at the latest."""
    told = 0
    end = min(len(cut.texts), title + 1 + _MOST_BETWEEN)
    for index in range(title + 1, end):
        is_told = kept[index] or features.good[index] or features.words[index] > _LABEL_WORDS
        told += bool(is_told and not cut.link_chars[index])
        if told > _MOST_TOLD:
            return index
    return end - 1


def _list_groups(title: int, last_start: int, cut: Cut) -> Iterator[dict[int, list[int]]]:
    """Boxes all alike whose first begins before a block, with the blocks in each, outermost first.

    They stand in a container around the headline, or in one beside it.
    """
    parents, ends = cut.parents, cut.ends
    around = parents[cut.homes[title]]
    holders = []
    for _ in range(_LEVELS):
        if around <= 0:
            break
        holders.append(around)
        around = parents[around]
    for holder in holders:
        for depth in (1, 2):
            groups: dict[tuple[int, int, int], dict[int, list[int]]] = defaultdict(dict)
            for index in range(title + 1, len(cut.texts)):
                home = cut.homes[index]
                if not holder <= home <= ends[holder]:
                    break
                box = _find_box(home, holder, depth, cut)
                if box > 0 and cut.sorts[box] not in _LINES and cut.sorts[box] not in SUBHEADS:
                    groups[cut.mark(box)].setdefault(box, []).append(index)
            for boxes in groups.values():
                first = next(iter(boxes.values()))[0]
                if len(boxes) >= _LEAST_BOXES and first <= last_start:
                    yield boxes


def _find_box(home: int, holder: int, depth: int, cut: Cut) -> int:
    """The container so many levels inside another that a container is, or is in; -1 for none."""
    for _ in range(depth):
        holder = find_child(holder, home, cut)
    return holder


def _are_told(
    boxes: dict[int, list[int]],
    is_told: NDArray[np.bool_],
    title: int,
    features: Features,
    cut: Cut,
) -> bool:
    """Whether boxes tell a story, and all of it that is kept but a standfirst."""
    entries = list(boxes.values())
    apart = APART_BITS & ~cut.bits[cut.homes[title]]
    if any(cut.bits[box] & apart for box in boxes):
        return False
    number = [int(np.count_nonzero(is_told[entry])) for entry in entries]
    # Of boxes of which it keeps more the model has said which.
    if sum(map(bool, number)) > _KEPT_SHARE * len(boxes):
        return False
    if sum(number) < np.count_nonzero(is_told[entries[0][0] :]):
        return False
    sentences = [
        [index for index in entry if _is_sentence(index, features, cut)] for entry in entries
    ]
    if sum(map(bool, sentences)) < _TOLD_SHARE * len(boxes):
        return False
    for entry, some in zip(entries, sentences, strict=True):
        links = sum(cut.link_chars[index] for index in entry)
        if links and links > sum(len(cut.texts[index]) for index in some):
            return False
    return not _is_named(next(iter(boxes)), cut)


def _is_sentence(index: int, features: Features, cut: Cut) -> bool:
    text = cut.texts[index]
    return (
        not cut.link_chars[index]
        and not cut.bits[cut.homes[index]] & BIT["figure"]
        and ends_told(text)
        and bool(features.words[index] >= _SENTENCE_WORDS)
    )


def _is_named(box: int, cut: Cut) -> bool:
    """Whether a container, or one around it, is named for what is beside a story."""
    named = cut.list_named(*_NAMES)
    while box > 0:
        if cut.numbers[box] in named:
            return True
        box = cut.parents[box]
    return False


def _list_told(boxes: dict[int, list[int]], features: Features, cut: Cut) -> Iterator[int]:
    """The headings and the unlinked sentences of boxes, as far as they say each something new."""
    often = Counter(cut.texts[index] for entry in boxes.values() for index in entry)
    for entry in boxes.values():
        for index in entry:
            is_head = cut.sorts[cut.homes[index]] in SUBHEADS
            if often[cut.texts[index]] == 1 and (is_head or _is_sentence(index, features, cut)):
                yield index
