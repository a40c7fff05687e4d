from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.cleaning.glance import glance_page
from scraper.cleaning.soft_block import (
    SoftBlockKind,
    _read_rule,
    judge_page_access,
    load_soft_block_rules,
    robots_directives,
)
from scraper.errors import ConfigError
from scraper.page import Page, Redirect

RULES = load_soft_block_rules()
ARTICLE = "The council met on Monday and voted for the bridge. " * 40


def make_page(
    body: str | bytes,
    *,
    headers: tuple[tuple[str, str], ...] = (),
    asked: str = "https://news.example/a/story-1",
    final: str = "",
) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    hops = (Redirect(url=asked, status=302, location=final),) if final else ()
    return Page(
        url=final or asked,
        requested_url=asked,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"), *headers),
        body=raw,
        wire_body=raw,
        http_version="HTTP/1.1",
        fetched_at=datetime(2026, 1, 2, tzinfo=UTC),
        elapsed_s=0.1,
        redirects=hops,
    )


def read_example(example: str) -> Page:
    """An example of the rule file as a page: optional lines, an empty line, HTML."""
    head, gap, body = example.partition("\n\n")
    if not gap:
        return make_page(example)
    asked, final, headers = "https://news.example/a/story-1", "", []
    for line in head.splitlines():
        if line.startswith("GET "):
            asked = line[4:]
        elif line.startswith("-> "):
            final = line[3:]
        else:
            name, _, value = line.partition(":")
            headers.append((name, value.strip()))
    return make_page(body, headers=tuple(headers), asked=asked, final=final)


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, example in enumerate(rule.match)
    ],
)
def test_match_example_is_told_by_its_own_rule(monkeypatch, rule, example):
    monkeypatch.setattr("scraper.cleaning.soft_block.load_soft_block_rules", lambda: (rule,))
    block = judge_page_access(read_example(example), "")
    assert block is not None
    assert (block.rule, block.kind) == (rule.id, rule.kind)


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(example, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, example in enumerate(rule.keep)
    ],
)
def test_keep_example_survives_every_rule(example):
    assert judge_page_access(read_example(example), "") is None


def test_every_rule_has_examples_and_a_reason():
    assert all(rule.match and rule.keep and rule.why for rule in RULES)


def test_rule_ids_are_unique():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


def test_every_kind_has_a_rule():
    assert {rule.kind for rule in RULES} == set(SoftBlockKind)


def test_no_phrase_folds_to_less_than_two_letters():
    for rule in RULES:
        assert all(len(part) > 1 for part in (*rule.title, *rule.text, *rule.noscript)), rule.id


@pytest.mark.parametrize(
    "title", ["Verify you are human", "Page not found", "Access denied", "Se connecter"]
)
def test_long_article_is_no_block_whatever_its_title(title):
    page = make_page(f"<title>{title}</title><p>{ARTICLE}</p><input type=password>")
    assert judge_page_access(page, ARTICLE) is None


def test_short_article_about_captchas_is_no_block():
    text = (
        "A start-up says that the question whether you are a robot will be gone in a year. "
        "Its captcha measures how a hand shakes. Critics doubt it."
    )
    page = make_page(f"<title>Start-up ends the captcha</title><p>{text}</p>")
    assert judge_page_access(page, text) is None


def test_deep_link_that_ends_on_the_front_page_is_a_soft_404():
    page = make_page(
        "<title>The Paper</title><p>Top stories</p>",
        asked="https://news.example/2016/01/story",
        final="https://news.example/",
    )
    block = judge_page_access(page, "Top stories")
    assert block is not None
    assert str(block) == "soft-404 (redirected-to-front-page)"


def test_redirect_to_another_article_is_no_block():
    page = make_page(
        "<title>Bridge opens</title><p>It opened.</p>",
        asked="http://news.example/2016/01/story",
        final="https://www.news.example/2016/01/story",
    )
    assert judge_page_access(page, "It opened.") is None


