"""Headings of a page -> whether one is the site's logo, and those below the first level.

Headlines -> whether two of them are of one story.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cleaners.document.addresses import split_address
from cleaners.dom import Document, Node

_WORD = re.compile(r"\w+")
_HOME = re.compile(r"\.?/?(?:index\.\w+)?", re.IGNORECASE)
# Front pages hold hundreds; a story's own is among the first.
_MAX_SUBHEADINGS = 40

Read = Callable[[Node, int], str]


def links_home(heading: Node, text: str, read: Read) -> bool:
    """Whether all that a heading says, `text`, is a link to the site's home page."""
    link = heading.css_first("a[href]")
    href = ((link.attributes.get("href") or "").strip()) if link is not None else ""
    if not href or link is None:
        return False
    parts = split_address(href)
    if parts.query or parts.fragment or not (parts.netloc or parts.path):
        return False
    return bool(_HOME.fullmatch(parts.path)) and read(link, len(text)) == text


def read_subheadings(document: Document, title: str, read: Read) -> tuple[str, ...]:
    """The headings of the second and third level that stand in the document's `title`."""
    nodes = document.css("h2, h3")[:_MAX_SUBHEADINGS]
    texts = (read(node, len(title)) for node in nodes)
    return tuple(text for text in texts if text and text in title)


def fold_title(text: str) -> str:
    """The words of a title in lower case, one space between, for comparing."""
    return " ".join(_WORD.findall(text.lower()))


def is_like(one: str, other: str) -> bool:
    """Whether two headlines share at least half of the words of the shorter, or one is in both."""
    left, right = (set(_WORD.findall(text.lower())) for text in (one, other))
    if one in other or other in one:
        return bool(left and right)
    return 2 * len(left & right) >= min(len(left), len(right)) > 0
