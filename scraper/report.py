"""The summary after a crawl: what was stored, what was not, and where to look further."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scraper.crawling.progress import CrawlStats, format_event
from scraper.ledger import Ledger
from scraper.states import State
from scraper.urls import strip_controls

_FAILURES_SHOWN = 10
_ORDER = (
    State.DUPLICATE, State.NOT_ARTICLE, State.BLOCKED, State.GONE, State.SKIPPED, State.FAILED,
)  # fmt: skip


def report_run(stats: CrawlStats, ledger: Ledger, out: Path, *, interrupted: bool) -> None:
    """Writes the summary of one run to standard error."""
    for url, state, reason, detail in ledger.failures(_FAILURES_SHOWN):
        shown = strip_controls(f"{state} ({reason}) {url}{': ' if detail else ''}{detail}")
        click.echo(shown[:300], err=True)
    parts = [f"{stats.articles} articles stored"]
    if stats.unchanged:
        parts.append(f"{stats.unchanged} unchanged")
    parts += [f"{stats.states[state]} {state}" for state in _ORDER if stats.states[state]]
    if ledger.queued:
        parts.append(f"{ledger.queued} still queued")
    click.echo(", ".join(parts), err=True)
    if stats.hosts_left:
        click.echo(_name_hosts_left(stats), err=True)
    if interrupted:
        click.echo("interrupted; run the same command again to resume", err=True)
    elif stats.states[State.FAILED]:
        click.echo(
            f"`sanspub status --out {out}` counts the reasons, `sanspub why URL --out {out}` tells "
            f"of one URL, `sanspub retry --out {out}` queues failed ones again",
            err=True,
        )


def report_events(stats: CrawlStats, ledger: Ledger, *, interrupted: bool) -> None:
    """The same for programs: an event for each failure that people are shown, and a summary."""
    for url, state, reason, detail in ledger.failures(_FAILURES_SHOWN):
        write_event("failure", url=url, state=state, reason=reason, detail=detail)
    write_event(
        "summary",
        articles=stats.articles,
        unchanged=stats.unchanged,
        pages=stats.pages,
        queued=ledger.queued,
        states={state: count for state, count in sorted(stats.states.items()) if count},
        hosts_left=sorted(stats.hosts_left),
        interrupted=interrupted,
    )


def write_event(kind: str, **facts: Any) -> None:
    """Writes one JSON object on a line of standard error."""
    click.echo(format_event(kind, **facts), err=True)


def report_failures(stats: CrawlStats, out: Path) -> None:
    """Writes to standard error how many URLs failed: all that a quiet run says."""
    if count := stats.states[State.FAILED]:
        click.echo(
            f"sanspub: {count} URLs failed; `sanspub status --out {out}` tells why", err=True
        )
    if stats.hosts_left:
        click.echo(f"sanspub: {_name_hosts_left(stats)}", err=True)


def _name_hosts_left(stats: CrawlStats) -> str:
    """The hosts whose robots.txt could not be read, the first few by name."""
    hosts = sorted(stats.hosts_left)
    more = f" and {len(hosts) - 3} more" if len(hosts) > 3 else ""
    return (
        f"robots.txt could not be read: {', '.join(hosts[:3])}{more}; "
        "their URLs wait for the next run"
    )
