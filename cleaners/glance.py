"""A line -> whether it pays to read it: a glance at its first and last words.

Nearly every line of an article fails here, at its first or second word from either end, so this
is what the cleaner's pace depends on. A glance may say yes in vain, but never no where a closer
look (`cleaners/lines.py`) would find something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cleaners.fold import fold_word, has_entity, read_last_word, read_words
from cleaners.glue import find_cuts, split_word
from cleaners.matcher import Automaton, Matcher, State
from cleaners.phrases import Where

_GLANCE = 40  # characters at the end of a line
_CUT_WORDS_MIN = 3  # words; no shorter phrase is cut from the start of a line
_CUT_OFF = ("", "")  # stands for the words before the glance
_AFTER_COLON = re.compile(r"[:：|>»›•·▶►‣⇒→]|(?<=\s)[-–—―/]|[–—―](?=\s)")

IsEnough = Callable[[tuple[int, ...], int], bool]
"""Phrases that end after so many words -> whether that will do, whatever follows."""


def may_match(line: str, matcher: Matcher) -> bool:
    """Whether rules may match something at an edge of `line`."""
    return _may_begin(line, matcher) or _may_end(line, matcher) or has_entity(line)


def has_colon(text: str) -> bool:
    """Whether `text` holds what sets a label apart: a colon, dash, bar or arrow."""
    return _AFTER_COLON.search(text) is not None


def _may_begin(line: str, matcher: Matcher) -> bool:
    terms = matcher.terms

    def is_enough(accepts: tuple[int, ...], read: int) -> bool:
        if read >= _CUT_WORDS_MIN:
            return True
        prefixes = [terms[each] for each in accepts if terms[each].where is Where.PREFIX]
        return any(not each.colon or has_colon(line) for each in prefixes)

    return _may_cover(matcher.forward, read_words(line), is_enough, backward=False)


def _may_end(line: str, matcher: Matcher) -> bool:
    last = read_last_word(line)
    word = fold_word(last)
    if word and matcher.backward.start(word) is None and not find_cuts(last, inside_phrase=False):
        return False
    words = [*read_words(line[-_GLANCE:])]
    if len(line) > _GLANCE:
        words[:1] = [_CUT_OFF]
    terms = matcher.terms

    def is_enough(accepts: tuple[int, ...], read: int) -> bool:
        return read > 1 or any(terms[each].where is Where.SUFFIX for each in accepts)

    return _may_cover(matcher.backward, reversed(words), is_enough, backward=True)


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
