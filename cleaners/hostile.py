"""Page bytes in, `PageTooComplex` out where parsing would take far longer than the page is long.

lexbor is linear but for this: it looks through all open elements at many tags, through all
attributes of a tag at each new one, through a chain of names at each unknown one, and opens
unclosed formatting again in every block. Nearly every page is cleared by bounds from a few counts;
`nesting.py` reads the tags of the others.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from cleaners.nesting import MAX_ATTRIBUTES, refuse_nesting
from cleaners.tagsoup import find_starts, list_names, read_attributes

Places = NDArray[np.int64]

# Up to this many tags no nesting and no formatting costs more than half a second.
_FEW_TAGS = 2_000
# Open elements looked at, summed over all tags, at 5 to 10 ns each.
_MAX_LOOKS = 150_000_000
# Elements made by opening formatting again, 400 bytes each.
_MAX_REOPENED = 1_000_000
# Formatting elements without attributes: three of each of the twelve are kept active.
_PLAIN_FORMATTING = 36
# Formatting elements of the same name and attributes that stay active (WHATWG HTML 13.2.4.3).
_KEPT_ALIKE = 3
_NAMES = rb"b|big|code|em|font|i|s|small|strike|strong|tt|u"
# No value holds a `<` or `>`, so a tag that is read can be taken for no more than it is.
_ATTRIBUTES = (
    rb"(?:[ \t\n\f\r]++[^ \t\n\f\r=<>\"'/]++"
    rb"(?:=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^ \t\n\f\r\"'<>=`]++))?+)*+[ \t\n\f\r]*+>"
)
_FORMATTING_TAG = re.compile(
    rb"(<(" + _NAMES + rb")" + _ATTRIBUTES + rb")(?:[^<>]*+(</\2>))?+", re.IGNORECASE
)
# An element that holds nothing but text. After `<plaintext>` all is text, end tags too; parts of
# tables open others around them.
_LEAF = re.compile(
    rb"<(?!plaintext|t[bdfhr]|ca|co)([a-z][a-z0-9-]*+)" + _ATTRIBUTES + rb"[^<>]*+</\1>",
    re.IGNORECASE,
)
# Bytes. No smaller page takes much more than a second to compare attributes, or to look up names.
_FEW_BYTES = 80_000
# Bytes. What may be a tag and is no longer holds at most half as many attributes; in what is longer
# they are counted.
_SHORT = 1_000
# The squares of these numbers, summed over all that may be tags, are twice the comparisons, which
# take 3 ns each.
_MAX_SQUARES = 500_000_000
# The same for what may be a tag of several strides: those of the others are in `_MAX_STRIDES`.
_MAX_UNCLEAR = 250_000_000
# Bytes. Tags of three strides, as many as a page has room for, compare attributes for less than a
# second where strides times bytes are no more than this.
_MAX_STRIDES = 2_900_000_000
_LEAST_STRIDE = 600
# `>` looked at in one stride before it is called unclear, and `<` before it.
_MAX_TRIES = 10
# Bytes. No smaller page holds enough attributes, or enough different names, to take two seconds.
_FEW_NAMES_BYTES = 300_000
# Bytes looked at in one go: small enough for the results to stay in the processor's cache.
_CHUNK = 1 << 17
# White space between `=` and a value's quote.
_MAX_SPACES = 8
# Possible tags of a page whose attributes are counted one by one, and how often over the page is
# read for that.
_MAX_ASKED = 5_000
_MAX_READ = 2
# Attributes of what may be one long tag, up to which it does not matter if it is.
_FEW_ATTRIBUTES = 3_000
# Attributes of all tags together, no two of them alike, that take two seconds.
_MAX_NAMES = 80_000
# Attributes times different names: each name is looked for among those met before, 0.15 ns each.
_MAX_LOOKUPS = 10_000_000_000
# Bytes of a name, and what parts it from the next: so many names there are of two letters.
_NAME_BYTES = 3
_NAME_ENDS = bytes.maketrans(b"/>=", b"   ")

# More `<body>` and `<html>` than any page has: the attributes of all go to the first.
_FEW_ROOTS = 8

_LT, _EQUALS, _GT, _SLASH, _SPACE, _A = b"<=>/ a"
_QUOTES = b"\"'"
_LETTERS = 26
# Makes a letter small, and white space, `/` and `>` no letter.
_LOWER = 32
# `<strong` and `<strike` have their `>` seven bytes on.
_LONGEST_NAME = 7
# The formatting tags that the quick count leaves out.
_PLAIN = frozenset((b"<b>", b"<i>", b"<s>", b"<u>", b"<strong>", b"<strike>"))
_ST = int.from_bytes(b"st", "big")
_ANY = 255


def _list_thirds(*beginnings: bytes) -> NDArray[np.uint8]:
    """By the first two characters of a name, as one number: the third, `_ANY`, or 0 for none."""
    thirds = np.zeros(1 << 16, dtype=np.uint8)
    for beginning in beginnings:
        first, second, *third = beginning
        thirds[(first | _LOWER) << 8 | (second | _LOWER)] = third[0] if third else _ANY
    return thirds


_ROOTS = _list_thirds(b"bod", b"htm")
# A `>` right after the name is no attribute: such elements are counted all at once.
_FORMATTING = _list_thirds(
    *(b"big", b"cod", b"em", b"fon", b"sma", b"str", b"tt"),
    *(bytes((letter, end)) for letter in b"bisu" for end in b"\t\n\f\r /"),
)


def refuse_hostile(page: bytes) -> None:
    """Return where parsing is sure to take time in proportion to the page.

    Raises:
        PageTooComplex: the page nests or repeats beyond any real page.
    """
    codes = np.frombuffer(page, dtype=np.uint8)
    starts = np.flatnonzero(codes[:-_LONGEST_NAME] == _LT)
    is_small = codes.size <= _FEW_BYTES
    if is_small and starts.size < _FEW_TAGS:
        return
    if not _is_shallow(page, codes, starts) or not (
        is_small or _has_few_attributes(page, codes, starts)
    ):
        refuse_nesting(page)


def _is_shallow(page: bytes, codes: NDArray[np.uint8], places: Places) -> bool:
    """Whether counts alone show that nesting and unclosed formatting cost little."""
    tags = int(places.size)
    first, second, third = (codes.take(places + offset) | _LOWER for offset in (1, 2, 3))
    if tags * tags / 2 > _MAX_LOOKS:
        starts = int(np.count_nonzero((first - _A) < _LETTERS))
        is_deep = starts * (tags - starts / 2) > _MAX_LOOKS
        if is_deep and (starts - len(_LEAF.findall(page)) + 1) * tags > _MAX_LOOKS:
            return False
    pairs = first.astype(np.uint16) << 8 | second
    # The attributes of all roots go to the first.
    if np.count_nonzero(_ROOTS.take(pairs) == third) > _FEW_ROOTS:
        return False
    if tags < _FEW_TAGS:
        return True
    wanted = _FORMATTING.take(pairs)
    is_formatting = (wanted == third) | (wanted == _ANY)
    is_plain = (pairs == _ST) & (codes.take(places + _LONGEST_NAME) == _GT)
    formatting = int(np.count_nonzero(is_formatting & ~is_plain))
    return (_PLAIN_FORMATTING + formatting) * tags <= _MAX_REOPENED or (
        formatting + _count_kept(page)
    ) * tags <= _MAX_REOPENED


def _count_kept(page: bytes) -> int:
    """By how much the parser keeps more formatting active than begins with attributes.

    Mostly far below zero. Elements that hold nothing but text are closed where they stand, and of
    all with the same name and attributes only three stay active. What cannot be read as a plain
    tag is left to the other count.
    """
    kept: Counter[bytes] = Counter()
    read = 0
    for tag, _, end in _FORMATTING_TAG.findall(page):
        read += tag.lower() not in _PLAIN
        if not end:
            kept[tag] += 1
    return sum(min(number, _KEPT_ALIKE) for number in kept.values()) - read


def _has_few_attributes(page: bytes, codes: NDArray[np.uint8], places: Places) -> bool:
    """Whether attributes surely are few on every tag, and of few names on all."""
    has_few_names = codes.size <= _FEW_NAMES_BYTES or count_attributes(codes) <= _MAX_NAMES
    is_clear = _compares_few(page, codes)
    if has_few_names and is_clear:
        return True
    begins, ends = _find_tags(codes, places)
    return (is_clear or _have_few_each(page, codes, begins, ends)) and (
        has_few_names or _has_few_names(page, begins, ends)
    )


def _compares_few(page: bytes, codes: NDArray[np.uint8]) -> bool:
    """Whether tags are too short for many comparisons, and few what may be long ones."""
    unclear = _list_unclear(page)
    if unclear is None:
        return False
    counts = [count_attributes(codes[begin:end]) for begin, end in unclear]
    return sum(count * count for count in counts) <= _MAX_UNCLEAR


def _have_few_each(page: bytes, codes: NDArray[np.uint8], begins: Places, ends: Places) -> bool:
    """Whether all that may be tags surely holds few attributes each."""
    lengths = ends - begins
    is_short = lengths <= _SHORT
    rooms = lengths[is_short] // 2
    squares = int((rooms * rooms).sum())
    for begin, end in zip(begins[~is_short].tolist(), ends[~is_short].tolist(), strict=True):
        room = count_attributes(codes[begin:end])
        most = room if room <= _FEW_ATTRIBUTES else _count_longest(page, begin, end)
        if most > MAX_ATTRIBUTES:
            return False
        squares += most * room
    return squares <= _MAX_SQUARES


def _has_few_names(page: bytes, begins: Places, ends: Places) -> bool:
    """Whether all that may be tags has room for few attributes, or for few different names.

    No name holds white space, `/`, `>`, or a `=` after its first character.
    """
    if int((ends - begins).sum()) <= _MAX_NAMES * _NAME_BYTES:
        return True
    places = zip(begins.tolist(), ends.tolist(), strict=True)
    tags = b" ".join([page[begin:end] for begin, end in places])
    codes = np.frombuffer(tags, dtype=np.uint8)
    attributes = count_attributes(codes, count_closed(codes))
    if attributes <= _MAX_NAMES:
        return True
    pieces = set(tags.translate(_NAME_ENDS).split())
    # Where a quote in a piece closes a value, what follows it is a name by itself.
    names = len(pieces) + sum((b"'" in piece) + (b'"' in piece) for piece in pieces)
    return names <= _MAX_NAMES and names * attributes <= _MAX_LOOKUPS


def _list_unclear(page: bytes) -> list[tuple[int, int]] | None:
    """Begin and end of what may be a tag that covers one of every two strides, or several tags.

    Tags that cover none take three strides at most. None where the strides would be too short.
    """
    stride = _MAX_STRIDES // max(1, len(page))
    if stride < _LEAST_STRIDE:
        return None
    unclear = []
    ended = seen = 0
    begin = -1
    for start in range(stride, len(page) - stride + 1, 2 * stride):
        end = _find_sure_end(page, start, start + stride, ended)
        if begin >= 0 and end >= 0:
            unclear.append((begin, end))
            begin = -1
        elif begin < 0 and end < 0:
            # A tag that covers the stride begins before it, and has not ended since.
            last = _find_last_start(page, seen, start + 1)
            if last < 0:
                seen = start + 1
            else:
                end = _find_sure_end(page, last, start, ended)
                begin = last if end < 0 else -1
        if end >= 0:
            ended = seen = end
    return unclear if begin < 0 else [*unclear, (begin, len(page))]


def _find_last_start(page: bytes, start: int, end: int) -> int:
    """The last place where a tag may begin; -1 where none may."""
    for _ in range(_MAX_TRIES):
        end = page.rfind(b"<", start, end)
        if end < 0 or page[end + 1] == _SLASH or ((page[end + 1] | _LOWER) - _A) in range(_LETTERS):
            break
    return end


def _find_sure_end(page: bytes, start: int, end: int, ended: int) -> int:
    """The last place in a stride, of some looked at, where a tag surely ends; -1 where none does.

    A tag surely ended at `ended` before: quotes up to there open no value now.
    """
    for _ in range(_MAX_TRIES):
        end = page.rfind(b">", start, end)
        if end < 0 or not (
            _may_open_here(page, page.rfind(b'"', ended, end))
            or _may_open_here(page, page.rfind(b"'", ended, end))
        ):
            return end
    return -1


def _may_open_here(page: bytes, quote: int) -> bool:
    """Whether the quote at a place may open a value: only white space between it and a `=`."""
    if quote < 0:
        return False
    before = page[quote - 1]
    if before > _SPACE:
        return before == _EQUALS
    return page[max(0, quote - _MAX_SPACES) : quote].rstrip()[-1:] in {b"=", b""}


def _find_tags(codes: NDArray[np.uint8], places: Places) -> tuple[Places, Places]:
    """Begin and end of all that may be a tag, or several; whatever is a tag stands in one of them.

    A `>` ends a tag unless it stands in a quoted value. Then the last quote of that kind before it
    opens the value, and follows a `=`. Where neither kind's last quote does, the tag surely ends,
    and no other begins before the next `<` that a letter or a slash follows.
    """
    ends = np.flatnonzero(codes == _GT)
    is_sure = np.ones(len(ends), bool)
    for quote in _QUOTES:
        quotes = np.flatnonzero(codes == quote)
        opens = np.append(_may_open(codes, quotes), False)
        # Before the first quote of a kind there is none: that is the last of `opens`.
        is_sure &= ~opens.take(quotes.searchsorted(ends) - 1)
    sure = np.append(ends[is_sure], len(codes))
    second = codes.take(places + 1)
    places = places[(((second | _LOWER) - _A) < _LETTERS) | (second == _SLASH)]
    nearest = sure.searchsorted(places)
    begins = places[np.append(True, nearest[1:] != nearest[:-1])[: len(places)]]
    return begins, sure.take(sure.searchsorted(begins))


def _may_open(codes: NDArray[np.uint8], quotes: Places) -> NDArray[np.bool_]:
    """Whether each quote may open a value: only white space between it and a `=`."""
    before = codes.take(quotes - 1, mode="clip")
    opens: NDArray[np.bool_] = before == _EQUALS
    spaced = np.flatnonzero(before <= _SPACE)
    for step in range(2, _MAX_SPACES):
        before = codes.take(quotes.take(spaced) - step, mode="clip")
        opens[spaced[before == _EQUALS]] = True
        spaced = spaced[before <= _SPACE]
    opens[spaced] = True
    return opens


def count_closed(codes: NDArray[np.uint8]) -> int:
    """How many attributes may at most begin right after the quote that closes another's value."""
    closed = 0
    for quote in _QUOTES:
        quotes = np.flatnonzero(codes == quote)
        after = codes.take(quotes[1:] + 1, mode="clip")
        begins = (after > _SPACE) & (after != _SLASH) & (after != _GT)
        closed += int(np.count_nonzero(begins & _may_open(codes, quotes)[:-1]))
    return closed


