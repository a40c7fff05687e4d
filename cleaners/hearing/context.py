"""What the lines around a line say about it: runs, repetition, requests.

Each function hears one kind of evidence and drops more lines of a `Hearing`; none ever takes a
drop back. They work on lines that no rule covers by itself, so each asks for shapes that a told
story does not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from cleaners.article import Reason, Verdict
from cleaners.hearing.guards import (
    has_quote,
    is_body,
    is_headline_like,
    is_link_like,
    is_list_item,
    is_post,
    is_reference,
    is_upper,
    is_without_stops,
)
from cleaners.hearing.prompts import addresses_reader, find_request, name_prompt
from cleaners.matching.matcher import Matcher
from cleaners.sites import SiteMemory
from cleaners.words.sentences import COLONS, QUESTION_MARKS, STOPS, ends_sentence, is_question

_RUN_MAX = 30  # lines; a longer list under a heading is a page of its own
_RUN_INSIDE_MAX = 10  # lines, where the story goes on after the run, unless
_RUN_HEADLINES = 0.5  # of them are headlines without doubt
_SHORTER = 0.8  # of the link before it, in characters, what may be the crosshead after one link
_ASKS = (*QUESTION_MARKS, ";")  # as Greek is mostly typed
RUN_MIN = 2
"""Headlines under a heading in running text that make sure of it."""
# Questions that are answered in sentences, from which a text is an interview.
_LEAST_ASKED = 3
# Share of a site's pages from which even a line between paragraphs is chrome.
_CHROME_SHARE = 0.3
# Characters of a line that is broken in a sentence, and lines of one that are put together.
_BROKEN_MIN, _BROKEN_LINES = 36, 4
_TWO_SENTENCES = re.compile(rf"[{STOPS}]\s*\S*\w")  # one after the other
_REQUEST = "request-by-words"  # named as the rule of what `prompts.py` finds
_PROMPT_RULE = "prompt-by-model"  # and of what `promptmodel.py` finds
_POST_LINKS = ("pic.twitter.com", "//t.co/")  # in posts that a story quotes
# A line is a prompt from this probability on, by where it stands and how it ends. Set on prompts
# and near misses that were not learned from, so that no more of 1,871 clean articles are changed.
PROMPT, _TOLD_PROMPT, _UNSAID_PROMPT, _SURE_PROMPT = 0.66, 0.7, 0.8, 0.9
# The same of a sentence amid the story that names nothing that readers are asked for but the site.
_UNNAMED_PROMPT = 0.75
_NO_PROMPTS: Mapping[int, float] = {}


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
        prompts: Mapping[int, float] = _NO_PROMPTS,
        is_known: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.lines = tuple(lines)
        self.rules = rules
        self.judged: list[Judged | None] = [None] * len(lines)
        self.weak: dict[int, int] = {}
        self.heads: list[int] = []
        self.dropped = 0
        self.is_page = is_page
        self.prompts = prompts  # how surely lines are prompts, where they may be
        self.is_known = is_known  # whether a rule matches anything of a line
        self.listed: frozenset[int] = frozenset()  # items of the story's own lists
        self._firm = frozenset(firm)
        self._first_body: int | None = None
        self._last_body: int | None = None

    def look_around(self, index: int) -> tuple[str, str, str]:
        """Return a line, the one before it and the one after it."""
        before = self.lines[index - 1] if index else ""
        after = self.lines[index + 1] if index + 1 < len(self.lines) else ""
        return self.lines[index], before, after

    def is_in_story(self, index: int) -> bool:
        """Whether a paragraph follows the line, near or far."""
        return index < self.last_body

    def is_amid_story(self, index: int) -> bool:
        """Whether paragraphs stand before the line and follow it, near or far."""
        return self.follows_story(index) and index < self.last_body

    def follows_story(self, index: int) -> bool:
        """Whether a paragraph stands before the line, near or far."""
        if self._first_body is None:
            places = range(len(self.lines))
            self._first_body = next((at for at in places if is_body(self.lines[at])), len(places))
        return self._first_body < index

    @cached_property
    def asked(self) -> frozenset[int]:
        """The questions of an interview, each right before a sentence that no rule knows."""
        asked = [
            at
            for at, (line, after) in enumerate(pairwise(self.lines))
            if is_question(line) and ends_sentence(after) and not is_question(after)
        ]
        if len(asked) >= _LEAST_ASKED:
            asked = [at for at in asked if not self.is_known(self.lines[at + 1])]
        return frozenset(asked if len(asked) >= _LEAST_ASKED else ())

    @property
    def last_body(self) -> int:
        """Where the last paragraph ends; -1 where there is none."""
        if self._last_body is None:
            backward = range(len(self.lines) - 1, -1, -1)
            self._last_body = next((at for at in backward if self._ends_body(at)), -1)
        return self._last_body

    def is_link_like(self, index: int) -> bool:
        """Whether the line could be a link to another story, by its shape and by the page."""
        if index in self._firm or index in self.listed or not is_link_like(self.lines[index]):
            return False
        return not (self._runs_on(index) or self._runs_on(index - 1))

    def heads_prose(self, index: int) -> bool:
        """Whether a paragraph that leads nowhere follows right after the line, as the page says."""
        return index + 1 in self._firm and is_body(self.lines[index + 1])

    def announces_one(self, head: int) -> bool:
        """Whether a heading promises what follows, and one headline stands before a paragraph.

        It ends with a colon, or is all in capitals: what follows is no crosshead.
        """
        heading, headline, follower = (*self.lines[head : head + 3], "", "")[:3]
        return (
            (heading.endswith(COLONS) or is_upper(heading))
            and is_headline_like(headline)
            and not (is_list_item(headline) or ends_sentence(headline))
            and is_body(follower)
        )

    def _runs_on(self, index: int) -> bool:
        """Whether a line of a text is broken where its sentence goes on."""
        if self.is_page or not 0 <= index < len(self.lines) - 1:
            return False
        return len(self.lines[index]) >= _BROKEN_MIN and self.lines[index + 1][:1].islower()

    def _ends_body(self, index: int) -> bool:
        """Whether a paragraph ends with the line, of which lines before it may be part."""
        if is_body(self.lines[index]):
            return True
        if self.is_page:
            return False  # no line of a page is broken
        start = index
        while start > 0 and index - start < _BROKEN_LINES and self._runs_on(start - 1):
            start -= 1
        return start < index and is_body(" ".join(self.lines[start : index + 1]))

    def drop(self, index: int, reason: Reason, rule: str = "") -> None:
        """Mark a whole line as residue."""
        self.judged[index] = Judged(verdict=Verdict(keep=False, reason=reason, rule=rule))
        self.dropped += 1

    def list_beside(self, index: int) -> list[int]:
        """Return the places of the nearest lines with text before and after a line."""
        places = range(index - 1, -1, -1), range(index + 1, len(self.lines))
        nearest = (next((at for at in side if self.lines[at]), None) for side in places)
        return [at for at in nearest if at is not None]

    def is_open(self, index: int) -> bool:
        """Whether nothing was said of a line, which is no item of the story's lists and no post."""
        line, _, after = self.look_around(index)
        is_told = index in self.listed or is_post(line, after)
        return self.judged[index] is None and not is_told

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
            run = _shorten_run(hearing, head, run, follower)
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


