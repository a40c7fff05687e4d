"""Metadata comes from the most trusted source that has it, and is never made up."""

from __future__ import annotations

import html as html_lib
import json

import pytest

from cleaners.about.bylines import load_byline_words
from cleaners.about.head import read_head
from cleaners.about.names import read_names
from cleaners.about.titles import Titles, choose_title, cut_site, cut_unseen, join_parts
from cleaners.article import Metadata, PageType
from cleaners.dom import parse_html
from cleaners.metadata import read_metadata
from cleaners.words.languages import choose_language

OG_ARTICLE = "<meta property=og:type content=article>"
URL = "https://www.harbour-post.test/news/2021/03/04/bridge-opens"


def metadata(html: str, *, url: str = URL, text_lines: tuple[str, ...] = ()) -> Metadata:
    return read_metadata(read_head(parse_html(html)), url=url, text_lines=text_lines)


def jsonld(**fields: object) -> str:
    value = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_jsonld_gives_everything() -> None:
    found = metadata(
        '<html lang="en-GB">'
        + jsonld(
            headline="Bridge opens",
            author=[{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Ek"}],
            datePublished="2021-03-04T05:06:07+01:00",
            dateModified="2021-03-05T05:06:07+01:00",
            publisher={"@type": "Organization", "name": "Harbour Post"},
            articleSection="Local",
            keywords=["bridges", "traffic", "Bridges"],
            description="It opened.",
            image={"url": "/bridge.jpg"},
            isAccessibleForFree=False,
            url="/news/bridge",
        )
    )
    assert found == Metadata(
        title="Bridge opens",
        authors=("Ann Lee", "Bo Ek"),
        published="2021-03-04T05:06:07+01:00",
        modified="2021-03-05T05:06:07+01:00",
        language="en",
        site_name="Harbour Post",
        section="Local",
        tags=("bridges", "traffic"),
        description="It opened.",
        image="https://www.harbour-post.test/bridge.jpg",
        canonical_url="https://www.harbour-post.test/news/bridge",
        paywalled=True,
        page_type=PageType.ARTICLE,
    )


def test_empty_page_says_nothing_but_its_address_date() -> None:
    assert metadata("", url="") == Metadata()
    assert metadata("").published == "2021-03-04"


def test_opengraph_and_metas_are_read() -> None:
    found = metadata(
        "<meta property=og:title content='Bridge opens - Harbour Post'>"
        "<meta property=og:site_name content='Harbour Post'><meta name=author content='By Ann Lee'>"
        "<meta property=article:published_time content=2021-03-04T05:06:07Z>"
        "<meta property=article:modified_time content=2021-03-01T05:06:07Z>"
        "<meta property=article:section content=Local><meta name=keywords content='a, b;c'>"
        "<meta property=og:locale content=nb_NO><link rel=canonical href=/x>"
        "<meta property=article:content_tier content=free>"
        "<meta property=og:image content=//i.test/p>"
    )
    assert found.title == "Bridge opens"
    assert found.authors == ("Ann Lee",)
    assert found.published == "2021-03-04T05:06:07+00:00"
    assert found.modified == ""
    assert found.tags == ("a", "b", "c")
    assert found.language == "nb"
    assert found.canonical_url == "https://www.harbour-post.test/x"
    assert found.image == "https://i.test/p"
    assert found.paywalled is False


def test_author_by_reference_is_resolved() -> None:
    html = jsonld(headline="H", author={"@id": "#ann"}) + jsonld(
        **{"@type": "Person", "@id": "#ann", "name": "Ann Lee"}
    )
    assert metadata(html).authors == ("Ann Lee",)
    assert metadata(jsonld(headline="H", author={"@id": "#gone"})).authors == ()


def test_visible_byline_is_preferred_to_the_site_as_its_own_author() -> None:
    html = jsonld(headline="H", author="Harbour Post", publisher={"name": "Harbour Post"})
    assert metadata(html).authors == ("Harbour Post",)
    visible = "<p class='article-byline'>By Ann Lee</p><p class=comment-author>troll</p>"
    assert metadata(html + visible).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ann Lee, Oslo", ("Ann Lee",)),
        ("By Ann Lee, HARBOUR POST", ("Ann Lee",)),
        ("By Ann Lee, Bo Ek and Cy Day", ("Ann Lee", "Bo Ek", "Cy Day")),
    ],
)
def test_place_in_a_visible_byline_is_no_author(byline: str, authors: tuple[str, ...]) -> None:
    assert metadata(f"<p class=byline>{byline}</p>").authors == authors


def test_host_beside_a_person_is_left_out() -> None:
    html = jsonld(headline="H", author=["Ann Lee", "harbour-post.test"])
    assert metadata(html).authors == ("Ann Lee",)


def test_byline_and_date_of_first_text_lines_are_the_last_resort() -> None:
    lines = ("Bridge opens", "Von Anna Muster", "4. März 2021, 12:30 Uhr")
    found = metadata("<html lang=de>", url="", text_lines=lines)
    assert found.authors == ("Anna Muster",)
    assert found.published == "2021-03-04T12:30:00"


def test_date_near_the_heading_is_read() -> None:
    found = metadata("<h1>H</h1><div>5 January 2020</div>", url="")
    assert found.published == "2020-01-05"
    assert metadata("<h1>H</h1><time datetime=2020-01-05T10:00>x</time>", url="").published == (
        "2020-01-05T10:00:00"
    )


def test_bare_date_takes_the_time_of_the_same_day_only() -> None:
    html = jsonld(headline="H", datePublished="2021-03-04") + (
        "<meta property=article:published_time content=2021-03-04T10:00:00Z>"
    )
    assert metadata(html).published == "2021-03-04T10:00:00+00:00"
    assert metadata(html.replace("2021-03-04T", "2021-03-05T")).published == "2021-03-04"


def test_time_of_a_change_is_not_the_publication() -> None:
    html = (
        "<h1>H</h1><time class=updated datetime=2022-02-02>u</time>"
        "<time class=entry-date datetime=2021-01-01>p</time>"
    )
    found = metadata(html, url="")
    assert (found.published, found.modified) == ("2021-01-01", "2022-02-02")


