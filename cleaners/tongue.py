"""Lines -> the languages they may be in, told by their small words.

Not to name a text's language, only to know whose rules have no business with it: what is one word
and a label in one language begins every third sentence of another.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from cleaners.fold import fold_words

_SAMPLE_MAX = 1500  # characters
_LINE_MIN = 60  # characters; shorter lines are labels as often as sentences
_HITS_MIN = 12  # small words met; below this nothing is told
# Share of the best language's hits from which another may be meant: neighbours such as Danish and
# Norwegian share most of their small words.
_RIVAL_SHARE = 0.6


def guess_tongues(lines: Sequence[str]) -> frozenset[str]:
    """Return the languages that the longer of `lines` may be in; empty where nothing tells."""
    words: list[str] = []
    size = 0
    for line in lines:
        if len(line) >= _LINE_MIN:
            words.extend(fold_words(line[: _SAMPLE_MAX - size]).words)
            size += len(line)
            if size >= _SAMPLE_MAX:
                break
    tongues = load_frequent()
    hits: Counter[str] = Counter()
    for word in words:
        for tongue in tongues.get(word, ()):
            hits[tongue] += 1
    best = max(hits.values(), default=0)
    if best < _HITS_MIN:
        return frozenset()
    return frozenset(each for each, count in hits.items() if count >= _RIVAL_SHARE * best)


@cache
def load_frequent() -> dict[str, tuple[str, ...]]:
    """Return the packaged table: a small word -> the languages in which it is frequent."""
    raw = tomllib.loads(files("cleaners").joinpath("words/frequent.toml").read_text("utf-8"))
    table: dict[str, tuple[str, ...]] = {}
    for tongue, text in raw.items():
        for word in dict.fromkeys(fold_words(text).words):
            table[word] = (*table.get(word, ()), tongue)
    return table
