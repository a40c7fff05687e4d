"""Page bytes -> the tags a parser would see, in order, comments and raw text passed over.

This is the tokenizer of WHATWG HTML section 13.2.5 as far as it decides where a tag begins and
ends. No text takes longer than its length: every quantifier is possessive or runs to a fixed end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Quotes count only where an attribute's value begins; names may hold anything else.
_NAME = rb"[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"
_VALUE = (
    rb"(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+"
    rb"(?:\"[^\"]*+\"?+|'[^']*+'?+|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+)?+)?+"
)
_ATTRIBUTE = re.compile(rb"(" + _NAME + rb")" + _VALUE)
_TOKEN = re.compile(
    rb"<(?:(?P<end>/?+)(?P<name>[A-Za-z][^ \t\n\f\r/>]*+)"
    rb"(?P<attributes>(?:[ \t\n\f\r/]++|" + _NAME + _VALUE + rb")*+)(?P<closed>>?)"
    rb"|!--(?:-?>|.*?(?:--!?>|\Z))"
    rb"|(?P<cdata>!\[CDATA\[)"
    rb"|[!?][^>]*+>?|/[^A-Za-z>][^>]*+>?)",
    re.DOTALL,
)
_NEXT_ATTRIBUTE = re.compile(rb"[ \t\n\f\r/]*+" + _NAME + _VALUE)
_NAME_END = re.compile(rb"[ \t\n\f\r/>]")
# Where a script ends: not at the first end tag where it holds `<!--` and `<script` (section
# 13.2.5.21, script data double escaped).
_SCRIPT = re.compile(rb"<!--|-->|<(/?)script(?=[ \t\n\f\r/>])", re.IGNORECASE)

_START = re.compile(rb"<[A-Za-z]")

RAW = frozenset(b"script style title textarea xmp iframe noembed noframes noscript".split())
"""Elements whose content is text up to their end tag; not so inside drawings."""


@dataclass(slots=True)
class Tag:
    """A start or end tag: lower-cased name, and its attributes as written."""

    name: bytes
    is_end: bool
    attributes: bytes

    @property
    def is_self_closing(self) -> bool:
        """Whether the tag ends with `/>`; a slash that ends an unquoted value is no such sign."""
        return self.attributes.endswith(b"/") and _ends_with_slash(self.attributes)


class TagSoup:
    """The tags of a page, one at a time; the reader says what to make of raw text."""

    def __init__(self, page: bytes) -> None:
        self._page = page
        self._at = 0

    def next_tag(self) -> Tag | None:
        """The next tag, or None at the end. A tag that never closes is none."""
        while True:
            match = _TOKEN.search(self._page, self._at)
            if match is None:
                return None
            self._at = match.end()
            name = match["name"]
            if name:
                if not match["closed"]:
                    return None
                return Tag(
                    name=name.lower(), is_end=bool(match["end"]), attributes=match["attributes"]
                )
            if match["cdata"]:
                return Tag(name=b"![cdata[", is_end=False, attributes=b"")

    def pass_bogus(self) -> None:
        """Go on after the next `>`."""
        end = self._page.find(b">", self._at)
        self._at = end + 1 if end >= 0 else len(self._page)

    def pass_all(self) -> None:
        """Go on after the end."""
        self._at = len(self._page)

    def is_plain_cdata(self) -> bool:
        """Whether a bogus comment would end where the section does."""
        return self._page.find(b">", self._at, self._end_of_cdata()) < 0

    def pass_cdata(self) -> None:
        """Go on after the section's end."""
        self._at = min(self._end_of_cdata() + 3, len(self._page))

    def is_plain_raw(self, name: bytes) -> bool:
        """Whether the content of a raw text element holds no tag, read as markup."""
        return self._page.find(b"<", self._at, self._end_of_raw_text(name)) < 0

    def pass_raw(self, name: bytes) -> None:
        """Go on after the end tag of a raw text element."""
        self._at = self._end_of_raw_text(name)
        if match := _TOKEN.match(self._page, self._at):
            self._at = match.end()

    def _end_of_cdata(self) -> int:
        end = self._page.find(b"]]>", self._at)
        return end if end >= 0 else len(self._page)

    def _end_of_raw_text(self, name: bytes) -> int:
        found = self._end_of_script() if name == b"script" else self._end_of_raw(name)
        return found if found >= 0 else len(self._page)

    def count_rest(self) -> tuple[int, int]:
        """Start tags, and tags, that may stand in the rest, comments and raw text included."""
        rest = self._page[self._at :]
        return len(_START.findall(rest)), rest.count(b"<")

    def _end_of_raw(self, name: bytes) -> int:
        match = re.compile(b"</" + name + rb"(?=[ \t\n\f\r/>])", re.IGNORECASE).search(
            self._page, self._at
        )
        return match.start() if match else -1

    def _end_of_script(self) -> int:
        at = self._at
        is_escaped = is_double = False
        while match := _SCRIPT.search(self._page, at):
            at = match.end()
            sign = match[0]
            if sign == b"<!--":
                is_escaped = True
                at -= 2
            elif sign == b"-->":
                is_escaped = is_double = False
            elif not match[1]:
                is_double = is_escaped
            elif is_double:
                is_double = False
            else:
                return match.start()
        return -1


def _ends_with_slash(attributes: bytes) -> bool:
    end = 0
    for match in _ATTRIBUTE.finditer(attributes):
        end = match.end()
    return end < len(attributes)


def list_names(attributes: bytes) -> list[bytes]:
    """The lower-cased names of attributes, repeats included."""
    return [name.lower() for name in _ATTRIBUTE.findall(attributes)]


def list_different_names(attributes: bytes) -> set[bytes]:
    """The lower-cased names of attributes."""
    return {name.lower() for name in set(_ATTRIBUTE.findall(attributes))}


def find_starts(page: bytes, start: int, end: int) -> Iterator[int]:
    """The places between two where a start tag may begin."""
    return (match.start() for match in _START.finditer(page, start, end))


def read_attributes(page: bytes, place: int) -> bytes:
    """The attributes that a start tag at this place would have, as written."""
    match = _TOKEN.match(page, place)
    return (match["attributes"] or b"") if match else b""


class AttributeCounter:
    """Counts the attributes that start tags would have, if they began at one place or another.

    What follows the end of an attribute is the same for all tags, so it is read once.
    """

    def __init__(self, page: bytes) -> None:
        self._page = page
        self._left: dict[int, int] = {}
        self._name_end = 0

    @property
    def read(self) -> int:
        """How many attributes have been read, of all tags together."""
        return len(self._left)

    def count(self, place: int, most: int) -> int:
        """The attributes of a start tag at a place, or some number above `most`.

        No call may ask for a place before that of the one before.
        """
        if place >= self._name_end:
            end = _NAME_END.search(self._page, place)
            self._name_end = end.start() if end else len(self._page)
        at = self._name_end
        ends: list[int] = []
        while at not in self._left:
            if len(ends) > most:
                return len(ends)
            ends.append(at)
            attribute = _NEXT_ATTRIBUTE.match(self._page, at)
            if attribute is None:
                break
            at = attribute.end()
        left = self._left.get(at, -1)
        while ends:
            left += 1
            self._left[ends.pop()] = left
        return left
