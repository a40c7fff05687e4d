"""What is to be said of every block, and blocks that are made when they are looked at."""

from __future__ import annotations

import pickle
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from cleaners import clean_html
from cleaners.article import Block, Kind, Reason
from cleaners.config import CleanConfig
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.features import Features
from cleaners.judge import Judgement
from cleaners.outline import Outline, PageBlocks, draw_outline, read_starts
from cleaners.shape.kinds import CODES

DEFAULT = CleanConfig()
PAGE = "<p>one</p><p>two</p><p>three</p><div hidden>four</div><p>five</p>"
TABLE = "<table><tr><td>a<td>b<tr><td>c<td>d</table><p>e"


def features(count: int, **changed: Any) -> Features:
    columns = {"words": np.full(count, 50.0), "links": np.zeros(count), "good": np.ones(count)}
    columns["title_share"] = np.zeros(count)
    return cast("Features", SimpleNamespace(**(columns | changed)))


def draw(html: str, kept: list[bool], config: CleanConfig = DEFAULT, **changed: Any) -> Outline:
    cut = cut_blocks(parse_html(html))
    judgement = Judgement(kept=np.array(kept), expected_f1=1.0)
    measured = features(len(kept), **changed)
    return draw_outline(cut, measured, judgement, np.full(len(kept), 0.5), config)


def reasons(html: str, kept: list[bool], config: CleanConfig) -> list[Reason]:
    blocks = PageBlocks(outline := draw(html, kept, config), outline.make_kept())
    assert all(block.verdict.score == 0.5 for block in blocks)
    assert [block.verdict.keep for block in blocks] == [
        block.verdict.reason is Reason.ARTICLE for block in blocks
    ]
    return [block.verdict.reason for block in blocks]


def test_every_dropped_block_has_its_reason() -> None:
    page = "<p>zero</p><p>one</p><figure>two</figure><div hidden>three</div><p>four</p>"
    assert reasons(page, [True, True, True, False, False], CleanConfig()) == [
        Reason.ARTICLE,
        Reason.ARTICLE,
        Reason.CAPTION,
        Reason.HIDDEN,
        Reason.AFTER_END,
    ]


def test_kinds_that_are_off_by_default_can_be_kept() -> None:
    page = "<h1>a</h1><p class=byline>b</p><figure>c</figure><p>d</p><p><time>e</time></p>"
    short = {"words": np.ones(5), "title_share": np.array([1.0, 0, 0, 0, 0])}
    outline = draw(page, [True] * 5, **short)
    kinds = [block.kind for block in PageBlocks(outline, ())]
    assert kinds == [Kind.TITLE, Kind.BYLINE, Kind.CAPTION, Kind.DATE]
    assert outline.kept.tolist() == [False, False, False, True, False]
    config = CleanConfig(keep_title=True, keep_byline=True, keep_captions=True)
    assert draw(page, [True] * 5, config, **short).kept.all()


def test_tables_can_be_left_out() -> None:
    found = reasons(TABLE, [True] * 5, CleanConfig(keep_tables=False))
    assert found == [Reason.NOT_ARTICLE] * 4 + [Reason.ARTICLE]


def test_boxes_of_facts_go_on_news_only_and_can_be_kept() -> None:
    cut = cut_blocks(parse_html(PAGE))
    judgement = Judgement(kept=np.ones(5, bool), expected_f1=1.0)
    for is_news, config, without in (
        (True, DEFAULT, True),
        (False, DEFAULT, False),
        (True, CleanConfig(keep_fact_boxes=True), False),
    ):
        outline = draw_outline(
            cut, features(5), judgement, np.full(5, 0.5), config, is_news=is_news
        )
        assert outline.without_boxes is without


