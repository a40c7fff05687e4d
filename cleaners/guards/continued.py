"""Guards for journalism: a story that goes on in a second box, as metered and folded pages part it.

The box is hidden until a reader pays or presses something, or has a class of its own: so the model
takes it for something else, however much it looks like what is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import IS_SUBHEAD, Cut
from cleaners.cutting.tags import BIT, LIST_BITS
from cleaners.features import Features
from cleaners.judge import bound_kept

# Kept paragraphs marked up alike at least, and their share of all that are kept: then paragraphs
# marked up so are the story's wherever they stand.
_LEAST, _SHARE = 3, 0.5
# Blocks at most from one paragraph to the next, and where no class tells the story's own.
_REACH, _PLAIN_REACH = 12, 3
# Running paragraphs that the story goes on with at least, words of each on average, and the same
# where no class tells the story's own.
_TOLD, _TOLD_WORDS, _PLAIN_TOLD, _PLAIN_WORDS = 2, 8, 3, 12
# Words of a line at least that is marked up like the story's paragraphs, of a line right before one
# at most, and containers looked at from a block outwards.
_LINE_WORDS, _HEAD_WORDS, _MOST_AROUND = 3, 12, 60
# Probability of the kept paragraphs on average, and of the last of them, at least.
_SURE, _SURE_LAST = 0.6, 0.5
# Boxes named so hold something else than the story.
_NAMES = ("others", "prompt", "writer_box", "comments", "fact_box")
_APART = BIT["aside"] | BIT["nav"] | BIT["form"] | BIT["footer"]


@dataclass(frozen=True, slots=True)
class _Story:
    """How most kept paragraphs are marked up, and whether a class tells that from other text.

    `own` are sort and name of the container of each, `around` those of the one around it where it
    takes both to tell; `paragraphs` are those marked up so, `home` the container of the last block.
    """

    own: tuple[int, int]
    around: tuple[int, int] | None
    paragraphs: list[int]
    is_named: bool
    home: int

    def is_like(self, home: int, cut: Cut) -> bool:
        """Whether a container is marked up so."""
        if cut.look(home) != self.own:
            return False
        return self.around is None or cut.look(max(0, cut.parents[home])) == self.around


def find_continued(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """The blocks after the last kept one with which the story goes on, and crossheads among them.

    Their own tag and class are those of most kept paragraphs; where no class tells, they stand in
    one box nested in the story's own or beside it. No box around them is named for other things.
    """
    last = bound_kept(kept)[1]
    may_tell = few_links & (features.good > 0)
    if not np.count_nonzero(may_tell[last + 1 : last + 2 + _REACH]):
        return []
    told = (kept & (features.good > 0)).nonzero()[0].tolist()
    if not _may_go_on(told, last, few_links, features, cut):
        return []
    story = _read_story(told, last, cut)
    if story is None or not _is_sure(probabilities[story.paragraphs]):
        return []
    found = list(_list_further(kept, few_links, features, cut, story))
    further = [index for index in found if may_tell[index]]
    least, words = (_TOLD, _TOLD_WORDS) if story.is_named else (_PLAIN_TOLD, _PLAIN_WORDS)
    if len(further) < least or features.words[further].mean() < words:
        return []
    return found + _list_heads([last, *found], kept, few_links, features, cut)


def _may_go_on(
    told: list[int], last: int, few_links: NDArray[np.bool_], features: Features, cut: Cut
) -> bool:
    """Whether a block soon after the last kept one is nested in it, or like a `told` paragraph.

    On most pages none is.
    """
    homes = [
        cut.homes[index]
        for index in range(last + 1, min(len(few_links), last + 1 + _REACH))
        if few_links[index] and (features.words[index] >= _LINE_WORDS or features.good[index] > 0)
    ]
    if any(cut.parents[home] == cut.homes[last] for home in homes):
        return True
    looks = {cut.look(home) for home in homes}
    return any(cut.look(cut.homes[index]) in looks for index in told)


def _is_sure(probabilities: NDArray[np.float64]) -> bool:
    """Whether the model is sure of paragraphs, and of the last: it is of no list of comments."""
    return float(probabilities.mean()) >= _SURE and float(probabilities[-1]) >= _SURE_LAST


def _read_story(told: list[int], last: int, cut: Cut) -> _Story | None:
    """How most of the `told` paragraphs are marked up; None where they have too little in common.

    Templates give the paragraph or a box around each the class.
    """
    if len(told) < _LEAST:
        return None
    least = max(_LEAST, _SHARE * len(told))
    homes = [cut.homes[index] for index in told]
    looks = [cut.look(home) for home in homes]
    own, number = Counter(looks).most_common(1)[0]
    if number < least:
        return None
    first = homes[looks.index(own)]
    is_named = bool(cut.keys[first].strip())
    if not is_named and cut.keys[max(0, cut.parents[first])].strip():
        pairs = [
            (look, cut.look(max(0, cut.parents[home])))
            for look, home in zip(looks, homes, strict=True)
        ]
        pair, boxed = Counter(pairs).most_common(1)[0]
        those = [at for at, each in enumerate(pairs) if each == pair]
        if boxed >= least and len({cut.parents[homes[at]] for at in those}) >= _LEAST:
            paragraphs = [told[at] for at in those]
            return _Story(*pair, paragraphs, is_named=True, home=cut.homes[last])
    paragraphs = [index for index, look in zip(told, looks, strict=True) if look == own]
    return _Story(own, None, paragraphs, is_named=is_named, home=cut.homes[last])


def _list_further(
    kept: NDArray[np.bool_],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
    story: _Story,
) -> Iterator[int]:
    """The blocks after the story that are told like it, in order, up to a gap or another box."""
    seen: set[str] = set()
    apart = cut.list_named(*_NAMES)
    at = bound_kept(kept)[1]
    reach = _REACH if story.is_named else _PLAIN_REACH
    box = -1
    for index in range(at + 1, len(kept)):
        if index - at > reach:
            return
        home = cut.homes[index]
        is_nested = cut.parents[home] == story.home and features.good[index] > 0
        is_told = features.good[index] > 0 or (
            story.is_named and features.words[index] >= _LINE_WORDS
        )
        if not (is_told and few_links[index] and (is_nested or story.is_like(home, cut))):
            continue
        # On most pages nothing is told like the story.
        seen = seen or {cut.texts[each] for each in kept.nonzero()[0].tolist()}
        if cut.texts[index] in seen or cut.bits[home] & LIST_BITS:
            continue
        if _is_apart(home, story.home, apart, cut):
            return
        if not story.is_named:
            around = home if is_nested else cut.parents[home]
            if box < 0 and around == cut.parents[story.home]:
                return
            if around != box >= 0:
                return
            box = around
        yield index
        at = index


def _is_apart(home: int, story: int, apart: frozenset[int], cut: Cut) -> bool:
    """Whether a container that a block stands in, and the story does not, is for other things."""
    for _ in range(_MOST_AROUND):
        if home <= 0 or home <= story <= cut.ends[home]:
            return False
        if cut.numbers[home] in apart or cut.bits[home] & _APART & ~cut.bits[story]:
            return True
        home = cut.parents[home]
    return True


def _list_heads(
    told: list[int],
    kept: NDArray[np.bool_],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """The crossheads between paragraphs: headings, and lines marked up as one before kept text."""
    marks = cut.arrays.looks.take(cut.arrays.homes)
    is_line = few_links & (features.words <= _HEAD_WORDS) & (features.good == 0) & ~kept
    before = np.append(kept[1:], np.zeros(1, bool))
    known = {*marks[is_line & before & ~cut.arrays.is_subhead].tolist()}
    found = []
    for start, end in pairwise(told):
        for index in range(start + 1, end):
            is_beside = cut.parents[cut.homes[index]] == cut.parents[cut.homes[end]]
            is_head = IS_SUBHEAD[cut.sorts[cut.homes[index]]]
            is_marked = index + 1 == end and marks[index] in known and cut.keys[cut.homes[index]]
            if is_line[index] and is_beside and (is_head or is_marked):
                found.append(index)
    return found
