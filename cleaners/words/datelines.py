"""Lines that give dates -> what of each tells of publication, and what of a change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cleaners.words.sentences import ends_sentence
from cleaners.words.wordlists import read_word_list

UNSPACED = "\u2e80"
"""First character of the scripts that write words without spaces, in the order of Unicode."""
_WORD = re.compile(r"[^\W\d_]{2,}")
# What follows a year and tells a story: small words up to the end of the line.
_CLAUSE = re.compile(r"\d{4}, ([^\W\d_]++)(?:[ ’'-][^\W\d_]++){3,40}\W{0,3}$")
# Words of a line with a date that is a sentence; a byline with place and weekday has fewer.
_SENTENCE_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The parts of a line by what their dates are of; either may be empty."""

    published: str
    changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """Words of `words/dates.toml`, lower case, with the examples that test them.

    `year_first`, `buddhist`, `persian`, `minguo` and `short_years` are languages. `eras` maps what
    stands before a year to the one before the first of its own.
    """

    changed: frozenset[str]
    published: frozenset[str]
    after: frozenset[str]
    forenoon: frozenset[str]
    afternoon: frozenset[str]
    hour_leads: frozenset[str]
    year_first: frozenset[str]
    buddhist: frozenset[str]
    persian: frozenset[str]
    minguo: frozenset[str]
    short_years: frozenset[str]
    eras: dict[str, int]
    match: tuple[str, ...]
    keep: tuple[str, ...]


def split_dateline(text: str) -> Dateline:
    """`text` cut before each word that says what the next date is of.

    What stands before the first of them is of publication; so is a line without any.

    >>> split_dateline("2 May 2024, 10:30, updated 3 May")
    Dateline(published='2 May 2024, 10:30, ', changed='updated 3 May')
    """
    if not _may_say(text):
        return Dateline(published=text, changed="")
    parts = {True: "", False: ""}
    start, is_change = 0, False
    for match in _load_pattern().finditer(text):
        parts[is_change] += text[start : match.start()]
        start, is_change = match.start(), match["changed"] is not None
    parts[is_change] += text[start:]
    return Dateline(published=parts[False], changed=parts[True])


def is_sentence(line: str) -> bool:
    """Whether a line with a date in it tells a story or describes a picture.

    A line that begins with a word such as `published` is none, unless it goes on after the date:
    "Published on 3 May 2019, the book sold well."
    """
    if not ends_sentence(line):
        return False
    if _load_pattern().match(line.lstrip()) is not None:
        clause = _CLAUSE.search(line)
        return clause is not None and clause[1].lower() not in load_date_words().after
    return len(_WORD.findall(line)) > _SENTENCE_WORDS


def tells_publication(line: str) -> bool:
    """Whether a word such as `published` begins the line or what a sign parts of it."""
    if not _may_say(line):
        return False
    words = (match for match in _load_pattern().finditer(line) if match["published"] is not None)
    starts = (line[: match.start()].rstrip() for match in words)
    return any(not start or not (start[-1].isalpha() or start[-1] == ",") for start in starts)


@cache
def load_date_words() -> DateWords:
    """The packaged words around dates."""
    raw = read_word_list("dates")
    match, keep = tuple(raw.pop("match")), tuple(raw.pop("keep"))
    eras = raw.pop("eras")
    sets = {name: frozenset(listed) for name, listed in raw.items()}
    return DateWords(**sets, eras=eras, match=match, keep=keep)


def strip_labels(text: str) -> str:
    """A text without the words that say what happened on a date: "Mis à jour le 8 mars"."""
    return _load_pattern().sub("", text)


def _may_say(text: str) -> bool:
    """Whether a word of the lists may stand in `text`: the pattern takes far longer to say."""
    spaced, unspaced = _load_beginnings()
    return not spaced.isdisjoint(_WORD.findall(text.lower())) or any(
        word in text for word in unspaced
    )


@cache
def _load_beginnings() -> tuple[frozenset[str], tuple[str, ...]]:
    """First words of what is written with spaces, and all that is not."""
    words = load_date_words()
    known = words.changed | words.published
    spaced = frozenset(_WORD.findall(word)[0] for word in known if word < UNSPACED)
    return spaced, tuple(sorted(word for word in known if word >= UNSPACED))


@cache
def _load_pattern() -> re.Pattern[str]:
    words = load_date_words()
    return re.compile(
        f"(?P<changed>{_join(words.changed)})|(?P<published>{_join(words.published)})",
        re.IGNORECASE,
    )


def _join(words: frozenset[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word) if word >= UNSPACED else rf"(?<![^\W_]){re.escape(word)}(?![^\W_])"
        for word in ordered
    )
