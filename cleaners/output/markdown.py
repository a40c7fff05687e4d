"""A block's text, links and emphasis -> Markdown that gives the same words back.

Words come before emphasis: marks that CommonMark (0.31.2) would not take for marks are left out.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from urllib.parse import quote

from cleaners.article import Span
from cleaners.output.inline import is_safe_href, render_inline

# CommonMark section 6.2 takes Unicode's symbols for punctuation since 0.31, before that only these.
_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
# Section 2.5: what looks like an entity is read as one, also in the address of a link.
_ENTITY = r"&(?=#?\w{1,32};)"
_SPECIAL = re.compile(rf"[\\`*_\[\]<]|{_ENTITY}")
_ENTITY_SIGN = re.compile(_ENTITY)
_LINE_START = re.compile(r"^(\s*)([#>+=~-]|\d{1,9}(?=[.)]))", re.MULTILINE)
# What would end the address of a link (section 6.3), or be read as a mark in it.
_UNSAFE_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f()<>\\*`]")
# Section 4.2: number signs that end a heading, as marks.
_CLOSING_SIGNS = re.compile(r"(?<=[ \t])#+(?=[ \t]*$)")
_EMPHASIS = {"b": "**", "i": "*"}
# Stands for any mark beside another in the rules for emphasis.
_MARK = "*"


def write_inline(text: str, spans: Sequence[Span]) -> str:
    """`text` with its links, emphasis and code, as Markdown; line ends stay."""
    chosen = _choose_spans(text, spans) if spans else []
    return _escape_starts(
        render_inline(
            text, chosen, escape=_escape_special, wrap=lambda span, inner: _wrap(text, span, inner)
        )
    )


def write_line(text: str, spans: Sequence[Span]) -> str:
    """The same as one line, which may stand in a heading."""
    return _CLOSING_SIGNS.sub(r"\\\g<0>", " ".join(write_inline(text, spans).split("\n")))


def escape_text(text: str) -> str:
    """`text` with all that would be markup escaped."""
    return _escape_starts(_escape_special(text))


def _escape_special(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _escape_starts(text: str) -> str:
    """Escapes what would open a heading, list, quotation or rule at the start of a line."""

    def escape(match: re.Match[str]) -> str:
        lead, sign = match[1], match[2]
        return f"{lead}{sign}\\" if sign.isdigit() else f"{lead}\\{sign}"

    return _LINE_START.sub(escape, text)


def _wrap(text: str, span: Span, content: str) -> str:
    match span.markup:
        case "a":
            return f"[{content}]({_write_address(span.href)})"
        case "code":
            return _write_code(text[span.start : span.end])
        case "!":
            return f"\\{content}"
        case _:
            mark = _EMPHASIS[span.markup]
            return f"{mark}{content}{mark}"


def _write_address(href: str) -> str:
    quoted = _UNSAFE_IN_ADDRESS.sub(lambda match: quote(match[0], safe=""), href.strip())
    return _ENTITY_SIGN.sub("&amp;", quoted)


def _write_code(text: str) -> str:
    """A code span (section 6.1): marks longer than any inside, spaces where one begins or ends."""
    inner = " ".join(text.split("\n"))
    fence = "`" * (1 + max(map(len, re.findall("`+", inner)), default=0))
    pad = " " if "`" in {inner[0], inner[-1]} else ""
    return f"{fence}{pad}{inner}{pad}{fence}"


def _choose_spans(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans that Markdown can show: none crosses another, and marks are where they are marks.

    Of those with the same bounds the outer comes first. A `!` that a link would make an image of
    is a span of its own.
    """
    usable = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    links = _unite(text, (span for span in usable if span.markup == "a" and _is_safe(span.href)))
    in_links = _Places(links)
    codes = _unite(text, (span for span in usable if span.markup == "code"))
    codes = [code for code in codes if in_links.is_apart(code)]
    in_codes = _Places(codes)
    emphasis = [
        piece
        for markup in _EMPHASIS
        for span in _unite(text, (span for span in usable if span.markup == markup))
        for piece in _split_at(text, span, in_links, in_codes)
    ]
    signs = [
        Span(start=link.start - 1, end=link.start, markup="!")
        for link in links
        if link.start and text[link.start - 1] == "!"
    ]
    emphasis.sort(key=_by_place)
    return [*links, *_keep_flanking(text, emphasis, in_links, in_codes), *codes, *signs]


def _is_safe(href: str) -> bool:
    """Whether a link may be shown, also by a reader that takes entities in it for signs."""
    return is_safe_href(href) and is_safe_href(html.unescape(href))


def _by_place(span: Span) -> tuple[int, int]:
    return (span.start, -span.end)


