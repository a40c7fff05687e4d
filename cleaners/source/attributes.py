"""Page bytes in; out comes whether its tags surely hold few attributes each, of few names on all.

lexbor looks through all attributes of a tag at each new one, and through a chain of names at each
unknown one. What is counted is all that may be an attribute, of all that may be a tag: first on the
page without long texts, then between places where tags surely end, last by reading names.
"""

from __future__ import annotations

import re
from itertools import compress, repeat
from operator import contains, not_

import numpy as np
from numpy.typing import NDArray

from cleaners.source.nesting import MAX_ATTRIBUTES, MAX_LOOKUPS
from cleaners.source.tagsoup import (
    AttributeCounter,
    find_starts,
    list_different_names,
    list_names,
    read_attributes,
)

Codes = NDArray[np.uint8]
Places = NDArray[np.int64]

# Bytes from one `<` to the next. In what is shorter it does not pay to look for a tag's end.
_LONG = 4_000
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
# Attributes for which a byte of a stride has room: a tag may take three strides, at two bytes each.
_ROOM = 1.5
# `>` looked at in one stride before it is called unclear, and `<` before it.
_MAX_TRIES = 10
# Bytes. No smaller page holds enough attributes, or enough different names, to take two seconds.
_FEW_NAMES_BYTES = 300_000
# Bytes looked at in one go: small enough for the results to stay in the processor's cache.
_CHUNK = 1 << 17
# White space between `=` and a value's quote.
_MAX_SPACES = 8
# Attributes that are read one by one where a tag may be long.
_MAX_READ = 100_000
# Attributes of what may be one long tag, up to which it does not matter if it is.
_FEW_ATTRIBUTES = 3_000
# Attributes of all tags together, no two of them alike, that take two seconds.
_MAX_NAMES = 80_000
# Bytes of a name, and what parts it from the next: so many names there are of two letters.
_NAME_BYTES = 3
_NAME_ENDS = bytes.maketrans(b"/>=", b"   ")
# Ends whatever value may be open where a tag ends, and is itself read as a name or a value.
_PART = b" x\"x'x "
# More `<body>` and `<html>` than any plain page has: the attributes of all go to the first.
_FEW_ROOTS = 8
_ROOT = re.compile(rb"<(?:body|html)[ \t\n\f\r/]", re.IGNORECASE)

_LT, _EQUALS, _GT, _SLASH, _SPACE, _A, _B, _H, _O, _T = b"<=>/ abhot"
_QUOTES = b"\"'"
_LETTERS = 26
# Makes a letter small, and white space, `/` and `>` no letter.
_LOWER = 32


def has_few_attributes(page: bytes, codes: Codes, places: Places, first: Codes) -> bool:
    """Whether attributes surely are few on every tag, and of few names on all.

    `codes` are the page's bytes, `places` its `<` but for the last bytes, and `first` what follows
    each, small letters for large ones.
    """
    are_roots_few = _are_roots_few(page, codes, places, first)
    attributes = closed = 0
    has_few_names = codes.size <= _FEW_NAMES_BYTES
    stride = _MAX_STRIDES / codes.size
    if not has_few_names:
        kept = _find_kept(page, places)
        # No tag stands anywhere else, so it is as if the page had no more bytes.
        room = sum(end - begin for begin, end in kept)
        has_few_names = room <= _FEW_NAMES_BYTES
        stride = _MAX_STRIDES / room
    if not has_few_names:
        attributes = sum(count_attributes(codes[begin:end]) for begin, end in kept)
        if attributes > _MAX_NAMES:
            page = b"".join([page[begin:end] for begin, end in kept])
            codes = np.frombuffer(page, np.uint8)
            closed = count_closed(codes)
            attributes = count_attributes(codes, closed)
        if attributes <= MAX_ATTRIBUTES:
            return True
        has_few_names = attributes <= _MAX_NAMES
        stride = max(stride, _MAX_SQUARES / (_ROOM * attributes))
    is_clear = _compares_few(page, codes, int(stride))
    if are_roots_few and has_few_names and is_clear:
        return True
    places = (codes[:-2] == _LT).nonzero()[0]
    begins, ends = _find_tags(codes, places)
    return (
        are_roots_few
        and (is_clear or _have_few_each(page, codes, begins, ends))
        and (
            has_few_names
            or _has_few_names(page, places, begins, ends, attributes=attributes, closed=closed)
        )
    )