@pytest.mark.parametrize(
    ("title", "known", "site", "host", "expected"),
    [
        ("Bridge opens | Harbour Post", [], "Harbour Post", "", "Bridge opens"),
        ("Bridge opens - News - HP", ["Bridge opens"], "", "", "Bridge opens"),
        ("Bridge opens - harbour-post.test", [], "", "www.harbour-post.test", "Bridge opens"),
        ("Harbour Post: all news » Bridge opens", [], "Harbour Post", "", "Bridge opens"),
        ("City – the bridge opens", [], "Harbour Post", "", "City – the bridge opens"),
        ("Bridge - opens", ["Bridge - opens"], "opens", "", "Bridge - opens"),
        ("新しい橋：港新聞", [], "港新聞", "", "新しい橋"),
        (
            "Bridge opens today - News - HP",
            ["Interview: Bridge opens today"],
            "",
            "",
            "Bridge opens today",
        ),
        (
            "Bridge opens - News - HP",
            ["Interview: Bridge opens"],
            "",
            "",
            "Bridge opens - News - HP",
        ),
        ("", [], "x", "", ""),
    ],
)
def test_site_name_is_cut_only_where_it_is_one(
    title: str, known: list[str], site: str, host: str, expected: str
) -> None:
    assert cut_site(title, known, site_name=site, host=host) == expected


@pytest.mark.parametrize(
    ("heading", "other", "expected"),
    [
        ("Flood inquiry Two resign", "Flood inquiry: Two resign", "Flood inquiry: Two resign"),
        ("Basketball : Cup: Two banned", "Basketball: Cup: Two banned", None),
        ("Flood inquiry Two resign", "Flood inquiry: Two resign | Local", None),
        ("Foot : Paris gagne", "Foot : Paris gagne", "Foot : Paris gagne"),
        ("The town’s bridge", "The town's bridge", "The town’s bridge"),
        ("Bridges – a guide", "Bridges - a guide", "Bridges – a guide"),
        ("BRIDGE OPENS", "Bridge opens", "BRIDGE OPENS"),
        ("REVIEW “The Lamp” – light", "Review: “The Lamp” – light", None),
        ("REVIEW “The Lamp” – light", "Review: “The Lamp” - light", None),
    ],
)
def test_parts_of_a_title_are_joined_as_other_titles_join_them(
    heading: str, other: str, expected: str | None
) -> None:
    titles = Titles(headings=(heading,), opengraph=other, jsonld=other)
    assert join_parts(heading, titles) == (expected or other.removesuffix(" | Local"))
    lone = Titles(headings=(heading,), opengraph=other)
    assert join_parts(heading, lone) == heading


def test_byline_is_looked_for_under_the_heading_as_it_is_shown() -> None:
    title = "Flood inquiry: Two resign"
    page = (
        f"<title>{title} | Post</title><meta property=og:title content='{title}'>"
        f"<meta name=twitter:title content='{title}'><div>By Bob Crane</div>"
        "<h1><span>Flood inquiry</span> <span>Two resign</span></h1><p>By Ann Holm</p><p>Text.</p>"
    )
    lines = ("By Bob Crane", "Flood inquiry Two resign", "By Ann Holm", "Text.")
    found = metadata(page, text_lines=lines)
    assert (found.title, found.authors) == (title, ("Ann Holm",))


def test_logo_heading_is_not_the_title() -> None:
    titles = Titles(headings=("Harbour Post", "Bridge opens today"), document="Bridge opens today")
    assert choose_title(titles, site_name="Harbour Post") == "Bridge opens today"
    assert choose_title(Titles(headings=("Weather", "Sport"))) == ""
    assert choose_title(Titles(headings=("Bridge opens",))) == "Bridge opens"
    assert choose_title(Titles()) == ""


def test_heading_before_which_the_document_names_the_site_is_the_headline() -> None:
    blog = Titles(
        headings=("Notes from the harbour", "Bridge opens today"),
        opengraph="Bridge opens today",
        document="Notes from the harbour: Bridge opens today",
    )
    assert choose_title(blog) == "Bridge opens today"
    last = Titles(
        headings=("Notes from the harbour", "Bridge opens"),
        document="Bridge opens : Notes from the harbour",
    )
    assert choose_title(last) == "Bridge opens"


def test_heading_in_a_script_without_spaces_is_supported_by_the_document() -> None:
    titles = Titles(headings=("新桥今日通车",), document="新桥今日通车_社会_港口网")
    assert choose_title(titles) == "新桥今日通车"


@pytest.mark.parametrize(
    ("heading", "opengraph", "expected"),
    [
        ("Traffic: The bridge opens today", "The bridge opens today", "The bridge opens today"),
        ("Opening day The bridge opens today", "The bridge opens today", "The bridge opens today"),
        ("The bridge opens today", "Traffic: The bridge opens today", "The bridge opens today"),
        (
            "Opening day - “It holds after all”",
            "New bridge: “It holds after all”",
            "“It holds after all”",
        ),
        (
            "The longest bridge opens today",
            "Longest bridge opens today",
            "The longest bridge opens today",
        ),
        (
            "City bridge: it opens today",
            "Town bridge: it opens today",
            "City bridge: it opens today",
        ),
        ("Traffic: Bridge opens", "Bridge opens", "Traffic: Bridge opens"),
    ],
    ids=["colon", "line", "opengraph", "two", "article", "shared", "short"],
)
def test_kicker_before_the_headline_is_dropped(heading: str, opengraph: str, expected: str) -> None:
    assert choose_title(Titles(headings=(heading,), opengraph=opengraph)) == expected


def test_kicker_that_heading_and_opengraph_have_is_part_of_the_headline() -> None:
    whole = "Long harbour bridge: what it has cost"
    titles = Titles(headings=(whole,), opengraph=whole, document="What it has cost")
    assert choose_title(titles) == whole


@pytest.mark.parametrize(
    "html",
    [
        "<title>Bridge opens for all | My Post</title><h1><a href='/'>My Post</a></h1>",
        "<title>Bridge opens for all | My Post</title><h1>My Post</h1><h2>Bridge opens for all",
        "<title>My notes: Bridge opens</title><h1><a href='https://x.test/'>My notes</a></h1>",
        "<title>Bridge opens - My Post</title><h1><a href='/'>My Post</a></h1>",
        "<title>Bridge opens | A Post</title><h1><a href='#'>Bridge opens</a></h1><h2>A Post",
        "<title>Bridge opens</title><h1><a href='/'>Bridge opens</a></h1>",
        "<title>Bridge opens</title><h1>Bri\u00addge\u200b \u200eopens</h1>",
    ],
    ids=["home", "last", "blog", "end", "anchor", "all", "unseen"],
)
def test_heading_that_is_the_site_is_not_the_title(html: str) -> None:
    title = "Bridge opens for all" if "for all" in html else "Bridge opens"
    assert metadata(html).title == title


