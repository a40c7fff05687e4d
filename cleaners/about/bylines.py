"""The words around names in bylines, by what they say; and a byline without its date.

All of them are data (`words/bylines.toml`, and the names of months in `words/months.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from cleaners.words.fold import WORD
from cleaners.words.months import cut_tokens, list_month_names
from cleaners.words.wordlists import read_word_list

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
# A day, a year or a time of day; and a date in numbers alone.
_NUMBER = re.compile(
    r"\W?(?:\d{1,2}(?:st|nd|rd|th|er|º)?|\d{4}|\d{1,2}[:.h]\d{2}\w*|(?:\d{1,2}[월일시분月日時时分])+)\W?"
)
_NUMERIC = re.compile(
    r"\W?(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}\S*"
    r"|\d{4}([./])\d{1,2}\2\d{1,2}|\d{4}년|\d{4}年(?:\d{1,2}月(?:\d{1,2}日(?:\d\S*)?)?)?"
    r"|\d{1,2}-[^\W\d_]{3,9}-\d{4})\W?"
)
# A date in numbers alone with spaces between, as in Korean: "2024. 5. 14."
_SPACED = re.compile(r"\W?\d{4}\. \d{1,2}\. \d{1,2}\.?")
# Persian writes it within a word or leaves it out.
_NON_JOINER = "\u200c"
# Words of a name at least.
_FULL_NAME = 2
# Tokens of a date around its first number: "le 1er mai 2024", "22 de abril".
_NEAR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BylineWords:
    """The words of `words/bylines.toml`, folded; `lead` longest first, `examples` as written.

    A space ends each of `others` and of `more`, and `newsrooms` holds the `agencies` too. `led`
    maps a language to those of `weak` that lead in it, `attached` one to its conjunction that is
    written together with the next word.
    """

    lead: tuple[str, ...]
    conjunctions: dict[str, tuple[str, ...]]
    inner: frozenset[str]
    shared: frozenset[str]
    in_place: frozenset[str]
    for_house: frozenset[str]
    bodies: tuple[str, ...]
    minutes: tuple[str, ...]
    reading: tuple[str, ...]
    dated: frozenset[str]
    surnames: frozenset[str]
    roles: frozenset[str]
    newsrooms: frozenset[str]
    agencies: frozenset[str]
    reporters: frozenset[str]
    reports: frozenset[str]
    dispatches: frozenset[str]
    signing: frozenset[str]
    desks: tuple[str, ...]
    sources: frozenset[str]
    origins: frozenset[str]
    houses: frozenset[str]
    others: tuple[str, ...]
    particles: frozenset[str]
    weak: frozenset[str]
    led: dict[str, tuple[str, ...]]
    labels: frozenset[str]
    more: tuple[str, ...]
    writer_paths: frozenset[str]
    people_paths: frozenset[str]
    attached: dict[str, str]
    begun: frozenset[str]
    nobody: frozenset[str]
    examples: tuple[tuple[str, ...], ...]


@cache
def load_byline_words() -> BylineWords:
    """The packaged byline words."""
    raw = read_word_list("bylines")

    def fold(name: str) -> frozenset[str]:
        return frozenset(map(fold_words, raw[name]))

    return BylineWords(
        lead=tuple(sorted(dict.fromkeys(map(str.lower, raw["lead"])), key=len, reverse=True)),
        conjunctions={language: tuple(words) for language, words in raw["and"].items()},
        inner=fold("inner"),
        shared=fold("shared"),
        in_place=fold("in_place"),
        for_house=fold("for_house"),
        bodies=tuple(fold("bodies")),
        minutes=tuple(raw["minutes"]),
        reading=tuple(raw["reading"]),
        dated=fold("dated"),
        surnames=fold("surnames"),
        roles=fold("roles"),
        newsrooms=fold("newsrooms") | fold("agencies"),
        agencies=fold("agencies"),
        reporters=fold("reporters"),
        reports=fold("reports"),
        dispatches=fold("dispatches"),
        signing=fold("signing"),
        desks=tuple(raw["desks"]),
        sources=fold("sources"),
        origins=fold("origins"),
        houses=fold("houses"),
        # A space after each tells words from what begins as they do.
        others=tuple(f"{each} " for each in fold("others")),
        particles=frozenset(raw["particles"]),
        weak=frozenset(raw["weak"]),
        led={language: tuple(words) for language, words in raw["led"].items()},
        labels=fold("labels"),
        more=tuple(f"{each} " for each in fold("more")),
        writer_paths=frozenset(raw["paths"]["writers"]),
        people_paths=frozenset(raw["paths"]["people"]),
        attached=raw["attached"],
        begun=frozenset(raw["begun"]),
        nobody=fold("nobody"),
        examples=tuple(map(tuple, raw["examples"])),
    )


@cache
def list_conjunctions() -> frozenset[str]:
    """The words that stand between names in any language."""
    return frozenset(chain.from_iterable(load_byline_words().conjunctions.values()))


def fold_words(text: str) -> str:
    """The words of a text, lower case, one space between, without what joins letters unseen."""
    return " ".join(WORD.findall(text.lower())).replace(_NON_JOINER, "")


def cut_date(byline: str, words: BylineWords) -> tuple[str, str]:
    """What stands before the first date of a byline, and what follows it; all where it has none.

    The words that lead to a date go with it ("Posted on", "le").
    """
    if _DIGIT.search(byline) is None:
        return byline, ""
    tokens = byline.split()
    folded = [fold_words(token) for token in tokens]
    first = next((at for at in range(len(tokens)) if _is_date(tokens, folded, at)), -1)
    if first < 0:
        return byline, ""
    start, end = first, first + 1
    while start and _goes_with(folded[start - 1], words):
        start -= 1
    if start == first - 1 and _is_last_name(tokens[:first], words):
        start = first
    while end < len(tokens) and _goes_on(tokens, folded, end, words):
        end += 1
    return " ".join(tokens[:start]), " ".join(tokens[end:])


def _is_last_name(tokens: Sequence[str], words: BylineWords) -> bool:
    """Whether a day of the week is the last of two words of a name: "Magdalena Środa"."""
    led = [token for token in tokens if token.lower() not in words.lead]
    is_name = all(token.rstrip(",").isalpha() and not token[0].islower() for token in led)
    return is_name and len(led) == _FULL_NAME and fold_words(led[-1]) in words.surnames


def _is_date(tokens: Sequence[str], folded: Sequence[str], at: int) -> bool:
    if _NUMERIC.fullmatch(tokens[at]) or _SPACED.fullmatch(" ".join(tokens[at : at + 3])):
        return True
    around = folded[max(0, at - 1) : at + 1 + _NEAR]
    return bool(_NUMBER.fullmatch(tokens[at])) and any(map(_is_month, around))


def _goes_on(tokens: Sequence[str], folded: Sequence[str], at: int, words: BylineWords) -> bool:
    """Whether a date goes on with a word: with "de" as well where month or year follow."""
    if _NUMBER.fullmatch(tokens[at]):
        return True
    if folded[at] in words.lead:
        after = folded[at + 1] if at + 1 < len(tokens) else ""
        return folded[at] in words.particles and (
            _is_month(after) or _YEAR.fullmatch(after) is not None
        )
    return _goes_with(folded[at], words)


def _goes_with(token: str, words: BylineWords) -> bool:
    return not token or token in words.dated or _is_month(token)


def _is_month(token: str) -> bool:
    return " ".join(cut_tokens(token)) in list_month_names()
