"""Inline markup of a block -> a string of another markup, properly nested.

Spans come from real pages: they overlap, repeat, cover nothing, and nest without end. Here they
become a tree: a span that crosses its parent's end is cut there, empty ones are dropped.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from cleaners.article import Span

Wrap = Callable[[Span, str], str]
Escape = Callable[[str], str]

# Real articles nest a link, bold, italic and code at most.
_MAX_DEPTH = 6


def render_inline(text: str, spans: Sequence[Span], *, escape: Escape, wrap: Wrap) -> str:
    """`text` escaped piece by piece, each span's content passed through `wrap`."""
    if not spans:
        return escape(text)
    usable = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    usable.sort(key=lambda span: (span.start, -span.end))
    return _render_range(text, usable, (0, len(text)), escape=escape, wrap=wrap, depth=0)


def is_safe_href(href: str) -> bool:
    """Whether a link may stand in output that a browser shows: no script, no data."""
    cleaned = "".join(char for char in href if char > " ").lower()
    scheme, colon, _ = cleaned.partition(":")
    if not colon or any(char in scheme for char in "/?#"):
        return bool(cleaned)
    return scheme in {"http", "https", "mailto", "tel"}


def move_spans(spans: tuple[Span, ...], by: int, end: int) -> tuple[Span, ...]:
    """The spans moved along the text, cut off at 0 and `end`; what is left of none is dropped."""
    if not spans:
        return ()
    moved = (
        replace(span, start=max(0, span.start + by), end=min(end, span.end + by)) for span in spans
    )
    return tuple(span for span in moved if span.start < span.end)


def split_spans(spans: Iterable[Span], pieces: Sequence[tuple[int, int]]) -> list[tuple[Span, ...]]:
    """The spans in each piece of a text, counted from its start; a piece is its start and end.

    Takes time in proportion to what comes out. The pieces are in order.
    """
    starts, ends = [start for start, _ in pieces], [end for _, end in pieces]
    found: list[list[Span]] = [[] for _ in pieces]
    for span in spans:
        for at in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
            start = max(0, span.start - starts[at])
            end = min(span.end, ends[at]) - starts[at]
            if start < end:
                found[at].append(replace(span, start=start, end=end))
    return [tuple(some) for some in found]


def _render_range(
    text: str,
    spans: list[Span],
    bounds: tuple[int, int],
    *,
    escape: Escape,
    wrap: Wrap,
    depth: int,
) -> str:
    at, end = bounds
    parts = []
    index = 0
    while index < len(spans):
        span = spans[index]
        index += 1
        start, stop = max(span.start, at), min(span.end, end)
        inner = []
        while index < len(spans) and spans[index].start < stop:
            inner.append(spans[index])
            index += 1
        if start >= stop:
            continue
        parts.append(escape(text[at:start]))
        if depth + 1 >= _MAX_DEPTH:
            content = escape(text[start:stop])
        else:
            content = _render_range(
                text, inner, (start, stop), escape=escape, wrap=wrap, depth=depth + 1
            )
        parts.append(wrap(span, content))
        at = stop
    parts.append(escape(text[at:end]))
    return "".join(parts)
