"""Fronts and forms are told from articles by their shape where nothing declares them."""

from __future__ import annotations

import pytest

from cleaners.article import PageType
from cleaners.dom import parse_html
from cleaners.head import read_head
from cleaners.metadata import read_metadata

_SITE = '<meta property="og:type" content="website">'
_TEASERS = '<a href="/one.html"><h3>Ferry comes back</h3></a><p>It sails again.</p>'
_FORM = "<form><textarea></textarea></form>"
_LINES = ("Top stories", "Ferry comes back", "It sails again.")
_PROSE = ("The boat was taken off in October to save money. " * 10,)


@pytest.mark.parametrize(
    ("page", "url", "lines", "wanted"),
    [
        (_SITE + _TEASERS, "http://a.test/en/", _LINES, PageType.SECTION),
        (_SITE + _TEASERS, "http://a.test/en/", _PROSE, PageType.ARTICLE),
        (_SITE + _TEASERS, "http://a.test/en/ferry.html", _LINES, PageType.ARTICLE),
        (_TEASERS, "http://a.test/en/", _LINES, PageType.ARTICLE),
        (_SITE + _FORM, "http://a.test/contact.html", _LINES, PageType.OTHER),
        (_SITE + _FORM, "http://a.test/contact.html", _PROSE, PageType.ARTICLE),
    ],
)
def test_a_page_without_prose_is_a_front_or_a_form(
    page: str, url: str, lines: tuple[str, ...], wanted: PageType
) -> None:
    head = read_head(parse_html(page))
    assert read_metadata(head, url=url, text_lines=lines).page_type is wanted


def test_the_ideographic_space_of_a_headline_stays() -> None:
    head = read_head(parse_html("<title>店主は二十歳\u3000常連客が</title>"))
    assert read_metadata(head).title == "店主は二十歳\u3000常連客が"


def test_the_site_named_in_the_title_is_no_author_beside_a_person() -> None:
    page = "<title>Ein Zug | rundfunkmitte.de</title><h1>Ein Zug</h1>"
    page += '<p class="autor">Von Henrike Voss, Rundfunk Mitte</p>'
    assert read_metadata(read_head(parse_html(page))).authors == ("Henrike Voss",)


def test_a_byline_in_the_line_of_the_headline_is_read() -> None:
    head = read_head(parse_html("<title>The Gazette - Islanders win the ferry</title>"))
    lines = ("Home", "Islanders win the ferry by Morag Thom, Thursday 14 April 2005", "The boat.")
    found = read_metadata(head, text_lines=lines)
    assert found.title == "Islanders win the ferry"
    assert found.authors == ("Morag Thom",)
    assert found.published == "2005-04-14"
