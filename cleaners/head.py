"""Document -> what the page says about itself, as plain values, in few passes over the tree.

Nothing is judged here: values come out in document order, white space folded, otherwise as found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cleaners.addresses import find_base
from cleaners.dom import Document, Node
from cleaners.headings import links_home, read_subheadings
from cleaners.places import Places, choose_headline
from cleaners.properties import OF_STORY, list_properties
from cleaners.shortlines import Line, read_bylines, read_datelines, read_near_heading
from cleaners.visible import fold_text, list_labels, mend_entities, read_text

# Characters of a heading, and headings whose words tell other stories from this one.
_MAX_HEADING, _MAX_HEADINGS = 500, 2
# Per selector. Front pages hold hundreds of dates; the page's own is among the first.
_MAX_NODES = 60
# Characters of JSON-LD read per page; beyond it stand comment threads and product lists.
_MAX_JSONLD = 2_000_000

_TITLE = "headline"
# Elements with a date for machines: HTML's, and that of hAtom (microformats.org/wiki/hatom).
_STAMPS = frozenset({"time", "abbr"})

# One pass for all that stands in the body: querying costs by the selector and the node.
_BODY = "h1, time, [itemprop], abbr[title], [property][content]:not(meta)"
_TEASER = "a[href] h2, a[href] h3, a[href] h4, a[href] strong, h2 a[href], h3 a[href], h4 a[href]"


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
    where they share a container with it. The latter holds short texts beside the first headings.
    `base` is the `href` of `<base>`. `logos` are the `headings` that only link to the home page;
    `subheadings` is filled only where the document's title ends with a heading.
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
    links = _read_links(document)
    is_last = any(title != heading and title.endswith(heading) for heading in body.headings)
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
        canonical=links.canonical,
        base=links.base,
        title=title,
        language=root.get("lang") or root.get("xml:lang") or "",
        headings=body.headings,
        logos=body.logos,
        subheadings=read_subheadings(document, title, read_text) if is_last else (),
        stamps=body.stamps,
        bylines=read_bylines(document, body.places),
        datelines=() if has_date else read_datelines(document, body.headline, body.places),
        near_heading=() if has_date and has_author else read_near_heading(document),
    )


def read_base(document: Document, url: str) -> str:
    """What the links of the page are relative to, as an absolute address, or empty.

    `url` is the page's address, or empty.
    """
    links = _read_links(document)
    return find_base(url=url, canonical=links.canonical, base=links.base)


def _attributes(node: Node | None) -> Mapping[str, str | None]:
    return node.attributes if node is not None else {}


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
        content = mend_entities(fold_text(attributes.get("content")))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Links:
    """What the page links to in its head, as written."""

    base: str
    canonical: str


def _read_links(document: Document) -> _Links:
    base = canonical = ""
    for node in document.css("link[rel][href], base[href]"):
        attributes = node.attributes
        href = (attributes.get("href") or "").strip()
        if node.tag == "base":
            base = base or href
            continue
        rel = (attributes.get("rel") or "").lower().split()
        if "canonical" in rel:
            canonical = canonical or href
    return _Links(base=base, canonical=canonical)


def _read_title(document: Document) -> str:
    """The text of the first `<title>` that is not a drawing's."""
    for node in document.css("title")[:_MAX_NODES]:
        if node.parent is None or node.parent.tag not in {"svg", "symbol", "g"}:
            return fold_text(node.text(deep=True))
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What stands in the body, and where it stands to the headline (`None` where there is none)."""

    headline: Node | None
    headings: tuple[str, ...]
    logos: tuple[str, ...]
    stamps: tuple[Stamp, ...]
    items: Mapping[str, tuple[str, ...]]
    places: Places


def _read_body(document: Document, title: str) -> _Body:
    nodes = document.css(_BODY)
    heads = [node for node in nodes if node.tag == "h1"][:_MAX_NODES]
    headings = [read_text(node, _MAX_HEADING) for node in heads]
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
        logos=tuple(
            text
            for node, text in zip(heads, headings, strict=True)
            if text and links_home(node, text, read_text)
        ),
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
                    text=read_text(node),
                    label=list_labels(attributes),
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
            return fold_text(value)
    if "itemscope" in attributes:
        name = node.css_first('[itemprop~="name"]')
        if name is None:
            return ""
        node = name
        if node.attributes.get("content"):
            return fold_text(node.attributes.get("content"))
    return read_text(node)
