"""Feeds: what they name, mended where they are broken, and nothing drawn in from elsewhere."""

from __future__ import annotations

import json

import pytest
from pace import within

from scraper.finding.feeds import Entry, parse_date, parse_feed, read_date

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title>
<link>https://paper.example/</link>
<item><title>One</title><link>https://paper.example/1</link>
<pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate></item>
<item><guid isPermaLink="false">tag:2</guid><link> /2 </link></item>
<item><guid>https://paper.example/3</guid></item>
<item><title>No address</title></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://paper.example/"/>
<entry><link rel="enclosure" href="https://paper.example/1.mp3"/>
<link rel="alternate" href="https://paper.example/1"/>
<published>2026-01-01T10:00:00Z</published><updated>2026-01-02T10:00:00+01:00</updated></entry>
</feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<item rdf:about="x"><link>https://paper.example/1</link><dc:date>2026-01-01</dc:date></item>
</rdf:RDF>"""


def urls(body: bytes) -> list[str]:
    return [entry.url for entry in parse_feed(body)]


def test_rss_names_its_items() -> None:
    assert urls(RSS) == ["https://paper.example/1", "/2", "https://paper.example/3"]
    assert next(parse_feed(RSS)).changed == parse_date("2026-01-01T10:00:00Z")


def test_atom_names_the_page_and_its_latest_date() -> None:
    changed = parse_date("2026-01-02T09:00:00Z")
    assert list(parse_feed(ATOM)) == [Entry(url="https://paper.example/1", changed=changed)]


def test_rdf_names_its_items_outside_the_channel() -> None:
    assert [entry.changed > 0 for entry in parse_feed(RDF)] == [True]


def test_json_feed_names_its_items_and_passes_over_bad_ones() -> None:
    items = [
        {"url": "https://paper.example/1", "date_published": "2026-01-01T10:00:00Z"},
        {"external_url": "https://paper.example/2"},
        "no object",
        {"url": 7},
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    assert urls(body) == ["https://paper.example/1", "https://paper.example/2"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b'{"items": 3}', b"plain text", b"<html><body>x", b"<rss><channel>"]
)
def test_what_is_no_feed_names_nothing(body: bytes) -> None:
    assert urls(body) == []


def test_one_bad_item_costs_that_item() -> None:
    bad = RSS.replace(b"<title>One</title>", b"<title>Bread & butter <b>x</title>")
    assert "https://paper.example/3" in urls(bad)
    assert "/2" in urls(bad)


def test_cut_off_feed_gives_what_is_whole() -> None:
    assert urls(RSS[: RSS.index(b"<item><guid>https")]) == ["https://paper.example/1", "/2"]


def test_entities_are_not_expanded_and_files_not_read() -> None:
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
    )
    bomb = (
        b'<!DOCTYPE rss [<!ENTITY l0 "ha">' + laughs + b'<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<rss><channel><item><link>&l9;&f;</link></item>"
        b"<item><link>https://paper.example/1</link></item></channel></rss>"
    )
    with within(1):
        found = urls(bomb)
    assert all(len(url) < 100 and "root:" not in url for url in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-01-02", 1767312000.0),
        ("2026-01-02T00:00:00Z", 1767312000.0),
        ("2026-01-02T01:00:00+01:00", 1767312000.0),
        ("Fri, 02 Jan 2026 00:00:00 GMT", 1767312000.0),
        ("Fri, 02 Jan 2026 00:00:00 -0000", 1767312000.0),
        ("soon", 0.0),
        ("", 0.0),
        ("0001-01-01", 0.0),
    ],
)
def test_date_is_read_in_the_usual_forms(text: str, wanted: float) -> None:
    assert parse_date(text) == wanted


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a?cat=1&story=77", "/a?cat=1&story=77"),
        ("/a?x=1&copy=2&", "/a?x=1&copy=2&"),
        ("/a?x=1&amp;y=2&z=3", "/a?x=1&y=2&z=3"),
        ("<![CDATA[/a?x=1&y=2&amp=3]]>", "/a?x=1&y=2&amp=3"),
        ("/a&#63;x&#x3D;1", "/a?x=1"),
    ],
)
def test_bare_ampersand_in_a_link_stays(link: str, url: str) -> None:
    item = f"<item><link>{link}</link></item>"
    body = f"<rss><channel><!-- a & b --><title>A & B</title>{item}</channel></rss>"
    assert urls(body.encode()) == [url]
    assert urls(f'<?xml version="1.0" encoding="utf-16"?>{body}'.encode("utf-16")) == [url]


def test_xml_base_is_obeyed() -> None:
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://paper.example/x/">'
        b'<entry xml:base="y/"><link href="a.html"/></entry><entry><link href="/b"/></entry></feed>'
    )
    assert urls(body) == ["https://paper.example/x/y/a.html", "https://paper.example/b"]


def test_json_feed_with_a_byte_order_mark_is_read() -> None:
    assert urls(b'\xef\xbb\xbf{"items": [{"url": "/1"}]}') == ["/1"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1970-01-01", 0.0), ("1969-12-31", -86_400.0), ("soon", None), ("", None)],
)
def test_epoch_is_a_date_and_words_are_none(text: str, seconds: float | None) -> None:
    assert read_date(text) == seconds
    assert parse_date(text) == 0.0
