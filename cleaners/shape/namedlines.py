"""A line above the story and the name of its container -> the kind that both together tell.

"Business News of Thursday, 12 March 2026" and "Source: Jane Doe, Contributor" are neither a date
nor a byline by their words alone; a paragraph that the template calls `date` or `source` is.
"""

from __future__ import annotations

from functools import cache

from cleaners.article import Kind
from cleaners.cutting.containernames import split_humps
from cleaners.words.dates import read_date
from cleaners.words.sentences import is_labelled
from cleaners.words.wordlists import read_word_list


def name_line(key: str, text: str) -> Kind | None:
    """What a short line is that gives a date, or labels who wrote, where its `key` says so too."""
    names = split_humps(key).lower().split()
    dated, sourced = _load_line_names()
    if not dated.isdisjoint(names) and read_date(text):
        return Kind.DATE
    return Kind.BYLINE if not sourced.isdisjoint(names) and is_labelled(text) else None


@cache
def _load_line_names() -> tuple[frozenset[str], frozenset[str]]:
    """The class names and ids of containers with a date, and with whom a story is from."""
    raw = read_word_list("containers")
    return frozenset(raw["dated"]), frozenset(raw["sourced"])
