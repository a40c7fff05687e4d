"""The headline that a document's title holds among other things, found on the page itself.

Pages without OpenGraph call themselves "Headline | Section | Site", of which the headline may be
less than half. The model learned with that; the guards need to know where the story begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cleaners.about.titles import fold_title, is_headline, list_pieces, split_kicker
from cleaners.cutting.columns import Cut
from cleaners.cutting.tags import BIT, HIDDEN_BIT, LIST_BITS, SORT
from cleaners.features import SAME_TITLE, Features

# Share of its words, and the title's, that a headline has in common with the title at least.
_SHARED = 0.15
# A paragraph is the story's from this probability on.
_TOLD = 0.5
# Words at least of a heading that stands whole in the title.
_HEADING_WORDS = 5
# Words of a kicker at most that one block has before the headline.
_KICKER_WORDS = 3
# Where breadcrumbs and lists of stories stand.
_APART = BIT["nav"] | HIDDEN_BIT | LIST_BITS
_FIRST = SORT["h1"]
_HEADINGS = frozenset(SORT[name] for name in ("h1", "h2", "h3", "h4"))


def mark_headline(
    features: Features, probabilities: NDArray[np.float64], cut: Cut, title: str
) -> Features:
    """The features with the headline told as such, where the page shows only a piece of `title`.

    It stands before the first paragraph that the model takes for the story: further down chapters
    are called as the page is. Without change where some block is the title as it is.
    """
    share = features.title_share
    if not title or share.max() >= SAME_TITLE:
        return features
    is_apart = (cut.arrays.home_bits & _APART) != 0
    may_be = (share >= _SHARED) & (features.links == 0) & ~is_apart
    (told,) = ((features.good > 0) & (probabilities >= _TOLD)).nonzero()
    likely = may_be[: told[0] if len(told) else None].nonzero()[0].tolist()
    if not likely:
        return features
    folded = {index: fold_title(cut.texts[index]) for index in likely}
    whole = f" {fold_title(title)} "
    parted = list_pieces(title)
    # "Courier: Bridge closes" is one piece.
    bare = [split_kicker(piece)[1] for piece in parted]
    pieces = {*map(fold_title, (*parted, *bare))} - {whole.strip()}
    shown = {
        piece: [index for index in likely if _shows(index, folded[index], piece, cut)]
        for piece in sorted(pieces)
        if is_headline(piece)
    }
    found = _choose_shown(shown, cut)
    if not any(cut.sorts[cut.homes[index]] == _FIRST for index in found):
        found += [
            index
            for index in likely
            if cut.sorts[cut.homes[index]] in _HEADINGS and _stands_in(folded[index], whole)
        ]
    if not found:
        return features
    share = share.copy()
    share[found] = SAME_TITLE
    return replace(features, title_share=share)


def _choose_shown(shown: Mapping[str, list[int]], cut: Cut) -> list[int]:
    """The blocks of the piece that is a heading of the first level, else of the longest shown.

    Some titles hold the standfirst as well, which is longer.
    """

    def rank(piece: str) -> tuple[bool, int]:
        is_first = any(cut.sorts[cut.homes[index]] == _FIRST for index in shown[piece])
        return is_first, len(piece)

    best = max((piece for piece in shown if shown[piece]), key=rank, default="")
    return list(shown.get(best, ()))


def _stands_in(folded: str, whole: str) -> bool:
    """Whether a heading stands whole in the title, but for a kicker that it begins with."""
    words = folded.split()
    tails = range(min(_KICKER_WORDS, len(words) - _HEADING_WORDS) + 1)
    return any(f" {' '.join(words[start:])} " in whole for start in tails)


def _shows(index: int, folded: str, piece: str, cut: Cut) -> bool:
    """Whether a block is a piece of the title, or has it in a line of its own under a kicker."""
    if folded == piece:
        return True
    ends = cut.line_ends.get(index, ())
    if not ends or not folded.endswith(f" {piece}"):
        return False
    return (
        len(folded.removesuffix(piece).split()) <= _KICKER_WORDS
        and fold_title(cut.texts[index][ends[-1] :]) == piece
    )
