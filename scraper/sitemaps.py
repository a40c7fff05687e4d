"""What sitemaps name (sitemaps.org/protocol.html): indexes, news sitemaps and plain lists too.

A sitemap of a million addresses is read as a stream; what a file may hold is capped.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from lxml import etree

from scraper.feeds import Entry, local_name, open_elements, parse_date

# The protocol ends at 50,000 a file; some sites do not.
MAX_ENTRIES = 1_000_000
MAX_BYTES = 300_000_000


def parse_sitemap(body: bytes) -> Iterator[Entry]:
    """The addresses of a sitemap, its news dates where there are some, or the files of an index.

    A gzip file is opened first, whatever its name said. Something else gives nothing.
    """
    body = open_gzip(body)
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    entries = _parse_list(body) if start not in {b"<", b""} else _parse_xml(body)
    for count, entry in enumerate(entries):
        if count >= MAX_ENTRIES:
            return
        yield entry


def open_gzip(body: bytes) -> bytes:
    """What a gzip file holds, at most `MAX_BYTES` of it; anything else as it is."""
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        with gzip.open(io.BytesIO(body)) as file:
            return file.read(MAX_BYTES)
    except (OSError, EOFError, zlib.error):
        return b""


def looks_like_sitemap(body: bytes) -> bool:
    """Whether the first bytes are those of a sitemap or an index."""
    head = open_gzip(body)[:2000].lower() if body[:2] == b"\x1f\x8b" else body[:2000].lower()
    return b"<urlset" in head or b"<sitemapindex" in head


def looks_like_feed(body: bytes) -> bool:
    """Whether the first bytes are those of an RSS, RDF, Atom or JSON feed."""
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"{":
        return b"jsonfeed.org/version" in head
    marks = (b"<rss", b"<feed", b"<rdf:rdf", b"<channel")
    return head[:1] == b"<" and any(mark in head.lower() for mark in marks)


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
