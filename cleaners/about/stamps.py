"""Elements in, what those of them say that give a date for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cleaners.about.places import Places
from cleaners.document.visible import list_labels, read_text
from cleaners.dom import Element, Node

# Front pages hold hundreds of dates; the page's own is among the first.
_MAX_STAMPS = 60
# Elements with a date for machines: HTML's, and that of hAtom (microformats.org/wiki/hatom).
_STAMPS = frozenset({"time", "abbr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A `<time>` or a dated `<abbr>`: its date for machines, its text, class and itemprop.

    `after_heading` says whether the headline stands before it in the document, `is_beside` whether
    it stands where other stories, comments or today's date do.
    """

    datetime: str
    text: str
    label: str
    after_heading: bool
    is_beside: bool = False


def read_stamps(
    elements: Sequence[Element], headline: Node | None, places: Places
) -> tuple[Stamp, ...]:
    """The dated elements among some, in document order, headings of the first level among them."""
    stamps: list[Stamp] = []
    has_headline = False
    for each in elements:
        node, tag = each.node, each.tag
        if tag == "h1":
            has_headline = has_headline or (headline is not None and headline.mem_id == node.mem_id)
        elif tag in _STAMPS and len(stamps) < _MAX_STAMPS:
            attributes = each.attributes
            moment = (attributes.get("datetime" if tag == "time" else "title") or "").strip()
            if tag == "abbr" and not moment[:1].isdigit():
                continue
            is_above = headline is not None and not has_headline
            stamps.append(
                Stamp(
                    datetime=moment,
                    text=read_text(node),
                    label=list_labels(attributes),
                    after_heading=has_headline,
                    is_beside=places.is_beside(node)
                    or (is_above and not places.find(node).is_near),
                )
            )
    return tuple(stamps)
