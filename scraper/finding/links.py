"""The links of a page: where they lead, and how much each looks like one to an article.

Works on the source, not on a tree: the cleaner has parsed the page already, and what is asked here
is only which addresses stand in it. Every pattern is bounded, so time is linear in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

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
_HREF = r"""[hH][rR][eE][fF]\s*=\s*(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))"""
# Attributes before it, one after the other, where a value is long or holds angle brackets. Atomic
# groups, for Python before 3.11.5 loses its way in a possessive repeat of a group (CPython 106052).
_BEFORE = (
    r"""(?>(?:(?![hH][rR][eE][fF]\s*=)[^\s"'<>/=]++"""
    r"""(?>(?:\s*+=\s*+(?:"[^"]{0,20000}+"|'[^']{0,20000}+'|[^\s"'>]*+))?)[\s/]*+){0,40})"""
)
_ANCHOR = re.compile(
    rf"<[aA](?:[rR][eE][aA])?[\s/](?:(?:[^<>]{{0,1000}}?\s)??{_HREF}|\s*+{_BEFORE}{_HREF})"
)
_HEAD_TAG = re.compile(
    r"""<(?:[lL][iI][nN][kK]|[mM][eE][tT][aA])\s"""
    r"""(?>(?:[^"'<>]++|"[^"]{0,2000}+"|'[^']{0,2000}+'){1,60})"""
)
# WHATWG HTML 4.2.5.3, "Refresh state".
_REFRESH = re.compile(r"""\s*[\d.]+[\s;,]+(?:url\s*=\s*)?["']?([^"']+)""", re.IGNORECASE)
_UNFINISHED = re.compile(r"&([A-Za-z][A-Za-z0-9]*+)(?!;)(=?)")
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
    base = join_url(url, unescape_value(match[1])) or url if match else url
    site = site_key(host_of(url))
    feed_words = load_url_words().feed
    found = {link.url: link for link in _find_declared(html, base)}
    for href, anchor_chars in _find_anchors(html, site).items():
        if len(found) >= MAX_LINKS:
            break
        address = _absolute(href, base)
        if not address or address in found or is_media(address):
            continue
        is_feed = address.rstrip("/").rpartition("/")[2].lower() in feed_words
        found[address] = Link(url=address, score=score_link(address, anchor_chars), is_feed=is_feed)
    return tuple(link for link in found.values() if site_key(host_of(link.url)) == site)


def _find_declared(html: str, base: str) -> Iterator[Link]:
    """What the head declares: feeds, the next page of a list, and where the page sends its readers.

    RFC 4287 gives the type of a feed, the RSS board the custom.
    """
    pages = []
    for tag in _HEAD_TAG.findall(html, 0, 200_000):
        lowered = tag.lower()
        if not ("application/" in lowered or "next" in lowered or "refresh" in lowered):
            continue
        attributes = {
            found[1].lower(): (found[2] or found[3] or found[4] or "").strip()
            for found in _ATTRIBUTE.finditer(tag)
        }
        href = attributes.get("href", "")
        is_feed = attributes.get("type", "").partition(";")[0].strip().lower() in _FEED_TYPES
        if lowered.startswith("<meta"):
            refresh = _REFRESH.match(unescape_value(attributes.get("content", "")))
            is_refresh = attributes.get("http-equiv", "").lower() == "refresh"
            href = refresh[1].strip() if refresh and is_refresh else ""
        elif not is_feed and "next" not in attributes.get("rel", "").lower().split():
            continue
        address = _absolute(href, base)
        if address and is_feed:
            yield Link(url=address, score=50, is_feed=True)
        elif address:
            pages.append(Link(url=address, score=score_link(address, 0)))
    yield from pages


def unescape_value(text: str) -> str:
    """An attribute's value as a browser reads it: `&copy=2` and `&copyright` are no characters.

    WHATWG HTML 13.2.5.73: a reference without a semicolon stays where `=`, a letter or a digit
    follows.
    """

    def keep(found: re.Match[str]) -> str:
        is_character = found[1] in html5 and not found[2]
        return found[0] if is_character else f"&amp;{found[0][1:]}"

    return unescape(_UNFINISHED.sub(keep, text)) if "&" in text else text


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
            host = _HOST.match(href) if "//" in href else None
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
    if "&" in href:
        href = unescape_value(href)
    if "#" in href:
        href = href.partition("#")[0]
    if not href or (href[0] != "/" and _SCHEME.match(href)):
        return ""
    try:
        return canonical_url(href, base=base)
    except UrlRefused:
        return ""