def test_captcha_header_counts_even_with_text():
    page = make_page("<p>x</p>", headers=(("CF-Mitigated", "challenge"),))
    block = judge_page_access(page, ARTICLE)
    assert block is not None
    assert block.kind is SoftBlockKind.CAPTCHA


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff" * 5000,
        b"<title>" * 50_000,
        b"<!--" * 100_000,
        b"<script" * 60_000,
        b"<meta name=robots content='" + b"a" * 300_000,
        b"<meta " * 60_000,
        b"<noscript>" * 40_000,
        "<title>İ</title>İİİ".encode(),
    ],
    ids=["empty", "bytes", "titles", "comments", "scripts", "meta", "metas", "noscripts", "case"],
)
def test_any_bytes_are_judged_without_error(body):
    page = make_page(body)
    assert judge_page_access(page, "") is None
    assert robots_directives(page) == frozenset()


def test_directives_come_from_metas_and_headers():
    page = make_page(
        '<meta name="robots" content="noarchive, NOAI"><meta content="noindex" name=sanspub>'
        '<meta name="googlebot" content="nosnippet">',
        headers=(("X-Robots-Tag", "noimageai"), ("x-robots-tag", "otherbot: nofollow")),
    )
    assert robots_directives(page) == {"noarchive", "noai", "noindex", "noimageai"}


def test_none_means_noindex_and_nofollow():
    page = make_page("", headers=(("X-Robots-Tag", "sanspub: none"),))
    assert robots_directives(page) == {"none", "noindex", "nofollow"}


def test_directive_with_a_value_is_not_taken_for_a_robot_name():
    page = make_page(
        "",
        headers=(
            ("X-Robots-Tag", "unavailable_after: 25 Jun 2030"),
            ("X-Robots-Tag", "max-image-preview:large"),
        ),
    )
    assert robots_directives(page) == {"unavailable_after: 25 jun 2030", "max-image-preview:large"}


def test_directive_inside_a_comment_of_a_script_is_still_only_a_meta():
    page = make_page("<p>write meta name=robots content=noindex</p>")
    assert robots_directives(page) == frozenset()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("", (("tdm-reservation", "1"),)),
        ('<meta name="tdm-reservation" content="1">', ()),
    ],
)
def test_reserved_text_and_data_mining_is_recorded(body, headers):
    assert "tdm-reservation" in robots_directives(make_page(body, headers=headers))


def test_tdm_reservation_of_zero_reserves_nothing():
    page = make_page("", headers=(("tdm-reservation", "0"),))
    assert robots_directives(page) == frozenset()


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"id": "x", "kind": "captcha", "why": "y", "tittle": ["z"]}, "unknown key 'tittle'"),
        ({"id": "x", "kind": "captcha", "why": "y", "match": ["z"]}, "nothing to match by"),
        ({"id": "x", "kind": "captcha", "why": "y", "title": "z"}, "no list of strings"),
        ({"id": "x", "kind": "captcha", "why": "y", "title": [""]}, "no list of strings"),
    ],
)
def test_bad_rule_is_named_with_its_fault(entry, problem):
    with pytest.raises(ConfigError, match=f"x: .*{problem}"):
        _read_rule(entry)


@pytest.mark.parametrize(
    ("markup", "title", "visible", "noscript"),
    [
        ("<title>A &amp; B</title><p>c<br>d</p>", "A & B", "c d", ""),
        ("<p>a<!-- b --><!-- c", "", "a", ""),
        ("<noscript><b>turn</b> on</noscript>x", "", "x", "turn on"),
        ("<script>a<b</script>x<style>y</style>z", "", "x z", ""),
        ("x<p", "", "x", ""),
        ("<svg><text>a</text></svg>b", "", "b", ""),
        ("Ünï-cödé ÆØ", "", "uni code æø", ""),
    ],
)
def test_glance_sees_what_a_reader_sees(markup, title, visible, noscript):
    glance = glance_page(markup)
    assert (glance.title, glance.visible, glance.noscript) == (title, visible, noscript)


@given(
    st.lists(
        st.sampled_from(["<p>", "<b", ">", "a word ", " ", "&am", "p;", "é", "<script>", "<"])
    ),
    st.integers(0, 40),
)
def test_long_page_is_told_from_how_it_begins(parts, chars):
    markup = "".join(parts)
    assert glance_page(markup).shows_more(chars) == (len(glance_page(markup).visible) > chars)


def test_page_beyond_any_wall_is_not_looked_at():
    page = make_page(b"<title>Page not found</title>" + b" " * 1_000_001)
    assert judge_page_access(page, "") is None
