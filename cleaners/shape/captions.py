"""Which kept blocks are captions of the picture beside them, and which captions tell the story."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.containernames import load_container_names
from cleaners.cutting.labels import NAME_BREAK
from cleaners.features import Features
from cleaners.words.sentences import ends_sentence

SURE_CAPTION = 0.8
"""A block in the container of a picture is its caption if it is less probable than this."""
# All such blocks hold at most this share of the kept words. Both were set on 1,873 article pages:
# 14 of them better for it, 4 worse; perfect pages on news rise by .02.
_SHOWN_SHARE = 0.2
# Captions at least that tell a story by themselves.
_LEAST_CAPTIONS = 3


def mark_told_captions(
    is_caption: NDArray[np.bool_],
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    features: Features,
    cut: Cut,
) -> NDArray[np.bool_]:
    """The captions that the model is sure of, where they are much of the words that are kept.

    Photo essays are told in captions, and a `<figure>` that never ends holds the rest of a story.
    Kept ones that are marked up like those are told too. Sentences need not be sure where next to
    nothing else is kept.
    """
    words = features.words
    captions = kept & is_caption
    told = captions & (probabilities >= SURE_CAPTION)
    told[_find_gallery(captions, kept, features, cut)] = True
    if not words[told].sum() > _SHOWN_SHARE * words[kept].sum():
        return np.zeros(len(kept), bool)
    marks = cut.arrays.looks.take(cut.arrays.homes)
    told |= captions & np.isin(marks, marks[told])
    return told


def _find_gallery(
    captions: NDArray[np.bool_], kept: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """The kept captions that are sentences marked up alike, where they are most of what is kept.

    Before them a standfirst may stand, and no other running text.
    """
    if np.count_nonzero(captions) < _LEAST_CAPTIONS:
        return []
    (running,) = (kept & ~captions & (features.good > 0)).nonzero()
    places = captions.nonzero()[0].tolist()
    if len(running) > 1 or (len(running) and running[0] > places[0]):
        return []
    alike: dict[tuple[int, int], list[int]] = {}
    for index in places:
        if ends_sentence(cut.texts[index]):
            alike.setdefault(cut.look(cut.homes[index]), []).append(index)
    most = max(alike.values(), key=len, default=[])
    is_told = 2 * features.words[most].sum() > features.words[kept].sum()
    return most if len(most) >= _LEAST_CAPTIONS and is_told else []


def find_by_pictures(doubted: NDArray[np.bool_], cut: Cut, words: NDArray[np.float64]) -> list[int]:
    """Which of the doubted blocks stand in a container named for a picture, or right inside one.

    None where they are much of the `words` that are kept: such a page tells its story there.
    """
    places = doubted.nonzero()[0].tolist()
    own = [cut.numbers[cut.homes[index]] for index in places]
    around = [cut.numbers[max(0, cut.parents[cut.homes[index]])] for index in places]
    named = {number for number in {*own, *around} if _names_picture(cut.labels.names[number])}
    if not named:
        return []
    # A picture's word in the name of the story's own container says nothing of what is in it.
    parents = np.maximum(0, cut.arrays.home_parents)
    held = np.bincount(parents, words, len(cut.parents))
    is_own = (held > words.sum() / 2).take(parents)
    found = [
        index
        for index, name, outer in zip(places, own, around, strict=True)
        if name in named or (outer in named and not is_own[index])
    ]
    return found if words[found].sum() <= _SHOWN_SHARE * words.sum() else []


def _names_picture(key: str) -> bool:
    """Whether a container's class and id speak of a picture or what is said under one."""
    known = load_container_names()
    parts = NAME_BREAK.split(key.lower()) if key else ()
    return not (known.picture.isdisjoint(parts) and known.caption.isdisjoint(parts))
