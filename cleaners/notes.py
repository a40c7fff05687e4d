"""Lines -> whether they begin as corrections and editor's notes do, by `words/notes.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cleaners.wordlists import read_word_list

# What may stand before the first letter of a note, and how many characters are looked at first.
_BEFORE_NOTE, _STARTS = " \xa0\u2009\u202f\u3000\t\r\n*[(—–-.)0123456789", 4
# Characters of a line in which a label must have its colon.
_LABEL_CHARS = 60


def is_note(text: str) -> bool:
    """Whether a line begins as a correction or an editor's note does."""
    said = text[:_LABEL_CHARS]
    # How a Greek letter is written small depends on the next.
    start = said.lstrip(_BEFORE_NOTE)[: _STARTS + 1].lower()[:_STARTS].replace("\u2019", "'")
    # Some are two characters long.
    if _load_note_starts().isdisjoint((start, start[:3], start[:2])):
        return False  # as most begin
    return _load_note_pattern().match(said.lower().replace("\u2019", "'")) is not None


@cache
def load_note_words() -> Mapping[str, tuple[str, ...]]:
    """The lists of `words/notes.toml`."""
    raw = read_word_list("notes")
    return {key: tuple(values) for key, values in raw.items()}


@cache
def _load_note_starts() -> frozenset[str]:
    """The first characters of what a note begins with."""
    words = load_note_words()
    return frozenset(each[:_STARTS] for key in ("labels", "openings") for each in words[key])


@cache
def _load_note_pattern() -> re.Pattern[str]:
    words = load_note_words()
    labels, openings = ("|".join(map(re.escape, words[key])) for key in ("labels", "openings"))
    # A date may stand between label and colon.
    dated = r"(?:\s?[,(][^:：]*\d[^:：]*|\s?\d[^:：]*)?"
    # A number in brackets, or with a stop, is that of the note.
    number = r"(?:\(\d{1,2}\)|\d{1,2}[.)])?"
    return re.compile(
        rf"{number}[\s*\[()—–-]*(?:(?:{labels}){dated}[)\]]?\s?[:：]|(?:{openings})\b)"
    )
