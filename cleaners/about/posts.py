"""Parts of bylines -> what of them says who somebody is, and for which house: posts and roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from cleaners.about.bylines import BylineWords, fold_words, load_byline_words
from cleaners.about.leads import FIRST_CJK, strip_lead

_MAX_ROLE_WORDS = 3
# Letters by which most names are told from what leads to others' names.
_BEGINNING = 2
# A dash before what somebody is: "Maria Silva - Repórter".
_DASH = re.compile(r"\s[-–—]\s")


def drop_posts(pieces: Sequence[str], words: BylineWords) -> Iterator[str]:
    """The pieces without those that say what the one before does, and for which house.

    Where the first names others than writers, only what is led in names these.
    """
    is_post = has_roles = is_theirs = False
    for place, piece in enumerate(pieces):
        folded = fold_words(piece)
        parts = folded.split()
        if names_others(piece, words):
            is_theirs = is_theirs or not place
            continue
        if is_theirs and strip_lead(piece, words) == piece:
            continue
        if place and len(parts) > 1 and parts[0] in words.for_house:
            continue
        if place == 0:
            has_roles = len(pieces) > 1 and strip_role(piece, words) != piece
        elif begins_with_role(parts, words) or (
            not has_roles and folded[:1] < FIRST_CJK and ends_with_role(parts, words)
        ):
            is_post = True
            continue
        elif is_post and not words.houses.isdisjoint(parts):
            continue
        is_post = False
        yield piece


def names_others(piece: str, words: BylineWords) -> bool:
    """Whether a part of a byline names others than who wrote: "Photos by Bob Snap"."""
    if piece[:_BEGINNING].lower() not in _list_beginnings():
        return False
    return f"{fold_words(piece)} ".startswith(words.others)


@cache
def _list_beginnings() -> frozenset[str]:
    """The first letters of what stands before the names of those who did not write."""
    return frozenset(each[:_BEGINNING] for each in load_byline_words().others)


def begins_with_role(parts: Sequence[str], words: BylineWords) -> bool:
    """Whether the first words are a role."""
    return any(is_role(" ".join(parts[:count]), words) for count in (1, 2, 3))


def ends_with_role(parts: Sequence[str], words: BylineWords) -> bool:
    """Whether the last words are a role."""
    return any(is_role(" ".join(parts[-count:]), words) for count in (1, 2, 3))


def strip_role(name: str, words: BylineWords) -> str:
    """`name` without a role written after it: "Kim Minsu Reporter"."""
    before, *posts = _DASH.split(name, maxsplit=1)
    if posts and " " in before and begins_with_role(fold_words(posts[0]).split(), words):
        return before
    if posts and " " in posts[0] and begins_with_role(fold_words(before).split(), words):
        return posts[0]
    parts = name.split()
    for count in (3, 2, 1):
        rest = parts[:-count]
        if rest and rest[-1].lower() in words.for_house:
            break
        if rest and is_role(" ".join(parts[-count:]), words):
            # "Guardian staff reporter" is nobody's name without its role; "김민수 기자" is.
            return " ".join(rest) if len(rest) > 1 or rest[0] >= FIRST_CJK else name
    return name


def is_post(parts: Sequence[str], words: BylineWords) -> bool:
    """Whether a role comes first and goes on in small letters: "Journaliste au service Culture"."""
    counts = range(1, min(_MAX_ROLE_WORDS + 1, len(parts)))
    return any(parts[at][0].islower() and is_role(" ".join(parts[:at]), words) for at in counts)


def is_role(text: str, words: BylineWords) -> bool:
    """Whether a text is a role and nothing else."""
    folded = fold_words(text)
    return folded in words.roles or folded.removesuffix("s") in words.roles
