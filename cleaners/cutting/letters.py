"""Texts in, numbers about their characters and words out, for all texts of a page at once.

A page has hundreds of blocks; looking at each in Python costs more than parsing the page. Here the
texts become one array of code points, a table says what each character is, and sums over slices
give every count. Words become hashes, so that a learned table of word scores is an array lookup.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count as count_up
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.keys import pack_column

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Codes = NDArray[np.uint32]
_Number = TypeVar("_Number", np.uint64, np.int64)

SPACE, LOWER, UPPER, DIGIT, UNSPACED, SYLLABIC, CASELESS = range(7)
COMMA, STOP, QUOTE, COLON, MARK, OTHER = range(7, 13)
_CLASS_BITS = 4
CLASSES = 1 << _CLASS_BITS
_CLASS_BYTE = np.uint32(8)
_LOWER_CLASS = np.uint8(LOWER)
# The first character of a text, and its last three: as far from its end, but not before its start.
_FROM_END = np.array((1 << 62, 3, 2, 1))[:, None]

_BMP = 0x10000
_COMMAS = frozenset(map(ord, ",，、،;；؛"))
_STOPS = frozenset(map(ord, ".!?。！？…؟।॥۔។။｡．"))
_QUOTES = frozenset(map(ord, "\"'«»“”„‘’‚‹›「」『』《》＂"))
_COLONS = frozenset(map(ord, ":："))
# Marks that separate or point in chrome: bars, arrows, bullets, copyright, at.
_MARKS = frozenset(map(ord, "|©®→←↑↓▸►▼▶◄•·@#/>+*_=~✓✔★☆◆■□●○"))
_BY_CODE = (
    (_MARKS, MARK),
    (_COLONS, COLON),
    (_QUOTES, QUOTE),
    (_STOPS, STOP),
    (_COMMAS, COMMA),
)
_BY_CATEGORY = {"Ll": LOWER, "Lu": UPPER, "Lt": UPPER, "Nd": DIGIT}
# Scripts written without spaces between words (Unicode Standard, chapters 16 and 18): those whose
# characters are syllables or words, and those that take as many to a word as spaced scripts.
_UNSPACED_RANGES = (
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
)
_SYLLABIC_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
)

# Text beyond the edges says nothing more about what a block is; the middle of a text that has more
# characters than this is left out.
_WHOLE_CHARS, _HEAD_CHARS, _TAIL_CHARS = 180, 90, 30

# Odd, so that it has an inverse modulo 2**32 (the multiplier that L'Ecuyer's tables, 1999, give for
# that modulus). Half as many bits take half the time, and the token tables keep no more.
_RADIX = 2891336453
_INVERSE = pow(_RADIX, -1, 1 << 32)
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio
_FIRST_SHIFT, _SECOND_SHIFT = np.uint64(31), np.uint64(29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The characters and words of `n` texts.

    `lengths` are those of the texts; `counts[class]` holds one number a text; `first` and `last`
    are the classes of a text's first and last character; `ends_sentence` says whether a full stop
    or the like ends a text, or stands before the quotation mark that does. Words run in order
    through all texts: `words` are their hashes, and text `i` has those from `bounds[i]` to
    `bounds[i + 1]`; `capital` says which begin with a capital letter or digit. In an unspaced
    script every character begins a word of two.
    """

    lengths: NDArray[np.float64]
    counts: NDArray[np.float64]
    first: NDArray[np.uint8]
    last: NDArray[np.uint8]
    ends_sentence: NDArray[np.bool_]
    words: Hashes
    bounds: Ints
    capital: NDArray[np.bool_]


@cache
def _table() -> Codes:
    """For each code point below 65,536 its lower-case form (digits all as 0) + 1, and its class.

    The class is the lowest byte. No character counts as 0, so that every one tells in a hash.
    """
    chars = list(map(chr, range(_BMP)))
    # One look at each character: a crawl makes the tables anew in each of its workers.
    categories = list(map(unicodedata.category, chars))
    lower = np.arange(_BMP, dtype=np.uint32)
    for code, category in enumerate(categories):
        if category == "Nd":
            lower[code] = ord("0")
        elif category == "Lu" and len(small := chars[code].lower()) == 1:
            lower[code] = ord(small)
    return ((lower + np.uint32(1)) << _CLASS_BYTE) + _class_chars(chars, categories)


@cache
def _byte_tables() -> tuple[bytes, bytes]:
    """The same for the first 256 code points, as `bytes.translate` takes it."""
    classes, lower = _part(_table()[:256])
    return classes.tobytes(), lower.astype(np.uint8).tobytes()


