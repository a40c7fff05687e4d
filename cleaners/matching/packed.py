"""Packed phrases -> how they go on from places in them.

Of a phrase that texts reach, they read a word or two. So it stays the text that the compiled rules
hold, and only what is asked for is taken out of that (`Program.pack` of `pattern.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

SHIFT = 10
"""Bits for the state inside a phrase in a place; `pattern.py` allows 400 of 1,024."""
_STATE = (1 << SHIFT) - 1
_NONE, _SAME = ".", "="  # no state; the same ones as beside the state before

Positions = tuple[int, ...]
"""Places in phrases, in order. The garbage collector leaves tuples of numbers alone."""


def pack_beside(beside: Sequence[Sequence[int]], step: int) -> str:
    """Return as text which states stand beside each, after it or before it, in order.

    `",3-5 7,=,."`: beside the first is only the one a `step` away, beside the second and the third
    are four, and beside the last none.
    """
    items: list[str] = []
    for state, states in enumerate(beside):
        if [*states] == [state + step]:
            items.append("")
        elif not states:
            items.append(_NONE)
        elif items and items[-1] and [*beside[state - 1]] == [*states]:
            items.append(_SAME)
        else:
            items.append(_pack_states(states))
    return ",".join(items)


def _pack_states(states: Sequence[int]) -> str:
    """Return ascending states as text, three and more in a row as a range."""
    runs: list[list[int]] = []
    for state in states:
        if runs and runs[-1][-1] + 1 == state:
            runs[-1].append(state)
        else:
            runs.append([state])
    return " ".join(
        f"{run[0]}-{run[-1]}" if len(run) > 2 else " ".join(map(str, run)) for run in runs
    )


def read_beside(items: Sequence[str], state: int, step: int) -> Sequence[int]:
    """Return which states stand beside `state`, by the items of what `pack_beside` packed."""
    item = items[state]
    if not item:
        return (state + step,)
    while item == _SAME:
        state -= 1
        item = items[state]
    if item == _NONE:
        return ()
    states: list[int] = []
    for run in item.split(" "):
        first, _, last = run.partition("-")
        if last:
            states.extend(range(int(first), int(last) + 1))
        else:
            states.append(int(first))
    return states


class PackedPhrases:
    """All phrases read in one direction, by their numbers."""

    def __init__(self, packed: Sequence[str], *, backward: bool) -> None:
        self._packed = packed
        self._step = -1 if backward else 1
        self._last = 1 if backward else 2  # the part of a packed phrase that tells where it ends
        self._split = _Split(packed, beside=4 if backward else 3)

    def find_after(self, positions: Positions, symbol: str) -> set[int]:
        """Return the places after `positions` where `symbol` leads."""
        sought, packed = f" {symbol} ", self._packed
        holding = [each for each in positions if sought in packed[each >> SHIFT]]
        return {after for after, met in self._list_after(holding) if met == symbol}

    def list_nexts(self, positions: Positions) -> dict[str, Positions]:
        """Return the words with which phrases go on from `positions`, and where each leads."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for after, symbol in self._list_after(positions):
            places[symbol].append(after)
        return {symbol: tuple(those) for symbol, those in places.items()}

    def list_ended(self, positions: Positions) -> Positions:
        """Return the phrases that end at one of `positions`."""
        ended: dict[int, None] = {}
        for position in positions:
            packed = self._packed[position >> SHIFT].split("|", 3)
            if str(position & _STATE) in packed[self._last].split(" "):
                ended[position >> SHIFT] = None
        return tuple(ended)

    def _list_after(self, positions: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Yield the places that may come after each of `positions`, and what each reads."""
        step, split = self._step, self._split
        for position in positions:
            phrase, state = position >> SHIFT, position & _STATE
            words, beside = split[phrase]
            for each in read_beside(beside, state, step):
                yield phrase << SHIFT | each, words[each]


class _Split(dict[int, tuple[tuple[str, ...], tuple[str, ...]]]):
    """The symbols of phrases and what stands beside each state, made when first asked for."""

    __slots__ = ("_beside", "_packed")

    def __init__(self, packed: Sequence[str], *, beside: int) -> None:
        super().__init__()
        self._packed = packed
        self._beside = beside

    def __missing__(self, phrase: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        parts = self._packed[phrase].split("|")
        split = self[phrase] = (tuple(parts[0].split()), tuple(parts[self._beside].split(",")))
        return split
