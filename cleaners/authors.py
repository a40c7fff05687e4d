"""The authors of a page, from the first source that names any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cleaners.head import Head
from cleaners.jsonld import Graph, Node, list_of, text_of
from cleaners.names import has_lead, read_names

_METAS = (
    "author", "article:author", "og:article:author", "article:author_name", "parsely-author",
    "sailthru.author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "byline",
    "cxenseparse:author", "citation_author", "authors", "creator", "rbauthors",
    "content-author", "article.author", "xblog:author",
)  # fmt: skip
_MAX_BYLINE_CHARS = 120


# Class words of elements that name other people than the story's author.
_OTHERS = re.compile(r"comment|quote|related|teaser|card|recommend|sidebar|caption|photo|reply")


def find_authors(
    head: Head,
    graph: Graph,
    article: Node,
    *,
    site_names: Sequence[str] = (),
    text_lines: Sequence[str] = (),
) -> tuple[str, ...]:
    """The names in the byline, in order; empty where the page names nobody.

    `site_names` are names of the site: where the page's data name only those, a visible byline
    that names somebody is preferred, and beside a person its host is left out.
    """
    sites = {_squeeze(name) for name in site_names if name}
    hosts = {
        _squeeze(part)
        for name in site_names
        if "." in name
        for part in (name, name.rpartition(".")[0])
    }
    fallback: tuple[str, ...] = ()
    for values in _sources(head, graph, article, text_lines):
        names = read_names(values)
        if any(not _is_site(name, sites) for name in names):
            return tuple(name for name in names if _squeeze(name) not in hosts)
        fallback = fallback or names
    return fallback


def _is_site(name: str, sites: set[str]) -> bool:
    squeezed = _squeeze(name)
    return any(squeezed == site or (len(site) > 2 and squeezed.startswith(site)) for site in sites)


def _squeeze(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def _sources(
    head: Head, graph: Graph, article: Node, text_lines: Sequence[str]
) -> Iterator[Sequence[str]]:
    yield _jsonld_authors(graph, article)
    for key in _METAS:
        yield head.meta_all(key)
    yield head.item_all("author")
    yield head.item_all("creator")
    yield _visible_authors(head)
    for lines in (head.near_heading, text_lines):
        yield [_cut_place(line) for line in lines if _is_byline(line)][:1]


def _jsonld_authors(graph: Graph, article: Node) -> list[str]:
    names = []
    for value in list_of(article.get("author")) or list_of(article.get("creator")):
        names.extend(_author_names(value, graph))
    return names


def _author_names(value: Any, graph: Graph) -> list[str]:
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        value = graph.find(value["@id"])
        if not value.get("name"):
            return []
    if isinstance(value, dict):
        return [text_of(name) for name in list_of(value.get("name"))]
    return [text_of(value)]


def _visible_authors(head: Head) -> list[str]:
    """The most telling byline element: marked `rel=author`, led in by a word, or the first."""
    bylines = [
        line
        for line in head.bylines
        if len(line.text) <= _MAX_BYLINE_CHARS and not _OTHERS.search(line.label)
    ]
    plain = [line for line in bylines if not any(char.isdigit() for char in line.text)]
    related = [line.text for line in plain if "author" in line.label.split()[:1]]
    led = [line.text for line in plain if has_lead(line.text)]
    return [
        _cut_place(text) for text in related or led or [line.text for line in plain or bylines]
    ][:1]


def _cut_place(byline: str) -> str:
    """A byline without the place or newsroom after the only name: "By Jane Doe, Oslo"."""
    name, comma, place = byline.partition(",")
    is_place = len(place.split()) == 1 or place.isupper()
    return name if comma and is_place and len(name.split()) > 1 else byline


def _is_byline(line: str) -> bool:
    return len(line) <= _MAX_BYLINE_CHARS and has_lead(line) and not line.rstrip().endswith(".")
