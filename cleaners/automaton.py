"""Phrases -> an automaton over words, built as far as texts reach into it.

It is made deterministic while it is used (subset construction, M. O. Rabin and D. Scott, "Finite
automata and their decision problems", 1959): a state is built the first time some text reaches it,
so that only phrases that occur cost anything. What is built this way never changes an answer, and
two threads that build the same state build equal ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

from cleaners.article import Reason
from cleaners.openings import Opening, Parts
from cleaners.pattern import ANYTHING, NUMBER, Program
from cleaners.phrases import Where

_SHIFT = 10  # bits for the state inside a phrase; pattern.py allows 400 of 1,024
_STATE = (1 << _SHIFT) - 1


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a rule the matcher needs, once for each of its phrases."""

    rule: str
    lang: str
    reason: Reason
    where: Where
    heads_run: bool
    colon: bool
    program: str  # packed


Positions = tuple[int, ...]
"""Places in phrases, in order. The garbage collector leaves tuples of numbers alone."""


class State:
    """One state of a lazy automaton: what was read, and the states met after it so far.

    Of a state after one word, which has an opening, places are only read where one goes on.
    """

    __slots__ = ("accepts", "default", "edges", "nexts", "number", "opening", "positions")

    def __init__(
        self,
        positions: Positions,
        nexts: dict[str, Positions],
        accepts: tuple[int, ...],
        opening: Opening | None = None,
    ) -> None:
        self.opening = opening
        self.positions = positions
        self.accepts = accepts
        # The words with which a phrase goes on, what stands for numbers and for any word, and "";
        # each with the places where it leads.
        nexts[""] = ()
        self.nexts = nexts
        # Whether any word may follow, and whether any number may.
        self.default = ANYTHING in self.nexts
        self.number = self.default or NUMBER in self.nexts
        self.edges: dict[str, State] = {}

    @property
    def is_final(self) -> bool:
        """Whether no phrase goes on from here."""
        return not self.number and len(self.nexts) == 1


class Programs(dict[int, Program]):
    """The programs of numbered phrases, each made when it is first asked for."""

    def __init__(self, make: Callable[[int], Program]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, phrase: int) -> Program:
        program = self[phrase] = self._make(phrase)
        return program


class Automaton:
    """All phrases read in one direction. `index` tells how they go on after each first word."""

    def __init__(self, programs: Programs, index: Mapping[str, Parts]) -> None:
        self._programs = programs
        self._index = index
        self._roots: dict[str, State] = {}
        self._states: dict[Positions, State] = {}

    @property
    def firsts(self) -> Container[str]:
        """The words with which phrases begin; what stands for numbers among them."""
        return self._index

    def start(self, word: str) -> State | None:
        """Return the state after a first word, or None where no phrase begins so."""
        known = self._roots.get(word)
        if known is not None:
            return known
        parts = self._index.get(word)
        number = self.start(NUMBER) if word[0].isdigit() else None
        if parts is None:
            # Not remembered: texts hold endless numbers, and words that begin nothing.
            return number
        opening = Opening(parts, word, number.opening if number else None)
        nexts: dict[str, Positions] = dict.fromkeys(opening.nexts, ())
        state = self._roots[word] = State((), nexts, opening.ended, opening)
        return state

    def step(self, state: State, word: str) -> State | None:
        """Return the state after one more word, or None where no phrase goes on so."""
        after = state.edges.get(word)
        if after is not None:
            return after
        if word in state.nexts:
            also = (NUMBER, ANYTHING) if word[0].isdigit() else (ANYTHING,)
            return self._follow(state, word, also)
        if state.number and word[0].isdigit():
            return state.edges.get(NUMBER) or self._follow(state, NUMBER, (ANYTHING,))
        if state.default:
            return state.edges.get(ANYTHING) or self._follow(state, ANYTHING, ())
        return None

    def advance(self, states: Iterable[State], word: str, *, begins: bool) -> list[State]:
        """Return the states after one more word; where `begins`, a phrase may begin with it too."""
        reached = []
        for state in states:
            after = state.edges.get(word)
            if after is None and (state.number or word in state.nexts):
                after = self.step(state, word)
            if after is not None:
                reached.append(after)
        if begins:
            first = self.start(word)
            if first is not None:
                reached.append(first)
        return reached

    def _follow(self, state: State, symbol: str, also: tuple[str, ...]) -> State:
        """Return the state after `state` and `symbol` or what says as much; it becomes an edge."""
        if state.opening is None:
            nexts = state.nexts
            positions = {each for any_of in (symbol, *also) for each in nexts.get(any_of, ())}
        else:
            positions = self._open(state.opening, symbol, also)
        built = state.edges[symbol] = self._build(tuple(sorted(positions)))
        return built

    def _open(self, opening: Opening, symbol: str, also: tuple[str, ...]) -> set[int]:
        """Return the places after a first word and `symbol` or what says as much."""
        positions: set[int] = set()
        symbols = (symbol, *also)
        for phrase, at in opening.list_places(self._programs, symbols):
            program = self._programs[phrase]
            for after in program.follow[at]:
                if program.symbols[after] in symbols:
                    positions.add(phrase << _SHIFT | after)
        # What may follow any number is the same for all of them.
        number = self.start(NUMBER) if opening.is_number else None
        after_number = self.step(number, symbol) if number else None
        return positions.union(after_number.positions) if after_number else positions

    def _build(self, positions: Positions) -> State:
        """Return the state that stands for having read `positions`."""
        known = self._states.get(positions)
        if known is not None:
            return known
        places: defaultdict[str, list[int]] = defaultdict(list)
        accepts: set[int] = set()
        for position in positions:
            phrase, at = position >> _SHIFT, position & _STATE
            program = self._programs[phrase]
            if at in program.last:
                accepts.add(phrase)
            symbols, first = program.symbols, phrase << _SHIFT
            for after in program.follow[at]:
                places[symbols[after]].append(first | after)
        nexts = {symbol: tuple(those) for symbol, those in places.items()}
        built = State(positions, nexts, tuple(sorted(accepts)))
        return self._states.setdefault(positions, built)
