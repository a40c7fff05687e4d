"""The clients of the fetch benchmark; each fetches the same pages 16 at a time.

    python benchmarks/fetch/clients.py CLIENT PORT PAGES

prints one JSON line: CPU seconds of this process while fetching (imports not counted), wall
seconds, pages that came whole, and the peak memory in KB.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable

HOSTS = 100
AT_ONCE = 16
PAGE_BYTES = 200_000

Fetch = Callable[[str], Awaitable[int]]


def list_urls(port: int, pages: int) -> list[str]:
    """As many addresses on `HOSTS` hosts, each host in turn."""
    return [f"http://127.0.{n % HOSTS}.1:{port}/{n}" for n in range(pages)]


async def drain(urls: list[str], fetch: Fetch) -> int:
    """Fetch all, `AT_ONCE` at a time; how many came whole."""
    waiting = iter(urls)
    whole = 0

    async def work() -> None:
        nonlocal whole
        for url in waiting:
            size = await fetch(url)
            whole += size == PAGE_BYTES

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return whole


async def run_sanspub(urls: list[str]) -> int:
    """Our `Fetcher`: httpx's API, guard, caps, retries, decoding."""
    from scraper.config import FetchConfig
    from scraper.fetch import Fetcher

    async with Fetcher(FetchConfig(allow_private=True, proxy_from_env=False)) as fetcher:

        async def fetch(url: str) -> int:
            return len((await fetcher.fetch(url)).body)

        return await drain(urls, fetch)


async def run_aiohttp(urls: list[str]) -> int:
    """Bare aiohttp, decompressing."""
    import aiohttp

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def fetch(url: str) -> int:
            async with session.get(url) as response:
                return len(await response.read())

        return await drain(urls, fetch)


async def run_httpx(urls: list[str]) -> int:
    """Httpx on its own pool, one shared client."""
    import httpx

    limits = httpx.Limits(max_connections=1_000, max_keepalive_connections=1_000)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def fetch(url: str) -> int:
            return len((await client.get(url)).content)

        return await drain(urls, fetch)


async def run_httpx_aiohttp(urls: list[str]) -> int:
    """Httpx over the httpx-aiohttp transport, one shared client."""
    import httpx
    from httpx_aiohttp import AiohttpTransport

    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(
        transport=AiohttpTransport(limits=limits), trust_env=False
    ) as client:

        async def fetch(url: str) -> int:
            return len((await client.get(url)).content)

        return await drain(urls, fetch)


def run_scrapy(urls: list[str]) -> int:
    """Scrapy with its defaults but for politeness, which is off for all."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    whole = [0]

    class Pages(scrapy.Spider):
        name = "pages"

        async def start(self):
            for url in urls:
                yield scrapy.Request(url, dont_filter=True)

        def parse(self, response):
            whole[0] += len(response.body) == PAGE_BYTES

    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": AT_ONCE,
            "CONCURRENT_REQUESTS_PER_DOMAIN": AT_ONCE,
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": False,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Pages)
    process.start()
    return whole[0]


def main() -> None:
    """Run the client named on the command line."""
    name, port, pages = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    urls = list_urls(port, pages)
    client = globals()[f"run_{name}"]
    if name == "scrapy":
        import scrapy.crawler  # noqa: F401 - imports are not counted
    else:
        import httpx_aiohttp  # noqa: F401

        import scraper.fetch  # noqa: F401
    started, cpu = time.perf_counter(), time.process_time()
    whole = client(urls) if name == "scrapy" else asyncio.run(client(urls))
    print(
        json.dumps(
            {
                "cpu_s": time.process_time() - cpu,
                "wall_s": time.perf_counter() - started,
                "whole": whole,
                "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
            }
        )
    )


if __name__ == "__main__":
    main()
