"""The phrase language of the rule files -> small automata over words.

`[x]` may be missing, `(a|b c)` is one of these, `#` a number, `*` one to six words of anything;
everything else is words, folded as lines are. A pattern is compiled by Glushkov's construction
(V. M. Glushkov, "The abstract theory of automata", 1961): one state for each word of the pattern,
no empty moves, so that its size is linear in the pattern however many options it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cleaners.matching.packed import pack_beside, read_beside
from cleaners.words.fold import SPACELESS, fold_words, is_spaceless

NUMBER = "#"
ANYTHING = "*"
_TITLE = "**"  # in a phrase: a whole headline
_ANYTHING_MAX = 6  # words; longer gaps would let a phrase span a whole sentence
_TITLE_MAX = 24
_MAX_STATES = 400  # a phrase beyond this is a list that belongs in several phrases
# `abonné[e][s]`, `inscri(t|te)s`: letters that touch a bracket, in scripts that write spaces.
_LETTER = f"(?:(?![{SPACELESS}])[^\\W\\d_])"
_FORMS = rf"{_LETTER}[^\W\d_ ]*(?: [^\W\d_ ]+)*"
_ENDINGS = rf"\[{_FORMS}(?:\|{_FORMS})*\]|\((?:{_FORMS})?(?:\|(?:{_FORMS})?)+\)"
_PART_OF_WORD = rf"{_LETTER}+(?:(?:{_ENDINGS}){_LETTER}*)+"
# A bracket that touches one which closed, with the letters in both.
_HALF_GROUPS = re.compile(r"(\w)[\])](?=[\[(](\w))")
_SIGNS = frozenset({"[", "]", "(", ")", "|", NUMBER, ANYTHING, _TITLE, ""})
_CLOSING = frozenset({"]", ")", "|"})
_META = re.compile(r"\*\*|[\[\]()|#*]|[^\[\]()|#*]+")


class PatternError(ValueError):
    """A phrase is not in the phrase language; the message says how to mend it."""


Follow = tuple[tuple[int, ...], ...] | Mapping[int, tuple[int, ...]]
"""For each state of a phrase those that may come next."""


class _Before(dict[int, tuple[int, ...]]):
    """The states before each. They are looked for when asked for: texts reach few of a phrase."""

    __slots__ = ("_follow", "_states")

    def __init__(self, states: int, follow: Follow) -> None:
        super().__init__()
        self._states, self._follow = range(states), follow

    def __missing__(self, state: int) -> tuple[int, ...]:
        follow = self._follow
        before = self[state] = tuple([each for each in self._states if state in follow[each]])
        return before


class Program(NamedTuple):
    """A compiled phrase: state `i` reads `symbols[i]`, then any state of `follow[i]`."""

    symbols: tuple[str, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    follow: Follow

    def reverse(self) -> Program:
        """Return the program that reads the same phrase from its end."""
        return Program(self.symbols, self.last, self.first, _Before(len(self.symbols), self.follow))

    def pack(self) -> str:
        """Return the program as text: symbols, first states, last states, states beside each.

        Each symbol has a space before and after it. Beside a state are those after it, and then
        those before it, as `pack_beside` has them.
        """
        states = range(len(self.symbols))
        before = self.reverse().follow
        parts = (
            f" {' '.join(self.symbols)} ",
            " ".join(map(str, self.first)),
            " ".join(map(str, self.last)),
            pack_beside([self.follow[state] for state in states], 1),
            pack_beside([before[state] for state in states], -1),
        )
        return "|".join(parts)


def read_program(packed: str) -> Program:
    """Return the program that `Program.pack` packed."""
    symbols, first, last, follow, _ = packed.split("|")
    items = follow.split(",")
    return Program(
        tuple(symbols.split()),
        tuple(map(int, first.split())),
        tuple(map(int, last.split())),
        tuple(tuple(read_beside(items, state, 1)) for state in range(len(items))),
    )


def fold_pattern(phrase: str) -> str:
    """Return `phrase` with its words folded and its signs set apart by single spaces.

    Raises:
        PatternError: an unbalanced bracket, a bracket inside a word, or nothing to match.
    """
    parts: list[str] = []
    # Made for those who write rules, and kept by `re`: it takes as long as a tenth of all others.
    spelled_out = re.sub(_PART_OF_WORD, _spell_out, phrase)
    for group in _HALF_GROUPS.finditer(spelled_out):
        if _are_letters(*group.groups()):
            raise PatternError(
                f"{phrase!r}: a bracket touches one that closes at {group[0]!r}; write a space "
                "between two words, and one word's forms in ( )"
            )
    for found in _META.finditer(spelled_out):
        piece = found.group()
        if piece in _SIGNS:
            parts.append(piece)
        else:
            _refuse_half_words(spelled_out, piece, found.start(), found.end())
            parts.extend(fold_words(piece).words)
    folded = " ".join(parts)
    compile_pattern(folded)
    return folded


def _spell_out(found: re.Match[str]) -> str:
    """Return `abonné[e][s]` as alternatives of whole words."""
    forms = [""]
    for piece in re.findall(r"\[[^\]]*\]|\([^)]*\)|[^\[(]+", found.group()):
        if piece[0] in "[(":
            endings = piece[1:-1].split("|") + ([""] if piece[0] == "[" else [])
            forms = [form + ending for form in forms for ending in endings]
        else:
            forms = [form + piece for form in forms]
    return f"({'|'.join(dict.fromkeys(forms))})"


def _refuse_half_words(phrase: str, piece: str, start: int, end: int) -> None:
    """Refuse `abonné[e]`: signs stand around whole words."""
    before = phrase[:start].endswith(("]", ")")) and _are_letters(piece[0], phrase[start - 2])
    after = phrase[end:].startswith(("[", "(")) and _are_letters(piece[-1], phrase[end + 1])
    if before or after:
        raise PatternError(
            f"{phrase!r}: a bracket touches a word at {piece!r}; write both forms: (one|other)"
        )


def _are_letters(*beside: str) -> bool:
    """Whether both characters beside a bracket are letters of scripts that write spaces."""
    return all(char.isalpha() and not is_spaceless(char) for char in beside)


def compile_pattern(folded: str) -> Program:
    """Return the program of a phrase that `fold_pattern` folded.

    Raises:
        PatternError: unbalanced, empty, or a wildcard where none may stand.
    """
    build = _Build(folded.split(" "), folded)
    whole = build.read_alternatives(closing="")
    if whole.nullable:
        raise PatternError(f"{folded!r} matches nothing at all; leave one word outside [ ]")
    if any(build.symbols[state] == ANYTHING for state in whole.first):
        raise PatternError(f"{folded!r} begins with *; begin with a word")
    if sum(token in {ANYTHING, _TITLE} for token in folded.split(" ")) > 1:
        raise PatternError(f"{folded!r} holds * twice; split the phrase")
    return Program(
        tuple(build.symbols), tuple(whole.first), tuple(whole.last), tuple(map(tuple, build.follow))
    )


@dataclass(slots=True)
class _Part:
    nullable: bool
    first: list[int]
    last: list[int]


class _Build:
    """One reading of a phrase from left to right."""

    def __init__(self, tokens: list[str], phrase: str) -> None:
        self.phrase = phrase
        self.symbols: list[str] = []
        self.follow: list[list[int]] = []  # in order, as states are numbered as they are read
        self._tokens: Iterator[str] = iter(tokens)
        self._closed_by = ""

    def read_alternatives(self, closing: str) -> _Part:
        """Return what stands up to `closing`, alternatives joined."""
        whole = self._read_sequence()
        branched = False
        while self._closed_by == "|":
            branched = True
            branch = self._read_sequence()
            whole.nullable = whole.nullable or branch.nullable
            whole.first += branch.first
            whole.last += branch.last
        if self._closed_by != closing:
            found = self._closed_by or "the end"
            raise PatternError(f"{self.phrase!r}: expected {closing or 'the end'!r}, got {found!r}")
        if branched and not closing:
            raise PatternError(
                f"{self.phrase!r}: put alternatives in ( ) or in phrases of their own"
            )
        return whole

    def _read_sequence(self) -> _Part:
        part = _Part(nullable=True, first=[], last=[])
        symbols, follow = self.symbols, self.follow
        for sign in self._tokens:
            if sign in _SIGNS:
                if sign in _CLOSING:
                    self._closed_by = sign
                    return part
                self._append(part, self._read_item(sign))
                continue
            state = len(symbols)  # a word, as most are
            symbols.append(sign)
            follow.append([])
            for before in part.last:
                follow[before].append(state)
            if part.nullable:
                part.first.append(state)
                part.nullable = False
            part.last = [state]
        if len(symbols) > _MAX_STATES:
            raise PatternError(f"{self.phrase[:60]!r}... is too long; split it into phrases")
        self._closed_by = ""
        return part

    def _read_item(self, sign: str) -> _Part:
        if sign == "[":
            inner = self.read_alternatives("]")
            inner.nullable = True
            return inner
        if sign == "(":
            return self.read_alternatives(")")
        if sign in {ANYTHING, _TITLE}:
            most = _ANYTHING_MAX if sign == ANYTHING else _TITLE_MAX
            states = [self._add(ANYTHING) for _ in range(most)]
            for state in states[:-1]:
                self.follow[state].append(state + 1)
            return _Part(nullable=False, first=states[:1], last=states)
        state = self._add(sign)
        if sign == NUMBER:
            self.follow[state].append(state)  # "1 234" is two words and one number
        return _Part(nullable=sign == "", first=[state], last=[state])

    def _add(self, symbol: str) -> int:
        self.symbols.append(symbol)
        self.follow.append([])
        return len(self.symbols) - 1

    def _append(self, part: _Part, item: _Part) -> None:
        for state in part.last:
            self.follow[state].extend(item.first)
        if part.nullable:
            part.first = part.first + item.first
        part.last = part.last + item.last if item.nullable else list(item.last)
        part.nullable = part.nullable and item.nullable
