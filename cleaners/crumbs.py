"""Elements in, the breadcrumbs among them out, as microdata and RDFa mark these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cleaners.dom import Node
from cleaners.visible import fold_text, read_text

# schema.org's properties of a list and of its items, and the type of such a list.
_ITEM, _PLACE, _LIST = "itemlistelement", "position", "breadcrumblist"
# Elements around an item that are asked whether they are the list.
_MAX_AROUND = 4
# Nodes in a crumb of which one is its name.
_NAMED = '[itemprop~="name"], [property~="name"]'


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
