"""From probabilities to verdicts."""

import numpy as np
import pytest

from cleaners.article import Kind, Reason
from cleaners.config import CleanConfig
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.judge import Judgement, explain_blocks, judge_page, measure_page
from cleaners.kinds import read_settings

PAGE = "<p>one</p><p>two</p><p>three</p><div hidden>four</div><p>five</p>"


def judge(probabilities: list[float], words: list[float]) -> Judgement:
    return judge_page(np.array(probabilities), np.array(words))


def reasons(kinds: list[Kind], kept: list[bool], config: CleanConfig) -> list[Reason]:
    judgement = Judgement(kept=np.array(kept), threshold=0.5, expected_f1=1.0)
    verdicts = explain_blocks(
        cut_blocks(parse_html(PAGE)), kinds, judgement, np.full(5, 0.5), config
    )
    assert all(verdict.score == 0.5 for verdict in verdicts)
    assert [verdict.keep for verdict in verdicts] == [
        verdict.reason is Reason.ARTICLE for verdict in verdicts
    ]
    return [verdict.reason for verdict in verdicts]


def test_sure_blocks_are_kept_and_others_dropped():
    judgement = judge([0.99, 0.02, 0.98], [50, 50, 50])
    assert judgement.kept.tolist() == [True, False, True]
    assert judgement.expected_f1 == pytest.approx(0.98, abs=0.02)


def test_a_page_of_doubtful_blocks_has_a_threshold_of_its_own():
    assert judge([0.3, 0.32, 0.01], [80, 80, 80]).kept.tolist() == [True, True, False]


def test_a_doubtful_block_beside_a_sure_article_falls():
    assert judge([0.99, 0.3], [500, 100]).kept.tolist() == [True, False]


def test_nothing_is_kept_where_nothing_is_possible():
    judgement = judge([0.01, 0.02], [10, 10])
    assert not judgement.kept.any()
    assert judgement.expected_f1 == 0.0


def test_page_signs_are_finite_for_an_empty_result():
    judgement = judge([0.01, 0.02], [10, 10])
    signs = measure_page(judgement, np.array([10.0, 10]), np.zeros(2), np.array([0.01, 0.02]))
    assert np.isfinite(signs).all()


def test_every_dropped_block_has_its_reason():
    kinds = [Kind.TITLE, Kind.PARAGRAPH, Kind.CAPTION, Kind.PARAGRAPH, Kind.PARAGRAPH]
    assert reasons(kinds, [True, True, True, False, False], CleanConfig()) == [
        Reason.TITLE,
        Reason.ARTICLE,
        Reason.CAPTION,
        Reason.HIDDEN,
        Reason.AFTER_END,
    ]


def test_kinds_that_are_off_by_default_can_be_kept():
    kinds = [Kind.TITLE, Kind.BYLINE, Kind.CAPTION, Kind.PARAGRAPH, Kind.DATE]
    config = CleanConfig(keep_title=True, keep_byline=True, keep_captions=True)
    assert reasons(kinds, [True] * 5, config) == [Reason.ARTICLE] * 5


def test_tables_can_be_left_out():
    kinds = [Kind.PARAGRAPH, Kind.TABLE_ROW, *[Kind.PARAGRAPH] * 3]
    found = reasons(kinds, [True] * 5, CleanConfig(keep_tables=False))
    assert found[1] is Reason.NOT_ARTICLE


@pytest.mark.parametrize(
    ("html", "kind", "level", "path"),
    [
        ("<h3>x</h3>", Kind.HEADING, 3, "h3"),
        ("<ul><li>x</li></ul>", Kind.LIST_ITEM, 1, "ul > li"),
        ("<ol><li>a<ol><li><p>x", Kind.LIST_ITEM, 2, "ol > li > p"),
        ("<blockquote><p>x", Kind.QUOTATION, 0, "blockquote > p"),
        ("<pre>x</pre>", Kind.PREFORMATTED, 0, "pre"),
        ("<table><tr><td>a<td>x", Kind.TABLE_ROW, 0, "table > tr > td"),
        ("<table><tr><td>x", Kind.PARAGRAPH, 0, "table > tr > td"),
        ("<figure><figcaption>x", Kind.CAPTION, 0, "figure > figcaption"),
        ("<figure><div class='a b'>x", Kind.CAPTION, 0, "figure > div.a.b"),
        ("<section><div><div><div><p>x", Kind.PARAGRAPH, 0, "div > div > p"),
    ],
)
def test_markup_tells_what_a_block_is(html, kind, level, path):
    cut = cut_blocks(parse_html(html))
    setting = read_settings(cut)[-1]
    assert (setting.kind, setting.level, setting.path) == (kind, level, path)
