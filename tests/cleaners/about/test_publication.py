"""The day of publication is the story's: no change's, no picture's, and not today."""

from __future__ import annotations

import pytest

from cleaners.about.head import read_head
from cleaners.about.publication import Dates, find_dates
from cleaners.dom import parse_html


def dates(
    html: str, *, article: dict[str, object] | None = None, language: str = "en", **kw: object
) -> Dates:
    lines, url, above = kw.get("text_lines", ()), kw.get("url", ""), kw.get("line_above", "")
    assert isinstance(lines, tuple)
    assert isinstance(url, str)
    assert isinstance(above, str)
    head = read_head(parse_html(html))
    return find_dates(
        head, article or {}, url=url, language=language, text_lines=lines, line_above=above
    )


OWN = '<main><h1>Bridge shut</h1><p class="date">May 1, 2024</p></main>'


@pytest.mark.parametrize(
    "top",
    [
        '<div class="date">Thursday, June 5, 2025</div>',
        '<span id="current-date">5 June 2025</span>',
        '<div class="bar"><time datetime="2025-06-05">Thursday</time></div>',
        '<header><nav><time datetime="2025-06-05">Thursday</time></nav></header>',
    ],
)
def test_today_in_the_top_bar_is_no_publication(top: str) -> None:
    assert dates(top + OWN).published == "2024-05-01"
    assert dates(top + "<main><h1>Bridge shut</h1></main>").published == ""


@pytest.mark.parametrize(
    "beside",
    [
        '<aside><h3><a href="/x">Fire</a></h3><time datetime="2025-01-01">x</time></aside>',
        '<ol class="comments"><li><time datetime="2025-01-01">x</time></ol>',
    ],
)
def test_date_of_a_teaser_or_a_comment_is_no_publication(beside: str) -> None:
    assert dates(OWN + beside).published == "2024-05-01"
    assert dates("<main><h1>Bridge shut</h1></main>" + beside).published == ""


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        (
            "Updated 2 May 2024, 11:00. Published 1 May 2024, 10:30",
            "2024-05-01T10:30:00",
            "2024-05-02T11:00:00",
        ),
        ("Aktualisiert: 02.05.2024", "2024-05-02", ""),
        (
            "Publié le 1 mai 2024 à 10h30, mis à jour le 2 mai 2024 à 11h00",
            "2024-05-01T10:30:00",
            "2024-05-02T11:00:00",
        ),
        ("1 May 2024 (updated 11:00)", "2024-05-01", ""),
    ],
)
def test_date_of_a_change_is_told_by_its_word(line: str, published: str, modified: str) -> None:
    found = dates(f"<h1>Bridge shut</h1><p class=date>{line}</p>")
    assert (found.published, found.modified) == (published, modified)


def test_date_of_a_change_gives_way_to_every_other() -> None:
    changed = "<h1>H</h1><p class=date>Updated 2 May 2024, 11:00</p>"
    found = find_dates(read_head(parse_html(changed)), {}, url="https://x.test/2024/05/01/h")
    assert found == Dates(published="2024-05-01", modified="2024-05-02T11:00:00")
    assert dates(changed, text_lines=("1 May 2024",)).published == "2024-05-01"


def test_time_element_that_says_updated_is_a_change() -> None:
    html = "<h1>H</h1><time datetime=2024-05-02>Updated May 2</time><time>May 1, 2024</time>"
    assert dates(html) == Dates(published="2024-05-01", modified="2024-05-02")


def test_sentences_captions_and_copyrights_give_no_date() -> None:
    assert dates("<h1>H</h1>", text_lines=("© The Post, 1 January 2024",)).published == ""
    caption = "<figure><figcaption>Bridge, 3 March 2011</figcaption></figure>"
    assert dates("<h1>Bridge shut</h1>" + caption).published == ""
    sentence = "The meeting will take place on 12 June 2025."
    assert dates(f"<h1>H</h1><p>{sentence}</p>", text_lines=(sentence,)).published == ""


@pytest.mark.parametrize(
    ("html", "published"),
    [
        ("<html lang=en-GB>", "2024-04-03"),
        ("<html lang=en_AU>", "2024-04-03"),
        ("<html lang=en><meta property=og:locale content=en_IN>", "2024-04-03"),
        ("<html lang=en-US>", "2024-03-04"),
        ("<html lang=en-PH>", "2024-03-04"),
        ("<html lang=en>", "2024-03-04"),
        ('<html lang=en-US><link rel=canonical href="https://x.co.uk/a">', "2024-04-03"),
        ('<html lang=en><link rel=canonical href="https://x.in:8080/a">', "2024-04-03"),
        ('<html lang=en><link rel=canonical href="https://x.ca/in">', "2024-03-04"),
    ],
)
def test_order_of_day_and_month_is_the_countrys(html: str, published: str) -> None:
    assert dates(html + "<h1>H</h1><p class=date>03/04/2024</p>").published == published


