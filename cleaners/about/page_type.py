"""What kind of page this is, and whether it is behind a paywall, from what it declares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cleaners.about.head import Head
from cleaners.article import PageType
from cleaners.document.addresses import split_address
from cleaners.document.jsonld import PAGE_TYPES, Graph, Node, list_of, text_of, types_of
from cleaners.words.fold import measure_chars

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
    r"[/-](?:live-?blog|live-?ticker|live-?updates?|news-ticker|minuto-(?:a|por)-minuto"
    r"|minute-par-minute)(?:[/-]|$)"
    r"|/(?:ticker|en-direct)(?:/|$)|^/live/|/live(?:$|/\d)"
)
_VIDEO_PATH = re.compile(r"/(?:videos?|watch|mediathek|tv|clips?)/")
# A story filed under one ends with a name of several words; one in an archive, with any.
_SECTION_PATH = re.compile(
    r"/(?:(?:tags?|topics?|category|categories|author|authors|search)(?:/(?![^/]*(?:-[^/-]+){3})[^/]*)*"
    r"|archive(?:/[\d-]*)*)$"
)
# What names a story where the path does not.
_STORY_QUERY = re.compile(
    r"(?:^|&)(?:p|id|aid|nid|sid|(?:article|story|news|post|item)(?:_?id)?|page_?id)=\d+(?:&|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Declared:
    """What the type is judged by: `types` are those of the page's own objects in JSON-LD.

    `is_placed` says whether the page's address is known.
    """

    head: Head
    graph: Graph
    article: Node
    types: frozenset[str]
    kind: str
    path: str
    query: str
    is_placed: bool
    has_date: bool
    text_lines: Sequence[str]


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
    address = split_address(url or head.canonical)
    page = _Declared(
        head=head,
        graph=graph,
        article=article,
        types=frozenset[str]().union(*map(types_of, graph.own())),
        kind=head.meta("og:type").lower(),
        path=address.path.lower(),
        query=address.query.lower(),
        is_placed=bool(address.netloc or address.path),
        has_date=has_date,
        text_lines=text_lines,
    )
    is_article = bool(article) or page.kind == "article"
    if "liveblogposting" in page.types or (is_article and _LIVE_PATH.search(page.path)):
        return PageType.LIVE_BLOG
    judged = _judge_declared(page, is_story=False)
    if judged is PageType.ARTICLE or not _is_story(head, text_lines):
        return judged
    if is_article:
        return PageType.ARTICLE
    return _judge_declared(page, is_story=True)


def _judge_declared(page: _Declared, *, is_story: bool) -> PageType:
    """The kind of page by what it declares, and by whether its lines tell a story."""
    if _is_video(page, is_story=is_story):
        return PageType.VIDEO
    if _is_section(page, is_story=is_story):
        return PageType.SECTION
    if not page.article and page.kind != "article" and page.text_lines and _is_bare(page):
        bare = _judge_bare(page)
        if bare is not PageType.ARTICLE:
            return bare
    return PageType.OTHER if _is_other(page, is_story=is_story) else PageType.ARTICLE


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


def _is_video(page: _Declared, *, is_story: bool) -> bool:
    is_video = bool(page.types & _VIDEO_TYPES)
    if page.article:
        return is_video and bool(_VIDEO_PATH.search(page.path))
    return page.kind.startswith("video") or (is_video and not is_story)


def _is_section(page: _Declared, *, is_story: bool) -> bool:
    is_article = bool(page.article) or page.kind == "article"
    # Of a page whose address nobody knows the path is empty, and tells nothing.
    is_root = page.is_placed and page.path in {"", "/"} and not _STORY_QUERY.search(page.query)
    if is_root and not is_article:
        return bool(page.types) or bool(page.kind)
    if is_article or page.has_date or is_story:
        return False
    return bool(page.types & _SECTION_TYPES) or bool(_SECTION_PATH.search(page.path))


def _is_other(page: _Declared, *, is_story: bool) -> bool:
    if page.article or page.has_date:
        return False
    others = page.types & _OTHER_TYPES
    if is_story or page.kind == "article":
        others -= _BESIDE_STORIES
    if is_story and not any(node.get("offers") for node in page.graph.own()):
        others -= _REVIEWED
    return bool(others) or page.kind.startswith("product")


def _is_story(head: Head, lines: Sequence[str]) -> bool:
    """Whether paragraphs follow each other as in a story."""
    longest = count = 0
    for line in lines:
        count = count + 1 if measure_chars(line) >= _PROSE_LINE else 0
        longest = max(longest, count)
    return longest >= _STORY_PARAGRAPHS and longest >= head.headline_links


def _is_bare(page: _Declared) -> bool:
    """Whether there is no prose: front pages and forms have labels and teasers only."""
    sizes = map(measure_chars, page.text_lines)
    return sum(size for size in sizes if size >= _PROSE_LINE) < _MAX_BARE


def _judge_bare(page: _Declared) -> PageType:
    """The kind of a page without prose: a front of teasers, a form, or an article cut short."""
    if page.head.headline_links:
        may_be_front = page.path.endswith("/") or not page.is_placed
        is_website = page.kind == "website" and may_be_front
        is_front = is_website and not page.head.meta("author")
        if page.types & _SECTION_TYPES or (is_front and not page.has_date):
            return PageType.SECTION
    elif page.head.has_form and not page.has_date:
        return PageType.OTHER
    return PageType.ARTICLE


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = text_of(value).lower().rsplit("/", 1)[-1]
    return {"true": True, "false": False}.get(text)
