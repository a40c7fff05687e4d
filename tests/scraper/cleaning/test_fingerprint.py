"""Fingerprints: which words count, however they are cut."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from scraper.cleaning.fingerprint import _cut_words, fingerprint_text

# Letters, digits and signs on which words cut from bytes and by pattern could differ.
SIGNS = "ab1_-’“.é٣²ßİſK漢Я \u00a0\u2028\n\x00\ud800"


def cut_by_pattern(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return list("".join(words)) if len(text) > 12 * (len(words) + 1) else words


@given(st.text(alphabet=SIGNS, max_size=80).map(lambda text: "Said the mayor. " * 8 + text))
def test_words_cut_from_bytes_are_those_of_the_pattern(text: str) -> None:
    words, numbers = _cut_words(text)
    wanted = cut_by_pattern(text)
    assert words == [word.encode() for word in wanted]
    assert numbers == [word.encode() for word in wanted if word.isdigit()]


@given(st.text(alphabet=SIGNS, max_size=80))
def test_words_of_any_text_are_those_of_the_pattern(text: str) -> None:
    assert _cut_words(text)[0] == [word.encode() for word in cut_by_pattern(text)]


def test_case_punctuation_and_spacing_count_for_nothing() -> None:
    assert fingerprint_text("“It rained”, he said.") == fingerprint_text("it   RAINED he said")


def test_prints_stay_what_earlier_ledgers_hold() -> None:
    story = (
        "The council met on day 7 to speak of bridge 49, naïve as ever; it rained on 3 May. " * 5
    )
    prints = fingerprint_text(story)
    assert prints.text == -4_651_845_025_533_983_681
    assert prints.sim == -1_975_214_044_221_752_829
    assert prints.numbers == 2_024_895_469_165_948_312
