"""What the door to the parser lets in."""

import pytest
from pace import within

from cleaners.dom import parse_html, tag_ids
from cleaners.errors import PageTooComplex


def test_an_empty_page_has_an_empty_body():
    body = parse_html("").body
    assert body is not None
    assert body.first_child is None


def test_tags_are_numbered_as_the_parser_numbers_them():
    numbers = tag_ids(["p", "td", "tr", "caption"])
    assert len(set(numbers.values())) == 4
    assert parse_html("<p>x").css_first("p").tag_id == numbers["p"]


def test_nesting_beyond_any_real_page_is_refused_at_once():
    with within(3), pytest.raises(PageTooComplex, match="nest deeper"):
        parse_html("<div>" * 300_000 + "x")


def test_a_tag_with_a_million_attributes_is_refused_at_once():
    attributes = " ".join(f"a{number}=1" for number in range(1_000_000))
    with within(3), pytest.raises(PageTooComplex, match="attributes"):
        parse_html(f"<body><div {attributes}>x</div>")


def test_many_tags_side_by_side_are_no_nesting():
    document = parse_html("<p>a <b>b</b></p>" * 10_000 + "<svg>" + "<path d='M0'/>" * 9_000)
    assert len(document.css("p")) == 10_000


def test_angle_brackets_in_scripts_and_comments_open_nothing():
    script = "if(i<n&&j<m){}" * 9_000
    document = parse_html(f"<script>{script}</script><!-- {'<div>' * 9_000} --><p>text</p>")
    assert document.css_first("p").text() == "text"


def test_a_long_quoted_attribute_is_one_attribute():
    document = parse_html(f'<div data-x="{"a b " * 50_000}">text</div>')
    assert document.css_first("div").text() == "text"


def test_a_long_script_is_no_tag():
    document = parse_html(f"<script>if(a<b {'x ' * 20_000})</script><p>text</p>")
    assert document.css_first("p").text() == "text"


def test_a_list_of_forty_thousand_options_parses_at_once():
    with within(3):
        document = parse_html("<select>" + "<option selected>x" * 40_000)
    assert len(document.css("option")) == 40_000
