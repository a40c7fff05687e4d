"""Document in, the short visible lines out that may hold a byline or a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cleaners.about.authorlinks import walk_after
from cleaners.about.bylines import list_conjunctions
from cleaners.about.leads import is_named
from cleaners.about.places import Places, ends_page
from cleaners.cutting.labels import NAME_BREAK
from cleaners.document.addresses import split_address
from cleaners.document.visible import list_labels, read_text
from cleaners.dom import TEXT_TAG, Node

# Bylines, and parts of names that say where dates are. Front pages hold hundreds of dates; the
# page's own is among the first.
_MAX_NODES = 60
# How far around a heading byline and date are looked for.
_MAX_HEADINGS, _MAX_ANCESTORS, _MAX_SIBLINGS = 2, 3, 4
_NO_LINES = frozenset({"html", "body", "script", "style", "link", "meta", "input"})
# What somebody else said, and boxes around its author that are looked at.
_QUOTATIONS, _MAX_QUOTED = frozenset({"blockquote", "q"}), 2
# What holds other stories than the headline's, where it stands beside that.
_STORIES = frozenset({"article", "aside", "nav", "ul", "ol", "table"})
# What they say is of a picture.
_CAPTIONED = frozenset({"figure", "figcaption", "picture"})
_BYLINE_PARTS = ("author", "byline", "autor", "auteur", "auth-name")
_BYLINE = "byline"
_RELATED = "author"
_BYLINE_WORDS = ("reporter", "writer", "journalist")
# Class names that say of an element under the headline who wrote; the second is that of browsers'
# reading views.
_UNDER_HEADLINE = frozenset({"by", "reader-credits"})
# What names a card (`vcard`, microformats.org/wiki/hcard) names whoever wrote a comment as well.
_CARD = "card"
_DATE_PARTS = ("date", "datum", "data", "time", "publish", "fecha", "meta", "posted")
_DATE_STEMS = ("dat", "time", "publish", "fecha", "meta", "posted")
LINE_PARTS = frozenset(("aut", _BYLINE, *_BYLINE_WORDS, *_DATE_STEMS))
"""What the class of an element holds that is a byline or dateline by its class."""
_UNCLASSED = '[rel~="author"], [data-testid*="author" i], [id*="author" i]'
MAYBE_UNCLASSED = f'{_UNCLASSED}, [id*="date" i]'
"""A selector of all that are one by something else."""
MAYBE_BYLINE = ", ".join(
    (
        '[class*="aut" i], [class*="byline" i]',
        *(f'[class~="{word}" i]' for word in _BYLINE_WORDS),
        _UNCLASSED,
    )
)
"""A selector of elements among which all bylines are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A short visible element that may hold a byline or a date, with its class and id.

    In a byline, `|` parts what stands in lines or elements of their own. `is_beside` says that it
    stands in the same element as the byline before it.
    """

    text: str
    label: str
    href: str = ""
    is_beside: bool = False


def is_byline(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an element is called as those are that name who wrote a story."""
    if tag in _NO_LINES:
        return False
    names = (attributes.get("class") or "").lower()
    if any(part in names for part in _BYLINE_PARTS):
        return True
    if any(word in names for word in _BYLINE_WORDS) and any(
        word in names.split() for word in _BYLINE_WORDS
    ):
        return True
    if "author" in (attributes.get("rel") or "").split():
        return True
    names = f"{attributes.get('id')} {attributes.get('data-testid')}"
    return "author" in names.lower()


def count_date_parts(attributes: Mapping[str, str | None]) -> int:
    """How many parts of an element's names say that it holds a date."""
    names = (attributes.get("class") or "").lower()
    is_called = "date" in (attributes.get("id") or "").lower()
    if not is_called and not any(part in names for part in _DATE_PARTS):
        return 0
    return is_called + sum(part in names for part in _DATE_STEMS)


def read_bylines(nodes: Sequence[Node], places: Places) -> tuple[Line, ...]:
    """Lines that may name who wrote the story, in document order; none of other stories.

    `nodes` are those called so.
    """
    lines = []
    home = -1
    for node in nodes[:_MAX_NODES]:
        line = _read_line(node, with_bounds=True)
        if line is None:
            continue
        place = places.find(node)
        is_note = place.is_note and _CARD in line.label
        if is_note or (places.is_beside(node) and not place.in_story) or _is_quoted(node):
            continue
        parent = node.parent.mem_id if node.parent is not None else -1
        lines.append(replace(line, is_beside=parent == home))
        home = parent
        if node.tag == "a" and _RELATED in (node.attributes.get("rel") or "").split():
            lines.extend(_read_twins(node, line))
    return tuple(lines)


def read_byline_boxes(headline: Node | None, places: Places) -> tuple[Line, ...]:
    """Lines under the headline in elements that only there are bylines, as their names say.

    So do attributes for scripts, and short class names.
    """
    nodes = (node for node in walk_after(headline) if node.tag_id != TEXT_TAG)
    return read_bylines([node for node in nodes if _is_named_byline(node.attributes)], places)


