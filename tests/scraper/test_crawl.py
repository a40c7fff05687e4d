"""The crawl over real sockets: every URL ends with a state and a reason, articles come out once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import aclosing, closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from small_paper import Answer, Paper, serve_paper

from scraper.cleaning.clean_page import clean_page
from scraper.cleaning.cleaned import Cleaned, CleanOptions
from scraper.commands.views import read_status
from scraper.config import FetchConfig, ThrottleConfig
from scraper.crawl import Crawl
from scraper.crawl_config import CrawlConfig
from scraper.errors import ConfigError, LedgerLocked, OutputError
from scraper.fetch import Fetcher
from scraper.files.replay import replay_pages
from scraper.finding.feeds import parse_date
from scraper.ledger import Ledger
from scraper.page import Page
from scraper.run import crawl, crawl_sync
from scraper.store import Store
from scraper.workers import WorkerPool

ROOT = Path(__file__).resolve().parents[2]
WORDS = (
    "bridge", "market", "school", "theatre", "library", "hospital", "station", "harbour", "museum",
    "garden", "orchard", "quarry", "foundry", "chapel", "tavern", "windmill", "castle", "viaduct",
    "granary", "brewery", "bakery", "tannery", "sawmill", "armoury", "dockyard", "reservoir",
    "meadow", "vineyard", "lighthouse", "barracks", "cathedral", "aqueduct", "arsenal", "abbey",
    "tramway", "ferry", "prison", "stadium", "arcade", "cinema",
)  # fmt: skip


@pytest.fixture
def paper() -> Iterator[Paper]:
    with serve_paper() as served:
        yield served


@pytest.fixture
def config(tmp_path: Path) -> CrawlConfig:
    return CrawlConfig(
        out=tmp_path / "out",
        workers=0,
        fetch=FetchConfig(allow_private=True, max_attempts=1, proxy_from_env=False, deadline_s=5.0),
        throttle=ThrottleConfig(min_delay_s=0.0, latency_factor=0.0),
    )


def run(paper: Paper, config: CrawlConfig, *paths: str) -> list[str]:
    """Paths of the articles that one run stores, in order."""
    seeds = [paper.base + path for path in paths or ("/",)]
    return [record["url"].removeprefix(paper.base) for record in crawl_sync(seeds, config)]


def rows(config: CrawlConfig) -> dict[str, tuple[str, str]]:
    """State and reason of every URL in the ledger, by path."""
    assert config.out is not None
    with closing(sqlite3.connect(config.out / "ledger.sqlite")) as db:
        found = db.execute("SELECT url, state, reason FROM urls").fetchall()
    return {"/" + url.split("/", 3)[3]: (state, reason) for url, state, reason in found}


def records(config: CrawlConfig) -> list[dict[str, Any]]:
    assert config.out is not None
    return [json.loads(line) for line in (config.out / "articles.jsonl").read_bytes().splitlines()]


def test_articles_are_found_by_links_and_stored_once(paper: Paper, config: CrawlConfig) -> None:
    paper.front("/", ("/news/one-story", "/news/two-story", "/news/one-story#part"))
    paper.story("/news/one-story", "one", links=("/news/two-story",))
    paper.story("/news/two-story", "two", links=("/news/three-story",))
    paper.story("/news/three-story", "three")
    assert sorted(run(paper, config)) == ["/news/one-story", "/news/three-story", "/news/two-story"]
    assert max(paper.asked.values()) == 1
    assert rows(config)["/"] == ("not-article", "section")
    stored = {record["url"]: record for record in records(config)}
    record = stored[paper.base + "/news/one-story"]
    assert record["schema"] == 1
    assert record["site"] == paper.base.removeprefix("http://")
    assert record["fetched"].endswith("Z")
    assert "one bridge" in record["text"]


def test_feed_and_sitemap_are_followed(paper: Paper, config: CrawlConfig) -> None:
    paper.front("/", (), head='<link rel=alternate type="application/rss+xml" href="/rss">')
    item = f"<item><link>{paper.base}/news/from-feed</link></item>"
    paper.page("/rss", f"<rss><channel>{item}</channel></rss>", Content_Type="application/rss+xml")
    paper.page("/robots.txt", f"Sitemap: {paper.base}/index.xml", Content_Type="text/plain")
    paper.page(
        "/index.xml",
        f"<sitemapindex><sitemap><loc>{paper.base}/map.xml</loc></sitemap>"
        f"<sitemap><loc>{paper.base}/index.xml</loc></sitemap></sitemapindex>",
        Content_Type="application/xml",
    )
    paper.page(
        "/map.xml",
        f"<urlset><url><loc>{paper.base}/news/from-map</loc></url></urlset>",
        Content_Type="application/xml",
    )
    paper.story("/news/from-feed", "feed")
    paper.story("/news/from-map", "map")
    assert sorted(run(paper, config)) == ["/news/from-feed", "/news/from-map"]
    states = rows(config)
    assert states["/rss"] == ("done", "feed")
    assert states["/map.xml"] == states["/index.xml"] == ("done", "sitemap")


def test_seed_may_be_a_feed(paper: Paper, config: CrawlConfig) -> None:
    paper.page(
        "/rss",
        "<rss><channel><item><link>/news/a-story</link></item></channel></rss>",
        Content_Type="text/xml",
    )
    paper.story("/news/a-story", "a")
    assert run(paper, config, "/rss") == ["/news/a-story"]
    assert run(paper, config, "/rss") == []
    assert paper.asked["/rss"] == 2
    assert rows(config)["/rss"] == ("done", "feed")


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (Answer(status=404), ("gone", "http-404")),
        (Answer(status=410), ("gone", "http-410")),
        (Answer(status=403), ("blocked", "http-403")),
        (Answer(status=451), ("blocked", "http-451")),
        (Answer(status=500), ("failed", "http-500")),
        (Answer(b"%PDF-1.7 binary"), ("not-article", "content-type")),
        (Answer(b"x", headers={"Content-Type": "image/png"}), ("not-article", "content-type")),
        (Answer(b""), ("not-article", "empty-body")),
        (Answer(b"  \n "), ("not-article", "empty-body")),
        (Answer(status=301, headers={"Location": "/page"}), ("failed", "redirect")),
        (Answer(b"\x1f\x8bbroken", headers={"Content-Encoding": "gzip"}), ("failed", "protocol")),
    ],
)
def test_what_became_of_a_bad_page_is_in_the_ledger(
    paper: Paper, config: CrawlConfig, answer: Answer, wanted: tuple[str, str]
) -> None:
    paper.answers["/page"] = answer
    assert run(paper, config, "/page") == []
    assert rows(config)["/page"] == wanted


def test_unreachable_host_fails_with_the_reason(paper: Paper, config: CrawlConfig) -> None:
    assert list(crawl_sync(["http://127.0.0.1:9/"], config)) == []
    assert rows(config)["/"] == ("failed", "connect")


def test_private_address_is_refused_without_the_flag(paper: Paper, config: CrawlConfig) -> None:
    paper.story("/news/a-story", "a")
    config = replace(config, fetch=replace(config.fetch, allow_private=False))
    assert run(paper, config, "/news/a-story") == []
    assert rows(config)["/news/a-story"] == ("blocked", "address-refused")
    assert not paper.asked
    assert config.out is not None
    with Ledger(config.out / "ledger.sqlite") as ledger:
        ((*_, detail),) = ledger.failures(1)
    assert detail.endswith("; --allow-private permits it")
    assert "robots" not in detail


def test_seed_that_is_older_than_since_is_no_failure(paper: Paper, config: CrawlConfig) -> None:
    old = '<meta property="article:published_time" content="2020-01-01T08:00:00Z">'
    paper.story("/news/a-story", "a", head=old)
    config = replace(config, since=parse_date("2026-01-01"))
    assert run(paper, config, "/news/a-story") == []
    assert rows(config)["/news/a-story"] == ("skipped", "before-since")
    assert config.out is not None
    with Ledger(config.out / "ledger.sqlite") as ledger:
        assert not ledger.has_failures()


def test_robots_txt_is_obeyed(paper: Paper, config: CrawlConfig) -> None:
    paper.page("/robots.txt", "User-agent: *\nDisallow: /private", Content_Type="text/plain")
    paper.front("/", ("/private/story-of-a", "/public/story-of-b"))
    paper.story("/private/story-of-a", "a")
    paper.story("/public/story-of-b", "b")
    assert run(paper, config) == ["/public/story-of-b"]
    assert rows(config)["/private/story-of-a"] == ("blocked", "robots")
    assert "/private/story-of-a" not in paper.asked


def test_redirect_into_a_forbidden_path_is_not_followed(paper: Paper, config: CrawlConfig) -> None:
    paper.page("/robots.txt", "User-agent: *\nDisallow: /private", Content_Type="text/plain")
    paper.answers["/go"] = Answer(status=302, headers={"Location": "/private/story"})
    paper.story("/private/story", "a")
    assert run(paper, config, "/go") == []
    assert rows(config)["/go"] == ("blocked", "robots")


def test_link_that_redirects_to_another_site_is_left(paper: Paper, config: CrawlConfig) -> None:
    with serve_paper() as other:
        other.story("/news/elsewhere", "other")
        paper.front("/", ("/go",))
        paper.answers["/go"] = Answer(
            status=302, headers={"Location": f"{other.base}/news/elsewhere"}
        )
        assert run(paper, config) == []
        assert rows(config)["/go"] == ("skipped", "off-site")
        assert not other.asked


def test_seed_that_moved_is_crawled_where_it_lives_now(paper: Paper, config: CrawlConfig) -> None:
    with serve_paper() as new:
        paper.answers["/"] = Answer(status=301, headers={"Location": f"{new.base}/"})
        new.front("/", ("/news/a-story",))
        new.story("/news/a-story", "a")
        found = list(crawl_sync([f"{paper.base}/"], config))
        assert [record["url"] for record in found] == [f"{new.base}/news/a-story"]


def test_redirects_wait_for_the_turn_of_the_host_they_lead_to(
    paper: Paper, config: CrawlConfig
) -> None:
    pause_s = 0.4  # a busy machine delays requests by tens of milliseconds
    with serve_paper() as new:
        for number in range(3):
            goal = f"{new.base}/go{number}"
            paper.answers[f"/{number}"] = Answer(status=301, headers={"Location": goal})
            new.answers[f"/go{number}"] = Answer(status=301, headers={"Location": f"/to{number}"})
            new.story(f"/to{number}", f"word{number}")
        spaced = replace(config, throttle=ThrottleConfig(min_delay_s=pause_s, latency_factor=0.0))
        seeds = [f"{paper.base}/{number}" for number in range(3)]
        assert len(list(crawl_sync(seeds, spaced))) == 3
        for served in (paper, new):
            gaps = [later - sooner for sooner, later in pairwise(served.times)]
            assert len(gaps) >= 3
            assert min(gaps) > pause_s * 0.9


def test_wait_for_a_redirect_takes_none_of_the_time_of_the_page(
    paper: Paper, config: CrawlConfig
) -> None:
    paper.answers["/go"] = Answer(status=301, headers={"Location": "/to"})
    paper.story("/to", "a")
    short = replace(
        config,
        fetch=replace(config.fetch, deadline_s=0.4),
        throttle=ThrottleConfig(min_delay_s=0.6, latency_factor=0.0),
    )
    assert run(paper, short, "/go") == ["/to"]


class BusyAtFirst(dict[str, Answer]):
    """Answers of a paper that asks, once, to be left alone for a second."""

    def get(self, path: str, default: Any = None) -> Any:
        if path == "/busy" and path not in self:
            self[path] = Answer(status=404)
            return Answer(status=503, headers={"Retry-After": "1"})
        return super().get(path, default)


class AfterBusy(dict[str, Answer]):
    """Answers of a paper that waits until the crawl has heard that the other is busy."""

    def __init__(self, other: Paper) -> None:
        super().__init__()
        self._other = other

    def get(self, path: str, default: Any = None) -> Any:
        while path == "/go" and not self._other.asked["/busy"]:
            sleep(0.01)
        sleep(0.1)
        return super().get(path, default)


def test_redirect_to_a_host_that_wants_to_be_left_alone_is_tried_later(
    paper: Paper, config: CrawlConfig
) -> None:
    with serve_paper() as new:
        new.answers = BusyAtFirst()
        paper.answers = AfterBusy(new)
        paper.answers["/go"] = Answer(status=301, headers={"Location": f"{new.base}/to"})
        new.story("/to", "a")
        quick = replace(
            config, throttle=ThrottleConfig(min_delay_s=0.0, max_delay_s=0.1, latency_factor=0.0),
            fetch=replace(config.fetch, max_retry_wait_s=0.0),
        )  # fmt: skip
        seeds = [f"{new.base}/busy", f"{paper.base}/go"]
        assert [record["url"] for record in crawl_sync(seeds, quick)] == [f"{new.base}/to"]
        assert paper.asked["/go"] == 2
        assert rows(config)["/go"] == ("done", "")


def test_page_reached_by_redirect_is_stored_once(paper: Paper, config: CrawlConfig) -> None:
    paper.front("/", ("/short-one", "/short-two", "/news/long-story-of-it"))
    for short in ("/short-one", "/short-two"):
        paper.answers[short] = Answer(status=301, headers={"Location": "/news/long-story-of-it"})
    paper.story("/news/long-story-of-it", "a")
    assert run(paper, config) == ["/news/long-story-of-it"]
    states = sorted(state for path, (state, _) in rows(config).items() if path != "/")
    assert states == ["done", "duplicate", "duplicate"]


def test_same_text_under_two_addresses_is_a_duplicate(paper: Paper, config: CrawlConfig) -> None:
    paper.front("/", ("/news/a-story", "/sport/a-story"))
    paper.story("/news/a-story", "a")
    paper.story("/sport/a-story", "a")
    assert len(run(paper, config)) == 1
    assert ("duplicate", "same-text") in rows(config).values()


def test_limit_is_exact_and_the_rest_waits(paper: Paper, config: CrawlConfig) -> None:
    names = [f"/news/story-number-{chr(97 + n)}" for n in range(8)]
    paper.front("/", tuple(names))
    for number, name in enumerate(names):
        paper.story(name, f"word{chr(97 + number)}")
    assert len(run(paper, replace(config, limit=3))) == 3
    assert len(run(paper, replace(config, limit=3))) == 3
    assert len(run(paper, config)) == 2
    assert len(records(config)) == len({record["url"] for record in records(config)}) == 8


def test_per_site_limit_holds(paper: Paper, config: CrawlConfig) -> None:
    paper.front("/", ("/news/a-story", "/news/b-story"))
    paper.story("/news/a-story", "a")
    paper.story("/news/b-story", "b")
    assert len(run(paper, replace(config, per_site=1))) == 1
    assert ("queued", "") in rows(config).values()
    assert len(run(paper, replace(config, per_site=1))) == 1
    assert run(paper, config) == []
    assert len({record["url"] for record in records(config)}) == 2


def test_site_that_has_given_enough_is_not_asked_any_more(
    paper: Paper, config: CrawlConfig
) -> None:
    names = [f"/news/story-number-{chr(97 + n)}" for n in range(20)]
    paper.front("/", tuple(names))
    for number, name in enumerate(names):
        paper.story(name, f"word{chr(97 + number)}")
    with serve_paper() as other:
        other.front("/", ("/news/elsewhere",))
        other.story("/news/elsewhere", "elsewhere")
        seeds = [f"{paper.base}/", f"{other.base}/"]
        assert len(list(crawl_sync(seeds, replace(config, per_site=3)))) == 4
    assert sum(paper.asked[name] for name in names) <= 3 + config.throttle.per_host


def robots_of(status: int, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(b"User-agent: *\n", status, {"Content-Type": "text/plain", **named})


def test_robots_txt_that_cannot_be_read_leaves_what_waits_in_the_queue(
    paper: Paper, config: CrawlConfig
) -> None:
    names = [f"/news/story-number-{chr(97 + n)}" for n in range(8)]
    paper.front("/", tuple(names))
    for number, name in enumerate(names):
        paper.story(name, f"word{chr(97 + number)}")
    assert len(run(paper, replace(config, limit=2))) == 2
    paper.answers["/robots.txt"] = robots_of(503)
    assert run(paper, config) == []
    assert not [path for path, (state, _) in rows(config).items() if state == "failed"]
    del paper.answers["/robots.txt"]
    assert len(run(paper, config)) == 6
    assert len(records(config)) == 8


def test_seed_behind_an_unreadable_robots_txt_is_failed_and_tried_by_the_next_run(
    paper: Paper, config: CrawlConfig
) -> None:
    paper.front("/", ("/news/a-story",))
    paper.story("/news/a-story", "a")
    paper.answers["/robots.txt"] = robots_of(503)
    assert run(paper, config) == []
    assert rows(config)["/"] == ("failed", "status")
    paper.answers["/robots.txt"] = robots_of(200)
    assert run(paper, config) == ["/news/a-story"]


def test_robots_txt_is_asked_again_after_the_time_that_its_server_names(
    paper: Paper, config: CrawlConfig
) -> None:
    class BusyOnce(dict[str, Answer]):
        def get(self, path: str, default: Any = None) -> Any:
            if path == "/robots.txt":
                busy = paper.asked[path] == 1
                return robots_of(503, Retry_After="1") if busy else robots_of(200)
            return super().get(path, default)

    paper.answers = BusyOnce()
    paper.story("/news/a-story", "a")
    assert run(paper, config, "/news/a-story") == ["/news/a-story"]
    assert paper.asked["/robots.txt"] == 2


def test_articles_that_are_not_stored_make_no_trap(paper: Paper, config: CrawlConfig) -> None:
    old = '<meta property="article:published_time" content="2020-01-01T08:00:00Z">'
    names = [f"/article/{number}" for number in range(100, 130)]
    entries = "".join(f"<url><loc>{name}</loc></url>" for name in names)
    paper.page("/map.xml", f"<urlset>{entries}</urlset>", Content_Type="application/xml")
    for number, name in enumerate(names):
        paper.story(name, f"word{number}", head=old if number < 20 else "")
    config = replace(config, since=parse_date("2026-01-01"), trap_pages=5)
    assert len(run(paper, config, "/map.xml")) == 10
    assert ("skipped", "trap") not in rows(config).values()


def test_depth_zero_reads_the_seeds_alone(paper: Paper, config: CrawlConfig) -> None:
    paper.story("/news/a-story", "a", links=("/news/b-story",))
    paper.story("/news/b-story", "b")
    assert run(paper, replace(config, depth=0), "/news/a-story") == ["/news/a-story"]
    assert list(rows(config)) == ["/news/a-story"]


def test_include_and_exclude_choose_the_links(paper: Paper, config: CrawlConfig) -> None:
    paper.front("/", ("/news/a-story", "/sport/b-story", "/news/video-c"))
    for path, word in (("/news/a-story", "a"), ("/sport/b-story", "b"), ("/news/video-c", "c")):
        paper.story(path, word)
    config = replace(config, include=("/news/",), exclude=("video",))
    assert run(paper, config) == ["/news/a-story"]
    assert rows(config)["/sport/b-story"] == ("skipped", "not-included")
    assert rows(config)["/news/video-c"] == ("skipped", "excluded")


def test_since_leaves_out_what_a_sitemap_calls_old(paper: Paper, config: CrawlConfig) -> None:
    entry = "<url><loc>/news/{0}-story</loc><lastmod>{1}</lastmod></url>"
    entries = entry.format("old", "2020-01-01") + entry.format("new", "2026-01-01")
    paper.page("/map.xml", f"<urlset>{entries}</urlset>", Content_Type="application/xml")
    paper.story("/news/old-story", "old")
    paper.story("/news/new-story", "new")
    config = replace(config, since=parse_date("2025-01-01"))
    assert run(paper, config, "/map.xml") == ["/news/new-story"]
    assert rows(config)["/news/old-story"] == ("skipped", "before-since")


def test_calendar_without_end_is_left(paper: Paper, config: CrawlConfig) -> None:
    for day in range(60):
        paper.front(f"/calendar/{day}", (f"/calendar/{day + 1}",))
    run(paper, replace(config, trap_pages=5, depth=100), "/calendar/0")
    states = rows(config)
    assert ("skipped", "trap") in states.values()
    assert len(states) < 12


def test_second_run_asks_conditionally_and_stores_nothing_again(
    paper: Paper, config: CrawlConfig
) -> None:
    paper.front("/", ("/news/a-story",))
    paper.story("/news/a-story", "a")
    assert run(paper, config) == ["/news/a-story"]
    assert run(paper, config) == []
    assert paper.asked["/news/a-story"] == 1
    assert rows(config)["/"] == ("not-article", "section")
    assert run(paper, config) == []
    assert paper.asked["/"] == 3


def test_second_run_finds_what_is_new(paper: Paper, config: CrawlConfig) -> None:
    paper.front("/", ("/news/a-story",))
    paper.story("/news/a-story", "a")
    run(paper, config)
    paper.front("/", ("/news/a-story", "/news/b-story"))
    paper.story("/news/b-story", "b")
    assert run(paper, config) == ["/news/b-story"]


def test_refresh_keeps_changed_articles_as_new_versions(paper: Paper, config: CrawlConfig) -> None:
    paper.front("/", ("/news/a-story", "/news/b-story"))
    paper.story("/news/a-story", "a")
    paper.story("/news/b-story", "b")
    run(paper, config)
    paper.story("/news/a-story", "amended")
    paper.story("/news/b-story", "b", head="<!-- another build -->")
    assert run(paper, replace(config, refresh=True)) == ["/news/a-story"]
    versions = [(record["url"][-7:-6], record["version"]) for record in records(config)]
    assert sorted(versions) == [("a", 1), ("a", 2), ("b", 1)]


def test_formats_hold_the_same_articles_even_when_asked_for_later(
    paper: Paper, config: CrawlConfig
) -> None:
    paper.front("/", ("/news/a-story",))
    paper.story("/news/a-story", "a")
    run(paper, config)
    paper.front("/", ("/news/b-story",))
    paper.story("/news/b-story", "b")
    run(paper, replace(config, formats=("jsonl", "text", "sqlite", "csv")))
    assert config.out is not None
    assert len(list((config.out / "text").glob("*/*.txt"))) == 2
    with closing(sqlite3.connect(config.out / "articles.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (2,)
    assert (config.out / "articles.csv").read_text("utf-8").count(f"{paper.base}/news/") >= 2


def test_markdown_is_in_the_record_when_asked_for(paper: Paper, config: CrawlConfig) -> None:
    paper.story("/news/a-story", "a")
    run(paper, replace(config, formats=("markdown",)), "/news/a-story")
    assert records(config)[0]["markdown"]


def test_wall_is_not_stored_as_an_article(paper: Paper, config: CrawlConfig) -> None:
    paper.page(
        "/news/a-story",
        "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
        "<div id='cf-challenge'></div><p>Please complete the captcha to continue.</p></body>",
        Server="cloudflare",
    )
    assert run(paper, config, "/news/a-story") == []
    assert rows(config)["/news/a-story"][0] in {"blocked", "not-article"}


def test_directive_is_obeyed_when_asked(paper: Paper, config: CrawlConfig) -> None:
    paper.story("/news/a-story", "a", head='<meta name="robots" content="noai">')
    assert run(paper, replace(config, obey=frozenset({"noai"})), "/news/a-story") == []
    assert rows(config)["/news/a-story"] == ("blocked", "directive")
    assert config.out is not None
    archive = config.out / "archive" / "sanspub-00001.warc.gz"
    assert not list(replay_pages(archive)) if archive.stat().st_size else True


def test_directive_is_recorded_when_not_obeyed(paper: Paper, config: CrawlConfig) -> None:
    paper.story("/news/a-story", "a", head='<meta name="robots" content="noai">')
    assert run(paper, config, "/news/a-story") == ["/news/a-story"]
    assert records(config)[0]["directives"] == ["noai"]


def test_retry_after_brings_the_page_later(paper: Paper, config: CrawlConfig) -> None:
    paper.story("/news/a-story", "a")
    good = paper.answers["/news/a-story"]

    class Once(Answer):
        """Says "later" the first time it is asked."""

        @property
        def status(self) -> int:
            return 503 if paper.asked["/news/a-story"] == 1 else 200

        @status.setter
        def status(self, value: int) -> None:
            pass

    paper.answers["/news/a-story"] = Once(good.body, headers={"Retry-After": "0"})
    assert run(paper, config, "/news/a-story") == ["/news/a-story"]
    assert paper.asked["/news/a-story"] == 2


def test_leaving_the_loop_early_loses_nothing(paper: Paper, config: CrawlConfig) -> None:
    names = tuple(f"/news/story-number-{chr(97 + n)}" for n in range(6))
    paper.front("/", names)
    for number, name in enumerate(names):
        paper.story(name, f"word{chr(97 + number)}")

    async def first() -> str:
        records = crawl([paper.base + "/"], config)
        try:
            return str((await anext(records))["url"])
        finally:
            await records.aclose()

    asyncio.run(first())
    run(paper, config)
    assert sorted(record["url"] for record in records(config)) == sorted(
        paper.base + name for name in names
    )


def test_crawl_without_a_folder_gives_articles_and_leaves_nothing(
    paper: Paper, config: CrawlConfig
) -> None:
    paper.story("/news/a-story", "a")
    assert run(paper, replace(config, out=None), "/news/a-story") == ["/news/a-story"]


def test_two_crawls_in_one_folder_do_not_mix(paper: Paper, config: CrawlConfig) -> None:
    assert config.out is not None
    with Store(config.out, config), pytest.raises(LedgerLocked):
        run(paper, config)


def test_folder_that_cannot_be_made_is_refused(paper: Paper, config: CrawlConfig) -> None:
    assert config.out is not None
    config.out.write_bytes(b"a file")
    with pytest.raises(OutputError, match="cannot be"):
        run(paper, config)


def test_output_that_cannot_be_written_ends_the_crawl_and_not_the_ledger(
    paper: Paper, config: CrawlConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scraper.writers.jsonl import JsonlWriter  # noqa: PLC0415

    paper.front("/", ("/news/a-story", "/news/b-story"))
    paper.story("/news/a-story", "a")
    paper.story("/news/b-story", "b")

    def refuse(*_: object) -> None:
        raise OutputError("articles.jsonl: cannot be written (No space left on device)")

    with monkeypatch.context() as patch:
        patch.setattr(JsonlWriter, "write", refuse)
        with pytest.raises(OutputError, match="No space left"):
            run(paper, config)
    run(paper, config)
    assert len(records(config)) == 2


def test_listener_that_fails_ends_the_crawl_and_leaves_the_article_stored(
    paper: Paper, config: CrawlConfig
) -> None:
    stories = tuple(f"/news/{name}-story" for name in "abc")
    paper.front("/", stories)
    for path in stories:
        paper.story(path, path[6])

    def refuse(_: bytes) -> None:
        raise BrokenPipeError

    async def visit() -> None:
        assert config.out is not None
        with Store(config.out, config) as store:
            async with Fetcher(config.fetch) as fetcher:
                crawl = Crawl(store, config, fetcher=fetcher, on_record=refuse)
                crawl.add_seeds([f"{paper.base}/"])
                with pytest.raises(BrokenPipeError):
                    await crawl.run()
                store.sync()

    asyncio.run(visit())
    assert "failed" not in {state for state, _ in rows(config).values()}
    assert len(records(config)) >= 1
    run(paper, config)
    assert sorted(record["url"] for record in records(config)) == [
        paper.base + path for path in stories
    ]


def test_delay_is_kept_where_pages_wait_for_the_cleaner(
    paper: Paper, config: CrawlConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleaned: list[str] = []

    async def clean_slowly(self: WorkerPool, page: Page, version: int) -> Cleaned:
        cleaned.append(page.url)
        await asyncio.sleep(1.0 if len(cleaned) == 2 else 0.0)  # the first is the front page
        return clean_page(page, version, CleanOptions(clean=config.clean))

    monkeypatch.setattr(WorkerPool, "clean", clean_slowly)
    stories = tuple(f"/news/{name}-story" for name in "abcd")
    paper.front("/", stories)
    for path in stories:
        paper.story(path, path[6])
    slow = replace(
        config, concurrency=1, throttle=replace(config.throttle, min_delay_s=0.3, per_host=2)
    )
    assert len(run(paper, slow)) == 4
    gaps = [later - earlier for earlier, later in pairwise(paper.times[1:])]
    assert min(gaps) >= 0.29


@pytest.mark.parametrize("url", ["", "ftp://paper.example/", "http://"])
def test_seed_that_is_no_web_address_is_refused(url: str, config: CrawlConfig) -> None:
    with pytest.raises(ConfigError):
        list(crawl_sync([url], config))


def test_no_seed_at_all_is_refused(config: CrawlConfig) -> None:
    with pytest.raises(ConfigError, match="no URL"):
        list(crawl_sync([], config))


def test_page_too_far_away_is_fetched_when_it_is_found_again_nearer(
    paper: Paper, config: CrawlConfig
) -> None:
    paper.front("/", ("/news/lead-story-of-the-day", "/b/"))
    paper.story("/news/lead-story-of-the-day", "lead", links=("/news/next-story-of-the-day",))
    paper.story("/news/next-story-of-the-day", "next", links=("/news/far-story-of-the-day",))
    paper.front("/b/", ("/news/far-story-of-the-day",))
    paper.story("/news/far-story-of-the-day", "far")
    slow = replace(config, depth=2, throttle=replace(config.throttle, per_host=1))
    assert "/news/far-story-of-the-day" in run(paper, slow)


@pytest.mark.parametrize(
    "narrow", [{"depth": 1}, {"include": ("/nothing/",)}, {"exclude": ("story",)}, {"depth": 0}]
)
def test_later_run_with_wider_limits_takes_what_an_earlier_one_skipped(
    paper: Paper, config: CrawlConfig, narrow: dict[str, Any]
) -> None:
    paper.front("/", ("/b/",))
    paper.front("/b/", ("/news/a-story",))
    paper.story("/news/a-story", "a")
    assert run(paper, replace(config, **narrow)) == []
    assert run(paper, config) == ["/news/a-story"]


def test_later_run_without_since_takes_what_was_too_old(paper: Paper, config: CrawlConfig) -> None:
    old = '<meta property="article:published_time" content="2020-01-01T08:00:00Z">'
    entry = "<url><loc>/news/dated-story</loc><lastmod>2020-01-01</lastmod></url>"
    paper.page("/robots.txt", f"Sitemap: {paper.base}/map.xml", Content_Type="text/plain")
    paper.page("/map.xml", f"<urlset>{entry}</urlset>", Content_Type="application/xml")
    paper.front("/", ("/news/old-story",))
    paper.story("/news/old-story", "old", head=old)
    paper.story("/news/dated-story", "dated", head=old)
    since = replace(config, since=parse_date("2026-01-01"))
    assert run(paper, since) == []
    assert run(paper, since) == []
    assert paper.asked["/news/old-story"] == 1
    assert sorted(run(paper, config)) == ["/news/dated-story", "/news/old-story"]


def test_seed_feed_brings_what_it_names_on_another_host(paper: Paper, config: CrawlConfig) -> None:
    with serve_paper() as other, serve_paper() as feeds:
        item = "<item><link>{0}</link></item>"
        items = item.format(f"{other.base}/news/a-story") + item.format("/news/b-story")
        paper.answers["/rss"] = Answer(status=301, headers={"Location": f"{feeds.base}/rss"})
        feeds.page("/rss", f"<rss><channel>{items}</channel></rss>", Content_Type="text/xml")
        feeds.story("/news/b-story", "b")
        other.answers["/news/a-story"] = Answer(status=301, headers={"Location": "/news/c-story"})
        other.story("/news/c-story", "c")
        stored = [
            record["url"]
            for _ in range(2)
            for record in crawl_sync([f"{paper.base}/rss"], replace(config, limit=1))
        ]
        assert sorted(stored) == sorted(
            [f"{other.base}/news/c-story", f"{feeds.base}/news/b-story"]
        )


def write_stories(paper: Paper, count: int) -> None:
    paths = tuple(f"/news/story-about-{word}" for word in WORDS[:count])
    paper.front("/", paths)
    for path, word in zip(paths, WORDS, strict=False):
        paper.story(path, word)


def test_crawl_from_a_program_is_a_run_that_status_tells_of(
    paper: Paper, config: CrawlConfig
) -> None:
    write_stories(paper, 8)
    assert config.out is not None
    slow = replace(config, throttle=ThrottleConfig(min_delay_s=0.2, per_host=1))
    assert len(run(paper, replace(slow, limit=1))) == 1
    status = read_status(config.out)
    assert (status.runs, status.last_exit) == (1, 0)
    with closing(crawl_sync([f"{paper.base}/"], slow)) as records:
        next(records)
    status = read_status(config.out)
    assert (status.runs, status.last_exit) == (2, 130)
    paper.answers["/news/story-about-harbour"].status = 500
    assert len(run(paper, config)) < 7
    status = read_status(config.out)
    assert (status.runs, status.last_exit) == (3, 1)


def test_crawl_waits_for_a_slow_reader(paper: Paper, config: CrawlConfig) -> None:
    write_stories(paper, 40)
    few = replace(config, concurrency=2)

    async def read_slowly() -> tuple[int, list[str]]:
        urls = []
        async for record in crawl([f"{paper.base}/"], few):
            if not urls:
                await asyncio.sleep(1.5)  # more than forty pages take
                asked = paper.asked.total()
            urls.append(record["url"])
        return asked, urls

    asked, urls = asyncio.run(read_slowly())
    assert asked < 30
    assert len(set(urls)) == len(urls) == 40


def test_reader_that_leaves_early_finds_all_that_was_stored_in_the_output(
    paper: Paper, config: CrawlConfig
) -> None:
    write_stories(paper, 40)
    assert config.out is not None

    async def read_one() -> str:
        async with aclosing(crawl([f"{paper.base}/"], config)) as records:
            async for record in records:
                await asyncio.sleep(0.5)
                return str(record["url"])
        return ""

    first = asyncio.run(read_one())
    lines = (config.out / "articles.jsonl").read_bytes().splitlines()
    stored = [json.loads(line)["url"] for line in lines]
    assert first in stored
    assert len(stored) < 40
    rest = [paper.base + path for path in run(paper, config)]
    assert len(stored + rest) == len({*stored, *rest}) == 40


def test_work_in_the_loop_of_a_program_fails_no_page(paper: Paper, config: CrawlConfig) -> None:
    write_stories(paper, 12)
    strict = replace(config, concurrency=4, fetch=replace(config.fetch, deadline_s=0.5))
    urls = []
    for record in crawl_sync([f"{paper.base}/"], strict):
        sleep(0.6 if len(urls) < 3 else 0)
        urls.append(record["url"])
    assert len(set(urls)) == 12
    assert {state for state, _ in rows(config).values()} == {"done", "not-article"}


def test_crawl_works_where_a_loop_runs_already(paper: Paper, config: CrawlConfig) -> None:
    write_stories(paper, 3)

    async def read() -> list[str]:
        return run(paper, config)

    assert len(asyncio.run(read())) == 3


def test_loop_that_is_left_leaves_no_thread_and_no_lock(paper: Paper, config: CrawlConfig) -> None:
    write_stories(paper, 12)
    run(paper, replace(config, depth=0))
    before = set(threading.enumerate())
    with closing(crawl_sync([f"{paper.base}/"], replace(config, workers=1))) as records:
        next(records)
    assert set(threading.enumerate()) == before
    assert len(run(paper, config)) < 12


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send the signal")
def test_interrupt_reaches_a_program_that_waits_for_an_article(
    paper: Paper, config: CrawlConfig
) -> None:
    write_stories(paper, 9)
    slow = replace(config, throttle=ThrottleConfig(min_delay_s=1.0, per_host=1))
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    started = monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(paper, slow)
    assert monotonic() - started < 8  # the whole of it takes ten
    assert config.out is not None
    assert read_status(config.out).last_exit == 130
    assert not any("sanspub" in thread.name for thread in threading.enumerate())
    run(paper, config)
    assert len((config.out / "articles.jsonl").read_bytes().splitlines()) == 9


@pytest.mark.parametrize("start", [crawl, crawl_sync])
def test_bad_argument_is_refused_by_the_call_itself(start: Any, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no URL"):
        start([])
    with pytest.raises(ConfigError, match="missing"):
        start(["http://127.0.0.1:9/"], CrawlConfig(memory=tmp_path / "missing"))
    with pytest.raises(ConfigError, match="give a CrawlConfig"):
        start(["http://127.0.0.1:9/"], {"limit": 3})


def test_what_ends_a_crawl_is_raised_in_the_loop_of_the_program(
    paper: Paper, config: CrawlConfig
) -> None:
    write_stories(paper, 1)
    assert config.out is not None
    with Store(config.out, config), pytest.raises(LedgerLocked):
        list(crawl_sync([f"{paper.base}/"], config))


def test_program_that_ends_within_the_loop_ends(paper: Paper, config: CrawlConfig) -> None:
    write_stories(paper, 12)
    code = (
        "from scraper.config import FetchConfig; from scraper.crawl_config import CrawlConfig\n"
        "from scraper.run import crawl_sync\n"
        f"config = CrawlConfig(out={str(config.out)!r}, fetch=FetchConfig(allow_private=True))\n"
        f"records = crawl_sync([{paper.base + '/'!r}], config)\n"
        "print(next(records)['url'])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    rest = run(paper, config)
    assert ended.stdout.strip() not in {paper.base + path for path in rest}
    assert len(rest) < 12
