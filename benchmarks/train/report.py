"""Scored texts in, tables of scores and the weights of confidence out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.metrics import PERFECT_F1, score_snippets
from benchmarks.train.unseen import Outcome

# Word F1 from which a page counts as good: what confidence is the probability of.
GOOD_F1 = 0.9
_BINS = 10


def fit_confidence(outcomes: Sequence[Outcome]) -> NDArray[np.float64]:
    """The weights that turn a page's signs into the probability of a good text."""
    known = [each for each in outcomes if each.f1 is not None and each.signs.any()]
    signs = np.array([each.signs for each in known])
    good = [each.f1 is not None and each.f1 >= GOOD_F1 for each in known]
    fitted = LogisticRegression(fit_intercept=False, C=10.0, max_iter=1000).fit(signs, good)
    weights: NDArray[np.float64] = fitted.coef_[0]
    return weights


def summarise(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """Mean scores by set; wcxb's articles and its other pages apart."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        other = "" if each.sample.page_type == "article" or each.f1 is None else "-other"
        groups[each.sample.set + other].append(each)
    return {name: _summarise_group(group) for name, group in sorted(groups.items())}


def _summarise_group(group: Sequence[Outcome]) -> dict[str, float]:
    summary: dict[str, float] = {"pages": len(group)}
    scored = [each for each in group if each.f1 is not None]
    if scored:
        summary["f1"] = mean(each.f1 or 0.0 for each in scored)
        summary["perfect"] = mean((each.f1 or 0.0) >= PERFECT_F1 for each in scored)
        summary["residue"] = mean(each.residue or 0.0 for each in scored)
        summary["loss"] = mean(each.loss or 0.0 for each in scored)
        return summary
    scores = [score_snippets(each.text, each.sample.wanted, each.sample.unwanted) for each in group]
    found = sum(score.found for score in scores) / sum(score.wanted for score in scores)
    absent = sum(score.absent for score in scores) / sum(score.unwanted for score in scores)
    summary |= {
        "found": found,
        "absent": absent,
        "snippet_f1": 2 * found * absent / (found + absent),
    }
    return summary


def tabulate_reliability(
    outcomes: Sequence[Outcome], weights: NDArray[np.float64]
) -> list[dict[str, float]]:
    """By tenth of confidence: how many pages, the mean confidence, and how many were good."""
    known = [each for each in outcomes if each.f1 is not None]
    sure = np.array([1 / (1 + np.exp(-(each.signs @ weights))) for each in known])
    good = np.array([(each.f1 or 0.0) >= GOOD_F1 for each in known])
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    return [
        {
            "pages": int((bins == number).sum()),
            "confidence": float(sure[bins == number].mean()),
            "good": float(good[bins == number].mean()),
        }
        for number in range(_BINS)
        if (bins == number).any()
    ]
