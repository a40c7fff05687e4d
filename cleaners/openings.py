"""A first word -> which phrases end with it and how the others go on, packed as text.

Most texts that hold the first word of a phrase do not hold its second, so what both may be is
written into the compiled rules: no phrase is compiled before a text has two words of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

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
    """How phrases go on after a first word. Which ones do is read when it is first asked for.

    `firsts` is the word, and what stands for numbers where it is one.
    """

    __slots__ = ("_firsts", "_parts", "_phrases", "ended", "nexts")

    def __init__(self, parts: Parts, firsts: Collection[str]) -> None:
        self._firsts = firsts
        ended: list[int] = []
        nexts: list[str] = []
        for offset, packed in parts:
            ends, words, _ = packed.split("|")
            if ends:
                ended += [offset + int(number) for number in ends.split()]
            nexts += words.split()
        self.ended = tuple(sorted({*ended}))
        self.nexts = nexts
        self._parts = parts
        self._phrases: tuple[dict[str, str], ...] = ()

    def list_phrases(self, words: Iterable[str]) -> set[int]:
        """Return the phrases that go on with one of `words`."""
        if not self._phrases:
            self._phrases = tuple(_read_phrases(packed) for _, packed in self._parts)
        return {
            offset + int(number)
            for (offset, _), phrases in zip(self._parts, self._phrases, strict=True)
            for word in words
            for number in phrases.get(word, "").split()
        }

    def list_places(
        self, programs: Mapping[int, Program], words: Iterable[str]
    ) -> list[tuple[int, int]]:
        """Return where phrases that go on with one of `words` stand: phrase and state in it."""
        return [
            (phrase, state)
            for phrase in self.list_phrases(words)
            for state in programs[phrase].first
            if programs[phrase].symbols[state] in self._firsts
        ]


def _read_phrases(packed: str) -> dict[str, str]:
    """Return the words that come next, and the numbers of the phrases that go on with each."""
    _, words, phrases = packed.split("|")
    return dict(zip(words.split(), phrases.split(","), strict=False))
