"""Lines under the headline -> the name in one that a date or a post tells to be who wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from cleaners.about.bylines import fold_words, load_byline_words
from cleaners.about.leads import EDGE, is_named, strip_edge
from cleaners.about.names import has_lead, names_only, strip_date
from cleaners.about.posts import begins_with_role
from cleaners.about.sections import load_section_words
from cleaners.words.datelines import split_dateline, tells_publication
from cleaners.words.dates import is_date_alone

# Characters of a line at most that says who somebody is, and what no such line or name has.
_MAX_POST_CHARS = 60
_SENTENCE = re.compile(r"[.!?:;\d]")
# Characters of a name and a date at most: longer lines are text, and reading each takes time.
_MAX_DATED_CHARS = 120
# What parts a date from a byline.
_AFTER_DATE = re.compile(r"\s*[,;|·•–—-]\s+(?=[^\W\d_])")
_DIGIT = re.compile(r"\d")
# Lines that stand right under the headline.
_RIGHT_UNDER = 4


def find_posted(lines: Sequence[str]) -> Iterator[str]:
    """Lines that are a name alone, and that a line follows with no more than who that is."""
    words = load_byline_words()
    for line, after in pairwise(lines):
        if max(len(line), len(after)) > _MAX_POST_CHARS or _SENTENCE.search(f"{line}{after}"):
            continue
        if begins_with_role(fold_words(after).split(), words) and is_named(line):
            yield line


def find_dated(lines: Sequence[str], *, language: str) -> Iterator[str]:
    """The names that a date alone follows in the first lines ("Jane Doe, 14 May 2024").

    Before a dash it may stand first ("14 May 2024 — Jane Doe").

    What says of which day the date is, and what sections are called, is no name.
    """
    for line in lines[:_RIGHT_UNDER]:
        if len(line) > _MAX_DATED_CHARS:
            continue
        name = strip_date(line, language=language)
        rest = line.removeprefix(name)
        before, dash, after = line.rpartition(" — ")
        if dash and is_date_alone(before):
            name = after
        elif rest in {"", line} or not is_date_alone(rest.strip(EDGE)):
            continue
        bare = strip_edge(name)
        if is_named(bare) and names_only(bare) and not (_tells_day(bare) or _is_section(bare)):
            yield bare


def cut_date(line: str) -> str:
    """The byline that a date alone stands before in a line, a sign between; else empty.

    >>> cut_date("added: 2005-09-04 18:42, author: Jane Doe")
    'author: Jane Doe'
    """
    if len(line) > _MAX_DATED_CHARS or _DIGIT.search(line) is None:
        return ""
    for sign in _AFTER_DATE.finditer(line):
        if is_date_alone(line[: sign.start()]):
            rest = line[sign.end() :]
            return rest if has_lead(rest) else ""
    return ""


def _tells_day(text: str) -> bool:
    return tells_publication(text) or bool(split_dateline(text).changed)


def _is_section(text: str) -> bool:
    words = load_section_words()
    general = chain(words.home, words.general, words.nowhere)
    parts = fold_words(text).split()
    return any(each in parts for each in general)
