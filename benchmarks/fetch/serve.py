"""The server of the fetch benchmark: pages of 200 KB, gzipped, on every loopback address.

    python benchmarks/fetch/serve.py     prints its port, serves until its stdin closes

One process of its own, so that its CPU is not counted. It answers any path with one of 20 pages
made from a fixed seed, gzipped beforehand, and keeps connections open.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import sys

PAGES = 20
PAGE_BYTES = 200_000


def make_page(number: int) -> bytes:
    """HTML of `PAGE_BYTES` that gzip takes to about 37 KB, as it does real news pages."""
    rng = random.Random(number)
    words = ["".join(rng.choices("etaoinshrdlucmfw", k=rng.randint(2, 10))) for _ in range(2_500)]
    parts = ["<!doctype html><html><head><title>page</title></head><body>"]
    size = 0
    while size < PAGE_BYTES:
        text = " ".join(rng.choices(words, k=25))
        link = (
            f'<li class="menu-item menu-item-{size % 97}">'
            f'<a href="/section/{size % 89}/story" data-track="navigation-main-header">'
        )
        paragraph = f'<p class="article__paragraph">{text}</p>'
        parts.append(f'<div class="article__body paragraph">{link * 3}{paragraph}</div>')
        size += len(parts[-1])
    return "".join(parts).encode()[:PAGE_BYTES]


class Server(asyncio.Protocol):
    """Just enough HTTP/1.1 to keep a client busy."""

    def __init__(self, answers: list[bytes]) -> None:
        self._answers = answers
        self._pending = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note where to write."""
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Answer every request that came whole."""
        self._pending += data
        while b"\r\n\r\n" in self._pending:
            head, _, self._pending = self._pending.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1]
            number = int(path.rpartition(b"/")[2] or 0)
            assert self._transport is not None
            self._transport.write(self._answers[number % len(self._answers)])


async def main() -> None:
    """Serve until stdin closes."""
    answers = []
    for number in range(PAGES):
        body = gzip.compress(make_page(number), 6)
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        answers.append(head.encode() + body)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(answers), "0.0.0.0", 0, backlog=1_000)
    print(server.sockets[0].getsockname()[1], sum(map(len, answers)) // PAGES, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