def test_entities_that_were_escaped_twice_are_read_as_meant() -> None:
    found = metadata(
        "<meta property=og:description content='It&amp;#8217;s AT&amp;amp;T &amp; co'>"
        "<meta name=keywords content='R&amp;amp;D, x'>"
        "<meta property=og:image content='https://x.test/a?b=1&amp;copy=2'>"
    )
    assert found.description == "It\u2019s AT&T & co"
    assert found.tags == ("R&D", "x")
    assert found.image == "https://x.test/a?b=1&copy=2"


def test_entities_and_heading_links_are_not_part_of_the_title() -> None:
    assert choose_title(Titles(headings=("Salt &#x26; sea ¶",))) == "Salt & sea"


@pytest.mark.parametrize(
    ("title", "lines", "expected"),
    [
        ("Bridge opens today - Local - Post", ["Bridge opens today"], "Bridge opens today"),
        (
            "POST - Bridge opens today - Local",
            ["Local", "Bridge opens today"],
            "Bridge opens today",
        ),
        ("Harbour Post: Bridge opens for all", ["Bridge opens for all"], "Bridge opens for all"),
        ("新橋今日通車｜生活｜港報", ["生活", "新橋今日通車"], "新橋今日通車"),
        ("橋が開通\u3000車も通る | 港報", ["橋が開通 車も通る"], "橋が開通\u3000車も通る"),
        ("Bridge opens today - Post", ["Bridge opens today - Post", "Bridge opens today"], ""),
        ("Bridge opens today and closes", ["Bridge opens today"], ""),
        ("The bridge opens today - The Harbour Post", ["The Harbour Post"], ""),
        ("Bridge opens - The Post", ["Bridge opens"], ""),
        ("", ["Bridge opens today"], ""),
    ],
    ids=[
        "last",
        "both",
        "first",
        "spaceless",
        "wide",
        "seen",
        "sentence",
        "site",
        "short",
        "empty",
    ],
)
def test_what_only_the_title_shows_is_cut_from_it(
    title: str, lines: list[str], expected: str
) -> None:
    assert cut_unseen(title, lines) == (expected or title)


def test_jsonld_of_a_blog_that_copies_the_documents_title_has_no_vote() -> None:
    html = (
        "<title>Cheap bridges</title><meta property=og:title content='Cheap bridges'>"
        "<h1>All about bridges</h1>"
    )
    copy = {"headline": "Cheap bridges"}
    assert metadata(html + jsonld(**{"@type": "BlogPosting"}, **copy)).title == "All about bridges"
    assert metadata(html + jsonld(**copy)).title == "Cheap bridges"


def test_what_most_titles_say_wins() -> None:
    titles = Titles(opengraph="Short one", jsonld="Long one", twitter="Long one")
    assert choose_title(titles) == "Long one"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("By Jane Doe and John Roe, Staff Writers", ("Jane Doe", "John Roe")),
        ("Von Max Muster", ("Max Muster",)),
        ("Charles de Gaulle", ("Charles de Gaulle",)),
        ("De Gaulle", ("De Gaulle",)),
        ("Por María Pérez", ("María Pérez",)),
        ("Ana y Luis García", ("Ana", "Luis García")),
        ("김민수 기자", ("김민수",)),
        ("dpa, AFP", ("dpa", "AFP")),
        ("Martin Luther King, Jr.", ("Martin Luther King, Jr.",)),
        ("By Robert F. Kennedy Jr.", ("Robert F. Kennedy Jr.",)),
        ("Jane Doe, Ph.D. | Ada Q.", ("Jane Doe, Ph.D.", "Ada Q.")),
        ("By Jane Doe.", ("Jane Doe",)),
        ("View all posts by Jane Doe", ("Jane Doe",)),
        ("Tous les articles de Marie Dupont", ("Marie Dupont",)),
        ("More from Jane Doe", ("Jane Doe",)),
        ("See more", ()),
        ("Über den Autor", ()),
        ("jane@x.test", ()),
        ("https://social.test/jane", ()),
        ("admin", ()),
        ("Staff Writer", ()),
        ("Guardian staff reporter", ("Guardian staff reporter",)),
        ("BR24 Redaktion", ("BR24 Redaktion",)),
        ("Reporter: Jane Doe (London)", ("Jane Doe",)),
        ("Jane Doe | JANE DOE", ("Jane Doe",)),
        ("Stand: 20. April 2020", ()),
        ("<a href='/x'>Jane Doe</a>", ("Jane Doe",)),
        ("r23", ("r23",)),
        ("word " * 20, ()),
        ("x" * 90, ()),
        ("...", ()),
    ],
)
def test_names_are_taken_from_a_byline(value: str, names: tuple[str, ...]) -> None:
    assert read_names([value]) == names


@pytest.mark.parametrize("example", load_byline_words().examples, ids=str)
def test_names_of_the_examples_beside_the_words_are_read(example: tuple[str, ...]) -> None:
    language, byline, *names = example
    assert read_names([byline], language=language) == tuple(names)


@pytest.mark.parametrize(
    ("declared", "sample", "language"),
    [
        (["en-US"], "Bridge opens", "en"),
        (["en"], "Мост открыт для движения", "ru"),
        (["en"], "Міст відкрито для руху їх", "uk"),
        (["en", "bg"], "Мостът е отворен", "bg"),
        (["en"], "橋が開通しました", "ja"),
        (["zh-Hant"], "大橋今天開通", "zh"),
        ([], "다리가 열렸다", "ko"),
        (["fa-IR"], "پل جدید", "fa"),
        (["x-default", "", "de_AT"], "Brücke", "de"),
        ([], "Bridge", ""),
        (["en"], "", "en"),
        (["und", "jp"], "", "ja"),
        (["us"], "Bridge opens", "en"),
        (["cn"], "Bridge", "zh"),
        (["deu"], "Brücke", "de"),
        (["mul"], "Brücke", ""),
        (["iw-IL"], "", "he"),
        (["en"], "Bridge ☃☃☃ αβ", "en"),
    ],
)
def test_language_is_the_declared_one_unless_the_script_denies_it(
    declared: list[str], sample: str, language: str
) -> None:
    assert choose_language(declared, sample) == language


POLISH = (
    "Rada miasta przyjęła w poniedziałek plan, na który mieszkańcy i radni czekali od lat, a do"
)
SWEDISH = (
    "Det är en plan som de har haft på bordet i ett år och som inte är med i den budget de tog"
)
ENGLISH = (
    "The council has approved the plan for the harbour, which is to be built in the next year by"
)


