"""What opens over a page: dialogs with their notices are no part of the story under them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.columns import Cut
from cleaners.features import SAME_TITLE, Features
from cleaners.tags import DIALOG_BIT, SORT

# Share of the words of a page, each as probable as it is, that its dialogs hold at most: where the
# headline stands outside them, and elsewhere.
_UNDER_HEADLINE, _ELSEWHERE = 0.8, 0.5


def find_dialogs(
    probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> NDArray[np.bool_]:
    """Which blocks stand in dialogs; none where the story itself stands there."""
    is_inside: NDArray[np.bool_] = (cut.arrays.home_bits & DIALOG_BIT) != 0
    if not is_inside.any():
        return is_inside
    is_headline = (cut.arrays.home_sorts == SORT["h1"]) & (features.title_share >= SAME_TITLE)
    share = _UNDER_HEADLINE if is_headline.any() else _ELSEWHERE
    mass = probabilities * features.words
    is_story = (is_headline & is_inside).any() or mass[is_inside].sum() > share * mass.sum()
    return np.zeros(len(is_inside), bool) if is_story else is_inside
