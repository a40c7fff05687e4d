"""The links of a page: all that lead somewhere on the site, each once, in linear time."""

from __future__ import annotations

import time

import pytest

from scraper.finding.links import MAX_LINKS, find_links

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
        '<a class="[&>svg]:w-4" href="/a">x</a>',
        """<a data-x='{"a":"<b>"}' href='/a'>x</a>""",
        f'<a data-tracking="{"z" * 1100}" href="/a">x</a>',
        '<a/href="/a">x</a>',
        '<a title="x > y"href=/a>x</a>',
        '<map><area shape="rect" href="/a"></map>',
        '<link rel="next" href="/a">',
        "<link href=/a rel='last next'>",
        '<meta http-equiv="refresh" content="0; url=/a">',
        """<META content="5;URL='https://paper.example/a'" HTTP-EQUIV=Refresh>""",
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


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel=alternate type="application/rss+xml; charset=utf-8" href="/f">',
        '<link rel=alternate title="a>b" type=application/atom+xml href=/f>',
    ],
)
def test_feed_is_told_by_its_type_alone(tag: str) -> None:
    (link,) = find_links(tag, HOME)
    assert (link.url, link.is_feed) == ("https://paper.example/f", True)


def test_page_that_reloads_itself_or_styles_links_to_nothing() -> None:
    head = '<meta http-equiv=refresh content=300><meta name=next content="0; url=/a">'
    assert urls(head + '<link rel=stylesheet href="/next.css"><a class="href=">x</a>') == []


@pytest.mark.parametrize(
    ("href", "query"),
    [
        ("/a?x=1&copy=2", "x=1&copy=2"),
        ("/a?x=1&copyright=2", "x=1&copyright=2"),
        ("/a?x=1&amp;y=2", "x=1&y=2"),
        ("/a?x=1&amp", "x=1"),
        ("/a?x=1&lt;=2", "x=1%3C=2"),
        ("/a?x=1&section=2&region=3", "x=1&section=2&region=3"),
    ],
)
def test_parameter_that_begins_like_a_character_stays(href: str, query: str) -> None:
    assert urls(f'<a href="{href}">x</a>') == [f"https://paper.example/a?{query}"]


def test_page_of_endless_links_is_cut() -> None:
    html = "".join(f'<a href="/story-{number}">x</a>' for number in range(MAX_LINKS + 500))
    assert len(urls(html)) == MAX_LINKS


@pytest.mark.parametrize(
    "piece",
    [
        "<a ", "<a href=", '<a href="', "<link ", "<a href='/x' ", "<base ", "<a href=/x>",
        '<a x="', """<a x="y' """, "<a x='>' ", "<area b=c d ", '<link x="', "<meta x='>' ",
        "<a x=y/",
    ],
)  # fmt: skip
def test_broken_markup_takes_linear_time(piece: str) -> None:
    def cost(repeats: int) -> float:
        html = piece * repeats
        started = time.process_time()
        find_links(html, HOME)
        return time.process_time() - started

    cost(1_000)
    assert cost(40_000) < 60 * (cost(5_000) + 0.005)
