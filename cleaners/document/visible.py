"""Elements in, what they show and are called out, as folded lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from cleaners.dom import TEXT_TAG, Node

# Characters. A byline or date line is short; anything longer is an enclosing container.
_MAX_LINE = 200
# Of a title or a meta element; a description is the longest that is read.
_MAX_CONTENT = 5_000
# Nodes looked at for one line. Templates wrap a byline in a dozen elements.
_MAX_LINE_NODES = 200
# Elements in the lines of a byline.
_INLINE = frozenset(("a", "abbr", "b", "cite", "em", "i", "small", "span", "strong", "time"))
# Words of classes whose elements are read aloud and not shown, as themes and frameworks call them.
_UNSEEN = frozenset(
    ("screen-reader-text", "screen-reader-only", "sr-only", "visually-hidden", "visuallyhidden")
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,20}\d{0,2});", re.IGNORECASE)
# One at which a text was cut, and characters of what may be one without its end: "&#8221".
_CUT_ENTITY = re.compile(r"&#\d{0,6}(?=\s?(?:…|\.\.\.|\[|\Z))")
_WHOLE_ENTITY = 6
# Tags of an excerpt, by whether text stands apart on their sides; the last may be cut in two. What
# else stands in angle brackets may be what a text is about.
_OUTER_TAG, _INNER_TAG = (
    re.compile(rf"</?(?:{names})(?:\s*/?>|\s[^<>]*(?:>|\Z))", re.IGNORECASE)
    for names in (
        "p|br|hr|div|li|ul|ol|h[1-6]|img|figure|figcaption|blockquote|table|tr|td|th|section|article",
        "a|b|i|u|em|strong|span|font|small|sup|sub|mark|cite|abbr|time",
    )
)
# A link that software put right after the last word.
_LINK_IN_WORD = re.compile(r"(?<=\w)<a\s[^<>]*>(?=\w)", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\u3000]+")


def fold_text(text: str | None) -> str:
    """Text with white space folded; the ideographic space is a sign of Japanese headlines."""
    cut = (text or "")[:_MAX_CONTENT]
    # No white space is printable but a space, so in most texts there is nothing to fold.
    is_folded = cut.isprintable() and "  " not in cut
    return (cut if is_folded else _SPACES.sub(" ", cut)).strip()


def mend_entities(content: str) -> str:
    """A value whose entities were escaped twice, as it was meant."""
    return _ENTITY.sub(lambda found: unescape(found[0]), content) if "&" in content else content


def strip_markup(text: str) -> str:
    """A value that should be text, without the tags and entities of the HTML that it was made of.

    >>> strip_markup('<p>Fish &amp; chips</p><p>by the <b>sea</b>, 5 < 6. <a href="/x')
    'Fish & chips by the sea, 5 < 6.'
    """
    plain = mend_entities(text)
    if "<" in plain:
        plain = _INNER_TAG.sub("", _OUTER_TAG.sub(" ", _LINK_IN_WORD.sub(" ", plain)))
        plain = mend_entities(plain)
    if "&#" in plain:
        plain = _CUT_ENTITY.sub(_mend_cut, plain)
    return _SPACES.sub(" ", plain).strip()


def _mend_cut(entity: re.Match[str]) -> str:
    """The character of an entity whose end was cut off; nothing where digits were too."""
    return unescape(entity[0]) if len(entity[0]) >= _WHOLE_ENTITY else ""


def read_text(node: Node, limit: int = _MAX_LINE, *, with_bounds: bool = False) -> str:
    """The visible text of a node, or empty where it is longer than `limit` characters.

    It stops at the limit: reading the text of every container that looks like a byline would
    read a page many times over. `with_bounds` puts a `|` between texts in lines or elements of
    their own, and leaves out what is inside and for screen readers alone.
    """
    unseen: set[int] = set()
    parts: list[str] = []
    size = 0
    is_hidden = is_apart = False
    for count, inner in enumerate(node.traverse(include_text=True)):
        if unseen and _is_within(inner, unseen):
            continue
        if inner.tag_id != TEXT_TAG:
            if with_bounds and count and _is_unseen(inner):
                unseen.add(inner.mem_id)
                continue
            is_hidden = inner.tag in {"script", "style", "template"}
            is_apart = is_apart or (with_bounds and _is_apart_from_text(inner))
        elif not is_hidden:
            text = (inner.text_content or "").strip()
            if with_bounds and is_apart and parts and text:
                parts.append("|")
            is_apart = is_apart and not text
            parts.append(text)
            size += len(text)
        if size > limit or count > _MAX_LINE_NODES:
            return ""
    return fold_text(" ".join(parts))


def _is_unseen(node: Node) -> bool:
    return not _UNSEEN.isdisjoint((node.attributes.get("class") or "").split())


def _is_within(node: Node, outer: set[int]) -> bool:
    """Whether a node is a child of one of the nodes, which are then told of it too."""
    parent = node.parent
    if parent is None or parent.mem_id not in outer:
        return False
    outer.add(node.mem_id)
    return True


def _is_apart_from_text(node: Node) -> bool:
    """Whether what is inside stands apart from the text before.

    It does where it is no inline element, or no text is between it and the element before it.
    """
    before = node.prev
    return node.tag not in _INLINE or (before is not None and before.tag_id != TEXT_TAG)


def list_labels(attributes: Mapping[str, str | None]) -> str:
    """The words of class, id, itemprop and rel, lower-cased, that say what an element is for."""
    words = (attributes.get(name) for name in ("itemprop", "rel", "class", "id"))
    return " ".join(word for word in words if word).lower()
