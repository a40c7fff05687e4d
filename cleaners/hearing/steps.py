"""Guards for journalism: lists that a story leads in, whose items read as residue does.

"This is how you leave the trial offer in four steps:" stands over "Create an account" as a story
tells of it, and over nothing that a page wants pressed. What leads in such a list is a line that no
rule knows and that does not ask for anything itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile

from cleaners.article import Reason
from cleaners.hearing.context import Hearing
from cleaners.hearing.guards import is_item, is_label_like
from cleaners.hearing.prompts import find_request, list_prompt_langs, may_request
from cleaners.matching.lines import LineReader
from cleaners.words.fold import fold_words, weigh_words
from cleaners.words.sentences import COLONS, ends_sentence
from cleaners.words.wordlists import read_word_list

_LEAD_MIN, _COUNTING_MIN = 4.0, 3.0  # words, and of a lead that counts steps
_ITEM_MAX = 80  # characters
_ITEMS_MIN, _ITEMS_MAX = 2, 30
_FREE_ITEMS_MAX = 12  # of items without a sign of their own, which a footer could go on
_TOLD_SHARE = 0.5  # of the items of a list that nothing leads in
_END_LISTS = frozenset(
    {
        Reason.COMMENT_COUNT,
        Reason.COMMENT_LOGIN,
        Reason.COMMENT_PROMPT,
        Reason.COPYRIGHT,
        Reason.MOST_READ,
        Reason.READ_ALSO,
        Reason.SHARE,
    }
)


def find_listed(hearing: Hearing, reader: LineReader) -> frozenset[int]:
    """Return the places of lines that are items of the story's own lists. Of a page: none.

    Items are lines under a lead that ends with a colon, or most of which are told; they end with
    the first that heads other stories or that shares, comments or owns the story.
    """
    if hearing.is_page:
        return frozenset()
    lines = hearing.lines
    listed: set[int] = set()
    for index in range(len(lines) - _ITEMS_MIN):
        after = lines[index + 1]
        if not 0 < len(after) <= _ITEM_MAX or not hearing.follows_story(index):
            continue
        if lines[index].endswith(COLONS):
            if _is_lead(hearing, index, reader):
                listed.update(_follow_lead(hearing, index, reader))
        elif is_item(after) and not is_item(lines[index]) and _may_lead(hearing, index):
            listed.update(_follow_items(hearing, index, reader))
    return frozenset(listed)


def _is_lead(hearing: Hearing, index: int, reader: LineReader) -> bool:
    """Whether a line with a colon leads in what a story lists, and asks for nothing itself."""
    line = hearing.lines[index]
    words = fold_words(line)
    counts = not _load_steps().isdisjoint(words.words)
    if weigh_words(words) < (_COUNTING_MIN if counts else _LEAD_MIN):
        return False
    if hearing.is_known(line):
        return False
    langs = [lang for lang in sorted(reader.find_langs()) if lang in list_prompt_langs()]
    return counts or not langs or not may_request(line, langs)


def _may_lead(hearing: Hearing, index: int) -> bool:
    """Whether a sentence, or a crosshead under one, stands over a list."""
    line, before, _ = hearing.look_around(index)
    is_told = ends_sentence(line) or (is_label_like(line) and ends_sentence(before))
    return is_told and not hearing.is_known(line)


def _follow_lead(hearing: Hearing, lead: int, reader: LineReader) -> list[int]:
    """Return the items under a lead; without a sign of their own only those that are sure."""
    items = _collect(hearing, lead, reader)
    if len(items) < _ITEMS_MIN or is_item(hearing.lines[items[0]]):
        return items if len(items) >= _ITEMS_MIN else []
    asks = _ask(hearing, reader)
    if asks(items[0]):
        return items
    if not hearing.is_in_story(items[-1]):
        return []
    while items and asks(items[-1]):
        items.pop()  # as likely a box between the list and the story
    return items


def _follow_items(hearing: Hearing, lead: int, reader: LineReader) -> list[int]:
    """Return the items of a list without a lead if most of them ask for nothing."""
    items = _collect(hearing, lead, reader)
    asks = _ask(hearing, reader)
    asking = sum(map(asks, items))
    return items if asking and asking < _TOLD_SHARE * len(items) else []


def _collect(hearing: Hearing, lead: int, reader: LineReader) -> list[int]:
    """Return the short lines right under a line, up to one that ends a list."""
    lines = hearing.lines
    signed = is_item(lines[lead + 1])
    most = _ITEMS_MAX if signed else _FREE_ITEMS_MAX

    def walk() -> Iterator[int]:
        places = range(lead + 1, min(lead + 1 + most, len(lines)))
        return takewhile(
            lambda at: is_item(lines[at]) == signed and _may_be_item(lines[at]), places
        )

    return list(takewhile(lambda at: not _ends_list(hearing, at, reader), walk()))


def _may_be_item(line: str) -> bool:
    return 0 < len(line) <= _ITEM_MAX and not line.endswith(COLONS)


def _ends_list(hearing: Hearing, index: int, reader: LineReader) -> bool:
    """Whether a line heads other stories, or is of those that no story lists."""
    found = reader.match(hearing.lines[index])
    if found is None:
        return False
    terms = [hearing.rules.terms[term] for term in found.terms]
    return any(term.heads_run or term.reason in _END_LISTS for term in terms)


def _ask(hearing: Hearing, reader: LineReader) -> Callable[[int], bool]:
    """Return what tells whether a line would be residue without what leads it in."""

    def asks(index: int) -> bool:
        line = hearing.lines[index]
        if hearing.is_known(line):
            return True
        return find_request(line, sorted(reader.find_langs())) is not None

    return asks


@cache
def _load_steps() -> frozenset[str]:
    """The folded words that count steps."""
    said = read_word_list("steps")["steps"]
    return frozenset(word for phrase in said for word in fold_words(phrase).words)
