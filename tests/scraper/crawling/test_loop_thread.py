"""A loop in a thread of its own ends when it should, and is never waited for in vain."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Coroutine, Generator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from scraper.crawling.loop_thread import LoopThread

ROOT = Path(__file__).resolve().parents[3]


class Last:
    """Makes the last coroutine, and knows whether it has ended."""

    def __init__(self) -> None:
        self.ended = Event()

    async def _end(self) -> None:
        await asyncio.sleep(0)
        self.ended.set()

    def __call__(self) -> Coroutine[Any, Any, None]:
        return self._end()


async def _give(value: int) -> int:
    return value


def test_last_coroutine_is_awaited_at_the_end_of_the_block() -> None:
    last = Last()
    with LoopThread("loop", last=last) as loop:
        assert loop.run(_give(3)) == 3
    assert last.ended.is_set()


def test_thread_that_is_gone_is_named() -> None:
    with LoopThread("loop", last=Last()) as loop:
        pass
    with pytest.raises(RuntimeError, match="the thread loop is gone, as it is in a forked process"):
        loop.run(_give(3))


def test_loop_that_is_left_on_its_own_thread_ends() -> None:
    last = Last()

    def read() -> Generator[LoopThread, None, None]:
        with LoopThread("loop", last=last) as loop:
            yield loop

    reader = read()
    loop = next(reader)

    async def collect() -> None:
        reader.close()  # as the collector of cycles does, on whichever thread it runs

    loop.run(asyncio.wait_for(collect(), 5))
    assert last.ended.wait(5)
    loop.stop()


def test_work_in_a_thread_is_done_while_the_program_ends() -> None:
    code = (
        "import atexit, asyncio\n"
        "from scraper.fetching.aside import run_aside\n"
        "asyncio.run(run_aside(lambda: print('before')))\n"
        "atexit.register(lambda: asyncio.run(run_aside(lambda: print('after'))))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (ended.stdout, ended.stderr) == ("before\nafter\n", "")


AT_EXIT = """
import asyncio
from scraper.crawling.loop_thread import LoopThread
async def last():
    await asyncio.sleep(0)
    print("last", flush=True)
def read():
    with LoopThread("loop", last=last) as loop:
        loop.run(asyncio.sleep(0))
        yield
{how}
reader = read()
next(reader)
"""
IN_A_THREAD = """
import threading
loop = LoopThread("other", last=last).__enter__()
threading.Thread(target=loop.run, args=(asyncio.sleep(3600),), daemon=True).start()
threading.excepthook = lambda *_: None
while loop._current is None: pass
"""


@pytest.mark.parametrize(("how", "count"), [("", 1), (IN_A_THREAD, 2)])
def test_program_that_ends_within_the_block_awaits_the_last(how: str, count: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", AT_EXIT.format(how=how)],
        cwd=ROOT, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "last\n" * count


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_forked_child_is_told_and_does_not_hang() -> None:
    code = (
        "import asyncio, os\n"
        "from scraper.crawling.loop_thread import LoopThread\n"
        "async def last(): pass\n"
        "with LoopThread('loop', last=last) as loop:\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        try: loop.run(last())\n"
        "        except RuntimeError: os._exit(7)\n"
        "    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", code],
        cwd=ROOT, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (ended.stdout, ended.stderr) == ("7\n", "")
