"""The hostile web as the ledger tells of it: one crawl over every fault, each with its row."""

from __future__ import annotations

import asyncio
import gzip
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import brotli
import pytest
import zstandard
from fault_server import FaultServer, Play, Request, Wire, in_turn, lead, raw, say

from scraper.config import FetchConfig, RobotsConfig, ThrottleConfig
from scraper.crawl import Crawl
from scraper.crawl_config import CrawlConfig
from scraper.fetch import Fetcher
from scraper.store import LEDGER_NAME, Store

HOST = "127.0.0.1"
SENTENCE = "The council said on Monday that work on bridge {n} would begin in March, not in May. "
STORY = (
    "<html><head><title>Bridge to close</title></head><body><article><h1>Bridge to close</h1>"
    + "".join(f"<p>{SENTENCE.format(n=n) * 3}</p>" for n in range(5))
    + "</article></body></html>"
)
BOMB = b"\0" * 5_000_000


def story(word: str) -> bytes:
    """A page of its own, so that it is nobody's twin."""
    return STORY.replace("council", f"council of {word}").replace("March", word).encode()


def coded(body: bytes, coding: str) -> Play:
    return say(body, headers=f"Content-Encoding: {coding}\r\n")


async def drip_body(_: Request, wire: Wire) -> None:
    await wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not wire.writer.is_closing():
        await wire.send(b"a")
        await asyncio.sleep(0.02)


async def drip_headers(_: Request, wire: Wire) -> None:
    await wire.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(10_000):
        await wire.send(b"X-%d: a\r\n" % number)
        await asyncio.sleep(0.02)


async def endless_body(_: Request, wire: Wire) -> None:
    await wire.send(b"HTTP/1.1 200 OK\r\n\r\n")
    while not wire.writer.is_closing():
        await wire.send(b"a" * 65_536)
        await asyncio.sleep(0.01)


async def flood(_: Request, wire: Wire) -> None:
    while not wire.writer.is_closing():
        await wire.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 10)
        await asyncio.sleep(0.05)


async def silence(_: Request, __: Wire) -> None:
    await asyncio.sleep(60)


async def reset(_: Request, wire: Wire) -> None:
    wire.reset()


CAPTCHA = "<title>Just a moment...</title><p>Verify you are human by completing the action below."
CONSENT = "<title>Paper</title><p>We and our partners store data on your device.<button>Agree"
PROTOCOL = ("failed", "protocol")
TIMEOUT = ("failed", "timeout")
TOO_LARGE = ("failed", "too-large")
DONE = ("done", "")

