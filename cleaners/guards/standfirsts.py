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

from cleaners.about.names import has_lead
from cleaners.cutting.columns import IMAGE_MARK, Cut
from cleaners.cutting.containernames import names_standfirst
from cleaners.cutting.tags import BIT, HIDDEN_BIT, LIST_BITS
from cleaners.features import SAME_TITLE, Features
from cleaners.judge import bound_kept
from cleaners.measures.containers import bound_blocks, find_outer_list, find_wrapper
from cleaners.words.credits import find_credits
from cleaners.words.dates import are_dates
from cleaners.words.sentences import COLONS

# A standfirst, which its place speaks for, stays from this probability on; on a page that does not
# call itself news from the other on.
_SENSIBLE, _LIKELY = 0.03, 0.3
# Lines at most between it and the headline, and words of each.
_MOST_LINES, _LINE_WORDS = 4, 8
# The same where template or head of the page say that it is one, on an article and elsewhere, and
# its words at least: decks are short in scripts whose words are long, or not spaced. The name may
# be that of one of so many containers, the block's own first.
_TOLD_ARTICLE, _TOLD, _STANDFIRST_WORDS, _OWN_LEVELS = 0.01, 0.3, 4, 3
# Items of a standfirst that is a list at most.
_MOST_ITEMS = 6
# A page with so many kept paragraphs tells a story, whatever it calls itself. Set on 3,577 labelled
# pages: 13 are better for it, 5 worse.
_STORY_PARAGRAPHS = 5
# What microdata call a standfirst (schema.org `description`).
_DESCRIBED = "ip_description"
# A time of day or a date in figures, which notes on when something was written have.
_CLOCK = re.compile(r"(?<!\d)\d{1,2}(?:[:h]\d{2}(?!\d)|([./-]) ?\d{1,2}\1 ?(?:\d{2}){1,2}(?!\d))")
_STOP_INSIDE = re.compile(r"[^\W\d_]{3,}[.!?][\"”»]? [^\W\d_]|[。！？].")


def find_opening(kept: NDArray[np.bool_], features: Features) -> range:
    """The blocks between the headline and the story; none where no headline stands above it."""
    first = bound_kept(kept)[0]
    titles = (features.title_share[:first] >= SAME_TITLE).nonzero()[0]
    return range(int(titles[-1]) + 1, first) if titles.size else range(0)


def tells_story(kept: NDArray[np.bool_], features: Features) -> bool:
    """Whether so many paragraphs are kept that a page tells a story, whatever it calls itself."""
    return bool(np.count_nonzero(kept & (features.good > 0)) >= _STORY_PARAGRAPHS)


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
    opening = find_opening(kept, features)
    least = _SENSIBLE if is_news else _LIKELY
    for index in opening[: 1 + _MOST_LINES]:
        is_line = features.words[index] <= _LINE_WORDS
        # A standfirst often lacks the last full stop, but not the one after its first sentence.
        is_told = features.good[index] or _STOP_INSIDE.search(cut.texts[index])
        if is_told and are_dates(cut.texts[index]):
            continue
        if is_told and not cut.link_counts[index] and (not is_line or index == opening.start):
            if probabilities[index] >= least:
                return index if _is_said_once(index, features, cut) else None
        elif not is_line:
            break
    if opening and probabilities[opening.start] >= least:
        return _find_unstopped(opening.start, features, cut)
    return None


def _is_said_once(index: int, features: Features, cut: Cut) -> bool:
    """Whether a text stands on the page once, or only right under copies of the headline.

    Some pages have the headline twice, for wide and for narrow screens.
    """
    text = cut.texts[index]
    if cut.texts.count(text) == 1:
        return True
    return all(
        at > 0 and features.title_share[at - 1] >= SAME_TITLE
        for at, other in enumerate(cut.texts)
        if other == text
    )


def _find_unstopped(index: int, features: Features, cut: Cut) -> int | None:
    """The block right under the headline, where it is a sentence that lacks its stop.

    It stands beside the headline, and is no line that says who wrote, when, or what is shown.
    """
    text, home, title = cut.texts[index], cut.homes[index], cut.homes[index - 1]
    if features.words[index] <= _LINE_WORDS - 1 or cut.link_counts[index]:
        return None
    if cut.bits[home] & (HIDDEN_BIT | LIST_BITS | BIT["figure"]) or _CLOCK.search(text):
        return None
    if cut.marks[index] & IMAGE_MARK or text.endswith(COLONS):
        return None
    if are_dates(text) or has_lead(text) or any(True for _ in find_credits([text])):
        return None
    return index if _is_beside(home, title, cut) and cut.texts.count(text) == 1 else None


def _is_beside(home: int, other: int, cut: Cut) -> bool:
    """Whether two containers stand in one, each in no more than a box of its own there."""
    if cut.parents[home] == cut.parents[other]:
        return True
    around, about = ({cut.parents[each], cut.parents[cut.parents[each]]} for each in (home, other))
    return not around.isdisjoint(about - {0, -1})


def find_told_standfirsts(
    kept: NDArray[np.bool_], features: Features, cut: Cut, *, is_article: bool
) -> Iterator[tuple[int, float]]:
    """Lines between headline and story that template or head of the page tell for a standfirst.

    With each the probability from which on it stays: what a head describes a page as is a summary
    for search engines on many that call themselves no article.
    """
    opening = find_opening(kept, features)
    if not opening:
        return
    is_story = is_article or tells_story(kept, features)
    for index in opening:
        bits = cut.bits[cut.homes[index]]
        if features.words[index] < _STANDFIRST_WORDS or bits & HIDDEN_BIT:
            continue
        if bits & LIST_BITS:
            key = _name_list(index, opening, cut)
        else:
            key = " ".join((cut.inner_keys[index], *_list_own_keys(index, cut)))
        if names_standfirst(key) or _DESCRIBED in key.split():
            yield index, _TOLD_ARTICLE if is_story else _TOLD
        elif features.described[index] > 0 and not bits & LIST_BITS:
            yield index, _TOLD_ARTICLE if is_article else _TOLD


def _name_list(index: int, opening: range, cut: Cut) -> str:
    """The key of the list that a block stands in, where all of it may be what the story says first.

    Excerpts of other stories are named so as well, in lists of links.
    """
    around = find_outer_list(cut.homes[index], cut)
    start, end = bound_blocks(index, around, cut, most=_MOST_ITEMS)
    is_own = opening.start <= start and end <= opening.stop and end - start <= _MOST_ITEMS
    return cut.keys[around] if is_own and not any(cut.link_counts[start:end]) else ""


def _list_own_keys(index: int, cut: Cut) -> Iterator[str]:
    """The keys of a block's container and of the nearest around it that hold nothing else."""
    container = cut.homes[index]
    box = find_wrapper(container, index - 1, index + 1, cut)
    for _ in range(_OWN_LEVELS):
        yield cut.keys[container]
        if container == box:
            return
        container = cut.parents[container]
