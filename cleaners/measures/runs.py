"""Blocks in, those of them that stand for the others in long runs of links out.

Menus are most of what stands around an article, and one entry is as the next. A run is told by its
ends: what the model says of those holds for the entries between. That leaves out a third of a
page's blocks, and the model, which sees a few in each direction, sees past the menu.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.letters import Ints
from cleaners.cutting.tags import SORT, SORTS

Values = NDArray[np.float64]

# Share of its characters in links, and characters at most, of an entry.
_LINKED, _ENTRY_CHARS = 0.9, 60
# Entries in a row at least that are a run: what stands between two others of those is inside.
_RUN = 4
_ITEM = SORT["li"]
# By sort of container: whether its block may be an entry.
_MAY_RUN = np.array([sort not in {"h1", "h2", "h3", "h4"} for sort in SORTS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The blocks of a page that are measured: `places`, ascending, all but the inside of runs.

    `before` and `after` say for every block which of those stand for it: the ends of its run, twice
    the one that stands in the same list where the other does not, or twice itself. For an end that
    is an item of one list with the other stand both, for a list is the story's as a whole or not at
    all. Both hold numbers of `places`.
    """

    places: Ints
    before: Ints
    after: Ints

    def spread(self, values: Values) -> Values:
        """Numbers of the measured blocks as numbers of all: means of those that stand for each."""
        if len(self.places) == len(self.before):
            return values
        spread: Values = (values.take(self.before, -1) + values.take(self.after, -1)) / 2
        return spread

    def fill(self, values: Values) -> Values:
        """The same, but the measured blocks keep their own numbers."""
        filled = self.spread(values)
        if filled is not values:
            filled[..., self.places] = values
        return filled

    def place(self, values: NDArray[np.floating], other: float) -> Values:
        """The numbers of the measured blocks, and `other` for the inside of runs."""
        if len(self.places) == len(self.before):
            return values.astype(np.float64)
        placed = np.full(len(self.before), other)
        placed[self.places] = values
        return placed

    def gather(self, values: Values) -> Values:
        """Numbers of all blocks, each given in halves to the two that stand for it, and summed."""
        count = len(self.places)
        halves = values / 2
        gathered: Values = np.zeros(count)
        for those in (self.before, self.after):
            gathered += np.bincount(those, halves, count)
        return gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is measured of some blocks: columns of a cut, as they are named there.

    `bits` are those of the blocks' containers.
    """

    texts: list[str]
    lengths: Values
    homes: Ints
    bits: Ints
    link_chars: Ints
    link_counts: Ints
    strong_chars: Ints
    marks: Ints
    inner_numbers: Ints


def find_runs(cut: Cut) -> Runs:
    """The runs of short links on a page that has at least one block.

    A heading breaks them: the story's own may be a link as well.
    """
    lengths = cut.arrays.lengths
    sorts = cut.arrays.home_sorts
    # Two more that are none at both ends.
    entry = np.zeros(len(lengths) + 4, bool)
    is_linked = cut.arrays.link_chars >= _LINKED * lengths
    entry[2:-2] = is_linked & (lengths <= _ENTRY_CHARS) & _MAY_RUN.take(sorts)
    if np.count_nonzero(entry) < _RUN:
        places = np.arange(len(lengths))
        return Runs(places=places, before=places, after=places)
    is_seen = ~(entry[1:-3] & entry[2:-2] & entry[3:-1] & (entry[:-4] | entry[4:]))
    (places,) = is_seen.nonzero()
    around = np.empty((2, len(is_seen)), np.int64)
    before, after = around
    np.subtract(is_seen.cumsum(), 1, out=before)
    np.add(before, ~is_seen, out=after)
    if len(places) < len(before):
        # Where the story's last links run on into a menu, its list goes with the story.
        lists = cut.arrays.home_parents
        ends = lists.take(places)
        with_first, with_last = ends.take(around) == lists
        before += with_last > with_first
        after -= with_first > with_last
        (numbers,) = (places[1:] - places[:-1] > 1).nonzero()
        pairs = np.array((numbers, numbers + 1))
        first, last = ends.take(pairs)
        is_item = sorts.take(places.take(pairs)) == _ITEM
        numbers = numbers[is_item[0] & is_item[1] & (first == last)]
        after[places.take(numbers)] = numbers + 1
        before[places.take(numbers + 1)] = numbers
    return Runs(places=places, before=before, after=after)


def take_blocks(cut: Cut, places: Ints) -> Seen:
    """The columns of some of the blocks of a cut."""
    arrays, texts = cut.arrays, cut.texts
    if len(places) == len(texts):
        return Seen(
            texts=texts,
            lengths=arrays.lengths.astype(np.float64),
            homes=arrays.homes,
            bits=arrays.home_bits,
            link_chars=arrays.link_chars,
            link_counts=arrays.link_counts,
            strong_chars=arrays.strong_chars,
            marks=arrays.marks,
            inner_numbers=arrays.inner_numbers,
        )
    return Seen(
        texts=[texts[place] for place in places.tolist()],
        lengths=arrays.lengths.take(places).astype(np.float64),
        homes=arrays.homes.take(places),
        bits=arrays.home_bits.take(places),
        link_chars=arrays.link_chars.take(places),
        link_counts=arrays.link_counts.take(places),
        strong_chars=arrays.strong_chars.take(places),
        marks=arrays.marks.take(places),
        inner_numbers=arrays.inner_numbers.take(places),
    )