def _shorten_run(hearing: Hearing, head: int, run: list[int], follower: int) -> list[int]:
    """Return what of a run surely is one where the line at `follower` stays after it."""
    lines = hearing.lines
    in_text = not hearing.is_page and hearing.is_in_story(run[-1])
    if in_text:
        run = list(takewhile(lambda index: not is_list_item(lines[index]), run))
        if run and is_without_stops(lines[run[0]]):  # no shape tells a headline from a sentence
            run = list(takewhile(lambda index: not has_quote(lines[index]), run[:RUN_MIN]))
    headlines = sum(is_headline_like(lines[index]) for index in run)
    if len(run) > _RUN_INSIDE_MAX and headlines < _RUN_HEADLINES * len(run):
        return []
    if in_text and hearing.announces_one(head):
        return run[:1]
    # One headline is enough where what follows it fell, but for an ad, which stands anywhere.
    beside = hearing.judged[run[-1] + 1] if headlines else None
    is_between = (
        beside is not None and beside.is_whole and beside.verdict.reason is not Reason.AD_LABEL
    )
    if in_text and headlines < RUN_MIN and not is_between:
        return []
    while run and not is_headline_like(lines[run[-1]]):
        run.pop()  # as likely the crosshead of what follows
    if in_text and run and lines[run[-1]].endswith(_ASKS) and is_body(lines[follower]):
        run.pop()  # as likely asked in an interview
    elif in_text and len(run) == RUN_MIN and is_body(lines[follower]):
        first, last = (len(lines[index]) for index in run)
        if last <= _SHORTER * first:
            run.pop()  # one link, and a crosshead as short as they are
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