@pytest.mark.parametrize(
    ("declared", "line", "language"),
    [
        (["en-US"], POLISH, "pl"),
        (["en-US", "pl_PL"], POLISH, "pl"),
        ([], POLISH, "pl"),
        (["xx"], POLISH, "pl"),
        (["zz"], POLISH, "pl"),
        (["undefined"], POLISH, "pl"),
        (["english"], POLISH, "pl"),
        (["x-default", "polski"], POLISH, "pl"),
        (["zz", "de"], ENGLISH, "de"),
        (["zz"], "Short", ""),
        (["ast"], "Short", "ast"),
        (["vn"], "Short", "vi"),
        (["en"], SWEDISH, "sv"),
        (["de"], ENGLISH, "de"),
        (["en"], ENGLISH, "en"),
        (["en"], "Short", "en"),
    ],
)
def test_declared_language_is_not_believed_where_the_small_words_are_anothers(
    declared: list[str], line: str, language: str
) -> None:
    assert choose_language(declared, "Plan", [line] * 5) == language


def test_bulgarian_is_told_from_russian_by_its_letters() -> None:
    assert choose_language(["en"], "Съветът прие плана за държавния път") == "bg"
    assert choose_language(["en"], "Объём съёмки вырос на этой неделе") == "ru"


@pytest.mark.parametrize(
    ("html", "url", "page_type"),
    [
        (jsonld(**{"@type": "LiveBlogPosting"}), URL, PageType.LIVE_BLOG),
        (jsonld(headline="H"), "https://x.test/live/1", PageType.LIVE_BLOG),
        (OG_ARTICLE, "https://x.test/sport/liveticker/cup-final", PageType.LIVE_BLOG),
        (OG_ARTICLE, "https://x.test/final-minuto-a-minuto", PageType.LIVE_BLOG),
        (OG_ARTICLE, "https://x.test/music/live-at-the-harbour", PageType.ARTICLE),
        ("<p>", "https://x.test/live/", PageType.ARTICLE),
        (jsonld(**{"@type": "VideoObject"}), URL + "x", PageType.VIDEO),
        ("<meta property=og:type content=video.other>", "https://x.test/a", PageType.VIDEO),
        (jsonld(headline="H", video={"@type": "VideoObject"}), URL, PageType.ARTICLE),
        ("<meta property=og:type content=website>", "https://x.test/", PageType.SECTION),
        (jsonld(**{"@type": "CollectionPage"}), "https://x.test/local", PageType.SECTION),
        ("<p>", "https://x.test/tag/bridges", PageType.SECTION),
        ("<p>", "https://x.test/category/local/", PageType.SECTION),
        ("<p>", "https://x.test/topics/harbour-and-ferries/page/2", PageType.SECTION),
        ("<p>", "https://x.test/archive/2003/05/", PageType.SECTION),
        ("<p>", "https://x.test/archive/2003/05/man-hurt.html", PageType.ARTICLE),
        ("<p>", "https://x.test/category/local/man-hurt-in-fall", PageType.ARTICLE),
        ("<meta property=og:type content=website>", "https://x.test/?p=123", PageType.ARTICLE),
        ("<meta property=og:type content=website>", "https://x.test/?page=2", PageType.SECTION),
        ("<meta property=og:type content=website>", "https://x.test/?q=ice", PageType.SECTION),
        (jsonld(**{"@type": "Product"}), "https://x.test/p", PageType.OTHER),
        (jsonld(**{"@type": "LocalBusiness"}), "https://x.test/p", PageType.OTHER),
        (OG_ARTICLE + jsonld(**{"@type": "LocalBusiness"}), "https://x.test/p", PageType.ARTICLE),
        (OG_ARTICLE + jsonld(**{"@type": "Product"}), "https://x.test/p", PageType.OTHER),
        ("<p>", "https://x.test/some-story", PageType.ARTICLE),
        # Of a page at an address that nobody knows nothing tells that it is a site's first.
        ("<meta property=og:type content=website>", "", PageType.ARTICLE),
        (jsonld(**{"@type": "WebSite"}), "", PageType.ARTICLE),
        (
            "<meta property=og:type content=website><link rel=canonical href=https://x.test/>",
            "",
            PageType.SECTION,
        ),
    ],
)
def test_page_type_follows_what_the_page_declares(html: str, url: str, page_type: PageType) -> None:
    assert metadata(html, url=url).page_type is page_type


@pytest.mark.parametrize(
    ("html", "paywalled"),
    [
        (jsonld(isAccessibleForFree="False"), True),
        (jsonld(isAccessibleForFree="http://schema.org/True"), False),
        (jsonld(isAccessibleForFree="maybe"), None),
        ("<meta property=article:content_tier content=locked>", True),
        ("<p>", None),
    ],
)
def test_paywall_is_only_what_the_page_says(html: str, paywalled: bool | None) -> None:
    assert metadata(html).paywalled is paywalled


def test_page_object_without_an_article_gives_author_and_date() -> None:
    page = {"@type": "WebPage", "datePublished": "2024-05-01T10:00:00Z", "author": {"@id": "#p"}}
    graph = [page, {"@type": "Person", "@id": "#p", "name": "Ann Lee"}]
    found = metadata(jsonld(**{"@type": "Thing", "@graph": graph}), url="https://x.test/a")
    assert (found.published, found.authors) == ("2024-05-01T10:00:00+00:00", ("Ann Lee",))
    shop = jsonld(**{"@type": "WebPage", "datePublished": "2024-05-01"})
    shop += jsonld(**{"@type": "Product"})
    assert metadata(shop, url="https://x.test/a").page_type is PageType.OTHER


def test_video_of_a_video_page_gives_author_date_and_description() -> None:
    video = jsonld(
        **{"@type": "VideoObject"},
        name="Bridge opens",
        uploadDate="2024-05-01T10:00:00Z",
        author={"name": "Ann Lee"},
        description="It opened.",
    )
    found = metadata("<h1>Bridge opens</h1>" + video, url="https://x.test/a")
    assert found.published == "2024-05-01T10:00:00+00:00"
    assert (found.authors, found.description) == (("Ann Lee",), "It opened.")
    assert found.page_type is PageType.VIDEO


def test_publisher_by_reference_names_the_site() -> None:
    html = jsonld(headline="H", publisher={"@id": "https://x.test/#org"}) + jsonld(
        **{"@type": "Corporation", "@id": "https://x.test/#org", "name": "Harbour Post"}
    )
    assert metadata(html).site_name == "Harbour Post"


