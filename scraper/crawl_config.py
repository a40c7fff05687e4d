"""All that can be set about a crawl. Every default has its unit and its reason."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from cleaners.config import CleanConfig
from scraper.config import FetchConfig, RobotsConfig, ThrottleConfig
from scraper.config_checks import (
    check_plain_fields,
    is_number,
    refuse_value,
    set_paths,
    set_tuple,
)
from scraper.writers import FORMATS

# What a page may say of itself that `obey` can be told to follow.
DIRECTIVES = ("noindex", "noarchive", "noai", "tdm")

# Cleaning processes that may be asked for: a slip of the hand must not fill the process table.
MAX_WORKERS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlConfig:
    """How `crawl` works. Fetching, politeness and cleaning have configs of their own.

    Paths may be strings, and a list will do where a tuple or a set stands.

    Raises:
        ConfigError: a field has a value it cannot have.
    """

    # Folder for articles.jsonl, ledger.sqlite and archive/. None: a folder that is thrown away.
    out: Path | None = None
    # Articles stored in this run, 0 for all there are.
    limit: int = 0
    # Articles stored from one site in this run, 0 for all there are. The rest stays queued.
    per_site: int = 0
    # Links away from a seed. News sites reach their last archive page in about four.
    depth: int = 8
    # Articles and addresses older than this are left out; Unix seconds, 0 for all.
    since: float = 0.0
    # Regular expressions. Links are followed only where one of `include` (if any) and none of
    # `exclude` is found in the URL; seeds, feeds and sitemaps always are.
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    # Fetch stored articles again, conditionally, and keep new versions.
    refresh: bool = False
    # Output formats; JSON lines are written whatever stands here.
    formats: tuple[str, ...] = ("jsonl",)
    # Bytes after which a new JSON lines file is begun, 0 for never.
    max_output_bytes: int = 0
    # Keep raw responses as WARC.
    archive: bool = True
    # Bytes after which a new WARC file is begun. 1 GB is what the WARC guidelines advise.
    max_archive_bytes: int = 1_000_000_000

    # Pages in hand at once: being fetched, cleaned, or not yet committed. Also the most that can
    # be fetched twice after a kill.
    concurrency: int = 16
    # Visits that may wait for the turn of their host.
    max_waiting: int = 512
    # Cleaning processes; 0 cleans in the crawl's own process, without limits.
    workers: int = 2
    # Seconds and bytes that one page may take in a worker. Real pages take 0.01 s and 50 MB;
    # the worst that the cleaner accepts about 3 s and 1 GiB.
    page_time_s: float = 20.0
    page_memory_bytes: int = 1_500_000_000
    # Pages after which a worker is replaced, so that no leak in a library lasts.
    worker_pages: int = 20_000
    # Pages of one shape (digits blurred) that may lead to nothing before the rest is a trap.
    trap_pages: int = 100
    # Outcomes and seconds after which the ledger commits, and after which files are synced.
    commit_every: int = 4
    commit_after_s: float = 0.2
    sync_after_s: float = 2.0

    # Directives that forbid storing an article, of `DIRECTIVES`. They are recorded whether obeyed
    # or not.
    obey: frozenset[str] = frozenset()
    # Rule files used besides the packaged ones.
    rules: tuple[Path, ...] = ()
    # A site memory that `sanspub learn` wrote.
    memory: Path | None = None

    fetch: FetchConfig = field(default_factory=FetchConfig)
    throttle: ThrottleConfig = field(default_factory=ThrottleConfig)
    robots: RobotsConfig = field(default_factory=RobotsConfig)
    clean: CleanConfig = field(default_factory=CleanConfig)

    def __post_init__(self) -> None:
        set_paths(self, "out", "memory")
        self._check_numbers()
        for name in ("include", "exclude"):
            set_tuple(self, name, "regular expressions in a tuple of strings", _is_pattern)
        set_tuple(self, "formats", f"some of {', '.join(FORMATS)} in a tuple", FORMATS.__contains__)
        wanted = f"some of {', '.join(DIRECTIVES)} in a set"
        set_tuple(self, "obey", wanted, DIRECTIVES.__contains__, kind=frozenset)
        set_tuple(self, "rules", "the paths of rule files in a tuple", _is_path)
        object.__setattr__(self, "rules", tuple(map(Path, self.rules)))
        for name, kind in (
            ("fetch", FetchConfig),
            ("throttle", ThrottleConfig),
            ("robots", RobotsConfig),
            ("clean", CleanConfig),
        ):
            if not isinstance(getattr(self, name), kind):
                raise refuse_value(self, name, f"a {kind.__name__}")

    def _check_numbers(self) -> None:
        if not is_number(self.since):
            wanted = "Unix seconds, such as datetime(2026, 1, 31, tzinfo=UTC).timestamp()"
            raise refuse_value(self, "since", wanted)
        above_zero = {
            "concurrency", "max_archive_bytes", "max_waiting", "page_memory_bytes", "page_time_s",
            "trap_pages", "worker_pages",
        }  # fmt: skip
        check_plain_fields(self, above_zero=above_zero, any_sign={"since"})
        if self.workers > MAX_WORKERS:
            raise refuse_value(self, "workers", f"at most {MAX_WORKERS}")


def _is_pattern(value: object) -> bool:
    try:
        return isinstance(value, str) and re.compile(value) is not None
    except re.error:
        return False


def _is_path(value: object) -> bool:
    return isinstance(value, str | os.PathLike)
