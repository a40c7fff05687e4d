"""`sanspub status`, `why` and `retry`: what people ask of a ledger."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from scraper.commands.paths import NamedPath
from scraper.commands.views import open_for_reading, read_row, read_status, show_time
from scraper.errors import UrlRefused
from scraper.ledger import Ledger
from scraper.records.lock import OutputLock
from scraper.states import State
from scraper.store import LEDGER_NAME
from scraper.urls import strip_controls

OUT = click.option(
    "--out",
    type=NamedPath(file_okay=False),
    default=Path("out"),
    show_default=True,
    help="Folder of the crawl.",
)
_RETRIED = (State.FAILED, State.BLOCKED, State.GONE, State.NOT_ARTICLE, State.SKIPPED)
# What each state means, for `why`.
_MEANING = {
    "queued": "waits for its turn; run the crawl again to go on",
    "leased": "is being fetched now, or was when a crawl was killed; the next run takes it up",
    "done": "was read",
    "duplicate": "is the same as another URL",
    "not-article": "was fetched and holds no article",
    "blocked": "may not be fetched, or shows a wall instead of the article",
    "gone": "is not there",
    "failed": "could not be fetched or cleaned",
    "skipped": "was seen and left out",
}


@click.command("status")
@OUT
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def status_command(out: Path, as_json: bool) -> None:  # noqa: FBT001
    """Show how a crawl stands: counts by state, reason and host, and its pace."""
    status = read_status(out)
    if as_json:
        click.echo(json.dumps(asdict(status)))
        return
    click.echo(f"{status.articles} articles in {status.versions} versions, {status.urls} URLs seen")
    ended = {None: "not ended", 0: "all accounted for", 1: "some URLs failed"}
    how = ended.get(status.last_exit, f"exit {status.last_exit}")
    click.echo(
        f"{status.runs} runs, the last from {status.last_run or 'never'}: {how}, "
        f"{status.pages_per_s:.1f} pages/s"
    )
    for state, count in status.states:
        click.echo(f"  {count:>9}  {state}")
    if status.reasons:
        click.echo("why:")
    for state, reason, count in status.reasons:
        click.echo(f"  {count:>9}  {state}: {reason}")
    click.echo("hosts:      done    queued    failed     other")
    for host in status.hosts:
        click.echo(
            f"  {host.done:>12} {host.queued:>9} {host.failed:>9} {host.other:>9}  "
            f"{strip_controls(host.host)}"
        )


@click.command("why")
@click.argument("url")
@OUT
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def why_command(url: str, out: Path, as_json: bool) -> int:  # noqa: FBT001
    """Say what became of a URL, and why. Exit code 1: it was never seen."""
    try:
        row = read_row(out, url)
    except UrlRefused as error:
        raise click.BadParameter(str(error), param_hint="URL") from None
    if as_json:
        click.echo(json.dumps(row))
        return 0 if row else 1
    if row is None:
        click.echo(f"{strip_controls(url)}: never seen (or on a site that was not crawled)")
        return 1
    for line in explain_row(row):
        click.echo(strip_controls(line))
    return 0


def explain_row(row: dict[str, Any]) -> list[str]:
    """A ledger row in words, one fact a line."""
    reason = f" ({row['reason']})" if row["reason"] else ""
    lines = [row["url"], f"{row['state']}{reason}: {_MEANING[row['state']]}"]
    if row["detail"]:
        lines.append(f"detail: {row['detail']}")
    if row["first_url"]:
        lines.append(f"same as: {row['first_url']}")
    if row["final_url"]:
        lines.append(f"redirected to: {row['final_url']}")
    lines.append(f"named by: {row['parent_url'] or 'the command line or robots.txt'}")
    lines.append(f"seen: {show_time(row['added'])}")
    if row["finished"]:
        status = f"HTTP {row['status']}, " if row["status"] else ""
        lines.append(
            f"last visit: {show_time(row['finished'])}, {status}{row['attempts']} requests so far, "
            f"{row['bytes']} bytes in {row['elapsed_ms']} ms"
        )
    lines += [
        f"version {version['version']} stored {show_time(version['stored'])}: {version['title']}"
        for version in row["versions"]
    ]
    if row["version"]:
        lines.append(f"version {row['version']} stored {show_time(row['stored'])}: {row['title']}")
    if row["archived"]:
        lines.append(f"raw page: archive/{row['archived']}")
    return lines


@click.command("retry")
@click.option("--reason", default="", help="Only URLs with this reason (as `status` shows them).")
@click.option(
    "--state",
    type=click.Choice([str(state) for state in _RETRIED], case_sensitive=False),
    default=None,
    help="Only URLs in this state; without --reason and --state: failed ones.",
)
@OUT
def retry_command(reason: str, state: str | None, out: Path) -> None:
    """Put URLs back into the queue; the next `sanspub crawl` takes them up."""
    open_for_reading(out).close()  # says so where there is no ledger, instead of making one
    known = sorted({name for _, name, _ in read_status(out).reasons})
    if reason and reason not in known:
        named = ", ".join(known) or "none"
        raise click.BadParameter(
            f"no URL has {reason!r}; reasons here: {named}", param_hint="--reason"
        )
    chosen = state or ("" if reason else State.FAILED)
    with OutputLock(out / "ledger.lock"), Ledger(out / LEDGER_NAME) as ledger:
        count = ledger.requeue_ended(state=chosen, reason=reason)
        ledger.commit()
    click.echo(f"{count} URLs are queued again", err=True)
