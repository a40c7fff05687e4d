"""Blocks of a page and its reference text in, the share of each block that is article out.

A block's label is the share of its words that are matched to words of the reference, in order.
Word 4-grams that occur once on both sides are anchors; the longest chain of anchors in the same
order on both sides is kept and grown in both directions; what the reference still lacks is then
looked for in longer runs anywhere.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from benchmarks.metrics import split_fine_words

_GRAM = 4
# Words from which a run is believed without an anchor, and the least for a run that begins and
# ends with its block.
_LONG_RUN, _SHORT_RUN = 8, 4
_FREE = -1


class _Matching:
    """Which word of the page is which word of the reference."""

    def __init__(self, page: list[str], truth: list[str]) -> None:
        self.page, self.truth = page, truth
        self.matched = [_FREE] * len(page)
        self.used = [False] * len(truth)

    def put(self, here: int, there: int) -> None:
        if self.matched[here] == _FREE and not self.used[there]:
            self.matched[here] = there
            self.used[there] = True

    def grow(self) -> None:
        """Extend every match word by word, forwards and then backwards."""
        size = len(self.page)
        for step, order in ((1, range(size - 1)), (-1, range(size - 1, 0, -1))):
            for here in order:
                there = self.matched[here] + step
                if (
                    self.matched[here] != _FREE
                    and self.matched[here + step] == _FREE
                    and 0 <= there < len(self.truth)
                    and self.page[here + step] == self.truth[there]
                ):
                    self.put(here + step, there)

    def run_length(self, here: int, there: int) -> int:
        """Free words from here on that agree with free words of the reference."""
        size = 0
        while (
            here + size < len(self.page)
            and there + size < len(self.truth)
            and self.page[here + size] == self.truth[there + size]
            and self.matched[here + size] == _FREE
            and not self.used[there + size]
        ):
            size += 1
        return size


def align_blocks(blocks: Sequence[str], truth: str) -> list[float]:
    """For each block the share of its words (0..1) that belong to the reference text."""
    words = [split_fine_words(block) for block in blocks]
    owners = [index for index, block in enumerate(words) for _ in block]
    matching = _Matching([word for block in words for word in block], split_fine_words(truth))
    _match_anchors(matching)
    matching.grow()
    _match_runs(matching, owners)
    matching.grow()
    hits = Counter(
        owner for owner, there in zip(owners, matching.matched, strict=True) if there != _FREE
    )
    return [hits[index] / len(block) if block else 0.0 for index, block in enumerate(words)]


def _list_grams(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + _GRAM]) for start in range(len(words) - _GRAM + 1)]


def _match_anchors(matching: _Matching) -> None:
    page, truth = _list_grams(matching.page), _list_grams(matching.truth)
    page_counts, truth_counts = Counter(page), Counter(truth)
    places = {gram: there for there, gram in enumerate(truth) if truth_counts[gram] == 1}
    anchors = [
        (here, places[gram])
        for here, gram in enumerate(page)
        if gram in places and page_counts[gram] == 1
    ]
    for here, there in _longest_chain(anchors):
        for step in range(_GRAM):
            matching.put(here + step, there + step)


def _longest_chain(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of anchors that ascends on the reference side too (patience sorting)."""
    tails: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, (_, there) in enumerate(anchors):
        pile = bisect.bisect_left(tails, there)
        tails[pile : pile + 1] = [there]
        tops[pile : pile + 1] = [index]
        before.append(tops[pile - 1] if pile else -1)
    chain = []
    index = tops[-1] if tops else -1
    while index >= 0:
        chain.append(anchors[index])
        index = before[index]
    return chain[::-1]


def _match_runs(matching: _Matching, owners: list[int]) -> None:
    places = defaultdict(list)
    for there, gram in enumerate(_list_grams(matching.truth)):
        if not all(matching.used[there : there + _GRAM]):
            places[gram].append(there)
    starts = {0} | {index + 1 for index, (one, two) in enumerate(pairwise(owners)) if one != two}
    size = len(matching.page)
    here = 0
    while here < size:
        step = 1
        gram = tuple(matching.page[here : here + _GRAM])
        if matching.matched[here] == _FREE:
            for there in places.get(gram, ()):
                length = matching.run_length(here, there)
                ends_block = here + length == size or here + length in starts
                if length >= _LONG_RUN or (length >= _SHORT_RUN and here in starts and ends_block):
                    for offset in range(length):
                        matching.put(here + offset, there + offset)
                    step = length
                    break
        here += step