def judge_requests(hearing: Hearing, find_langs: Callable[[], Collection[str]]) -> None:
    """Drop lines after the last paragraph that ask their reader for what a publisher wants.

    Such a line is the last that is left, or stands beside one that fell. `find_langs` is asked for
    the languages of the text where there is a line to look at.
    """
    tail = [
        index for index in range(hearing.last_body + 1, len(hearing.lines)) if hearing.lines[index]
    ]
    gone = [False, *map(hearing.is_gone, tail), True]  # what stands before it, and the end
    for step, places in ((1, range(len(tail), 0, -1)), (-1, range(1, len(tail) + 1))):
        for at in places:
            index = tail[at - 1]
            if gone[at] or not gone[at + step] or not _may_request(hearing, index):
                continue
            is_amid = gone[at - 1] and gone[at + 1]
            reason = find_request(hearing.lines[index], sorted(find_langs()), is_amid=is_amid)
            if reason is not None:
                hearing.drop(index, reason, _REQUEST)
                gone[at] = True


def judge_prompts(hearing: Hearing, find_langs: Callable[[], Collection[str]]) -> None:
    """Drop lines that are prompts by their words and by where they stand.

    After the story's end, and beside what fell, the model need not be as sure of it as elsewhere;
    of a line that ends no sentence, as items of lists do, it has to be surest. A sentence amid the
    story that does not speak to its reader may well be told of what is asked for; one that names
    nothing of that may be of anything.
    """
    for index, probability in hearing.prompts.items():
        line = hearing.lines[index]
        if not hearing.is_open(index) or any(each in line for each in _POST_LINKS):
            continue
        least = _TOLD_PROMPT if ends_sentence(line) else _SURE_PROMPT
        if index > hearing.last_body or any(map(hearing.is_gone, hearing.list_beside(index))):
            least = PROMPT
        if probability < least:
            continue
        langs = sorted(find_langs())
        may_be_told = least == _TOLD_PROMPT and probability < _UNSAID_PROMPT
        if may_be_told and not addresses_reader(line, langs):
            continue
        reason = name_prompt(line, langs)
        if reason is Reason.NAVIGATION and least == _TOLD_PROMPT:
            least = _UNNAMED_PROMPT
        if reason is not None and probability >= least:
            hearing.drop(index, reason, _PROMPT_RULE)


def _may_request(hearing: Hearing, index: int) -> bool:
    """Whether a line that nothing was said of is by its shape a request: one line, and no more."""
    line = hearing.lines[index]
    return (
        hearing.is_open(index)
        and is_link_like(line)
        and not has_quote(line)
        and not is_reference(line)
        and _TWO_SENTENCES.search(line) is None
    )
