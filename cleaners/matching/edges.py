"""Lines -> those that it pays to read, told by the outer words of each.

Nearly every line of an article ends here, so this is what the cleaner's pace depends on: no line
is folded, and what a word says is remembered, as texts repeat their words. An edge may say yes in
vain, but never no where a closer look (`glance.py` and `lines.py` beside this) would find
something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from cleaners.matching.automaton import Automaton, Pair, State
from cleaners.matching.glue import find_cuts, may_split
from cleaners.matching.pattern import NUMBER
from cleaners.words.fold import WORD, fold_plain, has_entity, is_spaceless, read_piece

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

    def __contains__(self, word: str, /) -> bool: ...


class _AnyWord:
    """Whatever comes next will do."""

    def __contains__(self, word: object, /) -> bool:
        return True


class _NextOrFirst:
    """Words with which phrases go on, or with which others begin where phrases have ended."""

    __slots__ = ("_firsts", "_nexts")

    def __init__(self, states: Iterable[State], firsts: Container[str]) -> None:
        self._nexts = tuple([_list_nexts(state) for state in states])
        self._firsts = firsts

    def __contains__(self, word: str, /) -> bool:
        for nexts in self._nexts:
            if word in nexts:
                return True
        return word in self._firsts


def _list_nexts(state: State) -> _Words:
    """Return the words with which phrases go on."""
    if isinstance(state, Pair) and state.searches:
        return state
    return state.nexts


_ANY_WORD = _AnyWord()
_NO_WORD: frozenset[str] = frozenset()
_GOING_ON = (frozenset, dict, Pair)  # words that have to follow: no phrase has ended before them


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


class _Outers(_Known[_Words]):
    """What may follow the outermost pieces met so far. Most are one plain word that begins none."""

    __slots__ = ("_ask_word", "_firsts")

    def __init__(
        self,
        ask: Callable[[str], _Words],
        ask_word: Callable[[str], _Words],
        firsts: Container[str],
    ) -> None:
        super().__init__(ask)
        self._ask_word = ask_word
        self._firsts = firsts

    def __missing__(self, piece: str) -> _Words:
        word = fold_plain(piece)
        if not word:
            return super().__missing__(piece)
        if len(self) >= _KNOWN_MAX:
            self.clear()
        answer = self[piece] = self._ask_word(word) if word in self._firsts else _NO_WORD
        return answer


class Edge:
    """One edge of lines: its outermost word, and the words that may follow towards the middle.

    `colons` are the phrases after which a colon, dash, bar or arrow must stand.

    For the first and second piece between white space, a line may hold something at this edge only
    if `nexts[second] in outers[first]`, and the third is one that `goes_on`.
    """

    __slots__ = (
        "_automaton",
        "_backward",
        "_colons",
        "_firsts",
        "_is_enough",
        "_number",
        "_pairs",
        "_plain",
        "nexts",
        "outers",
    )

    def __init__(
        self,
        automaton: Automaton,
        is_enough: IsEnough,
        *,
        colons: frozenset[int] = frozenset(),
        backward: bool,
    ) -> None:
        self._automaton = automaton
        self._firsts = automaton.firsts
        self._colons = colons
        self._is_enough = is_enough
        self._backward = backward
        self._number: _Words | None = None
        # Of plain words alone, and of two of them: pieces repeat these with other marks around.
        self._plain = _Known(self._read_plain)
        self.outers = _Outers(self._read_outer, self._plain.__getitem__, automaton.firsts)
        self.nexts = _Known(self._read_next)
        self._pairs = _Known(self._read_pair)

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
        if len(pieces) == 2 and not is_whole:
            return self.outers[pieces[0]] is not _NO_WORD
        if len(pieces) < 3:
            return self.may_cover(*pieces)
        return self.nexts[pieces[1]] in self.outers[pieces[0]] and self.goes_on(*pieces)

    def may_cover(self, outer: str, second: str = "") -> bool:
        """Whether phrases may end where a line of one or two pieces does."""
        nexts = self.outers[outer]
        if second and nexts is not _NO_WORD:
            if self.nexts[second] not in nexts:
                return False
            nexts = self._pairs[f"{second} {outer}" if self._backward else f"{outer} {second}"]
        return not isinstance(nexts, _GOING_ON)

    def goes_on(self, outer: str, second: str, rest: str) -> bool:
        """Whether the third piece, if it is seen whole, may follow the two before it."""
        pieces = rest.rsplit(None, 1)[::-1] if self._backward else rest.split(None, 1)
        if len(pieces) == 1:
            return True
        pair = f"{second} {outer}" if self._backward else f"{outer} {second}"
        nexts = self._pairs[pair]
        if isinstance(nexts, Pair) and not nexts.searches:  # asked for often
            nexts = self._pairs[pair] = nexts.nexts
        return nexts is _ANY_WORD or (nexts is not _NO_WORD and self.nexts[pieces[0]] in nexts)

    def _words(self, piece: str) -> tuple[tuple[str, str], ...]:
        """Return the words of `piece`, each folded and to be cut, from the edge on."""
        words = read_piece(piece)
        return words[::-1] if self._backward else words

    def _read_outer(self, piece: str) -> _Words:
        """Return the words that may follow the outermost `piece` of a line, which is not plain."""
        raws = WORD.findall(piece)
        raw = raws[-1 if self._backward else 0] if raws else ""
        if raw and raw.isascii() and raw.lower() not in self._firsts:
            if raw.isalpha() and not find_cuts(raw, inside_phrase=False):
                return _NO_WORD
            if len(raws) == 1 and raw[0].isdigit() and not has_colon(piece):
                return self._after_number()
        return self._follow(piece, self._words(piece))

    def _after_number(self) -> _Words:
        """Return the words that may follow a number with which by itself no phrase begins."""
        if self._number is None:
            self._number = self._follow(NUMBER, ((NUMBER, ""),))
        return self._number

    def _read_pair(self, pair: str) -> _Words:
        """Return the words that may follow the two outermost pieces of a line."""
        first, second = pair.split(" ")
        plain, other = fold_plain(first), fold_plain(second)
        if plain and other:
            return self._plain[f"{plain} {other}"]
        outer, inner = (second, first) if self._backward else (first, second)
        return self._follow(pair, self._words(outer) + self._words(inner))

    def _read_plain(self, plain: str) -> _Words:
        """Return the words that may follow the one or two plain words at the edge of a line."""
        words = plain.split(" ")
        if self._backward:
            words.reverse()
        return self._follow("", [(word, "") for word in words])

    def _follow(self, piece: str, words: Iterable[tuple[str, str]]) -> _Words:
        """Return what may follow the words of `piece`, phrases laid end to end."""
        automaton = self._automaton
        states: list[State] = []
        ended = True  # whether phrases end here, so that others may begin
        for read, (word, raw) in enumerate(words, 1):
            if raw and may_split(
                automaton, states, word, raw, begins=ended, backward=self._backward
            ):
                return _ANY_WORD
            states = automaton.advance(states, word, begins=ended)
            if not states:
                return _NO_WORD
            ended = False
            for state in states:
                accepts = state.accepts
                if accepts and (not self._colons.issuperset(accepts) or has_colon(piece)):
                    if self._is_enough(accepts, read):
                        return _ANY_WORD
                    ended = True
        if not states or any(state.default for state in states):
            return _ANY_WORD
        if len(states) == 1 and not ended:
            return _list_nexts(states[0])
        return _NextOrFirst(states, self._firsts if ended else ())

    def _read_next(self, piece: str) -> str:
        """Return the word of `piece` that comes next, folded, or that it is odd."""
        plain = fold_plain(piece)
        if plain:
            return plain
        if piece[-1 if self._backward else 0].isdecimal() or piece.startswith(_COLON_SIGNS):
            return _ODD
        words = self._words(piece)
        if not words:
            return _ODD
        word, raw = words[0]
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
        if not begin:
            continue
        if (
            len(begin) == 3
            and "&" not in line
            and ((nexts := first[begin[0]]) is _NO_WORD or begin[0] not in _SIGNS)
        ):
            edges = 0
            if nexts is not _NO_WORD and second[begin[1]] in nexts and beginnings.goes_on(*begin):
                edges = BEGINNING
            end = line.rsplit(None, 2)
            nexts = last[end[2]]
            if nexts is not _NO_WORD and before[end[1]] in nexts and endings.goes_on(*end[::-1]):
                edges |= END
        elif (
            len(begin) < 3
            and len(line) <= _REACH
            and line[0] < _SPACELESS_FROM
            and begin[0] not in _SIGNS
            and begin[-1] not in _SIGNS
            and "&" not in line
        ):
            edges = BEGINNING * beginnings.may_cover(*begin)
            edges |= END * endings.may_cover(*begin[::-1])
        else:
            edges = find_edges(line, beginnings, endings)
        if edges:
            suspects[index] = edges
    return suspects


def find_openings(lines: Mapping[int, str], beginnings: Edge) -> list[int]:
    """Return the places of the lines of several words at whose beginning rules may match."""
    first, second = beginnings.outers, beginnings.nexts
    found = []
    for at, line in lines.items():
        begin = line.split(None, 2)
        if len(begin) < 3 or (nexts := first[begin[0]]) is _NO_WORD:
            continue
        if second[begin[1]] in nexts and beginnings.goes_on(*begin):
            found.append(at)
    return found


def find_edges(line: str, beginnings: Edge, endings: Edge) -> int:
    """Return at which edges of `line` rules may match something, going by two words at each."""
    if "&" in line and has_entity(line):
        return ESCAPED
    return BEGINNING * beginnings.may_hold(line) | END * endings.may_hold(line)
