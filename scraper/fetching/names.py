"""Names to addresses through the system's resolver, in threads of our own."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from scraper.fetching.aside import run_aside


class SystemResolver:
    """`getaddrinfo` without blocking the event loop.

    The event loop's own pool has as few as five threads, which a handful of dead name servers can
    hold for half a minute each; these threads do nothing else.
    """

    def __init__(self, *, threads: int) -> None:
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="sanspub-dns")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a name in the system's order of preference (RFC 6724).

        Raises:
            OSError: the name has none, or nobody could be asked.
        """
        found = await run_aside(partial(_ask_system, host, port), self._pool)
        return tuple(dict.fromkeys(found))

    def close(self) -> None:
        """Drop what is still queued; threads that wait for an answer end with it."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _ask_system(host: str, port: int) -> list[str]:
    """The addresses of a name, IPv6 only where this machine has IPv6 (AI_ADDRCONFIG)."""
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    except UnicodeError as error:  # labels over 63 octets, refused by the idna codec
        raise OSError(socket.EAI_NONAME, f"not a host name: {error}") from None
    return [str(info[4][0]) for info in infos]
