"""Work in a thread beside the event loop, also while the program ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from threading import main_thread
from typing import TypeVar

_T = TypeVar("_T")


async def run_aside(work: Callable[[], _T], pool: Executor | None = None) -> _T:
    """What `work` gives, in a thread of `pool` or of the loop's own.

    A crawl that a program leaves open is drained by `atexit`. No pool takes work by then, and the
    loop waits: better that than a page that fails for no fault of its own.
    """
    try:
        waiting = asyncio.get_running_loop().run_in_executor(pool, work)
    except RuntimeError:
        if main_thread().is_alive():
            raise
        return work()
    return await waiting
