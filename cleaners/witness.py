"""Trafilatura as a second opinion; the only door to it.

Its import takes about as long as cleaning fifty pages, so it happens on the first question.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

_GRAM = 4
# Share of a block's word 4-grams that must stand in the witness's text to call it vouched for.
_VOUCHED = 0.6
# What the witness's word adds to a block's log-odds. Fitted on probabilities of models that had not
# seen the pages' sites, it says little beside the model: .2 where it vouches for a block, and -.4
# where it does not. A little more in favour costs next to nothing, and less is lost.
_FOR, _AGAINST = 0.7, -0.2
# A block is sure from this probability on.
_SURE = 0.8
_LEAST_DOUBT = 1e-9
# A witness whose text is a small part of what the model is sure of has missed the article.
_LEAST_AGREEMENT = 0.3


def ask_witness(html: str, *, url: str = "") -> str:
    """The article text as trafilatura sees it, one line a block; empty where it sees none."""
    import trafilatura  # noqa: PLC0415 - slow, and needed by few; this is its door

    if not html.strip():
        return ""
    try:
        text = trafilatura.extract(html, url=url or None, include_comments=False)
    except Exception:  # noqa: BLE001 - an opinion that cannot be had is no opinion
        return ""
    return text or ""


def hear_testimony(texts: Sequence[str], probabilities: Values, testimony: str) -> Values:
    """The probabilities of blocks, those that stand in `testimony` raised and the others lowered.

    Nothing changes where the testimony is empty, or shares too little with what the model is sure
    of.
    """
    heard = _split_words(testimony)
    if not heard:
        return probabilities
    grams = {tuple(heard[i : i + _GRAM]) for i in range(len(heard) - _GRAM + 1)}
    joined = f" {' '.join(heard)} "
    vouched = np.array([_is_vouched(text, grams, joined) for text in texts])
    sizes = np.fromiter(map(len, texts), np.float64, len(texts))
    sure = sizes * (probabilities > _SURE)
    if sure[vouched].sum() < _LEAST_AGREEMENT * sure.sum():
        return probabilities
    odds = probabilities / np.maximum(1 - probabilities, _LEAST_DOUBT)
    odds *= np.exp(np.where(vouched, _FOR, _AGAINST))
    turned: Values = odds / (1 + odds)
    return turned


def _is_vouched(text: str, grams: set[tuple[str, ...]], joined: str) -> bool:
    words = _split_words(text)
    if not words:
        return False
    if len(words) < _GRAM:
        return f" {' '.join(words)} " in joined
    count = len(words) - _GRAM + 1
    return sum(tuple(words[i : i + _GRAM]) in grams for i in range(count)) >= _VOUCHED * count


def _split_words(text: str) -> list[str]:
    """Lower-cased words; a long run without spaces counts by the character, as in Chinese."""
    words: list[str] = []
    for word in text.lower().split():
        words.extend(word if len(word) > 30 or word[0] >= "\u2e80" else (word,))
    return words
