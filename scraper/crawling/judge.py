"""What a cleaned page is to one crawl: new, changed, known already, too old, or one too many."""

from __future__ import annotations

from collections import Counter

from scraper.cleaning.cleaned import Cleaned
from scraper.crawl_config import CrawlConfig
from scraper.crawling.outcome import outcome_of
from scraper.discover import Discovery
from scraper.ledger import Ledger
from scraper.page import Page
from scraper.states import Lease, Outcome, State
from scraper.urls import host_of, site_key


class ArticleJudge:
    """Judges the cleaned pages of one run, and counts the articles of each site."""

    def __init__(self, config: CrawlConfig, ledger: Ledger) -> None:
        self._per_site = config.per_site
        self._ledger = ledger
        self._stored: Counter[str] = Counter()

    def is_site_full(self, url: str) -> bool:
        """Whether this run has stored from the site of `url` what `per_site` allows."""
        return 0 < self._per_site <= self._stored[site_key(host_of(url))]

    def judge(self, lease: Lease, page: Page, cleaned: Cleaned, discovery: Discovery) -> Outcome:
        """What becomes of a page. One too many goes back into the queue for a later run."""
        prints = cleaned.prints
        if cleaned.state is not State.DONE or prints is None:
            return outcome_of(page, cleaned.state, cleaned.reason, cleaned=cleaned)
        state, reason, first, version = State.DONE, "", 0, 0
        if lease.version and lease.content_hash == prints.text:
            reason = "unchanged"
        elif twin := self._ledger.find_twin(lease, prints, cleaned.canonical_url):
            state, reason, first = State.DUPLICATE, "same-text", twin
        elif discovery.is_too_old(cleaned.published):
            state, reason = State.SKIPPED, "before-since"
        elif self.is_site_full(page.url):
            return Outcome(state=State.QUEUED)
        else:
            version = lease.version + 1
            self._stored[site_key(host_of(page.url))] += 1
        return outcome_of(page, state, reason, cleaned=cleaned, first=first, version=version)
