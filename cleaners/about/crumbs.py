"""Elements in, the breadcrumbs among them out, as microdata, RDFa and class names mark these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cleaners.document.visible import fold_text, read_text
from cleaners.dom import Node

# schema.org's properties of a list and of its items, and the type of such a list.
_ITEM, _PLACE, _LIST = "itemlistelement", "position", "breadcrumblist"
# Elements around an item that are asked whether they are the list.
_MAX_AROUND = 4
# Nodes in a crumb of which one is its name.
_NAMED = '[itemprop~="name"], [property~="name"]'

TRAIL = "breadcrumb"
"""A part of the class of elements that are called as those are that hold breadcrumbs."""
_TRAIL_TAGS = frozenset({"ul", "ol", "nav", "div"})
# Of a list that nothing else marks.
_MAX_LINKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One of the pages that lead to this one: its name, and its address as written or empty."""

    name: str
    href: str = ""


def read_crumb(node: Node, attributes: Mapping[str, str | None]) -> Crumb | None:
    """The breadcrumb that an element is, or of which it gives the position in RDFa; else None."""
    if _ITEM in (attributes.get("itemprop") or "").lower():
        item: Node | None = node
    elif attributes.get("property") == _PLACE:
        item = node.parent
    else:
        return None
    if item is None or not _stands_in_trail(item):
        return None
    named = item.css_first(_NAMED)
    text = fold_text(named.attributes.get("content")) or read_text(named) if named else ""
    link = item.css_first("a[href]")
    href = link.attributes.get("href") if link is not None else ""
    return Crumb(name=text or read_text(item), href=(href or "").strip())


def is_trail(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an element is called as those are that hold breadcrumbs."""
    return tag in _TRAIL_TAGS and TRAIL in (attributes.get("class") or "").lower()


def read_trail(node: Node) -> tuple[Crumb, ...]:
    """The links in an element as breadcrumbs."""
    links = node.css("a[href]")[:_MAX_LINKS]
    return tuple(
        Crumb(name=read_text(link), href=(link.attributes.get("href") or "").strip())
        for link in links
    )


def _stands_in_trail(item: Node) -> bool:
    around = item.parent
    for _ in range(_MAX_AROUND):
        if around is None:
            return False
        attributes = around.attributes
        kind = attributes.get("itemtype") or attributes.get("typeof") or ""
        if kind.lower().endswith(_LIST):
            return True
        around = around.parent
    return False
