"""Loading while the garbage collector rests: what comes stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Loads modules and tables without the garbage collector, which leaves them alone later too.

    It would look through all of them a dozen times, which is a seventh of a worker's start.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
