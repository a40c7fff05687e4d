"""A line -> whether it gives particulars, as notices of books, halls and broadcasts do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from cleaners.wordlists import read_word_list

# What stands before a price that is no part of a sentence.
_LEADING = frozenset(",:(")
_NUMBER = r"(?<![\w.,])\d{1,4}(?:[.,]\d\d)?"


def gives_particulars(line: str) -> bool:
    """Whether a line names an hour, the pages of a book, or last of all a price.

    Headlines name sums as well, but not after a comma or colon at their end.

    >>> gives_particulars("Tarif : 5 euros"), gives_particulars("Le litre à 2 euros")
    (True, False)
    """
    particulars, price = _load_patterns()
    if particulars.search(line) is not None:
        return True
    last = price.search(line)
    return last is not None and not _LEADING.isdisjoint(line[: last.start()])


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
