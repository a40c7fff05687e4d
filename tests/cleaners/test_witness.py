"""The second opinion counts where the model doubts, and nowhere else."""

from __future__ import annotations

import sys

import pytest

from cleaners.article import Block, Reason, Verdict
from cleaners.witness import ask_witness, judge_with_witness

SURE = "The city council opened the new bridge over the river on Monday morning."
DOUBTED = "Drivers had waited for more than ten years for this day to come."
OTHER = "Subscribe now and receive our best stories every single morning by mail."


def block(text: str, score: float | None, reason: Reason = Reason.ARTICLE) -> Block:
    keep = score is None or score >= 0.5
    if not keep and reason is Reason.ARTICLE:
        reason = Reason.NOT_ARTICLE
    return Block(index=0, text=text, verdict=Verdict(keep=keep, reason=reason, score=score))


def kept(blocks: tuple[Block, ...]) -> list[bool]:
    return [one.verdict.keep for one in blocks]


def test_doubted_blocks_follow_the_witness() -> None:
    blocks = (block(SURE, 0.95), block(DOUBTED, 0.4), block(OTHER, 0.6))
    judged = judge_with_witness(blocks, f"{SURE}\n{DOUBTED}")
    assert kept(judged) == [True, True, False]
    assert [one.verdict.rule for one in judged] == ["", "witness", "witness"]
    assert judged[1].verdict.score == 0.4


def test_sure_blocks_do_not_move() -> None:
    blocks = (block(SURE, 0.95), block(OTHER, 0.9), block(DOUBTED, 0.05))
    assert kept(judge_with_witness(blocks, f"{SURE} {DOUBTED}")) == [True, True, False]


def test_blocks_dropped_for_what_they_say_do_not_move() -> None:
    dropped = Block(
        index=0,
        text=DOUBTED,
        verdict=Verdict(keep=False, reason=Reason.NEWSLETTER, rule="x", score=0.5),
    )
    blocks = (block(SURE, 0.95), dropped, block(DOUBTED, None))
    assert judge_with_witness(blocks, f"{SURE} {DOUBTED}") == blocks


@pytest.mark.parametrize("testimony", ["", "Something else altogether was said by the witness."])
def test_silent_or_lost_witness_changes_nothing(testimony: str) -> None:
    blocks = (block(SURE, 0.95), block(DOUBTED, 0.6))
    assert judge_with_witness(blocks, testimony) == blocks


def test_short_and_wordless_blocks_are_looked_up_whole() -> None:
    blocks = (block(SURE, 0.9), block("Drivers had", 0.4), block("Call us", 0.6), block("", 0.6))
    judged = judge_with_witness(blocks, f"{SURE} {DOUBTED}")
    assert kept(judged) == [True, True, False, False]


def test_text_without_spaces_is_compared_by_the_character() -> None:
    text = "市長は今日新しい橋を開くと発表しました"
    blocks = (block(text, 0.4),)
    assert kept(judge_with_witness(blocks, f"見出し {text} 終わり")) == [True]


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
