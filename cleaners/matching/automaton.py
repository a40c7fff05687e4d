"""Phrases -> an automaton over words, built as far as texts reach into it.

It is made deterministic while it is used (subset construction, M. O. Rabin and D. Scott, "Finite
automata and their decision problems", 1959): a state is built the first time some text reaches it,
so that only phrases that occur cost anything. What is built this way never changes an answer, and
two threads that build the same state build equal ones.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from cleaners.article import Reason
from cleaners.matching.openings import Opening, Parts
from cleaners.matching.packed import SHIFT, PackedPhrases, Positions
from cleaners.matching.pattern import ANYTHING, NUMBER
from cleaners.matching.phrases import Where

# A search looks into as many phrases as there are places, which takes a tenth of reading them all.
_SEARCHES_MAX, _PLACES_A_SEARCH = 8, 4


class Terms(NamedTuple):
    """What of a rule the matcher needs, once for each of its phrases.

    A tuple, for there are thousands: each is made in a fifth of a dataclass's time.
    """

    rule: str
    lang: str
    reason: Reason
    where: Where
    heads_run: bool
    colon: bool
    program: str  # packed


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
        self.default = ANYTHING in nexts  # whether any word may follow
        self.edges: dict[str, State] = {}
        self._set_nexts(nexts)

    def _set_nexts(self, nexts: dict[str, Positions]) -> None:
        # The words with which a phrase goes on, what stands for numbers and for any word, and "";
        # each with the places where it leads.
        nexts[""] = ()
        self.number = self.default or NUMBER in nexts  # whether any number may follow
        self.nexts = nexts

    @property
    def is_final(self) -> bool:
        """Whether no phrase goes on from here."""
        return not self.number and len(self.nexts) == 1


class Pair(State):
    """A state after two words, from which few texts go on: `nexts` is read when it is asked for.

    A third word is looked for in the packed phrases as long as that takes less, and until `nexts`
    is read `number` lets every number in.
    """

    __slots__ = ("_phrases", "searches")

    def __init__(
        self,
        positions: Positions,
        accepts: tuple[int, ...],
        phrases: PackedPhrases,
        *,
        default: bool,
    ) -> None:
        self.opening = None
        self.positions = positions
        self.accepts = accepts
        self.default = default
        self.number = True
        self.edges = {}
        self.searches = 0
        if not default:
            self.searches = min(len(positions) // _PLACES_A_SEARCH, _SEARCHES_MAX)
        self._phrases = phrases

    def __getattr__(self, name: str) -> Any:
        if name != "nexts":
            raise AttributeError(name)
        self._set_nexts(self._phrases.list_nexts(self.positions))
        return self.nexts

    def __contains__(self, word: str, /) -> bool:
        """Whether phrases go on with `word`."""
        if self.searches and word:
            return bool(self.search(word))
        return word in self.nexts

    @property
    def is_final(self) -> bool:
        """Whether no phrase goes on from here."""
        return len(self.nexts) == 1 and super().is_final

    def search(self, symbol: str) -> set[int]:
        """Return the places where `symbol` leads; a phrase without it is not looked into."""
        self.searches = max(self.searches - 1, 0)
        return self._phrases.find_after(self.positions, symbol)


class Automaton:
    """All phrases read in one direction. `index` tells how they go on after each first word."""

    def __init__(self, phrases: PackedPhrases, index: Mapping[str, Parts]) -> None:
        self._phrases = phrases
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
        opening = Opening(parts, number.opening if number else None)
        nexts: dict[str, Positions] = dict.fromkeys(opening.nexts, ())
        state = self._roots[word] = State((), nexts, opening.ended, opening)
        return state

    def step(self, state: State, word: str) -> State | None:
        """Return the state after one more word, or None where no phrase goes on so."""
        after = state.edges.get(word)
        if after is not None:
            return after
        if isinstance(state, Pair) and state.searches:
            return self._search(state, word)
        if word in state.nexts:
            also = (NUMBER, ANYTHING) if word[0].isdigit() else (ANYTHING,)
            return self._follow(state, word, also)
        if state.number and word[0].isdigit():
            return state.edges.get(NUMBER) or self._follow(state, NUMBER, (ANYTHING,))
        if state.default:
            return state.edges.get(ANYTHING) or self._follow(state, ANYTHING, ())
        return None

    def _search(self, pair: Pair, word: str) -> State | None:
        """Return the state after one more word, as `step` does, by what few phrases say."""
        positions = pair.search(word)
        symbol = word
        if word[0].isdigit():
            if not positions:
                symbol = NUMBER
                if NUMBER in pair.edges:
                    return pair.edges[NUMBER]
            positions |= pair.search(NUMBER)
        if not positions:
            return None
        after = pair.edges[symbol] = self._build(tuple(sorted(positions)))
        return after

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
            built = self._build(tuple(sorted(positions)))
        else:
            built = self._open(state.opening, symbol, also)
        state.edges[symbol] = built
        return built

    def _open(self, opening: Opening, symbol: str, also: tuple[str, ...]) -> State:
        """Return the state after a first word and `symbol` or what says as much."""
        way = opening.follow((symbol, *also))
        ended = {each >> SHIFT for each in way.ended}
        # What may follow any number is the same for all of them.
        number = self.start(NUMBER) if opening.is_number else None
        after_number = self.step(number, symbol) if number else None
        if after_number:
            way.positions.update(after_number.positions)
            ended.update(after_number.accepts)
            way.default = way.default or after_number.default
        positions = tuple(sorted(way.positions))
        known = self._states.get(positions)
        if known is not None:
            return known
        pair = Pair(positions, tuple(sorted(ended)), self._phrases, default=way.default)
        return self._states.setdefault(positions, pair)

    def _build(self, positions: Positions) -> State:
        """Return the state that stands for having read `positions`."""
        known = self._states.get(positions)
        if known is not None:
            return known
        phrases = self._phrases
        built = State(positions, phrases.list_nexts(positions), phrases.list_ended(positions))
        return self._states.setdefault(positions, built)
