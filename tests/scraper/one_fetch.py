"""One fetch against a fault server, and everything that can be asserted about it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from fault_server import FaultServer, Play, Request

from scraper.config import FetchConfig
from scraper.errors import FetchError
from scraper.fetch import Fetcher
from scraper.page import Page

NOW = 1_700_000_000.0  # the tests' clock: 2023-11-14T22:13:20Z


@dataclass
class Outcome:
    """What became of a fetch: a page or an error, what the server saw, how long was waited."""

    page: Page | None = None
    error: FetchError | None = None
    slept: list[float] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        assert self.page is not None, self.error
        return self.page.body

    @property
    def kind(self) -> str:
        assert self.error is not None, self.page
        return self.error.kind


def make_config(**options: object) -> FetchConfig:
    """Settings for loopback, with timeouts that end a test soon."""
    base = {"allow_private": True, "read_timeout_s": 5.0, "deadline_s": 10.0}
    return FetchConfig(**{**base, **options})  # type: ignore[arg-type]


class Names:
    """A resolver that knows the names it is told, and sends all others to loopback."""

    def __init__(self, **known: Sequence[str]) -> None:
        self.known = {name.replace("_", "."): list(found) for name, found in known.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self.known.get(host, ["127.0.0.1"])


def fetch(
    plays: dict[str, Play],
    path: str = "/",
    *,
    url: str = "",
    config: FetchConfig | None = None,
    resolver: object = None,
    tls: object = None,
    **options: object,
) -> Outcome:
    """Fetch one path of a fault server that has these plays, without waiting in real time."""
    outcome = Outcome()

    async def sleep(seconds: float) -> None:
        outcome.slept.append(seconds)

    async def run() -> None:
        async with (
            FaultServer(plays, tls=tls) as server,  # type: ignore[arg-type]
            Fetcher(
                config or make_config(),
                resolver=resolver or Names(),  # type: ignore[arg-type]
                sleep=sleep,
                clock=lambda: NOW,
            ) as fetcher,
        ):
            outcome.seen, outcome.requests = server.seen, server.requests
            target = url.replace("{port}", str(server.port)) if url else server.url(path)
            try:
                outcome.page = await fetcher.fetch(target, **options)  # type: ignore[arg-type]
            except FetchError as error:
                outcome.error = error

    asyncio.run(run())
    return outcome
