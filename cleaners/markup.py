"""Inline elements met on the walk in, spans over a block's collapsed text out.

Used only where links and emphasis were asked for; the walk does not pay for it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from cleaners.article import Span

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


@dataclass(slots=True)
class _Open:
    markup: str
    href: str
    start: int


class SpanReader:
    """Follows the walk: every inline element entered is left again, in order.

    Positions are numbers of text pieces gathered for the running block.
    """

    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.closed: list[tuple[int, int, _Open]] = []

    def enter(self, tag: str, href: str, piece: int) -> None:
        """An inline element begins before piece number `piece`."""
        self.open.append(_Open(MARKUP.get(tag, ""), href, piece))

    def leave(self, piece: int) -> None:
        """The element entered last ends before piece number `piece`."""
        element = self.open.pop()
        self._close(element, piece)

    def _close(self, element: _Open, piece: int) -> None:
        if element.markup and element.start < piece:
            self.closed.append((element.start, piece, element))

    def end_block(self, pieces: list[str], text: str) -> tuple[Span, ...]:
        """The spans of the block that ends here; elements still open go on in the next one."""
        for element in self.open:
            self._close(element, len(pieces))
            element.start = 0
        spans = [
            _place_span("".join(pieces[:start]), "".join(pieces[:end]), text, element)
            for start, end, element in self.closed
        ]
        self.closed.clear()
        found = [span for span in spans if span.start < span.end]
        return tuple(sorted(found, key=lambda span: (span.start, -span.end, span.markup)))


def _place_span(before: str, until: str, text: str, element: _Open) -> Span:
    """The span in collapsed text, without white space at its edges."""
    start, end = len(" ".join(before.split())), len(" ".join(until.split()))
    while start < end and text[start] == " ":
        start += 1
    return Span(start=start, end=end, markup=element.markup, href=element.href)
