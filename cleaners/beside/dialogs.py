"""What opens over a page: dialogs with their notices are no part of the story under them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.tags import DIALOG_BIT, SORT
from cleaners.features import SAME_TITLE, Features
from cleaners.measures.containers import mark_inside

# Share of the words of a page, each as probable as it is, that its dialogs hold at most: where the
# headline stands outside them, and elsewhere. What is a dialog by its name alone holds no more than
# the latter: on the 1,497 pages of WCXB and 1,080 of news that are labelled, what falls so is the
# story's on none that is an article.
_UNDER_HEADLINE, _ELSEWHERE = 0.8, 0.5


def find_dialogs(
    probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> NDArray[np.bool_]:
    """Which blocks stand in dialogs, by role or by name; none where the story stands there."""
    is_marked: NDArray[np.bool_] = (cut.arrays.home_bits & DIALOG_BIT) != 0
    is_named = _mark_named(cut)
    if not (np.count_nonzero(is_marked) or np.count_nonzero(is_named)):
        return is_marked
    is_headline = (cut.arrays.home_sorts == SORT["h1"]) & (features.title_share >= SAME_TITLE)
    share = _UNDER_HEADLINE if is_headline.any() else _ELSEWHERE
    mass = probabilities * features.words
    found = np.zeros(len(mass), bool)
    for is_inside, most in ((is_marked, share), (is_named, _ELSEWHERE)):
        if not ((is_headline & is_inside).any() or mass[is_inside].sum() > most * mass.sum()):
            found |= is_inside
    return found


def _mark_named(cut: Cut) -> NDArray[np.bool_]:
    """Which blocks stand in containers that the template calls modal, the body left out."""
    names = cut.named["modal"]
    if not names:
        return np.zeros(len(cut.texts), bool)
    is_named = cut.mark_named(names)
    is_named[0] = False
    return mark_inside(is_named.nonzero()[0], cut)
