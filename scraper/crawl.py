"""The main path of a crawl: a URL out of the ledger, a stored article and new URLs into it.

    lease -> robots -> turn of the host -> fetch -> feed, sitemap or page -> clean -> store

Read `Crawl._visit` for one URL from lease to row. Everything runs in one event loop; cleaning runs
in worker processes. Broad `except`s are two: there, per URL, and around those who listen.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from functools import partial
from itertools import islice

from scraper.crawl_config import CrawlConfig
from scraper.crawling.judge import ArticleJudge
from scraper.crawling.limits import take_up_skipped
from scraper.crawling.outcome import judge_failure, outcome_of
from scraper.crawling.permission import Permission
from scraper.crawling.progress import CrawlStats
from scraper.crawling.schedule import Schedule
from scraper.discover import SEED_PRIORITY, Discovery, TrapWatch
from scraper.errors import FetchError, HostPaused, OffSite, OutputError, RobotsRefused
from scraper.fetch import Fetcher
from scraper.fetching.deadline import StopWatch
from scraper.finding.feeds import parse_feed
from scraper.finding.sitemaps import name_kind, parse_sitemap
from scraper.page import Page
from scraper.states import Found, Lease, Outcome, State, UrlKind
from scraper.store import Store
from scraper.throttle import Throttle
from scraper.urls import canonical_url, host_of, path_shape, site_key
from scraper.workers import make_pool

# Entries taken from a sitemap before other work gets a turn.
_CHUNK = 500
# Tries over all visits after which a host that says "later" is no longer believed.
_MAX_POSTPONED = 9


class Crawl:
    """One run over a store. `stats` counts; `stop` drains; `on_record` hears of each article.

    `on_outcome`, where set, hears of each URL, `on_notice` of what a whole host keeps waiting for.
    `wait_for_reader`, where set, is awaited with each page that was read, while it is in hand.
    """

    def __init__(
        self,
        store: Store,
        config: CrawlConfig,
        *,
        fetcher: Fetcher,
        on_record: Callable[[bytes], None] | None = None,
    ) -> None:
        self.stats = CrawlStats()
        self._config = config
        self._store = store
        self._ledger = store.ledger
        self._fetcher = fetcher
        self._throttle = Throttle(config.throttle, places=config.concurrency)
        self._permission = Permission(
            config, fetcher=fetcher, throttle=self._throttle, on_sitemaps=self._add_sitemaps
        )
        self._pool = make_pool(config, with_markdown="markdown" in store.formats)
        self._on_record = on_record
        self.on_outcome: Callable[[Lease, Outcome], None] | None = None
        self.on_notice: Callable[[str], None] | None = None
        self.wait_for_reader: Callable[[], Awaitable[object]] | None = None
        self._schedule = Schedule(self._ledger, per_host=config.throttle.per_host)
        self._discovery = Discovery(config, frozenset())
        self._traps = TrapWatch(limit=config.trap_pages)
        self._judge = ArticleJudge(config, store.ledger)
        self._told: set[str] = set()
        self._visits: set[asyncio.Task[None]] = set()
        self._asking: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._fatal: BaseException | None = None
        self._stopping = False

    def add_seeds(self, urls: Iterable[str]) -> None:
        """Queues the seeds (canonical URLs).

        Where nothing was left of an earlier run, the hubs of their sites are asked again.
        """
        resumes = bool(self._ledger.waiting)
        seeds = [Found(url=url, priority=SEED_PRIORITY, seed=True) for url in urls]
        for seed in seeds:
            known = self._ledger.find(seed.url)
            if known is None or known[1] is State.FAILED or not resumes:
                self._ledger.requeue(seed)
        if not resumes:
            self._ledger.requeue_hubs({site_key(host_of(seed.url)) for seed in seeds})
            if self._config.refresh:
                self._ledger.requeue_ended(state=State.DONE)
        self._discovery = Discovery(self._config, self._ledger.sites())
        take_up_skipped(self._ledger, self._config, self._discovery)

    def stop(self) -> None:
        """Takes nothing more; what is being fetched or cleaned is brought to its end."""
        self._stopping = True
        self._drain()

    def _drain(self) -> None:
        """Gives back every lease that has not been asked for yet."""
        for visit in self._visits - self._asking:
            visit.cancel()

    @property
    def is_stopping(self) -> bool:
        """Whether the crawl was asked to stop."""
        return self._stopping

    async def run(self) -> None:
        """Visits URLs until none is left, the limit is reached, or `stop` was called.

        Raises:
            OutputError: the output can no longer be written.
            Exception: whatever one of those who listen raised.
        """
        async with self._pool:
            try:
                while self._start_visits():
                    self._wake.clear()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(1.0):
                            await self._wake.wait()
                    if self._fatal is not None:
                        raise self._fatal
                    self._store.flush_if_due()
            finally:
                for visit in self._visits:
                    visit.cancel()
                await asyncio.gather(*self._visits, return_exceptions=True)
            self._store.sync()

    def _start_visits(self) -> bool:
        """Starts what there is room for; False when nothing runs and nothing is left to run."""
        while len(self._visits) < self._config.max_waiting and not self._is_full():
            lease = self._schedule.take()
            if lease is None:
                break
            if self._judge.is_site_full(lease.url):
                self._ledger.release(lease)
                self._schedule.drop_host(lease.host)
                self._schedule.end_visit(lease.host)
                continue
            visit = asyncio.create_task(self._visit(lease))
            self._visits.add(visit)
            visit.add_done_callback(partial(self._end_visit, lease))
        self.stats.queued = self._ledger.queued
        return bool(self._visits)

    def _end_visit(self, lease: Lease, visit: asyncio.Task[None]) -> None:
        self._visits.discard(visit)
        self._asking.discard(visit)
        # Not left to the visit: one that is cancelled before it begins never runs.
        self._schedule.end_visit(lease.host)
        if visit.cancelled():
            with suppress(sqlite3.Error):  # the disk is full; the next run takes its leases back
                self._ledger.release(lease)
        elif visit.exception() is not None:
            self._fatal = visit.exception()
        self._wake.set()

    def _is_full(self) -> bool:
        return self._stopping or (0 < self._config.limit <= self.stats.articles)

    async def _visit(self, lease: Lease) -> None:
        """One URL from lease to row. `_end_visit` releases the lease of a cancelled visit."""
        try:
            await self._read(lease)
        except FetchError as error:
            self._settle_failure(lease, error)
        except (OutputError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - one URL's surprise must not end the crawl
            detail = f"{type(error).__name__}: {error}"
            self._settle(lease, Outcome(state=State.FAILED, reason="internal", detail=detail))

    async def _read(self, lease: Lease) -> None:
        if self._traps.is_trap(lease.url) and not lease.seed:
            self._settle(lease, Outcome(state=State.SKIPPED, reason="trap"))
            return
        delay_s = await self._permission.wait(lease.url)
        async with AsyncExitStack() as in_hand:
            page = await self._fetch(lease, delay_s, in_hand)
            kind = name_kind(page.body, lease.kind)
            if page.is_unchanged:
                self._keep(lease, page)
            elif kind is UrlKind.SITEMAP:
                await self._read_sitemap(lease, page)
            elif kind is UrlKind.FEED:
                found = self._discovery.from_feed(parse_feed(page.body), lease, base=page.url)
                self._settle(lease, outcome_of(page, State.DONE, "feed"), found=found)
            else:
                await self._read_page(lease, page)
                if self.wait_for_reader is not None:
                    with suppress(asyncio.CancelledError):  # what is settled is not given back
                        await self.wait_for_reader()

    def _add_sitemaps(self, sitemaps: tuple[str, ...]) -> None:
        """Queues what a robots.txt names."""
        if self._config.depth:
            self._ledger.add(self._discovery.from_robots(sitemaps))

    async def _fetch(self, lease: Lease, delay_s: float, in_hand: AsyncExitStack) -> Page:
        """The page, in the turn of its host. It stays in hand until `in_hand` is left."""
        aside = StopWatch()

        async def on_redirect(_: str, to: str) -> None:
            if self._discovery.is_off_site(to) and not lease.seed:
                raise OffSite(lease.url, f"redirected to another site, {to}")
            with aside.running():
                await self._await_turn(lease, to)

        host = host_of(lease.url)
        async with self._throttle.slot(host, crawl_delay_s=delay_s, hold=in_hand):
            with self._count_asking(), self._watch_host(host, aside):
                return await self._fetcher.fetch(
                    lease.url,
                    etag=lease.etag,
                    last_modified=lease.last_modified,
                    any_type=lease.kind is not UrlKind.PAGE,
                    on_redirect=on_redirect,
                )
        raise AssertionError  # unreachable: the slot never swallows an exception

    async def _await_turn(self, lease: Lease, url: str) -> None:
        """Waits until a redirect may be followed, as any other request to that host would.

        Raises:
            RobotsRefused: it may not be followed.
            HostPaused: its host asked to be left alone for longer than hosts are ever spaced.
        """
        waits = self._asking.intersection({asyncio.current_task()})
        self._asking -= waits  # `stop` need not wait for a host's turn
        if self._stopping:
            raise asyncio.CancelledError
        host = host_of(url)
        delay_s = await self._permission.ask(url)
        wait_s = self._throttle.wait_s(host)
        if wait_s > max(self._config.throttle.max_delay_s, delay_s):
            raise HostPaused(lease.url, host, retry_after_s=wait_s)
        async with self._throttle.turn(host, crawl_delay_s=delay_s):
            self._asking |= waits

    @contextmanager
    def _count_asking(self) -> Iterator[None]:
        """Marks the visit as one that `stop` lets finish: its page is on the way."""
        visit = asyncio.current_task()
        if visit is not None:
            self._asking.add(visit)
        self.stats.fetching += 1
        try:
            yield
        finally:
            self.stats.fetching -= 1

    @contextmanager
    def _watch_host(self, host: str, aside: StopWatch) -> Iterator[None]:
        """Tells the throttle how the host bears it; what `aside` counts is no fault of the host."""
        whole = StopWatch()
        try:
            with whole.running():
                yield
        except FetchError as error:
            latency_s = whole.elapsed_s - aside.elapsed_s
            self._throttle.note(host, ok=not error.may_retry, latency_s=latency_s)
            raise
        self._throttle.note(host, ok=True, latency_s=whole.elapsed_s - aside.elapsed_s)

    async def _read_sitemap(self, lease: Lease, page: Page) -> None:
        """Queues what a sitemap names, in pieces, so that a million entries stop nobody."""
        found = self._discovery.from_sitemap(parse_sitemap(page.body), lease, base=page.url)
        new = 0
        while chunk := list(islice(found, _CHUNK)):
            new += self._ledger.add(chunk, parent=lease.id, renew=True)
            self._store.note_change()
            await asyncio.sleep(0)
        self._settle(lease, outcome_of(page, State.DONE, "sitemap", detail=f"{new} new URLs"))

    async def _read_page(self, lease: Lease, page: Page) -> None:
        final_url = canonical_url(page.url)
        if lease.seed:
            self._discovery.add_site(final_url)
        if final_url != lease.url and self._settle_moved(lease, page, final_url):
            return
        cleaned = await self._pool.clean(page, lease.version + 1)
        outcome = self._judge.judge(lease, page, cleaned, self._discovery)
        if cleaned.state is State.DONE and 0 < self._config.limit <= self.stats.articles:
            outcome = Outcome(state=State.QUEUED)
        found = list(self._discovery.from_links(cleaned.links, lease))
        line = cleaned.line if outcome.version > lease.version else b""
        # What asks not to be kept, and is obeyed, is not kept in the archive either.
        kept = None if outcome.reason == "directive" else page
        new = self._settle(lease, outcome, line=line, page=kept, found=found)
        shape = path_shape(lease.url)
        leads = new > 0 and any(not f.skip and path_shape(f.url) != shape for f in found)
        # An article that is known, too old or behind a wall is still no calendar.
        is_story = cleaned.state in {State.DONE, State.BLOCKED}
        self._traps.note(lease.url, led_somewhere=leads or is_story)

    def _settle_moved(self, lease: Lease, page: Page, final_url: str) -> bool:
        """Notes where a redirect led; True when that page has been read already."""
        known = self._ledger.find(final_url)
        if (
            known is not None
            and known[0] != lease.id
            and known[1] in {State.DONE, State.NOT_ARTICLE}
        ):
            self._settle(lease, outcome_of(page, State.DUPLICATE, "redirect", first=known[0]))
            return True
        self._ledger.add_alias(final_url, lease)
        return False

    def _keep(self, lease: Lease, page: Page) -> None:
        """Settles a page that the server says has not changed."""
        state = self._ledger.keep(
            lease,
            status=page.status,
            attempts=page.attempts,
            elapsed_ms=round(page.elapsed_s * 1000),
        )
        self._store.note_change()
        outcome = outcome_of(page, state, "unchanged")
        self.stats.count(outcome, kind=lease.kind)
        self._notify(self.on_outcome, lease, outcome)

    def _settle_failure(self, lease: Lease, error: FetchError) -> None:
        """Settles a page that could not be fetched, or puts it back where the host says "later"."""
        host = host_of(lease.url)
        if isinstance(error, RobotsRefused) and error.failure and host_of(error.url) == host:
            self._leave_host(lease, error)
            return
        retry_after_s = getattr(error, "retry_after_s", None)
        if retry_after_s is not None:
            self._throttle.pause(host, retry_after_s)
            if retry_after_s > self._config.fetch.max_retry_wait_s:
                self._tell(host, f"asked to be left alone for {retry_after_s:.0f} s")
            if lease.attempts + error.attempts < _MAX_POSTPONED:
                self._ledger.postpone(lease, attempts=error.attempts)
                return
        self._settle(lease, judge_failure(error))

    def _leave_host(self, lease: Lease, error: RobotsRefused) -> None:
        """Leaves a host whose robots.txt cannot be read to the next run; a seed's row says why."""
        self._schedule.drop_host(lease.host)
        if lease.seed:
            self._settle(lease, judge_failure(error))
        else:
            self._ledger.release(lease)
        if lease.host in self._ledger.waiting:
            self.stats.hosts_left.add(host_of(lease.url))
            self._tell(host_of(lease.url), f"{error.problem}; its URLs wait for the next run")

    def _tell(self, host: str, what: str) -> None:
        """Says what is the matter with a host, once."""
        if host not in self._told:
            self._told.add(host)
            self._notify(self.on_notice, f"{host}: {what}")

    def _settle(
        self,
        lease: Lease,
        outcome: Outcome,
        *,
        line: bytes = b"",
        page: Page | None = None,
        found: Iterable[Found] = (),
    ) -> int:
        """Writes the row, counts it, and tells whoever listens; how many URLs were new."""
        if outcome.state is State.QUEUED:
            self._ledger.release(lease)
            if not self._is_full():  # of its site there is enough
                self._schedule.drop_host(lease.host)
            return 0
        new = self._store.put(lease, outcome, line=line, page=page, found=found)
        self.stats.count(outcome, kind=lease.kind)
        self._notify(self.on_outcome, lease, outcome)
        if line:
            self._notify(self._on_record, line)
        if line and self._is_full():
            self._drain()
        return new

    def _notify(self, listener: Callable[..., None] | None, *told: object) -> None:
        """Tells who listens. What they raise ends the crawl; the row that they hear of stays."""
        if listener is None:
            return
        try:
            listener(*told)
        except Exception as error:  # noqa: BLE001 - `run` raises it
            self._fatal = self._fatal or error
            self._wake.set()
