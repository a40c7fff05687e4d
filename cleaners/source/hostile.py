"""Page bytes in, `PageTooComplex` out where parsing would take far longer than the page is long.

lexbor is linear but for this: it looks through all open elements at many tags, and opens unclosed
formatting again in every block; what it looks through for each attribute stands in `attributes.py`.
Nearly every page is cleared by bounds from a few counts; `nesting.py` reads the tags of the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaners.source.attributes import Codes, Places, has_few_attributes
from cleaners.source.nesting import refuse_nesting

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
    rb"(<(?=[bcefistu][\s/>imot])(" + _NAMES + rb")" + _ATTRIBUTES + rb")(?:[^<>]*+(</\2>))?+",
    re.IGNORECASE,
)
_ENDED = rb"(?=[ \t\n\f\r/>])"
# An element that holds nothing but text. After `<plaintext>` all is text, end tags too; parts of
# tables open others around them.
_LEAF = rb"(?!plaintext|t[bdfhr]|ca|co)([a-z][a-z0-9-]*+)" + _ATTRIBUTES + rb"[^<>]*+</\1>"
# These hold nothing, and end a drawing.
_VOID = rb"(?:br|embed|hr|img|meta)" + _ENDED
_CLOSED = re.compile(rb"<(?:" + _VOID + rb"|" + _LEAF + rb")", re.IGNORECASE)
# Outside drawings paragraphs, and a table's rows and cells, close one another as well.
_CLOSED_UNDRAWN = re.compile(
    rb"<(?:(?:p|t[dhr])" + _ENDED + rb"|" + _VOID + rb"|" + _LEAF + rb")", re.IGNORECASE
)
_DRAWING = re.compile(rb"<(?:svg|math)", re.IGNORECASE)
# In each of these one more can be open: the body, a table with its group, row, and cell or caption
# (or a template like one), and what else shuts paragraphs off from those around it (section
# 13.2.4.2: in button scope).
_TABLE = re.compile(rb"<(?:table|template)", re.IGNORECASE)
_IN_TABLE = 6
_SCOPE = re.compile(rb"<(?:applet|button|marquee|object)", re.IGNORECASE)
# Tags, and bytes, read between two looks at whether that was enough.
_PIECE_TAGS = 500
_PIECE = 1 << 16
# Bytes. Tags of no smaller page compare attributes for much more than a second.
_FEW_BYTES = 80_000

# Bytes of a machine word, as a power of two as well.
_WORD, _WORD_BITS = 8, 3

_LT, _GT, _A = b"<>a"
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


# A `>` right after the name is no attribute: such elements are counted all at once.
_FORMATTING = _list_thirds(
    *(b"big", b"cod", b"em", b"fon", b"sma", b"str", b"tt"),
    *(bytes((letter, end)) for letter in b"bisu" for end in b"\t\n\f\r /"),
)
# By the first character of a name: whether it may be one of those.
_MAY_FORMAT = _FORMATTING.reshape(1 << 8, 1 << 8).any(axis=1)


def refuse_hostile(page: bytes) -> None:
    """Return where parsing is sure to take time in proportion to the page.

    Raises:
        PageTooComplex: the page nests or repeats beyond any real page.
    """
    codes = np.frombuffer(page, dtype=np.uint8)
    readable = codes[:-_LONGEST_NAME]
    is_small = codes.size <= _FEW_BYTES
    if is_small and np.count_nonzero(readable == _LT) < _FEW_TAGS:
        return
    places = _find_tags(readable)
    first = np.bitwise_or(codes.take(places + 1), _LOWER, dtype=np.uint8)
    if not (
        _is_shallow(page, codes, places, first)
        and (is_small or has_few_attributes(page, codes, places, first))
    ):
        refuse_nesting(page)


def _find_tags(codes: Codes) -> Places:
    """The places of all `<`, ascending.

    Few bytes are one, so it pays to ask of eight at a time first.
    """
    is_tag = np.empty(codes.size + -codes.size % _WORD, np.bool_)
    np.equal(codes, _LT, out=is_tag[: codes.size])
    is_tag[codes.size :] = False
    words = is_tag.view(np.uint64)
    held = (words != 0).nonzero()[0]
    inside = words.take(held).view(np.bool_).nonzero()[0]
    places: Places = (held.take(inside >> _WORD_BITS) << _WORD_BITS) + (inside & (_WORD - 1))
    return places


def _is_shallow(page: bytes, codes: Codes, places: Places, first: Codes) -> bool:
    """Whether counts alone show that nesting and unclosed formatting cost little."""
    tags = int(places.size)
    if tags < _FEW_TAGS:
        return True
    if tags * tags / 2 > _MAX_LOOKS and not looks_at_few(page, places, first):
        return False
    may_format = _MAY_FORMAT.take(first).nonzero()[0]
    places = places.take(may_format)
    second, third = (codes.take(places + offset) | _LOWER for offset in (2, 3))
    pairs = first.take(may_format).astype(np.uint16) << 8 | second
    wanted = _FORMATTING.take(pairs)
    is_formatting = (wanted == third) | (wanted == _ANY)
    is_plain = (pairs == _ST) & (codes.take(places + _LONGEST_NAME) == _GT)
    formatting = int(np.count_nonzero(is_formatting & ~is_plain))
    return (_PLAIN_FORMATTING + formatting) * tags <= _MAX_REOPENED or any(
        (formatting + kept) * tags <= _MAX_REOPENED for kept in _count_kept(page)
    )


def looks_at_few(page: bytes, places: Places, first: Codes) -> bool:
    """Whether few elements can be open at the tags, all added up: no more than began before.

    Of those, elements are left out that surely close where they stand, or one another, until there
    are few enough.
    """
    tags = int(places.size)
    looks = int(((first - _A) < _LETTERS).cumsum().sum())
    if looks <= _MAX_LOOKS:
        return True
    if _read_looks(page, places, looks, _CLOSED) <= _MAX_LOOKS:
        return True
    if _DRAWING.search(page) is not None:
        return False
    others = 1 + _IN_TABLE * len(_TABLE.findall(page)) + len(_SCOPE.findall(page))
    looks += others * tags
    return _read_looks(page, places, looks, _CLOSED_UNDRAWN) <= _MAX_LOOKS


def _read_looks(page: bytes, places: Places, looks: int, closed: re.Pattern[bytes]) -> int:
    """What is left of `looks` without elements that close; read until that is few enough."""
    bounds = [*places[::_PIECE_TAGS].tolist(), len(page)]
    later = int(places.size)
    for start, end in pairwise(bounds):
        later -= _PIECE_TAGS
        looks -= len(closed.findall(page, start, end)) * max(0, later)
        if looks <= _MAX_LOOKS:
            break
    return looks


def _count_kept(page: bytes) -> Iterator[int]:
    """By how much the parser keeps more formatting active than begins with attributes.

    As known when one piece of the page after another is read; mostly far below zero. Elements that
    hold nothing but text are closed where they stand, and of all with the same name and attributes
    only three stay active. What cannot be read as a plain tag is left to the other count.
    """
    kept: Counter[bytes] = Counter()
    read = active = 0
    for start in range(0, len(page), _PIECE):
        for tag, _, end in _FORMATTING_TAG.findall(page, start, start + _PIECE):
            read += tag.lower() not in _PLAIN
            if not end and kept[tag] < _KEPT_ALIKE:
                kept[tag] += 1
                active += 1
        yield active - read
