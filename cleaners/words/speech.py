"""A sentence -> whether it ends with who said it, as `words/speech.toml` has the verbs."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cleaners.words.sentences import CLOSING
from cleaners.words.wordlists import read_word_list

_COMMAS = (",", "،")
_STOP = "."
# Words after the comma: a verb and somebody at least.
_LEAST_WORDS, _MOST_WORDS = 2, 12


class _SpeechWords(NamedTuple):
    """Verbs that come first or last after the comma, what may stand before, what no story says."""

    first: frozenset[str]
    helping: frozenset[str]
    last: frozenset[str]
    ours: frozenset[str]


def names_speaker(line: str) -> bool:
    """Whether a sentence ends with a comma, a verb of saying, and who said it.

    >>> names_speaker("Cookies are not bad for you, the baker says.")
    True
    >>> names_speaker("Abonnez-vous au gaz, conseille la mairie."), names_speaker("Sign up, free.")
    (True, False)
    """
    said = line.rstrip(CLOSING)
    if not said.endswith(_STOP):
        return False
    comma = max(map(said.rfind, _COMMAS))
    words = said[comma + 1 : -1].lower().replace("-", " ").split() if comma > 0 else []
    if not _LEAST_WORDS <= len(words) <= _MOST_WORDS:
        return False
    known = _load_words()
    if not known.ours.isdisjoint(words):
        return False
    verb = next((word for word in words if word not in known.helping), "")
    return verb in known.first or words[-1] in known.last


@cache
def _load_words() -> _SpeechWords:
    raw = read_word_list("speech")
    first = frozenset(verb for verbs in raw["first"].values() for verb in verbs)
    others = (frozenset(raw[key]) for key in ("helping", "last", "ours"))
    return _SpeechWords(first, *others)
