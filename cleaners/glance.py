"""A line -> whether it pays to read it: a glance at its first and last words.

Nearly every line of an article fails here, at its first or second word from either end, so this
is what the cleaner's pace depends on. A glance may say yes in vain, but never no where a closer
look (`cleaners/lines.py`) would find something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cleaners.fold import fold_word, read_first_words, read_last_words, read_words
from cleaners.glue import find_cuts, split_word
from cleaners.matcher import Automaton, Matcher, State
from cleaners.phrases import Where

_COLON_REACH = 200  # characters in which the colon after two words must stand
_GLANCE = 40  # characters at the end of a line
_CUT_WORDS_MIN = 3  # words; no shorter phrase is cut from the start of a line
_CUT_OFF = ("", "")  # stands for the words before the glance
_AFTER_COLON = re.compile(r"[:：|｜>＞»›】）」》•·▶►‣⇒→]|(?<=\s)[-–—―/]|[–—―](?=\s)")

IsEnough = Callable[[tuple[int, ...], int], bool]
"""Phrases that end after so many words -> whether that will do, whatever follows."""


def has_colon(text: str) -> bool:
    """Whether `text` holds what sets a label apart: a colon, dash, bar or arrow."""
    return _AFTER_COLON.search(text) is not None


def may_begin(line: str, matcher: Matcher) -> bool:
    """Whether rules may match something at the beginning of `line`."""
    if _fails(matcher.forward, *read_first_words(line)):
        return False
    terms = matcher.terms

    def is_enough(accepts: tuple[int, ...], read: int) -> bool:
        if read >= _CUT_WORDS_MIN:
            return True
        prefixes = [terms[each] for each in accepts if terms[each].where is Where.PREFIX]
        return any(not each.colon or has_colon(line[:_COLON_REACH]) for each in prefixes)

    return _may_cover(matcher.forward, read_words(line), is_enough, backward=False)


def may_end(line: str, matcher: Matcher) -> bool:
    """Whether rules may match something at the end of `line`."""
    if _fails(matcher.backward, *read_last_words(line)):
        return False
    words = [*read_words(line[-_GLANCE:])]
    if len(line) > _GLANCE:
        words[:1] = [_CUT_OFF]
    terms = matcher.terms

    def is_enough(accepts: tuple[int, ...], read: int) -> bool:
        return read > 1 or any(terms[each].where is Where.SUFFIX for each in accepts)

    return _may_cover(matcher.backward, reversed(words), is_enough, backward=True)


def _fails(automaton: Automaton, first: str, second: str) -> bool:
    """Whether no phrase begins with a line's two words at an edge, nor with parts of them."""
    word = fold_word(first)
    if not word:
        return False
    state = automaton.start(word)
    if state is None:
        return not find_cuts(first, inside_phrase=False)
    if state.accepts or state.default is not None or state.number is not None or not second:
        return False
    # A word that cannot be cut and that no phrase goes on with.
    return second[1:].islower() and second[0].isalpha() and fold_word(second) not in state.edges


def _may_cover(
    automaton: Automaton,
    words: Iterator[tuple[str, str]],
    is_enough: IsEnough,
    *,
    backward: bool,
) -> bool:
    """Whether phrases may cover words from the edge on."""
    state: State | None = None
    ended = False  # whether a phrase ended with the word before
    for read, (word, raw) in enumerate(words, 1):
        if (word, raw) == _CUT_OFF or (ended and automaton.start(word) is not None):
            return True
        after = automaton.start(word) if state is None else automaton.step(state, word)
        if after is None:
            return any(split_word(automaton, state, raw, backward=backward))
        ended = bool(after.accepts)
        if ended and is_enough(after.accepts, read):
            return True
        state = after
    return ended