def _unite(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans of one markup in order: touching ones made one, white space at their ends left out.

    A link that begins in another is cut off at its end.
    """
    united: list[Span] = []
    for span in sorted(spans, key=_by_place):
        last = united[-1] if united else None
        if last is None or span.start > last.end:
            united.append(span)
        elif span.markup != "a" or span.href == last.href:
            united[-1] = replace(last, end=max(last.end, span.end))
        elif span.end > last.end:
            united.append(replace(span, start=last.end))
    trimmed = (_trim(text, span) for span in united)
    return [span for span in trimmed if span.start < span.end]


def _trim(text: str, span: Span) -> Span:
    inner = text[span.start : span.end]
    core = inner.strip()
    start = span.start + len(inner) - len(inner.lstrip())
    return span if len(core) == len(inner) else replace(span, start=start, end=start + len(core))


class _Places:
    """Spans in order, none in another, that places are looked up in."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]
        self.starts = frozenset(self._starts)
        self.ends = frozenset(span.end for span in spans)

    def find(self, place: int) -> Span | None:
        """The span that holds the character at `place`."""
        number = bisect_right(self._starts, place) - 1
        span = self._spans[number] if number >= 0 else None
        return span if span is not None and place < span.end else None

    def list_within(self, start: int, end: int) -> Sequence[Span]:
        """The spans that have a character between the two."""
        first = bisect_right(self._starts, start)
        first -= first > 0 and self._spans[first - 1].end > start
        return self._spans[first : bisect_right(self._starts, end - 1)]

    def is_apart(self, span: Span) -> bool:
        """Whether a span is inside one of these, or beside all of them."""
        around = self.list_within(span.start, span.end)
        return not around or (around[0].start <= span.start and span.end <= around[0].end)


def _split_at(text: str, span: Span, links: _Places, codes: _Places) -> list[Span]:
    """The pieces of emphasis: none crosses the bounds of a link or of code, and none is in code."""
    bounds = {span.start, span.end}
    for places in (links, codes):
        for other in places.list_within(span.start, span.end):
            if other.start < span.start or other.end > span.end:
                bounds |= {max(other.start, span.start), min(other.end, span.end)}
    ordered = sorted(bounds)
    pieces = (_trim(text, replace(span, start=start, end=end)) for start, end in pairwise(ordered))
    return [piece for piece in pieces if piece.start < piece.end and not _is_in(piece, codes)]


def _is_in(span: Span, places: _Places) -> bool:
    around = places.find(span.start)
    return around is not None and span.end <= around.end and _by_place(span) != _by_place(around)


def _keep_flanking(
    text: str, spans: Iterable[Span], links: _Places, codes: _Places
) -> Iterator[Span]:
    """The emphasis whose marks CommonMark takes for its bounds, whatever stands around it.

    Section 6.2: a mark opens where it is left-flanking, and closes where it is right-flanking and
    one is open. Here every mark that opens finds none open, or cannot close; and no mark touches
    one of another emphasis, unless both have the same bounds.
    """
    # By the link that they are in, -1 for none: links are read before what is around them.
    outer: dict[int, Span] = {}
    for span in spans:
        link = links.find(span.start)
        if link is not None and span.end > link.end:
            link = None
        opening, closing = _look_around(text, span, link, (codes,) if link else (links, codes))
        if not _flanks(*opening) or not _flanks(*closing):
            continue
        scope = link.start if link else -1
        before = outer.get(scope)
        could_do_both = _may_flank(*reversed(opening)) or _may_flank(*reversed(closing))
        if before is None or span.start > before.end or _by_place(span) == _by_place(before):
            outer[scope] = span
            yield span
        elif before.start < span.start and span.end < before.end and not could_do_both:
            yield span


def _look_around(
    text: str, span: Span, link: Span | None, others: Iterable[_Places]
) -> tuple[tuple[str, str], tuple[str, str]]:
    """The characters outside and inside of the opening mark, and of the closing one."""
    before, first = text[span.start - 1 : span.start] or " ", text[span.start]
    last, after = text[span.end - 1], text[span.end : span.end + 1] or " "
    for places in others:
        before = _MARK if span.start in places.ends else before
        first = _MARK if span.start in places.starts else first
        last = _MARK if span.end in places.ends else last
        after = _MARK if span.end in places.starts else after
    if link is not None:
        before = _MARK if link.start == span.start else before
        after = _MARK if link.end == span.end else after
    return (before, first), (after, last)


def _flanks(outer: str, inner: str) -> bool:
    """Whether a mark between the two belongs to the inner one, by every version of CommonMark."""
    return not inner.isspace() and (
        not _is_sign(inner) or outer.isspace() or _is_punctuation(outer)
    )


def _may_flank(outer: str, inner: str) -> bool:
    """The same by some version."""
    return not inner.isspace() and (
        not _is_punctuation(inner) or outer.isspace() or _is_sign(outer)
    )


def _is_punctuation(char: str) -> bool:
    return char in _ASCII_PUNCTUATION or unicodedata.category(char)[0] == "P"


def _is_sign(char: str) -> bool:
    return _is_punctuation(char) or unicodedata.category(char)[0] == "S"
