"""Keys of containers: what class, id, role and itemprop say of each, as one string."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

OWN_ID = "\x1f"
"""Stands in a key before an id that is an element's own, and no part of the template; white space
like what stands between other names."""
# Names that say which of several elements one is, or what is done with it.
_STATES = frozenset({"odd", "even", "first", "last", "active", "open"})


def number_alike(numbers: NDArray[np.int64], names: Mapping[str, int]) -> NDArray[np.int64]:
    """For each container the number of its key without an element's own id.

    `numbers` are those of the whole keys in `names`. A key that no other has without its id keeps
    its number.
    """
    owned = [name for name in names if OWN_ID in name]
    if not owned:
        return numbers
    shared = list(range(len(names)))
    firsts: dict[str, int] = {}
    for name in owned:
        key = _strip_id(name)
        shared[names[name]] = names.get(key, firsts.setdefault(key, names[name]))
    return pack_column(shared).take(numbers)


def _strip_id(name: str) -> str:
    """A key without an element's own id."""
    before, _, after = name.partition(OWN_ID)
    return f"{before} {after.partition(' ')[2]}".strip()


def number_shapes(alike: list[int], names: Mapping[str, int]) -> list[int]:
    """The same numbers without what a key says of one element among others marked up alike.

    `alike` are those of `number_alike`, of some containers. What is left out are modifiers of
    another name in the key ("entry--goal" beside "entry", as BEM names classes) and states such as
    "odd" and "active". Nothing else than whether two of the numbers are the same means anything.
    """
    keys = list(names)
    shared: dict[int, int] = {}
    firsts: dict[str, int] = {}
    for number in dict.fromkeys(alike):
        shared[number] = number
        # An id of its own is white space to `split`, so that it parts as well.
        if "--" in keys[number] or not _STATES.isdisjoint(keys[number].split()):
            words = _strip_id(keys[number]).split()
            shape = " ".join(word for word in words if not _is_modifier(word, words))
            shared[number] = names.get(shape, firsts.setdefault(shape, number))
    return [shared[number] for number in alike]


def _is_modifier(word: str, words: Sequence[str]) -> bool:
    base, parted, _ = word.partition("--")
    return word in _STATES or bool(parted and base in words)


def pack_column(values: Sequence[int]) -> NDArray[np.int64]:
    """Whole numbers for numpy, which only reads them.

    All packed in one call take a quarter of the time that numpy takes to look at each.
    """
    return np.frombuffer(struct.pack(f"{len(values)}q", *values), np.int64)


def count_depths(ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each container how many it stands in: those numbered before it that have not ended."""
    ended = np.bincount(ends, minlength=len(ends)).cumsum()
    depths = np.arange(len(ends))
    depths[1:] -= ended[:-1]
    return depths


def count_inside(homes: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each container how many of some blocks, whose homes these are, stand in it."""
    before = np.zeros(len(ends) + 1, np.int64)
    np.bincount(homes, minlength=len(ends)).cumsum(out=before[1:])
    inside: NDArray[np.int64] = before.take(ends + 1)
    inside -= before[:-1]
    return inside


def find_holders(homes: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which containers hold a block, those inside them included."""
    return count_inside(homes, ends) > 0
