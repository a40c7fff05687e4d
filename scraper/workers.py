"""Cleaning in worker processes that can be killed: a bad page costs itself and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from scraper.cleaning.cleaned import Cleaned, CleanOptions
from scraper.cleaning.frames import SIZES, pack_options, pack_page, unpack_cleaned
from scraper.crawl_config import CrawlConfig
from scraper.page import Page
from scraper.states import State

# A worker gets this many pages, and bytes, at a time, so that it never waits for the next.
_BATCH_PAGES = 4
_BATCH_BYTES = 1_000_000
# What a pipe holds: as much as Linux gives to anybody (`/proc/sys/fs/pipe-max-size`).
_PIPE_BYTES = 1 << 20
# The kernel's alarm ends a page that takes too long; this much later we no longer rely on it.
_GRACE_S = 5.0
# Workers that die before their first answer: the machine is at fault, not a page.
_MAX_STILLBORN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    page: Page
    version: int
    answer: asyncio.Future[Cleaned]


class WorkerPool:
    """`await pool.clean(page, version)`: a `Cleaned`, whatever happens to the worker.

    `size` 0 cleans here, without limits. Use as `async with`.
    """

    def __init__(
        self,
        size: int,
        options: CleanOptions,
        *,
        page_time_s: float,
        page_memory_bytes: int,
        worker_pages: int = 20_000,
        command: tuple[str, ...] = (sys.executable, "-m", "scraper.cleaning.worker"),
    ) -> None:
        self._size = size
        self._options = options
        self._page_time_s = page_time_s
        self._command = (*command, str(page_time_s), str(page_memory_bytes))
        self._worker_pages = worker_pages
        self._jobs: deque[_Job] = deque()
        self._wake = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []
        self._stops: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._keep_worker()) for _ in range(self._size)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._stops, return_exceptions=True)

    async def clean(self, page: Page, version: int) -> Cleaned:
        """What came of the page. Failures of the worker are an outcome with the reason."""
        if self._size == 0:
            # Loaded where this process is the one to clean: what it takes is most of a start.
            from scraper.cleaning.worker_main import clean_guarded  # noqa: PLC0415

            return clean_guarded(page, version, self._options)
        answer: asyncio.Future[Cleaned] = asyncio.get_running_loop().create_future()
        async with self._wake:
            self._jobs.append(_Job(page=page, version=version, answer=answer))
            self._wake.notify()
        return await answer

    async def _keep_worker(self) -> None:
        """Runs one worker after another until cancelled."""
        stillborn = 0
        while True:
            starting = asyncio.create_task(_Worker.start(self._command, self._options))
            try:
                worker = await asyncio.shield(starting)
            except asyncio.CancelledError:
                with contextlib.suppress(OSError):
                    await (await starting).stop()  # a process half started must not stay behind
                raise
            except OSError as error:
                await self._fail_waiting(f"worker does not start: {error}")
                continue
            try:
                answered = await self._feed(worker)
            finally:
                # In a task of its own: cancelled half way, it would leave the process behind.
                stop = asyncio.create_task(worker.stop())
                self._stops.add(stop)
                stop.add_done_callback(self._stops.discard)
                await asyncio.shield(stop)
            stillborn = 0 if answered else stillborn + 1
            if stillborn >= _MAX_STILLBORN:
                await self._fail_waiting("workers die before their first answer")

    async def _fail_waiting(self, problem: str) -> None:
        """Answers one batch with the failure, so that a broken machine ends and does not hang."""
        for job in await self._take_batch():
            _answer(job, Cleaned(state=State.FAILED, reason="cleaner-crash", detail=problem))

    async def _feed(self, worker: _Worker) -> int:
        """Gives the worker pages until it dies or has done its share; how many it answered."""
        answered = 0
        while answered < self._worker_pages:
            batch = await self._take_batch()
            worker.send(batch)
            while batch:
                try:
                    cleaned = await worker.receive(self._page_time_s + _GRACE_S)
                except _WorkerLost as lost:
                    _answer(batch[0], Cleaned(state=State.FAILED, reason=lost.reason))
                    # The pages behind it were never begun: they go to the next worker.
                    self._jobs.extendleft(reversed(batch[1:]))
                    async with self._wake:
                        self._wake.notify_all()
                    return answered
                _answer(batch.pop(0), cleaned)
                answered += 1
        return answered

    async def _take_batch(self) -> list[_Job]:
        """Waiting jobs, at least one, but never more than this worker's share of them."""
        async with self._wake:
            await self._wake.wait_for(lambda: self._jobs)
            share = max(1, min(_BATCH_PAGES, len(self._jobs) // self._size))
            batch: list[_Job] = []
            size = 0
            while self._jobs and len(batch) < share and size < _BATCH_BYTES:
                batch.append(self._jobs.popleft())
                size += len(batch[-1].page.body)
            return batch


def _worker_environment() -> dict[str, str]:
    """Ours, with this very package first on the path, and one thread for numpy.

    The workers are the parallelism; idle threads would only cost memory.
    """
    root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _widen(into: asyncio.StreamWriter) -> None:
    """Makes room in a pipe for a batch of pages, where the system can: one write for each page."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - Unix alone has it

        fcntl.fcntl(into.get_extra_info("pipe").fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _answer(job: _Job, cleaned: Cleaned) -> None:
    if not job.answer.done():  # whoever asked may have been cancelled
        job.answer.set_result(cleaned)


class _WorkerLost(Exception):
    """The worker died or had to be killed; `reason` is for the ledger."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Worker:
    """One process and its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise OSError("worker has no pipes")
        self._process = process
        self._into, self._out_of = process.stdin, process.stdout

    @classmethod
    async def start(cls, command: tuple[str, ...], options: CleanOptions) -> _Worker:
        """A worker that is ready for pages."""
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_worker_environment(),
            start_new_session=True,  # the terminal's Ctrl-C does not reach it
            limit=1 << 20,
        )
        worker = cls(process)
        _widen(worker._into)
        worker._into.write(pack_options(options))
        return worker

    def send(self, batch: list[_Job]) -> None:
        """Writes the pages. Not drained: a batch is small, and the worker may be writing too."""
        for job in batch:
            self._into.write(pack_page(job.page, job.version))

    async def receive(self, timeout_s: float) -> Cleaned:
        """The next answer.

        Raises:
            _WorkerLost: no answer in time, or none ever.
        """
        try:
            async with asyncio.timeout(timeout_s):
                head_size, body_size = SIZES.unpack(await self._out_of.readexactly(SIZES.size))
                head = await self._out_of.readexactly(head_size)
                body = await self._out_of.readexactly(body_size)
        except TimeoutError:
            raise _WorkerLost("cleaner-timeout") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            code = await self._process.wait()
            timed_out = hasattr(signal, "SIGALRM") and code == -signal.SIGALRM
            raise _WorkerLost("cleaner-timeout" if timed_out else "cleaner-crash") from None
        return unpack_cleaned(json.loads(head), body)

    async def stop(self) -> None:
        """Kills the process, whatever it does, and frees its pipes."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._into.close()
        with contextlib.suppress(ConnectionError):
            await self._into.wait_closed()
        await self._process.wait()


def make_pool(config: CrawlConfig, *, with_markdown: bool) -> WorkerPool:
    """The workers that a crawl asks for."""
    return WorkerPool(
        config.workers,
        CleanOptions(
            clean=replace(config.clean, with_markup=True) if with_markdown else config.clean,
            with_markdown=with_markdown,
            obey=config.obey,
            rules=config.rules,
            memory=config.memory,
        ),
        page_time_s=config.page_time_s,
        page_memory_bytes=config.page_memory_bytes,
        worker_pages=config.worker_pages,
    )