def test_paywall_of_a_video_or_of_another_story_is_not_this_ones() -> None:
    other = {"@type": "NewsArticle", "headline": "Fire", "isAccessibleForFree": False}
    listed = jsonld(**{"@type": "ItemList", "itemListElement": [other]})
    video = {"@type": "VideoObject", "isAccessibleForFree": True}
    assert metadata(jsonld(headline="H", isAccessibleForFree=True) + listed).paywalled is False
    assert metadata(jsonld(headline="H") + jsonld(**video)).paywalled is None
    assert metadata(jsonld(headline="H", hasPart=video)).paywalled is None


def test_paywall_of_a_part_or_of_the_page_is_the_articles() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paywall"}
    assert metadata(jsonld(headline="H", isAccessibleForFree=True, hasPart=part)).paywalled is True
    referred = jsonld(headline="H", hasPart=[{"@id": "#wall"}, "x"])
    assert metadata(referred + jsonld(**{**part, "@id": "#wall"})).paywalled is True
    page = jsonld(**{"@type": "WebPage", "isAccessibleForFree": False})
    assert metadata(jsonld(headline="H") + page).paywalled is True


def test_site_name_falls_back_to_the_site_object_and_is_no_address() -> None:
    assert metadata(jsonld(**{"@type": "WebSite", "name": "Post"})).site_name == "Post"
    assert metadata("<meta property=og:site_name content=https://x.test>").site_name == ""


def test_addresses_that_are_no_web_addresses_are_dropped() -> None:
    html = "<link rel=canonical href='javascript:x'><meta property=og:image content='http://[bad'>"
    found = metadata(html)
    assert (found.canonical_url, found.image) == ("", "")


def test_image_is_found_in_jsonld_forms() -> None:
    assert metadata(jsonld(image=["/a.jpg", "/b.jpg"])).image.endswith("/a.jpg")
    assert metadata(jsonld(image=[{"contentUrl": "/c.jpg"}])).image.endswith("/c.jpg")
    assert metadata(jsonld(image=[3])).image == ""


def test_lines_are_searched_after_the_title_and_not_in_the_menu() -> None:
    menu = tuple(f"Von Menü {number}" for number in range(60))
    lines = (*menu, "Brücke offen", "Von Anna Muster", "4. März 2021")
    found = metadata("<html lang=de><title>Brücke offen</title>", url="", text_lines=lines)
    assert (found.authors, found.published) == (("Anna Muster",), "2021-03-04")


@pytest.mark.parametrize("line", ["De Gaulle returns to Paris", "Text and more", "From here on"])
def test_sentence_is_no_byline(line: str) -> None:
    assert metadata("", url="", text_lines=(line,)).authors == ()


@pytest.mark.parametrize("name", ["News", "Politics", "Opinion"])
def test_name_of_a_section_in_the_only_heading_is_no_title(name: str) -> None:
    title = "Mayor resigns after a long row over harbour news and politics, in my opinion"
    html = f'<title>{title}</title><meta property=og:title content="{title}"><h1>{name}</h1>'
    assert metadata(html).title == title


def test_visible_heading_speaks_louder_than_a_headline_for_searchers() -> None:
    html = (
        "<title>Harbour news: mayor Ada Holm resigns</title><h1>The end of a long row</h1>"
        '<meta property=og:title content="Mayor of the harbour town resigns">'
    )
    assert metadata(html).title == "The end of a long row"


@pytest.mark.parametrize(
    ("html", "url", "image"),
    [
        ("<base href='https://i.test/a/'>", URL, "https://i.test/a/p.jpg"),
        ("<base href=/b/>", URL, "https://www.harbour-post.test/b/p.jpg"),
        ("<base href='https://i.test/a/'>", "", "https://i.test/a/p.jpg"),
        ("<link rel=canonical href='https://x.test/n/1'>", "", "https://x.test/n/p.jpg"),
        ("<base href=/b/>", "", ""),
        ("<link rel=canonical href=/n/1>", "", ""),
    ],
)
def test_addresses_are_relative_to_the_base_of_the_page(html: str, url: str, image: str) -> None:
    assert metadata(html + "<meta property=og:image content=p.jpg>", url=url).image == image


def test_address_of_a_host_without_scheme_is_no_relative_one() -> None:
    found = metadata("<meta property=og:image content=www.x.test/p.jpg>")
    assert found.image == "https://www.x.test/p.jpg"


@pytest.mark.parametrize("unfilled", ["{{image}}", "${image}.jpg", "null", "data:image/png,x", "#"])
def test_address_that_a_template_left_unfilled_gives_way_to_the_next(unfilled: str) -> None:
    html = (
        f"<link rel=canonical href='{unfilled}'><meta property=og:url content=/news/bridge>"
        f"<meta property=og:image content='{unfilled}'><meta name=twitter:image content=/p.jpg>"
    )
    found = metadata(html)
    assert found.image == "https://www.harbour-post.test/p.jpg"
    assert found.canonical_url == "https://www.harbour-post.test/news/bridge"


@pytest.mark.parametrize(
    ("html", "authors"),
    [
        (
            "<div class=entry-meta><span class='author vcard'><a class='url fn n'>Ann Lee</a>",
            ("Ann Lee",),
        ),
        ("<a class='p-author h-card' href=/x>Ann Lee</a>", ("Ann Lee",)),
        (
            "<b class='prep-author'>Posted on</b> May 1 by <b class='author vcard'>Ann Lee</b>",
            ("Ann Lee",),
        ),
        (
            "<section id=comments><ol><li><div class='author vcard'><cite>troll</cite> says:</div>",
            (),
        ),
        (
            "<p>By <a rel=author>Ann Lee</a>, <a rel=author>Bo Ek</a><p><a rel=author>Cy Day</a>",
            ("Ann Lee", "Bo Ek"),
        ),
        ("<ul class=authors><li>Ann Lee</li><li>Bo Ek</li></ul>", ("Ann Lee", "Bo Ek")),
        (
            "<div class=author><span>Ann Lee</span><span>Senior Editor for Europe</span></div>",
            ("Ann Lee",),
        ),
        ("<div class=byline><div>By</div><div>Ann Lee</div></div>", ("Ann Lee",)),
        ("<p class=byline>By <a>Ann Lee</a> and <a>Bo Ek</a></p>", ("Ann Lee", "Bo Ek")),
        ("<p class=byline><span>Ann</span> <span>Lee</span></p>", ("Ann Lee",)),
        ("<meta name=author content='Von Ann Lee, Paris'>", ("Ann Lee",)),
        (jsonld(author={"name": "Von Ann Lee, Paris"}), ("Ann Lee",)),
    ],
    ids=[
        "vcard", "h-card", "meta-prep", "comment", "links", "list", "post", "lead", "and", "words",
        "meta", "jsonld",
    ],
)  # fmt: skip
def test_bylines_of_common_templates_are_read(html: str, authors: tuple[str, ...]) -> None:
    assert metadata(html).authors == authors


