"""A phrase that ends with `*` and the words it matches -> where those begin that it leaves open.

The rules know nothing of such words. The fewer stand before them, the likelier the whole is a
headline or a sentence that merely begins as residue does.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.matching.pattern import ANYTHING, NUMBER, Program


def find_open_tail(program: Program, words: Sequence[str]) -> int | None:
    """Return how many of `words` the phrase names before its last `*`.

    None where it names the last word too, in one of the ways it may be read, or does not match.
    """
    symbols, follow = program.symbols, program.follow
    reached: dict[int, int] = {}  # states, and where the tail begins that they are in
    for at, word in enumerate(words):
        steps = [(after, tail) for state, tail in reached.items() for after in follow[state]]
        reached = {}
        for state, tail in steps if at else [(state, 0) for state in program.first]:
            symbol = symbols[state]
            if symbol == ANYTHING:
                reached[state] = max(reached.get(state, 0), tail)
            elif symbol == word or (symbol == NUMBER and word[0].isdigit()):
                reached[state] = at + 1
    ended = max((tail for state, tail in reached.items() if state in program.last), default=None)
    return None if ended == len(words) else ended
