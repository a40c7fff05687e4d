"""Document -> what the page says about itself, as plain values, in few passes over the tree.

Nothing is judged here: values come out in document order, white space folded, otherwise as found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from cleaners.addresses import find_base
from cleaners.dom import TEXT_TAG, Document, Node
from cleaners.headings import links_home, read_subheadings
from cleaners.neighbours import is_apart_from_text, is_in_comments

# Characters. A byline or date line is short; anything longer is an enclosing container.
_MAX_LINE = 200
_MAX_HEADING = 500
# Of a title or a meta element; a description is the longest that is read.
_MAX_CONTENT = 5_000
# Nodes looked at for one line. Templates wrap a byline in a dozen elements.
_MAX_LINE_NODES = 200
# Per selector. Front pages hold hundreds of dates; the page's own is among the first.
_MAX_NODES = 60
# How far around a heading byline and date are looked for.
_MAX_HEADINGS, _MAX_ANCESTORS, _MAX_SIBLINGS = 2, 3, 4
# Characters of JSON-LD read per page; beyond it stand comment threads and product lists.
_MAX_JSONLD = 2_000_000
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,20}\d{0,2});", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\u3000]+")

# One pass for all that stands in the body: querying costs by the selector and the node.
_BODY = "h1, time, [itemprop]"
_TEASER = "a[href] h2, a[href] h3, a[href] h4, a[href] strong, h2 a[href], h3 a[href], h4 a[href]"
_BYLINE = (
    '[rel~="author"], [class*="author" i], [class*="byline" i], [data-testid*="author" i], '
    '[id*="author" i], [class*="autor" i], [class*="auteur" i]'
)
_DATELINE = (
    '[class*="date" i], [class*="time" i], [class*="publish" i], [class*="datum" i], '
    '[class*="fecha" i], [id*="date" i], [class*="meta" i], [class*="posted" i], '
    '[class*="data" i]'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A `<time>` element: its `datetime` attribute, its text, class and itemprop.

    `after_heading` says whether a `<h1>` stands before it in the document.
    """

    datetime: str
    text: str
    label: str
    after_heading: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A short visible element that may hold a byline or a date, with its class and id.

    In a byline, `|` parts what stands in lines or elements of their own. `is_beside` says that it
    stands in the same element as the byline before it.
    """

    text: str
    label: str
    href: str = ""
    is_beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says about itself.

    `metas` and `items` (microdata) map a lower-cased key to its values in document order.
    `base` is the `href` of `<base>`. `logos` are the `headings` that only link to the home page;
    `subheadings` is filled only where the document's title ends with a heading.
    `datelines` and `near_heading` are filled only where nothing machine-readable gives a date or
    an author; the latter holds short texts beside the first headings.
    `headline_links` counts links that are headings or hold one, as teasers do; `has_form` says
    whether a form asks for a written message.
    """

    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    jsonld: tuple[str, ...] = ()
    canonical: str = ""
    base: str = ""
    amphtml: str = ""
    feeds: tuple[str, ...] = ()
    title: str = ""
    language: str = ""
    direction: str = ""
    headings: tuple[str, ...] = ()
    logos: tuple[str, ...] = ()
    subheadings: tuple[str, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    bylines: tuple[Line, ...] = ()
    datelines: tuple[Line, ...] = ()
    near_heading: tuple[str, ...] = ()
    headline_links: int = 0
    has_form: bool = False

    def meta(self, *keys: str) -> str:
        """The first value of the first of `keys` (lower case) that has one, or empty."""
        for key in keys:
            values = self.metas.get(key)
            if values:
                return values[0]
        return ""

    def meta_all(self, key: str) -> tuple[str, ...]:
        """All values of `key` (lower case), in document order, without repeats."""
        return self.metas.get(key, ())

    def item_all(self, name: str) -> tuple[str, ...]:
        """All microdata values of a property, in document order, without repeats."""
        return self.items.get(name, ())


def read_head(document: Document) -> Head:
    """What `document` says about itself."""
    metas = _read_metas(document)
    jsonld = _read_jsonld(document)
    links = _read_links(document)
    logos: list[str] = []
    headings, stamps, items = _read_body(document, logos)
    title = _read_title(document)
    is_last = any(title != heading and title.endswith(heading) for heading in headings)
    root = _attributes(document.root)
    has_date = (
        any('"datePublished"' in text for text in jsonld)
        or "article:published_time" in metas
        or "datepublished" in items
    )
    has_author = any('"author"' in text for text in jsonld) or "author" in metas
    return Head(
        headline_links=len(document.css(_TEASER)),
        has_form=document.css_first("form textarea") is not None,
        metas=metas,
        items=items,
        jsonld=jsonld,
        canonical=links.canonical,
        base=links.base,
        amphtml=links.amphtml,
        feeds=links.feeds,
        title=title,
        language=root.get("lang") or root.get("xml:lang") or "",
        direction=(root.get("dir") or "").lower(),
        headings=headings,
        logos=tuple(logos),
        subheadings=read_subheadings(document, title, _read_text) if is_last else (),
        stamps=stamps,
        bylines=_read_lines(document, _BYLINE, with_bounds=True),
        datelines=() if has_date else _read_lines(document, _DATELINE),
        near_heading=() if has_date and has_author else _read_near_heading(document),
    )


def read_base(document: Document, url: str) -> str:
    """What the links of the page are relative to, as an absolute address, or empty.

    `url` is the page's address, or empty.
    """
    links = _read_links(document)
    return find_base(url=url, canonical=links.canonical, base=links.base)


def _attributes(node: Node | None) -> Mapping[str, str | None]:
    return node.attributes if node is not None else {}


def _fold(text: str | None) -> str:
    """Text with white space folded; the ideographic space is a sign of Japanese headlines."""
    return _SPACES.sub(" ", (text or "")[:_MAX_CONTENT]).strip()


def _mend(content: str) -> str:
    """A value whose entities were escaped twice, as it was meant."""
    return _ENTITY.sub(lambda found: unescape(found[0]), content) if "&" in content else content


def _read_text(node: Node, limit: int = _MAX_LINE, *, with_bounds: bool = False) -> str:
    """The visible text of a node, or empty where it is longer than `limit` characters.

    It stops at the limit: reading the text of every container that looks like a byline would
    read a page many times over. `with_bounds` puts a `|` between texts in lines or elements of
    their own.
    """
    parts: list[str] = []
    size = 0
    is_hidden = is_apart = False
    for count, inner in enumerate(node.traverse(include_text=True)):
        if inner.tag_id != TEXT_TAG:
            is_hidden = inner.tag in {"script", "style", "template"}
            is_apart = is_apart or (with_bounds and is_apart_from_text(inner))
        elif not is_hidden:
            text = (inner.text_content or "").strip()
            if with_bounds and is_apart and parts and text:
                parts.append("|")
            is_apart = is_apart and not text
            parts.append(text)
            size += len(text)
        if size > limit or count > _MAX_LINE_NODES:
            return ""
    return _fold(" ".join(parts))


def _gather(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Key -> its values in order, repeats left out."""
    gathered: dict[str, dict[str, None]] = {}
    for key, value in pairs:
        gathered.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in gathered.items()}


def _read_metas(document: Document) -> dict[str, tuple[str, ...]]:
    metas = []
    for node in document.css("meta"):
        attributes = node.attributes
        content = _mend(_fold(attributes.get("content")))
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = attributes.get(attribute)
            if key:
                metas.append((key.strip().lower(), content))
    return _gather(metas)


def _read_jsonld(document: Document) -> tuple[str, ...]:
    texts = []
    room = _MAX_JSONLD
    for node in document.css('script[type*="ld+json" i]'):
        text = node.text(deep=True).strip()
        room -= len(text)
        if text and room >= 0:
            texts.append(text)
    return tuple(texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Links:
    """What the page links to in its head, as written."""

    base: str
    canonical: str
    amphtml: str
    feeds: tuple[str, ...]


def _read_links(document: Document) -> _Links:
    base = canonical = amphtml = ""
    feeds = []
    for node in document.css("link[rel][href], base[href]"):
        attributes = node.attributes
        href = (attributes.get("href") or "").strip()
        if node.tag == "base":
            base = base or href
            continue
        rel = (attributes.get("rel") or "").lower().split()
        if "canonical" in rel:
            canonical = canonical or href
        elif "amphtml" in rel:
            amphtml = amphtml or href
        elif "alternate" in rel and (attributes.get("type") or "").lower() in {
            "application/rss+xml",
            "application/atom+xml",
            "application/feed+json",
        }:
            feeds.append(href)
    return _Links(base=base, canonical=canonical, amphtml=amphtml, feeds=tuple(feeds))


def _read_title(document: Document) -> str:
    """The text of the first `<title>` that is not a drawing's."""
    for node in document.css("title")[:_MAX_NODES]:
        if node.parent is None or node.parent.tag not in {"svg", "symbol", "g"}:
            return _fold(node.text(deep=True))
    return ""


def _read_body(
    document: Document, logos: list[str]
) -> tuple[tuple[str, ...], tuple[Stamp, ...], dict[str, tuple[str, ...]]]:
    headings: list[str] = []
    stamps: list[Stamp] = []
    items: list[tuple[str, str]] = []
    for node in document.css(_BODY):
        tag = node.tag
        attributes = node.attributes
        if tag == "h1":
            if len(headings) < _MAX_NODES:
                headings.append(text := _read_text(node, _MAX_HEADING))
                if text and links_home(node, text, _read_text):
                    logos.append(text)
        elif tag == "time" and len(stamps) < _MAX_NODES:
            stamps.append(
                Stamp(
                    datetime=(attributes.get("datetime") or "").strip(),
                    text=_read_text(node),
                    label=_label(attributes),
                    after_heading=bool(headings),
                )
            )
        names = (attributes.get("itemprop") or "").lower().split()
        if names and tag != "meta" and len(items) < 4 * _MAX_NODES:
            value = _item_value(node, attributes)
            items.extend((name, value) for name in names if value)
    return tuple(filter(None, headings)), tuple(stamps), _gather(items)


def _item_value(node: Node, attributes: Mapping[str, str | None]) -> str:
    """The value of a microdata property (HTML section 5.2.4), short texts only."""
    for attribute in ("content", "datetime"):
        value = attributes.get(attribute)
        if value:
            return _fold(value)
    if "itemscope" in attributes:
        name = node.css_first('[itemprop~="name"]')
        if name is None:
            return ""
        node = name
        if node.attributes.get("content"):
            return _fold(node.attributes.get("content"))
    return _read_text(node)


def _read_lines(
    document: Document, selector: str, *, with_bounds: bool = False
) -> tuple[Line, ...]:
    lines = []
    home = -1
    for node in document.css(selector)[:_MAX_NODES]:
        if node.tag in {"html", "body", "script", "style", "link", "meta", "input"}:
            continue
        text = _read_text(node, with_bounds=with_bounds)
        if not text:
            continue
        attributes = node.attributes
        label = _label(attributes)
        if "card" in label and is_in_comments(node):
            continue
        parent = node.parent.mem_id if node.parent is not None else -1
        href = attributes.get("href") or ""
        lines.append(Line(text=text, label=label, href=href, is_beside=parent == home))
        home = parent
    return tuple(lines)


def _read_near_heading(document: Document) -> tuple[str, ...]:
    """Short texts that follow the first headings, or an element that holds one, nearest first."""
    lines: dict[str, None] = {}
    for heading in document.css("h1")[:_MAX_HEADINGS]:
        node: Node | None = heading
        for _ in range(_MAX_ANCESTORS):
            if node is None or node.tag in {"body", "html"}:
                break
            for text in _texts_after(node):
                lines.setdefault(text)
            node = node.parent
    return tuple(lines)


def _texts_after(node: Node) -> Iterator[str]:
    sibling = node.next
    for _ in range(2 * _MAX_SIBLINGS):
        if sibling is None:
            return
        text = _read_text(sibling)
        if text:
            yield text
        sibling = sibling.next


def _label(attributes: Mapping[str, str | None]) -> str:
    """The words of class, id, itemprop and rel, lower-cased, that say what an element is for."""
    words = (attributes.get(name) for name in ("itemprop", "rel", "class", "id"))
    return " ".join(word for word in words if word).lower()
