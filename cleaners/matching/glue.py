"""A line's words -> the places that rule phrases reach when laid end to end.

From one edge of the line phrases are followed one after another; wherever one ends the next may
begin. This is how "Contactez-nousA lire aussi" is seen to be two phrases and nothing else. A
phrase may also end inside a word where two words were run together: at a change from lower to
upper case, or anywhere in a word all in capitals. The rest of such a word must then begin another
phrase, so that WhatsApp stays whole. A word of a script without case is never cut: endings are
written on to it, and it would fall apart anywhere.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cleaners.matching.automaton import Automaton, State
from cleaners.words.fold import Words, fold_word

_GLUED_WORD_MAX = 40  # characters; longer words are addresses or noise

Place = tuple[int, int]
"""`(i, rest)`: `i` words are read, the last of them but for `rest` characters of its raw text."""

Choose = Callable[[tuple[int, ...], Place, Place], int | None]
"""Phrases, the place where they begin, the place where they end -> the one to take, or None."""


@dataclass(frozen=True, slots=True)
class Step:
    """How a place was reached: from where, by which phrase."""

    origin: Place
    term: int


@dataclass(frozen=True, slots=True)
class Spread:
    """All places reached, and whether a phrase was still open when the words ended."""

    steps: dict[Place, Step]
    ran_out: bool

    def path(self, place: Place) -> list[int]:
        """Return the phrases that lead to `place`, the one nearest the edge first."""
        terms: list[int] = []
        while place in self.steps:
            step = self.steps[place]
            terms.append(step.term)
            place = step.origin
        terms.reverse()
        return terms


def spread_phrases(
    line: str, words: Words, automaton: Automaton, choose: Choose, *, backward: bool = False
) -> Spread:
    """Return every place that phrases reach from the line's start, or from its end."""
    reading = _Reading(line, words, automaton, backward=backward)
    steps: dict[Place, Step] = {}
    pending: list[Place] = [(0, 0)]
    seen: set[Place] = {(0, 0)}
    while pending:
        place = pending.pop()
        for end, accepts in reading.follow(place):  # the longest comes last and is followed first
            if end in seen:
                continue
            term = choose(accepts, place, end)
            if term is not None:
                seen.add(end)
                steps[end] = Step(place, term)
                pending.append(end)
    return Spread(steps, reading.ran_out)


class _Reading:
    """One line read in one direction."""

    __slots__ = ("_automaton", "_backward", "_line", "_splits", "_words", "ran_out", "words")

    def __init__(self, line: str, words: Words, automaton: Automaton, *, backward: bool) -> None:
        self._line = line
        self._words = words
        self._automaton = automaton
        self._backward = backward
        # Lines that take long repeat themselves.
        self._splits: dict[tuple[State | None, str], tuple[tuple[int, tuple[int, ...]], ...]] = {}
        self.words = words.words[::-1] if backward else words.words
        self.ran_out = False

    def follow(self, place: Place) -> list[tuple[Place, tuple[int, ...]]]:
        """Return where the phrases that begin at `place` end, the shortest first."""
        at, rest = place
        words, count = self.words, len(self.words)
        found: list[tuple[Place, tuple[int, ...]]] = []
        state: State | None
        if rest:
            raw = self._raw(at - 1)
            word = fold_word(raw[:rest] if self._backward else raw[-rest:])
            state = self._automaton.start(word) if word else None
        elif at == count:
            return found
        else:
            state = self._automaton.start(words[at])
            if state is None:
                self._split_word(None, at, found)
            at += 1
        step = self._automaton.step
        while state is not None:
            if state.accepts:
                found.append(((at, 0), state.accepts))
            if at == count:
                self.ran_out = self.ran_out or not state.is_final
                break
            after = step(state, words[at])
            if after is None or not _names(state, words[at]):
                self._split_word(state, at, found)
            state = after
            at += 1
        return found

    def _split_word(
        self, state: State | None, at: int, found: list[tuple[Place, tuple[int, ...]]]
    ) -> None:
        """Add the places inside word `at` where a phrase ends and another may begin."""
        raw = self._raw(at)
        if raw[1:].islower():
            return  # as most words are, and never cut
        splits = self._splits.get((state, raw))
        if splits is None:
            splits = tuple(split_word(self._automaton, state, raw, backward=self._backward))
            self._splits[state, raw] = splits
        found += [((at + 1, rest), accepts) for rest, accepts in splits]

    def _raw(self, at: int) -> str:
        index = len(self.words) - 1 - at if self._backward else at
        raw = self._line[self._words.starts[index] : self._words.ends[index]]
        return html.unescape(raw) if "&" in raw else raw


def _names(state: State, word: str) -> bool:
    """Whether a phrase goes on with the word itself, or none with whatever comes."""
    return not state.default or word in state.nexts


def split_word(
    automaton: Automaton, state: State | None, raw: str, *, backward: bool
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield where in `raw` the phrase at `state` may end and another begin.

    Each answer is the number of characters left of `raw`, and the phrases that end there.
    """
    cased = raw != raw.upper()
    for cut in find_cuts(raw, inside_phrase=state is not None):
        ending, beginning = (raw[cut:], raw[:cut]) if backward else (raw[:cut], raw[cut:])
        word, other = fold_word(ending), fold_word(beginning)
        if not word or not other:
            continue
        if state is None:
            after = automaton.start(word)
        else:
            after = automaton.step(state, word) if _names(state, word) else None
        if after is None or not after.accepts:
            continue
        # A change of case inside a phrase's word is sign enough that something ends there.
        if (state is not None and cased) or automaton.start(other) is not None:
            yield len(beginning), after.accepts


def may_split(
    automaton: Automaton,
    states: list[State],
    word: str,
    raw: str,
    *,
    begins: bool,
    backward: bool,
) -> bool:
    """Whether a phrase that does not go on may end inside `raw` where another begins."""
    failing: list[State | None] = [
        state for state in states if not _names(state, word) or automaton.step(state, word) is None
    ]
    if begins and automaton.start(word) is None:
        failing.append(None)
    return any(any(split_word(automaton, state, raw, backward=backward)) for state in failing)


def find_cuts(raw: str, *, inside_phrase: bool) -> tuple[int, ...] | range:
    """Return where `raw` may be two words run together.

    With no phrase before it, a word is not cut after one letter, as an eBook is one word, and not
    in capitals, where nearly every word could be cut somehow. Scripts without case have no such
    places.
    """
    if not 3 <= len(raw) <= _GLUED_WORD_MAX or raw[1:].islower() or not raw[0].isalpha():
        return ()
    if raw.isascii() and raw.isupper():
        return range(1, len(raw)) if inside_phrase else ()
    first = 1 if inside_phrase else 2
    camel = tuple(
        at for at in range(first, len(raw)) if raw[at].isupper() and not raw[at - 1].isupper()
    )
    if camel:
        return camel
    in_capitals = raw == raw.upper() != raw.lower()
    return range(1, len(raw)) if inside_phrase and in_capitals else ()
