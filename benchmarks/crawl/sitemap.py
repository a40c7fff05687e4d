"""Reading a sitemap of a million URLs: time, CPU and memory of the crawl that does it.

    python -m benchmarks.crawl.sitemap [--parts 20] [--urls 50000]

A server in a process of its own makes an index and its parts as they are asked for, each entry with
a date, as news sites have them. The crawl reads them all into its ledger and stops before the
stories; every URL must stand in the ledger then, each of them once.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import resource
import sqlite3
import tempfile
import time
from contextlib import closing
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from scraper.config import FetchConfig, ThrottleConfig
from scraper.crawl import Crawl
from scraper.crawl_config import CrawlConfig
from scraper.fetch import Fetcher
from scraper.states import Lease, Outcome
from scraper.store import LEDGER_NAME, Store


class Handler(BaseHTTPRequestHandler):
    """`/index.xml` and `/part-N.xml`."""

    def __init__(self, parts: int, urls: int, *arguments: Any) -> None:
        self._parts = parts
        self._urls = urls
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """One sitemap, or nothing of the kind."""
        base = f"http://{self.headers['Host']}"
        if self.path == "/index.xml":
            body = make_index(base, self._parts)
        elif self.path.startswith("/part-"):
            number = int(self.path.removeprefix("/part-").removesuffix(".xml"))
            body = make_part(base, number, self._urls)
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def make_index(base: str, parts: int) -> bytes:
    """The index that names all parts."""
    items = "".join(f"<sitemap><loc>{base}/part-{n}.xml</loc></sitemap>" for n in range(parts))
    return f"<sitemapindex>{items}</sitemapindex>".encode()


def make_part(base: str, number: int, urls: int) -> bytes:
    """One sitemap with URLs of its own."""
    items = "".join(
        f"<url><loc>{base}/2026/11/{number}-{n}-how-the-council-saved-the-bridge.html</loc>"
        "<lastmod>2026-11-20T10:00:00+01:00</lastmod></url>\n"
        for n in range(urls)
    )
    return f'<?xml version="1.0"?><urlset>{items}</urlset>'.encode()


def serve(parts: int, urls: int, pipe: Connection) -> None:
    """Serves until it is killed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, parts, urls))
    pipe.send(server.server_address[1])
    server.serve_forever()


async def read_sitemaps(store: Store, config: CrawlConfig, seed: str, parts: int) -> None:
    """Crawls until the index and all its parts have been read."""
    left = parts + 1
    async with Fetcher(config.fetch) as fetcher:
        crawl = Crawl(store, config, fetcher=fetcher)

        def count(_: Lease, outcome: Outcome) -> None:
            nonlocal left
            left -= outcome.reason == "sitemap"
            if not left:
                crawl.stop()

        crawl.on_outcome = count
        crawl.add_seeds([seed])
        await crawl.run()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--parts", type=int, default=20)
    parser.add_argument("--urls", type=int, default=50_000)
    options = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(options.parts, options.urls, theirs), daemon=True
    )
    server.start()
    port = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        config = CrawlConfig(
            out=out,
            workers=0,
            archive=False,
            fetch=FetchConfig(allow_private=True, proxy_from_env=False),
            throttle=ThrottleConfig(min_delay_s=0.0, latency_factor=0.0),
        )
        cpu, wall = time.process_time(), time.perf_counter()
        with Store(out, config) as store:
            seed = f"http://127.0.0.1:{port}/index.xml"
            asyncio.run(read_sitemaps(store, config, seed, options.parts))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        with closing(sqlite3.connect(out / LEDGER_NAME)) as db:
            rows = db.execute("SELECT count(*) FROM urls WHERE kind = 'page'").fetchone()[0]
    server.kill()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    urls = options.parts * options.urls
    print(
        f"{rows - 1:,} of {urls:,} URLs  {cpu:.1f} CPU s  {wall:.1f} s"
        f"  {cpu / urls * 1e6:.0f} us a URL  peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
