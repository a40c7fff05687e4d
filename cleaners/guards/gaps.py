"""Guards for journalism: running text in gaps of the story in which nothing else is linked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.letters import number_distinct
from cleaners.cutting.tags import APART_BITS, BIT
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.measures.containers import mark_blocks, sum_containers

# Words of such a text at least: what is shorter is as often a caption or a prompt.
_WORDS = 20
# Blocks of such a gap at least: the caption of a picture stands alone.
_LEAST_BLOCKS = 2
# The container around the story holds this share of the kept words.
_HELD_SHARE = 0.8
# Links in such a text, as a share of its characters, where it is this probable at least: of the
# 1,497 pages of WCXB, with networks that saw no page of the set, 13 are better for it and 3 worse.
_FEW_LINKS, _LINKED = 0.15, 0.15


def find_plain_text(
    kept: NDArray[np.bool_], probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> list[int]:
    """The unkept long running text between two kept blocks with no other link between these.

    It stands in the container around the story, and nothing before or after that is marked up like
    it. What is beside a story leads elsewhere, or is pressed.
    """
    arrays = cut.arrays
    first, last = bound_kept(kept)
    is_told = ~kept & (features.good > 0) & (features.words >= _WORDS)
    if not np.count_nonzero(is_told[first:last]):
        return []
    is_linked = arrays.is_linked & ~(
        is_told & (features.links <= _FEW_LINKS) & (probabilities >= _LINKED)
    )
    may_stay = is_told & ~is_linked
    may_stay &= (arrays.home_bits & (APART_BITS | BIT["figure"])) == 0
    may_stay[:first] = may_stay[last:] = False
    if not np.count_nonzero(may_stay):
        return []
    gaps = kept.cumsum()
    may_stay &= np.bincount(gaps, is_linked & ~kept).take(gaps) == 0
    may_stay &= np.bincount(gaps, ~kept).take(gaps) >= _LEAST_BLOCKS
    if not np.count_nonzero(may_stay):
        return []
    held = sum_containers(arrays.homes, arrays.ends, (features.words * kept,))[0]
    holder = int((held >= _HELD_SHARE * held[0]).nonzero()[0][-1])
    may_stay &= (arrays.homes >= holder) & (arrays.homes <= cut.ends[holder])
    if not np.count_nonzero(may_stay):
        return []
    marks = number_distinct(mark_blocks(cut))
    is_outside = np.ones(len(kept), bool)
    is_outside[first : last + 1] = False
    may_stay &= np.bincount(marks, is_outside).take(marks) == 0
    found: list[int] = may_stay.nonzero()[0].tolist()
    return found
