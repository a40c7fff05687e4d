"""The authors of a page, from the first source that names any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cleaners.head import Head
from cleaners.jsonld import Graph, Node, list_of, text_of
from cleaners.names import has_lead, read_names

_METAS = (
    "author", "article:author", "og:article:author", "article:author_name", "parsely-author",
    "sailthru.author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "byline",
    "cxenseparse:author", "citation_author", "twitter:data1", "authors", "creator", "rbauthors",
    "content-author", "article.author", "xblog:author",
)  # fmt: skip
# Values of the keys above that hold something else than names.
_LABELLED = {"twitter:data1": "twitter:label1"}
# Lines after the title in which a visible byline may stand.
_NEAR_TITLE = 12
_MAX_BYLINE_CHARS = 120


def find_authors(
    head: Head, graph: Graph, article: Node, *, text_lines: Sequence[str] = ()
) -> tuple[str, ...]:
    """The names in the byline, in order; empty where the page names nobody."""
    for values in _sources(head, graph, article, text_lines):
        names = read_names(values)
        if names:
            return names
    return ()


def _sources(
    head: Head, graph: Graph, article: Node, text_lines: Sequence[str]
) -> Iterator[Sequence[str]]:
    yield _jsonld_authors(graph, article)
    for key in _METAS:
        if key not in _LABELLED:
            yield head.meta_all(key)
    yield head.item_all("author")
    yield head.item_all("creator")
    yield _visible_authors(head)
    yield [line for line in text_lines[:_NEAR_TITLE] if _is_byline(line)][:1]


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
    """The most telling byline elements: `rel=author` first, then the shortest that reads as one."""
    related = [line.text for line in head.bylines if "author" in line.label.split()[:1]]
    if related:
        return related
    bylines = [line.text for line in head.bylines if len(line.text) <= _MAX_BYLINE_CHARS]
    led = [text for text in bylines if has_lead(text)]
    return (led or bylines)[:1]


def _is_byline(line: str) -> bool:
    return len(line) <= _MAX_BYLINE_CHARS and has_lead(line) and not line.rstrip().endswith(".")
