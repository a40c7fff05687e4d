"""A wrong value in a config is an error where it is written, not a crawl that hangs or fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaners.errors import RuleError
from scraper.config import FetchConfig, RobotsConfig, ThrottleConfig
from scraper.crawl_config import CrawlConfig
from scraper.errors import ConfigError
from scraper.run import crawl_sync

NAN = float("nan")


@pytest.mark.parametrize(
    ("kind", "field", "value", "wanted"),
    [
        (CrawlConfig, "workers", -1, "a whole number of at least 0"),
        (CrawlConfig, "workers", 10**9, "at most 512"),
        (CrawlConfig, "concurrency", 0, "a whole number of at least 1"),
        (CrawlConfig, "max_waiting", 0, "a whole number of at least 1"),
        (CrawlConfig, "limit", "3", "a whole number"),
        (CrawlConfig, "limit", True, "a whole number"),
        (CrawlConfig, "page_time_s", 0, "a finite number above 0"),
        (CrawlConfig, "refresh", 1, "True or False"),
        (CrawlConfig, "since", "2026-01-01", "Unix seconds"),
        (CrawlConfig, "since", NAN, "Unix seconds"),
        (CrawlConfig, "include", "plain", "regular expressions"),
        (CrawlConfig, "exclude", ("(",), "regular expressions"),
        (CrawlConfig, "formats", ("xml",), "some of jsonl"),
        (CrawlConfig, "obey", {"zz"}, "some of noindex"),
        (CrawlConfig, "rules", "x", "the paths of rule files"),
        (CrawlConfig, "out", 3, "a path"),
        (CrawlConfig, "fetch", None, "a FetchConfig"),
        (FetchConfig, "deadline_s", 0, "a finite number above 0"),
        (FetchConfig, "deadline_s", float("inf"), "a finite number above 0"),
        (FetchConfig, "max_attempts", 0, "a whole number of at least 1"),
        (FetchConfig, "user_agent", "a\nb", "ASCII"),
        (FetchConfig, "extra_headers", (("X", "a\r\nY: b"),), "pairs"),
        (FetchConfig, "extra_headers", (("X:", "a"),), "pairs"),
        (FetchConfig, "proxy", 7, "a string"),
        (ThrottleConfig, "per_host", 0, "a whole number of at least 1"),
        (ThrottleConfig, "min_delay_s", NAN, "a finite number of at least 0"),
        (RobotsConfig, "max_hosts", 0, "a whole number of at least 1"),
    ],
)
def test_wrong_value_is_refused_with_what_to_give(
    kind: type, field: str, value: Any, wanted: str
) -> None:
    with pytest.raises(ConfigError, match=rf"{kind.__name__}\.{field} is .*; give it {wanted}"):
        kind(**{field: value})


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("contact", "a\nb", "contact 'a.nb': a header holds only ASCII"),
        ("contact", "me@zeitung-müller.example", "only ASCII"),
        ("proxy", "junk", "FetchConfig.proxy: want http://"),
        ("proxy", "ftp://me:secret@proxy.example:1", "FetchConfig.proxy: want http://"),
        ("proxy", "http://[", "FetchConfig.proxy: want http://"),
    ],
)
def test_contact_and_proxy_are_checked_where_they_are_written(
    field: str, value: str, problem: str
) -> None:
    with pytest.raises(ConfigError, match=problem) as caught:
        FetchConfig(**{field: value})  # type: ignore[arg-type]
    assert "secret" not in str(caught.value)


def test_paths_may_be_strings_and_lists_do_for_tuples_and_sets() -> None:
    config = CrawlConfig(
        out="news",  # type: ignore[arg-type]
        rules=["mine.toml"],  # type: ignore[arg-type]
        include=["/news/"],  # type: ignore[arg-type]
        obey={"noai"},  # type: ignore[arg-type]
        since=-1.5e8,  # 1965
    )
    assert (config.out, config.rules) == (Path("news"), (Path("mine.toml"),))
    assert (config.include, config.obey) == (("/news/",), frozenset({"noai"}))


@pytest.mark.parametrize("urls", ["http://a.example/", None, [None], []])
def test_urls_that_are_no_list_of_strings_are_refused(urls: Any) -> None:
    with pytest.raises(ConfigError, match="URL"):
        next(crawl_sync(urls))


def test_missing_rules_or_memory_end_a_crawl_before_it_begins(tmp_path: Path) -> None:
    out, missing = tmp_path / "out", tmp_path / "missing"
    with pytest.raises(RuleError, match="missing"):
        next(crawl_sync(["http://127.0.0.1:9/"], CrawlConfig(out=out, rules=(missing,))))
    with pytest.raises(ConfigError, match="missing"):
        next(crawl_sync(["http://127.0.0.1:9/"], CrawlConfig(out=out, memory=missing)))
    assert not out.exists()
