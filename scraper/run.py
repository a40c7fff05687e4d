"""A whole crawl in one call, for programs: articles as they are stored."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncGenerator, Generator, Iterable
from pathlib import Path
from typing import Any

from scraper.cleaning.knowledge import load_memory, load_user_rules
from scraper.crawl import Crawl
from scraper.crawl_config import CrawlConfig
from scraper.crawling.loop_thread import LoopThread
from scraper.errors import ConfigError, UrlRefused
from scraper.fetch import Fetcher
from scraper.store import Store
from scraper.urls import canonical_url, complete_url

Record = dict[str, Any]
# Records that may lie ready for whoever reads them; then the crawl waits. Enough for a reader that
# works in bursts, and few enough to leave behind.
_SHELF_RECORDS = 8
EXIT_FAILURES = 1
EXIT_INTERRUPTED = 130
"""What `status` tells of a run, and the exit codes of `sanspub crawl`."""


def check_seeds(urls: Iterable[str]) -> list[str]:
    """The seeds in canonical form; `https://` is put before a bare host.

    Raises:
        ConfigError: one is no http or https URL, or `urls` is none of several strings.
    """
    if isinstance(urls, str | bytes) or not isinstance(urls, Iterable):
        raise ConfigError(f"the URLs are {urls!r}; give a list of strings")
    seeds = []
    for url in urls:
        if not isinstance(url, str):
            raise ConfigError(f"a URL is {url!r}; give a string")
        try:
            seeds.append(canonical_url(complete_url(url)))
        except UrlRefused as error:
            raise ConfigError(str(error)) from None
    return seeds


def read_seeds(lines: Iterable[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """The URLs of a list, one a line, and the bad lines with number and problem.

    Empty lines and those that begin with `#` are passed over.
    """
    seeds: list[str] = []
    bad: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            seeds += check_seeds([line.strip()])
        except ConfigError as error:
            bad.append((number, str(error)))
    return seeds, bad


def begin_run(crawl: Crawl, store: Store, seeds: Iterable[str]) -> int:
    """Notes in the ledger that a run begins, and queues its seeds; the number of the run."""
    run = store.ledger.start_run()
    crawl.add_seeds(seeds)
    store.commit()
    return run


def end_run(crawl: Crawl, store: Store, run: int) -> int:
    """Notes in the ledger how a run ended, and brings all to the disk; the run's exit code."""
    failed = bool(crawl.stats.hosts_left) or store.ledger.has_failures()
    code = EXIT_INTERRUPTED if crawl.is_stopping else EXIT_FAILURES if failed else 0
    store.ledger.end_run(run, code)
    store.sync()
    return code


def crawl(urls: Iterable[str], config: CrawlConfig | None = None) -> AsyncGenerator[Record]:
    """The articles of the seeds' sites as they are stored, each a record as in the output.

    Whoever reads slowly slows the crawl. Leaving the loop early stops it: pages under way are
    brought to their end. `articles.jsonl` in `config.out` then holds every article that was stored,
    those too that were not read from the loop any more, and the same call goes on with what is
    left, so that none comes twice. Close the generator (`contextlib.aclosing`) to have that done
    before the next statement; else it is done when Python collects it.

        async for article in crawl(["https://example.org"], CrawlConfig(limit=10)):
            print(article["title"])

    Raises:
        ConfigError: a seed is no URL, or the site memory cannot be read.
        RuleError: a rule file is not as it should be.
        OutputError: the folder cannot be written, or another crawl writes there.
    """
    config = CrawlConfig() if config is None else config
    if not isinstance(config, CrawlConfig):
        raise ConfigError(f"the config is {config!r}; give a CrawlConfig")
    seeds = check_seeds(urls)
    if not seeds:
        raise ConfigError("no URL to crawl")
    load_user_rules(config.rules)  # a bad file ends the crawl before it begins, not page by page
    load_memory(config.memory)
    return _crawl(seeds, config)


async def _crawl(seeds: list[str], config: CrawlConfig) -> AsyncGenerator[Record]:
    with tempfile.TemporaryDirectory(prefix="sanspub-") as scratch:
        shelf = _Shelf()
        with Store(config.out or Path(scratch), config) as store:
            async with Fetcher(config.fetch) as fetcher:
                run = Crawl(store, config, fetcher=fetcher, on_record=shelf.put)
                run.wait_for_reader = shelf.wait
                task = asyncio.create_task(_run(run, store, seeds))
                task.add_done_callback(lambda _: shelf.put(None))
                try:
                    while (line := await shelf.take()) is not None:
                        yield json.loads(line)
                    await task
                finally:
                    shelf.open()
                    run.stop()
                    await asyncio.gather(task, return_exceptions=True)


class _Shelf:
    """Records on their way from a crawl to its reader; None is the last. `wait` while it is full.

    What is in hand when it fills up still finds its place, so that nothing is ever turned away.
    """

    def __init__(self) -> None:
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._room = asyncio.Event()
        self._room.set()
        self._is_open = False

    def put(self, line: bytes | None) -> None:
        self._lines.put_nowait(line)
        if self._lines.qsize() >= _SHELF_RECORDS and not self._is_open:
            self._room.clear()

    async def take(self) -> bytes | None:
        line = await self._lines.get()
        if self._lines.qsize() < _SHELF_RECORDS:
            self._room.set()
        return line

    async def wait(self) -> None:
        await self._room.wait()

    def open(self) -> None:
        """Makes nobody wait any more: the reader is gone."""
        self._is_open = True
        self._room.set()


async def _run(crawl: Crawl, store: Store, seeds: list[str]) -> None:
    """A whole run, from its first note in the ledger to the last."""
    number = begin_run(crawl, store, seeds)
    await crawl.run()
    end_run(crawl, store, number)


def crawl_sync(
    urls: Iterable[str], config: CrawlConfig | None = None
) -> Generator[Record, None, None]:
    """`crawl` for a plain loop, also where an event loop runs already, as in a notebook.

    The crawl goes on in a thread of its own while the loop's body works, as far as `crawl` goes
    ahead of a slow reader. However the loop is left, by Ctrl-C too, the pages under way are brought
    to their end and the thread is gone then; a second Ctrl-C stops at once.

    Raises:
        ConfigError, RuleError, OutputError: as `crawl` does, for its arguments at once.
    """
    return _iterate(crawl(urls, config))


def _iterate(records: AsyncGenerator[Record]) -> Generator[Record, None, None]:
    with LoopThread("sanspub-crawl", last=records.aclose) as loop:
        while (record := loop.run(_take_next(records))) is not None:
            yield record


async def _take_next(records: AsyncGenerator[Record]) -> Record | None:
    return await anext(records, None)
