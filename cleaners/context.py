"""What the lines around a line say about it: runs, repetition, stretches, edges.

Each function hears one kind of evidence and drops more lines of a `Hearing`; none ever takes a
drop back. They work on lines that no rule covers by itself, so each asks for shapes that a told
story does not have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cleaners.article import Reason, Verdict
from cleaners.guards import HEADLINE_MIN, is_label_like, is_link_like
from cleaners.matcher import Matcher

_RUN_MAX = 30  # lines; a longer list under a heading is a page of its own
# A short line that stands in a text three times is chrome: on the labelled lines of news pages
# such lines were 28 % of all residue and no article text (benchmarks/residue/lines.py).
_REPEATS_MIN = 3
# A stretch is many short lines with no paragraph between them, most of them residue already.
_STRETCH_MIN = 12
_STRETCH_SHARE = 0.4


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

    def __init__(self, lines: Sequence[str], rules: Matcher) -> None:
        self.lines = lines
        self.rules = rules
        self.judged: list[Judged | None] = [None] * len(lines)
        self.weak: dict[int, int] = {}
        self.heads: list[int] = []
        self.dropped = 0

    def drop(self, index: int, reason: Reason, rule: str = "") -> None:
        """Mark a whole line as residue."""
        self.judged[index] = Judged(verdict=Verdict(keep=False, reason=reason, rule=rule))
        self.dropped += 1

    def is_gone(self, index: int) -> bool:
        """Whether nothing of the line is kept."""
        judged = self.judged[index]
        return judged is not None and judged.is_whole


def judge_runs(hearing: Hearing) -> None:
    """Drop the short link lines under headings such as "A lire aussi"."""
    for head in hearing.heads:
        heading = hearing.judged[head]
        run: list[int] = []
        index = head + 1
        while index < len(hearing.lines) and len(run) < _RUN_MAX:
            line = hearing.lines[index]
            if hearing.judged[index] is None and line:
                if not is_link_like(line):
                    break
                run.append(index)
            index += 1
        inside = index < len(hearing.lines)
        if inside and run and len(hearing.lines[run[-1]]) < HEADLINE_MIN:
            run.pop()  # as likely the crosshead of what follows
        for each in run:
            hearing.drop(each, Reason.RUN, heading.verdict.rule if heading else "")


def judge_repeats(hearing: Hearing) -> None:
    """Drop short lines that stand in the text again and again, and not between paragraphs.

    Between paragraphs a line may repeat for good reason: the names in an interview, a refrain.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(hearing.lines):
        if hearing.judged[index] is None and is_label_like(line):
            places[line].append(index)
    for line, indices in places.items():
        if len(indices) < _REPEATS_MIN or not any(char.isalpha() for char in line):
            continue
        beside_story = sum(_is_beside_story(hearing, index) for index in indices)
        if beside_story * 2 < len(indices):
            for index in indices:
                hearing.drop(index, Reason.REPEATED)


def _is_beside_story(hearing: Hearing, index: int) -> bool:
    """Whether a line that tells something stands directly before or after this one."""
    lines = hearing.lines
    around = [lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
    return any(not is_link_like(line) for line in around if line)


def judge_stretches(hearing: Hearing) -> None:
    """Drop what is left of long stretches of short lines of which most fell already."""
    if hearing.dropped < _STRETCH_MIN * _STRETCH_SHARE:
        return
    stretch: list[int] = []
    for index, line in enumerate(hearing.lines):
        if hearing.is_gone(index) or is_link_like(line):
            stretch.append(index)
        elif line:
            _judge_stretch(hearing, stretch, inside=True)
            stretch = []
    _judge_stretch(hearing, stretch, inside=False)


def _judge_stretch(hearing: Hearing, stretch: list[int], *, inside: bool) -> None:
    left = [index for index in stretch if not hearing.is_gone(index)]
    if len(stretch) < _STRETCH_MIN or len(stretch) - len(left) < _STRETCH_SHARE * len(stretch):
        return
    if inside and left and left[-1] == stretch[-1]:
        left.pop()  # as likely the crosshead of what follows
    for index in left:
        hearing.drop(index, Reason.RUN)


def judge_weak(hearing: Hearing) -> None:
    """Drop weak lines at the edges of the text and beside lines that fell."""
    if not hearing.weak:
        return
    filled = [index for index, line in enumerate(hearing.lines) if line]
    for order in (filled, filled[::-1]):
        beside = True  # the edge of the text counts as residue
        for index in order:
            if hearing.judged[index] is not None:
                beside = True
            elif beside and index in hearing.weak:
                term = hearing.rules.terms[hearing.weak[index]]
                hearing.drop(index, term.reason, term.rule)
            else:
                beside = False
