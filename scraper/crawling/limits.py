"""What an earlier run skipped for its limits, queued where this one has wider limits."""

from __future__ import annotations

import json
import math
from functools import partial

from scraper.crawl_config import CrawlConfig
from scraper.discover import Discovery
from scraper.ledger import Ledger


def take_up_skipped(ledger: Ledger, config: CrawlConfig, discovery: Discovery) -> None:
    """Queues what a run with other limits skipped and this one would take."""
    limits = json.dumps([config.depth, config.since, config.include, config.exclude])
    known = ledger.meta("limits")
    if known == limits:
        return
    depth_was, since_was = json.loads(known)[:2] if known else (0, math.inf)
    ledger.requeue_skipped(partial(discovery.judge_again, since_was=since_was))
    if depth_was == 0 < config.depth:  # the links of its seeds were not looked at
        ledger.forget_validators()
    ledger.set_meta("limits", limits)
