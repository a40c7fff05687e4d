"""What stands around a notice of rights -> whether an owner writes it, or a story tells of it."""

from __future__ import annotations

import re

from cleaners.words.fold import fold_words, weigh_words

_OWNER = re.compile(r"\s*(?:©|\([cC]\)\s)")
_OWNER_MAX = 100  # characters
_OWNER_WORDS = 5  # before a year
_SIGNS = re.compile(r"©|\([cC]\)|copyright", re.IGNORECASE)


def is_owner(left: str) -> bool:
    """Whether what stands before a notice is a sign and a name.

    >>> is_owner("© 2019 The Post")
    True
    """
    return len(left) <= _OWNER_MAX and _OWNER.match(left) is not None


def tells_of_rights(before: str, notice: str) -> bool:
    """Whether a sentence says where a notice stands. An owner's name is short, without a colon.

    >>> tells_of_rights("The poster has said so since ", "1911: all rights reserved.")
    True
    >>> tells_of_rights("The Harbour Post ", "2019, all rights reserved.")
    False
    """
    if _SIGNS.search(before) or _SIGNS.search(notice):
        return False
    if ":" in notice:
        return True
    return notice[:1].isdigit() and weigh_words(fold_words(before)) > _OWNER_WORDS
