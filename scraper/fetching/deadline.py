"""How long a page takes, and when it must be whole. Waiting for others takes none of its time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Deadline:
    """When a page must be whole; it stands still while it is stopped. Times as the loop's clock.

    `timeout` is the running timeout that it moves along with itself.
    """

    def __init__(self, timeout: asyncio.Timeout, ends_at: float) -> None:
        self._timeout = timeout
        self._ends_at = ends_at

    def left_s(self) -> float:
        """Seconds until then."""
        return self._ends_at - asyncio.get_running_loop().time()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """What happens inside takes none of the page's time."""
        watch = StopWatch()
        self._timeout.reschedule(None)
        try:
            with watch.running():
                yield
        finally:
            self._ends_at += watch.elapsed_s
            self._timeout.reschedule(self._ends_at)


class StopWatch:
    """Seconds that passed while it ran."""

    def __init__(self) -> None:
        self.elapsed_s = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Counts what happens inside."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            yield
        finally:
            self.elapsed_s += loop.time() - began
