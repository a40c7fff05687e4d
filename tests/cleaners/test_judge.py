"""From probabilities to what is kept."""

import numpy as np
import pytest

from cleaners.judge import Judgement, judge_page, measure_page


def judge(probabilities: list[float], words: list[float]) -> Judgement:
    return judge_page(np.array(probabilities), np.array(words))


def test_sure_blocks_are_kept_and_others_dropped():
    judgement = judge([0.99, 0.02, 0.98], [50, 50, 50])
    assert judgement.kept.tolist() == [True, False, True]
    assert judgement.expected_f1 == pytest.approx(0.98, abs=0.02)


def test_a_page_of_doubtful_blocks_has_a_threshold_of_its_own():
    assert judge([0.3, 0.32, 0.01], [80, 80, 80]).kept.tolist() == [True, True, False]


def test_a_short_story_amid_many_doubtful_lines_stands_without_them():
    kept = judge([0.8, 0.78] + [0.15] * 60, [40, 30] + [8] * 60).kept.tolist()
    assert kept == [True, True] + [False] * 60


def test_a_page_of_few_sure_words_and_many_less_sure_ones_keeps_what_is_doubtful():
    kept = judge([0.8, 0.78] + [0.4] * 10 + [0.15] * 60, [40, 30] + [8] * 70).kept.tolist()
    assert all(kept)


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
