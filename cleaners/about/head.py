"""Document -> what the page says about itself, as plain values, in few passes over the tree.

Nothing is judged here: values come out in document order, white space folded, otherwise as found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from cleaners.about.authorlinks import AuthorLink, read_author_links
from cleaners.about.crumbs import TRAILS, Crumb, is_trail, read_crumb, read_trail
from cleaners.about.places import Places, choose_headline
from cleaners.about.shortlines import (
    MAYBE_BYLINE,
    Line,
    is_byline,
    read_above,
    read_before,
    read_byline_boxes,
    read_bylines,
    read_datelines,
    read_near_heading,
)
from cleaners.document.addresses import find_base
from cleaners.document.headings import links_home, read_subheadings
from cleaners.document.properties import OF_STORY, list_properties
from cleaners.document.visible import fold_text, list_labels, mend_entities, read_text
from cleaners.dom import Document, Node

# Characters of a heading, and headings whose words tell other stories from this one.
_MAX_HEADING, _MAX_HEADINGS = 500, 2
# Of a kind. Front pages hold hundreds of dates; the page's own is among the first.
_MAX_NODES = 60
# Lists of breadcrumbs that are asked, of which the first may hold none for narrow screens.
_MAX_TRAILS = 3
# Elements around another that are asked what they are.
_MAX_AROUND = 40
# Characters of JSON-LD read per page; beyond it stand comment threads and product lists.
_MAX_JSONLD = 2_000_000

_TITLE = "headline"
# Elements with a date for machines: HTML's, and that of hAtom (microformats.org/wiki/hatom).
_STAMPS = frozenset({"time", "abbr"})

_LINKS = "link[rel][href], base[href]"
# Headings and links of other stories, by tag.
_TEASERS = {"a": ("h2", "h3", "h4"), **dict.fromkeys(("h2", "h3", "h4", "strong"), ("a",))}
# One pass for all of it: going through the tree takes five times as long as most of the selectors.
_SAID = ", ".join(
    (
        'title, meta, script[type*="ld+json" i], h1, time, [itemprop], abbr[title]',
        "[property][content], form textarea",
        _LINKS,
        "a[href] :is(h2, h3, h4, strong), :is(h2, h3, h4) a[href]",
        MAYBE_BYLINE,
        TRAILS,
    )
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
class Head:
    """What a page says about itself.

    `metas` and `items` (microdata) map a lower-cased key to its values in document order.
    Values of other stories and of comments on the page are left out of `items`, `metas`, `bylines`
    and `datelines`. `datelines` and `near_heading` are filled only where nothing machine-readable
    gives a date or an author; datelines after the headline come first, and those above it only
    where they share a container with it. The latter holds short texts beside the first headings,
    `before_heading` the one right before the headline, `above_heading` those before it in the
    containers around it, both where nothing machine-readable gives a date. `base` is the `href` of
    `<base>`. `logos` are the `headings` that only link to the home page; `subheadings` is filled
    only where the document's title ends with a heading. `crumbs` are the breadcrumbs of microdata
    and RDFa, else of a list called so, where nothing machine-readable gives a section. Where no
    author is given so, `author_links` is filled, and without `bylines` also `byline_boxes`: those
    that an attribute for scripts calls so, or a name that is short.
    `headline_links` counts links that are headings or hold one, as teasers do; `has_form` says
    whether a form asks for a written message.
    """

    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    jsonld: tuple[str, ...] = ()
    canonical: str = ""
    base: str = ""
    title: str = ""
    language: str = ""
    headings: tuple[str, ...] = ()
    logos: tuple[str, ...] = ()
    subheadings: tuple[str, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    bylines: tuple[Line, ...] = ()
    byline_boxes: tuple[Line, ...] = ()
    datelines: tuple[Line, ...] = ()
    near_heading: tuple[str, ...] = ()
    before_heading: str = ""
    above_heading: tuple[str, ...] = ()
    author_links: tuple[AuthorLink, ...] = ()
    crumbs: tuple[Crumb, ...] = ()
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
    elements = _read_elements(document, _SAID)
    title = _read_title(elements)
    body = _read_body(elements, title)
    metas = _read_metas(elements, body)
    jsonld = _read_jsonld(elements)
    links = _read_links(elements)
    is_last = any(title != heading and title.endswith(heading) for heading in body.headings)
    root = _attributes(document.root)
    has_date = (
        any('"datePublished"' in text for text in jsonld)
        or "article:published_time" in metas
        or "datepublished" in body.items
    )
    has_section = "article:section" in metas or any('"BreadcrumbList"' in text for text in jsonld)
    has_author = any('"author"' in text for text in jsonld) or "author" in metas
    bylines = read_bylines(
        [each.node for each in elements if is_byline(each.tag, each.attributes)], body.places
    )
    has_boxes = not (has_author or bylines)
    return Head(
        headline_links=sum(map(_is_teaser, elements)),
        has_form=any(each.tag == "textarea" and each.is_in("form") for each in elements),
        metas=metas,
        items=body.items,
        crumbs=() if has_section else _read_crumbs(elements),
        jsonld=jsonld,
        canonical=links.canonical,
        base=links.base,
        title=title,
        language=root.get("lang") or root.get("xml:lang") or "",
        headings=body.headings,
        logos=body.logos,
        subheadings=read_subheadings(document, title, read_text) if is_last else (),
        stamps=body.stamps,
        bylines=bylines,
        byline_boxes=read_byline_boxes(body.headline, body.places) if has_boxes else (),
        datelines=() if has_date else read_datelines(document, body.headline, body.places),
        author_links=() if has_author else read_author_links(body.headline, body.places),
        before_heading="" if has_date else read_before(body.headline),
        above_heading=() if has_date else read_above(body.headline, body.places),
        near_heading=() if has_date and has_author else read_near_heading(body.heads),
    )


def read_base(document: Document, url: str) -> str:
    """What the links of the page are relative to, as an absolute address, or empty.

    `url` is the page's address, or empty.
    """
    links = _read_links(_read_elements(document, _LINKS))
    return find_base(url=url, canonical=links.canonical, base=links.base)


@dataclass(frozen=True, slots=True)
class _Element:
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


def _read_elements(document: Document, selector: str) -> list[_Element]:
    """The elements of a selector in document order, each once."""
    # lexbor finds an element once for each part of the selector.
    nodes = {node.mem_id: node for node in document.css(selector)}
    return [_Element(node, node.tag or "", node.attributes) for node in nodes.values()]


def _is_teaser(element: _Element) -> bool:
    """Whether it is a link that is a heading, or the heading that a link holds."""
    around = _TEASERS.get(element.tag)
    if around is None or (element.tag == "a" and "href" not in element.attributes):
        return False
    return element.is_in(*around)


def _attributes(node: Node | None) -> Mapping[str, str | None]:
    return node.attributes if node is not None else {}


def _gather(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Key -> its values in order, repeats left out."""
    gathered: dict[str, dict[str, None]] = {}
    for key, value in pairs:
        gathered.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in gathered.items()}