def _part(entries: Codes) -> tuple[NDArray[np.uint8], Codes]:
    """Class, and lower-case code + 1, of some entries of the table."""
    return entries.astype(np.uint8), entries >> _CLASS_BYTE


def _class_chars(chars: Sequence[str], categories: Sequence[str]) -> NDArray[np.uint8]:
    """The class of each character, by its code point or else by its Unicode category."""
    classes = np.array([_BY_CATEGORY.get(each, OTHER) for each in categories], np.uint8)
    is_letter = np.array([each[0] in "LM" for each in categories])
    classes[is_letter & (classes == OTHER)] = CASELESS
    for ranges, found in ((_SYLLABIC_RANGES, SYLLABIC), (_UNSPACED_RANGES, UNSPACED)):
        for low, high in ranges:
            classes[low : high + 1][is_letter[low : high + 1]] = found
    classes[[code for code, char in enumerate(chars) if char.isspace()]] = SPACE
    for codes, found in _BY_CODE:
        classes[list(codes)] = found
    return classes


def clip_texts(texts: Sequence[str]) -> list[str]:
    """The two ends of each long text; short ones whole."""
    return [
        text if len(text) <= _WHOLE_CHARS else text[:_HEAD_CHARS] + text[-_TAIL_CHARS:]
        for text in texts
    ]


def char_codes(texts: Sequence[str], *, end: str = "") -> tuple[NDArray[np.uint8], Codes, Ints]:
    """Class and lower-case code + 1 of every character of all texts, and where each text starts.

    After each text stands the `end`. Everything beyond the basic plane (emoji, rare Han) counts as
    one and the same character.
    """
    lengths = pack_column([len(text) for text in texts])
    if end:
        lengths = lengths + len(end)
    starts = lengths.cumsum() - lengths
    joined = end.join((*texts, "")) if end else "".join(texts)
    if joined.isascii():
        # Names of containers nearly always are. The same in a third of the time.
        ascii_class, ascii_lower = _byte_tables()
        data = joined.encode()
        lower = np.frombuffer(data.translate(ascii_lower), np.uint8).astype(np.uint32)
        return np.frombuffer(data.translate(ascii_class), np.uint8), lower, starts
    data = joined.encode("utf-32-le", "replace")
    # `take` gathers in a third of the time that indexing takes, the last entry for all beyond.
    classes, lower = _part(_table().take(np.frombuffer(data, np.uint32), mode="clip"))
    return classes, lower, starts


def measure_letters(texts: Sequence[str]) -> Letters:
    """What `Letters` says, of texts none of which is empty."""
    count = len(texts)
    classes, lower, starts = char_codes(texts)
    edges = np.empty(count + 1, np.int64)
    edges[:-1], edges[-1] = starts, len(classes)
    ends = edges[1:]
    lengths = ends - starts
    places = np.arange(0, count << _CLASS_BITS, CLASSES).repeat(lengths)
    places += classes
    counts = np.bincount(places, minlength=count << _CLASS_BITS).reshape(count, CLASSES)
    first, third, second, last = classes.take(np.maximum(ends - _FROM_END, starts))
    # French parts a quotation mark from the stop before it.
    before_quote = (second == STOP) | ((second == SPACE) & (third == STOP))
    has_unspaced = bool(counts[:, UNSPACED : SYLLABIC + 1].any())
    word_starts, word_ends = _find_words(classes, starts, has_unspaced=has_unspaced)
    capital = classes.take(word_starts)
    return Letters(
        lengths=lengths.astype(np.float64),
        # Row after row in memory, and of the type that shares are of: as they are asked for.
        counts=np.ascontiguousarray(counts.T, np.float64),
        first=first,
        last=last,
        ends_sentence=(last == STOP) | ((last == QUOTE) & before_quote),
        words=hash_slices(lower, word_starts, word_ends),
        bounds=word_starts.searchsorted(edges),
        capital=(capital == UPPER) | (capital == DIGIT),
    )


def take_first(letters: Letters, count: int) -> tuple[Letters, tuple[Hashes, Hashes]]:
    """The letters of all texts but the last two, of which there are `count`, and the others' words.

    Measuring two more texts with all others costs far less than measuring them alone.
    """
    start, end = letters.bounds[count : count + 2]
    others = Letters(
        lengths=letters.lengths[:count],
        counts=letters.counts[:, :count],
        first=letters.first[:count],
        last=letters.last[:count],
        ends_sentence=letters.ends_sentence[:count],
        words=letters.words[:start],
        bounds=letters.bounds[: count + 1],
        capital=letters.capital[:start],
    )
    return others, (letters.words[start:end], letters.words[end:])


