"""Document -> what the page says about itself, as plain values, in few passes over the tree.

Nothing is judged here: values come out in document order, white space folded, otherwise as found.
What stands around the headline is read when it is first asked for: most pages say it all in their
head.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from cleaners.about.authorlinks import AuthorLink, read_author_links
from cleaners.about.crumbs import Crumb, read_crumb, read_trail
from cleaners.about.markedboxes import MarkedBoxes, find_marked
from cleaners.about.places import Places, choose_headline
from cleaners.about.shortlines import (
    Line,
    read_above,
    read_before,
    read_byline_boxes,
    read_bylines,
    read_datelines,
    read_near_heading,
)
from cleaners.about.stamps import Stamp, read_stamps
from cleaners.document.addresses import find_base
from cleaners.document.headings import links_home, read_subheadings
from cleaners.document.properties import OF_STORY, list_properties
from cleaners.document.visible import fold_text, mend_entities, read_text
from cleaners.dom import Document, Element, Node, read_elements

# Characters of a heading, and headings whose words tell other stories from this one.
_MAX_HEADING, _MAX_HEADINGS = 500, 2
# Of a kind. Front pages hold hundreds of dates; the page's own is among the first.
_MAX_NODES = 60
# Lists of breadcrumbs that are asked, of which the first may hold none for narrow screens.
_MAX_TRAILS = 3
# Characters of JSON-LD read per page; beyond it stand comment threads and product lists.
_MAX_JSONLD = 2_000_000

_TITLE = "headline"

_LINKS = 'link[rel*="canonical" i][href], base[href]'
# One pass for all of it: going through the tree takes five times as long as most of the selectors.
_SAID = ", ".join(
    (
        'title, meta, script[type*="ld+json" i], h1, time, [itemprop], abbr[title]',
        "[property][content]",
        _LINKS,
    )
)
# Headings and links of other stories, by tag.
_TEASERS = {"a": ("h2", "h3", "h4"), **dict.fromkeys(("h2", "h3", "h4", "strong"), ("a",))}
_MAYBE_TEASER = "a[href] :is(h2, h3, h4, strong), :is(h2, h3, h4) a[href]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """Where the body's values stand: `headline` is None where there is none.

    `elements` are what the page says things with, `heads` the first headings of the first level.
    """

    document: Document | None = None
    elements: Sequence[Element] = ()
    heads: Sequence[Node] = ()
    headline: Node | None = None
    places: Places = field(default_factory=lambda: Places(None))

    def read_elements(self, selector: str) -> list[Element]:
        """The elements of a selector in document order, each once."""
        return [] if self.document is None else read_elements(self.document, selector)


@dataclass(frozen=True, kw_only=True)
class Head:
    """What a page says about itself.

    `metas` and `items` (microdata) map a lower-cased key to its values in document order.
    Values of other stories and of comments on the page are left out of `items`, `metas`, `bylines`
    and `datelines`. `base` is the `href` of `<base>`. `logos` are the `headings` that only link to
    the home page; `subheadings` is filled only where the document's title ends with a heading.
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
    body: _Body = field(default_factory=_Body, repr=False, compare=False)

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

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """The elements with a date for machines."""
        return read_stamps(self.body.elements, self.body.headline, self.body.places)

    @cached_property
    def bylines(self) -> tuple[Line, ...]:
        """What is called a byline."""
        return read_bylines(self._marked.bylines, self.body.places)

    @cached_property
    def byline_boxes(self) -> tuple[Line, ...]:
        """What an attribute for scripts calls so, or a name that is short.

        Empty where anything else names an author.
        """
        if self._has_author or self.bylines:
            return ()
        return read_byline_boxes(self.body.headline, self.body.places)

    @cached_property
    def author_links(self) -> tuple[AuthorLink, ...]:
        """Links under the headline to writers' pages, where no machine-readable author is."""
        if self._has_author:
            return ()
        return read_author_links(self.body.headline, self.body.places)

    @cached_property
    def datelines(self) -> tuple[Line, ...]:
        """What is called a date, where no machine-readable one is; after the headline come first.

        Those above it are there only where they share a container with it.
        """
        if self._has_date:
            return ()
        return read_datelines(self._marked.datelines, self.body.headline, self.body.places)

    @cached_property
    def near_heading(self) -> tuple[str, ...]:
        """Short texts beside the first headings; empty where machines read date and author."""
        is_told = self._has_date and self._has_author
        return () if is_told else read_near_heading(self.body.heads)

    @cached_property
    def before_heading(self) -> str:
        """The short text right before the headline, where no machine-readable date is."""
        return "" if self._has_date else read_before(self.body.headline)

    @cached_property
    def above_heading(self) -> tuple[str, ...]:
        """Those before it in the containers around it, where no machine-readable date is."""
        return () if self._has_date else read_above(self.body.headline, self.body.places)

    @cached_property
    def crumbs(self) -> tuple[Crumb, ...]:
        """The breadcrumbs of microdata and RDFa, else of a list called so.

        Empty where a section is given to machines.
        """
        if "article:section" in self.metas or self._names("BreadcrumbList"):
            return ()
        marked = (read_crumb(each.node, each.attributes) for each in self.body.elements)
        crumbs = tuple(filter(None, marked))[:_MAX_NODES]
        if crumbs:
            return crumbs
        return next(filter(None, map(read_trail, islice(self._marked.trails, _MAX_TRAILS))), ())

    @cached_property
    def headline_links(self) -> int:
        """How many links are headings or hold one, as teasers do."""
        return sum(map(_is_teaser, self.body.read_elements(_MAYBE_TEASER)))

    @cached_property
    def has_form(self) -> bool:
        """Whether a form asks for a written message."""
        return any(each.is_in("form") for each in self.body.read_elements("form textarea"))

    @cached_property
    def _has_date(self) -> bool:
        is_said = "article:published_time" in self.metas or "datepublished" in self.items
        return is_said or self._names("datePublished")

    @cached_property
    def _has_author(self) -> bool:
        return "author" in self.metas or self._names("author")

    @cached_property
    def _marked(self) -> MarkedBoxes:
        document = self.body.document
        if document is None:
            return MarkedBoxes()
        return find_marked(document, with_dates=not self._has_date)

    def _names(self, name: str) -> bool:
        """Whether JSON-LD has the name, as a key or a type."""
        return any(f'"{name}"' in text for text in self.jsonld)


