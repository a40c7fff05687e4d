"""The links of a page: all that lead somewhere on the site, each once, in linear time."""

from __future__ import annotations

import time

import pytest

from scraper.links import MAX_LINKS, find_links

HOME = "https://paper.example/news/"


def urls(html: str, url: str = HOME) -> list[str]:
    return [link.url for link in find_links(html, url)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/a">x</a>',
        "<a href='/a'>x</a>",
        "<a href=/a>x</a>",
        '<A CLASS="big" HREF = "/a" >x</A>',
        '<a\nclass=x\nhref="/a">x',
        '<a href="https://paper.example/a#top">x</a>',
        '<a href="../a">x</a>',
        '<a href="//paper.example/a">x</a>',
        '<a href=" /a?utm_source=mail&amp;fbclid=3 ">x</a>',
        '<a href="/a?utm_source=mail&#38;fbclid=3#top">x</a>',
        '<base href="https://paper.example/other/"><a href="../a">x</a>',
        '<a href="/a" data-next="see href=/b" href="/c">x</a>',
    ],
)
def test_link_is_found_however_it_is_written(html: str) -> None:
    assert urls(html) == ["https://paper.example/a"]


@pytest.mark.parametrize(
    "href",
    [
        "#top", "", "javascript:void(0)", "mailto:a@paper.example", "tel:123", "data:text/html,x",
        "https://other.example/a", "/photo.jpg", "/film.mp4?x=1", "http://[bad", "ftp://paper.example/",
    ],
)  # fmt: skip
def test_link_that_leads_nowhere_is_left_out(href: str) -> None:
    assert urls(f'<a href="{href}">x</a>') == []


def test_subdomains_are_the_same_site() -> None:
    assert urls('<a href="https://sport.paper.example/a">x</a>') == [
        "https://sport.paper.example/a"
    ]


def test_address_counts_with_its_longest_text() -> None:
    html = '<a href="/a-story-of-it"><img></a><a href="/a-story-of-it"><b>{}</b></a>'
    (long,) = find_links(html.format("A headline that says it all"), HOME)
    (short,) = find_links(html.format(""), HOME)
    assert long.score > short.score


def test_feeds_are_told_by_their_declaration_or_their_name() -> None:
    html = (
        '<link rel="alternate" type="application/rss+xml" href="/all?format=rss">'
        '<link rel=alternate type="application/json" href="/wp-json">'
        '<a href="/sport/feed/">feed</a><a href="/news">news</a>'
    )
    assert [(link.url[21:], link.is_feed) for link in find_links(html, HOME)] == [
        ("/all?format=rss", True),
        ("/sport/feed/", True),
        ("/news", False),
    ]


def test_page_of_endless_links_is_cut() -> None:
    html = "".join(f'<a href="/story-{number}">x</a>' for number in range(MAX_LINKS + 500))
    assert len(urls(html)) == MAX_LINKS


@pytest.mark.parametrize(
    "piece", ["<a ", "<a href=", '<a href="', "<link ", "<a href='/x' ", "<base ", "<a href=/x>"]
)
def test_broken_markup_takes_linear_time(piece: str) -> None:
    def cost(repeats: int) -> float:
        html = piece * repeats
        started = time.process_time()
        find_links(html, HOME)
        return time.process_time() - started

    cost(1_000)
    assert cost(40_000) < 60 * (cost(5_000) + 0.005)
