"""A page that tells its story twice gives it once; refrains and tables stay."""

from __future__ import annotations

from cleaners.article import Block, Reason, Verdict
from cleaners.beside.copies import find_copies

TOLD = "The harbour froze over on Monday, and the fishermen of the town stayed at home, they said. "
STORY = [f"{number}. {TOLD * 2}" for number in range(4)]
KEPT = Verdict(keep=True, reason=Reason.ARTICLE)


def find(*texts: str) -> list[int]:
    blocks = (Block(index=index, text=text, verdict=KEPT) for index, text in enumerate(texts))
    return find_copies({block.index: block for block in blocks})


def test_second_copy_of_a_story_goes_whatever_stands_between() -> None:
    assert find(*STORY, *STORY) == [4, 5, 6, 7]
    assert find("Head", *STORY, "More", *STORY[1:], "End") == [6, 7, 8]
    assert find(*STORY, *STORY, *STORY) == list(range(4, 12))


def test_short_passages_that_are_told_again_stay() -> None:
    assert find(*STORY, *STORY[:2]) == []
    assert find(*["Yes", "No", "12.10"] * 20) == []


def test_paragraphs_that_come_again_in_another_order_stay() -> None:
    assert find(*STORY, STORY[2], STORY[0], STORY[3], STORY[1]) == []


def test_page_that_keeps_nothing_has_no_copies() -> None:
    assert find() == []
