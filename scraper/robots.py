"""robots.txt (RFC 9309): may this URL be asked for, and how often.

What cannot be read is decided as the RFC says: "unavailable" (4xx) allows everything, "unreachable"
(5xx, no connection) forbids everything until it can be read again. An HTML page in its place, as
many servers send for every unknown path, says nothing and so allows.
"""

from __future__ import annotations

import asyncio
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego

from scraper.config import RobotsConfig
from scraper.errors import AddressRefused, BadStatus, FetchError, RedirectFailed, UrlRefused
from scraper.page import Page
from scraper.urls import join_url

# Parsed files kept ready; the others wait compressed (a tenth of the memory) and are parsed again.
_MAX_PARSED = 1_000
_MARKUP = ("<!doctype", "<html", "<head", "<body", "<?xml", "<!--", "<script", "<title")


class PageFetcher(Protocol):
    """What `RobotsCache` needs of a `Fetcher`."""

    async def fetch(
        self, url: str, *, max_bytes: int, cut: bool, any_type: bool, max_redirects: int
    ) -> Page:
        """The page at a URL."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsAnswer:
    """What robots.txt says about one URL.

    `reason` is empty where the URL is allowed, else one line for the ledger. `failure` is the
    `kind` of the error that kept robots.txt from being read (`dns`, `timeout`, `status`), else
    empty: a host that is down is not one that forbids. `retry_after_s` is then when to ask again,
    and `is_asked` says that the server named that time. `crawl_delay_s` is capped, and 0 where
    none is given; `sitemaps` are absolute URLs.
    """

    allowed: bool
    crawl_delay_s: float = 0.0
    sitemaps: tuple[str, ...] = ()
    reason: str = ""
    failure: str = ""
    retry_after_s: float | None = None
    is_asked: bool = False


class RobotsRules:
    """One robots.txt, parsed when first asked and put away compressed in between."""

    def __init__(self, text: str) -> None:
        self._packed = zlib.compress(text.encode("utf-8", "surrogatepass"), 1) if text else b""

    @cached_property
    def parsed(self) -> Protego:
        """The rules. Empty for an empty file, which allows everything."""
        text = zlib.decompress(self._packed).decode("utf-8", "surrogatepass")
        return Protego.parse(text)

    @property
    def is_empty(self) -> bool:
        """Whether there are no rules at all."""
        return not self._packed

    def put_away(self) -> None:
        """Forget the parsed form."""
        self.__dict__.pop("parsed", None)


@dataclass(slots=True, kw_only=True)
class _Entry:
    """What is known of one origin until `until` (on the cache's clock)."""

    until: float
    rules: RobotsRules
    failure: str = ""
    problem: str = ""
    is_asked: bool = False


class RobotsCache:
    """robots.txt of every origin, each fetched once a day and by one task however many ask.

    `slot` gives the turn of a host in which robots.txt is fetched: `Throttle.turn`, not its `slot`,
    since `check` is also called while a slot is held, on a redirect. `clock` counts seconds and
    never goes back.
    """

    def __init__(
        self,
        fetcher: PageFetcher,
        config: RobotsConfig | None = None,
        *,
        robots_name: str = "sanspub",
        clock: Callable[[], float] = time.monotonic,
        slot: Callable[[str], AbstractAsyncContextManager[object]] | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._config = config or RobotsConfig()
        self._name = robots_name
        self._clock = clock
        self._slot = slot or (lambda _: nullcontext())
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._parsed: OrderedDict[str, RobotsRules] = OrderedDict()
        self._under_way: dict[str, asyncio.Task[_Entry]] = {}

    async def check(self, url: str) -> RobotsAnswer:
        """Whether a URL may be asked for. Fetches its origin's robots.txt at most once a day.

        Raises:
            UrlRefused: not a URL with scheme and host.
        """
        if self._config.ignore:
            return RobotsAnswer(allowed=True)
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UrlRefused(url[:100], "not an http or https URL")
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        entry = self._entries.get(origin)
        if entry is None or entry.until <= self._clock():
            entry = await self._refresh(origin)
        else:
            self._entries.move_to_end(origin)
        return self._judge(origin, entry, url)

    async def _refresh(self, origin: str) -> _Entry:
        """The entry, fetched now; shared by all who ask meanwhile, unharmed if one gives up."""
        task = self._under_way.get(origin)
        if task is None:
            task = asyncio.ensure_future(self._fetch_entry(origin))
            self._under_way[origin] = task
            task.add_done_callback(lambda _: self._under_way.pop(origin, None))
        return await asyncio.shield(task)

    async def _fetch_entry(self, origin: str) -> _Entry:
        """Fetch robots.txt and remember what came of it."""
        old = self._entries.get(origin)
        try:
            async with self._slot(urlsplit(origin).netloc):
                page = await self._fetcher.fetch(
                    f"{origin}/robots.txt",
                    max_bytes=self._config.max_bytes,
                    cut=True,
                    any_type=True,
                    max_redirects=self._config.max_redirects,
                )
        except FetchError as error:
            entry = self._judge_failure(error, old)
        else:
            entry = _Entry(
                until=self._clock() + self._config.keep_s, rules=RobotsRules(read_robots(page))
            )
        self._entries[origin] = entry
        self._entries.move_to_end(origin)
        if len(self._entries) > self._config.max_hosts:
            gone, _ = self._entries.popitem(last=False)
            self._parsed.pop(gone, None)
        return entry

    def _judge_failure(self, error: FetchError, old: _Entry | None) -> _Entry:
        """Unavailable: allow. Unreachable: the last known rules, else forbid, for a while.

        RFC 9309 sections 2.3.1.2 to 2.3.1.4. 429 is a server in trouble, not a missing file, as
        Google also reads it.
        """
        now = self._clock()
        is_unavailable = isinstance(error, RedirectFailed) or (
            isinstance(error, BadStatus) and 400 <= error.status < 500 and error.status != 429
        )
        if is_unavailable:
            return _Entry(until=now + self._config.keep_s, rules=RobotsRules(""))
        asked = error.retry_after_s if isinstance(error, BadStatus) else None
        wait_s = self._config.retry_unreachable_s if asked is None else max(asked, 1.0)
        if old is not None and not old.failure:
            return _Entry(until=now + wait_s, rules=old.rules)
        return _Entry(
            until=now + wait_s,
            rules=RobotsRules(""),
            failure=error.kind,
            problem=_describe_failure(error),
            is_asked=asked is not None,
        )

    def _judge(self, origin: str, entry: _Entry, url: str) -> RobotsAnswer:
        """The answer for one URL of an origin."""
        if entry.failure:
            return RobotsAnswer(
                allowed=False,
                reason=entry.problem,
                failure=entry.failure,
                retry_after_s=max(entry.until - self._clock(), 0.0),
                is_asked=entry.is_asked,
            )
        if entry.rules.is_empty:
            return RobotsAnswer(allowed=True)
        rules = self._parse(origin, entry.rules)
        allowed = rules.can_fetch(url, self._name)
        delay = rules.crawl_delay(self._name) or 0.0
        rate = rules.request_rate(self._name)
        if rate is not None:
            delay = max(delay, rate.seconds / rate.requests)
        return RobotsAnswer(
            allowed=allowed,
            crawl_delay_s=min(max(delay, 0.0), self._config.max_crawl_delay_s),
            sitemaps=tuple(dict.fromkeys(_read_sitemaps(rules, origin))),
            reason="" if allowed else "robots.txt forbids it",
        )

    def _parse(self, origin: str, rules: RobotsRules) -> Protego:
        """The parsed rules, of which only the latest `_MAX_PARSED` are kept."""
        self._parsed[origin] = rules
        self._parsed.move_to_end(origin)
        if len(self._parsed) > _MAX_PARSED:
            _, old = self._parsed.popitem(last=False)
            old.put_away()
        return rules.parsed


def _describe_failure(error: FetchError) -> str:
    """Why a host is closed, in one line; an address that is refused is no fault of robots.txt."""
    if isinstance(error, AddressRefused):
        return f"{error.problem}; --allow-private permits it"
    return f"robots.txt unreachable: {error.problem}"


def read_robots(page: Page) -> str:
    """The text of a robots.txt, or an empty string for a page of HTML in its place.

    UTF-8 (RFC 9309 section 2.3), a byte order mark dropped; cut at the last whole line.
    """
    text = page.body.decode("utf-8-sig", "replace")
    if page.is_cut:
        text = text.rpartition("\n")[0]
    return "" if text.lstrip()[:60].lower().startswith(_MARKUP) else text


def _read_sitemaps(rules: Protego, origin: str) -> list[str]:
    """Absolute http and https sitemap URLs, in order; a relative one is taken from the origin."""
    urls = (join_url(f"{origin}/robots.txt", url.strip()) for url in rules.sitemaps)
    return [url for url in urls if url.lower().startswith(("http://", "https://"))]
