"""What a page says about itself is read as it stands."""

from __future__ import annotations

from cleaners.dom import parse_html
from cleaners.head import Head, read_head


def head(html: str) -> Head:
    return read_head(parse_html(html))


def test_metas_are_read_by_property_name_and_itemprop_in_order() -> None:
    found = head(
        "<meta property='OG:Title' content=' A  b '><meta name=author content=Ann>"
        "<meta name=author content=Bob><meta name=author content=Ann>"
        "<meta itemprop=datePublished content=2020-01-02><meta name=empty content=''>"
        "<meta charset=x>"
    )
    assert found.meta("og:title") == "A b"
    assert found.meta_all("author") == ("Ann", "Bob")
    assert found.meta("missing", "datepublished") == "2020-01-02"
    assert found.meta("empty") == ""
    assert found.meta_all("missing") == ()


def test_links_are_told_apart() -> None:
    found = head(
        "<link rel='Canonical' href='/a'><link rel=canonical href=/b><link rel=amphtml href=/amp>"
        "<link rel=alternate type=application/rss+xml href=/feed><link rel=alternate href=/de>"
        "<link rel=stylesheet href=x.css>"
    )
    assert (found.canonical, found.amphtml, found.feeds) == ("/a", "/amp", ("/feed",))


def test_title_of_a_drawing_is_not_the_title() -> None:
    assert head("<body><svg><title>Logo</title></svg><title>Real one</title>").title == "Real one"
    assert head("<p>none").title == ""


def test_language_and_direction_come_from_the_root() -> None:
    found = head("<html lang=ar dir=RTL><body>")
    assert (found.language, found.direction) == ("ar", "rtl")


def test_times_know_whether_a_heading_stands_before_them() -> None:
    found = head(
        "<time datetime=2020-01-01>old</time><h1>News <b>here</b></h1>"
        "<time class=Posted datetime=2021-02-03>3 Feb</time>"
    )
    assert found.headings == ("News here",)
    assert [stamp.after_heading for stamp in found.stamps] == [False, True]
    assert found.stamps[1].label == "posted"
    assert found.stamps[1].datetime == "2021-02-03"


def test_microdata_values_follow_the_element() -> None:
    found = head(
        "<time itemprop=datePublished datetime=2020-05-06>x</time>"
        "<div itemprop=author itemscope><span itemprop=name>Ann Lee</span> since 1990</div>"
        "<div itemprop=publisher itemscope><meta itemprop=name content='The Paper'></div>"
        f"<div itemprop=articleBody>{'long ' * 100}</div><div itemprop=editor itemscope></div>"
    )
    assert found.item_all("datepublished") == ("2020-05-06",)
    assert found.item_all("author") == ("Ann Lee",)
    assert found.item_all("publisher") == ("The Paper",)
    assert found.item_all("articlebody") == ()
    assert found.item_all("editor") == ()


def test_jsonld_is_kept_as_text_and_bounded() -> None:
    script = '<script type="Application/LD+JSON">{}</script>'
    found = head(script.format('{"a": 1}') + script.format("") + script.format("x" * 2_000_001))
    assert found.jsonld == ('{"a": 1}',)


def test_bylines_and_texts_near_the_heading_are_collected() -> None:
    found = head(
        "<div><h1>Bridge opens</h1></div><p class=byline>By Ann Lee</p><p>5 January 2021</p>"
        f"<div class=author-bio>{'word ' * 80}</div><body class=author-page><link class=author>"
    )
    assert [line.text for line in found.bylines] == ["By Ann Lee"]
    assert found.near_heading == ("By Ann Lee", "5 January 2021")


def test_nothing_is_collected_near_the_heading_where_the_head_tells_all() -> None:
    found = head(
        "<meta name=author content=Ann><meta property=article:published_time content=2020-01-01>"
        "<h1>Bridge opens</h1><p>5 January 2021</p><p class=date>5 January 2021</p>"
    )
    assert found.near_heading == ()
    assert found.datelines == ()


def test_empty_page_gives_an_empty_head() -> None:
    assert head("") == Head()
