"""A server that plays the hostile web: raw bytes over real loopback sockets.

A *play* is a coroutine that gets the request and the connection and does what it likes with them.
`FaultServer` listens on one port of any loopback address; hosts are told apart by the Host header,
so that one server is many sites.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass
class Request:
    """One request as it came: the path with its query, headers in lower case."""

    path: str
    host: str
    headers: dict[str, str]
    number: int  # how many requests for this host and path there were, this one included


class Wire:
    """The server's end of one connection."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer

    async def send(self, *parts: bytes | str) -> None:
        """Send bytes as they are."""
        for part in parts:
            self.writer.write(part.encode("latin-1") if isinstance(part, str) else part)
        await self.writer.drain()

    async def answer(
        self,
        body: bytes | str = b"",
        *,
        status: str = "200 OK",
        headers: str = "",
        length: int | None = None,
        kind: str = "text/html; charset=utf-8",
    ) -> None:
        """Send a whole response, framed by Content-Length; `length` may lie."""
        raw = body.encode() if isinstance(body, str) else body
        await self.send(
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(raw) if length is None else length}\r\n{headers}\r\n",
            raw,
        )

    async def close(self) -> None:
        """End the connection in good order."""
        self.writer.close()

    def reset(self) -> None:
        """Break the connection off (RST), as a crashed host does."""
        self.writer.transport.abort()


Play = Callable[[Request, Wire], Awaitable[None]]


@dataclass
class FaultServer:
    """`async with FaultServer({"/path": play}) as server`; `server.url("/path")` asks for it.

    Paths without a play answer 404. A play that returns leaves the connection open for the next
    request, as HTTP/1.1 does. `seen` lists what was asked, as `host/path`.
    """

    plays: dict[str, Play]
    address: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    seen: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    port: int = 0

    async def __aenter__(self) -> FaultServer:
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._serve, self.address, 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def url(self, path: str, host: str = "news.example") -> str:
        """An address that our resolver sends here."""
        scheme = "https" if self.tls else "http"
        return f"{scheme}://{host}:{self.port}{path}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                while await self._serve_one(reader, writer):
                    pass
        except asyncio.CancelledError:
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.strip().lower(): value.strip()
            for name, colon, value in (line.partition(":") for line in lines)
            if colon
        }
        path = first.split(" ")[1]
        host = headers.get("host", "").partition(":")[0]
        self.seen.append(f"{host}{path}")
        request = Request(path, host, headers, self.seen.count(f"{host}{path}"))
        self.requests.append(request)
        play = self.plays.get(path.partition("?")[0])
        wire = Wire(writer)
        if play is None:
            await wire.answer("no such page", status="404 Not Found")
        else:
            await play(request, wire)
        return not writer.is_closing()


def say(body: bytes | str = b"", **options: object) -> Play:
    """A play that answers every request alike."""

    async def play(request: Request, wire: Wire) -> None:
        await wire.answer(body, **options)  # type: ignore[arg-type]

    return play


def raw(*parts: bytes | str, close: bool = True) -> Play:
    """A play that sends bytes as they are, then closes."""

    async def play(request: Request, wire: Wire) -> None:
        await wire.send(*parts)
        if close:
            await wire.close()

    return play


def lead(location: str, status: str = "302 Found") -> Play:
    """A play that redirects."""
    return say(status=status, headers=f"Location: {location}\r\n")


def in_turn(*plays: Play) -> Play:
    """A play that is another one each time; the last one stays."""

    async def play(request: Request, wire: Wire) -> None:
        await plays[min(request.number, len(plays)) - 1](request, wire)

    return play
