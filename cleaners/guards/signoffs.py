"""Guards for journalism: the lines under a story that say who talked, translated or recorded.

What a court calls its case, and a serial's "to be continued", stand there as well.

They are short and stand where prompts do, often in a class of their own, so that the model doubts
them; what they begin with says what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.tags import APART_BITS, LIST_BITS
from cleaners.features import Features
from cleaners.judge import bound_kept
from cleaners.measures.containers import find_wrapper
from cleaners.words.sentences import ends_sentence
from cleaners.words.wordlists import read_word_list

# Characters and words of such a line at most, and characters of one in brackets.
_CHARS, _WORDS, _BRACKETED_CHARS = 100, 10, 60
# Blocks after the last kept one among which such a line is looked for: a box about who was asked
# may stand before it. Blocks up to the last among which it is looked for too: a note may follow.
_AFTER, _BEFORE = 3, 3
# The container around the line holds at least this share of the kept words.
_HELD_SHARE = 0.5
_LINKED = 0.9
_BRACKETED = re.compile(r"[(（\[【].*[)）\]】]\s?\.?")
# Characters of a phrase that are looked at first.
_STARTS = 3
_LETTER = re.compile(r"[^\W\d_]")
# The lists of `words/closings.toml` that such a line begins with.
_PHRASES = ("openings", "serials", "bracketed", "dockets")
_FINAL_SIGMA = "\u03c2"
_AROUND_NAME = "\"'“„«(（・=＝:：/"
# What may stand before and after the words of a line.
_LEADING, _TRAILING = r"[\s*(（\[【–—-]*", r"[\s.…)）\]】]*"


def find_signoffs(
    kept: NDArray[np.bool_], few_links: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """The unlinked lines right after the last kept block that name who talked, translated etc.

    Those among the last blocks up to that are found too. Each stands in the container of the story.
    """
    last = bound_kept(kept)[1]
    found = [
        index
        for index in range(max(0, last - _BEFORE), last + 1)
        if not cut.link_chars[index]
        and is_signoff(cut.texts[index])
        and (kept[index] or _is_in_story(index, last, kept, features, cut))
    ]
    at = last + 1
    while near := [
        index
        for index in range(at, min(at + _AFTER, len(kept)))
        if few_links[index]
        and not cut.link_chars[index]
        and is_signoff(cut.texts[index])
        and _is_in_story(index, last, kept, features, cut)
        and not _heads_links(index, features, cut)
    ]:
        found.append(near[0])
        at = near[0] + 1
    return found


def _is_in_story(
    index: int, last: int, kept: NDArray[np.bool_], features: Features, cut: Cut
) -> bool:
    """Whether a block stands in a container of most of the story, or right beside its last one."""
    home, there = cut.homes[index], cut.homes[last]
    if cut.bits[home] & (APART_BITS | LIST_BITS) & ~cut.bits[there]:
        return False
    around = cut.parents[home]
    if home == there or around == cut.parents[there]:
        return True
    around = cut.parents[find_wrapper(home, index - 1, index + 1, cut)]
    if around <= 0:
        return False
    homes, words = cut.arrays.homes, features.words * kept
    inside = (homes >= around) & (homes <= cut.ends[around])
    return bool(words[inside].sum() >= _HELD_SHARE * words.sum())


def _heads_links(index: int, features: Features, cut: Cut) -> bool:
    """Whether a line may be the label of links right under it, beside it or in the box around."""
    after, around = index + 1, cut.parents[cut.homes[index]]
    if after == len(cut.texts) or features.links[after] < _LINKED:
        return False
    return (
        around > 0 and around <= cut.homes[after] <= cut.ends[around] and _ends_serial(index, cut)
    )


def _ends_serial(index: int, cut: Cut) -> bool:
    return _load_patterns()[0].match(_fold(cut.texts[index])) is None


def is_signoff(text: str) -> bool:
    """Whether a line names who talked, translated or helped, or a court's case, or ends a part.

    >>> is_signoff("Translated by Ada Quill"), is_signoff("Translated by machine")
    (True, False)
    """
    if len(text) > _CHARS or not _may_sign(said := _fold(text)) or _count_words(text) > _WORDS:
        return False
    is_bracketed = _BRACKETED.fullmatch(text) is not None
    if is_bracketed and len(text) > _BRACKETED_CHARS:
        return False
    opening, serial, short, docket = _load_patterns()
    if docket.match(said) is not None:
        return True
    if opened := opening.match(said):
        return _names_somebody(text[opened.end() :], is_labelled=opened[0].endswith(":"))
    ended = serial.match(said)
    if ended and (ended.end() == len(said) or ends_sentence(text)):
        return True
    is_marked = is_bracketed or any(map(str.isdigit, text))
    return is_marked and short.fullmatch(said) is not None


def _count_words(text: str) -> int:
    """How many words a text has, signs that stand alone left out where they would matter."""
    words = text.split()
    if len(words) <= _WORDS:
        return len(words)
    return sum(any(map(str.isalnum, word)) for word in words)


def _names_somebody(text: str, *, is_labelled: bool) -> bool:
    """Whether a word, right after a label the first, begins as names do: with no small letter."""
    words = [word.strip(_AROUND_NAME) for word in text.split()]
    names = [word[:1].isalpha() and not word[0].islower() for word in words]
    return any(names[:1] if is_labelled else names)


def _fold(text: str) -> str:
    """A text in lower case, as long as it was, with plain apostrophes and colons."""
    lower = text.lower()
    # Greek has another sigma at the end of a word, and some letters are two in lower case.
    if len(lower) != len(text) or _FINAL_SIGMA in lower:
        lower = "".join(each if len(each) == 1 else char for char in text if (each := char.lower()))
    return lower.replace("\u2019", "'").replace("：", ":")


def heads_sources(text: str) -> bool:
    """Whether a heading says that what a story rests on is listed under it.

    >>> heads_sources("Sources:"), heads_sources("Sources of light")
    (True, False)
    """
    return text.lower().rstrip(": ") in load_closing_words()["sources"]


@cache
def load_closing_words() -> Mapping[str, tuple[str, ...]]:
    """The lists of `words/closings.toml`."""
    return {key: tuple(values) for key, values in read_word_list("closings").items()}


def _may_sign(said: str) -> bool:
    """Whether a folded text begins with the first letters of a phrase: most do not."""
    first = _LETTER.search(said)
    if first is None:
        return False
    start = said[first.start() : first.start() + _STARTS]
    # Some are two characters long.
    return not _load_starts().isdisjoint((start, start[:2]))


@cache
def _load_starts() -> frozenset[str]:
    """The first characters of all phrases, which begin with a letter."""
    words = load_closing_words()
    return frozenset(each[:_STARTS] for key in _PHRASES for each in words[key])


@cache
def _load_patterns() -> tuple[re.Pattern[str], ...]:
    """Of openings, of the ends of serials, of those that brackets or a number tell, of dockets."""
    words = load_closing_words()
    openings, serials, bracketed, dockets = (_join(words[key]) for key in _PHRASES)
    number = r"(?:\d{1,2}\s?[.)]?)?"
    return (
        re.compile(rf"{_LEADING}(?:{openings})"),
        re.compile(rf"{_LEADING}{number}{_LEADING}(?:{serials})(?:{_TRAILING}$|\s?:\s)"),
        re.compile(rf"{_LEADING}{number}{_LEADING}(?:{bracketed}){_TRAILING}{number}{_TRAILING}"),
        re.compile(rf"{_LEADING}(?:{dockets})\s?(?=.*\d)"),
    )


def _join(phrases: Iterable[str]) -> str:
    """A pattern of phrases, the longest first; where script has case, a word that ends one ends."""
    return "|".join(
        re.escape(each).replace(":", r"\s?:") + (r"(?!\w)" if each[-1].islower() else "")
        for each in sorted(phrases, key=len, reverse=True)
    )
