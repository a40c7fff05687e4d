"""Guards for journalism: code and formulas inside the story."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import FORMULA_MARK, Cut
from cleaners.cutting.tags import SORT
from cleaners.guards.neighbours import mark_between
from cleaners.words.sentences import ends_sentence

_PRE = SORT["pre"]
# Preformatted text stays from this probability on, where kept blocks stand so near on both sides:
# next to it, or with one line between (a file's name, a button to copy it). Set on the 1,497 pages
# of WCXB: 37 are better for it, 7 worse.
_CODE, _CODE_REACH = 0.05, 2


def find_code(kept: NDArray[np.bool_], probabilities: NDArray[np.float64], cut: Cut) -> list[int]:
    """The unkept blocks of preformatted text with kept blocks close by on both sides."""
    if _PRE not in cut.all_sorts:
        return []
    found: list[int] = []
    run: list[int] = []
    is_pre = cut.arrays.home_sorts == _PRE
    for index in (is_pre & ~kept).nonzero()[0].tolist():
        if run and run[-1] + 1 != index:
            found += _read_code(run, kept)
            run = []
        run.append(index)
    if run:
        found += _read_code(run, kept)
    return [index for index in found if probabilities[index] >= _CODE]


def find_formulas(kept: NDArray[np.bool_], few_links: NDArray[np.bool_], cut: Cut) -> list[int]:
    """The blocks right between two kept ones that hold a formula and no sentence."""
    may_hold = ((cut.arrays.marks & FORMULA_MARK) != 0) & few_links
    if not np.count_nonzero(may_hold):
        return []
    found = (may_hold & mark_between(kept)).nonzero()[0].tolist()
    return [index for index in found if not ends_sentence(cut.texts[index])]


def _read_code(run: list[int], kept: NDArray[np.bool_]) -> list[int]:
    """A run of blocks, if kept blocks stand close by on both sides."""
    before = kept[max(0, run[0] - _CODE_REACH) : run[0]]
    after = kept[run[-1] + 1 : run[-1] + 1 + _CODE_REACH]
    return run if before.any() and after.any() else []
