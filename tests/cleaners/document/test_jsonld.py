"""Broken JSON-LD is mended, and the article found among what else a page lists."""

from __future__ import annotations

import pytest

from cleaners.document.jsonld import (
    find_article,
    find_statements,
    list_of,
    parse_graph,
    parse_json,
    text_of,
    types_of,
)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "b"}',
        '<!-- {"a": "b"} -->',
        '//<![CDATA[\n{"a": "b"}\n//]]>',
        '{"a": "b",}',
        '{"a": "b"};',
        '/* made by us */ {"a": "b" // why\n}',
        "{&quot;a&quot;: &quot;b&quot;}",
        '\ufeff{"a": "b"}',
        '{"a": "b"}}',
        '{"a": "b"} trailing words',
    ],
)
def test_broken_json_is_mended(text: str) -> None:
    assert parse_json(text) == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "b" "c": "d"}', {"a": "b", "c": "d"}),
        ('{"a": 1\n"c": "d"}', {"a": 1, "c": "d"}),
        ('{"a": undefined, "c": "undefined"}', {"a": None, "c": "undefined"}),
        ('{"a": False, "c": "True",}', {"a": False, "c": "True"}),
        ('{"a": "an "old" bridge", "c": "d"}', {"a": 'an "old" bridge', "c": "d"}),
        (r'{"a": "an \"old\" bridge" "c": "d"}', {"a": 'an "old" bridge', "c": "d"}),
    ],
)
def test_values_around_a_fault_are_read(text: str, value: object) -> None:
    assert parse_json(text) == value


def test_fields_of_an_article_beyond_mending_are_picked() -> None:
    broken = (
        '{"@type": "NewsArticle", "headline": "He said "stop", and left", "x": , '
        '"datePublished": "2024-05-01", "author": {"@type": "Person", "name": "Ann Lee"}, '
        '"articleSection": "Local \\u0026 near"}'
    )
    picked = parse_json(broken)
    assert picked["datePublished"] == "2024-05-01"
    assert picked["author"] == "Ann Lee"
    assert picked["articleSection"] == "Local & near"
    assert "headline" not in picked
    assert parse_json("[" + broken + "," + broken + "]") is None
    assert parse_json('{"@type": "WebPage", "x": , "datePublished": "2024-05-01"}') is None


def test_long_broken_text_is_given_up() -> None:
    assert parse_json('{"a": "' + '" ' * 50_000) is None
    assert parse_json('{"a": "b"}}' + " x" * 200_000) is None


def test_what_the_article_does_not_say_the_page_or_its_video_does() -> None:
    page = '{"@type": "WebPage", "datePublished": "2024-05-01", "author": "Ann Lee"}'
    video = '{"@type": "VideoObject", "name": "Bridge", "uploadDate": "2024-05-02"}'
    article = {"author": "Bo Ek"}
    graph = parse_graph([page, video])
    assert find_statements(graph, article) == {"author": "Bo Ek", "datePublished": "2024-05-01"}
    assert find_statements(graph, {}, titles=("Bridge!",))["uploadDate"] == "2024-05-02"
    assert "uploadDate" not in find_statements(graph, {}, titles=("Ferry",))
    assert "uploadDate" not in find_statements(graph, article, titles=("Bridge",))
    front = parse_graph(['{"@type": "CollectionPage", "datePublished": "2024-05-01"}'])
    assert find_statements(front, {}) == {}


def test_raw_line_breaks_and_bad_escapes_in_strings_are_read() -> None:
    assert parse_json('{"a": "one\ntwo"}') == {"a": "one\ntwo"}
    assert parse_json(r'{"a": "it\'s"}') == {"a": "it\\'s"}


def test_addresses_and_comment_signs_inside_strings_stay() -> None:
    assert parse_json('{"a": "http://x.test/*y*/,}",}') == {"a": "http://x.test/*y*/,}"}


def test_objects_without_a_list_around_them_are_read() -> None:
    assert parse_json('{"@type": "A"}\n{"@type": "B"}') == [{"@type": "A"}, {"@type": "B"}]


@pytest.mark.parametrize("text", ["", "not json", "{", "[" * 100_000, '{"a": }'])
def test_what_cannot_be_mended_is_nothing(text: str) -> None:
    assert parse_json(text) is None


def test_graph_forms_and_type_lists_are_opened() -> None:
    article = '{"@type": ["Thing", "schema:NewsArticle"], "headline": "H"}'
    graph = parse_graph(['{"@graph": [{"@type": "WebPage"}, ' + article + "]}"])
    assert find_article(graph)["headline"] == "H"
    assert types_of({"@type": "http://schema.org/Article"}) == {"article"}
    assert types_of({}) == frozenset()


