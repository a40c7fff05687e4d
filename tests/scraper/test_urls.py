"""URLs: one form, one key, one site, and what a shape tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import within
from publicsuffixlist import PSLFILE, PublicSuffixList

from scraper.errors import UrlRefused
from scraper.urls import (
    canonical_url,
    complete_url,
    find_trap,
    host_of,
    is_media,
    join_url,
    path_shape,
    score_link,
    site_key,
    strip_controls,
    url_key,
)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://paper.example/a/b", "https://paper.example/a/b"),
        ("HTTP://Paper.Example:80/A", "http://paper.example/A"),
        ("https://paper.example:443", "https://paper.example/"),
        ("https://paper.example:8443/", "https://paper.example:8443/"),
        ("https://paper.example/a/../b/./c", "https://paper.example/b/c"),
        ("https://paper.example/../../x", "https://paper.example/x"),
        ("https://paper.example/a/%2e%2E/b", "https://paper.example/b"),
        ("https://paper.example/a/..", "https://paper.example/"),
        ("https://paper.example/%7Eme/%c3%a9", "https://paper.example/~me/%C3%A9"),
        ("https://paper.example/é", "https://paper.example/%C3%A9"),
        ("https://paper.example/a\ud83d", "https://paper.example/a%EF%BF%BD"),
        ("https://paper.example/a\ud83d\ude00", "https://paper.example/a%F0%9F%98%80"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://paper.example/a#part", "https://paper.example/a"),
        ("https://paper.example/a?utm_source=x&id=7&fbclid=y", "https://paper.example/a?id=7"),
        ("https://paper.example/a?PHPSESSID=12", "https://paper.example/a"),
        ("https://paper.example/a?b=2&a=1", "https://paper.example/a?b=2&a=1"),
        ("https://me:secret@paper.example/a", "https://paper.example/a"),
        (" \nhttps://paper.example/a\tb ", "https://paper.example/ab"),
        ("https://paper.example\\a\\b", "https://paper.example/a/b"),
        ("https://paper.example./a", "https://paper.example/a"),
        ("http://[::0001]:8080/a", "http://[::1]:8080/a"),
        ("http://paper.example/a\x00b", "http://paper.example/a%00b"),
    ],
)
def test_canonical_form_is(url: str, wanted: str) -> None:
    assert canonical_url(url) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:me@paper.example",
        "https://",
        "https://a b.example/",
        "https://paper..example/",
        "http://[::zz]/",
        "http://[::1/",
        "http://paper.example:99999/",
        "https://paper.example/" + "a" * 5000,
        "//paper.example/a",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(UrlRefused):
        canonical_url(url)


def test_password_does_not_show_in_canonical_form_or_refusal() -> None:
    assert "secret" not in canonical_url("https://me:secret@paper.example/a")


@given(st.text(max_size=80))
def test_canonical_form_is_final(tail: str) -> None:
    once = canonical_url("https://paper.example/" + tail)
    assert canonical_url(once) == once
    assert once.isascii()


@pytest.mark.parametrize("tail", ["a" * 1900 + "!", "a." * 900 + "!", "/." * 900, "%2e/" * 400])
def test_canonical_form_takes_linear_time(tail: str) -> None:
    with within(0.5):
        canonical_url("https://paper.example/" + tail)


@pytest.mark.parametrize(
    ("base", "href", "wanted"),
    [
        ("https://paper.example/a/b", "c", "https://paper.example/a/c"),
        ("https://paper.example/a/b", "/c", "https://paper.example/c"),
        ("https://paper.example", "/c", "https://paper.example/c"),
        ("https://paper.example/a", "//cdn.example/x", "https://cdn.example/x"),
        ("https://paper.example/a", "?p=2", "https://paper.example/a?p=2"),
        ("https://paper.example/a", "http://[bad", ""),
    ],
)
def test_relative_address_is_read_as_a_browser_does(base: str, href: str, wanted: str) -> None:
    assert join_url(base, href) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://paper.example/a", "https://paper.example/a"),
        ("https://paper.example/a/", "https://paper.example/a"),
        ("https://paper.example/a?x=1&y=2", "https://paper.example/a?y=2&x=1"),
    ],
)
def test_addresses_of_one_page_share_a_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


def test_addresses_of_different_pages_have_different_keys() -> None:
    urls = [f"https://paper{host}.example/{n}" for host in range(20) for n in range(500)]
    keys = {url_key(url) for url in urls}
    assert len(keys) == len(urls)
    assert all(-(2**63) <= key < 2**63 for key in keys)


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.paper.example", "paper.example"),
        ("sport.paper.co.uk", "paper.co.uk"),
        ("127.0.0.1:8080", "127.0.0.1:8080"),
        ("[::1]:8080", "[::1]:8080"),
        ("localhost", "localhost"),
        ("www.paper.co.uk:8443", "paper.co.uk"),
        ("co.uk", "co.uk"),
    ],
)
def test_site_of_a_host_is(host: str, site: str) -> None:
    assert site_key(host) == site


@pytest.mark.parametrize(
    ("url", "trap"),
    [
        ("https://paper.example/2026/11/22/story", ""),
        ("https://paper.example/a/b/a/b", "repeating-path"),
        ("https://paper.example/x/a/x/b/x", "repeating-path"),
        ("https://paper.example/" + "d/" * 2 + "/".join(map(str, range(20))), "too-deep"),
        ("https://paper.example/?" + "&".join(f"p{n}=1" for n in range(20)), "many-parameters"),
    ],
)
def test_maze_is_told_by_its_shape(url: str, trap: str) -> None:
    assert find_trap(url) == trap


def test_article_scores_above_section_above_listing() -> None:
    article = score_link("https://paper.example/2026/11/22/bridge-reopens-after-repairs.html", 45)
    section = score_link("https://paper.example/politics", 8)
    listing = score_link("https://paper.example/tag/bridges?page=3", 3)
    assert article > 70 > section > listing


def test_twins_of_a_page_score_below_the_page() -> None:
    page = "https://paper.example/news/bridge-reopens-after-repairs"
    amp = page.replace("/news", "/amp/news")
    for twin in (amp, page.replace("paper", "amp.paper"), page + "?print=1"):
        assert score_link(twin, 40) < score_link(page, 40)


def test_pages_of_one_template_share_a_shape() -> None:
    one = path_shape("https://paper.example/calendar/2026/11?day=3")
    other = path_shape("https://paper.example/calendar/2031/02?day=17")
    assert one == other != path_shape("https://paper.example/news/2026/11?day=3")


def test_media_is_told_by_its_ending() -> None:
    assert is_media("https://paper.example/a/photo.JPG?w=300")
    assert not is_media("https://paper.example/a/story.html")
    assert not is_media("https://paper.example/v1.2/story")


def test_host_of_a_url_keeps_its_port() -> None:
    assert host_of("http://127.0.0.1:80/a") == "127.0.0.1:80"
    assert host_of("http://paper.example") == "paper.example"


def test_terminal_escapes_do_not_survive() -> None:
    assert strip_controls("\x1b[31mred\x07\u202e") == " [31mred "


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("sid=4231", "?sid=4231"),
        ("sid=02/11/2031", "?sid=02/11/2031"),
        ("sid=0123456789abcdef", ""),
        ("id=3&SID=f00f-f00f-f00f-f00f-f00f", "?id=3"),
        ("PHPSESSID=12", ""),
    ],
)
def test_parameter_that_may_name_a_story_is_dropped_only_if_it_is_a_session(
    query: str, kept: str
) -> None:
    url = "https://paper.example/article.php"
    assert canonical_url(f"{url}?{query}") == url + kept


@pytest.mark.parametrize("text", ["mailto:a@paper.example", "a@paper.example"])
def test_mail_address_is_no_address_of_a_page(text: str) -> None:
    with pytest.raises(UrlRefused, match="mail address"):
        complete_url(text)


def test_public_suffixes_are_those_of_the_list() -> None:
    whole = PublicSuffixList(only_icann=True)
    rules = Path(PSLFILE).read_text(encoding="utf-8").splitlines()
    names = {
        rule.lstrip("!*.").encode("idna").decode() for rule in rules if rule[:2] not in {"", "//"}
    }
    assert len(names) > 5_000
    for name in names:
        host = f"www.paper.{name}"
        assert site_key(host) == whole.privatesuffix(host)