def _is_named_byline(attributes: Mapping[str, str | None]) -> bool:
    if not attributes:
        return False
    if not _UNDER_HEADLINE.isdisjoint((attributes.get("class") or "").lower().split()):
        return True
    told = [value.lower() for name, value in attributes.items() if value and name[:5] == "data-"]
    # A shop's `bylineInfo` names a maker.
    return any(_BYLINE in value and _BYLINE in NAME_BREAK.split(value) for value in told)


def _read_twins(node: Node, line: Line) -> Iterator[Line]:
    """The links right after one marked `rel=author` that are marked up like it, but for that.

    Templates mark the first of several writers so.
    """
    joins = {"", "&", *list_conjunctions()}
    label = node.attributes.get("class")
    folder = _find_folder(line.href)
    twin = node.next
    for _ in range(2 * _MAX_SIBLINGS):
        if twin is None:
            return
        attributes, is_text = twin.attributes, twin.tag_id == TEXT_TAG
        if is_text and (twin.text_content or "").strip(" \t\r\n,").lower() not in joins:
            return
        if not is_text:
            href = attributes.get("href") or ""
            is_like = twin.tag == "a" and attributes.get("class") == label
            if not is_like or is_byline("a", attributes) or _find_folder(href) != folder:
                return
            text = read_text(twin)
            if not is_named(text):
                return
            yield replace(line, text=text, href=href, is_beside=True)
        twin = twin.next


def _find_folder(href: str) -> tuple[str, int]:
    """The first folder of an address, and how many follow."""
    parts = split_address(href).path.strip("/").split("/")
    return parts[0], len(parts)


def _is_quoted(node: Node) -> bool:
    """Whether an element stands right after the quotation that its box begins with."""
    box: Node | None = node
    for _ in range(_MAX_QUOTED):
        before = _find_before(box)
        if before is not None:
            return before.tag in _QUOTATIONS and _find_before(before) is None
        box = box.parent if box is not None else None
    return False


def read_datelines(
    boxes: Sequence[tuple[Node, int]], headline: Node | None, places: Places
) -> tuple[Line, ...]:
    """Lines that may hold the date, those after the headline first.

    `boxes` are those called so and all headings of the first level, in document order, with the
    parts of their names that say so.
    """
    above: list[Node] = []
    after: list[Node] = []
    number = headline.mem_id if headline is not None else 0
    chosen = above if number else after
    parts = 0
    for node, count in boxes:
        if node.tag == "h1":
            if node.mem_id == number:
                chosen, parts = after, 0
            continue
        if parts >= _MAX_NODES or places.is_beside(node):
            continue
        if chosen is after or places.find(node).is_near:
            chosen.append(node)
            parts += count
    lines = (_read_line(node) for node in (*after, *above))
    return tuple(line for line in lines if line is not None)


def _read_line(node: Node, *, with_bounds: bool = False) -> Line | None:
    if node.tag in _NO_LINES:
        return None
    text = read_text(node, with_bounds=with_bounds)
    if not text:
        return None
    attributes = node.attributes
    return Line(text=text, label=list_labels(attributes), href=attributes.get("href") or "")


def read_near_heading(headings: Sequence[Node]) -> tuple[str, ...]:
    """Short texts that follow the first headings, or an element that holds one, nearest first."""
    lines: dict[str, None] = {}
    for heading in headings[:_MAX_HEADINGS]:
        node: Node | None = heading
        for _ in range(_MAX_ANCESTORS):
            if node is None or node.tag in {"body", "html"}:
                break
            for text in _texts_after(node):
                lines.setdefault(text)
            node = node.parent
    return tuple(lines)


def read_before(heading: Node | None) -> str:
    """The short text of the element right before a heading, line breaks left out, or empty."""
    node = _find_before(heading)
    while node is not None and node.tag == "br":
        node = _find_before(node)
    is_line = node is not None and node.tag_id != TEXT_TAG and node.tag not in _NO_LINES
    return read_text(node) if node is not None and is_line else ""


def read_above(heading: Node | None, places: Places) -> tuple[str, ...]:
    """Short texts before a heading in the containers that hold it, nearest first."""
    texts: list[str] = []
    node = heading
    for _ in range(_MAX_ANCESTORS):
        if node is None or node.tag in _NO_LINES:
            break
        before = _find_before(node)
        for _ in range(_MAX_SIBLINGS):
            if before is None:
                break
            is_apart = before.tag in _STORIES or before.tag in _NO_LINES or places.is_beside(before)
            if before.tag_id != TEXT_TAG and not is_apart:
                texts += read_text(before, with_bounds=True).split(" | ")
            before = _find_before(before)
        node = node.parent
    return tuple(filter(None, texts))


def _find_before(node: Node | None) -> Node | None:
    """What stands right before an element in its box, blank text left out."""
    node = node.prev if node is not None else None
    while node is not None and node.tag_id == TEXT_TAG and not (node.text_content or "").strip():
        node = node.prev
    return node


def _texts_after(node: Node) -> Iterator[str]:
    sibling = node.next
    for _ in range(2 * _MAX_SIBLINGS):
        if sibling is None:
            return
        is_apart = sibling.tag in _CAPTIONED or (sibling.tag == "footer" and ends_page(sibling))
        text = "" if is_apart else read_text(sibling)
        if text:
            yield text
        sibling = sibling.next
