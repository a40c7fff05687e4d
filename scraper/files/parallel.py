"""A function of many items in several processes, the answers in order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Generic, TypeVar

from scraper.errors import ScraperError

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
_Order = TypeVar("_Order")
# Items that wait for each process: enough to keep it busy, few enough to keep memory flat.
_AHEAD = 8


def map_ordered(
    function: Callable[[_Item, _Order], _Answer],
    items: Iterable[_Item],
    order: _Order,
    *,
    workers: int,
) -> Iterator[_Answer]:
    """`function` of each item in order, in so many processes; 0 and 1 work in this one.

    Where `items` cannot be read any further, that is raised after the answers to all before it.
    """
    if workers <= 1:
        for item in items:
            yield function(item, order)
        return
    source = _Held(items)
    # Spawned, not forked: the same everywhere, and no lock is inherited in a locked state.
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_begin_worker
    ) as pool:

        def submit(item: _Item) -> Future[_Answer]:
            with _hold_interrupts():  # the pool starts its workers as items come
                return pool.submit(function, item, order)

        waiting = deque(submit(item) for item in islice(source, workers * _AHEAD))
        while waiting:
            answer = waiting.popleft().result()
            waiting.extend(submit(item) for item in islice(source, 1))
            yield answer
    if source.problem is not None:
        raise source.problem


class _Held(Generic[_Item]):
    """Items that end where they fail; `problem` then holds what was raised."""

    def __init__(self, items: Iterable[_Item]) -> None:
        self.problem: Exception | None = None
        self._items = iter(items)

    def __iter__(self) -> Iterator[_Item]:
        return self

    def __next__(self) -> _Item:
        if self.problem is not None:
            raise StopIteration
        try:
            return next(self._items)
        except (ScraperError, OSError) as error:  # of what they are read from
            self.problem = error
            raise StopIteration from None


@contextmanager
def _hold_interrupts() -> Iterator[None]:
    """Ctrl-C waits in this thread; processes that are started meanwhile never get it.

    It reaches the whole group. The parent alone answers it, so that no child shows a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process with its parent: one that is killed cannot tell its workers."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
