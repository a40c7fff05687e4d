"""Lines -> whether they begin as corrections and editor's notes do, by `words/notes.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cleaners.words.wordlists import read_word_list

# What may stand before the first letter of a note, and how many characters are looked at first.
_BEFORE_NOTE, _STARTS = " \xa0\u2009\u202f\u3000\t\r\n*[(—–-.)0123456789", 4
# Characters of a line in which a label must have its colon.
_LABEL_CHARS = 60


def is_note(text: str) -> bool:
    """Whether a line begins as a correction or an editor's note does."""
    # How a Greek letter is written small depends on the next.
    start = text.lstrip(_BEFORE_NOTE)[: _STARTS + 1].lower()[:_STARTS].replace("\u2019", "'")
    by_start = _list_by_start()
    # Some are two characters long.
    words = by_start.get(start, ()) + by_start.get(start[:2], ())
    if not words:
        return False  # as most begin
    said = text[:_LABEL_CHARS].lower().replace("\u2019", "'")
    # The pattern takes long to find nothing.
    return (
        said.lstrip(_BEFORE_NOTE).startswith(words) and _load_note_pattern().match(said) is not None
    )


@cache
def load_note_words() -> Mapping[str, tuple[str, ...]]:
    """The lists of `words/notes.toml`."""
    raw = read_word_list("notes")
    return {key: tuple(values) for key, values in raw.items()}


@cache
def _list_by_start() -> dict[str, tuple[str, ...]]:
    """What a note begins with, by its first characters."""
    words = load_note_words()
    by_start: dict[str, tuple[str, ...]] = {}
    for word in (*words["labels"], *words["openings"]):
        start = word[:_STARTS]
        by_start[start] = (*by_start.get(start, ()), word)
    return by_start


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
