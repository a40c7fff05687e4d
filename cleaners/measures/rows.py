"""Named rows of numbers, one number a block, collected into one array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_MOST_ROWS = 128


class Rows:
    """Collects rows. They are written where they stay: joining them at the end costs more."""

    def __init__(self, count: int) -> None:
        self.names: list[str] = []
        self.count = 0
        self.values = np.empty((_MOST_ROWS, count), np.float32)

    def add(self, name: str, row: NDArray[np.generic] | float) -> None:
        """Add one row, or one number for all blocks."""
        self.values[self.count] = row
        self.names.append(name)
        self.count += 1

    def add_all(self, names: str, block: NDArray[np.generic]) -> None:
        """Add the rows of `block` under the names, which are parted by spaces."""
        start = self.count
        self.count += len(block)
        self.names.append(names)
        self.values[start : self.count] = block

    def list_names(self) -> tuple[str, ...]:
        """The names of the rows added so far."""
        return tuple(" ".join(self.names).split())

    def finish(self) -> NDArray[np.float32]:
        """The rows added so far."""
        return self.values[: self.count]