def count_attributes(codes: NDArray[np.uint8], closed: int | None = None) -> int:
    """How many attributes may at most begin in the bytes.

    An attribute begins after white space, a slash, or the quote that closes another's value:
    `closed` of them where that is known, else no more than there are `=`.
    """
    attributes = closed or 0
    for start in range(0, codes.size, _CHUNK):
        # One character more, so that a name which begins the next chunk is counted.
        chunk = codes[start : start + _CHUNK + 1]
        parts = (chunk <= _SPACE) | (chunk == _SLASH)
        attributes += int(np.count_nonzero(parts[:-1] > parts[1:]))
        if closed is None:
            attributes += int(np.count_nonzero(chunk == _EQUALS))
    return attributes


def _count_longest(page: bytes, begin: int, end: int) -> int:
    """How many attributes any tag may hold that begins between two places; too many if unclear."""
    # Long values and scripts look the same: ask what begins there.
    most = read = 0
    for asked, place in enumerate(find_starts(page, begin, end)):
        attributes = read_attributes(page, place)
        read += len(attributes)
        if asked == _MAX_ASKED or read > _MAX_READ * len(page):
            return MAX_ATTRIBUTES + 1
        if len(attributes) > 2 * most:
            most = max(most, len(list_names(attributes)))
    return most
