"""Keys of containers: what class, id, role and itemprop say of each, as one string."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

OWN_ID = "\x1f"
"""Stands in a key before an id that is an element's own, and no part of the template; white space
like what stands between other names."""


def number_kin(names: Mapping[str, int]) -> Sequence[int]:
    """For each name the number of the first that differs from it in an element's own id at most."""
    kin = list(range(len(names)))
    firsts: dict[str, int] = {}
    for name in [name for name in names if OWN_ID in name]:
        number = names[name]
        before, _, after = name.partition(OWN_ID)
        shared = f"{before} {after.partition(' ')[2]}".strip()
        kin[number] = names.get(shared, firsts.setdefault(shared, number))
    return kin


def find_holders(homes: array[int], ends: array[int]) -> NDArray[np.bool_]:
    """Which containers hold a block, those inside them included."""
    before = np.zeros(len(ends) + 1, np.int64)
    np.bincount(np.asarray(homes), minlength=len(ends)).cumsum(out=before[1:])
    is_holder: NDArray[np.bool_] = before.take(np.asarray(ends) + 1) > before[:-1]
    return is_holder
