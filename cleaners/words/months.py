"""Dates whose month is a word -> ISO 8601; and the names of months in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cleaners.words.calendars import read_day, read_persian_day, widen_year
from cleaners.words.datelines import load_date_words
from cleaners.words.fold import WORD, fold_word
from cleaners.words.wordlists import read_word_list

_DIGITS = re.compile(r"\d+")
# A clock, whose hour is no year.
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?::\d{2})?(?![.\d])")
_CLOCK_WITH_COLON = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![:\d])")
# A whole date whose month is a number: no word beside it is one.
_IN_FIGURES = re.compile(
    r"(?<!\d)(?:\d{1,2}\s?([./-])\s?\d{1,2}\s?\1\s?\d{4}|\d{4}\s?([./-])\s?\d{1,2}\s?\2\s?\d{1,2})(?!\d)"
)
# Words between month, day and year: "22 de abril de 2024", "April 22nd, 2024".
_NEAR = 3
# What stands nowhere near is further away than anything that does.
_FAR = 3 * _NEAR
# Entry of the list that names months of another calendar.
_PERSIAN = "persian"


class _Reading(NamedTuple):
    """A month by its number, the words of its name, and whether it is of the Persian calendar."""

    month: int
    words: int
    is_persian: bool


def read_written(text: str, *, language: str = "") -> str:
    """The date in `text` whose month is written as a word, or empty.

    `language` says which month names to look for first.
    """
    words = load_date_words()
    has_short_years = language in words.short_years
    text = _IN_FIGURES.sub(" ; ", text)
    tokens = cut_tokens((_CLOCK if has_short_years else _CLOCK_WITH_COLON).sub(" ", text))
    pairs = [f"{one} {two}" for one, two in zip(tokens, [*tokens[1:], ""], strict=False)]
    known = _load_readings()
    places = [
        place for place, token in enumerate(tokens) if token in known or pairs[place] in known
    ]
    if len(places) > 1:
        # "mar 04 giugno 2024": a word that is a month elsewhere stands further from day and year.
        places.sort(key=lambda place: _measure_distance(place, tokens))
    is_buddhist = language in words.buddhist
    for place in places:
        for reading in _list_readings(tokens[place], pairs[place], language):
            after = place + reading.words
            near = tokens[max(0, place - _NEAR) : place], tokens[after : after + 2 * _NEAR]
            found = _day_near(
                reading.month,
                *near,
                has_short_years=has_short_years,
                is_buddhist=is_buddhist,
                is_persian=reading.is_persian,
            )
            if found:
                return found
    return ""


def _list_readings(word: str, pair: str, language: str) -> Iterable[_Reading]:
    """What a word may mean, or the two words that it begins, each once; in `language` first."""
    known = _load_readings()
    told = known.get(word, {})
    if pair in known:
        # Where a language knows both, the two words are the name.
        both = {**told, **known[pair]}
        told = {name: both[name] for name in _load_tables() if name in both}
    return dict.fromkeys((told[language], *told.values()) if language in told else told.values())


def _measure_distance(place: int, tokens: Sequence[str]) -> int:
    """How many words away the nearest day and the nearest year are, added up."""
    nearby = range(max(0, place - _NEAR), min(len(tokens), place + 1 + 2 * _NEAR))
    return sum(
        min((abs(at - place) for at in nearby if says(tokens[at])), default=_FAR)
        for says in (_is_day, _is_year)
    )


def _is_day(token: str) -> bool:
    return token.isdecimal() and len(token) <= 2 and 1 <= int(token) < 32


def _is_year(token: str) -> bool:
    return token.isdecimal() and len(token) == 4


def cut_tokens(text: str) -> list[str]:
    """The numbers of `text`, digits alone, and its words, folded as the names of months are."""
    tokens: list[str] = []
    for word in WORD.findall(text):
        if word[0].isdecimal():
            tokens.extend(_DIGITS.findall(word))
        else:
            tokens.append(fold_word(word))
    return tokens


@cache
def list_month_names() -> frozenset[str]:
    """Every name of a month in any language, folded."""
    return frozenset().union(*_load_tables().values())


@cache
def _load_tables() -> dict[str, dict[str, int]]:
    """Language -> month name -> number, from the packaged list, folded.

    Names have at most two words, one space between.
    """
    raw = read_word_list("months")
    tables: dict[str, dict[str, int]] = {}
    for language, line in raw.items():
        table = tables[language] = {}
        for number, names in enumerate(line.split(";"), start=1):
            for name in names.split("/"):
                folded = " ".join(cut_tokens(name))
                if folded.count(" ") <= 1:
                    table[folded] = number
    return tables


@cache
def _load_readings() -> Mapping[str, Mapping[str, _Reading]]:
    """Month name -> language -> what it means there, languages in the order of the list."""
    readings: dict[str, dict[str, _Reading]] = {}
    for language, table in _load_tables().items():
        for name, month in table.items():
            words = name.count(" ") + 1
            readings.setdefault(name, {})[language] = _Reading(month, words, language == _PERSIAN)
    return readings


def _day_near(
    month: int,
    before: Sequence[str],
    after: Sequence[str],
    *,
    has_short_years: bool,
    is_buddhist: bool,
    is_persian: bool,
) -> str:
    """The day whose number and year stand next to a month's name, nearest first."""
    around = [*reversed(before[-1:]), *after[:1], *reversed(before[:-1]), *after[1:]]
    if len(after) > 1 and _is_day(after[0]) and _is_year(after[1]):
        around = [after[0]]  # "No. 12, May 3, 2024"
    days = list(filter(_is_day, around))
    years = list(filter(_is_year, (*after, *reversed(before))))
    if not years and has_short_years and after and after[0].isdecimal() and len(after[0]) == 2:
        years = [widen_year(after[0], is_buddhist=is_buddhist)]
        days = [token for token in before[-1:] if token in days]
    if not days or not years:
        return ""
    read = read_persian_day if is_persian else read_day
    return read(years[0], str(month), days[0])
