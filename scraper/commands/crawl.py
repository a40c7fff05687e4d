"""`sanspub crawl`."""

from __future__ import annotations

import asyncio
import math
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from cleaners.errors import CleanerError
from scraper.cleaning.knowledge import load_memory, load_user_rules
from scraper.cli import EXIT_BAD_INPUT
from scraper.commands.paths import NamedPath, memory_option, rules_option
from scraper.config import FetchConfig, RobotsConfig, ThrottleConfig
from scraper.config_checks import judge_contact
from scraper.console import drop_lost_output
from scraper.crawl import Crawl
from scraper.crawl_config import DIRECTIVES, MAX_WORKERS, CrawlConfig
from scraper.crawling.progress import Progress
from scraper.errors import ConfigError, ScraperError
from scraper.fetch import Fetcher
from scraper.finding.feeds import read_date
from scraper.report import report_events, report_failures, report_run, write_event
from scraper.run import EXIT_FAILURES, begin_run, check_seeds, end_run, read_seeds
from scraper.states import State
from scraper.store import Store
from scraper.urls import strip_controls
from scraper.writers import FORMATS

_TICK_S = 0.25
# Lines of a URL list that are named one by one; a list that is no list has nothing but bad ones.
_BAD_LINES_SHOWN = 10


def _check_date(_: click.Context, __: click.Parameter, value: str | None) -> float:
    if not value:
        return 0.0
    seconds = read_date(value)
    if seconds is None:
        raise click.BadParameter(f"{value!r} is no date such as 2026-01-31")
    return seconds


def _check_patterns(
    _: click.Context, __: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    for pattern in value:
        try:
            re.compile(pattern)
        except re.error as error:
            raise click.BadParameter(f"{pattern!r} is no regular expression: {error}") from None
    return value


def _check_seconds(_: click.Context, __: click.Parameter, value: float) -> float:
    if not math.isfinite(value):  # `nan` is in every range, and a pause of `inf` never ends
        raise click.BadParameter(f"{value} is no number of seconds")
    return value


def _check_contact(_: click.Context, __: click.Parameter, value: str) -> str:
    if problem := judge_contact(value):
        raise click.BadParameter(problem)
    return value


@click.command("crawl")
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option(
    "--out",
    type=NamedPath(file_okay=False),
    default=Path("out"),
    show_default=True,
    help="Folder for articles.jsonl, ledger.sqlite and archive/.",
)
@click.option(
    "--urls-from",
    type=click.File("r", encoding="utf-8-sig", errors="replace"),
    help="More URLs, one a line; - for stdin.",
)
@click.option(
    "--limit", type=click.IntRange(min=0), default=0, help="Articles to store in this run; 0: all."
)
@click.option(
    "--per-site",
    type=click.IntRange(min=0),
    default=0,
    help="The same for each site; the rest waits for a later run.",
)
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    default=8,
    show_default=True,
    help="Links away from a URL given; 0: these URLs and nothing else.",
)
@click.option(
    "--since", callback=_check_date, metavar="DATE", help="Leave out what is older (2026-01-31)."
)
@click.option(
    "--include",
    multiple=True,
    callback=_check_patterns,
    metavar="RE",
    help="Follow only links in which this is found. May be repeated.",
)
@click.option(
    "--exclude",
    multiple=True,
    callback=_check_patterns,
    metavar="RE",
    help="Follow no link in which this is found. May be repeated.",
)
@click.option(
    "--refresh",
    is_flag=True,
    help="Ask for stored articles again; keep changed ones as new versions.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=("jsonl",),
    show_default=True,
    help="Output format. May be repeated; JSON lines are always written.",
)
@click.option("--no-archive", is_flag=True, help="Do not keep the raw pages.")
@rules_option
@memory_option
@click.option(
    "--obey",
    type=click.Choice(DIRECTIVES),
    multiple=True,
    help="Store no page that says so of itself. May be repeated.",
)
@click.option(
    "--delay",
    type=click.FloatRange(min=0),
    callback=_check_seconds,
    default=0.5,
    show_default=True,
    metavar="SECONDS",
    help="Least pause between two requests to one host.",
)
@click.option(
    "--per-host",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Requests to one host at once.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(min=1),
    default=16,
    show_default=True,
    help="Pages in hand at once, all hosts together.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    callback=_check_seconds,
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="For one page, tries and redirects included.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0, max=MAX_WORKERS),
    default=2,
    show_default=True,
    help="Cleaning processes; 0: clean in this one.",
)
@click.option(
    "--contact",
    default="",
    callback=_check_contact,
    help="Mail or web address for the User-Agent.",
)
@click.option("--proxy", default="", metavar="URL", help="Proxy for all requests.")
@click.option("--allow-private", is_flag=True, help="Permit loopback and private addresses.")
@click.option("--ignore-robots", is_flag=True, help="Do not ask robots.txt. For sites of your own.")
@click.option("--quiet", is_flag=True, help="Show nothing but errors.")
@click.option(
    "--log-json",
    is_flag=True,
    help="Write all that goes to standard error as JSON, a line for each URL.",
)
def crawl_command(urls: tuple[str, ...], urls_from: Iterable[str] | None, **flags: Any) -> int:
    """Crawl the sites of the URLs and store their articles. Run again to resume or renew.

    Ctrl-C once brings the pages under way to their end, twice stops at once; nothing is lost.
    """
    as_json = flags["log_json"]
    listed, bad = read_seeds(urls_from or ())
    for note in describe_bad_lines(bad):
        if as_json:
            write_event("notice", message=note)
        else:
            click.echo(f"sanspub: {strip_controls(note)}", err=True)
    try:
        seeds = [*check_seeds(urls), *listed]
    except ConfigError as error:
        raise click.BadParameter(str(error), param_hint="URL") from None
    if not seeds:
        raise click.UsageError("no URL to crawl")
    try:
        code = run_crawl(seeds, build_config(flags), quiet=flags["quiet"], as_json=as_json)
    except (ScraperError, CleanerError) as error:
        if not as_json:
            raise
        write_event("error", message=str(error))
        return EXIT_BAD_INPUT
    return code or (EXIT_FAILURES if bad else 0)


