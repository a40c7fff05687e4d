"""An event loop in a thread of its own, for programs that have none or must not stop it."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from threading import Event, Lock, Thread, current_thread
from typing import Any, Self, TypeVar

_T = TypeVar("_T")


class LoopThread:
    """`run` awaits a coroutine in the loop, which goes on between the calls. Use as `with`.

    Coroutines run one after the other. At the end of the block, or of a program that leaves it
    open, `last` makes one more that is awaited. Then what was begun beside them is cancelled, and
    the thread is gone.
    """

    def __init__(self, name: str, *, last: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        self._thread = Thread(target=self._serve, name=name, daemon=True)
        self._ready = Event()
        self._last = last
        self._current: Future[Any] | None = None
        self._end_claim = Lock()  # of whoever ends the thread; all others wait for that

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        # A program may end with the block still open, as in a generator that it never closed.
        atexit.register(self._stop_at_exit)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Awaits `last` and ends the thread.

        In the loop's own thread, where a generator may be collected, it cannot be waited for: the
        thread ends a little later.
        """
        if not self._thread.is_alive():
            return
        is_first = self._end_claim.acquire(blocking=False)
        if current_thread() is self._thread:
            if is_first:
                self._loop.call_soon_threadsafe(self._end_soon)
            return
        try:
            if is_first:
                self.run(self._last())
        finally:
            if is_first:
                self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    def _stop_at_exit(self) -> None:
        if self._current is not None:
            self._current.cancel()  # a thread of the program may wait for it for ever
        self.stop()

    def _end_soon(self) -> None:
        self._ending = self._loop.create_task(self._end())

    async def _end(self) -> None:
        try:
            await self._run_alone(self._last())
        finally:
            self._loop.stop()

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """What a coroutine gives or raises.

        An interrupt of the caller (Ctrl-C) is raised here and cancels the coroutine; the next call
        begins when that one has ended.

        Raises:
            RuntimeError: the thread is gone, as it is in the child of a fork.
        """
        if not self._thread.is_alive():
            work.close()
            raise RuntimeError(
                f"the thread {self._thread.name} is gone, as it is in a forked process: read on in "
                "the process that began it, or begin anew"
            )
        future = asyncio.run_coroutine_threadsafe(self._run_alone(work), self._loop)
        self._current = future
        try:
            return future.result()
        except BaseException:
            future.cancel()  # says nothing to one that has ended
            raise

    async def _run_alone(self, work: Coroutine[Any, Any, _T]) -> _T:
        try:
            async with self._turn:
                return await work
        finally:
            work.close()  # one that was cancelled before its turn was never awaited

    def _serve(self) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            self._turn = asyncio.Lock()
            self._ready.set()
            self._loop.run_forever()
        atexit.unregister(self._stop_at_exit)
