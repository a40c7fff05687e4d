"""Samples in, labelled and measured pages out: what the networks are fitted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.metrics import split_fine_words
from benchmarks.train.align import align_blocks
from benchmarks.train.corpora import FOLDS, OWN_SET, SNIPPET_SET, Sample
from benchmarks.train.tables import (
    SiteVote,
    TokenMass,
    fit_table,
    vote_site,
    weigh_names,
    weigh_words,
)
from benchmarks.train.witnesses import ask_witnesses
from cleaners.cutting.columns import Cut
from cleaners.decode import decode_source
from cleaners.evidence import Evidence, read_evidence
from cleaners.features import Features, measure_blocks
from cleaners.measures.runs import find_runs
from cleaners.measures.tokens import TokenTable
from cleaners.unscripted import cut_page

# What a page of a set weighs; fundus is the closest to today's news, and of the snippet set little
# is known.
_SET_WEIGHTS = {"fundus": 2.0, SNIPPET_SET: 0.3, OWN_SET: 2.0}
# Pages of other types than articles (forums, shops, listings) weigh this. Without them they score
# .05 less out of fold; at twice this weight old news pages lose .004.
_OTHER_TYPES = 0.05
# Rows of a page weigh this in all, times the page's weight; no row more than all of it.
_PAGE_WEIGHT = 20.0
# What a block weighs that only the witnesses know, beside one that holds a snippet.
_AGREED = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPage:
    """A page cut into blocks; of those that are measured, the share of words that is article.

    Where only snippets are known, `is_known` tells which blocks hold one, and `is_agreed` which of
    the others have a label that two other extractors agree on.
    """

    sample: Sample
    cut: Cut
    evidence: Evidence
    labels: NDArray[np.float64]
    is_known: NDArray[np.bool_]
    is_agreed: NDArray[np.bool_]
    sizes: NDArray[np.float64]
    names: TokenMass
    words: TokenMass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The token tables that one fold's pages are measured with."""

    names: TokenTable
    words: TokenTable


def label_page(sample: Sample) -> LabelledPage | None:
    """The labelled page, or None where the page shows no text."""
    source = decode_source(sample.page)
    document, cut = cut_page(source.data)
    if not cut.texts:
        return None
    agreed = np.zeros(len(cut.texts), bool)
    if sample.truth is None:
        labels, known = _find_snippets(cut.texts, sample)
        if sample.set == SNIPPET_SET:
            told = ask_witnesses(source.text, cut.texts)
            # Witnesses that drop what is known to be article are not heard.
            if not (told[known & (labels > 0)] == 0).any():
                agreed = ~known & ~np.isnan(told)
                labels = np.where(agreed, told, labels)
    else:
        labels = np.array(align_blocks(cut.texts, sample.truth))
        known = np.ones(len(cut.texts), bool)
    places = find_runs(cut).places
    labels, known, agreed = labels[places], known[places], agreed[places]
    measured = _choose_blocks(cut, places)
    sizes = np.array([len(split_fine_words(text)) for text in measured.texts], float)
    heard = sizes * (known | agreed)
    return LabelledPage(
        sample=sample,
        cut=cut,
        evidence=read_evidence(document, cut),
        labels=labels,
        is_known=known,
        is_agreed=agreed,
        sizes=sizes,
        names=weigh_names(measured, labels, heard),
        words=weigh_words(measured, labels, heard),
    )


def _choose_blocks(cut: Cut, places: NDArray[np.int64]) -> Cut:
    """A cut with what the token tables need of some of its blocks alone."""
    chosen = places.tolist()
    return replace(
        cut,
        homes=[cut.homes[place] for place in chosen],
        texts=[cut.texts[place] for place in chosen],
        inner_keys=[cut.inner_keys[place] for place in chosen],
    )


def _find_snippets(
    texts: Sequence[str], sample: Sample
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """For each block whether it holds a wanted snippet, and whether it holds one of either kind.

    A block that holds both kinds, or the same snippet as another block, teaches nothing.
    """
    labels, known = np.zeros(len(texts)), np.zeros(len(texts), bool)
    for snippets, label in ((sample.unwanted, 0.0), (sample.wanted, 1.0)):
        for snippet in snippets:
            wanted = " ".join(snippet.split())
            holders = [index for index, text in enumerate(texts) if wanted and wanted in text]
            if len(holders) == 1:
                (index,) = holders
                known[index] = not (known[index] and labels[index] != label)
                labels[index] = label
    return labels, known


def fit_tables(pages: Sequence[LabelledPage]) -> dict[int | None, Tables]:
    """For each fold the tables made without it; under None those made from all pages."""
    sites: dict[tuple[int, str], list[LabelledPage]] = {}
    for page in pages:
        sites.setdefault((page.sample.fold, page.sample.site), []).append(page)
    names = [_vote(fold, [page.names for page in some]) for (fold, _), some in sites.items()]
    words = [_vote(fold, [page.words for page in some]) for (fold, _), some in sites.items()]
    return {
        fold: Tables(
            names=fit_table(names, without_fold=fold), words=fit_table(words, without_fold=fold)
        )
        for fold in (*range(FOLDS), None)
    }


def _vote(fold: int, masses: Sequence[TokenMass]) -> SiteVote:
    return vote_site(fold, masses)


def measure_page(page: LabelledPage, tables: Mapping[int | None, Tables]) -> Features:
    """The page's features, with token scores that know nothing of its fold."""
    mine = tables[page.sample.fold]
    return measure_blocks(page.cut, page.evidence, names=mine.names, words=mine.words)


def weigh_pages(pages: Sequence[LabelledPage]) -> list[float]:
    """What each page counts: one of a site of n pages as the root of n pages, divided by n."""
    numbers = Counter((page.sample.set, page.sample.site) for page in pages)
    return [
        _SET_WEIGHTS.get(page.sample.set, 1.0)
        * (_OTHER_TYPES if is_other_type(page.sample) else 1.0)
        / float(np.sqrt(numbers[page.sample.set, page.sample.site]))
        for page in pages
    ]


def is_other_type(sample: Sample) -> bool:
    """Whether it is a page with a known text that is no article's."""
    return sample.page_type != "article" and sample.truth is not None


def weigh_rows(pages: Sequence[LabelledPage]) -> list[NDArray[np.float64]]:
    """What each block of each page counts in training.

    Long blocks count more than short ones, and blocks that are only partly article less.
    """
    return [
        _weigh_blocks(page) * of_page * (page.is_known + _AGREED * page.is_agreed)
        for page, of_page in zip(pages, weigh_pages(pages), strict=True)
    ]


def _weigh_blocks(page: LabelledPage) -> NDArray[np.float64]:
    article = max(60.0, float(page.sizes[page.is_known & (page.labels >= 0.5)].sum()))
    weights = ((np.minimum(page.sizes, 150) + 2) / article) ** 0.6 * _PAGE_WEIGHT
    mixed = (page.labels > 0.25) & (page.labels < 0.75)
    weighed: NDArray[np.float64] = np.minimum(np.where(mixed, 0.4 * weights, weights), _PAGE_WEIGHT)
    return weighed
