"""Lines -> the languages they may be in, told by their small words.

Not to name a text's language, only to know whose rules have no business with it: what is one word
and a label in one language begins every third sentence of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from cleaners.words.fold import fold_words, list_words
from cleaners.words.wordlists import read_word_list

_SAMPLE_MAX = 900  # characters
_LINE_MIN = 60  # characters; shorter lines are labels as often as sentences
_HITS_MIN = 10  # small words met; below this nothing is told
# Share of the best language's hits from which another may be meant: neighbours such as Danish and
# Norwegian share most of their small words.
_RIVAL_SHARE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongues:
    """Small words and the languages in which they are frequent.

    The words of the languages `everywhere` stand on the sites of all others; `same` maps other
    tags to a language that has rules; `spoken` are all whose small words are known.
    """

    frequent: Mapping[str, tuple[str, ...]]
    spoken: frozenset[str]
    everywhere: frozenset[str]
    same: Mapping[str, str]


def guess_tongues(lines: Sequence[str]) -> frozenset[str]:
    """Return the languages that the longer of `lines` may be in; empty where nothing tells."""
    return choose_tongues(count_tongues(lines))


def count_tongues(lines: Sequence[str], *, sample_max: int = _SAMPLE_MAX) -> Counter[str]:
    """Return how many small words of each language stand in the longer of `lines`.

    Read are the first `sample_max` characters of these.
    """
    tongues = load_tongues().frequent
    words: list[str] = []
    size = 0
    for line in lines:
        if len(line) >= _LINE_MIN:
            words += list_words(line[: sample_max - size])
            size += len(line)
            if size >= sample_max:
                break
    hits: Counter[str] = Counter()
    # In the order of the words, so that of equals the same comes first whatever strings hash to.
    for word, times in Counter(filter(tongues.__contains__, words)).items():
        for tongue in tongues[word]:
            hits[tongue] += times
    return hits


def choose_tongues(hits: Mapping[str, int]) -> frozenset[str]:
    """Return the languages that have about as many of the small words as any; none for too few."""
    best = max(hits.values(), default=0)
    if best < _HITS_MIN:
        return frozenset()
    return frozenset(each for each, count in hits.items() if count >= _RIVAL_SHARE * best)


@cache
def load_tongues() -> Tongues:
    """Return the packaged table."""
    raw = read_word_list("frequent")
    table: dict[str, tuple[str, ...]] = {}
    for tongue, text in raw["frequent"].items():
        for word in dict.fromkeys(fold_words(text).words):
            table[word] = (*table.get(word, ()), tongue)
    return Tongues(
        frequent=MappingProxyType(table),
        spoken=frozenset(raw["frequent"]),
        everywhere=frozenset(raw["everywhere"]),
        same=MappingProxyType(raw["same"]),
    )
