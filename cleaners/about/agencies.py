"""Bylines -> what in them is an agency's or a newsroom's, told from the writers beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from cleaners.about.bylines import BylineWords, fold_words, load_byline_words
from cleaners.about.leads import FIRST_CJK, strip_lead

# Words of a name at least, before an agency that nothing parts from it.
_FULL_NAME = 2
# Letters of an acronym at most; with one capital it may be a first name: "Sid", "Ani".
_ACRONYM = 4
_DASHES = frozenset("-–—")
# Characters of most names in Korean, Chinese and Japanese at most.
_MAX_UNSPACED = 3


def split_agencies(part: str, words: BylineWords) -> tuple[str, Sequence[str]]:
    """What stands before the strokes of "Max Muster/dpa/AFP", and the agencies after them.

    Capitals are an agency's, whatever it is called. A part of another make comes back as it is.
    """
    name, *others = strip_lead(part, words).split("/")
    agencies = tuple(other.strip() for other in others)
    if " " in name and all(
        each.isupper() or _is_agency(fold_words(each), each, words) for each in agencies
    ):
        return name.rstrip(), agencies
    return part, ()


def cut_agency(name: str, words: BylineWords) -> str:
    """A name without the agency after it: "Jane Doe Associated Press", "Mario Rossi - ANSA"."""
    parts = name.split()
    if len(parts) <= _FULL_NAME or fold_words(parts[-1]).rpartition(" ")[2] not in _list_ends():
        return name
    for at in range(_FULL_NAME, len(parts)):
        is_parted = parts[at - 1] in _DASHES
        is_long = len(parts) - at > 1
        if at - is_parted < _FULL_NAME or not (is_parted or is_long):
            continue
        agency = " ".join(parts[at:])
        if _is_agency(fold_words(agency), agency, words):
            return " ".join(parts[: at - is_parted])
    return name


def drop_agencies(
    names: Mapping[str, str], words: BylineWords, is_house: Callable[[str], bool]
) -> Mapping[str, str]:
    """The names of one byline, by their folded forms, without the agencies beside a writer."""
    agencies = {folded for folded, name in names.items() if _is_agency(folded, name, words)}
    if not agencies:
        return names
    if any(
        folded not in agencies and _is_writer(name, words) and not is_house(name)
        for folded, name in names.items()
    ):
        return {folded: name for folded, name in names.items() if folded not in agencies}
    return names


def is_newsroom(name: str) -> bool:
    """Whether a name is what any house calls its newsroom, or an Asian one what it calls itself.

    >>> is_newsroom("Redazione"), is_newsroom("새벽일보"), is_newsroom("Redaktion Hafenpost")
    (True, True, False)
    """
    words, folded = load_byline_words(), fold_words(name)
    if folded in words.newsrooms:
        return folded not in words.agencies
    return name >= FIRST_CJK and len(name) > _MAX_UNSPACED and name.endswith(words.desks)


def _is_agency(folded: str, name: str, words: BylineWords) -> bool:
    if folded not in words.agencies:
        return False
    return not (len(name) <= _ACRONYM and name.istitle() and name.isascii())


@cache
def _list_ends() -> frozenset[str]:
    """The last words of agencies: few names end with one."""
    return frozenset(agency.split()[-1] for agency in load_byline_words().agencies)


def _is_writer(name: str, words: BylineWords) -> bool:
    """Whether a name is a person's: of two words or in a script without capitals, no newsroom's."""
    is_full = " " in name and not name[0].islower()
    is_newsroom = fold_words(name) in words.newsrooms or not words.newsrooms.isdisjoint(
        fold_words(name).split()
    )
    return (is_full or name >= FIRST_CJK) and not is_newsroom
