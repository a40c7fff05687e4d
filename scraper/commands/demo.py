"""`sanspub demo`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import click

from scraper.commands.crawl import run_crawl
from scraper.commands.paths import NamedPath
from scraper.config import FetchConfig, ThrottleConfig
from scraper.crawl_config import CrawlConfig
from scraper.demo import find_site, serve_site
from scraper.errors import ConfigError
from scraper.urls import strip_controls

_DEMO_PORT = 8484
_PREVIEW_CHARS = 88


@click.command("demo")
@click.option(
    "--out",
    type=NamedPath(file_okay=False),
    help="Folder to keep; without it, a temporary one.",
)
@click.option("--quiet", is_flag=True, help="Show the articles and no progress.")
def demo_command(out: Path | None, quiet: bool) -> int:  # noqa: FBT001
    """Serve the example site on this machine, crawl it, and show the articles."""
    config = CrawlConfig(
        fetch=FetchConfig(allow_private=True, proxy_from_env=False),
        throttle=ThrottleConfig(min_delay_s=0.0, per_host=4),
    )
    with tempfile.TemporaryDirectory(prefix="sanspub-demo-") as scratch:
        folder = out or Path(scratch)
        with _serve_demo() as base:
            shown: list[bytes] = []

            def show(line: bytes) -> None:
                shown.append(line)
                _show_article(line)

            code = run_crawl([f"{base}/"], replace(config, out=folder), quiet=quiet, on_record=show)
        if not shown and not code:
            click.echo("demo: nothing new", err=True)
        kept = f"everything is in {folder}" if out else "nothing was kept; --out DIR keeps it"
        click.echo(f"demo: {kept}", err=True)
    return code


@contextmanager
def _serve_demo() -> Iterator[str]:
    """The example site at its usual port, so that a second run finds it again, or at another."""
    with ExitStack() as stack:
        try:
            base = stack.enter_context(serve_site(find_site(), port=_DEMO_PORT))
        except ConfigError:
            base = stack.enter_context(serve_site(find_site()))
        yield base


def _show_article(line: bytes) -> None:
    """Title and first line of an article, on standard output."""
    record = json.loads(line)
    title = strip_controls(record["title"]) or "(no title)"
    start = strip_controls(record["text"].split("\n", 1)[0])
    if len(start) > _PREVIEW_CHARS:
        start = start[:_PREVIEW_CHARS].rsplit(" ", 1)[0] + " …"
    click.echo(f"{title}  [{record['language'] or '?'}]\n    {start}")