@pytest.mark.parametrize(
    "line", ["Posted on May 1, 2024 by Ann Lee", "Posted by Ann Lee on May 1, 2024"]
)
def test_byline_beside_the_heading_may_hold_the_date(line: str) -> None:
    found = metadata(f"<h1>H</h1><p>{line}</p>", url="")
    assert (found.authors, found.published) == (("Ann Lee",), "2024-05-01")


@pytest.mark.parametrize(
    ("language", "line", "authors"),
    [
        ("es", "Por Elena Robles | 9 de junio de 2024", ("Elena Robles",)),
        ("fr", "Par Julien Sabatier", ("Julien Sabatier",)),
        ("it", "Di Marco Bellini", ("Marco Bellini",)),
        ("sv", "Av Anna Svensson", ("Anna Svensson",)),
        ("en", "By Monday the river had fallen.", ()),
        ("en", "By Monday the river had fallen", ()),
        ("en", "By Monday", ()),
        ("en", "By Jove, it works", ()),
        ("en", "By Jane Doe, our education reporter", ("Jane Doe",)),
        ("en", "By Jane Doe and John Roe in Oslo", ("Jane Doe", "John Roe")),
        ("en", "By Jane Doe with additional reporting by John Roe", ("Jane Doe", "John Roe")),
        ("en", "By Amanda", ("Amanda",)),
        ("de", "Von Montag an gilt ein neues Gesetz.", ()),
        ("de", "Von Montag an gilt ein neues Gesetz", ()),
        ("de", "Von Anfang an dabei", ()),
        ("de", "Von Ursula von der Leyen und Max Muster", ("Ursula von der Leyen", "Max Muster")),
        ("nl", "Door Nederland trok een storm", ()),
        ("es", "Por Madrid pasa todo", ()),
        ("es", "Por Elena Robles y por todos los vecinos del barrio", ()),
        ("en", "Di Marco Bellini", ()),
        ("zh", "来源：江岸网 2024年6月2日 05:00 作者：孙丽", ("孙丽",)),
        ("zh", "記者陳怡君／花蓮報導", ("陳怡君",)),
        ("zh", "记者：您还记得第一次进洞窟的情形吗？", ()),
        ("zh", "作者：把人物写活是最难的", ()),
        ("ko", "김민수 기자", ("김민수",)),
        ("ko", "김민수 기자 | 2024년 6월 2일", ("김민수",)),
        ("ko", "여수=김민수·이영희 기자 minsu@harbour.test", ("김민수", "이영희")),
        ("ko", "그날 현장에서 만난 기자", ()),
        ("ko", "시민 기자", ()),
        ("ja", "記者 この本を書いたきっかけは", ()),
    ],
)
def test_line_below_the_headline_is_a_byline_or_prose(
    language: str, line: str, authors: tuple[str, ...]
) -> None:
    html = f"<html lang={language}><h1>Title of it</h1><div>{line}</div>"
    assert metadata(html).authors == authors


@pytest.mark.parametrize("name", ["reporter", "writer", "journalist", "auth-name"])
def test_element_named_for_who_writes_is_a_byline(name: str) -> None:
    html = f"<h1>Title of it</h1><span class={name}>Ann Lee</span>"
    assert metadata(html).authors == ("Ann Lee",)


def test_what_a_byline_tells_screen_readers_alone_names_nobody() -> None:
    hidden = "<span class='screen-reader-text'>About <b>us</b></span>"
    found = metadata(f"<h1>Bridge</h1><p class=author><a href=/ann>Ann Lee</a> {hidden}</p>")
    assert found.authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Ann Lee - Harbour Post", ("Ann Lee",)),
        ("Ann Lee Harbour Post", ("Ann Lee",)),
        ("Newsroom Harbour Post", ("Newsroom Harbour Post",)),
        ("Ann Lee-Harbour Post", ("Ann Lee-Harbour Post",)),
    ],
)
def test_site_after_a_name_is_no_part_of_it(byline: str, authors: tuple[str, ...]) -> None:
    site = "<meta property=og:site_name content='Harbour Post'>"
    assert metadata(f"{site}<h1>H</h1><p class=author>{byline}</p>").authors == authors


def test_last_name_that_is_the_site_too_is_kept() -> None:
    site = "<meta property=og:site_name content=Lee>"
    assert metadata(f"{site}<h1>H</h1><p class=author>Ann Mary Lee</p>").authors == (
        "Ann Mary Lee",
    )


@pytest.mark.parametrize(
    ("value", "language", "names"),
    [
        ("Per Hansen", "nb", ("Per Hansen",)),
        ("Per Olov Enquist", "sv", ("Per Olov Enquist",)),
        ("Theo Müller", "de", ("Theo Müller",)),
        ("Na Young Kim", "en", ("Na Young Kim",)),
        ("De La Cruz", "es", ("De La Cruz",)),
        ("Per Ana Puig", "ca", ("Ana Puig",)),
        ("di Mario Rossi", "it", ("Mario Rossi",)),
        ("Av Kari Nordmann", "no", ("Kari Nordmann",)),
    ],
)
def test_first_name_that_leads_to_names_elsewhere_is_kept(
    value: str, language: str, names: tuple[str, ...]
) -> None:
    assert read_names([value], language=language) == names


@pytest.mark.parametrize(
    ("value", "language"),
    [
        ("Ada Quill, Bo Ek, and Cia Dal", "en"),
        ("Ada Quill, Bo Ek, & Cia Dal", "en"),
        ("Ada Quill, Bo Ek, och Cia Dal", "sv"),
        ("Ada Quill, Bo Ek, y Cia Dal", ""),
    ],
)
def test_conjunction_after_a_comma_is_no_name(value: str, language: str) -> None:
    assert read_names([value], language=language) == ("Ada Quill", "Bo Ek", "Cia Dal")


def test_title_that_is_the_sites_name_alone_speaks_for_no_heading() -> None:
    page = "<title>Harbour Post</title><h1>Council votes on the new bridge</h1>"
    found = metadata(page, url="https://www.harbourpost.test/a")
    assert found.title == "Council votes on the new bridge"


