"""The text before a line break, or after it -> whether a paragraph ends or begins there, or a line.

Of 2,806 single line breaks inside the kept text of 329 pages some 2,540 end lines, as read by eye:
35 of these are not told, and 30 of those told are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleaners.words.sentences import SPACELESS_STOPS, find_stop

# Characters of a paragraph that a single line break ends; fewer where words are not spaced.
_LEAST_PARAGRAPH, _LEAST_SPACELESS = 60, 20
# The ideographic space, and the signs that stand before headings and items.
_INDENTS = frozenset("\u3000■□◆◇▼▽▲△●○◎・※")
_NOTE = re.compile(r"\[\d{1,3}\]$")
UNSEEN = " \xad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
"""What no reader sees: soft hyphens, joiners, marks of direction and of byte order."""
# Characters of a line at least that text is wrapped to, and the share of the shortest such line
# that one without room for the next word is longer than.
_WRAPPED_CHARS, _SHORT_SHARE = 30, 0.8
# German and scripts without case have few small letters: there so many lines at least, one of them
# so wide, are wrapped where to none the next word, of no more characters, could be added.
_LEAST_FULL, _WIDE_CHARS, _WORD_CHARS = 2, 50, 30
# What begins with a small letter and yet begins a line: `a)`, and an address, which is all of it.
_ITEM = re.compile(r"\w{1,2}\)")
_ADDRESS_CHARS = 200
_ADDRESS = re.compile(
    r"(?:(?:https?://|www\.)\S+|[\w.-]+\.[a-z]{2,6}(?:/\S*)?|[\w.+-]+@\S+\.\w+)[.,;]?",
    re.IGNORECASE,
)
# Marks that begin no line.
_HANGING = frozenset(",;，、。；：！？）」』】")


def ends_paragraph(parts: list[str]) -> bool:
    """Whether the text up to a line break ends as a paragraph does: with a stop, and not short."""
    last = next(filter(None, map(str.rstrip, reversed(parts))), "")
    stop = find_stop(" ".join(_NOTE.sub("", last).split()))
    if not stop:
        return False
    least = _LEAST_SPACELESS if stop in SPACELESS_STOPS else _LEAST_PARAGRAPH
    return sum(map(len, parts)) >= least


def begins_paragraph(text: str) -> bool:
    """Whether a text right after a line break is indented or marked as East Asian paragraphs are.

    An indent is an ideographic space there (W3C, Requirements for Japanese Text Layout, 3.5.1).
    """
    return text.lstrip(" \n\t\r\xa0")[:1] in _INDENTS


def find_line_ends(parts: Sequence[str], breaks: Sequence[int]) -> tuple[int, ...]:
    """Where lines end in the text of `parts`, white space collapsed: the places of spaces there.

    `breaks` are the numbers of the parts that are line breaks. In text that is only wrapped a line
    ends where the next word would have had room.
    """
    parted = _part_lines(parts, breaks)
    full = [len(each.line) for each in parted if each.goes_on]
    widest = max((len(each.line) for each in parted), default=0)
    is_wrapped = 2 * len(full) >= len(parted) or (
        len(parted) >= _LEAST_FULL
        and widest >= _WIDE_CHARS
        and all(widest < each.size_with_next <= widest + _WORD_CHARS for each in parted)
    )
    narrow = _SHORT_SHARE * min(full, default=0)
    return tuple(
        each.end
        for each in parted
        if not each.goes_on
        and each.after[0] not in _HANGING
        and not (is_wrapped and (each.after[0].islower() or each.size_with_next > narrow))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parting:
    """Two lines, and the place of the space between them in the text."""

    end: int
    line: str
    after: str

    @property
    def size_with_next(self) -> int:
        """The characters of the first line with the first word of the second."""
        return len(self.line) + 1 + len(self.after.partition(" ")[0])

    @property
    def goes_on(self) -> bool:
        """Whether a sentence goes on after a line that is long enough to be full."""
        line, after = self.line, self.after
        return (
            len(line) >= _WRAPPED_CHARS
            and after[0].islower()
            and not find_stop(line)
            and not _ITEM.match(after)
            and not (len(after) <= _ADDRESS_CHARS and _ADDRESS.fullmatch(after))
        )


def _part_lines(parts: Sequence[str], breaks: Sequence[int]) -> list[_Parting]:
    """The lines that are seen, two by two."""
    parted = []
    line, end = "", -1
    for start, stop in pairwise((0, *breaks, len(parts))):
        after = " ".join("".join(parts[start:stop]).split())
        if after.strip(UNSEEN):
            if line:
                parted.append(_Parting(end=end, line=line, after=after))
            line = after
        end += len(after) + bool(after)
    return parted
