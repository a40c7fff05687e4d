"""Document -> what the page says about itself, as plain values, in few passes over the tree.

Nothing is judged here: values come out in document order, white space folded, otherwise as found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cleaners.dom import TEXT_TAG, Document, Node
from cleaners.places import Places, choose_headline
from cleaners.properties import OF_STORY, list_properties

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
_SPACES = re.compile(r"[^\S\u3000]+")

_TITLE = "headline"
# Elements with a date for machines: HTML's, and that of hAtom (microformats.org/wiki/hatom).
_STAMPS = frozenset({"time", "abbr"})
_NO_LINES = frozenset({"html", "body", "script", "style", "link", "meta", "input"})
# What they say is of a picture.
_CAPTIONED = frozenset({"figure", "figcaption", "picture"})

# One pass for all that stands in the body: querying costs by the selector and the node.
_BODY = "h1, time, [itemprop], abbr[title], [property][content]:not(meta)"
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
    """A `<time>` or a dated `<abbr>`: its date for machines, its text, class and itemprop.

    `after_heading` says whether the headline stands before it in the document, `is_beside` whether
    it stands where other stories, comments or today's date do.
    """

    datetime: str
    text: str
    label: str
    after_heading: bool
    is_beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A short visible element that may hold a byline or a date, with its class and id."""

    text: str
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says about itself.

    `metas` and `items` (microdata) map a lower-cased key to its values in document order.
    Values of other stories and of comments on the page are left out of `items`, `metas`, `bylines`
    and `datelines`. `datelines` and `near_heading` are filled only where nothing machine-readable
    gives a date or an author; datelines after the headline come first, and those above it only
    where they share a container with it. The latter holds short texts beside the first headings.
    `headline_links` counts links that are headings or hold one, as teasers do; `has_form` says
    whether a form asks for a written message.
    """

    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    jsonld: tuple[str, ...] = ()
    canonical: str = ""
    amphtml: str = ""
    feeds: tuple[str, ...] = ()
    title: str = ""
    language: str = ""
    direction: str = ""
    headings: tuple[str, ...] = ()
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
    title = _read_title(document)
    body = _read_body(document, title)
    metas = _read_metas(document, body)
    jsonld = _read_jsonld(document)
    canonical, amphtml, feeds = _read_links(document)
    root = _attributes(document.root)
    has_date = (
        any('"datePublished"' in text for text in jsonld)
        or "article:published_time" in metas
        or "datepublished" in body.items
    )
    has_author = any('"author"' in text for text in jsonld) or "author" in metas
    return Head(
        headline_links=len(document.css(_TEASER)),
        has_form=document.css_first("form textarea") is not None,
        metas=metas,
        items=body.items,
        jsonld=jsonld,
        canonical=canonical,
        amphtml=amphtml,
        feeds=feeds,
        title=title,
        language=root.get("lang") or root.get("xml:lang") or "",
        direction=(root.get("dir") or "").lower(),
        headings=body.headings,
        stamps=body.stamps,
        bylines=_read_bylines(document, body),
        datelines=() if has_date else _read_datelines(document, body),
        near_heading=() if has_date and has_author else _read_near_heading(document),
    )


def _attributes(node: Node | None) -> Mapping[str, str | None]:
    return node.attributes if node is not None else {}


def _fold(text: str | None) -> str:
    """Text with white space folded; the ideographic space is a sign of Japanese headlines."""
    return _SPACES.sub(" ", (text or "")[:_MAX_CONTENT]).strip()


def _read_text(node: Node, limit: int = _MAX_LINE) -> str:
    """The visible text of a node, or empty where it is longer than `limit` characters.

    It stops at the limit: reading the text of every container that looks like a byline would
    read a page many times over.
    """
    parts: list[str] = []
    size = 0
    is_hidden = False
    for count, inner in enumerate(node.traverse(include_text=True)):
        if inner.tag_id != TEXT_TAG:
            is_hidden = inner.tag in {"script", "style", "template"}
        elif not is_hidden:
            parts.append((inner.text_content or "").strip())
            size += len(parts[-1])
        if size > limit or count > _MAX_LINE_NODES:
            return ""
    return _fold(" ".join(parts))


def _gather(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Key -> its values in order, repeats left out."""
    gathered: dict[str, dict[str, None]] = {}
    for key, value in pairs:
        gathered.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in gathered.items()}


def _read_metas(document: Document, body: _Body) -> dict[str, tuple[str, ...]]:
    metas = []
    for node in document.css("meta"):
        attributes = node.attributes
        content = _fold(attributes.get("content"))
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = attributes.get(attribute)
            if key and not (
                attribute == "itemprop" and body.places.is_beside(node, is_property=True)
            ):
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