def test_language_of_a_text_is_told_from_that_of_its_neighbour() -> None:
    lines = (
        "El consejo aprobó el lunes la reforma del puente sobre el río, que estará cerrado.",
        "La obra costará dos millones y se hará en tres fases, de las que la primera empieza en la",
        "orilla del norte, donde los autobuses tendrán que dar la vuelta por la plaza del mercado.",
    )
    assert metadata("<title>Puente</title>", url="", text_lines=lines).language == "es"


@pytest.mark.parametrize(
    ("value", "language"),
    [
        ("Publié le 3 mai 2024 par Ada Quill", "fr"),
        ("Publicado el 3 de mayo de 2024 por Ada Quill", "es"),
        ("Publicado em 3 de maio de 2024 por Ada Quill", "pt"),
        ("3 maggio 2024 di Ada Quill", "it"),
        ("Publicerad 3 maj 2024 av Ada Quill", "sv"),
    ],
)
def test_name_after_the_date_is_led_as_the_language_leads(value: str, language: str) -> None:
    assert read_names([value], language=language) == ("Ada Quill",)


@pytest.mark.parametrize(
    "page", ["https://x.test/a", {"@type": "WebPage", "@id": "https://x.test/a"}]
)
def test_page_whose_main_entity_is_the_article_is_its_address(page: object) -> None:
    assert metadata(jsonld(mainEntityOfPage=page), url="").canonical_url == "https://x.test/a"


TOLD = "<p>The council met on Monday evening to hear about the bridge and who pays for it.</p>" * 4


@pytest.mark.parametrize(
    "others",
    [
        "<div class=related><a href=/x>O</a><span class=author>Bo Ek</span>{time}</div>",
        "<div id=most-read><span class=author>Bo Ek</span>{time}</div>",
        "<section class='article-teasers'><span class=author>Bo Ek</span>{time}</section>",
        "<nav><a rel=author href=/bo>Bo Ek</a>{time}</nav>",
    ],
)
def test_what_leads_to_other_stories_gives_neither_author_nor_date(others: str) -> None:
    others = others.format(time="<time datetime=2023-01-01>January 1</time>")
    own = "<h1>The bridge</h1><p class=byline>By Jane Doe</p><div class=date>May 14, 2024</div>"
    found = metadata(f"<article>{own}{TOLD}{others}</article>", url="https://x.test/a")
    assert (found.authors, found.published) == (("Jane Doe",), "2024-05-14")


def test_foot_of_a_story_is_its_own_and_that_of_the_page_is_not() -> None:
    foot = "<footer><span class=author>Jane Doe</span><time>2024-05-14</time></footer>"
    found = metadata(f"<article><h2>The bridge</h2>{TOLD}{foot}</article>", url="https://x.test/a")
    assert (found.authors, found.published) == (("Jane Doe",), "2024-05-14")
    assert metadata(f"<div><h1>The bridge</h1>{TOLD}</div>{foot}").authors == ()


def test_json_ld_of_another_story_alone_gives_nothing() -> None:
    other = jsonld(
        headline="Ferry prices rise again",
        url="https://x.test/news/other",
        author={"name": "Bo Ek"},
        datePublished="2023-01-01",
        isAccessibleForFree=False,
    )
    page = "<title>The bridge is shut</title><h1>The bridge is shut</h1><p class=byline>By Jane Doe"
    found = metadata(other + page, url="https://x.test/news/bridge")
    assert (found.authors, found.published, found.paywalled) == (("Jane Doe",), "", None)
    same = other.replace("Ferry prices rise again", "Bridge is shut")
    assert metadata(same + page, url="https://x.test/news/bridge").authors == ("Bo Ek",)
    home = other.replace("/news/other", "/")
    assert metadata(home + page, url="https://x.test/news/bridge").authors == ("Bo Ek",)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Par Marie Dupont et Jean Martin", ("Marie Dupont", "Jean Martin")),
        ("Por Ana Pérez y Luis García", ("Ana Pérez", "Luis García")),
        ("Di Mario Rossi e Luca Bianchi", ("Mario Rossi", "Luca Bianchi")),
        ("Av Anna Svensson och Erik Berg", ("Anna Svensson", "Erik Berg")),
    ],
)
def test_plain_byline_of_two_writers_is_read(byline: str, authors: tuple[str, ...]) -> None:
    language = {"Par": "fr", "Por": "es", "Di": "it", "Av": "sv"}[byline.split(maxsplit=1)[0]]
    found = metadata(f"<html lang={language}><h1>Le pont</h1><p>{byline}</p>{TOLD}")
    assert found.authors == authors


@pytest.mark.parametrize(
    ("html", "name"),
    [
        (
            jsonld(publisher={"@id": "#org"}) + jsonld(**{"@type": "WebSite", "name": "Quay"}),
            "Quay",
        ),
        (
            jsonld(headline="T", about={"@type": "Organization", "name": "River Corp"})
            + jsonld(**{"@type": "WebSite", "name": "Quay"}),
            "Quay",
        ),
        (
            "<meta property=og:site_name content='https://quay.example/'>"
            + jsonld(**{"@type": "WebSite", "name": "Quay"}),
            "Quay",
        ),
    ],
)
def test_site_name_is_a_name(html: str, name: str) -> None:
    assert metadata(html).site_name == name


@pytest.mark.parametrize(
    ("named", "authors"),
    [
        ("Max Muster, dpa", ("Max Muster",)),
        ("dpa", ("dpa",)),
        ("Harbour Post mit dpa", ("dpa",)),
        (["Max Muster", "dpa"], ("Max Muster", "dpa")),
        ("Sid, Max Muster", ("Sid", "Max Muster")),
    ],
    ids=["joined", "alone", "site", "listed", "first name"],
)
def test_agency_is_left_out_where_it_is_joined_to_a_writer(
    named: str | list[str], authors: tuple[str, ...]
) -> None:
    listed = [named] if isinstance(named, str) else named
    data = jsonld(author=[{"name": each} for each in listed], publisher={"name": "Harbour Post"})
    assert metadata(f"<html lang=de>{data}").authors == authors


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


PERSON = {"@type": "Person", "@id": "https://x.test/#/schema/person/1", "name": "Ann Lee"}
PICTURE = {"@type": "ImageObject", "@id": "https://x.test/a/#primaryimage", "url": "/p.jpg"}


