"""A second opinion makes blocks a little more or less probable."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from cleaners.config import CleanConfig
from cleaners.page import clean_html
from cleaners.witness import ask_witness, hear_testimony

SURE = "The city council opened the new bridge over the river on Monday morning."
DOUBTED = "Drivers had waited for more than ten years for this day to come."
OTHER = "Subscribe now and receive our best stories every single morning by mail."


def hear(said: dict[str, float], testimony: str) -> list[float]:
    """By how much the probabilities of some texts change, in log-odds."""
    before = np.array(list(said.values()))
    after = hear_testimony(list(said), before, testimony)
    return (np.log(after / (1 - after)) - np.log(before / (1 - before))).round(6).tolist()


def test_what_the_witness_vouches_for_is_more_probable_and_the_rest_less() -> None:
    up, doubted, down = hear({SURE: 0.95, DOUBTED: 0.4, OTHER: 0.6}, f"{SURE}\n{DOUBTED}")
    assert up == doubted > 0 > down
    assert up > -down


def test_certain_blocks_stay_certain() -> None:
    probabilities = np.array([1.0, 0.0])
    assert hear_testimony([OTHER, SURE], probabilities, SURE).round(6).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("testimony", ["", "Something else altogether was said by the witness."])
def test_silent_or_lost_witness_changes_nothing(testimony: str) -> None:
    assert hear({SURE: 0.95, DOUBTED: 0.6}, testimony) == [0.0, 0.0]


def test_short_and_wordless_blocks_are_looked_up_whole() -> None:
    said = {SURE: 0.9, "Drivers had": 0.4, "Call us": 0.6, "?!": 0.6}
    signs = np.sign(hear(said, f"{SURE} {DOUBTED}")).tolist()
    assert signs == [1, 1, -1, -1]


def test_text_without_spaces_is_compared_by_the_character() -> None:
    text = "市長は今日新しい橋を開くと発表しました"
    (change,) = hear({text: 0.4}, f"見出し {text} 終わり")
    assert change > 0


def test_a_page_is_judged_anew_with_what_the_witness_says(monkeypatch: pytest.MonkeyPatch) -> None:
    story = "".join(f"<p>{SURE} So it was on day {day}, said the mayor.</p>" for day in range(9))
    page = f"<title>Bridge</title><article><h1>Bridge</h1>{story}<p>{DOUBTED}</p></article>"
    asked: list[str] = []

    def testify(html: str, *, url: str = "") -> str:
        asked.append(html)
        return f"{SURE} {DOUBTED}"

    monkeypatch.setattr("cleaners.page.ask_witness", testify)
    before = clean_html(page)
    assert asked == []
    after = clean_html(page, config=CleanConfig(witness="always"))
    assert asked == [page]
    scores = zip(before.blocks, after.blocks, strict=True)
    told = [(a.verdict.score or 0, b.verdict.score or 0) for a, b in scores if a.text != "Bridge"]
    assert all(later >= earlier for earlier, later in told)
    unsure = CleanConfig(witness="unsure", unsure_below=before.confidence - 0.001)
    assert clean_html(page, config=unsure) == before
    assert asked == [page]


def test_witness_reads_the_article_of_a_page() -> None:
    paragraphs = "".join(f"<p>{SURE} {number}. {DOUBTED}</p>" for number in range(8))
    page = f"<html><body><nav>Home Sport</nav><article>{paragraphs}</article></body></html>"
    assert SURE in ask_witness(page, url="https://x.test/a")


def test_witness_is_silent_on_an_empty_page_and_when_it_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert ask_witness(" ") == ""
    assert ask_witness("<html></html>") == ""

    def fail(*_: object, **__: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(sys.modules["trafilatura"], "extract", fail)
    assert ask_witness("<p>x") == ""
