"""Document in, its elements out that are called as those with bylines, dates or breadcrumbs are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleaners.about.crumbs import TRAIL, is_trail
from cleaners.about.shortlines import LINE_PARTS, MAYBE_LINE, count_date_parts, is_byline
from cleaners.dom import Document, Node

# Looking for a part of a class takes the parser as long as giving half of all elements with one.
_MAYBE_MARKED = f"h1, [class], {MAYBE_LINE}"
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


def find_marked(document: Document) -> MarkedBoxes:
    """The elements that are called so."""
    nodes = document.css(_MAYBE_MARKED)
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
    bylines, datelines, trails = [], [], []
    for node in maybe.values():
        tag, attributes = node.tag or "", node.attributes
        if is_byline(tag, attributes):
            bylines.append(node)
        if (parts := count_date_parts(attributes)) or tag == "h1":
            datelines.append((node, parts))
        if is_trail(tag, attributes):
            trails.append(node)
    return MarkedBoxes(bylines=bylines, datelines=datelines, trails=trails)


def _choose_telling(names: Iterable[str]) -> set[str]:
    """Those of some classes that hold a part that tells, in any case; and none at all.

    What has no class was found by something else.
    """
    listed = [*names]
    lowered = _NUL.join(listed).lower()
    pairs = [*zip(listed, lowered.split(_NUL), strict=True)]
    parts = [part for part in _PARTS if part in lowered]
    return {"", *(name for part in parts for name, lower in pairs if part in lower)}
