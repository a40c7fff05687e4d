"""Lines of no known wording that ask their reader for what a publisher wants."""

from __future__ import annotations

import pytest

from cleaners import Reason, clean_text
from cleaners.hearing.prompts import (
    find_request,
    list_prompt_langs,
    load_prompt_words,
    may_request,
    name_prompt,
)

STORY = (
    "The old bridge over the river reopened on Monday after eleven months of repairs, the council "
    "said.\nTraffic had been led through the market square, where shop owners complained of noise."
)
ASKED = "Our reporters' best work lands in your inbox on Fridays"
# Asks its reader by its words, but too little like a prompt to fall amid a text.
DOUBTED = "Your best photographs of the website"
OTHER = "Install our app and be the first to know"

WORDS = {
    lang: words for lang in list_prompt_langs() if (words := load_prompt_words(lang)) is not None
}
MATCHES = [(lang, line) for lang, words in WORDS.items() for line in words.match]
KEEPS = [(lang, line) for lang, words in WORDS.items() for line in words.keep]


@pytest.mark.parametrize(("lang", "line"), MATCHES)
def test_example_asks_its_reader_for_something(lang: str, line: str) -> None:
    assert find_request(line, [lang]) is not None


@pytest.mark.parametrize(("lang", "line"), KEEPS)
def test_near_miss_does_not(lang: str, line: str) -> None:
    assert find_request(line, [lang]) is None


def test_words_are_read_by_language_and_nothing_else() -> None:
    assert set(WORDS) == set(list_prompt_langs())
    assert load_prompt_words("any") is None
    assert load_prompt_words("../rules/fr") is None


def test_what_is_asked_for_is_the_reason() -> None:
    assert find_request(ASKED, ["en"]) is Reason.NEWSLETTER
    assert find_request(OTHER, ["en"]) is Reason.APP
    assert find_request(ASKED, ["fr"]) is None
    assert find_request(ASKED, []) is None


def test_sentence_that_names_its_speaker_asks_for_nothing() -> None:
    line = "Our stories may be republished by anyone for free, the old editor used to say."
    assert name_prompt(line, ["en"]) is None
    assert name_prompt(line.replace(", the old editor used to say", ""), ["en"]) is not None


def test_one_word_is_not_both_address_and_thing() -> None:
    assert find_request("Whatsapp und Facebook", ["de"]) is None
    assert find_request("Register", ["en"]) is None


def test_thing_alone_is_enough_between_residue() -> None:
    assert find_request("The week's podcasts", ["en"]) is None
    assert find_request("The week's podcasts", ["en"], is_amid=True) is Reason.PLAYER


def clean(*lines: str) -> str:
    return clean_text("\n".join((STORY, *lines)), lang="en").text


def test_requests_that_end_a_text_fall_together() -> None:
    assert clean(ASKED) == STORY
    assert clean(OTHER, ASKED, "Advertisement") == STORY


def test_request_between_paragraphs_stays() -> None:
    assert clean(ASKED, STORY) == f"{STORY}\n{ASKED}\n{STORY}"


@pytest.mark.parametrize(
    "line",
    [
        f'"{ASKED}"',
        "Our app: www.example.org",
        "Jane Roe",
    ],
)
def test_last_line_that_may_be_told_stays(line: str) -> None:
    assert clean(line) == f"{STORY}\n{line}"


def test_line_above_one_that_stays_is_no_end() -> None:
    assert clean(DOUBTED, "Jane Roe") == f"{STORY}\n{DOUBTED}\nJane Roe"


@pytest.mark.parametrize(
    ("line", "langs"),
    [
        ("Tell us below.", ["en"]),
        ("The best comments are in print.", ["en"]),
        ("Nobody knew the answer.", []),
    ],
)
def test_line_that_addresses_its_reader_or_names_a_thing_may_ask(
    line: str, langs: list[str]
) -> None:
    assert may_request(line, langs)
    assert not may_request("Nobody knew the answer.", ["en"])
