"""An element of a byline -> whether it stands apart from the text before it."""

from __future__ import annotations

from cleaners.dom import TEXT_TAG, Node

# Elements in the lines of a byline.
_INLINE = frozenset(("a", "abbr", "b", "cite", "em", "i", "small", "span", "strong", "time"))


def is_apart_from_text(node: Node) -> bool:
    """Whether what is inside stands apart from the text before.

    It does where it is no inline element, or no text is between it and the element before it.
    """
    before = node.prev
    return node.tag not in _INLINE or (before is not None and before.tag_id != TEXT_TAG)
