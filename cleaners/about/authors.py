"""The authors of a page, from the first source that names any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, filterfalse, islice, takewhile
from typing import Any

from cleaners.about.agencies import is_newsroom
from cleaners.about.authorlinks import find_linked
from cleaners.about.bylines import fold_words, list_conjunctions, load_byline_words
from cleaners.about.head import Head
from cleaners.about.leads import ends_shortened, read_dispatch
from cleaners.about.namelines import cut_date, find_dated, find_posted
from cleaners.about.names import has_lead, names_only, read_names, strip_date
from cleaners.about.shortlines import Line
from cleaners.document.jsonld import Graph, Node, list_of, text_of
from cleaners.words.fold import fold_letters

_METAS = (
    "author", "article:author", "og:article:author", "article:author_name", "parsely-author",
    "sailthru.author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "byline",
    "cxenseparse:author", "citation_author", "authors", "creator", "rbauthors",
    "content-author", "article.author", "xblog:author",
)  # fmt: skip
_MAX_BYLINE_CHARS = 120
# Byline elements that are asked: the first may hold what stands before the date.
_MAX_LINES = 2
# Pairs of what a page labels for cards: blog software names the writer there, and the reading time.
_LABELLED = tuple((f"twitter:label{n}", f"twitter:data{n}") for n in (1, 2, 3, 4))
# Class words of elements that name other people than the story's author.
# (a `vcard` or `h-card` is how microformats mark a person, microformats.org/wiki/h-card).
_OTHERS = re.compile(
    r"comment|quote|related|teaser|(?<!v)(?<!h-)card|recommend|sidebar|caption|photo|reply"
)


def find_authors(
    head: Head,
    graph: Graph,
    article: Node,
    *,
    site_names: Sequence[str] = (),
    text_lines: Sequence[str] = (),
    language: str = "",
    host: str = "",
) -> tuple[str, ...]:
    """The names in the byline, in order; empty where the page names nobody.

    `site_names` are names of the site, what it calls itself first: where a source names only those
    and newsrooms, one after it that names somebody is preferred, and beside a person that first one
    and the site's host are left out. `host` is the page's.
    """
    sites = {fold_letters(name) for name in site_names if name}
    houses = {
        fold_letters(part)
        for name in site_names
        if "." in name
        for part in (name, name.rpartition(".")[0])
    }
    houses.update(map(fold_letters, filter(None, site_names[:1])))

    def is_house(name: str) -> bool:
        return _is_site(name, sites) or is_newsroom(name)

    fallback: tuple[str, ...] = ()
    for values in _sources(head, graph, article, text_lines, language=language, host=host):
        names = read_names(values, language=language, is_house=is_house)
        if _names_somebody(names, is_house, sites):
            people = (name for name in names if fold_letters(name) not in houses)
            return tuple(dict.fromkeys(_cut_site(name, site_names) for name in people))
        fallback = fallback or names
    return fallback or _find_dated(head, text_lines, language)


def _find_dated(head: Head, text_lines: Sequence[str], language: str) -> tuple[str, ...]:
    """Who stands before the date right under the headline, where nothing else names anybody."""
    sources = (find_dated(lines, language=language) for lines in (head.near_heading, text_lines))
    names = map(_cut_place, chain.from_iterable(sources))
    return read_names(islice(names, 1), language=language)


def _cut_site(name: str, site_names: Sequence[str]) -> str:
    """A name without that of the site after it, a dash between or two words at least before it.

    A site of one word may be called by the last name of who writes it.
    """
    for site in filter(None, site_names):
        before, sign, after = name.rpartition(site)
        bare = before.rstrip(" -–—")
        if not sign or after or not bare or not before[-1].isspace():
            continue
        has_dash = bare != before.rstrip()
        if has_dash or (" " in site and " " in bare):
            return bare
    return name


def _is_site(name: str, sites: set[str]) -> bool:
    squeezed = fold_letters(name)
    return any(squeezed == site or (len(site) > 2 and squeezed.startswith(site)) for site in sites)


def _names_somebody(names: Sequence[str], is_house: Callable[[str], bool], sites: set[str]) -> bool:
    """Whether a name is not the house's; portals name themselves beside the paper it is of."""
    told = list(filterfalse(is_house, names))
    is_houses = len(told) < len(names) and all(_is_portal(name, sites) for name in told)
    return bool(told) and not is_houses


