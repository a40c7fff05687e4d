"""Leave to ask for a URL: what its robots.txt says, waited for where its server is in trouble."""

from __future__ import annotations

from collections.abc import Callable

from scraper.crawl_config import CrawlConfig
from scraper.errors import RobotsRefused
from scraper.fetch import Fetcher
from scraper.robots import RobotsCache
from scraper.throttle import Throttle
from scraper.urls import host_of

# Times that a URL waits until an unreachable robots.txt may be asked for again.
_MAX_WAITS = 3


class Permission:
    """Asks robots.txt for the visits of one crawl.

    `on_sitemaps` hears, once for each host, of the sitemaps that its robots.txt names.
    """

    def __init__(
        self,
        config: CrawlConfig,
        *,
        fetcher: Fetcher,
        throttle: Throttle,
        on_sitemaps: Callable[[tuple[str, ...]], None],
    ) -> None:
        self._throttle = throttle
        self._longest_wait_s = config.throttle.max_delay_s
        self._on_sitemaps = on_sitemaps
        self._hosts: set[str] = set()
        self._robots = RobotsCache(
            fetcher,
            config.robots,
            robots_name=config.fetch.robots_name,
            slot=throttle.turn,
        )

    async def wait(self, url: str) -> float:
        """As `ask`, and again after the time that a server in trouble names, if it is short."""
        host = host_of(url)
        for _ in range(_MAX_WAITS):
            try:
                return await self.ask(url)
            except RobotsRefused as refused:
                if refused.wait_s is None or refused.wait_s > self._longest_wait_s:
                    raise
                self._throttle.pause(host, refused.wait_s)
            async with self._throttle.turn(host):
                pass
        return await self.ask(url)

    async def ask(self, url: str) -> float:
        """The crawl delay of the host.

        Raises:
            RobotsRefused: the URL is forbidden, or robots.txt cannot be read.
        """
        answer = await self._robots.check(url)
        if not answer.allowed:
            wait_s = answer.retry_after_s if answer.is_asked else None
            raise RobotsRefused(url, answer.reason, failure=answer.failure, wait_s=wait_s)
        host = host_of(url)
        if host not in self._hosts:
            self._hosts.add(host)
            self._on_sitemaps(answer.sitemaps)
        return answer.crawl_delay_s
