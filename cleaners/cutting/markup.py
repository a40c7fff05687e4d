"""Inline elements met on the walk in, spans over a block's collapsed text out.

Used only where links and emphasis were asked for; the walk does not pay for it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cleaners.article import Span
from cleaners.document.addresses import join_address

MARKUP = {
    "a": "a",
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "cite": "i",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}
"""The span's markup for each inline element that has one."""


# Open elements that one block takes spans from: real pages open a handful, hostile ones thousands
# around thousands of blocks.
_MOST_OPEN = 50


@dataclass(frozen=True, slots=True)
class _Open:
    """An element, and where it began: the number of a block, and of a piece of that block."""

    markup: str
    href: str
    block: int
    piece: int


class SpanReader:
    """Follows the walk: every inline element entered is left again, in order.

    Positions are numbers of text pieces gathered for the running block.
    """

    def __init__(self) -> None:
        self.block = 0
        self.open: list[_Open] = []
        self.closed: list[tuple[int, int, _Open]] = []

    def enter(self, tag: str, href: str, piece: int) -> None:
        """An inline element begins before piece number `piece`."""
        self.open.append(_Open(MARKUP.get(tag, ""), href, self.block, piece))

    def leave(self, piece: int) -> None:
        """The element entered last ends before piece number `piece`."""
        self._close(self.open.pop(), piece)

    def _close(self, element: _Open, piece: int) -> None:
        start = element.piece if element.block == self.block else 0
        if element.markup and start < piece:
            self.closed.append((start, piece, element))

    def end_block(self, pieces: list[str], text: str) -> tuple[Span, ...]:
        """The spans of the block that ends here; elements still open go on in the next one."""
        for element in self.open[-_MOST_OPEN:]:
            self._close(element, len(pieces))
        self.block += 1
        if not self.closed:
            return ()
        places = _place_pieces(pieces)
        found = []
        for first, last, element in self.closed:
            # What nobody sees at the end of the text was cut off.
            start, end = places[first], min(places[last], len(text))
            if start < end and text[start] == " ":
                start += 1
            if start < end:
                found.append(Span(start=start, end=end, markup=element.markup, href=element.href))
        self.closed.clear()
        return tuple(sorted(found, key=lambda span: (span.start, -span.end, span.markup)))


def _place_pieces(pieces: list[str]) -> list[int]:
    """Before each piece and after the last: how long the text so far is, white space collapsed."""
    length = 0
    is_word_open = False
    places = [0]
    for piece in pieces:
        words = piece.split()
        if words:
            is_apart = length > 0 and (not is_word_open or piece[0].isspace())
            length += is_apart + len(" ".join(words))
            is_word_open = not piece[-1].isspace()
        elif piece:
            is_word_open = False
        places.append(length)
    return places


def link_spans(spans: tuple[Span, ...], base: str) -> tuple[Span, ...]:
    """The spans with links made absolute; as they are where `base` is empty."""
    if not base or not any(span.href for span in spans):
        return spans
    return tuple(
        replace(span, href=join_address(base, span.href)) if span.href.strip() else span
        for span in spans
    )
