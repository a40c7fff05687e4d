"""Cleaning in worker processes: a page that hangs, crashes or hogs memory costs itself alone."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from cleaners import CleanConfig
from scraper.cleaning.cleaned import Cleaned, CleanOptions
from scraper.cleaning.frames import (
    pack_cleaned,
    pack_options,
    pack_page,
    unpack_cleaned,
    unpack_options,
    unpack_page,
)
from scraper.cleaning.worker_main import read_frame
from scraper.finding.links import Link
from scraper.page import Page, Redirect
from scraper.states import Prints, State
from scraper.workers import WorkerPool

_T = TypeVar("_T")
OPTIONS = CleanOptions(clean=CleanConfig())
STORY = "<html lang=en><head><title>Bridge reopens</title></head><body><h1>Bridge reopens</h1>" + (
    "<p>The old bridge over the river reopened on Monday after eleven months of repairs, the city "
    "council said, and traffic was led across it again from six in the morning.</p>" * 4
)
# A worker that does what the page tells it to, instead of cleaning.
ACTOR = """
import os, sys, time
from scraper.cleaning import clean_page
from scraper.cleaning import worker_main
from scraper.states import State

def act(page, version, options):
    match page.body:
        case b"hang":
            time.sleep(600)
        case b"crash":
            os._exit(3)
        case b"hog":
            return clean_page.Cleaned(state=State.DONE, detail=str(len(bytearray(10 ** 10))))
        case b"bug":
            raise ValueError("a bug")
        case b"noise":
            print("noise on standard output", flush=True)
    return clean_page.Cleaned(state=State.DONE, detail=page.body.decode())

worker_main.clean_page = act
worker_main.main()
"""


def page_of(body: str) -> Page:
    return Page(
        url="https://paper.example/story",
        requested_url="https://paper.example/s",
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=body.encode(),
        wire_body=b"",
        http_version="HTTP/1.1",
        fetched_at=datetime(2026, 1, 2, tzinfo=UTC),
        elapsed_s=0.1,
        redirects=(Redirect(url="https://paper.example/s", status=301, location="/story"),),
    )


def run(work: Coroutine[Any, Any, _T]) -> _T:
    return asyncio.run(work)


async def clean_all(
    bodies: list[str], *, size: int, command: tuple[str, ...] | None = None, time_s: float = 30.0
) -> list[Cleaned]:
    more: dict[str, Any] = {} if command is None else {"command": command}
    async with WorkerPool(
        size, OPTIONS, page_time_s=time_s, page_memory_bytes=1_500_000_000, **more
    ) as pool:
        return list(await asyncio.gather(*(pool.clean(page_of(body), 1) for body in bodies)))


@pytest.fixture
def actor(tmp_path: Path) -> tuple[str, ...]:
    script = tmp_path / "actor.py"
    script.write_text(ACTOR)
    return (sys.executable, str(script))


@pytest.mark.parametrize("size", [0, 1])
def test_page_comes_back_as_record_and_links(size: int) -> None:
    body = STORY + '<a href="/next-story-of-the-day">Next story</a>'
    (cleaned,) = run(clean_all([body], size=size))
    assert cleaned.state is State.DONE
    assert cleaned.line.startswith(b'{"schema":1,"url":"https://paper.example/story"')
    assert [link.url for link in cleaned.links] == ["https://paper.example/next-story-of-the-day"]


def test_worker_and_own_process_give_the_same() -> None:
    (here,) = run(clean_all([STORY], size=0))
    (there,) = run(clean_all([STORY], size=1))
    assert here == there


@pytest.mark.parametrize(
    ("bad", "reason"),
    [("crash", "cleaner-crash"), ("hog", "cleaner-memory"), ("bug", "cleaner-bug")],
)
def test_bad_page_costs_itself_alone(actor: tuple[str, ...], bad: str, reason: str) -> None:
    bodies = ["one", "two", bad, "three", "four", "five"]
    answers = run(clean_all(bodies, size=2, command=actor))
    assert [answer.detail for answer in answers if answer.state is State.DONE] == [
        body for body in bodies if body != bad
    ]
    assert (answers[2].state, answers[2].reason) == (State.FAILED, reason)


def test_page_that_hangs_is_ended_by_the_clock(actor: tuple[str, ...]) -> None:
    answers = run(clean_all(["one", "hang", "two"], size=1, command=actor, time_s=0.3))
    assert [answer.reason for answer in answers] == ["", "cleaner-timeout", ""]


def test_what_a_library_prints_stays_out_of_the_answers(actor: tuple[str, ...]) -> None:
    answers = run(clean_all(["noise", "one"], size=1, command=actor))
    assert [answer.detail for answer in answers] == ["noise", "one"]


def test_workers_that_never_answer_end_the_wait(tmp_path: Path) -> None:
    for command in ((sys.executable, "-c", "raise SystemExit(1)"), (str(tmp_path / "missing"),)):
        answers = run(clean_all(["one", "two"], size=1, command=command))
        assert {answer.reason for answer in answers} == {"cleaner-crash"}


def test_worker_is_replaced_after_its_share(actor: tuple[str, ...]) -> None:
    async def work() -> list[str]:
        async with WorkerPool(
            1,
            OPTIONS,
            page_time_s=30,
            page_memory_bytes=1_500_000_000,
            worker_pages=1,
            command=actor,
        ) as pool:
            return [(await pool.clean(page_of(body), 1)).detail for body in ("one", "two")]

    assert run(work()) == ["one", "two"]


def test_frames_bring_everything_across() -> None:
    page = page_of("body ÿ")
    head, body = unframe(pack_page(page, 3))
    again, version = unpack_page(head, body)
    assert version == 3
    assert (again.url, again.headers, again.body, again.redirects, again.fetched_at) == (
        page.url,
        page.headers,
        page.body,
        page.redirects,
        page.fetched_at,
    )
    cleaned = Cleaned(
        state=State.DONE,
        title="T",
        prints=Prints(text=-1, sim=2, numbers=3),
        links=(Link(url="https://paper.example/a", score=3, is_feed=True),),
        line=b"{}\n",
    )
    assert unpack_cleaned(*unframe(pack_cleaned(cleaned))) == cleaned
    options = CleanOptions(
        clean=CleanConfig(with_markup=True),
        with_markdown=True,
        obey=frozenset({"noai"}),
        rules=(Path("/r.toml"),),
    )
    assert unpack_options(unframe(pack_options(options))[0]) == options


def unframe(frame: bytes) -> tuple[dict[str, Any], bytes]:
    found = read_frame(io.BytesIO(frame))
    assert found is not None
    return found