def _find_kept(page: bytes, places: Places) -> list[tuple[int, int]]:
    """Begin and end of what is left of the page without long texts that surely stand in no tag.

    Most of those are scripts. Where a tag surely ends, none begins before the next `<`; `places`
    are all of them.
    """
    gaps = (np.diff(places, append=len(page)) > _LONG).nonzero()[0]
    begins = places.take(gaps).tolist()
    nexts = np.append(places, len(page)).take(gaps + 1).tolist()
    find_end = _TagEnds(page).find
    kept, at = [], 0
    for begin, following in zip(begins, nexts, strict=True):
        end = find_end(begin, following) + 1
        if end:
            kept.append((at, end))
            at = following
    return [*kept, (at, len(page))]


class _TagEnds:
    """Finds where tags surely end, from the start of a page to its end.

    A `>` ends a tag unless it stands in a quoted value. Then the last quote of that kind before it
    opens the value, and follows a `=`.
    """

    def __init__(self, page: bytes) -> None:
        self._page = page
        # Quotes before this place are known.
        self._read = 0
        self._opens = [False] * len(_QUOTES)

    def find(self, start: int, end: int) -> int:
        """One place between two where a tag surely ends; -1 where of some `>` none is.

        No call may start before the one that went before.
        """
        for _ in range(_MAX_TRIES):
            start = self._page.find(b">", start, end) + 1
            if not start:
                break
            for kind, quote in enumerate(_QUOTES):
                last = self._page.rfind(quote, self._read, start)
                if last >= 0:
                    self._opens[kind] = _may_open_here(self._page, last)
            self._read = start
            if not any(self._opens):
                return start - 1
        return -1


def _are_roots_few(page: bytes, codes: Codes, places: Places, first: Codes) -> bool:
    """Whether all that may be the attributes of the page's first element, or of its body, are few.

    The attributes of all go to the first of a kind.
    """
    second = codes.take(places[(first == _B) | (first == _H)] + 2) | _LOWER
    if np.count_nonzero((second == _O) | (second == _T)) <= _FEW_ROOTS:
        return True
    attributes = read = 0
    for match in _ROOT.finditer(page):
        written = read_attributes(page, match.start())
        attributes += len(list_names(written))
        read += len(written)
        if attributes > _FEW_ATTRIBUTES or read > len(page):
            return False
    return True


def _compares_few(page: bytes, codes: Codes, stride: int) -> bool:
    """Whether tags are too short for many comparisons, and few what may be long ones."""
    unclear = _list_unclear(page, stride)
    if unclear is None:
        return False
    counts = [count_attributes(codes[begin:end]) for begin, end in unclear]
    return sum(count * count for count in counts) <= _MAX_UNCLEAR


def _have_few_each(page: bytes, codes: Codes, begins: Places, ends: Places) -> bool:
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


def _has_few_names(
    page: bytes, places: Places, begins: Places, ends: Places, *, attributes: int, closed: int
) -> bool:
    """Whether all that may be tags has room for few attributes, or for few different names.

    At most `attributes` begin on the page, `closed` of them right after a quote.
    """
    if int((ends - begins).sum()) <= _MAX_NAMES * _NAME_BYTES:
        return True
    pairs = zip(begins.tolist(), ends.tolist(), strict=True)
    tags = [page[begin:end] for begin, end in pairs]
    if count_attributes(np.frombuffer(b"".join(tags), np.uint8), closed) <= _MAX_NAMES:
        return True
    # What holds one `<` is one tag or none, whose attributes can be read.
    are_alone = (places.searchsorted(ends) - places.searchsorted(begins) == 1).tolist()
    alone = _PART.join(set(compress(tags, are_alone)))
    others = _PART.join(set(compress(tags, map(not_, are_alone))))
    codes = np.frombuffer(others, np.uint8)
    names = len(list_different_names(alone))
    most = names + count_attributes(codes, count_closed(codes))
    if most <= _MAX_NAMES and most * attributes <= MAX_LOOKUPS:
        return True
    # No name holds white space, `/`, `>`, or a `=` after its first character.
    pieces = set(others.translate(_NAME_ENDS).split())
    # Where a quote in a piece closes a value, what follows it is a name by itself.
    names += len(pieces) + sum(sum(map(contains, pieces, repeat(each))) for each in (b"'", b'"'))
    return names <= _MAX_NAMES and names * attributes <= MAX_LOOKUPS


