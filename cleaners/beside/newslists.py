"""Lists of other news beside a story: linked headlines with times, excerpts among them.

The model takes an excerpt for a sentence and, where little else is told, a headline too. What gives
them away is that each has a time, and that they stand in a box that the story is not in. Of 2,551
labelled pages 11 are better for it, none worse; without times, lists of questions and of what a
page presents would go.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise

import numpy as np

from cleaners.article import Block
from cleaners.cutting.columns import Cut
from cleaners.guards.neighbours import find_shared
from cleaners.measures.containers import bound_blocks
from cleaners.outline import Outline
from cleaners.words.sentences import ends_told

# Share of a headline's characters in links and its words at least, and its characters at most.
_LINKED, _HEADLINE_WORDS, _HEADLINE_CHARS = 0.4, 3, 300
_LEAST = 4  # headlines of a list, each with a time
# Blocks of a list at most for each headline, kept ones under one, and characters of each: entries
# of a ticker and answers on a forum have more.
_ENTRY_BLOCKS, _UNDER, _UNDER_CHARS = 8, 2, 400
# Characters of a line with a time beside a headline at most, and how far from the beginning and the
# end of a line that stands.
_TIME_CHARS, _TIME_START, _TIME_END = 40, 30, 20
# Characters of a story beside such lists, of a paragraph of it, how sure they are, and the share of
# them that one box holds.
_STORY_CHARS, _PARAGRAPH_CHARS, _SURE, _HELD_SHARE = 300, 60, 0.9, 0.8
_LEVELS = 50  # containers looked at from a block outwards: real pages nest less
_TIME = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])|(?<!\d)\d{1,2}([./])\d{1,2}\1(?:20)?\d\d(?!\d)"
)


def find_news_lists(kept: Mapping[int, Block], outline: Outline) -> list[int]:
    """The kept blocks of lists of news that stand in boxes of their own, beside a sure story."""
    heads = _find_heads(outline)
    if len(heads) < _LEAST:
        return []
    lists = dict(_find_lists(heads, kept, outline))
    if not lists:
        return []
    listed = frozenset(chain.from_iterable(lists.values()))
    told = [
        index
        for index, block in kept.items()
        if index not in listed
        and outline.probabilities[index] >= _SURE
        and len(block.text) >= _PARAGRAPH_CHARS
        and ends_told(block.text)
    ]
    cut = outline.cut
    story = _find_story(told, cut)
    if not story:
        return []
    return sorted(
        {
            index
            for around, inside in lists.items()
            if not cut.holds(story, around) and not cut.holds(around, story)
            for index in inside
        }
    )


def _find_heads(outline: Outline) -> list[int]:
    """The linked lines that are kept, or are next to what is: few of the links of a page."""
    is_near = outline.kept.copy()
    is_near[1:] |= outline.kept[:-1]
    is_near[:-1] |= outline.kept[1:]
    is_near[:-2] |= outline.kept[2:]
    is_near &= outline.links >= _LINKED
    if np.count_nonzero(is_near) < _LEAST:
        return []
    texts = outline.cut.texts
    return [
        index
        for index in is_near.nonzero()[0].tolist()
        if len(texts[index]) <= _HEADLINE_CHARS and _has_words(texts[index])
    ]


def _has_words(text: str) -> bool:
    """Whether a text has as many words as headlines have; no more of them are parted."""
    return len(text.split(maxsplit=_HEADLINE_WORDS - 1)) >= _HEADLINE_WORDS


def _find_lists(
    heads: Sequence[int], kept: Mapping[int, Block], outline: Outline
) -> Iterator[tuple[int, list[int]]]:
    """The containers of lists of news, and what is kept in each.

    A list is made of the headlines that share their smallest container with one beside them.
    """
    cut = outline.cut
    shared = [
        find_shared(cut.homes[one], (two,), cut, levels=_LEVELS) for one, two in pairwise(heads)
    ]
    groups: dict[int, list[int]] = defaultdict(list)
    for head, before, after in zip(heads, [0, *shared], [*shared, 0], strict=True):
        groups[max(before, after)].append(head)
    for around, some in groups.items():
        if around <= 0 or len(some) < _LEAST:
            continue
        most = _ENTRY_BLOCKS * len(some)
        start, end = bound_blocks(some[0], around, cut, most=most)
        if end - start > most:
            continue
        inside = [index for index in range(start, end) if index in kept]
        if (
            inside
            and _is_list(inside, some, kept)
            and sum(_is_timed(head, outline) for head in some) >= _LEAST
        ):
            yield around, inside


def _is_list(inside: Sequence[int], heads: Sequence[int], kept: Mapping[int, Block]) -> bool:
    """Whether little is kept under each headline, and no sentence above the first."""
    under = [0] * (len(heads) + 1)
    for index in inside:
        place = bisect_left(heads, index)
        if place < len(heads) and heads[place] == index:
            continue
        text = kept[index].text
        under[place] += 1
        if len(text) > _UNDER_CHARS or (
            not place and len(text) >= _PARAGRAPH_CHARS and ends_told(text)
        ):
            return False
    return max(under[1:]) <= _UNDER


def _is_timed(head: int, outline: Outline) -> bool:
    """Whether a time stands in a headline, or in a short line of its own beside it."""
    texts = outline.cut.texts
    return _has_time(texts[head]) or any(
        0 <= beside < len(texts)
        and len(texts[beside]) <= _TIME_CHARS
        and outline.links[beside] < _LINKED
        and _has_time(texts[beside])
        for beside in (head - 1, head + 1)
    )


def _has_time(text: str) -> bool:
    """Whether a clock time or a day in figures stands near the beginning or the end of a text."""
    is_inside = _TIME.search(text[:_TIME_START]) or _TIME.search(text[-_TIME_END:])
    return is_inside is not None


def _find_story(told: Sequence[int], cut: Cut) -> int:
    """The smallest container that holds most of some blocks, by characters; 0 for no story."""
    sizes = [0, *accumulate(len(cut.texts[index]) for index in told)]
    if sizes[-1] < _STORY_CHARS:
        return 0
    # What holds most of them holds the middle one.
    container = cut.homes[told[max(0, bisect_left(sizes, sizes[-1] / 2) - 1)]]
    homes = np.array([cut.homes[index] for index in told])
    chars = np.diff(sizes)
    for _ in range(_LEVELS):
        is_inside = (homes >= container) & (homes <= cut.ends[container])
        if container <= 0 or chars[is_inside].sum() >= _HELD_SHARE * sizes[-1]:
            return container
        container = cut.parents[container]
    return 0