def describe_bad_lines(bad: list[tuple[int, str]]) -> Iterator[str]:
    """What is said of lines of a URL list that are none, given with their numbers."""
    for line, problem in bad[:_BAD_LINES_SHOWN]:
        yield f"line {line} of the URL list left out: {problem}"
    if (more := len(bad) - _BAD_LINES_SHOWN) > 0:
        yield f"{more} more lines of the URL list left out"


def build_config(flags: dict[str, Any]) -> CrawlConfig:
    """The flags of `sanspub crawl` as one value."""
    throttle = ThrottleConfig(min_delay_s=flags["delay"], per_host=flags["per_host"])
    fetch = FetchConfig(
        allow_private=flags["allow_private"], contact=flags["contact"], proxy=flags["proxy"],
        deadline_s=flags["timeout"],
    )  # fmt: skip
    return CrawlConfig(
        out=flags["out"],
        limit=flags["limit"],
        per_site=flags["per_site"],
        depth=flags["depth"],
        since=flags["since"],
        include=flags["include"],
        exclude=flags["exclude"],
        refresh=flags["refresh"],
        formats=tuple(dict.fromkeys(flags["formats"])),
        archive=not flags["no_archive"],
        rules=flags["rules"],
        memory=flags["memory"],
        obey=frozenset(flags["obey"]),
        concurrency=flags["concurrency"],
        workers=flags["workers"],
        fetch=fetch,
        throttle=throttle,
        robots=RobotsConfig(ignore=flags["ignore_robots"]),
    )


def run_crawl(
    seeds: list[str],
    config: CrawlConfig,
    *,
    quiet: bool = False,
    as_json: bool = False,
    on_record: Callable[[bytes], None] | None = None,
) -> int:
    """Runs one crawl with progress and summary on standard error; its exit code."""
    if config.out is None:
        raise ConfigError("a crawl from the command line needs --out")
    load_user_rules(config.rules)  # a bad file ends the crawl before it begins, not page by page
    load_memory(config.memory)
    with Store(config.out, config) as store:
        return asyncio.run(
            _run_crawl(store, seeds, config, quiet=quiet, as_json=as_json, on_record=on_record)
        )


async def _run_crawl(
    store: Store,
    seeds: list[str],
    config: CrawlConfig,
    *,
    quiet: bool,
    as_json: bool,
    on_record: Callable[[bytes], None] | None,
) -> int:
    async with Fetcher(config.fetch) as fetcher:
        crawl = Crawl(store, config, fetcher=fetcher, on_record=on_record)
        progress = Progress(crawl.stats, sys.stderr, quiet=quiet, as_json=as_json)
        crawl.on_outcome = progress.note
        crawl.on_notice = progress.say
        run = begin_run(crawl, store, seeds)
        task = asyncio.create_task(crawl.run())
        catch_interrupts(crawl, task, progress)
        ticker = asyncio.create_task(_tick(progress))
        try:
            with suppress(asyncio.CancelledError):
                await task
        except BrokenPipeError:
            drop_lost_output()
            crawl.stop()
        finally:
            ticker.cancel()
            progress.close()
        code = end_run(crawl, store, run)
    if as_json:
        report_events(crawl.stats, store.ledger, interrupted=crawl.is_stopping)
    elif not quiet:
        report_run(crawl.stats, store.ledger, config.out or Path(), interrupted=crawl.is_stopping)
    elif crawl.stats.states[State.FAILED] or crawl.stats.hosts_left:
        report_failures(crawl.stats, config.out or Path())
    return code


def catch_interrupts(crawl: Crawl, task: asyncio.Task[None], progress: Progress) -> None:
    """Makes the first Ctrl-C (or SIGTERM) drain the crawl and the second end it."""
    loop = asyncio.get_running_loop()

    def interrupt() -> None:
        if crawl.is_stopping:
            task.cancel()
            return
        crawl.stop()
        progress.say("stopping: bringing pages under way to their end; Ctrl-C again stops at once")

    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt instead
            loop.add_signal_handler(name, interrupt)


async def _tick(progress: Progress) -> None:
    while True:
        progress.tick()
        await asyncio.sleep(_TICK_S)
