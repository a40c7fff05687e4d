"""The section is what the page names, else the last crumb that is neither home nor the page."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from cleaners.about.head import read_head
from cleaners.about.sections import load_section_words
from cleaners.dom import parse_html
from cleaners.metadata import read_metadata

URL = "https://www.harbour-post.test/news/2021/03/04/bridge-opens"
TITLE = "<title>Bridge opens</title><meta property=og:site_name content='Harbour Post'>"


def section(html: str) -> str:
    return read_metadata(read_head(parse_html(TITLE + html)), url=URL).section


def trail(crumbs: Sequence[object]) -> str:
    value = {"@type": "BreadcrumbList", "itemListElement": crumbs}
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize("example", load_section_words().examples, ids=str)
def test_sections_of_the_examples_beside_the_words_are_found(
    example: tuple[tuple[str, ...], str],
) -> None:
    crumbs, expected = example
    assert section(trail([{"item": {"@id": "/x/1", "name": name}} for name in crumbs])) == expected


@pytest.mark.parametrize(
    ("crumbs", "expected"),
    [
        ([{"name": "Harbor", "item": "/"}, {"name": "Sport", "item": "/sport"}], "Sport"),
        ([{"name": "Sport", "item": "/sport"}, {"name": "The opening", "item": URL}], "Sport"),
        ([{"name": "Sport", "item": "/sport"}, {"name": "The opening of it"}], "Sport"),
        ([{"name": "Home"}, {"name": "The opening of a bridge"}], ""),
        ([{"name": "Home"}, {"name": "Sport"}], "Sport"),
        ([{"name": "Home", "item": "/"}, {"name": "https://x.test/sport"}], ""),
        ([{"name": "Home", "position": 1}, {"name": "Bridge opens", "position": 3},
          {"name": "Sport", "position": 2}], "Sport"),
        ([{"item": {"@id": "/", "name": "X"}}, {"item": {"@id": "/s/", "name": "Sport"}}], "Sport"),
        ("Sport", ""),
    ],
    ids=[
        "root", "own address", "no address", "alone", "short", "address", "order", "items", "text",
    ],
)  # fmt: skip
def test_section_is_the_last_crumb_above_the_page(crumbs: Sequence[object], expected: str) -> None:
    assert section(trail(crumbs)) == expected


def test_named_section_goes_before_crumbs() -> None:
    named = "<meta property=article:section content=Local>"
    assert section(named + trail([{"name": "Home"}, {"name": "Sport"}])) == "Local"


MICRODATA = (
    "<ol itemscope itemtype=https://schema.org/BreadcrumbList>"
    "<li itemprop=itemListElement itemscope><a itemprop=item href=/>"
    "<span itemprop=name>Harbor</span></a></li>"
    "<li itemprop=itemListElement itemscope><a itemprop=item href=/s/>"
    "<span itemprop=name>Sport</span></a><meta itemprop=position content=2></li></ol>"
)


RDFA = (
    "<div vocab=https://schema.org/ typeof=BreadcrumbList>"
    "<span property=itemListElement typeof=ListItem><a property=item href=/>"
    "<span property=name>Harbor</span></a><meta property=position content=1></span>"
    "<span property=itemListElement typeof=ListItem><a property=item href=/s/>"
    "<span property=name>Sport</span></a><meta property=position content=2></span></div>"
)


@pytest.mark.parametrize("html", [MICRODATA, RDFA], ids=["microdata", "rdfa"])
def test_marked_up_crumbs_give_the_section(html: str) -> None:
    assert section(html) == "Sport"


def test_items_of_another_list_are_no_crumbs() -> None:
    assert section(MICRODATA.replace("BreadcrumbList", "ItemList")) == ""


@pytest.mark.parametrize(
    ("trail", "expected"),
    [
        (
            '<ul class="breadcrumb"><li><a href="/">X</a><li><a href="/sport">Sport</a></ul>',
            "Sport",
        ),
        ('<nav class="c-breadcrumbs"><a href="/sport/">Sport</a> Bridge opens</nav>', "Sport"),
        (
            f'<ol class="Breadcrumb"><li><a href="/s">Sport</a><li><a href="{URL}">B</a></ol>',
            "Sport",
        ),
        (
            '<div class="breadcrumb"></div><div class="breadcrumb"><a href="/s">Sport</a></div>',
            "Sport",
        ),
        ('<div class="breadcrumb"><a href="/">Harbour Post</a></div>', ""),
        ('<div class="breadcrumb">Sport</div>', ""),
        ('<ul class="menu"><li><a href="/sport">Sport</a></ul>', ""),
    ],
    ids=["list", "nav", "own page", "second", "home", "no link", "menu"],
)
def test_last_link_of_a_list_called_so_is_the_section(trail: str, expected: str) -> None:
    assert section(trail) == expected
    assert section(f"<meta property=article:section content=Local>{trail}") == "Local"


@pytest.mark.parametrize(("genre", "expected"), [("社会", "社会"), ("https://x.test/news", "")])
def test_genre_is_the_section_where_nothing_else_is(genre: str, expected: str) -> None:
    story = {"@type": "NewsArticle", "headline": "Bridge opens", "genre": genre}
    html = f'<script type="application/ld+json">{json.dumps(story)}</script>'
    assert section(html) == expected
    assert section(html + '<div class="breadcrumb"><a href="/s">Sport</a></div>') == "Sport"
