"""Probabilities from networks that never saw the page in, texts and scores out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.metrics import PERFECT_F1, residue_loss, score_snippets, score_words
from benchmarks.train.corpora import Sample
from benchmarks.train.examples import LabelledPage
from cleaners.article import Block, Kind
from cleaners.biographies import drop_biographies
from cleaners.config import CleanConfig
from cleaners.decode import decode_source
from cleaners.dom import parse_html
from cleaners.features import Features
from cleaners.head import read_head
from cleaners.judge import estimate_confidence, measure_page
from cleaners.metadata import read_metadata
from cleaners.outline import Outline
from cleaners.page import choose_blocks, drop_residue, judge_blocks
from cleaners.render import render_text
from cleaners.witness import ask_witness, hear_testimony

# Word F1 from which a page counts as good: what confidence is the probability of.
GOOD_F1 = 0.9
_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one page; scores are None where the set does not have what they need."""

    sample: Sample
    text: str
    signs: NDArray[np.float64]
    f1: float | None = None
    residue: float | None = None
    loss: float | None = None


def clean_unseen(
    page: LabelledPage, features: Features, probabilities: NDArray[np.float64]
) -> Outcome:
    """The page cleaned as `clean_html` cleans it, but with the given probabilities.

    Fronts stay, for pages of every type are scored here.
    """
    judgement, outline = judge_blocks(
        page.cut, page.evidence, features, probabilities, CleanConfig()
    )
    text = _finish(page, outline, choose_blocks(outline))
    signs = measure_page(judgement, features.words, features.good, probabilities)
    return _score(page.sample, text, signs)


def hear_witness(
    page: LabelledPage,
    features: Features,
    probabilities: NDArray[np.float64],
    *,
    weights: NDArray[np.float64],
) -> tuple[Outcome, Outcome]:
    """The same where the witness is asked: about the page if it is unsure, and in any case.

    `weights` are those of the confidence.
    """
    config = CleanConfig()
    judgement, outline = judge_blocks(page.cut, page.evidence, features, probabilities, config)
    testimony = ask_witness(decode_source(page.sample.page).text)
    turned = hear_testimony(page.cut.texts, probabilities, testimony)
    _, told = judge_blocks(page.cut, page.evidence, features, turned, config)
    heard = _finish(page, told, choose_blocks(told))
    signs = measure_page(judgement, features.words, features.good, probabilities)
    confidence = estimate_confidence(judgement, features, probabilities, weights)
    is_unsure = confidence < config.unsure_below
    text = heard if is_unsure else _finish(page, outline, choose_blocks(outline))
    return _score(page.sample, text, signs), _score(page.sample, heard, signs)


def _finish(page: LabelledPage, outline: Outline, blocks: tuple[Block, ...]) -> str:
    """The text of chosen blocks, residue and notes about the writer dropped."""
    document = parse_html(decode_source(page.sample.page).data)
    metadata = read_metadata(read_head(document), url="", text_lines=page.cut.texts)
    blocks = drop_residue(blocks, lang=metadata.language, memory=None, url="")
    bylines = outline.list_texts(Kind.BYLINE)
    return render_text(drop_biographies(blocks, metadata.authors, bylines))


def empty_outcome(sample: Sample) -> Outcome:
    """What comes of a page that shows no text."""
    return _score(sample, "", np.zeros(6))


def _score(sample: Sample, text: str, signs: NDArray[np.float64]) -> Outcome:
    if sample.truth is None:
        return Outcome(sample=sample, text=text, signs=signs)
    lines = residue_loss(text, sample.truth)
    return Outcome(
        sample=sample,
        text=text,
        signs=signs,
        f1=score_words(text, sample.truth).f1,
        residue=lines.residue,
        loss=lines.loss,
    )


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
