"""Crawls under stress: long sitemaps, jumping clocks, full and closed disks, an impatient user."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from small_paper import Answer, Paper, serve_paper

from benchmarks.crawl.sitemap import make_index, make_part, read_sitemaps
from scraper.config import FetchConfig, ThrottleConfig
from scraper.crawl import Crawl
from scraper.crawl_config import CrawlConfig
from scraper.fetch import Fetcher
from scraper.store import LEDGER_NAME, Store

ROOT = Path(__file__).resolve().parents[2]
QUICK = ThrottleConfig(min_delay_s=0.0, latency_factor=0.0)
LOCAL = FetchConfig(allow_private=True, proxy_from_env=False, deadline_s=10.0)


@pytest.fixture
def paper() -> Iterator[Paper]:
    with serve_paper() as served:
        yield served


def fill(paper: Paper, count: int) -> None:
    for number in range(count):
        paper.story(f"/news/story-{number}", f"word{'abcdefghij'[number % 10]}{number}")
    paper.front("/", tuple(f"/news/story-{number}" for number in range(count)))


def query(out: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(out / LEDGER_NAME)) as db:
        return db.execute(statement).fetchall()


def stored_urls(out: Path) -> list[str]:
    data = (out / "articles.jsonl").read_text("utf-8")
    assert not data or data.endswith("\n")
    return [line.split('"url":"')[1].split('"')[0] for line in data.splitlines()]


class Sitemaps(dict[str, Answer]):
    """An index and its parts, made as they are asked for."""

    def __init__(self, paper: Paper, parts: int, urls: int) -> None:
        super().__init__()
        self._paper, self._parts, self._urls = paper, parts, urls

    def get(self, path: str, default: Any = None) -> Any:
        kind = {"Content-Type": "application/xml"}
        if path == "/index.xml":
            return Answer(make_index(self._paper.base, self._parts), headers=kind)
        if path.startswith("/part-"):
            number = int(path.removeprefix("/part-").removesuffix(".xml"))
            return Answer(make_part(self._paper.base, number, self._urls), headers=kind)
        return super().get(path, default)


def test_long_sitemap_index_is_read_whole_in_bounded_memory(paper: Paper, tmp_path: Path) -> None:
    # The same with a million: python -m benchmarks.crawl.sitemap
    parts, urls = 20, 1_000
    paper.answers = Sitemaps(paper, parts, urls)
    config = CrawlConfig(
        out=tmp_path, workers=0, archive=False, fetch=LOCAL, throttle=QUICK, max_waiting=8
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Store(tmp_path, config) as store:
        asyncio.run(read_sitemaps(store, config, f"{paper.base}/index.xml", parts))
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown_mb < 60
    [(count, hosts)] = query(
        tmp_path, "SELECT count(*), count(DISTINCT host) FROM urls WHERE url LIKE '%council%'"
    )
    assert (count, hosts) == (parts * urls, 1)
    [(done,)] = query(tmp_path, "SELECT count(*) FROM urls WHERE reason = 'sitemap'")
    assert done == parts + 1


class JumpingClock:
    """A wall clock that somebody keeps setting, years forth and years back."""

    def __init__(self) -> None:
        self._chance = random.Random(11)
        self.asked = 0

    def __call__(self) -> float:
        self.asked += 1
        return 1.7e9 + self._chance.uniform(-1e8, 1e8)


async def crawl_with_clock(out: Path, seed: str, clock: JumpingClock) -> None:
    config = CrawlConfig(out=out, workers=0, fetch=LOCAL, throttle=QUICK)
    with Store(out, config, clock=clock) as store:
        async with Fetcher(config.fetch, clock=clock) as fetcher:
            crawl = Crawl(store, config, fetcher=fetcher)
            crawl.add_seeds([seed])
            async with asyncio.timeout(60):
                await crawl.run()


def test_clock_that_jumps_loses_no_lease_and_ends_no_wait_wrongly(
    paper: Paper, tmp_path: Path
) -> None:
    fill(paper, 12)
    paper.answers["/news/story-3"] = Answer(
        status=503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}
    )
    clock = JumpingClock()
    for _ in range(2):  # the second run asks again what the first knows
        asyncio.run(crawl_with_clock(tmp_path, f"{paper.base}/", clock))
        urls = stored_urls(tmp_path)
        assert len(urls) == len(set(urls)) == 11
        assert not query(tmp_path, "SELECT url FROM urls WHERE state IN ('queued', 'leased')")
        assert not query(tmp_path, "SELECT url FROM urls WHERE elapsed_ms < 0")
    assert clock.asked > 50


async def stop_before_visits_begin(out: Path, seed: str) -> None:
    config = CrawlConfig(out=out, workers=0, fetch=LOCAL, throttle=QUICK)
    with Store(out, config) as store:
        async with Fetcher(config.fetch) as fetcher:
            crawl = Crawl(store, config, fetcher=fetcher)
            crawl.add_seeds([seed])
            assert crawl._start_visits()
            crawl.stop()
            async with asyncio.timeout(60):
                await crawl.run()


def test_visit_that_is_stopped_before_it_begins_gives_its_lease_back(
    paper: Paper, tmp_path: Path
) -> None:
    asyncio.run(stop_before_visits_begin(tmp_path, f"{paper.base}/"))
    assert query(tmp_path, "SELECT state FROM urls") == [("queued",)]


def start_crawl(paper: Paper, out: Path, *flags: str, **options: Any) -> subprocess.Popen[bytes]:
    command = [
        *options.pop("before", ()), sys.executable, "-m", "scraper", "crawl", f"{paper.base}/",
        "--out", str(out), "--allow-private", "--delay", "0", "--workers", "1", *flags,
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, **options)


def finish_crawl(process: subprocess.Popen[bytes]) -> tuple[int, list[str]]:
    """Its exit code and what it said."""
    try:
        _, error = process.communicate(timeout=60)
    finally:
        process.kill()
    return process.returncode, error.decode().splitlines()


class Hanging(dict[str, Answer]):
    """Answers of a paper one page of which never comes, until it is let go."""

    stuck = False
    free = False

    def get(self, path: str, default: Any = None) -> Any:
        while path == "/news/story-2" and not self.free:
            self.stuck = True
            time.sleep(0.02)
        return super().get(path, default)


def test_second_interrupt_stops_at_once_and_the_crawl_resumes(paper: Paper, tmp_path: Path) -> None:
    answers = paper.answers = Hanging()
    fill(paper, 6)
    process = start_crawl(paper, tmp_path / "out")
    deadline = time.monotonic() + 40
    while not answers.stuck and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=1.5)  # the first waits for the page that is on its way
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    code, error = finish_crawl(process)
    assert time.monotonic() - began < 10
    assert code == 130
    assert not any("Traceback" in line for line in error)
    assert not query(tmp_path / "out", "SELECT 1 FROM urls WHERE state = 'leased'")
    answers.free = True
    code, _ = finish_crawl(start_crawl(paper, tmp_path / "out", "--quiet"))
    assert code == 0
    urls = stored_urls(tmp_path / "out")
    assert len(urls) == len(set(urls)) == 6


@pytest.mark.parametrize("limit_bytes", [30_000, 150_000, 400_000])
def test_disk_that_fills_up_ends_the_crawl_with_one_line_and_loses_nothing(
    limit_bytes: int, paper: Paper, tmp_path: Path
) -> None:
    def fill_up() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    fill(paper, 60)
    process = start_crawl(paper, tmp_path / "out", "--quiet", preexec_fn=fill_up)
    code, error = finish_crawl(process)
    assert (code, len(error)) == (3, 1), error
    assert str(tmp_path / "out") in error[0]
    code, error = finish_crawl(start_crawl(paper, tmp_path / "out", "--quiet"))
    assert (code, error) == (0, [])
    urls = stored_urls(tmp_path / "out")
    assert len(urls) == len(set(urls)) == 60


def without_override() -> tuple[str, ...]:
    """What makes root obey permissions as everybody else does."""
    if os.geteuid():
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and there is no setpriv to change that")
    return ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


@pytest.mark.parametrize("is_new", [True, False])
def test_folder_that_may_not_be_written_is_refused_in_one_line(
    is_new: bool,
    paper: Paper,
    tmp_path: Path,
) -> None:
    fill(paper, 3)
    out = tmp_path / "out"
    out.mkdir()
    if not is_new:
        assert finish_crawl(start_crawl(paper, out, "--quiet"))[0] == 0
    for path in [*out.rglob("*"), out]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        process = start_crawl(paper, out, "--quiet", before=without_override())
        code, error = finish_crawl(process)
    finally:
        out.chmod(0o755)
    assert (code, len(error)) == (3, 1), error
    assert str(out) in error[0]