FAULTS: dict[str, tuple[Play, tuple[str, str]]] = {
    "short-body": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<p>cut"), PROTOCOL),
    "cut-chunk": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n50\r\nmore"),
        PROTOCOL,
    ),
    "truncated-gzip": (coded(gzip.compress(story("gzip"))[:-9], "gzip"), PROTOCOL),
    "false-coding": (coded(story("false"), "gzip"), DONE),
    "doubled-coding": (coded(gzip.compress(story("doubled")), "gzip, gzip"), DONE),
    "gzip-members": (
        coded(gzip.compress(story("many")[:200]) + gzip.compress(story("many")[200:]), "gzip"),
        DONE,
    ),
    "unknown-coding": (coded(story("unknown"), "utf-8"), DONE),
    "gzip-bomb": (coded(gzip.compress(BOMB, 9), "gzip"), TOO_LARGE),
    "deflate-bomb": (coded(zlib.compress(BOMB, 9), "deflate"), TOO_LARGE),
    "br-bomb": (coded(brotli.compress(BOMB, quality=4), "br"), TOO_LARGE),
    "zstd-bomb": (coded(zstandard.compress(BOMB), "zstd"), TOO_LARGE),
    "endless-body": (endless_body, TOO_LARGE),
    "huge-body": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n"), TOO_LARGE),
    "drip-body": (drip_body, TIMEOUT),
    "drip-headers": (drip_headers, TIMEOUT),
    "no-answer": (silence, TIMEOUT),
    "continue-flood": (flood, TIMEOUT),
    "reset": (reset, ("failed", "connect")),
    "empty-reply": (raw(b""), ("failed", "connect")),
    "garbage": (raw(b"\x16\x03\x01garbage\r\n\r\n"), PROTOCOL),
    "big-header": (raw(b"HTTP/1.1 200 OK\r\nX-Big: ", b"a" * 300_000, b"\r\n\r\n"), PROTOCOL),
    "many-headers": (
        raw(b"HTTP/1.1 200 OK\r\n", *(b"X-%d: 1\r\n" % n for n in range(20_000)), b"\r\n"),
        PROTOCOL,
    ),
    "two-lengths": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nhelloworld"),
        PROTOCOL,
    ),
    "redirect-loop": (lead("/redirect-loop"), ("failed", "redirect")),
    "no-location": (say(status="302 Found"), ("failed", "redirect")),
    "bad-location": (lead("http://[bad"), ("failed", "redirect")),
    "to-file": (lead("file:///etc/passwd"), ("skipped", "url-refused")),
    "to-disallowed": (lead("/private/story"), ("blocked", "robots")),
    "private/story": (say(story("private")), ("blocked", "robots")),
    "status-404": (say(status="404 Not Found"), ("gone", "http-404")),
    "status-403": (say(status="403 Forbidden"), ("blocked", "http-403")),
    "status-500": (say(status="500 Oops"), ("failed", "http-500")),
    "500-then-200": (in_turn(say(status="500 Oops"), say(story("second"))), DONE),
    "captcha-at-200": (say(CAPTCHA), ("blocked", "captcha")),
    "consent-wall": (say(CONSENT), ("blocked", "consent-wall")),
    "soft-404": (
        say("<title>Page not found</title><h1>Page not found</h1><p>Sorry, it is gone."),
        ("blocked", "soft-404"),
    ),
    "empty": (say(b""), ("not-article", "empty-body")),
    "pdf-as-html": (say(b"%PDF-1.7 and so on"), ("not-article", "content-type")),
    "film-as-html": (say(b"\0\0\0\x20ftypisom"), ("not-article", "content-type")),
    "utf-16": (say(b"\xff\xfe" + story("wide").decode().encode("utf-16-le")), DONE),
    "bogus-charset": (say(story("bogus"), kind="text/html; charset=bogus"), DONE),
    "nul": (say(story("nul").replace(b"<p>", b"<p>\0")), DONE),
    "xml-bomb": (
        say(
            '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            "<rss><channel><item><title>&b;</title></item></channel></rss>"
        ),
        ("done", "feed"),
    ),
    "sitemap-cycle": (
        say("<sitemapindex><sitemap><loc>/sitemap-cycle</loc></sitemap></sitemapindex>"),
        ("done", "sitemap"),
    ),
    "escapes-in-title": (say(story("red").replace(b"<title>", b"<title>\x1b[31m")), DONE),
}
ROBOTS = say("User-agent: *\nDisallow: /private\n", kind="text/plain")


async def crawl_faults(out: Path) -> None:
    plays = {f"/{name}": play for name, (play, _) in FAULTS.items()}
    async with FaultServer({**plays, "/robots.txt": ROBOTS}) as server:
        config = CrawlConfig(
            out=out,
            workers=0,
            concurrency=8,
            fetch=FetchConfig(
                allow_private=True, proxy_from_env=False, read_timeout_s=1.5, deadline_s=4.0,
                max_body_bytes=1_000_000, max_wire_bytes=1_000_000, retry_base_s=0.01,
            ),
            throttle=ThrottleConfig(min_delay_s=0, max_delay_s=0, latency_factor=0, per_host=64),
            robots=RobotsConfig(),
        )  # fmt: skip
        with Store(out, config) as store:
            async with Fetcher(config.fetch) as fetcher:
                crawl = Crawl(store, config, fetcher=fetcher)
                crawl.add_seeds(f"http://{HOST}:{server.port}{path}" for path in plays)
                async with asyncio.timeout(60):
                    await crawl.run()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """State and reason by path, after one crawl over all faults."""
    out = tmp_path_factory.mktemp("faults")
    asyncio.run(crawl_faults(out))
    with closing(sqlite3.connect(out / LEDGER_NAME)) as db:
        rows = db.execute("SELECT url, state, reason FROM urls").fetchall()
    return {url.split("/", 3)[3]: (state, reason) for url, state, reason in rows}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_has_its_row(name: str, ledger: dict[str, tuple[str, str]]) -> None:
    assert ledger[name] == FAULTS[name][1]


def test_no_url_is_left_without_an_end(ledger: dict[str, tuple[str, str]]) -> None:
    assert {state for state, _ in ledger.values()} & {"queued", "leased"} == set()
