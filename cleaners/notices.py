"""A line -> whether it gives particulars, as notices of books, halls and broadcasts do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from cleaners.wordlists import read_word_list

# What stands before a price that is no part of a sentence.
_LEADING = frozenset(",:(")
_ADDRESS_WORDS = 8  # of a line that is an address
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-я]"
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
