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
# Bytes. A tag of 10,000 attributes, which take 0.2 s, is at least three times as long.
_STRIDE, _LEAST_STRIDE = 6_600, 300
_FEW_BYTES = 3 * _STRIDE
# Bytes of a page times those of a stride: tags of three strides, as many as the page has room for,
# then compare attributes for less than a second. Longer pages are read in shorter strides.
_MAX_STRIDES = 2_900_000_000
# What an attribute begins after, or has inside it where it begins after another's closing quote.
_BREAKS = (b" ", b"\n", b"\t", b"\r", b"\f", b"/", b"=")
# `>` looked at in one stride before it is called unclear.
_MAX_TRIES = 40
# White space between `=` and a value's quote.
_MAX_SPACES = 400
# Possible tags of a page whose attributes are counted one by one, and how often over the page is
# read for that.
_MAX_ASKED = 5_000
_MAX_READ = 2
# Bytes. No smaller page holds enough attributes, or enough different names, to take two seconds.
_FEW_NAMES_BYTES = 300_000
_MAX_NAMES = 80_000
# Bytes looked at in one go: small enough for the results to stay in the processor's cache.
_CHUNK = 1 << 17
_NAME_ENDS = bytes.maketrans(b"/>=", b"   ")

# More `<body>` and `<html>` than any page has: the attributes of all go to the first.
_FEW_ROOTS = 8

_LT, _EQUALS, _GT, _SLASH, _SPACE, _A = b"<=>/ a"
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
    if not _is_shallow(page, codes) or not _has_few_names(page, codes) or not _has_short_tags(page):
        refuse_nesting(page)


def _is_shallow(page: bytes, codes: NDArray[np.uint8]) -> bool:
    """Whether counts alone show that nesting and unclosed formatting cost little."""
    places = np.flatnonzero(codes[:-_LONGEST_NAME] == _LT)
    tags = int(places.size)
    if tags < _FEW_TAGS and codes.size < _FEW_BYTES:
        return True
    first, second, third = (codes[places + offset] | _LOWER for offset in (1, 2, 3))
    if tags * tags / 2 > _MAX_LOOKS:
        starts = int(np.count_nonzero((first - _A) < _LETTERS))
        is_deep = starts * (tags - starts / 2) > _MAX_LOOKS
        if is_deep and (starts - len(_LEAF.findall(page)) + 1) * tags > _MAX_LOOKS:
            return False
    pairs = first.astype(np.uint16) << 8 | second
    # The attributes of all roots go to the first.
    if np.count_nonzero(_ROOTS[pairs] == third) > _FEW_ROOTS:
        return False
    if tags < _FEW_TAGS:
        return True
    wanted = _FORMATTING[pairs]
    is_formatting = (wanted == third) | (wanted == _ANY)
    is_plain = (pairs == _ST) & (codes[places + _LONGEST_NAME] == _GT)
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


def _has_few_names(page: bytes, codes: NDArray[np.uint8]) -> bool:
    """Whether the page has room for few attributes, or at least for few different names.

    An attribute begins after white space, a slash, or the quote that closes another's value. No
    name holds white space, `/`, `>`, or a `=` after its first character.
    """
    if codes.size <= _FEW_NAMES_BYTES:
        return True
    attributes = 0
    for start in range(0, codes.size, _CHUNK):
        # One character more, so that a run which ends here is counted once.
        chunk = codes[start : start + _CHUNK + 1]
        is_space = chunk <= _SPACE
        edges = int(np.count_nonzero(is_space[1:] != is_space[:-1]))
        others = np.count_nonzero(chunk == _SLASH) + np.count_nonzero(chunk == _EQUALS)
        attributes += (edges + 1) // 2 + int(others)
    if attributes <= _MAX_NAMES:
        return True
    return len(set(page.translate(_NAME_ENDS).split())) <= _MAX_NAMES


def _has_short_tags(page: bytes) -> bool:
    """Whether no tag can be three strides long."""
    stride = min(_STRIDE, max(_LEAST_STRIDE, _MAX_STRIDES // max(1, len(page))))
    return _ends_often(page, stride) or not _has_long_tag(page, stride)


def _ends_often(page: bytes, stride: int) -> bool:
    """Whether no tag covers any of every two strides, as one of three strides would.

    A tag surely ends in such a stride, or none has begun before it since one surely ended.
    """
    quote = apostrophe = -1
    ended = seen = 0
    for start in range(stride, len(page) - stride + 1, 2 * stride):
        end = page.rfind(b">", start, start + stride)
        if end >= 0:
            quote = max(quote, page.rfind(b'"', ended, end))
            apostrophe = max(apostrophe, page.rfind(b"'", ended, end))
            if _may_open(page, quote) or _may_open(page, apostrophe):
                return False
            ended = seen = end
        elif page.find(b"<", seen, start + 1) >= 0:
            return False
        else:
            seen = start + 1
    return True


def _has_long_tag(page: bytes, stride: int) -> bool:
    """Whether a tag may hold too many attributes, told from every stride of the page."""
    quote = apostrophe = begun = -1
    asked = read = 0
    most = min(MAX_ATTRIBUTES, 3 * stride // 4)
    for start in range(0, len(page), stride):
        end = start + stride
        ended = _find_end(page, start, end, quote, apostrophe)
        if ended >= 0:
            begun = page.find(b"<", ended, end)
        elif begun < 0:
            begun = page.find(b"<", start, end)
        elif min(end, len(page)) - begun > 2 * stride:
            # Long values and scripts look the same: ask what begins there.
            for place in find_starts(page, begun, end - 2 * stride):
                attributes = read_attributes(page, place)
                asked += 1
                read += len(attributes)
                if asked > _MAX_ASKED or read > _MAX_READ * len(page):
                    return True
                if _has_room(attributes, most) and len(list_names(attributes)) >= most:
                    return True
            begun = page.find(b"<", end - 2 * stride, end)
        quote = max(quote, page.rfind(b'"', start, end))
        apostrophe = max(apostrophe, page.rfind(b"'", start, end))
    return False


def _has_room(attributes: bytes, most: int) -> bool:
    """Whether so many attributes may stand there, going by what parts them."""
    return len(attributes) >= 2 * most and sum(map(attributes.count, _BREAKS)) >= most - 1


def _find_end(page: bytes, start: int, end: int, quote: int, apostrophe: int) -> int:
    """Where in a stride the last tag, if one is open there, surely ends; -1 where none does.

    A `>` ends a tag unless it stands in a quoted value; then the last quote of that kind before
    it opens the value, and follows a `=`. `quote` and `apostrophe` are the last before `start`.
    """
    for _ in range(_MAX_TRIES):
        end = page.rfind(b">", start, end)
        if end < 0:
            return -1
        if not (
            _may_open(page, max(quote, page.rfind(b'"', start, end)))
            or _may_open(page, max(apostrophe, page.rfind(b"'", start, end)))
        ):
            return end
    return -1


def _may_open(page: bytes, quote: int) -> bool:
    """Whether the quote at a place may open a value: only white space between it and a `=`."""
    if quote < 0:
        return False
    before = page[quote - 1]
    if before > _SPACE:
        return before == _EQUALS
    return page[max(0, quote - _MAX_SPACES) : quote].rstrip()[-1:] in {b"=", b""}
