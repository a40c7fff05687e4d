"""A first word -> which phrases end with it and how the others go on, packed as text.

Most texts that hold the first word of a phrase do not hold its second, and of those that do most
not its third. So what the second may be, and where in which phrases it leads, is written into the
compiled rules: no phrase is unpacked before a text may have three words of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cleaners.matching.packed import SHIFT
from cleaners.matching.pattern import ANYTHING, Program

Parts = tuple[tuple[int, str], ...]
"""What rule files say of a word: the number of the file's first phrase, and the packed opening."""


@dataclass(slots=True)
class Way:
    """Where two words lead: places in phrases, those that end one, whether any word may follow."""

    positions: set[int] = field(default_factory=set)
    ended: set[int] = field(default_factory=set)
    default: bool = False

    def pack(self) -> str:
        """Return the way as text: hexadecimal places, inverted where a phrase ends there."""
        places = [~each if each in self.ended else each for each in sorted(self.positions)]
        return " ".join(f"{each:x}" for each in places) + ANYTHING * self.default

    def add(self, packed: str, offset: int) -> None:
        """Add what a packed way says; `offset` is the number of its file's first phrase."""
        if packed[-1] == ANYTHING:
            self.default = True
            packed = packed[:-1]
        first = offset << SHIFT
        for each in packed.split():
            place = int(each, 16)
            if place < 0:
                place = ~place
                self.ended.add(first + place)
            self.positions.add(first + place)


def pack_openings(programs: Iterable[tuple[int, Program]]) -> dict[str, str]:
    """Return the packed opening of every word with which numbered programs begin.

    `"7 9|bar foo|-1c02,c03 1001*"`: phrases 7 and 9 may end with the word; with "bar" after it
    phrase 7 goes on in state 1, and ends, and with "foo" phrases 3 and 4 do, in states 3 and 1,
    after which any word may follow. Words hold neither spaces nor bars.
    """
    ended: dict[str, dict[int, None]] = {}
    follow: dict[str, dict[str, Way]] = {}
    for number, program in programs:
        symbols = program.symbols
        for state in program.first:
            ends = ended.setdefault(symbols[state], {})
            if state in program.last:
                ends[number] = None
            nexts = follow.setdefault(symbols[state], {})
            for after in program.follow[state]:
                way = nexts.setdefault(symbols[after], Way())
                way.positions.add(number << SHIFT | after)
                if after in program.last:
                    way.ended.add(number << SHIFT | after)
                if any(symbols[then] == ANYTHING for then in program.follow[after]):
                    way.default = True
    return {
        word: "|".join(
            (
                " ".join(map(str, ended[word])),
                " ".join(nexts),
                ",".join(way.pack() for way in nexts.values()),
            )
        )
        for word, nexts in follow.items()
        if word != ANYTHING
    }


class Opening:
    """How phrases go on after a first word. Which ones do is read when it is asked for.

    Where the word is a number, `also` says how they go on after any number.
    """

    __slots__ = ("_parts", "ended", "is_number", "nexts")

    def __init__(self, parts: Parts, also: Opening | None = None) -> None:
        self.is_number = also is not None
        ended = list(also.ended) if also else []
        nexts = list(also.nexts) if also else []
        # Of each file the number of its first phrase, the words with a space before and after
        # each, and where each of them leads. Kept are tuples of numbers and texts, which the
        # garbage collector leaves alone.
        found: list[tuple[int, str, str]] = []
        for offset, packed in parts:
            ends, words, ways = packed.split("|")
            if ends:
                ended += [offset + int(number) for number in ends.split()]
            if words:
                nexts += words.split()
                found.append((offset, f" {words} ", ways))
        self.ended: tuple[int, ...] = tuple(sorted({*ended}))
        self.nexts: tuple[str, ...] = tuple(nexts)
        self._parts = tuple(found)

    def follow(self, words: Iterable[str]) -> Way:
        """Return where the first word and one of `words` lead."""
        way = Way()
        for word in words:
            sought = f" {word} "
            for offset, nexts, ways in self._parts:
                # Few are ever asked for: looking for one takes a tenth of reading them all.
                place = nexts.find(sought)
                if place >= 0:
                    number = nexts.count(" ", 0, place)
                    way.add(ways.split(",", number + 1)[number], offset)
        return way
