"""How fast each host is asked: spacing, concurrency, and pauses that hold for the whole host.

The pause between two requests follows what the host shows: it grows to the time the host takes to
answer, doubles with each failure, and shrinks slowly while all goes well (the idea of Scrapy's
AutoThrottle, with failures taken in). A Retry-After stops every request to the host, not only the
one that was told.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from scraper.config import ThrottleConfig

# The first failure makes the pause at least this long (seconds); half a second doubled is no pause.
_FAILED_S = 1.0
# Hosts looked at for forgetting each time one is used: two, so that the backlog always shrinks.
_FORGET_STEP = 2
# Longest sleep at a stretch, so that a pause lifted or a clock moved on is noticed.
_NAP_S = 30.0


class _Host:
    """What is known of one host. Times are on the throttle's clock, in seconds."""

    __slots__ = ("delay_s", "gate", "idle_since", "next_at", "paused_until", "users")

    def __init__(self, delay_s: float, width: int, now: float) -> None:
        self.delay_s = delay_s
        self.next_at = now
        self.paused_until = now
        self.idle_since = now
        self.users = 0
        self.gate = asyncio.Semaphore(width)


class Throttle:
    """The turns of all hosts: `async with throttle.slot(host): ...` around each request.

    `places` is how many slots, all hosts together, there may be at once.

    A host is forgotten when it has been idle for `forget_after_s` and owes no pause, so that a
    crawl of any number of hosts holds only those it is busy with.
    """

    def __init__(
        self,
        config: ThrottleConfig | None = None,
        *,
        places: int = 16,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.config = config or ThrottleConfig()
        self._clock = clock
        self._sleep = sleep
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._places = asyncio.Semaphore(places)

    def __len__(self) -> int:
        """Hosts remembered."""
        return len(self._hosts)

    @asynccontextmanager
    async def slot(
        self, host: str, *, crawl_delay_s: float = 0.0, hold: AsyncExitStack | None = None
    ) -> AsyncIterator[None]:
        """Waits for the host's turn and holds it. `crawl_delay_s` is robots.txt's word, if any.

        A place among all slots is taken only when the host's turn has come, so a slow host keeps
        nobody else waiting. It is given back with the slot, or when `hold` is left.
        """
        state = self._find(host)
        state.users += 1
        try:
            async with state.gate, AsyncExitStack() as own:
                await self._take_turn(state, crawl_delay_s)
                (own if hold is None else hold).callback(self._places.release)
                yield
        finally:
            state.users -= 1
            state.idle_since = self._clock()
            self._forget()

    @asynccontextmanager
    async def turn(self, host: str, *, crawl_delay_s: float = 0.0) -> AsyncIterator[None]:
        """Waits for the host's turn as `slot` does, but takes no place: time alone ends the wait.

        For the requests that may become due while a slot is held (where a redirect leads, and the
        robots.txt there): a second slot taken inside the first would let requests wait for each
        other for ever.
        """
        state = self._find(host)
        state.users += 1
        try:
            while (wait_s := max(state.next_at, state.paused_until) - self._clock()) > 0:
                await self._sleep(min(wait_s, _NAP_S))
            state.next_at = self._clock() + max(state.delay_s, crawl_delay_s)
            yield
        finally:
            state.users -= 1
            state.idle_since = self._clock()
            self._forget()

    def wait_s(self, host: str) -> float:
        """Seconds until the host may be asked again; 0 for now. For choosing another meanwhile."""
        state = self._hosts.get(host)
        if state is None:
            return 0.0
        return max(max(state.next_at, state.paused_until) - self._clock(), 0.0)

    def pause(self, host: str, seconds: float) -> None:
        """No request to this host starts for so long; those under way go on."""
        state = self._find(host)
        state.paused_until = max(state.paused_until, self._clock() + max(seconds, 0.0))

    def note(self, host: str, *, ok: bool, latency_s: float) -> None:
        """Learn from one request. `ok` is False for what shows a host in trouble.

        That is: 429, 5xx, timeouts and broken connections; a 404 is a host in good health.
        """
        state = self._find(host)
        config = self.config
        target = max(latency_s, 0.0) * config.latency_factor
        # Halfway to what the host shows: down in a few requests, never in one lucky answer.
        wanted = (state.delay_s + target) / 2
        if not ok:
            wanted = max(state.delay_s * 2, target, _FAILED_S)
        state.delay_s = min(max(wanted, config.min_delay_s), config.max_delay_s)

    def delay_s(self, host: str) -> float:
        """The present pause between two requests to a host, in seconds."""
        state = self._hosts.get(host)
        return state.delay_s if state else self.config.min_delay_s

    async def _take_turn(self, state: _Host, crawl_delay_s: float) -> None:
        """Returns when the host's pause is over, with a place among all slots taken."""
        while True:
            wait_s = max(state.next_at, state.paused_until) - self._clock()
            if wait_s > 0:
                await self._sleep(min(wait_s, _NAP_S))
                continue
            await self._places.acquire()
            now = self._clock()
            if max(state.next_at, state.paused_until) <= now:
                state.next_at = now + max(state.delay_s, crawl_delay_s)
                return
            self._places.release()  # while we waited, another took the turn, or a pause was set

    def _find(self, host: str) -> _Host:
        """The host's state, made on first use; the host moves to the end of the line."""
        state = self._hosts.get(host)
        if state is None:
            config = self.config
            state = _Host(config.min_delay_s, config.per_host, self._clock())
            self._hosts[host] = state
        else:
            self._hosts.move_to_end(host)
        return state

    def _forget(self) -> None:
        """Drop the longest unused hosts that are idle and owe nothing."""
        now = self._clock()
        for _ in range(_FORGET_STEP):
            if not self._hosts:
                return
            host, state = next(iter(self._hosts.items()))
            free_at = max(state.next_at, state.paused_until, state.idle_since)
            if state.users or now < free_at + self.config.forget_after_s:
                if state.users or state.paused_until > now:
                    self._hosts.move_to_end(host)
                return
            del self._hosts[host]
