"""Fronts of sections are told by all that they lack, and a short story by any of it."""

from __future__ import annotations

import pytest

from cleaners import Article
from cleaners.article import Metadata
from scraper.cleaning.clean_page import describe_front

TEASERS = "The boat sails again. " * 20
CHINESE = "渡轮星期一恢复通航。" * 24
SECTION = "https://paper.example/local"


@pytest.mark.parametrize(
    ("url", "text", "confidence", "metadata", "is_front"),
    [
        (SECTION, TEASERS, 0.5, Metadata(), True),
        (SECTION, "", 0.0, Metadata(), True),
        (SECTION, CHINESE[:190], 0.5, Metadata(), True),
        ("https://paper.example/", TEASERS, 0.9, Metadata(), True),
        (SECTION, TEASERS * 2, 0.5, Metadata(), False),
        (SECTION, CHINESE, 0.5, Metadata(), False),
        (SECTION, f"（{CHINESE}）", 0.5, Metadata(), False),
        (SECTION, TEASERS, 0.8, Metadata(), False),
        (SECTION, TEASERS, 0.5, Metadata(authors=("Ann Lee",)), False),
        (SECTION, TEASERS, 0.5, Metadata(published="2026-05-01"), False),
        (f"{SECTION}/2026/05/01/boat-sails-again.html", TEASERS, 0.5, Metadata(), False),
    ],
)
def test_front_lacks_all_that_a_story_has(
    url: str, text: str, confidence: float, metadata: Metadata, *, is_front: bool
) -> None:
    article = Article(text=text, confidence=confidence, metadata=metadata)
    assert bool(describe_front(url, article)) is is_front
