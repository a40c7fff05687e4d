"""What a page says about itself is read as it stands."""

from __future__ import annotations

import pytest

from cleaners.about.head import Head, read_head
from cleaners.dom import parse_html


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
    assert found.canonical == "/a"


def test_title_of_a_drawing_is_not_the_title() -> None:
    assert head("<body><svg><title>Logo</title></svg><title>Real one</title>").title == "Real one"
    assert head("<p>none").title == ""


def test_language_comes_from_the_root() -> None:
    assert head("<html lang=ar dir=RTL><body>").language == "ar"


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


def test_microdata_of_other_stories_and_of_comments_is_left_out() -> None:
    found = head(
        "<title>Bridge shut | Post</title><article><h1>Bridge shut</h1></article>"
        "<div itemscope itemtype=http://schema.org/NewsArticle><b itemprop=headline>Mill fire</b>"
        "<b itemprop=author>Ann Other</b><meta itemprop=datePublished content=2023-01-01></div>"
        "<div itemprop=comment itemscope itemtype=https://schema.org/Comment>"
        "<b itemprop=author itemscope><i itemprop=name>troll</i></b></div>"
        "<ol class=commentlist><li><b itemprop=author>ogre</b></ol>"
        "<aside><b itemprop=author>Cy Day</b></aside>"
    )
    assert found.item_all("author") == ()
    assert found.meta("datepublished") == ""


@pytest.mark.parametrize(
    "html",
    [
        "<article itemscope itemtype=x/NewsArticle><h1>Bridge shut</h1>%s</article>",
        "<article itemscope><h1>Bridge shut</h1><aside>%s</aside></article>",
        "<h1>Bridge shut</h1><div itemscope><b itemprop=headline>Bridge shut for now</b>%s</div>",
        "<h1>Bridge shut</h1><div itemscope><meta itemprop=headline content=''>%s</div>",
        "<h1>Bridge shut</h1><div itemscope>%s</div>",
        "<div itemscope itemtype=x/Review><h1>Bridge shut</h1>%s</div>",
        "%s",
    ],
)
def test_microdata_of_the_story_is_kept_wherever_it_stands(html: str) -> None:
    own = "<b itemprop=author>Ann Lee</b><meta itemprop=datePublished content=2024-05-01>"
    found = head("<title>Bridge shut</title>" + html % own)
    assert found.item_all("author") == ("Ann Lee",)
    assert found.meta("datepublished") == "2024-05-01"


def test_dates_of_rdfa_are_read_as_those_of_microdata() -> None:
    found = head(
        '<h1>H</h1><i property="schema:datePublished" content="2024-05-01T10:00:00Z">x</i>'
        '<i property="dc:date dc:created" content="2024-05-02T10:00:00+02:00">x</i>'
        '<i property="schema:dateModified" content="2024-05-03">x</i>'
        '<i property="schema:name" content="Ann Lee">x</i>'
    )
    assert found.item_all("datepublished") == ("2024-05-01T10:00:00Z", "2024-05-02T10:00:00+02:00")
    assert found.item_all("datecreated") == ("2024-05-02T10:00:00+02:00",)
    assert found.item_all("datemodified") == ("2024-05-03",)


def test_dated_abbreviations_are_times() -> None:
    found = head(
        "<h1>H</h1><abbr class=published title=2024-05-01T10:00:00Z>yesterday</abbr>"
        "<abbr title='United Nations'>UN</abbr>"
    )
    assert [stamp.datetime for stamp in found.stamps] == ["2024-05-01T10:00:00Z"]
    item = head("<abbr itemprop=datePublished title=2024-05-01T10:00>10:00</abbr>")
    assert item.item_all("datepublished") == ("2024-05-01T10:00",)


def test_who_took_a_picture_is_not_who_wrote_the_story() -> None:
    found = head(
        "<div itemscope itemtype=https://schema.org/NewsArticle><h1>H</h1>"
        "<figure itemprop=image itemscope itemtype=https://schema.org/ImageObject>"
        "<b itemprop=author>Bob Snap</b></figure><b itemprop=author>Ann Lee</b></div>"
    )
    assert found.item_all("author") == ("Ann Lee",)


def test_times_beside_the_story_are_told_from_its_own() -> None:
    found = head(
        "<div class=top><time>today</time></div><main><time>above</time><article><h1>H</h1>"
        "<time>own</time></article><aside><time>teaser</time></aside>"
        "<article><time>next</time></article><ul class=comments><li><time>said</time></ul></main>"
    )
    assert [stamp.text for stamp in found.stamps if not stamp.is_beside] == ["above", "own"]


def test_lines_above_the_headline_come_last_and_only_from_its_container() -> None:
    found = head(
        "<div class=date>5 June 2025</div><main><p class=date>2 May 2024</p>"
        "<h1>Bridge shut</h1><p class=date>1 May 2024</p><aside><p class=date>9 May</p></aside>"
    )
    assert [line.text for line in found.datelines] == ["1 May 2024", "2 May 2024"]


def test_bylines_of_other_stories_and_of_comments_are_left_out() -> None:
    found = head(
        "<article><h1>H</h1><aside><p class=author>Ann Lee</p></aside></article>"
        "<aside><b class=author>Ann Other</b></aside><article><b class=author>Bo Ek</b></article>"
        "<div id=comments><b class=author>troll</b></div>"
    )
    assert [line.text for line in found.bylines] == ["Ann Lee"]


def test_headline_is_the_heading_that_the_title_repeats() -> None:
    found = head(
        "<title>Bridge shut | The Post</title><header><h1></h1><h1>The Post</h1>"
        "<p class=date>5 June 2025</p></header><main><h1>Bridge shut</h1></main>"
    )
    assert found.datelines == ()


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