def _list_unclear(page: bytes, stride: int) -> list[tuple[int, int]] | None:
    """Begin and end of what may be a tag that covers one of every two strides, or several tags.

    Tags that cover none take three strides at most. None where the strides would be too short.
    """
    if stride < _LEAST_STRIDE:
        return None
    unclear = []
    find_end = _TagEnds(page).find
    ended = seen = 0
    begin = -1
    for start in range(stride, len(page) - stride + 1, 2 * stride):
        end = find_end(start, start + stride)
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


def _find_tags(codes: Codes, places: Places) -> tuple[Places, Places]:
    """Begin and end of all that may be a tag, or several; whatever is a tag stands in one of them.

    A `>` ends a tag unless it stands in a quoted value. Then the last quote of that kind before it
    opens the value, and follows a `=`. Where neither kind's last quote does, the tag surely ends,
    and no other begins before the next `<` that a letter or a slash follows.
    """
    ends = (codes == _GT).nonzero()[0]
    is_sure = np.ones(len(ends), bool)
    for quote in _QUOTES:
        quotes = (codes == quote).nonzero()[0]
        opens = np.append(_may_open(codes, quotes), False)
        # Before the first quote of a kind there is none: that is the last of `opens`.
        is_sure &= ~opens.take(quotes.searchsorted(ends) - 1)
    sure = np.append(ends[is_sure], len(codes))
    second = codes.take(places + 1)
    places = places[(((second | _LOWER) - _A) < _LETTERS) | (second == _SLASH)]
    nearest = sure.searchsorted(places)
    begins = places[np.append(True, nearest[1:] != nearest[:-1])[: len(places)]]
    return begins, sure.take(sure.searchsorted(begins))


def _may_open(codes: Codes, quotes: Places) -> NDArray[np.bool_]:
    """Whether each quote may open a value: only white space between it and a `=`."""
    before = codes.take(quotes - 1, mode="clip")
    opens: NDArray[np.bool_] = before == _EQUALS
    spaced = (before <= _SPACE).nonzero()[0]
    for step in range(2, _MAX_SPACES):
        before = codes.take(quotes.take(spaced) - step, mode="clip")
        opens[spaced[before == _EQUALS]] = True
        spaced = spaced[before <= _SPACE]
    opens[spaced] = True
    return opens


def count_closed(codes: Codes) -> int:
    """How many attributes may at most begin right after the quote that closes another's value."""
    closed = 0
    for quote in _QUOTES:
        quotes = (codes == quote).nonzero()[0]
        after = codes.take(quotes[1:] + 1, mode="clip")
        begins = (after > _SPACE) & (after != _SLASH) & (after != _GT)
        closed += int(np.count_nonzero(_may_open(codes, quotes[:-1][begins])))
    return closed


def count_attributes(codes: Codes, closed: int | None = None) -> int:
    """How many attributes may at most begin in the bytes.

    An attribute begins after white space, a slash, or the quote that closes another's value:
    `closed` of them where that is known, else no more than there are `=`.
    """
    attributes = closed or 0
    for start in range(0, codes.size, _CHUNK):
        # One character more, so that a name which begins the next chunk is counted.
        chunk = codes[start : start + _CHUNK + 1]
        parts = (chunk <= _SPACE) | (chunk == _SLASH)
        begun = parts[:-1] > parts[1:]
        if closed is None:
            # None of these parts a name from the next as well.
            begun |= chunk[:-1] == _EQUALS
        attributes += int(np.count_nonzero(begun))
    return attributes


def _count_longest(page: bytes, begin: int, end: int) -> int:
    """How many attributes any tag may hold that begins between two places; too many if unclear."""
    # Long values and scripts look the same: ask what begins there.
    most = 0
    counter = AttributeCounter(page)
    for place in find_starts(page, begin, end):
        most = max(most, counter.count(place, MAX_ATTRIBUTES))
        if most > MAX_ATTRIBUTES or counter.read > _MAX_READ:
            return MAX_ATTRIBUTES + 1
    return most