@pytest.mark.parametrize(
    ("author", "image"),
    [
        ({"@id": PERSON["@id"]}, {"@id": PICTURE["@id"]}),
        ({"@id": PERSON["@id"], "name": ""}, {"@type": "ImageObject", "@id": PICTURE["@id"]}),
        ([{"@id": PERSON["@id"]}], [{"@id": PICTURE["@id"]}]),
        (PERSON["@id"], PICTURE["@id"]),
        ({"@id": "#/schema/person/1"}, {"@id": "#primaryimage"}),
        ({"@id": PERSON["@id"], "@type": "Person"}, {"@id": "#primaryimage"}),
    ],
    ids=["objects", "named empty", "lists", "texts", "fragments", "typed"],
)
@pytest.mark.parametrize("form", ["graph", "list", "blocks", "nested"])
def test_author_and_image_by_reference_are_found_in_every_form(
    form: str, author: object, image: object
) -> None:
    story = {"@type": "NewsArticle", "headline": "Bridge opens", "author": author, "image": image}
    html = {
        "graph": ld({"@graph": [story, PERSON, PICTURE]}),
        "list": ld([PICTURE, story, PERSON]),
        "blocks": ld(PERSON) + ld(story) + ld({"@graph": [PICTURE]}),
        "nested": ld(story) + ld({"@type": "WebPage", "primaryImageOfPage": PICTURE, "x": PERSON}),
    }[form]
    found = metadata(html)
    assert (found.authors, found.image) == (("Ann Lee",), "https://www.harbour-post.test/p.jpg")


def test_reference_to_nothing_gives_neither_author_nor_image() -> None:
    found = metadata(jsonld(author={"@id": "#author"}, image={"@id": "#primaryimage"}))
    assert (found.authors, found.image) == ((), "")


@pytest.mark.parametrize(
    ("cards", "authors"),
    [
        ((("Written by", "Ann Lee"), ("Est. reading time", "5 minutes")), ("Ann Lee",)),
        ((("Est. reading time", "5 minutes"), ("Verfasst von", "Ann Lee")), ("Ann Lee",)),
        ((("作者:", "王小明"),), ("王小明",)),
        ((("Written by", "annlee77"),), ()),
        ((("Written by", "admin"),), ()),
        ((("Est. reading time", "Five Minutes"),), ()),
        ((("Price", "Ten Pounds"),), ()),
    ],
    ids=["en", "de", "zh", "account", "nobody", "time", "price"],
)
def test_writer_that_a_card_labels_is_an_author(
    cards: tuple[tuple[str, str], ...], authors: tuple[str, ...]
) -> None:
    html = "".join(
        f"<meta name=twitter:label{n} content='{label}'>"
        f"<meta name=twitter:data{n} content='{data}'>"
        for n, (label, data) in enumerate(cards, 1)
    )
    assert metadata(html).authors == authors
    shown = "<h1>Bridge opens</h1><p class=byline>By Bo Ek</p>"
    assert metadata(html + shown).authors == ("Bo Ek",)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("&lt;p&gt;It &lt;b&gt;opened&lt;/b&gt;.&lt;/p&gt;", "It opened."),
        ("&lt;p&gt;One&lt;br /&gt;two", "One two"),
        ("It opened &lt;a class=more href=&quot;/x", "It opened"),
        ("Fish &amp;amp; chips&amp;nbsp;now", "Fish & chips now"),
        ("the lawn&amp;#8221…", "the lawn”…"),
        ("the lawn&amp;#82…", "the lawn…"),
        ("It opened and&lt;a href=/x&gt;Read more&lt;/a&gt;", "It opened and Read more"),
        ("5 &lt; 6 and a &lt;details&gt; element", "5 < 6 and a <details> element"),
        ("AT&amp;T & R&D", "AT&T & R&D"),
    ],
)
def test_description_is_plain_text(written: str, plain: str) -> None:
    assert metadata(f'<meta name=description content="{written}">').description == plain
    if "&amp;" not in written:
        assert metadata(jsonld(description=html_lib.unescape(written))).description == plain


@pytest.mark.parametrize("home", ["/", "https://www.harbour-post.test", "https://other.test/"])
def test_canonical_address_of_a_home_page_is_not_a_storys(home: str) -> None:
    canonical = f"<link rel=canonical href='{home}'>"
    story = canonical + jsonld(headline="Bridge opens", mainEntityOfPage={"@id": "/news/bridge"})
    assert metadata(story).canonical_url == "https://www.harbour-post.test/news/bridge"
    opengraph = "<meta property=og:url content=/news/bridge-opens>"
    assert metadata(OG_ARTICLE + canonical + opengraph).canonical_url.endswith("/bridge-opens")
    assert metadata(canonical + jsonld(headline="Bridge opens")).canonical_url == ""


@pytest.mark.parametrize(
    "url", ["https://x.test/", "https://x.test/index.php", "https://x.test/home", ""]
)
def test_canonical_address_of_a_home_page_is_its_own(url: str) -> None:
    html = "<link rel=canonical href=https://x.test/>" + OG_ARTICLE
    assert metadata(html, url=url).canonical_url == "https://x.test/"


def test_canonical_address_of_a_home_page_with_a_query_is_a_storys() -> None:
    assert metadata("<link rel=canonical href='/?p=12'>" + OG_ARTICLE).canonical_url.endswith("12")


def test_headline_in_a_line_of_its_own_is_the_title_of_an_old_page() -> None:
    html = "<title>Post | Local | Bell rings in mill</title><p>x"
    lines = ("Menu", "Bell rings in mill Nobody has the key")
    parts = ("Menu", "Bell rings in mill", "Nobody has the key")
    head = read_head(parse_html(html))
    found = read_metadata(head, text_lines=lines, parts=parts, headline=parts[1])
    assert found.title == "Bell rings in mill"


@pytest.mark.parametrize(
    ("document", "title"),
    [
        ("Vale: article", "The bell that rang in an empty mill"),
        ("Council shuts the old bridge", "Council shuts the old bridge"),
    ],
)
def test_only_heading_is_the_title_where_the_document_is_called_by_no_headline(
    document: str, title: str
) -> None:
    html = f"<title>{document}</title><h1>The bell that rang in an empty mill</h1>"
    assert metadata(html, url="").title == title


def test_episode_of_a_podcast_is_described_by_its_jsonld() -> None:
    said = {"@type": "PodcastEpisode", "name": "The bell", "datePublished": "2024-03-04"}
    found = metadata(jsonld(**said, author={"name": "Ann Lee"}), url="")
    assert (found.authors, found.published) == (("Ann Lee",), "2024-03-04")
