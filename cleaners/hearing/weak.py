"""Weak lines: what is residue only at the edges of a text and beside lines that fell."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from cleaners.article import Reason
from cleaners.hearing.context import Hearing
from cleaners.hearing.guards import is_body, is_label_like, is_upper
from cleaners.matching.phrases import Where
from cleaners.words.fold import fold_words, is_spaceless, weigh_words

# Labels that no chapter is named after, unlike sections of a site and what readers do there
# ("Reactions", "Donations"); and words of such names.
_NO_CROSSHEADS = frozenset(
    {Reason.AD_LABEL, Reason.COMMENT_LOGIN, Reason.COOKIE, Reason.LOADING, Reason.SHARE}
)
_CROSSHEAD_WORDS = 2
_MANY_WORDS = 2  # of a crosshead that a label of one word does not look like
# How a last sentence ends that says something, its words at most, lines of the text at least, and
# what the words of such a sentence head elsewhere.
_SAID, _LAST_WORDS, _TOLD_LINES = (".", "…", "。"), 3, 3
_LEADING = frozenset({Reason.NAVIGATION, Reason.READ_ALSO})
_HEAD_MIN = 2  # weak lines at the beginning of a text that make sure of each other
_HEAD_LINES = 6  # lines of a text among which they begin: under its headline and its date


def judge_weak(hearing: Hearing) -> None:
    """Drop weak lines at the edges of the text and beside lines that fell, and lone ad labels."""
    if not hearing.weak:
        return
    filled = [index for index, line in enumerate(hearing.lines) if line]
    places = [bisect_left(filled, index) for index in sorted(hearing.weak)]
    begun = _find_beginnings(hearing, filled)
    for at in places:
        fallen = at in begun or (at > 0 and hearing.judged[filled[at - 1]] is not None)
        if fallen and not _heads_chapter(hearing, filled, at, at - 1):
            _drop_weak(hearing, filled[at])
    for at in reversed(places):
        if at + 1 == len(filled) and _ends_story(hearing, filled):
            continue
        fallen = at + 1 == len(filled) or hearing.judged[filled[at + 1]] is not None
        if fallen and not _heads_chapter(hearing, filled, at, at + 1):
            _drop_weak(hearing, filled[at])
    _judge_titles(hearing, filled, places)
    _judge_lone_labels(hearing, filled)


def _ends_story(hearing: Hearing, filled: Sequence[int]) -> bool:
    """Whether the last line closes a story in few words, as "À suivre." does.

    It stands right after a paragraph, and ends as sentences do and links do not.
    """
    last = filled[-1]
    line = hearing.lines[last]
    if len(filled) < _TOLD_LINES or not line.endswith(_SAID):
        return False
    before = filled[-2]
    is_told = hearing.judged[before] is None and is_body(hearing.lines[before])
    leads = hearing.rules.terms[hearing.weak[last]].reason in _LEADING
    return is_told and leads and len(line.split()) <= _LAST_WORDS


def _judge_titles(hearing: Hearing, filled: Sequence[int], places: Sequence[int]) -> None:
    """Drop links to other stories ("Read more: ...") that follow each other directly."""
    terms = hearing.rules.terms

    def is_title(at: int) -> bool:
        term = terms[hearing.weak[filled[at]]]
        return term.where is Where.PREFIX and term.reason is Reason.READ_ALSO

    titles = [at for at in places if is_title(at)]
    for at, after in pairwise(titles):
        if after == at + 1:
            _drop_weak(hearing, filled[at])
            _drop_weak(hearing, filled[after])


def _heads_chapter(hearing: Hearing, filled: Sequence[int], at: int, fallen: int) -> bool:
    """Whether a weak line names what may be the story's own chapter: "Health", "Reactions".

    An advertisement stands anywhere, so its label beside the line says nothing of it.
    """
    other = at + (at - fallen)
    if min(fallen, other) < 0 or max(fallen, other) >= len(filled):
        return False
    beside = hearing.judged[filled[fallen]]
    line = hearing.lines[filled[at]]
    return (
        beside is not None
        and beside.verdict.reason is Reason.AD_LABEL
        and hearing.rules.terms[hearing.weak[filled[at]]].reason not in _NO_CROSSHEADS
        and len(line.split()) <= _CROSSHEAD_WORDS
        and is_label_like(line)
        and hearing.judged[filled[other]] is None
        and is_body(hearing.lines[filled[other]])
    )


def _find_beginnings(hearing: Hearing, filled: Sequence[int]) -> set[int]:
    """Where weak lines begin that count as residue, as those at the end of a text do.

    Of extracted text that is where several stand in a row, first or above the first paragraph: a
    single one may be the story's section, or its date.
    """
    if hearing.is_page:
        return {0}
    found = set()
    for at in range(min(_HEAD_LINES, max(1, len(filled) - _HEAD_MIN + 1))):
        some = filled[at : at + _HEAD_MIN]
        is_label = all(index in hearing.weak or hearing.is_gone(index) for index in some)
        if is_label and (at == 0 or hearing.last_body >= 0):
            found.add(at)
        if is_body(hearing.lines[filled[at]]):
            break
    return found


def _judge_lone_labels(hearing: Hearing, filled: Sequence[int]) -> None:
    """Drop the label of an advertisement that stands alone between two paragraphs.

    A crosshead stands there too, so a label must differ in shape from every crosshead of the text,
    or stand there again, which no crosshead of the text does.
    """
    terms, lines = hearing.rules.terms, hearing.lines
    if not any(
        hearing.judged[index] is None and terms[term].reason is Reason.AD_LABEL
        for index, term in hearing.weak.items()
    ):
        return
    alone = [
        at
        for before, at, after in zip(filled, filled[1:], filled[2:], strict=False)
        if is_label_like(lines[at]) and is_body(lines[before]) and is_body(lines[after])
    ]
    ads = [
        index
        for index in alone
        if hearing.judged[index] is None
        and index in hearing.weak
        and terms[hearing.weak[index]].reason is Reason.AD_LABEL
    ]
    words = {lines[index] for index in ads}
    others = [
        lines[index]
        for index in alone
        if lines[index] not in words and index not in hearing.weak and not hearing.is_gone(index)
    ]
    times = Counter(lines[index] for index in ads)
    are_single = len(set(others)) == len(others)
    for index in ads:
        again = are_single and times[lines[index]] > 1
        if again or all(_is_other_shape(lines[index], other) for other in others):
            _drop_weak(hearing, index)


def _is_other_shape(label: str, crosshead: str) -> bool:
    """Whether a label does not look as a crosshead does: in capitals, or one word among many."""
    if is_upper(label) and not is_upper(crosshead):
        return True
    return _count_words(label) <= 1 < _MANY_WORDS <= _count_words(crosshead)


def _count_words(line: str) -> float:
    """How many words `line` has, or is worth in a script without spaces."""
    if is_spaceless(line[:1]):
        return weigh_words(fold_words(line))
    return len(line.split())


def _drop_weak(hearing: Hearing, index: int) -> None:
    if hearing.judged[index] is None:
        term = hearing.rules.terms[hearing.weak[index]]
        hearing.drop(index, term.reason, term.rule)
