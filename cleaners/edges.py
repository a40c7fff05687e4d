"""Lines -> those that it pays to read, told by the outer words of each.

Nearly every line of an article ends here, so this is what the cleaner's pace depends on: no line
is folded, and what a word says is remembered, as texts repeat their words. An edge may say yes in
vain, but never no where a closer look (`cleaners/glance.py`, `cleaners/lines.py`) would find
something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from cleaners.automaton import Automaton, State
from cleaners.fold import fold_plain, has_entity, is_spaceless, read_words
from cleaners.glue import find_cuts, split_word

BEGINNING, END = 1, 2  # the edges of a line, to be added up
ESCAPED = 4  # for both edges of a line with entities, whose words cannot be told at a glance
CUT_WORDS_MIN = 3  # words; no shorter phrase is cut from the start of a line
_REACH = 48  # characters at an edge in which two words are looked for
_SPACELESS_FROM = "\u0e00"  # no script without spaces stands before this character
_SIGNS = " \t\xa0\"'“”„«»‘’「」『』《》（）()。！？，、…-–—•"  # around the words of an edge
_KNOWN_MAX = 1 << 16  # words remembered for each edge; the answer depends on the word alone
_ODD = ""  # stands for a next word that has to be looked at where it stands; in every `nexts`

_AFTER_COLON = re.compile(r"[:：|｜>＞»›】）」》•·▶►‣⇒→]|(?<=\s)[-–—―/]|[–—―](?=\s)")
# What it looks for, at the beginning of the piece that comes next.
_COLON_SIGNS = (*":：|｜>＞»›】）」》•·▶►‣⇒→-–—―/",)

_Answer = TypeVar("_Answer")
IsEnough = Callable[[tuple[int, ...], int], bool]
"""Phrases that end after so many words -> whether that will do, whatever follows."""


class _Words(Protocol):
    """The words that may come next."""

    def __contains__(self, word: object, /) -> bool: ...


class _AnyWord:
    """Whatever comes next will do."""

    def __contains__(self, word: object, /) -> bool:
        return True


class _NextOrFirst:
    """Words with which a phrase goes on, or with which another begins where one has ended."""

    __slots__ = ("_automaton", "_nexts")

    def __init__(self, nexts: frozenset[str], automaton: Automaton) -> None:
        self._nexts = nexts
        self._automaton = automaton

    def __contains__(self, word: object, /) -> bool:
        return word in self._nexts or (isinstance(word, str) and self._automaton.begins(word))


_ANY_WORD = _AnyWord()
_NO_WORD: frozenset[str] = frozenset()


class _Known(dict[str, _Answer]):
    """What is known of the pieces met so far; a new one is asked about, and one too many clears."""

    __slots__ = ("_ask",)

    def __init__(self, ask: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, piece: str) -> _Answer:
        if len(self) >= _KNOWN_MAX:
            self.clear()
        answer = self[piece] = self._ask(piece)
        return answer


class Edge:
    """One edge of lines: its outermost word, and the words that may follow towards the middle.

    `colons` are the phrases after which a colon, dash, bar or arrow must stand.

    For the first and second piece between white space, a line may hold something at this edge only
    if `nexts[second] in outers[first]`, and then `nexts[third] in outers[first and second]`.
    """

    __slots__ = ("_automaton", "_backward", "_colons", "_is_enough", "nexts", "outers")

    def __init__(
        self,
        automaton: Automaton,
        is_enough: IsEnough,
        *,
        colons: frozenset[int] = frozenset(),
        backward: bool,
    ) -> None:
        self._automaton = automaton
        self._colons = colons
        self._is_enough = is_enough
        self._backward = backward
        self.outers = _Known(self._read_outer)
        self.nexts = _Known(self._read_next)

    def may_hold(self, line: str) -> bool:
        """Whether rules may match something at this edge of `line`, going by its two words."""
        is_whole = len(line) <= _REACH
        if self._backward:
            seen = line[-_REACH:].rstrip(_SIGNS)
            pieces = seen.rsplit(None, 2)[::-1]
            chars = seen[:-3:-1]
        else:
            seen = line[:_REACH].lstrip(_SIGNS)
            pieces = seen.split(None, 2)
            chars = seen[:2]
        if (
            chars >= _SPACELESS_FROM
            and len(chars) == 2
            and is_spaceless(chars[0])
            and is_spaceless(chars[1])
        ):
            return self.nexts[chars[1]] in self.outers[chars[0]]
        if not pieces or (len(pieces) == 1 and not is_whole):
            return not is_whole  # nothing but signs, or a word that is not seen whole
        nexts = self.outers[pieces[0]]
        if nexts is _NO_WORD or (len(pieces) == 2 and not is_whole):
            return nexts is not _NO_WORD
        if len(pieces) > 1 and self.nexts[pieces[1]] not in nexts:
            return False
        if len(pieces) > 2:
            return self.goes_on(*pieces)
        if len(pieces) > 1:
            nexts = self.outers[" ".join(pieces[::-1] if self._backward else pieces)]
        return not isinstance(nexts, frozenset)  # whether a phrase ends where the line does

    def goes_on(self, outer: str, second: str, rest: str) -> bool:
        """Whether the third piece, if it is seen whole, may follow the two before it."""
        pieces = rest.rsplit(None, 1)[::-1] if self._backward else rest.split(None, 1)
        if len(pieces) == 1:
            return True
        nexts = self.outers[f"{second} {outer}" if self._backward else f"{outer} {second}"]
        return nexts is _ANY_WORD or self.nexts[pieces[0]] in nexts

    def _words(self, piece: str) -> Iterable[tuple[str, str]]:
        return reversed([*read_words(piece)]) if self._backward else read_words(piece)

    def _read_outer(self, piece: str) -> _Words:
        """Return the words that may follow the outermost `piece` of a line, or two pieces."""
        automaton = self._automaton
        plain = fold_plain(piece)
        if plain and not automaton.begins(plain):
            return _NO_WORD
        state: State | None = None
        ended: tuple[int, ...] = ()
        for read, (word, raw) in enumerate(self._words(piece), 1):
            if state is not None and state.accepts and automaton.start(word) is not None:
                return _ANY_WORD
            after = automaton.start(word) if state is None else automaton.step(state, word)
            if after is None:
                return _ANY_WORD if self._may_split(state, raw) else _NO_WORD
            ended = after.accepts
            if self._colons.issuperset(ended) and not has_colon(piece):
                ended = ()
            if ended and self._is_enough(ended, read):
                return _ANY_WORD
            state = after
        if state is None or state.default:
            return _ANY_WORD
        return _NextOrFirst(state.nexts, automaton) if ended else state.nexts

    def _may_split(self, state: State | None, raw: str) -> bool:
        """Whether a phrase may end inside `raw` where another begins."""
        open_states = (state, None) if state is not None and state.accepts else (state,)
        return any(
            any(split_word(self._automaton, each, raw, backward=self._backward))
            for each in open_states
        )

    def _read_next(self, piece: str) -> str:
        """Return the word of `piece` that comes next, folded, or that it is odd."""
        plain = fold_plain(piece)
        if plain:
            return plain
        word, raw = next(iter(self._words(piece)), (_ODD, ""))
        if not word or piece.startswith(_COLON_SIGNS):
            return _ODD
        return _ODD if word[0].isdigit() or find_cuts(raw, inside_phrase=True) else word


def has_colon(text: str) -> bool:
    """Whether `text` holds what sets a label apart: a colon, dash, bar or arrow."""
    return _AFTER_COLON.search(text) is not None


def find_suspects(lines: Sequence[str], beginnings: Edge, endings: Edge) -> dict[int, int]:
    """Return the places of the lines that rules may match, and at which edges each."""
    first, second = beginnings.outers, beginnings.nexts
    last, before = endings.outers, endings.nexts
    suspects: dict[int, int] = {}
    for index, line in enumerate(lines):
        begin = line.split(None, 2)
        if len(begin) != 3 or begin[0] in _SIGNS or "&" in line:
            edges = find_edges(line, beginnings, endings)
        else:
            edges = 0
            nexts = first[begin[0]]
            if nexts is not _NO_WORD and second[begin[1]] in nexts and beginnings.goes_on(*begin):
                edges = BEGINNING
            end = line.rsplit(None, 2)
            nexts = last[end[2]]
            if nexts is not _NO_WORD and before[end[1]] in nexts and endings.goes_on(*end[::-1]):
                edges |= END
        if edges:
            suspects[index] = edges
    return suspects


def find_edges(line: str, beginnings: Edge, endings: Edge) -> int:
    """Return at which edges of `line` rules may match something, going by two words at each."""
    if "&" in line and has_entity(line):
        return ESCAPED
    return BEGINNING * beginnings.may_hold(line) | END * endings.may_hold(line)
