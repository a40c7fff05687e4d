"""Fronts and forms are told from articles by their shape where nothing declares them."""

from __future__ import annotations

import pytest

from cleaners.about.head import read_head
from cleaners.article import PageType
from cleaners.dom import parse_html
from cleaners.metadata import read_metadata

_SITE = '<meta property="og:type" content="website">'
_TEASERS = '<a href="/one.html"><h3>Ferry comes back</h3></a><p>It sails again.</p>'
_FORM = "<form><textarea></textarea></form>"
_LINES = ("Top stories", "Ferry comes back", "It sails again.")
_STORY = ("The boat was taken off in October to save money, " * 4,) * 4
_ARTICLE = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "H"}</script>'
_VIDEO = '<script type="application/ld+json">{"@type": "VideoObject", "name": "Trailer"}</script>'
_EVENT = '<script type="application/ld+json">{"@type": "Event", "name": "Regatta"}</script>'
_PRODUCT = '<script type="application/ld+json">{"@type": "Product"%s}</script>'
_FRONT = '<script type="application/ld+json">{"@type": ["WebPage", "CollectionPage"]}</script>'
_PROSE = ("The boat was taken off in October to save money. " * 10,)


@pytest.mark.parametrize(
    ("page", "url", "lines", "wanted"),
    [
        (_SITE + _TEASERS, "http://a.test/en/", _LINES, PageType.SECTION),
        (_SITE + _TEASERS, "", _LINES, PageType.SECTION),
        (_SITE + _TEASERS, "http://a.test/en/", _PROSE, PageType.ARTICLE),
        (_SITE + _TEASERS, "http://a.test/en/ferry.html", _LINES, PageType.ARTICLE),
        (_TEASERS, "http://a.test/en/", _LINES, PageType.ARTICLE),
        (_SITE + _FORM, "http://a.test/contact.html", _LINES, PageType.OTHER),
        (_SITE + _FORM, "http://a.test/contact.html", _PROSE, PageType.ARTICLE),
        (_SITE + _FORM, "http://a.test/1", ("渡轮星期一恢复通航。" * 10,) * 2, PageType.ARTICLE),
        (_SITE + _FORM, "http://a.test/1", ("「渡轮恢复通航。" * 14,) * 2, PageType.ARTICLE),
    ],
)
def test_a_page_without_prose_is_a_front_or_a_form(
    page: str, url: str, lines: tuple[str, ...], wanted: PageType
) -> None:
    head = read_head(parse_html(page))
    assert read_metadata(head, url=url, text_lines=lines).page_type is wanted


@pytest.mark.parametrize(
    ("page", "path", "lines", "wanted"),
    [
        (_VIDEO + "<meta property=og:type content=article>", "/news/a", _STORY, PageType.ARTICLE),
        (_VIDEO + "<meta property=og:type content=video>", "/news/a", _STORY, PageType.VIDEO),
        (_VIDEO, "/news/a", _STORY, PageType.ARTICLE),
        (_VIDEO, "/news/a", _LINES, PageType.VIDEO),
        (_ARTICLE + _VIDEO, "/2024/tv/news/a", _STORY, PageType.ARTICLE),
        (_ARTICLE + _VIDEO, "/2024/tv/news/a", _LINES, PageType.VIDEO),
        ("", "/archive/2024/05/bridge", _STORY, PageType.ARTICLE),
        ("", "/archive/2024/05/", _LINES, PageType.SECTION),
        (_FRONT, "/local/a", _STORY, PageType.ARTICLE),
        (_FRONT, "/local/", _LINES, PageType.SECTION),
        (_FRONT + 5 * _TEASERS, "/local/", _STORY, PageType.SECTION),
        (_EVENT, "/local/a", _STORY, PageType.ARTICLE),
        (_EVENT, "/local/a", _LINES, PageType.OTHER),
        (_PRODUCT % "", "/tests/a", _STORY, PageType.ARTICLE),
        (_PRODUCT % "", "/tests/a", _LINES, PageType.OTHER),
        (_PRODUCT % ', "offers": {"price": 3}', "/tests/a", _STORY, PageType.OTHER),
    ],
)
def test_paragraphs_in_a_row_are_a_story_whatever_stands_beside_them(
    page: str, path: str, lines: tuple[str, ...], wanted: PageType
) -> None:
    head = read_head(parse_html(page))
    assert read_metadata(head, url="https://a.test" + path, text_lines=lines).page_type is wanted


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/news/people-who-live-near-the-harbour-protest", PageType.ARTICLE),
        ("/where-to-live-in-london/", PageType.ARTICLE),
        ("/live-and-let-die-review", PageType.ARTICLE),
        ("/music/live/concert", PageType.ARTICLE),
        ("/sport/ticker-tape-parade", PageType.ARTICLE),
        ("/live/bridge-closes", PageType.LIVE_BLOG),
        ("/world/live/2024/may/01/bridge", PageType.LIVE_BLOG),
        ("/sport/cup-final-live-updates", PageType.LIVE_BLOG),
        ("/welt/krieg-im-news-ticker-vom-26-august", PageType.LIVE_BLOG),
        ("/newsticker/meldung/bridge", PageType.ARTICLE),
        ("/liveticker/wahl", PageType.LIVE_BLOG),
        ("/politik/live-blog-wahl", PageType.LIVE_BLOG),
        ("/politique/en-direct/vote", PageType.LIVE_BLOG),
    ],
)
def test_a_live_blog_is_not_told_from_a_word_of_its_headline(path: str, wanted: PageType) -> None:
    head = read_head(parse_html(_ARTICLE))
    assert read_metadata(head, url="https://a.test" + path).page_type is wanted


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