def _find_words(
    classes: NDArray[np.uint8], text_starts: Ints, *, has_unspaced: bool
) -> tuple[Ints, Ints]:
    """Start and end of every word. A word ends where its text does.

    `has_unspaced` says whether a character is of an unspaced or a syllabic script.
    """
    # The classes of words follow each other, and what is before the first of them wraps around.
    in_word = classes - _LOWER_CLASS <= CASELESS - LOWER
    # One more, so that the last stretch ends somewhere.
    begins = np.ones(len(classes) + 1, bool)
    np.not_equal(in_word[1:], in_word[:-1], out=begins[1:-1])
    begins[text_starts] = True
    if has_unspaced:
        unspaced = (classes == UNSPACED) | (classes == SYLLABIC)
        begins[:-1] |= unspaced
        begins[1:] |= unspaced
    (bounds,) = begins.nonzero()
    (words,) = in_word.take(bounds[:-1]).nonzero()
    starts, ends = bounds.take(words), bounds.take(words + 1)
    if has_unspaced:
        follows = np.append(unspaced, False)[ends] & unspaced[starts]
        # Not across two texts: the next character must not begin one.
        is_first = np.zeros(len(classes) + 1, bool)
        is_first[text_starts] = True
        ends = ends + (follows & ~is_first[ends])
    return starts, ends


def hash_slices(codes: Codes, starts: Ints, ends: Ints) -> Hashes:
    """One hash for each slice of `codes`, the same for equal slices.

    A polynomial in `_RADIX` modulo 2**32: prefix sums give every slice at once, the inverse
    powers make it independent of where the slice stands.
    """
    return hash_summed(sum_codes(codes), starts, ends)


def sum_codes(codes: Codes) -> Codes:
    """The prefix sums that hashes of slices of `codes` are made of; one more than those."""
    size = len(codes)
    powers, _ = _powers(size)
    sums = np.zeros(size + 1, np.uint32)
    np.multiply(codes, powers[:size], out=sums[1:])
    sums.cumsum(dtype=np.uint32, out=sums)
    return sums


def hash_summed(sums: Codes, starts: Ints, ends: Ints) -> Hashes:
    """What `hash_slices` gives of the codes with the prefix sums `sums`."""
    # An empty slice may begin where the codes end.
    _, inverses = _powers(len(sums))
    values = (sums.take(ends) - sums.take(starts)) * inverses.take(starts)
    return mix_hashes(values.astype(np.uint64))


def _powers(size: int) -> tuple[Codes, Codes]:
    """At least `size` powers of `_RADIX` and of its inverse, modulo 2**32."""
    return _list_powers(1 << max(size - 1, 1).bit_length())


@lru_cache(maxsize=16)
def _list_powers(size: int) -> tuple[Codes, Codes]:
    """The first powers of `_RADIX` and of its inverse, modulo 2**32."""
    powers = np.full(size, _RADIX, np.uint32)
    inverses = np.full(size, _INVERSE, np.uint32)
    powers[:1] = inverses[:1] = 1
    return (
        np.multiply.accumulate(powers, dtype=np.uint32),
        np.multiply.accumulate(inverses, dtype=np.uint32),
    )


def mix_hashes(values: Hashes) -> Hashes:
    """The values with every input bit spread over the upper half."""
    mixed = values >> _FIRST_SHIFT
    mixed ^= values
    mixed *= _MIX
    mixed ^= mixed >> _SECOND_SHIFT
    return mixed


def sort_distinct(values: NDArray[_Number]) -> NDArray[_Number]:
    """The values in ascending order, each once; `np.unique` takes five times as long for so few."""
    ordered = values.copy()
    ordered.sort()
    is_first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def count_among(values: Ints, wanted: Ints) -> Ints:
    """For each wanted value how often it is among some values."""
    ordered = np.sort(values)
    often: Ints = ordered.searchsorted(wanted, "right")
    often -= ordered.searchsorted(wanted)
    return often


def number_distinct(values: Ints) -> Ints:
    """For each value a number, the same for equal ones: 0, 1 and so on in the order met.

    A dictionary numbers so few in a quarter of the time that sorting them takes.
    """
    numbers: defaultdict[int, int] = defaultdict(count_up().__next__)
    return pack_column([numbers[value] for value in values.tolist()])