def _read_links(document: Document) -> tuple[str, str, tuple[str, ...]]:
    canonical = amphtml = ""
    feeds = []
    for node in document.css("link[rel][href]"):
        attributes = node.attributes
        href = (attributes.get("href") or "").strip()
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
    return canonical, amphtml, tuple(feeds)


def _read_title(document: Document) -> str:
    """The text of the first `<title>` that is not a drawing's."""
    for node in document.css("title")[:_MAX_NODES]:
        if node.parent is None or node.parent.tag not in {"svg", "symbol", "g"}:
            return _fold(node.text(deep=True))
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What stands in the body, and where it stands to the headline (`None` where there is none)."""

    headline: Node | None
    headings: tuple[str, ...]
    stamps: tuple[Stamp, ...]
    items: Mapping[str, tuple[str, ...]]
    places: Places


def _read_body(document: Document, title: str) -> _Body:
    nodes = document.css(_BODY)
    heads = [node for node in nodes if node.tag == "h1"][:_MAX_NODES]
    headings = [_read_text(node, _MAX_HEADING) for node in heads]
    headline = choose_headline(heads, headings, title)
    places = Places(headline)
    pairs = [(node, names) for node in nodes if (names := list_properties(node))]
    said = [(node, _item_value(node, node.attributes)) for node, names in pairs if _TITLE in names]
    places.judge_items(said, (title, *headings[:_MAX_HEADINGS]))
    items: list[tuple[str, str]] = []
    for node, names in pairs:
        if node.tag == "meta" or len(items) >= 4 * _MAX_NODES:
            continue
        if OF_STORY.isdisjoint(names) or not places.is_beside(node, is_property=True):
            value = _item_value(node, node.attributes)
            items.extend((name, value) for name in names if value)
    return _Body(
        headline=headline,
        headings=tuple(filter(None, headings)),
        stamps=_read_stamps(nodes, headline, places),
        items=_gather(items),
        places=places,
    )


def _read_stamps(nodes: Sequence[Node], headline: Node | None, places: Places) -> tuple[Stamp, ...]:
    stamps: list[Stamp] = []
    has_headline = False
    for node in nodes:
        tag = node.tag
        if tag == "h1":
            has_headline = has_headline or (headline is not None and headline.mem_id == node.mem_id)
        elif tag in _STAMPS and len(stamps) < _MAX_NODES:
            attributes = node.attributes
            moment = (attributes.get("datetime" if tag == "time" else "title") or "").strip()
            if tag == "abbr" and not moment[:1].isdigit():
                continue
            is_above = headline is not None and not has_headline
            stamps.append(
                Stamp(
                    datetime=moment,
                    text=_read_text(node),
                    label=_label(attributes),
                    after_heading=has_headline,
                    is_beside=places.is_beside(node)
                    or (is_above and not places.find(node).is_near),
                )
            )
    return tuple(stamps)


def _item_value(node: Node, attributes: Mapping[str, str | None]) -> str:
    """The value of a microdata property (HTML section 5.2.4), short texts only."""
    for attribute in ("content", "datetime", "title"):
        value = attributes.get(attribute) if attribute != "title" or node.tag == "abbr" else ""
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


def _read_bylines(document: Document, body: _Body) -> tuple[Line, ...]:
    return tuple(
        line
        for node in document.css(_BYLINE)[:_MAX_NODES]
        if (line := _read_line(node)) is not None
        and (body.places.find(node).in_story or not body.places.is_beside(node))
    )


def _read_datelines(document: Document, body: _Body) -> tuple[Line, ...]:
    """Lines that may hold the date, those after the headline first."""
    above: list[Node] = []
    after: list[Node] = []
    headline = body.headline.mem_id if body.headline is not None else 0
    nodes = above if headline else after
    for node in document.css(f"h1, {_DATELINE}"):
        if node.tag == "h1":
            nodes = after if node.mem_id == headline else nodes
            continue
        if len(nodes) >= _MAX_NODES or body.places.is_beside(node):
            continue
        if nodes is after or body.places.find(node).is_near:
            nodes.append(node)
    lines = (_read_line(node) for node in (*after, *above))
    return tuple(line for line in lines if line is not None)


def _read_line(node: Node) -> Line | None:
    if node.tag in _NO_LINES:
        return None
    text = _read_text(node)
    if not text:
        return None
    attributes = node.attributes
    return Line(text=text, label=_label(attributes), href=attributes.get("href") or "")


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
        text = _read_text(sibling) if sibling.tag not in _CAPTIONED else ""
        if text:
            yield text
        sibling = sibling.next


def _label(attributes: Mapping[str, str | None]) -> str:
    """The words of class, id, itemprop and rel, lower-cased, that say what an element is for."""
    words = (attributes.get(name) for name in ("itemprop", "rel", "class", "id"))
    return " ".join(word for word in words if word).lower()