def test_article_of_this_page_beats_listed_ones() -> None:
    other = '{"@type": "NewsArticle", "headline": "Other", "datePublished": "2020-01-01"}'
    listed = '{"@type": "ItemList", "itemListElement": [' + other + "]}"
    graph = parse_graph([listed, '{"@type": "Article", "headline": "Mine"}'])
    assert find_article(graph)["headline"] == "Mine"


@pytest.mark.parametrize(
    "other",
    [
        '{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": %s}]}',
        '{"@type": "WebPage", "subjectOf": [%s]}',
        '{"@type": "Product", "review": %s}',
        '{"@type": "ClaimReview", "itemReviewed": %s}',
    ],
)
def test_listed_article_is_this_pages_only_by_its_headline_or_address(other: str) -> None:
    listed = (
        '{"@type": "NewsArticle", "headline": "Fire", "url": "https://x.test/fire", "author": "A",'
        ' "datePublished": "2020-02-02"}'
    )
    graph = parse_graph([other % listed])
    assert find_article(graph) == {}
    assert find_article(graph, titles=("Bridge", ""), urls=("https://x.test/bridge",)) == {}
    assert find_article(graph, titles=("Fire",))["headline"] == "Fire"
    assert find_article(graph, urls=("https://x.test/fire",))["headline"] == "Fire"


def test_article_with_another_address_gives_way_to_one_without() -> None:
    other = '{"@type": "NewsArticle", "headline": "Fire", "url": "https://x.test/fire"}'
    graph = parse_graph([other, '{"@type": "NewsArticle", "headline": "Bridge shut"}'])
    found = find_article(graph, titles=("Bridge to close",), urls=("https://x.test/bridge",))
    assert found["headline"] == "Bridge shut"


def test_headline_and_address_decide_between_articles() -> None:
    one = '{"@type": "NewsArticle", "headline": "One", "url": "https://www.x.test/1?a=b"}'
    two = '{"@type": "NewsArticle", "headline": "Two", "url": "https://x.test/2"}'
    graph = parse_graph([one, two])
    assert find_article(graph)["headline"] == "One"
    assert find_article(graph, titles=("two!",))["headline"] == "Two"
    assert find_article(graph, urls=("http://x.test/2/",))["headline"] == "Two"


def test_page_without_an_article_gives_an_empty_one() -> None:
    assert find_article(parse_graph(['{"@type": "WebSite"}', "3", "broken{"])) == {}


def test_references_are_resolved_to_the_fullest_object() -> None:
    graph = parse_graph(['[{"@id": "#p"}, {"@id": "#p", "name": "Ann"}]'])
    assert graph.find("#p")["name"] == "Ann"
    assert graph.find("#q") == {}


def test_text_of_a_value_is_its_name() -> None:
    assert text_of([None, {"name": ["", "A &amp;  B"]}]) == "A & B"
    assert text_of({"@value": 3}) == "3"
    assert text_of({"other": "x"}) == ""
    assert text_of(True) == ""
    assert text_of(object()) == ""


def test_deep_nesting_ends() -> None:
    value: object = "x"
    for _ in range(1000):
        value = [value]
    assert text_of(value) == ""
    nested = '{"a": ' * 300 + "1" + "}" * 300
    assert len(parse_graph([nested]).nodes) == 41


def test_number_of_objects_is_bounded() -> None:
    assert len(parse_graph(["[" + ",".join(["{}"] * 6000) + "]"]).nodes) == 5000


def test_list_of_opens_lists_and_sets() -> None:
    assert list_of({"@list": [1, 2]}) == [1, 2]
    assert list_of({"@set": "a"}) == ["a"]
    assert list_of(None) == []
    assert list_of("a") == ["a"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r'"cut \ud83d"', "cut \ufffd"),
        (r'"\uDE00 cut"', "\ufffd cut"),
        (r'"\ud83d\ud83d\ude00"', "\ufffd\U0001f600"),
        (r'"a path: C:\\ud83d"', r"a path: C:\ud83d"),
    ],
)
def test_half_characters_are_replaced_and_whole_ones_stay(text: str, meant: str) -> None:
    assert parse_json(text) == meant


def test_half_a_character_in_json_beyond_mending_is_replaced():
    broken = r'{"@type": "NewsArticle", "publisher" [{}], "headline": "Boats \ud83d", "x" 1}'
    assert parse_json(broken)["headline"] == "Boats \ufffd"
