"""An event loop in a thread of its own, for programs that have none or must not stop it."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Coroutine
from threading import Event, Thread
from typing import Any, Self, TypeVar

_T = TypeVar("_T")


class LoopThread:
    """`run` awaits a coroutine in the loop, which goes on between the calls. Use as `with`.

    Coroutines run one after the other. What was begun beside them is cancelled at the end, and the
    thread is gone then.
    """

    def __init__(self, name: str) -> None:
        self._thread = Thread(target=self._serve, name=name, daemon=True)
        self._ready = Event()

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        # A program may end with the block still open, as in a generator that it never closed.
        atexit.register(self.stop)
        return self

    def __exit__(self, *_: object) -> None:
        atexit.unregister(self.stop)
        self.stop()

    @property
    def is_alive(self) -> bool:
        """Whether `run` can still be called."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Cancels what runs in the loop and ends the thread."""
        if self.is_alive:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """What a coroutine gives or raises.

        An interrupt of the caller (Ctrl-C) is raised here and cancels the coroutine; the next call
        begins when that one has ended.
        """
        future = asyncio.run_coroutine_threadsafe(self._run_alone(work), self._loop)
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
