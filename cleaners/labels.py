"""Names of a page's containers in, which of them hold a word out.

A name is a class, id, role and itemprop as one string; case does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

NAME_BREAK = re.compile(r"[^a-z]+")
"""Parts the letters of a name in lower case."""

# Parts names from one another: the parser leaves none in them.
_END = "\0"
_LETTERS = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" else 32 for code in range(256))


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The distinct names of a page: in lower case, parted by NUL.

    `letters` is what stands in them between all that is no letter a to z.
    """

    names: str
    letters: frozenset[str]

    def find(self, pieces: Iterable[str]) -> list[int]:
        """The numbers of the names that hold one of the pieces, ascending.

        One search for each piece through all names: far less than one for each name.
        """
        found = set()
        for piece in pieces:
            number = end = 0
            place = self.names.find(piece)
            while place >= 0:
                number += self.names.count(_END, end, place)
                found.add(number)
                # What else of it stands in the same name does not matter.
                end = self.names.find(_END, place)
                place = self.names.find(piece, end) if end >= 0 else -1
        return sorted(found)

    def list_names(self) -> list[str]:
        """The names one by one."""
        return self.names.split(_END)


def read_labels(names: Iterable[str]) -> Labels:
    """The labels of distinct names."""
    small = _END.join(names).lower()
    # Splitting bytes takes a tenth of the time that a pattern takes.
    letters = frozenset(small.encode().translate(_LETTERS).decode().split())
    return Labels(names=small, letters=letters)
