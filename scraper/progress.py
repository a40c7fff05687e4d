"""What a crawl is doing, for people: counts, and lines or a live display on standard error."""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TextIO

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from scraper.states import Lease, Outcome, State, UrlKind
from scraper.urls import host_of, strip_controls

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
        self._live: Live | None = None
        console = Console(file=stream, stderr=True)
        if console.is_terminal and not quiet and not as_json:
            self._live = Live(console=console, transient=True, auto_refresh=False)
            self._live.start()

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
            self._live.update(self._draw(now), refresh=True)
        elif not self._quiet and not self._as_json and now - self._last_line >= _LINE_EVERY_S:
            self._last_line = now
            print(self.line(), file=self._stream, flush=True)

    def say(self, message: str) -> None:
        """Shows one line that must be seen."""
        if self._live is not None:
            self._live.console.print(message, markup=False, highlight=False)
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

    def _draw(self, now: float) -> Table:
        table = Table.grid(padding=(0, 1))
        rows = [f"{now - self._started:.0f} s, {self._stats.bytes / 1e6:.1f} MB"]
        hosts = ", ".join(f"{host} {count}" for host, count in self._hosts.most_common(4))
        rows.append(f"hosts: {hosts}")
        if self._stats.reasons:
            reasons = self._stats.reasons.most_common(5)
            rows.append("errors: " + ", ".join(f"{name} {count}" for name, count in reasons))
        if self._last:
            rows.append(f"latest: {self._last[:100]}")
        table.add_row(Text(self.line(), style="bold"))
        for row in rows:
            table.add_row(Text(row, style="dim"))  # as text: a title is no markup
        return table

    def close(self) -> None:
        """Takes the live display away."""
        if self._live is not None:
            self._live.stop()
            self._live = None
