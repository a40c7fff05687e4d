"""Guards for journalism: who signs the letters of a page of letters, a line or two under each.

A name and a place say nothing that a story is told in, and the last of them stands where bylines
and prompts do. That others like it stand under the letters before says what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.tags import SORTS
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.words.credits import find_credits
from cleaners.words.sentences import COLONS, ends_sentence

# Words of a line at most, and signatures at least.
_MOST_WORDS, _LEAST_SIGNED = 8, 3
_MOST_LINES = 2  # of a signature
# Share of the lines, the last apart, that must be kept where letters have no boxes of their own,
# and of the letters that have two lines under them where most do.
_KEPT_SHARE, _PAIRED_SHARE = 0.5, 0.7
_IS_TEXT = np.array([sort in {"p", "div"} for sort in SORTS])
_DIGITS = re.compile(r"\d+")
# What leads in a signature. Items of a list are led in by a hyphen as well.
_DASHES = ("—", "–", "―")

# The places of the lines that sign one letter: the name, and where the next line is marked up alike
# that too, which may be the place.
_Signature = tuple[int, ...]


def find_signatures(kept: NDArray[np.bool_], features: Features, cut: Cut) -> list[int]:
    """The short lines marked up alike, each right under kept running text beside it.

    Two lines under each of several letters are sure; of single ones each has a box of its own with
    its letter, or is led in by a dash, or most are kept. Of what stands after the story only the
    next two lines count.
    """
    arrays = cut.arrays
    is_line = (features.words <= _MOST_WORDS) & arrays.is_plain & (features.good == 0)
    is_line[bound_kept(kept)[1] + 1 + _MOST_LINES :] = False
    if np.count_nonzero(is_line[1:] & kept[:-1]) < _LEAST_SIGNED:
        return []
    is_line &= _IS_TEXT.take(arrays.home_sorts) & ~arrays.is_apart & ~arrays.is_listed
    is_first = is_line.copy()
    is_first[1:] &= kept[:-1]
    is_first[0] = False
    if np.count_nonzero(is_first) < _LEAST_SIGNED:
        return []
    alike: dict[tuple[int, ...], list[_Signature]] = defaultdict(list)
    for index in is_first.nonzero()[0].tolist():
        if _stands_under(index, cut) and (
            features.good[index - 1] > 0 or ends_sentence(cut.texts[index - 1])
        ):
            marks = _mark(index, cut)
            is_pair = index + 1 < len(is_line) and is_line[index + 1]
            is_pair = is_pair and _stands_under(index + 1, cut) and _mark(index + 1, cut) == marks
            is_led = cut.texts[index].startswith(_DASHES)
            alike[*marks, int(is_led)].append((index, index + 1) if is_pair else (index,))
    return [index for signed in alike.values() for index in _choose_lines(signed, kept, cut)]


def _stands_under(index: int, cut: Cut) -> bool:
    """Whether a block says no sentence, and stands in an element of its own beside the last."""
    home, before = cut.homes[index], cut.homes[index - 1]
    if cut.parents[home] != cut.parents[before] or home == before:
        return False
    text = cut.texts[index]
    return not (ends_sentence(text) or text.endswith(COLONS))


def _mark(index: int, cut: Cut) -> tuple[int, ...]:
    """How a block is marked up: its element, whether it is bold, and the box around it."""
    home = cut.homes[index]
    is_strong = 2 * cut.arrays.strong_chars[index] > len(cut.texts[index])
    return cut.sorts[home], cut.alike[home], int(is_strong), *cut.mark(cut.parents[home])


def _choose_lines(signed: Sequence[_Signature], kept: NDArray[np.bool_], cut: Cut) -> Iterator[int]:
    """Of lines marked up alike those that sign letters: none, the first under each, or all."""
    names = [lines[0] for lines in signed]
    texts = [cut.texts[index] for index in names]
    if len(names) < _LEAST_SIGNED or len({*texts}) < len(texts):
        return
    if any(True for _ in find_credits(texts)):
        return
    if _are_paired(signed, cut):
        yield from (index for lines in signed for index in lines)
        return
    others = names[:-1]
    is_boxed = len({cut.parents[cut.homes[index]] for index in names}) == len(names)
    if (
        is_boxed
        or texts[0].startswith(_DASHES)
        or np.count_nonzero(kept[others]) >= _KEPT_SHARE * len(others)
    ):
        yield from names


def _are_paired(signed: Sequence[_Signature], cut: Cut) -> bool:
    """Whether two lines stand under most of the letters, a name in one and a place in the other.

    Names differ, and most places do: buttons and counters say the same in other numbers.
    """
    pairs = [lines for lines in signed if len(lines) > 1]
    if len(pairs) < max(_LEAST_SIGNED, _PAIRED_SHARE * len(signed)):
        return False
    names, places = (
        {_DIGITS.sub("", cut.texts[index]) for index in lines} for lines in zip(*pairs, strict=True)
    )
    return len(names) == len(pairs) and 2 * len(places) >= len(pairs)
