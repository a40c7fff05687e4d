"""Guards for journalism: sections of a story after a box that the model took for its end.

A card of another story or an appeal for money set amid a story looks like what stands under one.
That headings like those of the story follow, with paragraphs like its own, says that it goes on.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.features import Features
from cleaners.guards.closings import strip_signature
from cleaners.guards.neighbours import find_shared
from cleaners.judge import bound_kept
from cleaners.measures.containers import mark_blocks
from cleaners.words.sentences import ends_told

# Kept headings and kept paragraphs marked up alike, at least.
_LEAST_HEADS, _LEAST_PARAGRAPHS = 1, 3
# A further such heading stays with its section from this probability on, as far after the last kept
# block at most.
_HEAD, _REACH = 0.1, 40


def find_closing_sections(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """The headings after the last kept block marked up like kept ones, and what is told under each.

    Both are alike in their own container and in the one around it. They stand in the container that
    holds the story, and so do paragraphs like the kept ones.
    """
    first, last = bound_kept(kept)
    homes = cut.arrays.homes
    is_head = cut.arrays.is_subhead
    may_head = is_head & few_links & (probabilities >= _HEAD)
    may_head[: last + 1] = may_head[last + 1 + _REACH :] = False
    if not np.count_nonzero(may_head):
        return []
    # A prompt in a box of its own has another container around it.
    marks = mark_blocks(cut)
    known = Counter(marks[kept & is_head].tolist())
    told = Counter(marks[kept & (features.good > 0)].tolist())
    story = find_shared(cut.homes[first], (last,), cut)
    (heads,) = (is_head & (homes <= cut.ends[story])).nonzero()
    is_listed = cut.arrays.is_listed
    found: list[int] = []
    for head in (may_head & (homes <= cut.ends[story])).nonzero()[0].tolist():
        if known[int(marks[head])] < _LEAST_HEADS:
            continue
        later = heads[heads > head]
        end = int(later[0]) if len(later) else int(np.count_nonzero(homes <= cut.ends[story]))
        inside = [
            index
            for index in range(head + 1, end)
            if few_links[index]
            and (told[int(marks[index])] >= _LEAST_PARAGRAPHS or is_listed[index])
        ]
        if any(ends_told(strip_signature(cut.texts[index])) for index in inside):
            found += [head, *inside]
    return found