def _read_metas(elements: Sequence[_Element], body: _Body) -> dict[str, tuple[str, ...]]:
    metas = []
    for element in elements:
        if element.tag != "meta":
            continue
        attributes = element.attributes
        content = mend_entities(fold_text(attributes.get("content")))
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = attributes.get(attribute)
            if key and not (
                attribute == "itemprop" and body.places.is_beside(element.node, is_property=True)
            ):
                metas.append((key.strip().lower(), content))
    return _gather(metas)


def _read_crumbs(elements: Sequence[_Element]) -> tuple[Crumb, ...]:
    crumbs = (read_crumb(each.node, each.attributes) for each in elements)
    marked = tuple(filter(None, crumbs))[:_MAX_NODES]
    if marked:
        return marked
    trails = (each.node for each in elements if is_trail(each.tag, each.attributes))
    return next(filter(None, map(read_trail, islice(trails, _MAX_TRAILS))), ())


def _read_jsonld(elements: Sequence[_Element]) -> tuple[str, ...]:
    texts = []
    room = _MAX_JSONLD
    for element in elements:
        kind = element.attributes.get("type") or ""
        if element.tag != "script" or "ld+json" not in kind.lower():
            continue
        text = element.node.text(deep=True).strip()
        room -= len(text)
        if text and room >= 0:
            texts.append(text)
    return tuple(texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Links:
    """What the page links to in its head, as written."""

    base: str
    canonical: str


def _read_links(elements: Sequence[_Element]) -> _Links:
    base = canonical = ""
    for element in elements:
        if element.tag not in {"base", "link"}:
            continue
        href = (element.attributes.get("href") or "").strip()
        if element.tag == "base":
            base = base or href
        elif "canonical" in (element.attributes.get("rel") or "").lower().split():
            canonical = canonical or href
    return _Links(base=base, canonical=canonical)


def _read_title(elements: Sequence[_Element]) -> str:
    """The text of the first `<title>` that is not a drawing's."""
    for node in [each.node for each in elements if each.tag == "title"][:_MAX_NODES]:
        if node.parent is None or node.parent.tag not in {"svg", "symbol", "g"}:
            return fold_text(node.text(deep=True))
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What stands in the body, and where it stands to the headline (`None` where there is none).

    `heads` are the first headings of the first level.
    """

    heads: Sequence[Node]
    headline: Node | None
    headings: tuple[str, ...]
    logos: tuple[str, ...]
    stamps: tuple[Stamp, ...]
    items: Mapping[str, tuple[str, ...]]
    places: Places


def _read_body(elements: Sequence[_Element], title: str) -> _Body:
    heads = [each.node for each in elements if each.tag == "h1"][:_MAX_NODES]
    headings = [read_text(node, _MAX_HEADING) for node in heads]
    headline = choose_headline(heads, headings, title)
    places = Places(headline)
    pairs = [
        (each, names) for each in elements if (names := list_properties(each.tag, each.attributes))
    ]
    said = [(each.node, _item_value(each)) for each, names in pairs if _TITLE in names]
    places.judge_items(said, (title, *headings[:_MAX_HEADINGS]))
    items: list[tuple[str, str]] = []
    for each, names in pairs:
        if each.tag == "meta" or len(items) >= 4 * _MAX_NODES:
            continue
        if OF_STORY.isdisjoint(names) or not places.is_beside(each.node, is_property=True):
            value = _item_value(each)
            items.extend((name, value) for name in names if value)
    return _Body(
        heads=heads,
        headline=headline,
        headings=tuple(filter(None, headings)),
        logos=tuple(
            text
            for node, text in zip(heads, headings, strict=True)
            if text and links_home(node, text, read_text)
        ),
        stamps=_read_stamps(elements, headline, places),
        items=_gather(items),
        places=places,
    )


def _read_stamps(
    elements: Sequence[_Element], headline: Node | None, places: Places
) -> tuple[Stamp, ...]:
    stamps: list[Stamp] = []
    has_headline = False
    for each in elements:
        node, tag = each.node, each.tag
        if tag == "h1":
            has_headline = has_headline or (headline is not None and headline.mem_id == node.mem_id)
        elif tag in _STAMPS and len(stamps) < _MAX_NODES:
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


def _item_value(element: _Element) -> str:
    """The value of a microdata property (HTML section 5.2.4), short texts only."""
    node, attributes = element.node, element.attributes
    for attribute in ("content", "datetime", "title"):
        value = attributes.get(attribute) if attribute != "title" or element.tag == "abbr" else ""
        if value:
            return fold_text(value)
    if "itemscope" in attributes:
        name = node.css_first('[itemprop~="name"]')
        if name is None:
            return ""
        node = name
        if node.attributes.get("content"):
            return fold_text(node.attributes.get("content"))
    return read_text(node)
