"""A first word -> which phrases end with it and how the others go on, packed as text.

Most texts that hold the first word of a phrase do not hold its second, so what both may be is
written into the compiled rules: no phrase is compiled before a text has two words of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cleaners.pattern import ANYTHING, Program

Parts = tuple[tuple[int, str], ...]
"""What rule files say of a word: the number of the file's first phrase, and the packed opening."""


def pack_openings(programs: Iterable[tuple[int, Program]]) -> dict[str, str]:
    """Return the packed opening of every word with which numbered programs begin.

    `"7 9|bar foo|7,3 4"`: phrases 7 and 9 may end with the word, after it phrase 7 goes on with
    "bar" and phrases 3 and 4 with "foo". Words hold neither spaces nor bars.
    """
    ended: dict[str, dict[int, None]] = {}
    follow: dict[str, dict[str, dict[int, None]]] = {}
    for number, program in programs:
        for state in program.first:
            word = program.symbols[state]
            ends = ended.setdefault(word, {})
            if state in program.last:
                ends[number] = None
            nexts = follow.setdefault(word, {})
            for after in program.follow[state]:
                nexts.setdefault(program.symbols[after], {})[number] = None
    return {
        word: "|".join(
            (
                " ".join(map(str, ended[word])),
                " ".join(nexts),
                ",".join(" ".join(map(str, numbers)) for numbers in nexts.values()),
            )
        )
        for word, nexts in follow.items()
        if word != ANYTHING
    }


class Opening:
    """How phrases go on after a first word. Which ones do is read when it is asked for.

    Where the word is a number, `also` says how they go on after any number.
    """

    __slots__ = ("_first", "_parts", "ended", "is_number", "nexts")

    def __init__(self, parts: Parts, first: str, also: Opening | None = None) -> None:
        self._first = first
        self.is_number = also is not None
        ended = list(also.ended) if also else []
        self.nexts: list[str] = list(also.nexts) if also else []
        # Of each file the number of its first phrase, the words with a space before and after
        # each, and the phrases that go on with them.
        self._parts: list[tuple[int, str, str]] = []
        for offset, packed in parts:
            ends, words, phrases = packed.split("|")
            if ends:
                ended += [offset + int(number) for number in ends.split()]
            if words:
                self.nexts += words.split()
                self._parts.append((offset, f" {words} ", phrases))
        self.ended: tuple[int, ...] = tuple(sorted({*ended}))

    def list_phrases(self, words: Iterable[str]) -> set[int]:
        """Return the phrases that go on with one of `words`."""
        found: set[int] = set()
        for word in words:
            sought = f" {word} "
            for offset, nexts, phrases in self._parts:
                # Few are ever asked for: looking for one takes a tenth of reading them all.
                place = nexts.find(sought)
                if place >= 0:
                    number = nexts.count(" ", 0, place)
                    those = phrases.split(",", number + 1)[number]
                    found.update([offset + int(each) for each in those.split()])
        return found

    def list_places(
        self, programs: Mapping[int, Program], words: Iterable[str]
    ) -> list[tuple[int, int]]:
        """Return where phrases that go on with one of `words` stand: phrase and state in it."""
        return [
            (phrase, state)
            for phrase in self.list_phrases(words)
            for state in programs[phrase].first
            if programs[phrase].symbols[state] == self._first
        ]
