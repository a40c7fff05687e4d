"""The links of a page: where they lead, and how much each looks like one to an article.

Works on the source, not on a tree: the cleaner has parsed the page already, and what is asked here
is only which addresses stand in it. Every pattern is bounded, so time is linear in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from scraper.errors import UrlRefused
from scraper.urls import (
    canonical_url,
    host_of,
    is_media,
    join_url,
    load_url_words,
    score_link,
    site_key,
)

MAX_LINKS = 2_000  # of one page; the longest real section fronts hold about 900
_MAX_ANCHOR_CHARS = 400
_LONG_ANCHOR = 60  # characters from which `score_link` sees no difference

# Case is spelled out: with IGNORECASE the search for "<a" cannot skip ahead, and takes ten times
# as long.
_ANCHOR = re.compile(
    r"""<[aA]\s(?:[^<>]{0,1000}?\s)??[hH][rR][eE][fF]\s*=\s*(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))"""
)
_LINK = re.compile(r"<[lL][iI][nN][kK]\s[^<>]{1,1000}>")
_BASE = re.compile(r"""<(?i:base\s[^<>]{0,300}?href)\s*=\s*["']?([^\s"'<>]{1,2000})""")
_ATTRIBUTE = re.compile(
    r"""([a-z-]{1,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_HOST = re.compile(r"(?:https?:)?//([a-z0-9.-]++(?::\d++)?)(?![^/?#])")
_TAG = re.compile(r"<[^>]{0,400}>")
_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One address on the page's own site. `score` (0..100) is its likeness to an article's."""

    url: str
    score: int
    is_feed: bool = False


def find_links(html: str, url: str) -> tuple[Link, ...]:
    """The links of a page that stay on its site, each address once, feeds first.

    `url` is the page's own. Media files are left out; addresses are canonical.
    """
    match = _BASE.search(html, 0, 20_000)
    base = join_url(url, unescape(match[1])) or url if match else url
    site = site_key(host_of(url))
    feed_words = load_url_words().feed
    found = {
        address: Link(url=address, score=50, is_feed=True) for address in _find_feeds(html, base)
    }
    for href, anchor_chars in _find_anchors(html, site).items():
        if len(found) >= MAX_LINKS:
            break
        address = _absolute(href, base)
        if not address or address in found or is_media(address):
            continue
        is_feed = address.rstrip("/").rpartition("/")[2].lower() in feed_words
        found[address] = Link(url=address, score=score_link(address, anchor_chars), is_feed=is_feed)
    return tuple(link for link in found.values() if site_key(host_of(link.url)) == site)


def _find_feeds(html: str, base: str) -> Iterator[str]:
    """Feeds that the head declares (RFC 4287 gives the type, the RSS board the custom)."""
    for tag in _LINK.findall(html, 0, 200_000):
        if "application/" not in tag.lower():
            continue
        attributes = {
            found[1].lower(): found[2] or found[3] or found[4] or ""
            for found in _ATTRIBUTE.finditer(tag)
        }
        if attributes.get("type", "").lower() in _FEED_TYPES and "href" in attributes:
            address = _absolute(attributes["href"].strip(), base)
            if address:
                yield address


def _find_anchors(html: str, site: str) -> dict[str, int]:
    """The addresses as they stand, each with the length of its longest link text.

    Pages link to one story from picture, title and "more": what costs time is done once for each.
    Those that lead to another site, as most of some front pages do, are left out here.
    """
    found: dict[str, int] = {}
    elsewhere: set[str] = set()
    for match in _ANCHOR.finditer(html):
        href = match[match.lastindex or 0]
        if "#" in href and "&" not in href:  # "&#38;" is no fragment
            href = href.partition("#")[0]
        known = found.get(href)
        if known is None:
            if not href or href in elsewhere:
                continue
            host = _HOST.match(href)
            if host and site_key(host[1]) != site:
                elsewhere.add(href)
                continue
            found[href] = _anchor_chars(html, match.end())
        elif known < _LONG_ANCHOR:
            found[href] = max(known, _anchor_chars(html, match.end()))
    return found


def _anchor_chars(html: str, start: int) -> int:
    """Characters a reader sees in the link whose opening tag is being read at `start`."""
    begin = html.find(">", start, start + 1000) + 1
    if begin == 0:
        return 0
    end = html.find("</a", begin, begin + _MAX_ANCHOR_CHARS)
    inner = html[begin : end if end >= 0 else begin + _MAX_ANCHOR_CHARS]
    return len(_TAG.sub("", inner).strip()) if "<" in inner else len(inner.strip())


def _absolute(href: str, base: str) -> str:
    """Canonical address, or `""` where the link leads to no page."""
    href = (unescape(href) if "&" in href else href).partition("#")[0]
    if not href or _SCHEME.match(href):
        return ""
    try:
        return canonical_url(href, base=base)
    except UrlRefused:
        return ""
