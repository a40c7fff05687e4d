"""A line -> whether it gives particulars, as notices of books, halls and broadcasts do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from cleaners.words.fold import fold_word
from cleaners.words.months import list_month_names
from cleaners.words.wordlists import read_word_list

# What stands before a price that is no part of a sentence.
_LEADING = frozenset(",:(")
_ADDRESS_WORDS = 8  # of a line that is an address
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-я]"
# A telephone number at the end of a line, after a label of a few words.
_LABELLED_PHONE = re.compile(r"(?<![\w:])[^\W\d][^:\d]{1,25}:\s?\+?\(?\d[\d\s()/.-]{6,20}\d\.?$")
_NUMBER = r"(?<![\w.,])\d{1,4}(?:[.,]\d\d)?"


def gives_particulars(line: str) -> bool:
    """Whether a line names an hour, the pages of a book, or last of all a price or a street.

    Headlines name sums as well, but not after a comma or colon at their end.

    >>> gives_particulars("Tarif : 5 euros"), gives_particulars("Le litre à 2 euros")
    (True, False)
    """
    particulars, price = _load_patterns()
    if particulars.search(line) is not None or gives_address(line):
        return True
    last = price.search(line)
    return last is not None and not _LEADING.isdisjoint(line[: last.start()])


def gives_address(line: str) -> bool:
    """Whether a short line ends with a comma and the street where something is to be found.

    >>> gives_address("Seilmuseum, Nordkai 3"), gives_address("Nach dem Brand, Straße gesperrt")
    (True, False)
    """
    if "," not in line or line.count(" ") >= _ADDRESS_WORDS:
        return False
    return _load_addresses().search(line) is not None


@cache
def _load_addresses() -> re.Pattern[str]:
    """Of a street that ends a line, after a comma, with the number of its house if it has one."""
    raw = read_word_list("notices")
    streets, links, sides, named, endings, squares = (
        _join(raw[key])
        for key in ("streets", "links", "sides", "named_streets", "street_endings", "squares")
    )
    word = rf"{_CAPITAL}[^\s,]*"
    led = rf"(?:{streets})\s(?:(?:{links})\s?)?(?:{word}(?:\s[^\s,]+){{0,3}}|{sides})"
    followed = rf"(?:{word}\s){{1,3}}(?:{named})"
    joined = rf"(?:{word}\s)?{_CAPITAL}[^\s,]+?(?:{endings})"
    house = r"(?:,?\s\d{1,4}\s?\w?)?$"
    return re.compile(rf",\s(?:\d{{1,4}}\w?,?\s)?(?:{led}|{followed}|{joined}|{squares}){house}")


def closes_story(line: str) -> bool:
    """Whether a line under a story gives particulars, or a telephone after a label or a last day.

    >>> closes_story("Box office: 020 7946 0000"), closes_story("Until June 5")
    (True, True)
    """
    if _LABELLED_PHONE.search(line) is not None or gives_particulars(line):
        return True
    days = _load_until().finditer(line.lower().replace("\u2019", "'"))
    return any(fold_word(day["before"] or day["after"]) in list_month_names() for day in days)


@cache
def _load_until() -> re.Pattern[str]:
    """Of a last day; which word of it may be a month's is to be looked up."""
    until = _join(read_word_list("notices")["until"])
    word, day = r"[^\W\d_]{3,12}", r"\d{1,2}(?:\.|st|nd|rd|th|er|º)?"
    return re.compile(
        rf"(?<!\w)(?:{until})\s(?:(?P<before>{word})\.?\s{day}(?!\w)|{day}\s(?:de\s)?(?P<after>{word}))"
    )


@cache
def _load_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Of hours and pages anywhere in a line, and of a price at its end."""
    raw = read_word_list("notices")
    pages, prices, hours, before, between = (
        _join(raw[key]) for key in ("pages", "prices", "hours", "hours_before", "hours_between")
    )
    hour = r"\d{1,2}(?:[.:]\d\d)?"
    particulars = re.compile(
        rf"{_NUMBER}\s?(?:{pages})(?!\w)|(?<!\w)(?:{pages})\s?\d{{2,4}}$"
        rf"|(?<![\w.,]){hour}\s?(?:{hours})(?!\w)|(?<!\w)(?:{before})\s{hour}(?!\w)"
        rf"|(?<!\w){hour}\s?(?:{between})\s?\d\d(?!\w)|,\s?{hour}\s?(?:{between})(?!\w)"
        rf"|(?<!\w){hour}\s?(?:{between})?\s?\S{{1,3}}\s?{hour}\s?(?:{between})(?!\w)"
    )
    price = rf"(?:{_NUMBER}\s?(?:{prices})|(?:{prices})\s?\d{{1,4}}(?:[.,]\d\d)?)\)?\.?$"
    return particulars, re.compile(price)


def _join(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
