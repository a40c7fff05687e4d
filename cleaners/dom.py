"""Page text in, parsed document out. The only door to selectolax (lexbor).

lexbor builds the tree as WHATWG HTML section 13.2 describes, so a page means here what it means in
a browser. Some of its steps are quadratic on hostile markup: pages that would set them off are
refused before parsing (`source/hostile.py`). Freeing and walking a tree are not recursive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from cleaners.source.hostile import refuse_hostile

Document = LexborHTMLParser
Node = LexborNode

TEXT_TAG = 2
"""`Node.tag_id` of a text node (LXB_TAG__TEXT in lexbor's tag table)."""
# Elements around another that are asked what they are.
_MAX_AROUND = 40


class Element(NamedTuple):
    """An element with what is asked of it more than once."""

    node: Node
    tag: str
    attributes: Mapping[str, str | None]

    def is_in(self, *tags: str) -> bool:
        """Whether it stands in an element of one of the tags; an `<a>` counts where it links."""
        around = self.node.parent
        for _ in range(_MAX_AROUND):
            if around is None:
                break
            tag = around.tag
            if tag in tags and (tag != "a" or "href" in around.attributes):
                return True
            around = around.parent
        return False


def read_elements(document: Document, selector: str) -> list[Element]:
    """The elements of a selector in document order, each once."""
    # lexbor finds an element once for each part of the selector.
    nodes = {node.mem_id: node for node in document.css(selector)}
    return [Element(node, node.tag or "", node.attributes) for node in nodes.values()]


def parse_html(html: str | bytes) -> Document:
    """The document of a page. Any string parses; an empty one gives an empty body.

    Bytes are UTF-8. Lone surrogates, which `decode_page` never leaves, become question marks.

    Raises:
        PageTooComplex: elements nest, or one tag holds attributes, beyond any real page.
    """
    page = html.encode("utf-8", "replace") if isinstance(html, str) else html
    refuse_hostile(page)
    # Mutation events keep a `<select>`'s choice up to date: each option would look at all others.
    # Read as with scripts, a `<noscript>` is one text. Read as markup, an image in it ends the head
    # that it stands in, and an `<iframe/>` in it hides the rest of the page.
    return LexborHTMLParser(page, options=LexborDocumentOptions.WO_EVENTS, scripting=True)


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
