"""What the lines around a line say about it: runs, repetition, stretches, edges.

Each function hears one kind of evidence and drops more lines of a `Hearing`; none ever takes a
drop back. They work on lines that no rule covers by itself, so each asks for shapes that a told
story does not have.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import takewhile

from cleaners.article import Reason, Verdict
from cleaners.guards import (
    is_body,
    is_headline_like,
    is_label_like,
    is_link_like,
    is_list_item,
    is_reference,
    is_upper,
)
from cleaners.matcher import Matcher
from cleaners.sites import SiteMemory

_RUN_MAX = 30  # lines; a longer list under a heading is a page of its own
_RUN_INSIDE_MAX = 10  # lines, where the story goes on after the run, unless
_RUN_HEADLINES = 0.5  # of them are headlines without doubt
_ASKS = ("?", "？", "؟", ";", "\u037e")  # Greek asks with a semicolon
RUN_MIN = 2
"""Headlines under a heading in running text that make sure of it."""
# A stretch is many short lines with no paragraph between them. The numbers were set on the
# labelled lines and the clean truths (benchmarks/residue/lines.py and harm.py).
_STRETCH_MIN = 12  # lines
_STRETCH_SHARE = 0.4  # of them that speak for residue
_STRETCH_SHARE_AT_END = 0.25  # where no story follows
_STRETCH_RULES_MIN = 3  # different rules that fired
# Share of a site's pages from which even a line between paragraphs is chrome.
_CHROME_SHARE = 0.3
# A listing has this many lines that repeat, and this share of all its lines. Of 1,871 clean truths
# none comes near (the most are 37 lines and a third).
_LISTING_MIN = 50
_LISTING_SHARE = 0.5
# Sections and columns of a site, which chapters are named after too, and words of such names.
_ALSO_CROSSHEADS = frozenset({Reason.NAVIGATION, Reason.PLAYER, Reason.TAGS})
_CROSSHEAD_WORDS = 2
_HEAD_MIN = 2  # weak lines at the beginning of a text that make sure of each other
_REPEATS_MIN = 3  # times a short line stands in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is residue in a line: all but `line[start:end]`, for the reason in `verdict`."""

    verdict: Verdict
    start: int = 0
    end: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the line is kept."""
        return self.start >= self.end


class Hearing:
    """The lines of one text and what is decided about them so far; lives for one call."""

    def __init__(
        self,
        lines: Sequence[str],
        rules: Matcher,
        *,
        is_page: bool,
        firm: Collection[int] = (),
    ) -> None:
        self.lines = tuple(lines)
        self.rules = rules
        self.judged: list[Judged | None] = [None] * len(lines)
        self.weak: dict[int, int] = {}
        self.heads: list[int] = []
        self.dropped = 0
        self.is_page = is_page
        self._firm = frozenset(firm)
        self._last_body: int | None = None

    def look_around(self, index: int) -> tuple[str, str, str]:
        """Return a line, the one before it and the one after it."""
        before = self.lines[index - 1] if index else ""
        after = self.lines[index + 1] if index + 1 < len(self.lines) else ""
        return self.lines[index], before, after

    def is_in_story(self, index: int) -> bool:
        """Whether a paragraph follows the line, near or far."""
        if self._last_body is None:
            backward = range(len(self.lines) - 1, -1, -1)
            self._last_body = next((at for at in backward if is_body(self.lines[at])), -1)
        return index < self._last_body

    def is_link_like(self, index: int) -> bool:
        """Whether the line could be a link to another story, by its shape and by the page."""
        return index not in self._firm and is_link_like(self.lines[index])

    def drop(self, index: int, reason: Reason, rule: str = "") -> None:
        """Mark a whole line as residue."""
        self.judged[index] = Judged(verdict=Verdict(keep=False, reason=reason, rule=rule))
        self.dropped += 1

    def is_gone(self, index: int) -> bool:
        """Whether nothing of the line is kept."""
        judged = self.judged[index]
        return judged is not None and judged.is_whole


def judge_runs(hearing: Hearing) -> None:
    """Drop the link lines under headings such as "A lire aussi", up to where the story goes on.

    With story after it, a run is short, of two headlines at least, and ends with one; at the end of
    the text it is all short lines.
    """
    heads, hearing.heads = hearing.heads, []  # a heading speaks once
    open_lines = _Skips(lambda at: hearing.judged[at] is None and hearing.lines[at] != "")
    left_lines = _Skips(lambda at: not hearing.is_gone(at))
    count = len(hearing.lines)
    for head in heads:
        heading = hearing.judged[head]
        rule = heading.verdict.rule if heading else ""
        run = _follow_run(hearing, head, open_lines)
        follower = left_lines.find_next(run[-1] + 1, count) if run else count
        if follower < count:
            run = _shorten_run(hearing, run, follower)
        for index in run:
            hearing.drop(index, Reason.RUN, rule)


class _Skips:
    """Finds the next line that is wanted; lines that are not never will be, and are passed once."""

    def __init__(self, is_wanted: Callable[[int], bool]) -> None:
        self._is_wanted = is_wanted
        self._next: dict[int, int] = {}

    def find_next(self, index: int, stop: int) -> int:
        """Return the first wanted line from `index` on, or `stop`."""
        passed: list[int] = []
        while index < stop and not self._is_wanted(index):
            passed.append(index)
            index = self._next.get(index, index + 1)
        for each in passed:
            self._next[each] = index
        return index


def _follow_run(hearing: Hearing, head: int, open_lines: _Skips) -> list[int]:
    """Return the lines after `head` that are in its run; lines that fell do not end it."""
    run: list[int] = []
    count = len(hearing.lines)
    index = open_lines.find_next(head + 1, count)
    while index < count and len(run) < _RUN_MAX and hearing.is_link_like(index):
        if is_reference(hearing.lines[index]):
            break
        run.append(index)
        index = open_lines.find_next(index + 1, count)
    return run


def _shorten_run(hearing: Hearing, run: list[int], follower: int) -> list[int]:
    """Return what of a run surely is one where the line at `follower` stays after it."""
    lines = hearing.lines
    in_text = not hearing.is_page and hearing.is_in_story(run[-1])
    if in_text:
        run = list(takewhile(lambda index: not is_list_item(lines[index]), run))
    headlines = sum(is_headline_like(lines[index]) for index in run)
    if len(run) > _RUN_INSIDE_MAX and headlines < _RUN_HEADLINES * len(run):
        return []
    if in_text and headlines < RUN_MIN:
        return []
    while run and not is_headline_like(lines[run[-1]]):
        run.pop()  # as likely the crosshead of what follows
    if in_text and run and lines[run[-1]].endswith(_ASKS) and is_body(lines[follower]):
        run.pop()  # as likely asked in an interview
    return run


def judge_recurring(hearing: Hearing, memory: SiteMemory, site: str) -> None:
    """Drop lines that recur on the site; between paragraphs only those on most of its pages.

    A crosshead ("Background", "What we know") recurs too, but only between paragraphs.
    """
    for index, line in enumerate(hearing.lines):
        if hearing.judged[index] is not None:
            continue
        if not memory.recurs(line, site=site, is_paragraph=is_body(line)):
            continue
        around = hearing.lines[max(0, index - 1) : index] + hearing.lines[index + 1 : index + 2]
        between = len(around) == 2 and all(is_body(each) for each in around)
        if not between or memory.share_pages(line, site=site) >= _CHROME_SHARE:
            hearing.drop(index, Reason.RECURS_ON_SITE)


def judge_stretches(hearing: Hearing) -> None:
    """Drop long stretches of short lines that are plainly the chrome of a page.

    In such a stretch rules of several kinds speak, and many lines are residue already, or weak,
    or stand in the text again and again. None of these alone is enough: tables, results and
    product tests repeat their labels too. Only where one stretch is so long and so full of
    repeats that nobody wrote it (a site's whole menu, a programme) is that enough for all. In
    a stretch that ends the text, what stands before its first residue may be the story's own list.
    """
    # A line that stands in the text three times makes two thirds of its lines spare ones.
    least = _LISTING_MIN * 2 // _REPEATS_MIN
    if hearing.dropped < _STRETCH_RULES_MIN and (
        len(hearing.lines) <= least or len(hearing.lines) - len(set(hearing.lines)) < least
    ):
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
        if stretch[-1] != len(hearing.lines) - 1:
            if left[-1] == stretch[-1]:
                left.pop()  # as likely the crosshead of what follows
        elif not listed:
            told = takewhile(lambda at: not hearing.is_gone(at) and at not in hearing.weak, stretch)
            left = left[len(list(told)) :]
        for index in left:
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


def judge_weak(hearing: Hearing) -> None:
    """Drop weak lines at the edges of the text and beside lines that fell, and lone ad labels."""
    if not hearing.weak:
        return
    filled = [index for index, line in enumerate(hearing.lines) if line]
    places = [bisect_left(filled, index) for index in sorted(hearing.weak)]
    beside = _begins_weak(hearing, filled)
    for at in places:
        fallen = beside if at == 0 else hearing.judged[filled[at - 1]] is not None
        if fallen and not _heads_chapter(hearing, filled, at, at - 1):
            _drop_weak(hearing, filled[at])
    for at in reversed(places):
        fallen = at + 1 == len(filled) or hearing.judged[filled[at + 1]] is not None
        if fallen and not _heads_chapter(hearing, filled, at, at + 1):
            _drop_weak(hearing, filled[at])
    _judge_lone_labels(hearing, filled)


def _heads_chapter(hearing: Hearing, filled: Sequence[int], at: int, fallen: int) -> bool:
    """Whether a weak line names a section ("Health") that may be the story's own chapter.

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
        and hearing.rules.terms[hearing.weak[filled[at]]].reason in _ALSO_CROSSHEADS
        and len(line.split()) <= _CROSSHEAD_WORDS
        and is_label_like(line)
        and hearing.judged[filled[other]] is None
        and is_body(hearing.lines[filled[other]])
    )


def _begins_weak(hearing: Hearing, filled: Sequence[int]) -> bool:
    """Whether the beginning of a text counts as residue, as its end does.

    Not where a single weak line stands there: that may be the story's section, or its date.
    """
    if hearing.is_page:
        return True
    return all(index in hearing.weak or hearing.is_gone(index) for index in filled[:_HEAD_MIN])


def _judge_lone_labels(hearing: Hearing, filled: Sequence[int]) -> None:
    """Drop the label of an advertisement that stands alone between two paragraphs.

    A crosshead stands there too, so a label must differ in shape from every crosshead of the text.
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
    others = [lines[index] for index in alone if lines[index] not in words]
    for index in ads:
        if all(_is_other_shape(lines[index], other) for other in others):
            _drop_weak(hearing, index)


def _is_other_shape(label: str, crosshead: str) -> bool:
    """Whether a label does not look as a crosshead does: in capitals, or one word among many."""
    if is_upper(label) and not is_upper(crosshead):
        return True
    return len(label.split()) == 1 < len(crosshead.split())


def _drop_weak(hearing: Hearing, index: int) -> None:
    if hearing.judged[index] is None:
        term = hearing.rules.terms[hearing.weak[index]]
        hearing.drop(index, term.reason, term.rule)
