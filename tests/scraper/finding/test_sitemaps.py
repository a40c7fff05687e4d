"""Sitemaps: lists, indexes, news, plain text, gzip, and a million entries."""

from __future__ import annotations

import gzip
import itertools
from hashlib import sha256

import pytest

from scraper.finding.feeds import parse_date
from scraper.finding.sitemaps import looks_like_feed, looks_like_sitemap, open_gzip, parse_sitemap

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


def test_torn_gzip_names_what_can_be_read() -> None:
    entry = "<url><loc>https://paper.example/{}</loc></url>"
    names = [sha256(bytes([number])).hexdigest() for number in range(200)]
    whole = gzip.compress(("<urlset>" + "".join(map(entry.format, names))).encode())
    assert 50 < len(list(parse_sitemap(whole[:-2000]))) < 200
    assert list(parse_sitemap(gzip.compress(NEWS)[:12])) == []
    assert open_gzip(b"plain") == b"plain"


def test_gzip_of_several_members_is_read_to_its_end_and_no_further() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"junk"
    assert open_gzip(packed) == b"one two"
    assert open_gzip(packed, most=5) == b"one t"


def test_feed_serves_as_a_sitemap() -> None:
    rss = b"<rss><channel><item><link>https://paper.example/1</link></item></channel></rss>"
    atom = b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:link href="/2"/></a:entry>'
    assert [entry.url for entry in parse_sitemap(rss)] == ["https://paper.example/1"]
    assert [entry.url for entry in parse_sitemap(atom)] == ["/2"]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be"])
def test_sitemap_in_utf_16_is_read(charset: str) -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><urlset><url><loc>/1</loc></url></urlset>'
    assert [entry.url for entry in parse_sitemap(text.encode(charset))] == ["/1"]
    assert looks_like_sitemap(text.encode(charset))
    if charset == "utf-16":
        lines = "https://paper.example/1\nhttps://paper.example/2\n"
        assert len(list(parse_sitemap(lines.encode(charset)))) == 2


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
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', True, False),
        (b'\xef\xbb\xbf{"version": "https://jsonfeed.org/version/1"}', True, False),
        (b"<?xml version='1.0'?><!--" + b"x" * 3000 + b"--><rss>", True, False),
        (b'<a:feed xmlns:a="http://www.w3.org/2005/Atom">', True, False),
        ('<?xml version="1.0" encoding="utf-16"?><rss>'.encode("utf-16"), True, False),
        (b"<!doctype html><html><title>How to write a &lt;urlset></title><urlset>", False, False),
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
