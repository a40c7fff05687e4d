"""Does a client still work after thousands of cancelled requests?

    python benchmarks/fetch/cancel.py [--cancels 5000] [--clients sanspub,httpx]

Requests to 100 hosts are cancelled at random moments, 50 at a time, over 100 connections at most;
then 200 ordinary ones must come whole within ten seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent.parent)]

from clients import PAGE_BYTES, Fetch, list_urls  # noqa: E402 - a script beside it

BATCH = 50
AFTER = 200


async def cancel_and_fetch(fetch: Fetch, urls: list[str], cancels: int) -> tuple[int, int]:
    """How many requests were cancelled under way, and how many of `AFTER` came whole then."""
    rng = random.Random(7)
    cancelled = 0
    number = 0
    while cancelled < cancels:
        tasks = [asyncio.ensure_future(fetch(urls[(number + n) % len(urls)])) for n in range(BATCH)]
        number += BATCH
        await asyncio.sleep(rng.random() * 0.04)
        for task in tasks:
            task.cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        cancelled += sum(isinstance(one, asyncio.CancelledError) for one in done)
    tasks = [asyncio.ensure_future(fetch(url)) for url in urls[:AFTER]]
    await asyncio.wait(tasks, timeout=10)
    whole = sum(
        task.done() and not task.exception() and task.result() == PAGE_BYTES for task in tasks
    )
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return cancelled, whole


async def run_sanspub(urls: list[str], cancels: int) -> tuple[int, int]:
    """Our `Fetcher`."""
    from scraper.config import FetchConfig
    from scraper.fetch import Fetcher

    config = FetchConfig(allow_private=True, proxy_from_env=False, max_connections=100)
    async with Fetcher(config) as fetcher:

        async def fetch(url: str) -> int:
            return len((await fetcher.fetch(url)).body)

        return await cancel_and_fetch(fetch, urls, cancels)


async def run_httpx(urls: list[str], cancels: int) -> tuple[int, int]:
    """Httpx on its own pool."""
    import httpx

    async with httpx.AsyncClient(trust_env=False) as client:

        async def fetch(url: str) -> int:
            return len((await client.get(url)).content)

        return await cancel_and_fetch(fetch, urls, cancels)


def main() -> None:
    """Run and print; exit code 1 where our client does not work on."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cancels", type=int, default=5_000)
    parser.add_argument("--clients", default="sanspub")
    options = parser.parse_args()
    failed = False
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("serve.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        urls = list_urls(int(server.stdout.readline().split()[0]), 2_000)
        for name in options.clients.split(","):
            run = globals()[f"run_{name}"]
            cancelled, whole = asyncio.run(run(urls, options.cancels))
            print(f"{name}: {cancelled} cancelled, then {whole} of {AFTER} whole")
            failed |= name == "sanspub" and whole < AFTER
        server.stdin.close()
    sys.exit(failed)


if __name__ == "__main__":
    main()
