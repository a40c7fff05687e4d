"""All that can be set about a crawl. Every default has its unit and its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cleaners.config import CleanConfig
from scraper.config import FetchConfig, RobotsConfig, ThrottleConfig

# Cleaning processes that may be asked for: a slip of the hand must not fill the process table.
MAX_WORKERS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlConfig:
    """How `crawl` works. Fetching, politeness and cleaning have configs of their own."""

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

    # Directives that forbid storing an article, of `noindex`, `noarchive`, `noai`, `tdm`.
    # They are recorded whether obeyed or not.
    obey: frozenset[str] = frozenset()
    # Rule files used besides the packaged ones.
    rules: tuple[Path, ...] = ()
    # A site memory that `sanspub learn` wrote.
    memory: Path | None = None

    fetch: FetchConfig = field(default_factory=FetchConfig)
    throttle: ThrottleConfig = field(default_factory=ThrottleConfig)
    robots: RobotsConfig = field(default_factory=RobotsConfig)
    clean: CleanConfig = field(default_factory=CleanConfig)
