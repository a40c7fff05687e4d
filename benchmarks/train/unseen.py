"""Probabilities from networks that never saw the page in, texts and their scores out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.metrics import residue_loss, score_words
from benchmarks.train.corpora import Sample
from benchmarks.train.examples import LabelledPage
from cleaners.about.head import read_head
from cleaners.article import Block, Kind
from cleaners.beside.barriers import drop_barriers
from cleaners.beside.biographies import drop_biographies
from cleaners.beside.toplines import drop_toplines
from cleaners.config import CleanConfig
from cleaners.decode import decode_source
from cleaners.dom import parse_html
from cleaners.features import Features
from cleaners.hearing.breaks import end_lines
from cleaners.judge import estimate_confidence, measure_page
from cleaners.metadata import read_metadata
from cleaners.outline import Outline
from cleaners.page import choose_blocks, drop_residue, judge_blocks
from cleaners.render import render_text
from cleaners.rescue import rescue_story
from cleaners.witness import ask_witness, hear_testimony


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
    """The text of chosen blocks, what scripts tell added, residue and notes on writers dropped."""
    source = decode_source(page.sample.page)
    blocks = rescue_story(blocks, source, page.cut.texts, title=page.evidence.title)
    blocks = end_lines(blocks, page.cut.line_ends)
    blocks = drop_toplines(blocks, outline, page.evidence.title)
    document = parse_html(source.data)
    metadata = read_metadata(read_head(document), url="", text_lines=page.cut.texts)
    blocks = drop_residue(blocks, lang=metadata.language, rules=None, memory=None, site="")
    blocks = drop_barriers(blocks, outline)
    bylines = outline.list_texts(Kind.BYLINE)
    return render_text(drop_biographies(blocks, metadata.authors, bylines))


def clean_textless(sample: Sample) -> Outcome:
    """What comes of a page that shows no text."""
    blocks = rescue_story((), decode_source(sample.page))
    return _score(sample, render_text(blocks), np.zeros(6))


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
