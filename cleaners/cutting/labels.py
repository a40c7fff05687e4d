"""Names of a page's containers in, their characters and which of them hold a word out.

A name is a class, id, role and itemprop as one string; case does not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.letters import Codes, Hashes, Ints, char_codes, hash_summed, sum_codes

NAME_BREAK = re.compile(r"[^a-z]+")
"""Parts the letters of a name in lower case."""

# An empty name would have no characters; this one stands for "no class, id, role or itemprop".
_NO_NAME = "-"
# Codes are one higher than code points.
_A, _Z = ord("a") + 1, ord("z") + 1
# Bits of a hash that do not count for its bin: 65,536 bins for some thousand stretches of letters.
_BIN_SHIFT = np.uint64(48)
_BINS = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The distinct names of a page, and of their characters the class and the `sums` for hashes.

    Name `i` begins at `starts[i]`; after each stands a space. `letter_starts` says where stretches
    of the letters a to z begin, and `bins` which bin each is in.
    """

    names: Sequence[str]
    classes: NDArray[np.uint8]
    sums: Codes
    starts: Ints
    letter_starts: Ints
    bins: NDArray[np.intp]

    def find(self, words: frozenset[str]) -> list[int]:
        """The numbers of the names that hold one of the words between no letters, ascending.

        Few others are among them. Of a word that is not letters alone, only the first letters are
        looked for.
        """
        (places,) = mark_bins((words,)).take(self.bins).nonzero()
        return sorted(set(self._list_owners(places)))

    def find_marked(self, marks: NDArray[np.uint16]) -> dict[int, int]:
        """Of each name that may hold a word of some lists, the marks of those lists together.

        `marks` are those of `mark_bins`.
        """
        those = marks.take(self.bins)
        (places,) = those.nonzero()
        found: dict[int, int] = {}
        for owner, mark in zip(self._list_owners(places), those.take(places).tolist(), strict=True):
            found[owner] = found.get(owner, 0) | mark
        return found

    def _list_owners(self, places: Ints) -> list[int]:
        """The names that some stretches of letters are in."""
        owners = self.starts.searchsorted(self.letter_starts.take(places), side="right") - 1
        numbers: list[int] = owners.tolist()
        return numbers


def read_labels(names: Sequence[str]) -> Labels:
    """The labels of distinct names."""
    classes, lower, starts = char_codes([name or _NO_NAME for name in names], end=" ")
    sums = sum_codes(lower)
    letter_starts, hashes = _hash_letters(lower, sums)
    return Labels(
        names=names,
        classes=classes,
        sums=sums,
        starts=starts,
        letter_starts=letter_starts,
        bins=_find_bins(hashes),
    )


def _hash_letters(lower: Codes, sums: Codes) -> tuple[Ints, Hashes]:
    """Where each stretch of letters begins, and its hash; the last character is none.

    `sums` are the prefix sums of `lower`.
    """
    is_letter = np.zeros(len(lower) + 1, bool)
    np.less_equal(lower - np.uint32(_A), _Z - _A, out=is_letter[1:])
    (bounds,) = (is_letter[1:] != is_letter[:-1]).nonzero()
    starts = bounds[::2]
    return starts, hash_summed(sums, starts, bounds[1::2])


def _find_bins(hashes: Hashes) -> NDArray[np.intp]:
    return (hashes >> _BIN_SHIFT).astype(np.intp)


@cache
def mark_bins(lists: tuple[frozenset[str], ...]) -> NDArray[np.uint16]:
    """For each bin a mark (1, 2, 4 ...) of each list of which a word's first letters are in it."""
    marked = np.zeros(_BINS, np.uint16)
    for number, words in enumerate(lists):
        _, lower, starts = char_codes([*words], end=" ")
        letter_starts, hashes = _hash_letters(lower, sum_codes(lower))
        marked[_find_bins(hashes[letter_starts.searchsorted(starts)])] |= np.uint16(1 << number)
    return marked


def find_named(labels: Labels, names: tuple[str, ...]) -> set[int]:
    """The numbers of a page's names that hold one of `names`: words, one after the other."""
    found = labels.find(list_probes(names))
    pattern = write_pattern(names)
    return {number for number in found if pattern.search(labels.names[number].lower())}


@cache
def write_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Finds one of `names` in a class or the like, whatever but letters parts its words there."""
    words = "|".join(r"[^a-z\s]+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")


@cache
def list_probes(names: tuple[str, ...]) -> frozenset[str]:
    """Of each of some names its longest stretch of letters, which few others have.

    Of two as long it is the later one in the alphabet: few names hold "quote", many "block".
    """
    stretches = map(NAME_BREAK.split, names)
    return frozenset(max(each, key=lambda word: (len(word), word)) for each in stretches)
