"""Long stretches of short lines that are plainly the chrome of a page."""

from __future__ import annotations

from collections import Counter

from cleaners.article import Reason
from cleaners.hearing.context import Hearing
from cleaners.hearing.guards import LABEL_MAX, is_label_like

# A stretch is many short lines with no paragraph between them. The numbers were set on the
# labelled lines and the clean truths (benchmarks/residue/lines.py and harm.py).
_STRETCH_MIN = 12  # lines
_STRETCH_SHARE = 0.4  # of them that speak for residue
_STRETCH_SHARE_AT_END = 0.25  # where no story follows
_STRETCH_RULES_MIN = 3  # different rules that fired
_LONGEST = 110  # characters; a longer line may be the standfirst of the story after the chrome
# Before the chrome so many lines of residue at most stand above a list of the story, which is so
# long at least: the label of an advertisement, a link to another story.
_STRAY_MAX, _LIST_MIN = 2, 3
# A listing has this many lines that repeat, and this share of all its lines. Of 1,871 clean truths
# none comes near (the most are 37 lines and a third).
_LISTING_MIN = 50
_LISTING_SHARE = 0.5
_REPEATS_MIN = 3  # times a short line stands in the text


def judge_stretches(hearing: Hearing) -> None:
    """Drop long stretches of short lines that are plainly the chrome of a page.

    In such a stretch rules of several kinds speak, and many lines are residue already, or weak,
    or stand in the text again and again. None of these alone is enough: tables, results and
    product tests repeat their labels too. Only where one stretch is so long and so full of
    repeats that nobody wrote it (a site's whole menu, a programme) is that enough for all. What
    stands before the first residue of a stretch may be the story's own list.
    """
    # A line that stands in the text three times makes two thirds of its lines spare ones.
    least = _LISTING_MIN * 2 // _REPEATS_MIN
    if hearing.dropped < _STRETCH_RULES_MIN:
        short = [line for line in hearing.lines if len(line) <= LABEL_MAX]
        if len(short) <= least or len(short) - len(set(short)) < least:
            return
    repeated, again = _find_repeated(hearing)
    if hearing.dropped < _STRETCH_RULES_MIN and again < _LISTING_MIN:
        return
    stretches = _find_stretches(hearing)
    listed = any(_is_listing(hearing, stretch, repeated) for stretch in stretches)
    for stretch in stretches:
        left = [index for index in stretch if not hearing.is_gone(index)]
        if not left or not _is_chrome(hearing, stretch, left, repeated, listed=listed):
            continue
        if left[-1] == stretch[-1] != len(hearing.lines) - 1:
            left.pop()  # as likely the crosshead of what follows
        if not listed:
            start = _find_chrome(hearing, stretch)
            left = [index for index in left if index >= start]
        for index in left:
            if len(hearing.lines[index]) <= _LONGEST:
                again = hearing.lines[index] in repeated
                hearing.drop(index, Reason.REPEATED if again else Reason.RUN)


def _find_repeated(hearing: Hearing) -> tuple[frozenset[str], int]:
    """Return the short lines that stand in the text often, and how many lines they are."""
    count = Counter(hearing.lines)
    often = {
        line: times
        for line, times in count.items()
        if times >= _REPEATS_MIN and is_label_like(line)
    }
    return frozenset(often), sum(often.values())


def _find_stretches(hearing: Hearing) -> list[list[int]]:
    """Return the stretches of lines that fell or could be headlines or labels.

    Of paragraphs only every twelfth is looked at: no shorter stretch counts.
    """
    is_gone, is_link_like = hearing.is_gone, hearing.is_link_like
    filled = [index for index, line in enumerate(hearing.lines) if line or is_gone(index)]
    stretches: list[list[int]] = []
    start = 0  # no stretch that counts begins before it
    while start + _STRETCH_MIN <= len(filled):
        at = start + _STRETCH_MIN - 1
        while at >= start and (is_gone(filled[at]) or is_link_like(filled[at])):
            at -= 1
        if at >= start:
            start = at + 1
            continue
        stop = start + _STRETCH_MIN
        while stop < len(filled) and (is_gone(filled[stop]) or is_link_like(filled[stop])):
            stop += 1
        stretches.append(filled[start:stop])
        start = stop + 1
    return stretches


def _is_listing(hearing: Hearing, stretch: list[int], repeated: frozenset[str]) -> bool:
    """Whether a stretch is so long and so full of repeats that nobody wrote it."""
    again = sum(hearing.lines[index] in repeated for index in stretch)
    return again >= _LISTING_MIN and again >= _LISTING_SHARE * len(stretch)


def _is_chrome(
    hearing: Hearing,
    stretch: list[int],
    left: list[int],
    repeated: frozenset[str],
    *,
    listed: bool,
) -> bool:
    """Whether enough speaks for a stretch being chrome."""
    rules = {
        judged.verdict.rule
        for index in stretch
        if (judged := hearing.judged[index]) is not None and judged.verdict.rule
    }
    doubtful = sum(hearing.lines[index] in repeated or index in hearing.weak for index in left)
    share = (len(stretch) - len(left) + doubtful) / len(stretch)
    at_end = stretch[-1] == len(hearing.lines) - 1
    least = _STRETCH_SHARE_AT_END if at_end else _STRETCH_SHARE
    return share >= least and (listed or len(rules) >= _STRETCH_RULES_MIN)


def _find_chrome(hearing: Hearing, stretch: list[int]) -> int:
    """Where the chrome of a stretch begins: at residue under which no list of the story stands."""
    start, strays, told = stretch[-1] + 1, 0, 0
    for index in stretch:
        if not hearing.is_gone(index):
            told += 1
            continue
        if not strays or (told >= _LIST_MIN and strays <= _STRAY_MAX):
            start, strays = index, 0
        strays += 1
        told = 0
    return start
