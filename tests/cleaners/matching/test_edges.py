"""The outer words of lines: what pays to be read is found, and what cannot match is left alone."""

from __future__ import annotations

import unicodedata

import pytest

from cleaners.matching import edges
from cleaners.matching.edges import _SIGNS, find_suspects
from cleaners.matching.glance import may_begin, may_end
from cleaners.matching.matcher import build_matcher
from cleaners.matching.phrases import load_rules, parse_rules
from cleaners.matching.rulebook import load_matcher
from cleaners.words.fold import fold_plain, fold_words, read_words

STORY = (
    "Nobody in the small town had seen the bridge closed before, and the council could not "
    "agree on who should pay for it."
)
RULES = build_matcher(
    parse_rules(
        'lang = "any"\n[[rule]]\nid = "any-a"\ncategory = "share"\nwhy = "Test."\nmatch = ["x"]\n'
        'phrases = ["share this page", "photo", "page # of #", "more about *", "分享到微博"]\n'
        '[[rule]]\nid = "any-b"\ncategory = "read-also"\nwhy = "Test."\nmatch = ["x"]\n'
        'where = "prefix"\nphrases = ["read more :"]\n'
        '[[rule]]\nid = "any-c"\ncategory = "newsletter"\nwhy = "Test."\nmatch = ["x"]\n'
        'where = "suffix"\nphrases = ["our newsletter"]\n',
        source="any.toml",
    )
)


def is_suspect(line: str) -> bool:
    return 0 in find_suspects([line], RULES.beginnings, RULES.endings)


@pytest.mark.parametrize(
    "line",
    [
        "Share this page",
        "» Share this page",
        f"Share this page. {STORY}",
        f"{STORY} Share this page!",
        f"{STORY}Share this page",
        "Photo",
        "PhotoShare this page",
        "Page 3 of 12",
        "More about the bridge",
        "Read more: The bridge",
        "Get our newsletter",
        "Share&nbsp;this page",
        "分享到微博",
        "「分享到微博」",
        "市议会周一晚上开会讨论今年春天关闭的那座桥。分享到微博",
        f"photo {'x' * 80}",
        "x" * 80,
    ],
)
def test_line_with_words_of_a_phrase_at_an_edge_is_a_suspect(line: str) -> None:
    assert is_suspect(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "- – —",
        STORY,
        f"- {STORY}",
        "Share prices fell on Monday, and nobody knew why",
        "Photographs of the bridge",
        "Pages were missing",
        "Nobody",
        "“Nobody,” she said",
        "市议会周一晚上开会讨论今年春天关闭的那座桥。",
        "市议会",
        "分手以后，他回到了故乡。",
    ],
)
def test_line_without_is_none(line: str) -> None:
    assert not is_suspect(line)


def test_every_example_of_every_rule_is_a_suspect_if_anything_matches_it() -> None:
    rules = load_matcher()
    examples = [each for rule in load_rules() for each in (*rule.match, *rule.keep)]
    lines = [*examples, *(f"{STORY} {each}" for each in examples)]
    suspects = set(find_suspects(lines, rules.beginnings, rules.endings))
    missed = [
        line
        for index, line in enumerate(lines)
        if index not in suspects and (may_begin(line, rules) or may_end(line, rules))
    ]
    assert not missed


def test_signs_taken_off_an_edge_hold_no_words() -> None:
    assert not fold_words(_SIGNS)
    assert not any(unicodedata.category(sign)[0] in "LMN" for sign in _SIGNS)


def test_plain_word_is_the_one_word_of_its_piece() -> None:
    letters = [chr(code) for code in range(0x110000) if chr(code).isalpha()]
    pieces = [piece for char in letters for piece in (char, f"a{char}", f"({char}a).", f"{char}’a")]
    told = [(piece, fold_plain(piece)) for piece in pieces]
    assert all([word for word, _ in read_words(piece)] == [plain] for piece, plain in told if plain)
    assert dict(told)["(Éa)."] == "ea"


def test_numbers_without_end_do_not_grow_the_automaton() -> None:
    automaton = RULES.forward
    assert automaton.start("20121") is automaton.start("20122")


def test_words_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edges, "_KNOWN_MAX", 3)
    for word in ["one", "two", "three", "four", "five", "six"]:
        RULES.beginnings.may_hold(word)
        assert len(RULES.beginnings.outers) <= 3
    assert is_suspect("Share this page")
