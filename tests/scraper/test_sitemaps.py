"""Sitemaps: lists, indexes, news, plain text, gzip, and a million entries."""

from __future__ import annotations

import gzip
import itertools

import pytest

from scraper.feeds import parse_date
from scraper.sitemaps import looks_like_feed, looks_like_sitemap, open_gzip, parse_sitemap

NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://paper.example/1 </loc><lastmod>2026-01-01</lastmod>
<news:news><news:publication_date>2026-01-03</news:publication_date></news:news>
<image:image><image:loc>https://paper.example/1.jpg</image:loc></image:image></url>
<url><loc></loc></url><url><loc>https://paper.example/2</loc></url></urlset>"""
INDEX = b"""<sitemapindex><sitemap><loc>https://paper.example/s1.xml.gz</loc>
<lastmod>2026-01-01</lastmod></sitemap></sitemapindex>"""


def test_news_sitemap_names_pages_and_their_latest_date() -> None:
    entries = list(parse_sitemap(NEWS))
    assert [entry.url for entry in entries] == [
        "https://paper.example/1",
        "https://paper.example/2",
    ]
    assert [entry.changed for entry in entries] == [parse_date("2026-01-03"), 0.0]
    assert not any(entry.is_index for entry in entries)


def test_index_names_sitemaps() -> None:
    (entry,) = parse_sitemap(INDEX)
    assert entry.is_index
    assert entry.url == "https://paper.example/s1.xml.gz"


def test_compressed_sitemap_is_opened() -> None:
    assert len(list(parse_sitemap(gzip.compress(NEWS)))) == 2
    assert looks_like_sitemap(gzip.compress(INDEX))


def test_torn_gzip_names_nothing() -> None:
    assert list(parse_sitemap(gzip.compress(NEWS)[:40])) == []
    assert open_gzip(b"plain") == b"plain"


def test_plain_list_names_its_lines() -> None:
    body = b"https://paper.example/1\r\n\nnonsense\nhttps://paper.example/2\n"
    assert len(list(parse_sitemap(body))) == 2


def test_long_sitemap_is_read_as_a_stream() -> None:
    entry = b"<url><loc>https://paper.example/%d</loc></url>"
    body = b"<urlset>" + b"".join(entry % number for number in range(20_000))
    assert sum(1 for _ in parse_sitemap(body)) == 20_000
    assert len(list(itertools.islice(parse_sitemap(body), 3))) == 3


@pytest.mark.parametrize(
    ("body", "feed", "sitemap"),
    [
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<rss version="2.0">', True, False),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', True, False),
        (b'{"version": "https://jsonfeed.org/version/1"}', True, False),
        (b"<urlset>", False, True),
        (b"<sitemapindex>", False, True),
        (b"<!doctype html><p>The rss of it", False, False),
        (b'{"a": 1}', False, False),
        (b"", False, False),
    ],
)
def test_body_is_told_by_how_it_begins(body: bytes, feed: bool, sitemap: bool) -> None:
    assert looks_like_feed(body) is feed
    assert looks_like_sitemap(body) is sitemap
