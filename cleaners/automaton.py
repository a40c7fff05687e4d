"""Phrases -> an automaton over words, built as far as texts reach into it.

It is made deterministic while it is used (subset construction, M. O. Rabin and D. Scott, "Finite
automata and their decision problems", 1959): a state is built the first time some text reaches it,
so that only phrases that occur cost anything. What is built this way never changes an answer, and
two threads that build the same state build equal ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cleaners.article import Reason
from cleaners.pattern import ANYTHING, NUMBER, Program, compile_pattern
from cleaners.phrases import Where

_SHIFT = 10  # bits for the state inside a phrase; pattern.py allows 400 of 1,024


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a rule the matcher needs, once for each of its phrases."""

    rule: str
    lang: str
    reason: Reason
    where: Where
    heads_run: bool
    colon: bool
    pattern: str


Positions = tuple[int, ...]
"""Places in phrases, in order. The garbage collector leaves tuples of numbers alone."""


class State:
    """One state of a lazy automaton: edges to states, or to the positions of states to come."""

    __slots__ = ("_nexts", "accepts", "default", "edges", "number")

    @property
    def is_final(self) -> bool:
        """Whether no phrase goes on from here."""
        return not self.edges and self.number is None

    def __init__(self) -> None:
        self.edges: dict[str, State | Positions] = {}
        self.number: State | Positions | None = None
        self.default: State | Positions | None = None
        self.accepts: tuple[int, ...] = ()
        self._nexts: frozenset[str] | None = None

    @property
    def nexts(self) -> frozenset[str]:
        """The words with which a phrase goes on, and the empty one; made once."""
        if self._nexts is None:
            self._nexts = frozenset([*self.edges, ""])
        return self._nexts


class Automaton:
    """All phrases read in one direction. `index` maps a first word to the phrases it may begin."""

    def __init__(
        self, terms: Sequence[Terms], index: Mapping[str, tuple[int, ...]], *, backward: bool
    ) -> None:
        self._terms = terms
        self._index = index
        self._backward = backward
        self._programs: dict[int, Program] = {}
        self._roots: dict[str, State] = {}
        self._states: dict[Positions, State] = {}

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with just this word; numbers aside."""
        return word in self._index

    def start(self, word: str) -> State | None:
        """Return the state after a first word, or None where no phrase begins so."""
        known = self._roots.get(word)
        if known is not None:
            return known
        phrases = self._index.get(word)
        if word[0].isdigit():
            if phrases is None:  # not remembered by itself: there are endless numbers
                return self.start(NUMBER)
            phrases = (*(phrases or ()), *self._index.get(NUMBER, ()))
        if not phrases:
            return None  # not remembered: texts hold endless words that begin nothing
        state = self._open(phrases, word)
        self._roots[word] = state
        return state

    def step(self, state: State, word: str) -> State | None:
        """Return the state after one more word, or None where no phrase goes on so."""
        after = state.edges.get(word)
        if after is None:
            if state.number is not None and word[0].isdigit():
                if isinstance(state.number, tuple):
                    state.number = self._build(state.number)
                return state.number
            if state.default is not None and isinstance(state.default, tuple):
                state.default = self._build(state.default)
            return state.default
        if isinstance(after, tuple):
            after = state.edges[word] = self._build(after)
        return after

    def _open(self, phrases: Iterable[int], word: str) -> State:
        numeric = word[0].isdigit()
        programs = self._programs
        positions = set()
        for phrase in phrases:
            program = programs.get(phrase) or self._program(phrase)
            for state in program.first:
                symbol = program.symbols[state]
                if symbol == word or (numeric and symbol == NUMBER):
                    positions.add(phrase << _SHIFT | state)
        return self._build(tuple(sorted(positions)))

    def _program(self, phrase: int) -> Program:
        program = self._programs.get(phrase)
        if program is None:
            program = compile_pattern(self._terms[phrase].pattern)
            if self._backward:
                program = program.reverse()
            self._programs[phrase] = program
        return program

    def _build(self, positions: Positions) -> State:
        """Return the state that stands for having read `positions`."""
        known = self._states.get(positions)
        if known is not None:
            return known
        built = State()
        by_word: dict[str, list[int]] = {}
        accepts = set()
        for position in positions:
            phrase, at = position >> _SHIFT, position & ((1 << _SHIFT) - 1)
            program = self._programs[phrase]
            if at in program.last:
                accepts.add(phrase)
            symbols, base = program.symbols, phrase << _SHIFT
            for after in program.follow[at]:
                word = symbols[after]
                if word in by_word:
                    by_word[word].append(base | after)
                else:
                    by_word[word] = [base | after]
        anything = by_word.pop(ANYTHING, [])
        number = [*by_word.pop(NUMBER, []), *anything]
        for word, after_word in by_word.items():
            also = number if word[0].isdigit() else anything
            built.edges[word] = _order([*after_word, *also])
        built.number = _order(number) if number else None
        built.default = _order(anything) if anything else None
        built.accepts = tuple(sorted(accepts))
        return self._states.setdefault(positions, built)


def _order(positions: list[int]) -> Positions:
    """Return positions as the one key that stands for them."""
    return tuple(positions) if len(positions) == 1 else tuple(sorted(set(positions)))
