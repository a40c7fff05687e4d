"""The newspapers of the crawl benchmarks: 100 loopback hosts, 20 stories each, 200 KB a page.

    python -m benchmarks.crawl.site [--hosts 100] [--stories 20] [--bytes 200000] [--corpus DIR]...

A process of its own, so that its CPU is not counted. It prints its port and serves until its stdin
closes. `/counts` on any host tells how often each path of each host was asked for. Every story has
words of its own; of a page of 200 KB, 5 are story, 40 navigation and teasers, the rest scripts.
`--corpus` names a folder of real pages (`pages/*.html.gz`) to serve as the stories instead; given
several times, their pages are mixed. Taken are those of 100 to 400 KB, in one order for every run.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import random
import sys
from collections import Counter
from pathlib import Path

_NAV = (
    '<li class="menu-item menu-item-{n}"><a href="/#section-{n}" data-track="nav-{n}">'
    "<svg viewBox='0 0 24 24'><path d='M{n} 3v18h{n}V3z'/></svg><span>Section {n}</span></a></li>"
)
_TEASER = (
    '<div class="teaser teaser--small" data-id="{n}"><a class="teaser__link" href="{link}">'
    '<img loading="lazy" src="/img/{n}.jpg" srcset="/img/{n}-480.jpg 480w" alt=""></a>'
    '<h3 class="teaser__title">{title}</h3></div>'
)

_TEASERS = 80


def host_of(number: int) -> str:
    """The address of one newspaper."""
    return f"127.0.{number // 250}.{number % 250 + 1}"


def story_path(number: int, stories: int) -> str:
    """Where a story stands on its host."""
    return f"/2026/11/story-number-{number % stories}-of-the-paper.html"


def make_words(rng: random.Random, count: int) -> list[str]:
    """Made-up words of this story alone, between real short ones."""
    own = ["".join(rng.choices("etaoinshrdlucmfw", k=rng.randint(4, 10))) for _ in range(150)]
    short = ["the", "of", "and", "to", "in", "a", "was", "said", "for", "on", "that", "with"]
    return [rng.choice(own if rng.random() < 0.6 else short) for _ in range(count)]


def make_story(number: int, stories: int, page_bytes: int) -> bytes:
    """One page with its story."""
    rng = random.Random(number)
    words = make_words(rng, 600)
    title = " ".join(words[:8]).capitalize()
    paragraphs = [" ".join(words[start : start + 50]) for start in range(0, 600, 50)]
    body = "".join(f"<p>{text.capitalize()}.</p>" for text in paragraphs)
    head = (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} - Paper</title>"
        f'<meta property="og:title" content="{title}"><meta name=author content="A. Writer">'
        f'<meta property="article:published_time" content="2026-11-20T10:00:00Z"></head><body>'
        f"<header><nav><ul>{''.join(_NAV.format(n=n) for n in range(60))}</ul></nav></header>"
        f'<main><article class="article"><h1>{title}</h1><div class="article__body">{body}</div>'
        "</article><aside>"
    )
    teasers = [
        _TEASER.format(
            n=rng.randrange(10_000),
            link=story_path(rng.randrange(stories), stories),
            title=" ".join(rng.choices(words, k=7)),
        )
        for _ in range(_TEASERS)
    ]
    parts = [head, *teasers]
    size = sum(map(len, parts))
    while size < page_bytes - 40:
        slots = [
            {
                "slot": rng.choice(words),
                "sizes": [[300, 250], [728, 90]],
                "id": rng.randrange(10**6),
            }
            for _ in range(40)
        ]
        parts.append(f"<script>window.slots.push({json.dumps(slots)});</script>")
        size += len(parts[-1])
    return ("".join(parts) + "</aside></main></body></html>").encode()


def make_front(stories: int) -> bytes:
    """The front page of a newspaper: links to all its stories."""
    items = "".join(
        f'<li><a href="{story_path(number, stories)}">Read story number {number} of today</a></li>'
        for number in range(stories)
    )
    return f"<!doctype html><title>Paper</title><h1>Paper</h1><ul>{items}</ul>".encode()


class Server(asyncio.Protocol):
    """Just enough HTTP/1.1, and a count of who asked for what."""

    answers: dict[bytes, bytes]
    counts: Counter[str]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note where to write."""
        self._transport = transport
        self._pending = b""

    def data_received(self, data: bytes) -> None:
        """Answer every request that came whole."""
        self._pending += data
        while b"\r\n\r\n" in self._pending:
            head, _, self._pending = self._pending.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1]
            host = self._transport.get_extra_info("sockname")[0]
            if path == b"/counts":
                answer = _pack(json.dumps(self.counts).encode(), b"application/json")
            else:
                self.counts[f"{host}{path.decode()}"] += 1
                answer = self.answers.get(host.encode() + path) or self.answers.get(path)
                answer = answer or b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
            self._transport.write(answer)  # type: ignore[attr-defined]


def _pack(body: bytes, kind: bytes = b"text/html; charset=utf-8") -> bytes:
    packed = gzip.compress(body, 6)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Encoding: gzip\r\nContent-Length: %d"
    return head % (kind, len(packed)) + b"\r\n\r\n" + packed


def read_corpora(folders: list[Path]) -> list[bytes]:
    """The pages of some corpora that are of a usual size, 100 to 400 KB, shuffled."""
    paths = [path for folder in folders for path in sorted(folder.glob("pages/*.html.gz"))]
    pages = [gzip.decompress(path.read_bytes()) for path in paths]
    usual = [page for page in pages if 100_000 < len(page) < 400_000]
    if folders and not usual:
        names = ", ".join(map(str, folders))
        sys.exit(
            f"no page of 100 to 400 KB in pages/*.html.gz of {names}; name the folder above pages"
        )
    random.Random(7).shuffle(usual)
    return usual


async def serve(hosts: int, stories: int, page_bytes: int, corpora: list[Path]) -> None:
    """Serves until stdin closes."""
    real = [_pack(page, b"text/html") for page in read_corpora(corpora)]
    Server.answers = {b"/": _pack(make_front(stories))}
    Server.counts = Counter()
    for number in range(hosts * stories):
        place = host_of(number // stories) + story_path(number, stories)
        story = real[number % len(real)] if real else None
        Server.answers[place.encode()] = story or _pack(make_story(number, stories, page_bytes))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Server, "0.0.0.0", 0, backlog=1_000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--stories", type=int, default=20)
    parser.add_argument("--bytes", type=int, default=200_000)
    parser.add_argument("--corpus", type=Path, action="append", default=[])
    options = parser.parse_args()
    asyncio.run(serve(options.hosts, options.stories, options.bytes, options.corpus))


if __name__ == "__main__":
    main()
