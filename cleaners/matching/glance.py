"""A line -> whether phrases may begin or end it, told from its first and last words.

Looked at only where the outer two words of the line may be those of a phrase
(`cleaners/matching/edges.py`). A glance may say yes in vain, but never no where a closer look
(`cleaners/matching/lines.py`) would find something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from cleaners.matching.automaton import Automaton, State
from cleaners.matching.edges import CUT_WORDS_MIN, IsEnough, has_colon
from cleaners.matching.glue import may_split
from cleaners.matching.matcher import Matcher
from cleaners.matching.phrases import OPENERS, Where
from cleaners.words.fold import fold_words, read_piece, read_words
from cleaners.words.sentences import CLOSING, STOPS

SEPARATORS = "|•·»›▶►■"
"""What parts a button from what stands before it."""
_GLANCE = 64  # characters at either end of a line
_GLANCE_SPACELESS = 16  # characters at the end of a line without spaces
_CUT_OFF = ("", "")  # stands for the words before the glance
_BREAK = re.compile(f"[{STOPS}{SEPARATORS}]")
_LAST_MARKS = f" {CLOSING}{STOPS}{SEPARATORS}"


def may_begin(line: str, matcher: Matcher) -> bool:
    """Whether rules may match something at the beginning of `line`."""
    terms = matcher.terms

    def is_enough(accepts: tuple[int, ...], read: int) -> bool:
        prefixes = [terms[each] for each in accepts if terms[each].where in OPENERS]
        if prefixes and (not all(each.colon for each in prefixes) or _has_colon_after(line, read)):
            return True
        return read >= CUT_WORDS_MIN and _has_break(line[:_GLANCE])

    def is_ended(accepts: tuple[int, ...], read: int) -> bool:
        return not all(terms[each].colon for each in accepts) or _has_colon_after(line, read)

    return _may_cover(matcher.forward, _read_forward(line), is_enough, is_ended)


def may_end(line: str, matcher: Matcher) -> bool:
    """Whether rules may match something at the end of `line`."""
    terms = matcher.terms

    def is_enough(accepts: tuple[int, ...], read: int) -> bool:
        if read > 1 and _has_break(line[-_GLANCE:]):
            return True
        return any(terms[each].where is Where.SUFFIX for each in accepts)

    return _may_cover(matcher.backward, _read_backward(line), is_enough, None)


def _has_break(seen: str) -> bool:
    """Whether a line may be cut between two words of what is seen of it.

    Where nothing stands that parts one sentence or button from the next, phrases must cover it all.
    """
    return _BREAK.search(seen.rstrip(_LAST_MARKS)) is not None


def _has_colon_after(line: str, read: int) -> bool:
    """Whether a colon stands after so many words, as far as the glance goes."""
    if not has_colon(line[:_GLANCE]):
        return False
    words = fold_words(line[:_GLANCE], entity_rounds=0)
    return read >= len(words) or has_colon(line[words.ends[read - 1] : words.starts[read]])


def _read_forward(line: str) -> Iterator[tuple[str, str]]:
    """Return the words of `line`, and what stands for those beyond the glance."""
    pieces = line[:_GLANCE].split()
    if len(line) <= _GLANCE:
        return chain.from_iterable(map(read_piece, pieces))
    return chain(chain.from_iterable(map(read_piece, pieces[:-1])), _read_cut_piece(pieces[-1:]))


def _read_cut_piece(pieces: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the words of the piece at the end of the glance: only its last may be cut off."""
    for piece in pieces:
        yield from (word for word, _ in pairwise(read_words(piece)))
    yield _CUT_OFF


def _read_backward(line: str) -> Iterator[tuple[str, str]]:
    """Return the words of `line` from its end, and what stands for those before the glance."""
    pieces = line[-_GLANCE:].split()
    pieces.reverse()
    if len(line) <= _GLANCE:
        return chain.from_iterable(map(reversed, map(read_piece, pieces)))
    whole = map(reversed, map(read_piece, pieces[:-1]))
    return chain(chain.from_iterable(whole), _read_cut_back(pieces[-1:]))


def _read_cut_back(pieces: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the words of the piece at the beginning of the glance from its end."""
    for piece in pieces:
        yield from reversed([*read_words(piece[-_GLANCE_SPACELESS:])][1:])
    yield _CUT_OFF


def _may_cover(
    automaton: Automaton,
    words: Iterator[tuple[str, str]],
    is_enough: IsEnough,
    is_ended: IsEnough | None,
) -> bool:
    """Whether phrases may cover words from the edge on; `is_ended` asks forward for a colon."""
    states: list[State] = []  # in which phrases are open after the words read
    ended = True  # whether phrases end here, so that others may begin
    read = 0
    for word, raw in words:
        if not word:
            return True  # beyond the glance
        read += 1
        if raw and may_split(automaton, states, word, raw, begins=ended, backward=is_ended is None):
            return True
        if ended or len(states) > 1:
            states = automaton.advance(states, word, begins=ended)
            if not states:
                return False
            ended = False
        else:  # one phrase goes on, as most do
            after = states[0].edges.get(word) or automaton.step(states[0], word)
            if after is None:
                return False
            states = [after]
        for state in states:
            if state.accepts and (is_ended is None or is_ended(state.accepts, read)):
                if is_enough(state.accepts, read):
                    return True
                ended = True
    return ended and bool(read)