@pytest.mark.parametrize(
    ("changed", "modified"),
    [
        ("2024-05-01T12:00:00+02:00", ""),
        ("2024-05-01T08:00:00Z", ""),
        ("2024-05-01T12:00:00Z", "2024-05-01T12:00:00+00:00"),
    ],
)
def test_change_at_or_before_the_instant_of_publication_is_dropped(
    changed: str, modified: str
) -> None:
    article = {"datePublished": "2024-05-01T10:00:00Z", "dateModified": changed}
    assert dates("", article=article).modified == modified


def test_date_of_an_old_newspaper_is_read_and_not_when_it_was_scanned() -> None:
    html = "<h1>Bridge shut</h1><p class=date>Scanned 3 March 2012</p>"
    assert dates(html, article={"datePublished": "1985-05-01"}).published == "1985-05-01"


def test_line_that_says_published_goes_before_a_chronology_in_the_text() -> None:
    line = "<div>Publié le 30 novembre 2024 à 07h00</div>"
    story = "<h4 class=timeline-date>14 octobre 2018</h4><p>Le pont ferme.</p>"
    found = dates(f"<h1>Le pont</h1>{line}{story}", language="fr")
    assert found.published == "2024-11-30T07:00:00"


def test_deck_that_tells_of_a_publication_gives_way_to_a_marked_date() -> None:
    deck = "<p>The survey, published 3 March 2011, and what came of it</p>"
    html = f"<h1>Bridge shut</h1>{deck}<p class=date>May 1, 2024</p>"
    assert dates(html).published == "2024-05-01"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2024/12/19/bridge", "2024-12-19"),
        ("2024/1/9/bridge", "2024-01-09"),
        ("2024/11/2/", "2024-11-02"),
        ("news/20241016_bridge.html", "2024-10-16"),
        ("2024/1016/a.html", "2024-10-16"),
        ("2024-10/16/a.html", "2024-10-16"),
        ("2024-12-17-bridge", "2024-12-17"),
        ("2024/12/5-ways-over-the-river", ""),
        ("2024/12/bridge", ""),
        ("2024/127/bridge", ""),
        ("story/2024121912345", ""),
        ("story-6720871209a4", ""),
    ],
)
def test_day_in_the_address_is_the_storys(path: str, day: str) -> None:
    head = read_head(parse_html("<h1>Bridge shut</h1>"))
    assert find_dates(head, {}, url=f"https://x.test/{path}").published == day


def test_date_marked_up_like_those_of_cards_comes_last() -> None:
    cards = "".join(f'<p class="card-date">May {day}, 2024</p>' for day in (7, 8, 9))
    own = '<div><p class="hero-date">May 1, 2024</p><h1>Bridge shut</h1></div>'
    assert dates(f"<main>{own}<div>{cards}</div></main>").published == "2024-05-01"


@pytest.mark.parametrize(
    "name", ["w-published-date", "published", "x:publication_date", "article-date-published"]
)
def test_meta_that_is_named_for_the_publication_is_believed(name: str) -> None:
    page = f'<meta name="{name}" content="May 1, 2024"><h1>Bridge shut</h1>'
    assert dates(page).published == "2024-05-01"


def test_meta_that_is_named_for_the_end_of_publication_is_not() -> None:
    assert (
        dates('<meta name="unpublish-date" content="May 1, 2024"><h1>Bridge shut</h1>') == Dates()
    )


def test_day_in_the_address_comes_before_a_time_that_nothing_calls_the_storys() -> None:
    page = '<h1>Bridge shut</h1><p>Told.</p><section><time datetime="{}">Then</time></section>'

    def published(moment: str) -> str:
        head = read_head(parse_html(page.format(moment)))
        return find_dates(head, {}, url="https://x.test/2024/05/01/bridge").published

    assert published("2023-01-01T10:00") == "2024-05-01"
    assert published("2024-05-01T10:00") == "2024-05-01T10:00:00"


@pytest.mark.parametrize(
    "line",
    [
        "Published in 2019, the book sold well.",
        "Published on 3 May 2019, the book sold well.",
        "Updated on 3 May 2019, the list is long.",
        "Veröffentlicht am 3. Mai 2019, verkaufte sich das Buch gut.",
    ],
)
def test_sentence_that_begins_as_a_date_of_publication_is_none(line: str) -> None:
    assert dates(f"<h1>H</h1><p>{line}</p>") == Dates()


def test_line_that_says_published_may_end_with_a_full_stop() -> None:
    html = "<h1>H</h1><p>Published on 3 May 2019, 10:30 in Oslo and on paper.</p>"
    assert dates(html).published.startswith("2019-05-03")


CARDS = "".join(
    f'<div><a href="/{day}">Fire</a><span class="date">{day} May 2024</span></div>'
    for day in (10, 11, 12)
)


