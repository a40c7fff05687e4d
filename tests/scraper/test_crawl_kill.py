"""A crawl killed at random moments and run again: every article once, no torn line."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scraper.demo import find_site, serve_site

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10


def crawl_command(base: str, out: Path) -> list[str]:
    return [
        sys.executable, "-m", "scraper", "crawl", f"{base}/", "--out", str(out), "--allow-private",
        "--delay", "0", "--workers", "1", "--quiet",
    ]  # fmt: skip


def read_records(out: Path) -> list[dict[str, object]]:
    data = (out / "articles.jsonl").read_bytes()
    assert not data or data.endswith(b"\n"), "the last line is torn"
    return [json.loads(line) for line in data.splitlines()]


def read_done(out: Path) -> set[str]:
    with closing(sqlite3.connect(out / "ledger.sqlite")) as db:
        return {
            final or url
            for url, final in db.execute("SELECT url, final_url FROM urls WHERE version > 0")
        }


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with serve_site(find_site()) as address:
        yield address


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_killed_crawl_resumes_with_every_article_exactly_once(
    base: str, environment: dict[str, str], tmp_path: Path
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    started = time.monotonic()
    code = subprocess.run(crawl_command(base, whole), env=environment, check=False).returncode
    seconds = time.monotonic() - started
    assert code == 0
    # Twins have one text, and which of them is met first depends on the moment.
    wanted = {record["text"] for record in read_records(whole)}
    assert len(wanted) >= 20

    chance = random.Random(20261122)
    finished = 0
    for _ in range(KILLS):
        process = subprocess.Popen(crawl_command(base, killed), env=environment)
        try:
            process.wait(timeout=seconds * chance.uniform(0.2, 0.9))
            finished += 1
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    assert finished < KILLS, "not one kill hit a running crawl"

    code = subprocess.run(crawl_command(base, killed), env=environment, check=False).returncode
    records = read_records(killed)
    urls = [record["url"] for record in records]
    assert code == 0
    assert len(urls) == len(set(urls)), "an article stands twice"
    assert sorted(record["text"] for record in records) == sorted(wanted)
    assert read_done(killed) == set(urls)
