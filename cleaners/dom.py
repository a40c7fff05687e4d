"""Page text in, parsed document out. The only door to selectolax (lexbor).

lexbor builds the tree as WHATWG HTML section 13.2 describes, so a page means here what it means in
a browser. Two of its steps are quadratic on hostile markup: closing an implied `<p>` looks through
every open element, and every new attribute is compared with those its tag already has. Pages that
would set them off are refused before parsing. Freeing and walking a tree are not recursive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from cleaners.errors import PageTooComplex

Document = LexborHTMLParser
Node = LexborNode

TEXT_TAG = 2
"""`Node.tag_id` of a text node (LXB_TAG__TEXT in lexbor's tag table)."""

# Real pages nest below 200 levels; browsers stop at 512. 5,000 levels parse in 20 ms.
_MAX_DEPTH = 5_000
# Below this many tags no nesting costs more than a tenth of a second, so nobody counts it.
_FEW_TAGS = 10_000
# Attributes on one tag. Real tags end near 100; 5,000 parse in a tenth of a second.
_MAX_ATTRIBUTES = 5_000

# Start and end tags of elements that stay open: void elements nest nothing, paragraphs and cells
# close each other, and drawings are made of shapes that close themselves.
_NESTING = re.compile(
    r"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
    r"|p|li|option|tr|td|th|dd|dt)\b"
    r"|(?:circle|ellipse|line|path|polygon|polyline|rect|stop|use)\b[^<>]*/>)[a-z]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# Scripts, styles and comments hold `<` that opens nothing.
_RAW = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)


def parse_html(html: str) -> Document:
    """The document of a page. Any string parses; an empty one gives an empty body.

    Raises:
        PageTooComplex: elements nest, or one tag holds attributes, beyond any real page.
    """
    if html.count("<") > _FEW_TAGS:
        _refuse_deep(html)
    if _has_long_tag(html):
        _refuse_attributes(html)
    # Mutation events keep a `<select>`'s choice up to date: each option would look at all others.
    return LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)


def tag_ids(names: Iterable[str]) -> dict[str, int]:
    """The number lexbor gives each tag name, learned by parsing one of each.

    lexbor numbers its known tags in a table that may change between versions, so nobody writes
    the numbers down.
    """
    found: dict[str, int] = {}
    for name in names:
        node = LexborHTMLParser(_around(name)).css_first(name)
        if node is not None:
            found[name] = node.tag_id
    return found


def _around(name: str) -> str:
    """Markup in which the parser keeps a tag where it stands."""
    if name in {"td", "th"}:
        return f"<table><tr><{name}></{name}></tr></table>"
    if name in {"tr", "tbody", "thead", "tfoot", "caption", "colgroup", "col"}:
        return f"<table><{name}></{name}></table>"
    return f"<{name}></{name}>"


def _refuse_deep(html: str) -> None:
    """Raise where start tags outrun end tags by more than `_MAX_DEPTH` at any point."""
    depth = 0
    for match in _NESTING.finditer(_RAW.sub("", html)):
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > _MAX_DEPTH:
            raise PageTooComplex(f"elements nest deeper than {_MAX_DEPTH} levels")


def _has_long_tag(html: str) -> bool:
    """Whether a tag may be long enough to hold too many attributes (two characters each).

    Looks at every window of half that length: nearly all hold a `<`, found at once.
    """
    window = _MAX_ATTRIBUTES
    for start in range(0, len(html), window):
        if html.find("<", start, start + window) < 0:
            opened = html.rfind("<", 0, start)
            if opened >= 0 and html.find(">", opened, start + window) < 0:
                return True
    return False


def _refuse_attributes(html: str) -> None:
    """Raise where one tag holds more than `_MAX_ATTRIBUTES` attributes."""
    for piece in _RAW.sub("", html).split("<"):
        if len(piece) > 2 * _MAX_ATTRIBUTES:
            tag = _QUOTED.sub(" ", piece.partition(">")[0])
            if len(tag.split()) > _MAX_ATTRIBUTES:
                raise PageTooComplex(f"a tag holds more than {_MAX_ATTRIBUTES} attributes")
