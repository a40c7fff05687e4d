"""What kind of page this is, and whether it is behind a paywall, from what it declares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cleaners.addresses import split_address
from cleaners.article import PageType
from cleaners.head import Head
from cleaners.jsonld import Graph, Node, text_of, types_of

_SECTION_TYPES = frozenset({"collectionpage", "searchresultspage", "profilepage", "contactpage"})
_VIDEO_TYPES = frozenset({"videoobject", "movie", "tvepisode", "clip"})
_OTHER_TYPES = frozenset(
    {
        "product", "faqpage", "qapage", "discussionforumposting", "jobposting", "event", "service",
        "softwareapplication", "localbusiness", "productgroup", "aboutpage", "checkoutpage",
    }
)  # fmt: skip
_LOCKED = frozenset({"locked", "paid", "premium", "subscriber", "subscription", "plus"})
_OPEN = frozenset({"free", "open", "public"})
# Characters: a line this long is a paragraph; less than so many in paragraphs is no article. Set
# so that no article of the development pages is lost.
_PROSE_LINE, _MAX_BARE = 150, 400
# Words of an address that news sites of many languages use alike.
_LIVE_PATH = re.compile(
    r"[/-](?:live-?blog|live-?ticker|live-updates?|ticker|en-direct|minuto-a-minuto|live)(?:[/-]|$)"
)
_VIDEO_PATH = re.compile(r"/(?:videos?|watch|mediathek|tv|clips?)/")
_SECTION_PATH = re.compile(
    r"/(?:tags?|topics?|category|categories|author|authors|search|archive)(?:/|$)"
)


def judge_page_type(
    head: Head,
    graph: Graph,
    article: Node,
    *,
    url: str = "",
    has_date: bool = False,
    text_lines: Sequence[str] = (),
) -> PageType:
    """The kind of page. A page that declares nothing is taken for an article.

    `text_lines` are the visible lines: teasers or a form without prose make no article.
    """
    types = frozenset[str]().union(
        *(types_of(node) for node, far in zip(graph.nodes, graph.elsewhere, strict=True) if not far)
    )
    path = split_address(url or head.canonical).path.lower()
    kind = head.meta("og:type").lower()
    if "liveblogposting" in types or (article and _LIVE_PATH.search(path)):
        return PageType.LIVE_BLOG
    if _is_video(types, kind, path, article):
        return PageType.VIDEO
    if _is_section(types, kind, path, article, has_date=has_date):
        return PageType.SECTION
    if not article and kind != "article" and text_lines and _is_bare(text_lines):
        bare = _judge_bare(head, types, kind, path, has_date=has_date)
        if bare is not PageType.ARTICLE:
            return bare
    if not article and not has_date and (types & _OTHER_TYPES or kind.startswith("product")):
        return PageType.OTHER
    return PageType.ARTICLE


def is_paywalled(head: Head, graph: Graph) -> bool | None:
    """Whether the page says that its text is for subscribers; None where it does not say."""
    declared = [
        _truth(node["isAccessibleForFree"]) for node in graph.nodes if "isAccessibleForFree" in node
    ]
    declared = [value for value in declared if value is not None]
    if declared:
        return not all(declared)
    tier = head.meta(
        "article:content_tier", "og:article:content_tier", "cxenseparse:access"
    ).lower()
    if tier in _LOCKED:
        return True
    return False if tier in _OPEN else None


def _is_video(types: frozenset[str], kind: str, path: str, article: Node) -> bool:
    if article:
        return bool(_VIDEO_PATH.search(path)) and bool(types & _VIDEO_TYPES)
    return kind.startswith("video") or bool(types & _VIDEO_TYPES)


def _is_section(
    types: frozenset[str], kind: str, path: str, article: Node, *, has_date: bool
) -> bool:
    if path in {"", "/"} and kind != "article" and not article:
        return bool(types) or bool(kind)
    if article or kind == "article" or has_date:
        return False
    return bool(types & _SECTION_TYPES) or bool(_SECTION_PATH.search(path))


def _is_bare(lines: Sequence[str]) -> bool:
    """Whether there is no prose: front pages and forms have labels and teasers only."""
    return sum(len(line) for line in lines if len(line) >= _PROSE_LINE) < _MAX_BARE


def _judge_bare(
    head: Head, types: frozenset[str], kind: str, path: str, *, has_date: bool
) -> PageType:
    """The kind of a page without prose: a front of teasers, a form, or an article cut short."""
    if head.headline_links:
        is_front = kind == "website" and path.endswith("/") and not head.meta("author")
        if types & _SECTION_TYPES or (is_front and not has_date):
            return PageType.SECTION
    elif head.has_form and not has_date:
        return PageType.OTHER
    return PageType.ARTICLE


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = text_of(value).lower().rsplit("/", 1)[-1]
    return {"true": True, "false": False}.get(text)
