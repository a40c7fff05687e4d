"""What a crawl is doing, for people: counts, and lines or a live display on standard error."""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

from scraper.states import Lease, Outcome, State, UrlKind
from scraper.urls import host_of, strip_controls

if TYPE_CHECKING:
    from scraper.crawling.live import LiveDisplay

_RATE_WINDOW_S = 10.0
_LINE_EVERY_S = 5.0


@dataclass(slots=True)
class CrawlStats:
    """Running counts of one run.

    `hosts_left` are those whose robots.txt could not be read and of which URLs wait.
    """

    articles: int = 0
    unchanged: int = 0
    pages: int = 0
    bytes: int = 0
    queued: int = 0
    fetching: int = 0
    states: Counter[State] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    hosts_left: set[str] = field(default_factory=set)

    def count(self, outcome: Outcome, *, kind: UrlKind) -> None:
        """Counts one outcome."""
        self.pages += 1
        self.bytes += outcome.bytes
        self.states[outcome.state] += 1
        self.articles += outcome.version > 0 and kind is UrlKind.PAGE
        self.unchanged += "unchanged" in {outcome.reason, outcome.detail}
        if outcome.state in {State.FAILED, State.BLOCKED, State.GONE}:
            self.reasons[outcome.reason] += 1


def format_event(kind: str, **facts: Any) -> str:
    """What `--log-json` says of one thing: a JSON object, in ASCII and in one line."""
    return json.dumps({"event": kind, **facts})


class Progress:
    """Shows a crawl on `stream`: a live table on a terminal, a line now and then elsewhere.

    `as_json` writes one object for each outcome and notice instead; `quiet` writes nothing. Call
    `note` for each outcome and `tick` whenever there is time.
    """

    def __init__(
        self,
        stats: CrawlStats,
        stream: TextIO,
        *,
        quiet: bool = False,
        as_json: bool = False,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stats = stats
        self._stream = stream
        self._as_json = as_json
        self._quiet = quiet
        self._timer = timer
        self._started = self._last_line = timer()
        self._samples: deque[tuple[float, int]] = deque([(self._started, 0)])
        self._hosts: Counter[str] = Counter()
        self._last: str = ""
        self._live = None if quiet or as_json else _open_live(stream)

    def note(self, lease: Lease, outcome: Outcome) -> None:
        """Takes in one outcome."""
        if self._as_json:
            self._log(lease, outcome)
        if len(self._hosts) < 1_000:
            self._hosts[host_of(lease.url)] += 1
        if outcome.version:
            self._last = strip_controls(outcome.title or lease.url)

    def _log(self, lease: Lease, outcome: Outcome) -> None:
        self._write_event(
            "url",
            url=lease.url,
            state=outcome.state,
            reason=outcome.reason,
            status=outcome.status,
            elapsed_ms=outcome.elapsed_ms,
            bytes=outcome.bytes,
        )

    def _write_event(self, kind: str, **facts: Any) -> None:
        self._stream.write(format_event(kind, **facts) + "\n")
        self._stream.flush()

    def tick(self) -> None:
        """Brings the display up to date."""
        now = self._timer()
        self._samples.append((now, self._stats.pages))
        while len(self._samples) > 2 and now - self._samples[0][0] > _RATE_WINDOW_S:
            self._samples.popleft()
        if self._live is not None:
            self._live.show(self.line(), self._list_details(now))
        elif not self._quiet and not self._as_json and now - self._last_line >= _LINE_EVERY_S:
            self._last_line = now
            print(self.line(), file=self._stream, flush=True)

    def say(self, message: str) -> None:
        """Shows one line that must be seen."""
        if self._live is not None:
            self._live.say(message)
        elif self._as_json:
            self._write_event("notice", message=message)
        elif not self._quiet:
            print(message, file=self._stream, flush=True)

    def rate(self) -> float:
        """Pages a second over the last ten seconds."""
        (first_at, first), (last_at, last) = self._samples[0], self._samples[-1]
        return (last - first) / (last_at - first_at) if last_at > first_at else 0.0

    def line(self) -> str:
        """How it stands, in one line."""
        stats, rate = self._stats, self.rate()
        left = f", about {stats.queued / rate:.0f} s left" if rate > 0 and stats.queued else ""
        return (
            f"{stats.articles} articles, {stats.pages} pages ({rate:.1f}/s), "
            f"{stats.queued} queued, {stats.states[State.FAILED]} failed{left}"
        )

    def _list_details(self, now: float) -> list[str]:
        rows = [f"{now - self._started:.0f} s, {self._stats.bytes / 1e6:.1f} MB"]
        hosts = ", ".join(f"{host} {count}" for host, count in self._hosts.most_common(4))
        rows.append(f"hosts: {hosts}")
        if self._stats.reasons:
            reasons = self._stats.reasons.most_common(5)
            rows.append("errors: " + ", ".join(f"{name} {count}" for name, count in reasons))
        if self._last:
            rows.append(f"latest: {self._last[:100]}")
        return rows

    def close(self) -> None:
        """Takes the live display away."""
        if self._live is not None:
            self._live.close()
            self._live = None


def _open_live(stream: TextIO) -> LiveDisplay | None:
    """A live display where the stream is a terminal."""
    # Loaded for those who look: rich takes a sixth of the CPU of a start.
    from scraper.crawling.live import open_display  # noqa: PLC0415

    return open_display(stream)