def test_dates_of_cards_come_after_the_line_under_the_headline() -> None:
    shown = "<main><h1>Bridge shut</h1><div class=info>Ann Lee, 2024-05-14 08:12</div></main>"
    assert dates(shown + CARDS).published == "2024-05-14T08:12:00"
    assert dates("<main><h1>Bridge shut</h1></main>" + CARDS).published == "2024-05-10"


def test_clocks_of_cards_do_not_make_a_card_of_the_date_marked_up_alike() -> None:
    clocks = "".join(f"<p class=date>{hour}:14</p>" for hour in (9, 10, 11))
    weather = "<p>Weather for 11 June 2025</p>"
    assert dates(OWN.replace("</main>", f"{weather}</main>{clocks}")).published == "2024-05-01"


@pytest.mark.parametrize(
    ("above", "published"),
    [
        ("<div>Artikel vom 11.02.2024, 17:30 Uhr | Ressort: Kultur</div>", "2024-02-11T17:30:00"),
        ("<div>May 1, 2024</div>\n", "2024-05-01"),
        ("<div>© 2024-02-11 Harbour Post</div>", ""),
        ("<nav>May 1, 2024</nav><div>Local</div>", ""),
        (
            "<div>The bridge that was opened on May 1, 2024 is shut to all who drive on it.</div>",
            "",
        ),
    ],
    ids=["line", "date", "copyright", "farther", "sentence"],
)
def test_line_right_above_the_headline_dates_it_where_nothing_else_does(
    above: str, published: str
) -> None:
    html = f"<body>{above}<h1>Bridge shut</h1>"
    assert dates(html, language="de").published == published
    assert dates(f"{html}<p class=date>May 2, 2024</p>").published == "2024-05-02"


AMERICAN = "<meta property=article:published_time content='3/11/2026 1:22:00 PM'>"


@pytest.mark.parametrize(
    ("page", "url", "language", "day"),
    [
        ("", "", "ar", "2026-03-11"),
        ("", "", "en", "2026-11-03"),
        ("", "https://x.test/2026/3/11/bridge", "en", "2026-03-11"),
        ("", "https://x.test/2026/11/3/bridge", "ar", "2026-11-03"),
        ("", "https://x.test/2026/5/7/bridge", "ar", "2026-03-11"),
        ("<h1>Bridge shut</h1><p>11 March 2026", "", "en", "2026-03-11"),
        ("<h1>Bridge shut</h1><p>3 November 2026", "", "en", "2026-11-03"),
    ],
)
def test_declared_date_in_numbers_is_read_as_the_address_or_a_written_date_says(
    page: str, url: str, language: str, day: str
) -> None:
    found = dates(f"<html lang=en-GB>{AMERICAN}{page}", url=url, language=language)
    assert found.published == f"{day}T13:22:00"


def test_clock_of_24_hours_says_nothing_of_the_month() -> None:
    page = AMERICAN.replace("1:22:00 PM", "13:22:00")
    assert dates(page, language="ar").published == "2026-11-03T13:22:00"


@pytest.mark.parametrize(
    ("above", "published"),
    [
        ("<div><span>No. 12</span><span>Published: 2 May 2024</span><a>Print</a></div>", True),
        ("<div><span>No. 12</span><span>2 May 2024</span></div>", False),
        ("<aside><span>Published: 2 May 2024</span></aside>", False),
        ("<article><h2>Fire</h2><p>Published: 2 May 2024</p></article>", False),
    ],
)
def test_labelled_date_above_the_headline_in_its_container_dates_it(
    above: str, published: bool
) -> None:
    page = f"<main>{above}<p>Old town</p><div><h1>Bridge shut</h1></div></main>"
    assert dates(page).published == ("2024-05-02" if published else "")


def test_date_alone_before_the_headline_counts_last() -> None:
    above = "Posted on Fri, Mar. 14, 2003"
    assert dates("<b>Bridge shut</b>", line_above=above).published == "2003-03-14"
    assert dates(OWN, line_above=above).published == "2024-05-01"
    assert dates("<b>Bridge shut</b>", line_above="In May 2003 it fell").published == ""
    broken = "<font>22.04.2004 09:17</font><br><h1>Bridge shut</h1>"
    assert dates(broken).published == "2004-04-22T09:17:00"


def test_change_is_read_as_the_day_of_publication_is() -> None:
    declared = {"datePublished": "2026-03-10T14:20", "dateModified": "10/03/2026 15:05"}
    assert dates("", article=declared, language="en").modified == "2026-03-10T15:05:00"


def test_locale_of_a_template_does_not_put_the_month_first_in_another_language() -> None:
    locale = "<meta property=og:locale content=en_US>"
    for language, day in (("en", "2026-10-03"), ("ar", "2026-03-10")):
        assert dates(f"{locale}<i class=date>10/03/2026</i>", language=language).published == day
