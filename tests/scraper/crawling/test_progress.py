"""Progress: lines where there is no terminal, one object a URL on request, nothing when quiet."""

from __future__ import annotations

import io
import json

import pytest

from scraper.crawling.progress import CrawlStats, Progress
from scraper.states import Lease, Outcome, State, UrlKind

LEASE = Lease(
    id=1, url="https://paper.example/\x1b[31m", host=1, kind=UrlKind.PAGE, depth=0, seed=True,
    attempts=0, etag="", last_modified="", version=0, content_hash=0,
)  # fmt: skip


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def count(stats: CrawlStats, *outcomes: Outcome) -> None:
    for outcome in outcomes:
        stats.count(outcome, kind=UrlKind.PAGE)


def test_outcomes_are_counted() -> None:
    stats = CrawlStats()
    count(
        stats,
        Outcome(state=State.DONE, version=1, bytes=10),
        Outcome(state=State.DONE, reason="unchanged"),
        Outcome(state=State.FAILED, reason="timeout"),
    )
    assert (stats.articles, stats.unchanged, stats.pages, stats.bytes) == (1, 1, 3, 10)
    assert stats.reasons == {"timeout": 1}


def test_line_comes_now_and_then_where_there_is_no_terminal() -> None:
    now = 0.0
    stats, stream = CrawlStats(), io.StringIO()
    progress = Progress(stats, stream, timer=lambda: now)
    progress.tick()
    assert stream.getvalue() == ""
    count(stats, Outcome(state=State.DONE, version=1))
    stats.queued = 4
    now = 6.0
    progress.tick()
    progress.close()
    assert stream.getvalue() == (
        "1 articles, 1 pages (0.2/s), 4 queued, 0 failed, about 24 s left\n"
    )


def test_each_url_is_an_object_on_request() -> None:
    stream = io.StringIO()
    progress = Progress(CrawlStats(), stream, as_json=True)
    progress.note(LEASE, Outcome(state=State.FAILED, reason="dns"))
    progress.say("a host waits")
    event, notice = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (event["state"], event["reason"]) == ("failed", "dns")
    assert notice == {"event": "notice", "message": "a host waits"}
    assert "\x1b" not in stream.getvalue()


def test_quiet_is_quiet() -> None:
    now = 0.0
    stream = Terminal()
    progress = Progress(CrawlStats(), stream, quiet=True, timer=lambda: now)
    progress.note(LEASE, Outcome(state=State.DONE, version=1, title="T"))
    now = 60.0
    progress.tick()
    progress.say("anything")
    progress.close()
    assert stream.getvalue() == ""


def test_terminal_shows_titles_without_their_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stats, stream = CrawlStats(), Terminal()
    progress = Progress(stats, stream)
    title = "Bridge \x1b]0;owned\x07 [bold]reopens[/bold]"
    count(stats, Outcome(state=State.FAILED, reason="timeout"))
    progress.note(LEASE, Outcome(state=State.DONE, version=1, title=title))
    progress.tick()
    progress.say("stopping [soon]")
    progress.close()
    shown = stream.getvalue()
    assert "\x1b]0;owned" not in shown
    assert "[bold]reopens[/bold]" in shown
    assert "timeout 1" in shown
    assert "stopping [soon]" in shown