@pytest.mark.parametrize(
    ("html", "kind", "level", "path"),
    [
        ("<h3>x</h3>", Kind.HEADING, 3, "h3"),
        ("<ul><li>x</li></ul>", Kind.LIST_ITEM, 1, "ul > li"),
        ("<ol><li>a<ol><li><p>x", Kind.LIST_ITEM, 2, "ol > li > p"),
        ("<ol><li>a</li><ol><li>x", Kind.LIST_ITEM, 2, "ol > ol > li"),
        ("<ul><ul><ul><li>x", Kind.LIST_ITEM, 3, "ul > ul > li"),
        ("<blockquote><p>x", Kind.QUOTATION, 0, "blockquote > p"),
        ("<pre>x</pre>", Kind.PREFORMATTED, 0, "pre"),
        ("<table><tr><td>a<td>x", Kind.TABLE_ROW, 0, "table > tr > td"),
        ("<table><tr><td>x", Kind.PARAGRAPH, 0, "table > tr > td"),
        ("<figure><figcaption>x", Kind.CAPTION, 0, "figure > figcaption"),
        ("<figure><div class='a b'>x", Kind.CAPTION, 0, "figure > div.a.b"),
        ("<section><div><div><div><p>x", Kind.PARAGRAPH, 0, "div > div > p"),
    ],
)
def test_markup_tells_what_a_block_is(html: str, kind: Kind, level: int, path: str) -> None:
    count = len(cut_blocks(parse_html(html)).texts)
    block = draw(html, [False] * count).add_dropped(())[-1]
    assert (block.kind, block.level, block.path) == (kind, level, path)


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ("<ol><li>a<li><p>b<p>c<li>d</ol>", [1, 2, 2, 3]),
        ("<ul><li>a</ul><ol><li>b<ul><li>c</ul><li>d</ol>", [None, 1, None, 2]),
        ("<ol start=7><li>a<li>b</ol><ol><li>c</ol>", [7, 8, 1]),
        ("<ol start=-7><li>a</ol><ol start=1234567890><li>b</ol>", [1, 1]),
        ("<ol start=x><li>a</ol><p>b", [1, None]),
        ("<ol><div><li>a</div></ol>", [None]),
        ("<ol start=3><li>a</ol><video><ol><li>b</ol></video>", [1]),
    ],
)
def test_items_of_ordered_lists_have_their_numbers(html: str, numbers: list[int | None]) -> None:
    document = parse_html(html)
    cut = cut_blocks(document)
    cut.starts = read_starts(document, cut)
    count = len(cut.texts)
    judgement = Judgement(kept=np.zeros(count, bool), expected_f1=1.0)
    outline = draw_outline(cut, features(count), judgement, np.full(count, 0.5), DEFAULT)
    assert [block.number for block in outline.add_dropped(())] == numbers


@pytest.mark.parametrize(
    ("html", "units"),
    [
        ("<ul><li><p>a<p>b<ul><li>c</ul>d<li>e</ul>", [2, 2, 6, 2, 7]),
        ("<blockquote><p>a<p>b</blockquote><blockquote>c</blockquote>", [1, 1, 4]),
        (
            "<table><thead><tr><th>a<th>b<tbody><tr><td>c<td>d</table><table><tr><td>e<td>f",
            [1] * 4 + [10] * 2,
        ),
        ("<p>a<h2>b</h2>", [0, 0]),
    ],
)
def test_blocks_of_an_item_table_or_quotation_are_a_unit(html: str, units: list[int]) -> None:
    blocks = draw(html, [False] * len(units)).add_dropped(())
    assert [block.unit for block in blocks] == units


def test_texts_of_a_kind_are_listed_in_order() -> None:
    page = "<h2>a</h2><p>b</p><h2>c</h2>"
    assert draw(page, [False] * 3).list_texts(Kind.HEADING) == ["a", "c"]


def test_blocks_are_a_sequence_like_any_other() -> None:
    blocks = clean_html(f"<h1>Bridge</h1>{PAGE}").blocks
    assert len(blocks) == 6
    assert blocks[0].text == "Bridge"
    assert [block.text for block in blocks[1:3]] == ["one", "two"]
    assert [block.index for block in blocks] == list(range(6))
    again = clean_html(f"<h1>Bridge</h1>{PAGE}").blocks
    assert blocks == again
    assert blocks == tuple(again)
    assert hash(blocks) == hash(again)
    assert repr(blocks) == repr(tuple(blocks))
    assert pickle.loads(pickle.dumps(blocks)) == tuple(blocks)


def test_a_changed_block_stands_in_place_of_the_one_that_was_kept() -> None:
    outline = draw(PAGE, [True, False, True, False, True])
    first, second, third = outline.make_kept()
    said = Block(index=second.index, text="thr", verdict=second.verdict)
    blocks = PageBlocks(outline, (first, said, third))
    assert [block.text for block in blocks] == ["one", "two", "thr", "four", "five"]


def test_a_witness_sees_every_block_once_and_none_is_listed_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = "<p>The harbour froze over on Monday, and the fishermen of the town stayed at home.</p>"
    table = TABLE.removesuffix("<p>e")
    page = f"<article><h1>Harbour</h1>{5 * story}{table}{4 * story}</article><footer><p>About<p>Us"
    alone = clean_html(page)
    assert "a\tb" in alone.text
    monkeypatch.setattr("cleaners.page.ask_witness", lambda *_, **__: "")
    assert clean_html(page, config=CleanConfig(witness="always")).blocks == alone.blocks


def test_a_block_that_was_joined_to_another_is_not_listed() -> None:
    outline = draw(TABLE, [True, True, True, True, True])
    assert set(outline.kinds[:4]) == {CODES[Kind.TABLE_ROW]}
    rows = outline.make_kept()
    blocks = PageBlocks(outline, (rows[0], rows[2], rows[4]))
    assert [(block.index, block.text) for block in blocks] == [(0, "a"), (1, "c"), (2, "e")]
