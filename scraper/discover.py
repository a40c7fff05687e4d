"""From what was read to what to read next: feeds, sitemaps and links -> `Found`.

Everything that is left out stays in the ledger with the reason, except addresses on other sites:
nobody asked for those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from scraper.crawl_config import CrawlConfig
from scraper.errors import UrlRefused
from scraper.finding.feeds import Entry, parse_date
from scraper.finding.links import Link
from scraper.states import Found, Lease, Skipped, UrlKind
from scraper.urls import canonical_url, find_trap, host_of, is_media, path_shape, site_key

# Places in the queue, 0..1000. What names many addresses goes first; a feed holds what is new, a
# sitemap everything; a link is as good as it looks.
SEED_PRIORITY = 1000
SITEMAP_PRIORITY = 950
FEED_PRIORITY = 900
FEED_ENTRY_PRIORITY = 800
SITEMAP_ENTRY_PRIORITY = 500
_LINK_FACTOR = 7  # a link of score 100 stands at 700

# Links remembered so as not to ask the ledger again: about 15 MB.
_MAX_KNOWN = 200_000
# Sitemaps may name sitemaps that name sitemaps; the protocol allows one level, sites use two.
MAX_SITEMAP_DEPTH = 4


class Discovery:
    """Turns entries and links into what the ledger takes, by the rules of one crawl."""

    def __init__(self, config: CrawlConfig, sites: frozenset[str]) -> None:
        self._config = config
        self._sites = set(sites)
        self._known: set[int] = set()
        self._include = [re.compile(pattern) for pattern in config.include]
        self._exclude = [re.compile(pattern) for pattern in config.exclude]

    def add_site(self, url: str) -> None:
        """Lets the crawl follow links on the site of `url`: where a seed turned out to live."""
        self._sites.add(site_key(host_of(url)))

    def is_off_site(self, url: str) -> bool:
        """Whether a URL is on none of the crawl's sites."""
        return site_key(host_of(url)) not in self._sites

    def is_too_old(self, published: str) -> bool:
        """Whether an article says that it was published before `since`."""
        return 0 < parse_date(published) < self._config.since

    def from_links(self, links: Iterable[Link], lease: Lease) -> Iterator[Found]:
        """What the links of a page lead to, less what was named lately.

        Every page repeats its site's navigation; asking the ledger for each would cost more than
        all the rest. Feeds are read from front pages and their sections only.
        """
        depth = lease.depth + 1
        for link in links if self._config.depth else ():
            if hash(link.url) in self._known:
                continue
            kind = UrlKind.FEED if link.is_feed and lease.depth <= 1 else UrlKind.PAGE
            priority = FEED_PRIORITY if kind is UrlKind.FEED else link.score * _LINK_FACTOR
            found = self._found(link.url, kind=kind, priority=priority, depth=depth)
            if found.skip != "too-far":  # another page may name it nearer to a seed
                if len(self._known) >= _MAX_KNOWN:
                    self._known.clear()  # flat memory; the ledger knows them all
                self._known.add(hash(link.url))
            yield found

    def from_feed(
        self, entries: Iterable[Entry], lease: Lease, *, base: str = ""
    ) -> Iterator[Found]:
        """What a feed names; `base` is where it was found, if that is not the URL of the lease.

        A feed that is a seed is asked for what it names, wherever that is: those sites join the
        crawl. Off-site entries of others are recorded and left: portals list other papers.
        """
        for entry in entries:
            for found in self._from_entry(
                entry, lease, priority=FEED_ENTRY_PRIORITY, base=base or lease.url
            ):
                if self.is_off_site(found.url):
                    if not lease.seed:
                        yield replace(found, skip="off-site")
                        continue
                    self.add_site(found.url)
                yield found

    def from_sitemap(
        self, entries: Iterable[Entry], lease: Lease, *, base: str = ""
    ) -> Iterator[Found]:
        """What a sitemap or an index names; files with nothing newer than `since` are skipped."""
        for entry in entries:
            if entry.is_index and lease.depth >= MAX_SITEMAP_DEPTH:
                continue
            priority = SITEMAP_PRIORITY if entry.is_index else SITEMAP_ENTRY_PRIORITY
            for found in self._from_entry(entry, lease, priority=priority, base=base or lease.url):
                if entry.is_index or not self.is_off_site(found.url):
                    yield found

    def from_robots(self, sitemaps: Iterable[str]) -> Iterator[Found]:
        """The sitemaps that robots.txt names, wherever they are kept."""
        for sitemap in sitemaps:
            try:
                url = canonical_url(sitemap)
            except UrlRefused:
                continue
            yield Found(url=url, kind=UrlKind.SITEMAP, priority=SITEMAP_PRIORITY, depth=1)

    def _from_entry(
        self, entry: Entry, lease: Lease, *, priority: int, base: str
    ) -> Iterator[Found]:
        try:
            url = canonical_url(entry.url, base=base)
        except UrlRefused:
            return
        kind = UrlKind.SITEMAP if entry.is_index else UrlKind.PAGE
        depth = lease.depth + 1 if entry.is_index else 1
        found = self._found(url, kind=kind, priority=priority, depth=depth, changed=entry.changed)
        yield found

    def judge_again(self, skipped: Skipped, *, since_was: float) -> str:
        """Why a URL that an earlier run skipped is still to be skipped, or an empty string.

        `since_was` is the `since` of that run. What it skipped unseen is older than that.
        """
        if skipped.reason == "before-since":
            is_unseen = not skipped.published and 0 < since_was <= self._config.since
            if is_unseen or self.is_too_old(skipped.published):
                return "before-since"
        return self._judge_url(skipped.url, kind=skipped.kind, depth=skipped.depth, changed=0.0)

    def _found(
        self, url: str, *, kind: UrlKind, priority: int, depth: int, changed: float = 0.0
    ) -> Found:
        return Found(
            url=url,
            kind=kind,
            priority=priority,
            depth=depth,
            changed=changed,
            skip=self._judge_url(url, kind=kind, depth=depth, changed=changed),
        )

    def _judge_url(self, url: str, *, kind: UrlKind, depth: int, changed: float) -> str:
        """Why a URL is not to be fetched, or an empty string."""
        if 0 < changed < self._config.since:
            return "before-since"
        if kind is not UrlKind.PAGE:
            return ""
        if depth > self._config.depth:
            return "too-far"
        if self._include and not any(pattern.search(url) for pattern in self._include):
            return "not-included"
        if any(pattern.search(url) for pattern in self._exclude):
            return "excluded"
        return "media" if is_media(url) else find_trap(url)


@dataclass(slots=True)
class TrapWatch:
    """Counts, for pages of one shape, how many in a row led to nothing: calendars never end.

    A page leads to something if it is an article or names new addresses of another shape.
    """

    limit: int
    _barren: dict[str, int] = field(default_factory=dict)

    def is_trap(self, url: str) -> bool:
        """Whether pages of this shape are no longer worth a visit."""
        return self._barren.get(path_shape(url), 0) >= self.limit

    def note(self, url: str, *, led_somewhere: bool) -> None:
        """Remembers what one page led to."""
        shape = path_shape(url)
        if led_somewhere:
            self._barren.pop(shape, None)
        elif len(self._barren) < 100_000:  # flat memory; more shapes than this are no template
            self._barren[shape] = self._barren.get(shape, 0) + 1
