"""What sitemaps name (sitemaps.org/protocol.html): indexes, news sitemaps and plain lists too.

A sitemap of a million addresses is read as a stream; what a file may hold is capped.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from lxml import etree

from scraper.finding.feeds import Entry, local_name, open_elements, parse_date, parse_feed
from scraper.finding.xml_bytes import root_name, to_utf8
from scraper.states import UrlKind

# The protocol ends at 50,000 a file; some sites do not.
MAX_ENTRIES = 1_000_000
MAX_BYTES = 300_000_000
_GZIP = b"\x1f\x8b"
_PIECE_BYTES = 65_536
_HEAD_BYTES = 65_536


def parse_sitemap(body: bytes) -> Iterator[Entry]:
    """The addresses of a sitemap, its news dates where there are some, or the files of an index.

    A gzip file is opened first, whatever its name said. A feed does as well, as the protocol
    allows. Something else gives nothing.
    """
    body = to_utf8(open_gzip(body))
    if looks_like_feed(body):
        entries = parse_feed(body)
    elif body.lstrip()[:1] in {b"<", b""}:
        entries = _parse_xml(body)
    else:
        entries = _parse_list(body)
    for count, entry in enumerate(entries):
        if count >= MAX_ENTRIES:
            return
        yield entry


def open_gzip(body: bytes, *, most: int = MAX_BYTES) -> bytes:
    """What a gzip file holds, at most `most` bytes of it; anything else as it is.

    Of a file that is torn or damaged, what can be read before that.
    """
    if not body.startswith(_GZIP):
        return body
    opened = bytearray()
    member = zlib.decompressobj(31)
    at = 0
    while at < len(body) and len(opened) < most:
        piece = body[at : at + _PIECE_BYTES]
        try:
            opened += member.decompress(piece, most - len(opened))
        except zlib.error:
            break
        at += len(piece) - len(member.unused_data)
        if member.eof:  # members in a row are one file (RFC 1952 section 2.2)
            if not body.startswith(_GZIP, at):
                break
            member = zlib.decompressobj(31)
    return bytes(opened)


def name_kind(body: bytes, expected: UrlKind) -> UrlKind:
    """What a body is. What was named as a feed is one if it has entries, however it begins."""
    if expected is UrlKind.SITEMAP or looks_like_sitemap(body):
        return UrlKind.SITEMAP
    if looks_like_feed(body) or (expected is UrlKind.FEED and any(parse_feed(body))):
        return UrlKind.FEED
    return UrlKind.PAGE


def looks_like_sitemap(body: bytes) -> bool:
    """Whether the root element is that of a sitemap or an index."""
    return root_name(open_gzip(body, most=_HEAD_BYTES)) in {"urlset", "sitemapindex"}


def looks_like_feed(body: bytes) -> bool:
    """Whether the beginning is that of an RSS, RDF, Atom or JSON feed."""
    head = to_utf8(body[:2000]).lstrip()
    if head[:1] == b"{":
        return b"jsonfeed.org/version" in head.replace(b"\\/", b"/")
    return root_name(body) in {"rss", "feed", "rdf", "channel"}


def _parse_xml(body: bytes) -> Iterator[Entry]:
    for element in open_elements(body, "url", "sitemap"):
        entry = _read_entry(element, is_index=local_name(element) == "sitemap")
        if entry.url:
            yield entry


def _read_entry(element: etree._Element, *, is_index: bool) -> Entry:
    """One `<url>` or `<sitemap>`: its own `<loc>`, not that of an image, and its latest date."""
    address, changed = "", 0.0
    for child in element.iter():
        if not isinstance(child.tag, str):
            continue
        name = local_name(child)
        if name == "loc" and child.getparent() is element:
            address = (child.text or "").strip()
        elif name in {"lastmod", "publication_date"}:
            changed = max(changed, parse_date(child.text or ""))
    return Entry(url=address, changed=changed, is_index=is_index)


def _parse_list(body: bytes) -> Iterator[Entry]:
    """A text file with one address a line, as the protocol allows."""
    for line in io.BytesIO(body):
        address = line.strip().decode("utf-8", "replace")
        if address.startswith(("http://", "https://")):
            yield Entry(url=address)
