"""Guards for journalism: the sentences between headline and story that sum it up, its standfirst.

It says in other words what the story says, so the model doubts it; place, name and the page's own
head speak for it. Set on 1,873 article pages with probabilities of models that had not seen their
sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cleaners.columns import Cut
from cleaners.containernames import names_standfirst
from cleaners.containers import find_wrapper
from cleaners.dates import are_dates
from cleaners.features import SAME_TITLE, Features
from cleaners.judge import bound_kept
from cleaners.tags import HIDDEN_BIT, LIST_BITS

# A standfirst, which its place speaks for, stays from this probability on; on a page that does not
# call itself news from the other on.
_SENSIBLE, _LIKELY = 0.03, 0.3
# Lines at most between it and the headline, and words of each.
_MOST_LINES, _LINE_WORDS = 4, 8
# The same where template or head of the page say that it is one, on an article and elsewhere, and
# its words at least: decks are short in scripts whose words are long, or not spaced. The name may
# be that of one of so many containers, the block's own first.
_TOLD_ARTICLE, _TOLD, _STANDFIRST_WORDS, _OWN_LEVELS = 0.01, 0.3, 4, 3
# A page with so many kept paragraphs tells a story, whatever it calls itself. Set on 3,577 labelled
# pages: 13 are better for it, 5 worse.
_STORY_PARAGRAPHS = 5
# What microdata call a standfirst (schema.org `description`).
_DESCRIBED = "ip_description"
_STOP_INSIDE = re.compile(r"[^\W\d_]{3,}[.!?][\"”»]? [^\W\d_]|[。！？].")


def _find_opening(kept: NDArray[np.bool_], features: Features) -> range:
    """The blocks between the headline and the story; none where no headline stands above it."""
    first = bound_kept(kept)[0]
    titles = np.flatnonzero(features.title_share[:first] >= SAME_TITLE)
    return range(int(titles[-1]) + 1, first) if titles.size else range(0)


def find_standfirst(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    features: Features,
    cut: Cut,
    *,
    is_news: bool,
) -> int | None:
    """The sentences after the headline, where the story begins only later.

    A few lines may stand between: the writers, the date, and what the model denies. What the page
    says again is a notice to readers.
    """
    opening = _find_opening(kept, features)
    least = _SENSIBLE if is_news else _LIKELY
    for index in opening[: 1 + _MOST_LINES]:
        is_line = features.words[index] <= _LINE_WORDS
        # A standfirst often lacks the last full stop, but not the one after its first sentence.
        is_told = features.good[index] or _STOP_INSIDE.search(cut.texts[index])
        if is_told and are_dates(cut.texts[index]):
            continue
        if is_told and not cut.link_counts[index] and (not is_line or index == opening.start):
            if probabilities[index] >= least:
                return index if cut.texts.count(cut.texts[index]) == 1 else None
        elif not is_line:
            break
    return None


def find_told_standfirsts(
    kept: NDArray[np.bool_], features: Features, cut: Cut, *, is_article: bool
) -> Iterator[tuple[int, float]]:
    """Lines between headline and story that template or head of the page tell for a standfirst.

    With each the probability from which on it stays: what a head describes a page as is a summary
    for search engines on many that call themselves no article.
    """
    opening = _find_opening(kept, features)
    if not opening:
        return
    is_story = is_article or np.count_nonzero(kept & (features.good > 0)) >= _STORY_PARAGRAPHS
    for index in opening:
        # Excerpts of other stories are named so as well, in lists of them.
        is_apart = cut.bits[cut.homes[index]] & (HIDDEN_BIT | LIST_BITS)
        if features.words[index] < _STANDFIRST_WORDS or is_apart:
            continue
        key = " ".join((cut.inner_keys[index], *_list_own_keys(index, cut)))
        if names_standfirst(key) or _DESCRIBED in key.split():
            yield index, _TOLD_ARTICLE if is_story else _TOLD
        elif features.described[index] > 0:
            yield index, _TOLD_ARTICLE if is_article else _TOLD


def _list_own_keys(index: int, cut: Cut) -> Iterator[str]:
    """The keys of a block's container and of the nearest around it that hold nothing else."""
    container = cut.homes[index]
    box = find_wrapper(container, index - 1, index + 1, cut)
    for _ in range(_OWN_LEVELS):
        yield cut.keys[container]
        if container == box:
            return
        container = cut.parents[container]
