"""Keys of containers: what class, id, role and itemprop say of each, as one string."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

OWN_ID = "\x1f"
"""Stands in a key before an id that is an element's own, and no part of the template; white space
like what stands between other names."""


def number_alike(numbers: list[int], names: Mapping[str, int]) -> list[int]:
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
        before, _, after = name.partition(OWN_ID)
        key = f"{before} {after.partition(' ')[2]}".strip()
        shared[names[name]] = names.get(key, firsts.setdefault(key, names[name]))
    return [shared[number] for number in numbers]


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


def find_holders(homes: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which containers hold a block, those inside them included."""
    before = np.zeros(len(ends) + 1, np.int64)
    np.bincount(homes, minlength=len(ends)).cumsum(out=before[1:])
    is_holder: NDArray[np.bool_] = before.take(ends + 1) > before[:-1]
    return is_holder
