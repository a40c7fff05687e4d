"""The authors are the people that a page names, the house only where it names nobody."""

from __future__ import annotations

import json

import pytest

from cleaners.about.head import read_head
from cleaners.dom import parse_html
from cleaners.metadata import read_metadata


def authors(html: str, *, text_lines: tuple[str, ...] = ()) -> tuple[str, ...]:
    return read_metadata(read_head(parse_html(html)), text_lines=text_lines).authors


def jsonld(**fields: object) -> str:
    value = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    "house", ["Redazione", "Redaktion", "Redakcja", "La rédaction", "Newsroom", "Web Desk", "Staff"]
)
def test_newsroom_is_the_author_only_where_nobody_is_named(house: str) -> None:
    declared = f"<meta name=author content='{house}'>"
    assert authors(declared) == (house,)
    assert authors(f"{declared}<b itemprop=author>Ann Lee</b>") == ("Ann Lee",)
    assert authors(f"{declared}<p class=byline>By Ann Lee</p>") == ("Ann Lee",)


def test_agency_alone_is_the_author_whatever_else_is_named() -> None:
    declared = "<meta name=author content=dpa>"
    assert authors(f"{declared}<p class=byline>By Ann Lee</p>") == ("dpa",)


def test_line_with_the_post_of_a_name_makes_it_a_byline_where_the_site_is_the_author() -> None:
    declared = jsonld(headline="Bridge opens", author="Quay", publisher={"name": "Quay"})
    shown = ("Bridge opens", "Marit Hoekzema", "verslaggever Economie", "The bridge is open.")
    head = f"<h1>Bridge opens</h1>{declared}"
    assert authors(head, text_lines=shown) == ("Marit Hoekzema",)
    named = jsonld(headline="Bridge opens", author="Ann Lee", publisher={"name": "Quay"})
    assert authors(named, text_lines=shown) == ("Ann Lee",)


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Marit Hoekzema",
            "Verslaggever en dochter van een schipper vaart zij zelf nog iedere week.",
        ),
        ("Marit Hoekzema", "Verslaggever was ze."),
        ("Marit Hoekzema:", "verslaggever Economie"),
        ("Economie", "verslaggever"),
        ("Marit Hoekzema", "De brug is open"),
    ],
    ids=["prose", "sentence", "quoted", "no name", "no post"],
)
def test_other_lines_after_a_name_make_it_no_byline(lines: tuple[str, str]) -> None:
    assert authors("<h1>Bridge opens</h1>", text_lines=("Bridge opens", *lines)) == ()


def test_portal_and_paper_are_no_authors_where_a_writer_is_named() -> None:
    portal = (
        "<meta property=og:site_name content=물가뉴스>"
        "<meta property=og:article:author content='새벽일보 | 물가'>"
    )
    assert authors(portal) == ("새벽일보", "물가")
    assert authors(f"{portal}<p class=byline>임하늘 기자</p>") == ("임하늘",)
    alone = portal.replace("새벽일보 | ", "")
    assert authors(f"{alone}<p class=byline>임하늘 기자</p>") == ("물가",)


@pytest.mark.parametrize(
    ("begin", "names"),
    [
        ("江岸社江城3月10日电（记者孙丽、次旺卓玛）清晨的气温还在零下。", ("孙丽", "次旺卓玛")),
        ("本报讯（记者 孙丽 通讯员 王磊）大桥昨天通车。", ("孙丽", "王磊")),
        ("中新社江城1月17日電 (記者 孫麗)大橋昨天通車。", ("孫麗",)),
        ("江岸社江城3月10日电 清晨的气温（记者孙丽摄）还在零下。", ()),
        ("大桥昨天通车（记者孙丽）。", ()),
    ],
)
def test_reporters_of_a_chinese_dispatch_are_its_authors(
    begin: str, names: tuple[str, ...]
) -> None:
    head = "<html lang=zh><h1>大桥昨天通车了</h1>"
    assert authors(head, text_lines=("大桥昨天通车了", begin)) == names
    assert authors(f"{head}<meta name=author content=王小明>", text_lines=(begin,)) == ("王小明",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Lee, 2024-05-14 08:12", ("Ann Lee",)),
        ("Ann Lee 14 May 2024", ("Ann Lee",)),
        ("Ann Lee | 14.05.2024 - Updated : 15.05.2024", ("Ann Lee",)),
        ("Ann Lee, OSLO. 14 May 2024", ("Ann Lee",)),
        ("Íñigo Salas 14/05/2024 - 20:10", ("Íñigo Salas",)),
        ("Oslo, 14 May 2024", ()),
        ("Local News 14 May 2024", ()),
        ("Press Release 14 May 2024", ()),
        ("Last Updated 14 May 2024", ()),
        ("Ann Lee 14 May", ()),
        ("Ann Lee died on 14 May 2024", ()),
        ("Ann Lee 14 May 2024 Sale in all of our shops, today alone", ()),
    ],
)
def test_name_with_a_date_under_the_headline_is_a_byline(line: str, names: tuple[str, ...]) -> None:
    html = f"<main><h1>Bridge opens</h1><p>It is open.</p><div>{line}</div></main>"
    assert authors(html) == names
    assert authors("<h1>Bridge opens</h1>", text_lines=("Bridge opens", line)) == names
    assert authors(f"{html}<p class=author>By Bo Ek</p>") == ("Bo Ek",)
    farther = ("Bridge opens", *["It is open to all."] * 5, line)
    assert authors("<h1>Bridge opens</h1>", text_lines=farther) == ()


