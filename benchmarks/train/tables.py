"""Labelled pages in, scores of class and word tokens out.

One site, one vote: for every token a site says what share of the text under it was article, with
a weight that saturates early; the scores are shrunken log-odds over sites. The tables used for
the pages of a fold are made without the sites of that fold. Leaving out only the page's own site
is not enough: scores then still carry the page's label by their absence (out-of-fold word F1 .957,
on unseen pages .867).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.labels import read_labels
from cleaners.cutting.letters import Hashes, clip_texts, measure_letters
from cleaners.measures.tokens import TokenTable, build_table, list_name_tokens, list_text_tokens

# Share of article text that an unknown token is taken to have, and how many sites that is worth.
_PRIOR, _PRIOR_SITES = 0.25, 3.0
_LEAST_SITES = 3.0
# Scores nearer to zero than this are left out of the table.
_LEAST_SCORE = 0.25
_PAGE_MASS = 60.0
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMass:
    """Distinct token hashes (upper 32 bits), and the article and other text each was seen with."""

    hashes: NDArray[np.uint32]
    article: Values
    other: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteVote:
    """What one site says: the share of article text by token, times its weight, and the weight."""

    fold: int
    hashes: NDArray[np.uint32]
    votes: Values
    weights: Values


def weigh_words(cut: Cut, labels: Values, sizes: Values) -> TokenMass:
    """The text tokens of one page."""
    mass, is_article = _weigh_blocks(labels, sizes)
    clipped = clip_texts(cut.texts)
    whole = np.array([len(a) == len(b) for a, b in zip(clipped, cut.texts, strict=True)])
    tokens = list_text_tokens(measure_letters(clipped), whole)
    edges = [np.flatnonzero(row) for row in tokens.edges]
    hashes = np.concatenate(
        (tokens.words.hashes, *(row[some] for row, some in zip(tokens.edges, edges, strict=True)))
    )
    owners = np.concatenate((tokens.words.owners, *edges))
    # A word counts once a block.
    seen = np.unique(np.stack((owners.astype(np.uint64), hashes)), axis=1)
    owners, hashes = seen[0].astype(np.int64), seen[1]
    return _sum_mass(hashes, mass[owners] * is_article[owners], mass[owners] * ~is_article[owners])


def weigh_names(cut: Cut, labels: Values, sizes: Values) -> TokenMass:
    """The tokens of classes and ids of one page: each weighs all text inside its container."""
    mass, is_article = _weigh_blocks(labels, sizes)
    inside = np.zeros((2, len(cut.parents)))
    np.add.at(inside, (1 - is_article.astype(int), np.array(cut.homes)), mass)
    totals = inside.T.tolist()
    for index in range(len(cut.parents) - 1, 0, -1):
        above, here = totals[cut.parents[index]], totals[index]
        above[0] += here[0]
        above[1] += here[1]
    by_key: dict[str, list[float]] = {}
    opening = zip(cut.inner_keys, mass.tolist(), is_article.tolist(), strict=True)
    pairs = [
        *zip(cut.keys, totals, strict=True),
        *((key, [size, 0.0] if kept else [0.0, size]) for key, size, kept in opening if key),
    ]
    for key, (article, other) in pairs:
        if article or other:
            sums = by_key.setdefault(key, [0.0, 0.0])
            sums[0] += article
            sums[1] += other
    tokens = list_name_tokens(read_labels(list(by_key)))
    sums_by_key = np.array(list(by_key.values())).reshape(-1, 2)
    return _sum_mass(tokens.hashes, sums_by_key[tokens.owners, 0], sums_by_key[tokens.owners, 1])


def _weigh_blocks(labels: Values, sizes: Values) -> tuple[Values, NDArray[np.bool_]]:
    """What each block weighs (a page weighs 60 in all), and whether it is article."""
    mass = np.minimum(sizes, 60) ** 0.6 + 0.2
    return mass * (_PAGE_MASS / mass.sum()), labels >= 0.5


def _sum_mass(hashes: Hashes, article: Values, other: Values) -> TokenMass:
    short = (hashes >> np.uint64(32)).astype(np.uint32)
    distinct, which = np.unique(short, return_inverse=True)
    return TokenMass(
        hashes=distinct,
        article=np.bincount(which, article, len(distinct)).astype(float),
        other=np.bincount(which, other, len(distinct)).astype(float),
    )


def vote_site(fold: int, pages: Sequence[TokenMass]) -> SiteVote:
    """One site's say on every token of its pages."""
    hashes = np.concatenate([page.hashes for page in pages])
    distinct, which = np.unique(hashes, return_inverse=True)
    article = np.bincount(which, np.concatenate([page.article for page in pages]))
    other = np.bincount(which, np.concatenate([page.other for page in pages]))
    mass = np.maximum(article + other, 1e-9)
    weights = np.minimum(1.0, mass / 0.5 + 0.2)
    return SiteVote(fold=fold, hashes=distinct, votes=weights * article / mass, weights=weights)


def fit_table(votes: Sequence[SiteVote], *, without_fold: int | None) -> TokenTable:
    """The table from all sites, or from those outside one fold."""
    chosen = [vote for vote in votes if vote.fold != without_fold]
    distinct, which = np.unique(
        np.concatenate([vote.hashes for vote in chosen]), return_inverse=True
    )
    share = np.bincount(which, np.concatenate([vote.votes for vote in chosen]))
    sites = np.bincount(which, np.concatenate([vote.weights for vote in chosen]))
    rate = (share + _PRIOR_SITES * _PRIOR) / (sites + _PRIOR_SITES)
    rate = np.clip(rate, 0.003, 0.997)
    scores = np.log(rate / (1 - rate)) - np.log(_PRIOR / (1 - _PRIOR))
    keep = (sites >= _LEAST_SITES - 0.01) & (np.abs(scores) > _LEAST_SCORE)
    return build_table(distinct[keep], np.round(scores[keep], 2).astype(np.float32))
