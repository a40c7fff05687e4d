"""An element of a byline -> whether it stands apart from the text before it, or among comments."""

from __future__ import annotations

from cleaners.dom import TEXT_TAG, Node

# Elements in the lines of a byline.
_INLINE = frozenset(("a", "abbr", "b", "cite", "em", "i", "small", "span", "strong", "time"))
# How far out the box of comments is looked for around one of them.
_MAX_ANCESTORS = 8


def is_apart_from_text(node: Node) -> bool:
    """Whether what is inside stands apart from the text before.

    It does where it is no inline element, or no text is between it and the element before it.
    """
    before = node.prev
    return node.tag not in _INLINE or (before is not None and before.tag_id != TEXT_TAG)


def is_in_comments(node: Node) -> bool:
    """Whether an element stands in a box that class or id call one of comments."""
    around = node.parent
    for _ in range(_MAX_ANCESTORS):
        if around is None or around.tag in {"body", "html"}:
            return False
        attributes = around.attributes
        if any("comment" in (attributes.get(name) or "").lower() for name in ("class", "id")):
            return True
        around = around.parent
    return False