def test_who_made_the_page_is_not_who_wrote_the_story() -> None:
    foot = "<footer>Ann Lee, 14 May 2024</footer>"
    assert authors(f"<div><h1>Bridge opens</h1></div>{foot}") == ()
    assert authors(f"<article><h1>Bridge opens</h1>{foot}</article>") == ("Ann Lee",)


@pytest.mark.parametrize(
    "author",
    ["<p class=author>Nadia Ferrand</p>", "<footer><b class=author>Nadia Ferrand</b></footer>"],
)
def test_author_of_a_quotation_is_not_the_storys(author: str) -> None:
    quoted = f"<div class=box> <blockquote>It is a bridge.</blockquote> {author}</div>"
    assert authors(f"<h1>Bridge opens</h1><p>It is open.</p>{quoted}") == ()
    story = f"<p>It is open.</p><blockquote>It is a bridge.</blockquote>{author}"
    assert authors(f"<article><h1>Bridge opens</h1><div>{story}</div></article>") == (
        "Nadia Ferrand",
    )


def test_name_of_the_site_beside_a_writer_is_no_author() -> None:
    site = "<meta property=og:site_name content='The Quay Herald'>"
    line = "<div class=byline>By <a href=/ann>Ann Lee</a> | The Quay Herald</div>"
    assert authors(site + line) == ("Ann Lee",)
    assert authors(site + line.replace("<a href=/ann>Ann Lee</a> | ", "")) == ("The Quay Herald",)
    assert authors(site + line.replace("The Quay Herald", "dpa infocom, Bo Ek")) == (
        "Ann Lee",
        "Bo Ek",
    )


@pytest.mark.parametrize(
    ("other", "names"),
    [
        ("<a class=by href=/staff/2/bo>Bo Ek</a>", ("Ann Lee", "Bo Ek")),
        (" and <a class=by href=/staff/2/bo>Bo Ek</a>", ("Ann Lee", "Bo Ek")),
        (" on <a class=by href=/staff/2/bo>Bo Ek</a>", ("Ann Lee",)),
        ("<a class=more href=/staff/2/bo>Bo Ek</a>", ("Ann Lee",)),
        ("<a class=by href=/news/2/bo>Quay West</a>", ("Ann Lee",)),
        ("<a class=by href=/staff/2/all>More</a>", ("Ann Lee",)),
    ],
)
def test_link_right_after_the_writers_and_marked_up_like_it_names_a_second(
    other: str, names: tuple[str, ...]
) -> None:
    first = "<a class=by rel=author href=/staff/1/ann>Ann Lee</a>"
    assert authors(f"<h1>Bridge opens</h1><div>{first}{other}</div>") == names


@pytest.mark.parametrize(
    ("second", "names"),
    [("Quay West", ("Ann Lee", "Bo Ek")), ("and Cy Roe", ("Ann Lee", "Bo Ek", "Cy Roe"))],
)
def test_block_after_a_byline_is_no_part_of_its_last_name(
    second: str, names: tuple[str, ...]
) -> None:
    lines = ("Bridge opens", "By Ann Lee and Bo Ek", second)
    box = f"<div><p>By <a href=/1>Ann Lee</a> and <a href=/2>Bo Ek</a></p><p>{second}</p></div>"
    assert authors(f"<h1>Bridge opens</h1>{box}", text_lines=lines) == names


def test_box_that_an_attribute_for_scripts_calls_a_byline_names_the_writer() -> None:
    box = "<div {}><span>Ann Lee</span><span>The Quay, Oldham</span></div>"
    site = "<meta property=og:site_name content='The Quay'><h1>Bridge opens</h1>"
    assert authors(site + box.format("data-testid=byline-new")) == ("Ann Lee",)
    assert authors(site + box.format("data-testid=headline")) == ()
    assert authors(site + box.format("data-part=bylineInfo")) == ()
    assert authors(f"{site}<h2>Fire</h2><aside>{box.format('data-part=byline')}</aside>") == ()


@pytest.mark.parametrize(
    "line",
    [
        "<span class=submitted>Mon, 10/05/2009 - 06:30 — Ann Lee</span>",
        "<p>added: 2005-09-04 18:42, author: Ann Lee</p>",
        "<div class=reader-credits>Ann Lee</div>",
        "<div class=by><b>Ann Lee</b></div>",
    ],
)
def test_writer_stands_under_the_headline_of_old_pages(line: str) -> None:
    assert authors(f"<h1>The bell of the mill</h1>{line}<p>Text.") == ("Ann Lee",)
