"""Named rows of numbers, one number a block, collected into one array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_MOST_ROWS = 128


class Rows:
    """Collects rows. They are written where they stay: joining them at the end costs more."""

    def __init__(self, count: int) -> None:
        self.names: list[str] = []
        self.values = np.empty((_MOST_ROWS, count), np.float32)

    def add(self, name: str, row: NDArray[np.generic] | float) -> None:
        """Add one row, or one number for all blocks."""
        self.values[len(self.names)] = row
        self.names.append(name)

    def add_all(self, names: str, block: NDArray[np.generic]) -> None:
        """Add the rows of `block` under the names, which are parted by spaces."""
        start = len(self.names)
        self.names += names.split()
        self.values[start : len(self.names)] = block

    def finish(self) -> NDArray[np.float32]:
        """The rows added so far."""
        return self.values[: len(self.names)]
