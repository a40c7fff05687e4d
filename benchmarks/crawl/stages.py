"""Where the CPU of a crawl goes besides fetching: milliseconds a page, stage by stage.

    python -m benchmarks.crawl.stages [--pages 60] [--rounds 5] [--corpus DIR]...

Runs every stage by itself, in one process, over the stories of `benchmarks.crawl.site` (200 KB a
page; real ones with `--corpus`), and prints the median over the rounds of the mean over the pages.
What a crawl spends besides is fetching (`benchmarks.fetch.run`), the event loop, and starting its
workers.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.crawl.site import make_story, read_corpora
from cleaners import clean_html
from cleaners.config import CleanConfig
from cleaners.decode import decode_page
from scraper.archive import Archive
from scraper.cleaning.clean_page import build_record, clean_page, encode_record
from scraper.cleaning.cleaned import Cleaned, CleanOptions
from scraper.cleaning.fingerprint import fingerprint_text
from scraper.cleaning.frames import SIZES, pack_cleaned, pack_page, unpack_cleaned, unpack_page
from scraper.cleaning.soft_block import judge_page_access, robots_directives
from scraper.crawl_config import CrawlConfig
from scraper.crawling.outcome import outcome_of
from scraper.crawling.schedule import Schedule
from scraper.discover import Discovery
from scraper.finding.links import find_links
from scraper.page import Page
from scraper.states import Found, State
from scraper.store import Store

CLEANING = "(clean_html)"
STORIES = 20
URL = "http://127.0.0.1:8080/2026/11/{}-story-number-{}-of-the-paper.html"


@dataclass(slots=True)
class Costs:
    """CPU seconds by stage, of each round."""

    rounds: dict[str, list[float]] = field(default_factory=dict)

    def begin_round(self) -> None:
        """Counts from nothing again."""
        for seconds in self.rounds.values():
            seconds.append(0.0)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Counts the CPU of what happens inside."""
        before = time.process_time()
        yield
        self.rounds.setdefault(name, [0.0])[-1] += time.process_time() - before


def make_pages(count: int, corpora: list[Path]) -> list[Page]:
    """Stories as they come from the fetcher."""
    bodies = read_corpora(corpora)[:count]
    bodies = bodies or [make_story(number, STORIES, 200_000) for number in range(count)]
    return [
        Page(
            url=URL.format(number, number),
            requested_url=URL.format(number, number),
            status=200,
            headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
            body=body,
            wire_body=gzip.compress(body, 6),
            http_version="HTTP/1.1",
            fetched_at=datetime.now(UTC),
            elapsed_s=0.1,
        )
        for number, body in enumerate(bodies)
    ]


def read_frame(frame: bytes) -> tuple[dict[str, Any], bytes]:
    """Head and body of a frame, as the process at the other end reads them."""
    head_size, _ = SIZES.unpack(frame[: SIZES.size])
    end = SIZES.size + head_size
    return json.loads(frame[SIZES.size : end]), frame[end:]


def run_round(costs: Costs, pages: list[Page], folder: Path) -> None:
    """Every stage once over all pages."""
    config = CrawlConfig(out=folder, archive=False)
    archive = Archive(folder / "archive")
    discovery = Discovery(config, frozenset({"127.0.0.1:8080"}))
    by_url = {page.url: page for page in pages}
    with Store(folder, config) as store:
        store.ledger.add([Found(url=page.url, priority=1000) for page in pages])
        schedule = Schedule(store.ledger, per_host=len(pages))
        for _ in pages:
            with costs.stage("ledger, output"):
                lease = schedule.take()
            if lease is None:
                raise AssertionError("the queue is empty too early")
            page = by_url[lease.url]
            cleaned = run_worker(costs, page)
            with costs.stage("links to queue"):
                found = list(discovery.from_links(cleaned.links, lease))
            with costs.stage("archive"):
                place = archive.append(page)
            with costs.stage("ledger, output"):
                if cleaned.prints is not None:
                    store.ledger.find_twin(lease, cleaned.prints, cleaned.canonical_url)
                outcome = outcome_of(page, State.DONE, "", cleaned=cleaned, version=1)
                outcome = replace(outcome, archived=place)
                store.put(lease, outcome, line=cleaned.line, found=found)
                schedule.end_visit(lease.host)
        with costs.stage("ledger, output"):
            store.sync()
    archive.close()


def run_worker(costs: Costs, page: Page) -> Cleaned:
    """What a worker makes of a page, stage by stage, and the way there and back."""
    options = CleanOptions(clean=CleanConfig())
    with costs.stage("frames"):
        there, _ = unpack_page(*read_frame(pack_page(page, 1)))
    with costs.stage("decode"):
        html = decode_page(there.body, there.content_type)
    with costs.stage(CLEANING):
        article = clean_html(html, url=there.url)
    with costs.stage("links"):
        find_links(html, there.url)
    with costs.stage("walls, directives"):
        judge_page_access(there, article.text)
        robots_directives(there)
    with costs.stage("record, JSON"):
        encode_record(build_record(there, article, version=1, options=options))
    with costs.stage("fingerprints"):
        fingerprint_text(article.text)
    cleaned = clean_page(there, 1, options)
    with costs.stage("frames"):
        return unpack_cleaned(*read_frame(pack_cleaned(cleaned)))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--corpus", type=Path, action="append", default=[])
    options = parser.parse_args()
    pages = make_pages(options.pages, options.corpus)
    costs = Costs()
    for _ in range(options.rounds + 1):
        with tempfile.TemporaryDirectory() as folder:
            run_round(costs, pages, Path(folder))
        costs.begin_round()
    total = 0.0
    for stage, seconds in costs.rounds.items():
        # The first round warms up, the last one was only begun.
        cost_ms = statistics.median(seconds[1:-1]) / len(pages) * 1000
        total += 0.0 if stage == CLEANING else cost_ms
        print(f"{stage:20} {cost_ms:6.2f} ms")
    print(f"{'all but clean_html':20} {total:6.2f} ms")


if __name__ == "__main__":
    main()
