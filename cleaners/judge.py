"""Probabilities in, the blocks of a page that are the article out.

A fixed threshold is wrong for a page whose blocks are all doubtful, so each page has its own: the
one at which the expected word F1 is highest, the probabilities taken at their word. The guards
after it protect journalism from a single wrong signal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.features import Features

Values = NDArray[np.float64]

# No page keeps blocks less probable than this, however little it has.
_LOWEST = 0.05
# A page that promises less than this is of a kind the model hardly knows, and it is too modest
# about it: its probabilities are raised before the threshold is chosen. Set on WCXB's other page
# types (word F1 .655 -> .672) and checked on the articles, which it leaves alone or helps.
_DOUBTED, _BENEFIT = 0.6, 0.5
# A short story amid many links and boxes promises as little, and is no such page: blocks from the
# first probability on hold so many words, and more than all that lies between that and the second,
# from which on blocks stay. Set on 3,577 labelled pages: 4 articles are better for it by .7 of word
# F1, with models that saw no page of their set, and one collection of products is worse.
_TOLD, _UNTOLD, _TOLD_WORDS = 0.7, 0.3, 40

_KEPT = b"\1"  # what a True is in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the model takes for the article, and how sure it is.

    `expected_f1` (0..1) is the word F1 to be expected if every probability were exactly right.
    `vouched` are kept blocks that show by themselves that they belong to the story.
    """

    kept: NDArray[np.bool_]
    expected_f1: float
    vouched: frozenset[int] = frozenset()


def bound_kept(kept: NDArray[np.bool_]) -> tuple[int, int]:
    """The first and the last kept block, where any is kept."""
    # Bytes are looked through in a fifth of the time that an array takes to be asked.
    marks = kept.tobytes()
    return marks.find(_KEPT), marks.rfind(_KEPT)


def judge_page(probabilities: Values, words: Values) -> Judgement:
    """The blocks to keep so that the expected word F1 is highest."""
    order = (-probabilities).argsort(kind="stable")
    ranked, sizes = probabilities.take(order), words.take(order)
    expected = _expect_f1(ranked, sizes)
    best = int(expected.argmax())
    lowest = _LOWEST
    if expected[best] < _DOUBTED:
        best = int(_expect_f1(ranked**_BENEFIT, sizes).argmax())
        lowest = _UNTOLD if _is_parted(probabilities, words) else _LOWEST
    kept = probabilities >= max(float(ranked[best]), lowest)
    number = np.count_nonzero(kept)
    return Judgement(
        kept=kept,
        expected_f1=float(expected[number - 1]) if number else 0.0,
    )


def _is_parted(probabilities: Values, words: Values) -> bool:
    """Whether a page parts into a story and what is none, with little between them."""
    told = words[probabilities >= _TOLD].sum()
    between = words[(probabilities >= _UNTOLD) & (probabilities < _TOLD)].sum()
    return bool(told >= _TOLD_WORDS and told > between)


def _expect_f1(ranked: Values, sizes: Values) -> Values:
    """For each number of blocks from the top, the word F1 to be expected of keeping them."""
    hits = (ranked * sizes).cumsum()
    expected: Values = 2 * hits / (sizes.cumsum() + hits[-1] + 1e-9)
    return expected


def estimate_confidence(
    judgement: Judgement, features: Features, probabilities: Values, weights: Values
) -> float:
    """The probability (0..1) that the kept text has word F1 of at least 0.9."""
    signs = measure_page(judgement, features.words, features.good, probabilities)
    return float(1 / (1 + np.exp(-(signs @ weights))))


def measure_page(
    judgement: Judgement, words: Values, good: Values, probabilities: Values
) -> Values:
    """The page-level numbers that confidence is estimated from; the last is a constant."""
    kept = judgement.kept
    f1 = min(max(judgement.expected_f1, 0.01), 0.995)
    mass = words * probabilities
    doubt = mass * (1 - probabilities)
    told = words[kept].sum()
    return np.array(
        [
            np.log(f1 / (1 - f1)),
            np.log1p(told),
            doubt.sum() / max(1.0, mass.sum()),
            good[~kept].sum() / max(1.0, good.sum()),
            doubt[kept].sum() / max(1.0, told),
            1.0,
        ]
    )