def read_head(document: Document) -> Head:
    """What `document` says about itself."""
    elements = read_elements(document, _SAID)
    title = _read_title(elements)
    heads = [each.node for each in elements if each.tag == "h1"][:_MAX_NODES]
    headings = [read_text(node, _MAX_HEADING) for node in heads]
    headline = choose_headline(heads, headings, title)
    places = Places(headline)
    items = _read_items(elements, places, (title, *headings[:_MAX_HEADINGS]))
    links = _read_links(elements)
    is_last = any(
        title != heading and title.endswith(heading) for heading in filter(None, headings)
    )
    root = _attributes(document.root)
    return Head(
        metas=_read_metas(elements, places),
        items=items,
        jsonld=_read_jsonld(elements),
        canonical=links.canonical,
        base=links.base,
        title=title,
        language=root.get("lang") or root.get("xml:lang") or "",
        headings=tuple(filter(None, headings)),
        logos=tuple(
            text
            for node, text in zip(heads, headings, strict=True)
            if text and links_home(node, text, read_text)
        ),
        subheadings=read_subheadings(document, title, read_text) if is_last else (),
        body=_Body(
            document=document, elements=elements, heads=heads, headline=headline, places=places
        ),
    )


def read_base(document: Document, url: str) -> str:
    """What the links of the page are relative to, as an absolute address, or empty.

    `url` is the page's address, or empty.
    """
    links = _read_links(read_elements(document, _LINKS))
    return find_base(url=url, canonical=links.canonical, base=links.base)


def _is_teaser(element: Element) -> bool:
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


def _read_metas(elements: Sequence[Element], places: Places) -> dict[str, tuple[str, ...]]:
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
                attribute == "itemprop" and places.is_beside(element.node, is_property=True)
            ):
                metas.append((key.strip().lower(), content))
    return _gather(metas)


def _read_jsonld(elements: Sequence[Element]) -> tuple[str, ...]:
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


def _read_links(elements: Sequence[Element]) -> _Links:
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


def _read_title(elements: Sequence[Element]) -> str:
    """The text of the first `<title>` that is not a drawing's."""
    for node in [each.node for each in elements if each.tag == "title"][:_MAX_NODES]:
        if node.parent is None or node.parent.tag not in {"svg", "symbol", "g"}:
            return fold_text(node.text(deep=True))
    return ""


def _read_items(
    elements: Sequence[Element], places: Places, titles: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """What microdata and RDFa give, but for metas; `places` learn which items are other stories."""
    pairs = [
        (each, names) for each in elements if (names := list_properties(each.tag, each.attributes))
    ]
    said = [(each.node, _item_value(each)) for each, names in pairs if _TITLE in names]
    places.judge_items(said, titles)
    items: list[tuple[str, str]] = []
    for each, names in pairs:
        if each.tag == "meta" or len(items) >= 4 * _MAX_NODES:
            continue
        if OF_STORY.isdisjoint(names) or not places.is_beside(each.node, is_property=True):
            value = _item_value(each)
            items.extend((name, value) for name in names if value)
    return _gather(items)


def _item_value(element: Element) -> str:
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
