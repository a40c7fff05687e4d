"""Document in, its elements out that are called as those with bylines, dates or breadcrumbs are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleaners.about.crumbs import TRAIL, is_trail
from cleaners.about.shortlines import (
    LINE_PARTS,
    MAYBE_BYLINE,
    MAYBE_UNCLASSED,
    count_date_parts,
    is_byline,
)
from cleaners.dom import Document, Element, Node, read_elements

_UNDATED = f'{MAYBE_BYLINE}, [class*="{TRAIL}" i]'
# To look for a part of a class takes the parser a quarter of the time in which all classes are read
# here, and dates alone have six.
_CLASSED = f"h1, [class], {MAYBE_UNCLASSED}"
_PARTS = LINE_PARTS | {TRAIL}
# Stands in no attribute (WHATWG HTML 13.2.5.36).
_NUL = "\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedBoxes:
    """Elements by what they are called, in document order.

    Of `datelines` it is said how many parts of their names tell; among them are all headings of the
    first level, to show what stands after which.
    """

    bylines: Sequence[Node] = ()
    datelines: Sequence[tuple[Node, int]] = ()
    trails: Sequence[Node] = ()


def find_marked(document: Document, *, with_dates: bool) -> MarkedBoxes:
    """The elements that are called so; without dates it takes half the time."""
    bylines, datelines, trails = [], [], []
    boxes = _find_maybe(document) if with_dates else read_elements(document, _UNDATED)
    for node, tag, attributes in boxes:
        if is_byline(tag, attributes):
            bylines.append(node)
        if with_dates and ((parts := count_date_parts(attributes)) or tag == "h1"):
            datelines.append((node, parts))
        if is_trail(tag, attributes):
            trails.append(node)
    return MarkedBoxes(bylines=bylines, datelines=datelines, trails=trails)


def _find_maybe(document: Document) -> list[Element]:
    """Elements in document order, each once, among which all are that are called so."""
    nodes = document.css(_CLASSED)
    names = [node.attrs.get("class") or "" for node in nodes]
    telling = _choose_telling({"", *names})
    # An element is found once for each part of the selector, one time after the other.
    numbers = [node.mem_id for node in nodes]
    told = {one for one, other in pairwise(numbers) if one == other}
    maybe = {
        number: node
        for number, name, node in zip(numbers, names, nodes, strict=True)
        if name in telling or number in told
    }
    return [Element(node, node.tag or "", node.attributes) for node in maybe.values()]


def _choose_telling(names: Iterable[str]) -> set[str]:
    """Those of some classes that hold a part that tells, in any case; and none at all.

    What has no class was found by something else.
    """
    listed = [*names]
    lowered = _NUL.join(listed).lower()
    pairs = [*zip(listed, lowered.split(_NUL), strict=True)]
    parts = [part for part in _PARTS if part in lowered]
    return {"", *(name for part in parts for name, lower in pairs if part in lower)}
