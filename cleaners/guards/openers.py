"""Guards for journalism: boxes under the headline with the claim a story checks, or its points.

They say what the story says after them, so the model doubts them. Set on 1,873 article pages with
probabilities of models that had not seen their sites.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cleaners.about.names import has_lead
from cleaners.cutting.columns import Cut
from cleaners.cutting.tags import BIT, HIDDEN_BIT, SORT
from cleaners.features import Features
from cleaners.guards.standfirsts import find_opening, tells_story
from cleaners.judge import bound_kept
from cleaners.measures.containers import bound_blocks, find_around, mark_inside
from cleaners.words.dates import are_dates

# The least probability of a quotation, of a block in a box called a claim or verdict, and of each
# item of a list; and words of each at least.
_QUOTED, _QUOTED_WORDS = 0.08, 5
_CLAIMED, _CLAIMED_WORDS = 0.1, 6
_POINT, _POINT_WORDS, _POINTS = 0.1, 4, range(2, 8)
# Blocks after the first kept one in which the story has not begun yet: a standfirst stands alone.
_REACH = 15
_APART = HIDDEN_BIT | BIT["nav"] | BIT["form"] | BIT["aside"]


def find_openers(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    features: Features,
    cut: Cut,
    *,
    is_article: bool,
) -> list[int]:
    """Unlinked quotations, claims and lists of points after the headline, before the story.

    Asked for are they on pages that call themselves articles, or tell a story.
    """
    if not (is_article or tells_story(kept, features)):
        return []
    opening = _widen(find_opening(kept, features), kept)
    doubted = [index for index in opening if not kept[index] and not cut.link_counts[index]]
    if not doubted:
        return []
    named = cut.named["claim"]
    is_claim = mark_inside(cut.mark_named(named).nonzero()[0], cut) if named else None
    found = []
    for index in doubted:
        words, probability = features.words[index], probabilities[index]
        if is_claim is not None and is_claim[index]:
            is_told = words >= _CLAIMED_WORDS and probability >= _CLAIMED
        elif cut.bits[cut.homes[index]] & BIT["blockquote"]:
            is_told = words >= _QUOTED_WORDS and probability >= _QUOTED
        else:
            continue
        if is_told and _is_text(index, cut):
            found.append(index)
    found += _find_points(doubted, probabilities, features, cut)
    return found


def _widen(opening: range, kept: NDArray[np.bool_]) -> range:
    """The blocks after the headline up to where two that are kept follow each other."""
    if not opening.stop:
        return opening  # there is no headline
    first = bound_kept(kept)[0]
    begun = kept[first : first + _REACH]
    pairs = (begun[:-1] & begun[1:]).nonzero()[0]
    return range(opening.start, first + int(pairs[0])) if pairs.size else opening


def _is_text(index: int, cut: Cut) -> bool:
    text = cut.texts[index]
    return not (cut.bits[cut.homes[index]] & _APART or are_dates(text) or has_lead(text))


def _find_points(
    doubted: list[int], probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> Iterator[int]:
    """The items of lists that are doubted as a whole, each a sentence or nearly one."""
    may_stay, done = frozenset(doubted), -1
    for index in doubted:
        if index <= done or not cut.bits[cut.homes[index]] & BIT["li"]:
            continue
        item = find_around(cut.homes[index], SORT["li"], cut)
        start, end = bound_blocks(index, cut.parents[item], cut, most=_POINTS.stop)
        done = end - 1
        inside = range(start, end)
        if len(inside) in _POINTS and all(
            each in may_stay
            and features.words[each] >= _POINT_WORDS
            and probabilities[each] >= _POINT
            and _is_text(each, cut)
            for each in inside
        ):
            yield from inside
