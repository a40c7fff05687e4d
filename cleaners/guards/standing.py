"""Blocks kept so far, and what the story lacks among them: which guards can find anything."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaners.judge import bound_kept


class Standing:
    """The blocks of a page that are kept so far, of which there is one at least.

    Guards add to them one after the other. Most look for blocks of some kind between the first and
    the last kept one, where a third of the pages lack none and half five at most. To ask whether
    any of the kind is lacking takes a tenth of the time that a guard takes to find nothing.
    """

    __slots__ = ("_lacking", "kept")

    def __init__(self, kept: NDArray[np.bool_]) -> None:
        self.kept = kept
        self._lacking: NDArray[np.int64] | None = None

    def keep(self, found: Collection[int]) -> None:
        """Keep what a guard found: mostly nothing, which numpy would take as long to mark."""
        if found:
            self.kept[list(found)] = True
            self._lacking = None

    def lacks(self, values: NDArray[Any]) -> int:
        """How many unkept blocks between the first and the last kept one have a value but 0."""
        if self._lacking is None:
            first, last = bound_kept(self.kept)
            self._lacking = first + (~self.kept[first:last]).nonzero()[0]
        return int(np.count_nonzero(values.take(self._lacking))) if len(self._lacking) else 0