def _is_portal(name: str, sites: set[str]) -> bool:
    """Whether sites are called so, and what they are: "네이버뉴스"."""
    squeezed = fold_letters(name)
    ends = load_byline_words().desks
    return any(site.startswith(squeezed) and site.endswith(ends) for site in sites)


def _sources(
    head: Head, graph: Graph, article: Node, text_lines: Sequence[str], *, language: str, host: str
) -> Iterator[Sequence[str]]:
    yield _jsonld_authors(graph, article)
    for key in _METAS:
        yield [_cut_place(value) if has_lead(value) else value for value in head.meta_all(key)]
    yield head.item_all("author")
    yield head.item_all("creator")
    yield from _visible_authors(head.bylines)
    yield list(_labelled_authors(head))
    near = (_end_at_block(line, text_lines, language) for line in head.near_heading)
    is_byline = partial(_is_byline, language=language)
    for lines in (near, text_lines):
        short = (cut_date(line) or line for line in lines if len(line) <= _MAX_BYLINE_CHARS)
        bare = (strip_date(line, language=language) for line in short)
        yield [_cut_place(line) for line in islice(filter(is_byline, bare), 1)]
    yield from _visible_authors(head.byline_boxes)
    yield find_linked(head.author_links, host)
    yield list(islice(find_posted(text_lines), 1))
    yield list(islice(filter(None, map(read_dispatch, text_lines)), 1))


def _jsonld_authors(graph: Graph, article: Node) -> list[str]:
    names = []
    for value in list_of(article.get("author")) or list_of(article.get("creator")):
        names.extend(_author_names(value, graph))
    return names


def _author_names(value: Any, graph: Graph) -> list[str]:
    value = graph.resolve(value)
    if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
        value = graph.find(value["@id"])
        if not value.get("name"):
            return []
    if isinstance(value, dict):
        names = [text_of(name) for name in list_of(value.get("name"))]
    else:
        names = [text_of(value)]
    return [_cut_place(name) if has_lead(name) else name for name in names]


def _labelled_authors(head: Head) -> Iterator[str]:
    """What a label for the writer stands before; no names of accounts in small letters."""
    for label, data in _LABELLED:
        if label in head.metas and fold_words(head.meta(label)) in load_byline_words().labels:
            named = head.meta(data)
            if not named.islower():
                yield named


def _end_at_block(line: str, blocks: Sequence[str], language: str) -> str:
    """A line without what stands in other blocks than the byline that it begins with.

    A name that a conjunction joins to that byline is of it.
    """
    begun = (block for block in blocks if line.startswith(f"{block} "))
    byline = next((block for block in begun if _is_byline(block, language)), line)
    rest = line.removeprefix(byline).split()
    return line if rest and rest[0].lower() in {"&", *list_conjunctions()} else byline


def _visible_authors(lines: Sequence[Line]) -> Iterator[Sequence[str]]:
    """The byline elements, most telling first: marked `rel=author`, led in by a word, any.

    Links to authors that stand side by side are one byline.
    """
    bylines = [
        line
        for line in lines
        if len(line.text) <= _MAX_BYLINE_CHARS and not _OTHERS.search(line.label)
    ]
    plain = [line for line in bylines if not any(char.isdigit() for char in line.text)]
    related = [line for line in plain if "author" in line.label.split()[:1]]
    if related:
        beside = takewhile(lambda line: line.is_beside, related[1:])
        yield [_cut_place(line.text) for line in (related[0], *beside)]
        return
    for line in ([line for line in bylines if has_lead(line.text)] or plain or bylines)[
        :_MAX_LINES
    ]:
        yield [_cut_place(line.text)]


def _cut_place(byline: str) -> str:
    """A byline without the place or newsroom after the only name: "By Jane Doe, Oslo"."""
    name, comma, place = byline.partition(",")
    is_place = len(place.split()) == 1 or place.isupper()
    return name if comma and is_place and len(name.split()) > 1 else byline


def _is_byline(line: str, language: str) -> bool:
    """Whether a line that nothing marks is a byline, and not a sentence that begins as one does."""
    line = line.rstrip()
    if not has_lead(line, language=language):
        return False
    return (not line.endswith(".") or ends_shortened(line)) and names_only(line)
