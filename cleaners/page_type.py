"""What kind of page this is, and whether it is behind a paywall, from what it declares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from cleaners.article import PageType
from cleaners.head import Head
from cleaners.jsonld import PAGE_TYPES, Graph, Node, list_of, text_of, types_of

_SECTION_TYPES = frozenset({"collectionpage", "searchresultspage", "profilepage", "contactpage"})
_VIDEO_TYPES = frozenset({"videoobject", "movie", "tvepisode", "clip"})
_OTHER_TYPES = frozenset(
    {
        "product", "faqpage", "qapage", "discussionforumposting", "jobposting", "event", "service",
        "softwareapplication", "localbusiness", "productgroup", "aboutpage", "checkoutpage",
    }
)  # fmt: skip
# Of these, what a story may be about or carry below its text.
_BESIDE_STORIES = frozenset({"event", "faqpage", "localbusiness"})
# Parts of a story, or of a page, that are sold apart from it.
_OWN_PRICE = frozenset({"videoobject", "audioobject", "clip", "newsarticle", "article"})
# What stories test; shops that sell it say at which price.
_REVIEWED = frozenset({"product", "softwareapplication"})
_LOCKED = frozenset({"locked", "paid", "premium", "subscriber", "subscription", "plus"})
_OPEN = frozenset({"free", "open", "public"})
# Characters: a line this long is a paragraph; less than so many in paragraphs is no article. Set
# so that no article of the development pages is lost.
_PROSE_LINE, _MAX_BARE = 150, 400
# Paragraphs in a row that make a story; teasers stand between headings and links. The paragraphs
# must outnumber the links that are headings, as they do on no front of the development pages.
_STORY_PARAGRAPHS = 4
# Words of an address that news sites of many languages use alike. `live` alone is also a word of
# headlines and a sort of music: it must begin the path or stand before a number or a date.
_LIVE_PATH = re.compile(
    r"[/-](?:live-?blog|live-?ticker|live-?updates?|news-ticker|minuto-a-minuto)(?:[/-]|$)"
    r"|/(?:ticker|en-direct)(?:/|$)|^/live/|/live(?:$|/\d)"
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

    `text_lines` are the visible lines: teasers or a form without prose make no article, and
    paragraphs in a row make one, whatever stands beside them.
    """
    types = frozenset[str]().union(*map(types_of, graph.own()))
    path = urlsplit(url or head.canonical).path.lower()
    kind = head.meta("og:type").lower()
    if "liveblogposting" in types or (article and _LIVE_PATH.search(path)):
        return PageType.LIVE_BLOG
    is_story = _is_story(head, text_lines)
    if is_story and (article or kind == "article"):
        return PageType.ARTICLE
    if _is_video(types, kind, path, article, is_story=is_story):
        return PageType.VIDEO
    if _is_section(types, kind, path, article, has_date=has_date, is_story=is_story):
        return PageType.SECTION
    if not article and kind != "article" and text_lines and _is_bare(text_lines):
        bare = _judge_bare(head, types, kind, path, has_date=has_date)
        if bare is not PageType.ARTICLE:
            return bare
    others = types & _OTHER_TYPES - (_BESIDE_STORIES if is_story else frozenset())
    if is_story and not any(node.get("offers") for node in graph.own()):
        others -= _REVIEWED
    is_other = bool(others) or kind.startswith("product")
    return PageType.OTHER if is_other and not article and not has_date else PageType.ARTICLE


def is_paywalled(head: Head, graph: Graph, article: Node) -> bool | None:
    """Whether the page says that its text is for subscribers; None where it does not say.

    Asked are the article and its parts, then the page; what a video or another story costs is not
    what this one does.
    """
    pages = (node for node in graph.own() if types_of(node) & PAGE_TYPES)
    for node in (article, *pages):
        listed = [part for part in list_of(node.get("hasPart")) if isinstance(part, dict)]
        parts = [part for part in map(graph.resolve, listed) if not types_of(part) & _OWN_PRICE]
        declared = {_truth(one.get("isAccessibleForFree")) for one in (node, *parts)} - {None}
        if declared:
            return False in declared
    tier = head.meta(
        "article:content_tier", "og:article:content_tier", "cxenseparse:access"
    ).lower()
    if tier in _LOCKED:
        return True
    return False if tier in _OPEN else None


def _is_video(
    types: frozenset[str], kind: str, path: str, article: Node, *, is_story: bool
) -> bool:
    if article:
        return bool(_VIDEO_PATH.search(path)) and bool(types & _VIDEO_TYPES)
    return kind.startswith("video") or (bool(types & _VIDEO_TYPES) and not is_story)


def _is_section(
    types: frozenset[str], kind: str, path: str, article: Node, *, has_date: bool, is_story: bool
) -> bool:
    if path in {"", "/"} and kind != "article" and not article:
        return bool(types) or bool(kind)
    if article or kind == "article" or has_date or is_story:
        return False
    return bool(types & _SECTION_TYPES) or bool(_SECTION_PATH.search(path))


def _is_story(head: Head, lines: Sequence[str]) -> bool:
    """Whether paragraphs follow each other as in a story."""
    longest = count = 0
    for line in lines:
        count = count + 1 if len(line) >= _PROSE_LINE else 0
        longest = max(longest, count)
    return longest >= _STORY_PARAGRAPHS and longest >= head.headline_links


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
