"""What is read next, and why the rest is not."""

from __future__ import annotations

import pytest

from scraper.crawl_config import CrawlConfig
from scraper.discover import Discovery, TrapWatch
from scraper.finding.feeds import Entry, parse_date
from scraper.finding.links import Link
from scraper.states import Found, Lease, UrlKind

HOME = "https://paper.example/"
SITES = frozenset({"paper.example"})


def lease_of(url: str = HOME, *, depth: int = 0, kind: UrlKind = UrlKind.PAGE) -> Lease:
    return Lease(
        id=1, url=url, host=1, kind=kind, depth=depth, seed=depth == 0, attempts=0, etag="",
        last_modified="", version=0, content_hash=0,
    )  # fmt: skip


def from_links(config: CrawlConfig, *links: Link, depth: int = 0) -> list[Found]:
    return list(Discovery(config, SITES).from_links(links, lease_of(depth=depth)))


def test_article_goes_before_section_and_feed_before_both() -> None:
    found = from_links(
        CrawlConfig(),
        Link(url=HOME + "news", score=30),
        Link(url=HOME + "2026/11/22/a-story-of-the-day", score=90),
        Link(url=HOME + "rss", score=50, is_feed=True),
    )
    ordered = sorted(found, key=lambda item: -item.priority)
    assert [item.url[21:] for item in ordered] == [
        "/rss",
        "/2026/11/22/a-story-of-the-day",
        "/news",
    ]
    assert [item.kind for item in ordered] == [UrlKind.FEED, UrlKind.PAGE, UrlKind.PAGE]


def test_feed_deep_in_the_site_is_an_ordinary_link() -> None:
    (found,) = from_links(CrawlConfig(), Link(url=HOME + "a/rss", score=3, is_feed=True), depth=2)
    assert found.kind is UrlKind.PAGE


def test_link_named_again_is_not_asked_of_the_ledger_again() -> None:
    discovery = Discovery(CrawlConfig(), SITES)
    links = [Link(url=HOME + "a", score=3)]
    assert len(list(discovery.from_links(links, lease_of()))) == 1
    assert list(discovery.from_links(links, lease_of(HOME + "b", depth=1))) == []


@pytest.mark.parametrize(
    ("config", "url", "depth", "skip"),
    [
        (CrawlConfig(), HOME + "a", 0, ""),
        (CrawlConfig(depth=1), HOME + "a", 1, "too-far"),
        (CrawlConfig(include=("/news/",)), HOME + "a", 0, "not-included"),
        (CrawlConfig(exclude=("a$",)), HOME + "a", 0, "excluded"),
        (CrawlConfig(), HOME + "a.mp3", 0, "media"),
        (CrawlConfig(), HOME + "a/b/a/b", 0, "repeating-path"),
    ],
)
def test_link_is_skipped_with_the_reason(
    config: CrawlConfig, url: str, depth: int, skip: str
) -> None:
    (found,) = from_links(config, Link(url=url, score=3), depth=depth)
    assert found.skip == skip


def test_with_depth_zero_links_are_not_looked_at() -> None:
    assert from_links(CrawlConfig(depth=0), Link(url=HOME + "a", score=3)) == []


def test_entries_are_resolved_and_bad_ones_dropped() -> None:
    entries = [Entry(url="/a"), Entry(url="http://[bad"), Entry(url="https://other.example/a")]
    found = list(Discovery(CrawlConfig(), SITES).from_sitemap(entries, lease_of(HOME + "rss")))
    assert [item.url for item in found] == [HOME + "a"]


def test_sites_of_a_feed_join_the_crawl_only_if_the_feed_is_a_seed() -> None:
    entries = [Entry(url="/a"), Entry(url="https://other.example/a")]
    discovery = Discovery(CrawlConfig(), SITES)
    found = list(discovery.from_feed(entries, lease_of(HOME + "rss", depth=1)))
    assert [(item.url, item.skip) for item in found] == [
        (HOME + "a", ""),
        ("https://other.example/a", "off-site"),
    ]
    assert discovery.is_off_site("https://other.example/b")
    found = list(discovery.from_feed(entries, lease_of(), base="https://feeds.example/rss"))
    assert [item.url for item in found] == ["https://feeds.example/a", "https://other.example/a"]
    assert not any(item.skip for item in found)
    assert not discovery.is_off_site("https://other.example/b")


def test_link_too_far_away_is_taken_when_a_nearer_page_names_it() -> None:
    discovery = Discovery(CrawlConfig(depth=2), SITES)
    links = [Link(url=HOME + "a", score=3)]
    (far,) = discovery.from_links(links, lease_of(depth=2))
    (near,) = discovery.from_links(links, lease_of(depth=1))
    assert (far.skip, near.skip) == ("too-far", "")


def test_sitemaps_may_stand_elsewhere_but_not_nest_without_end() -> None:
    discovery = Discovery(CrawlConfig(), SITES)
    entries = [Entry(url="https://cdn.example/map.xml", is_index=True)]
    (found,) = discovery.from_sitemap(entries, lease_of(HOME + "s.xml", depth=1))
    assert (found.kind, found.depth) == (UrlKind.SITEMAP, 2)
    assert list(discovery.from_sitemap(entries, lease_of(HOME + "s.xml", depth=4))) == []


def test_sitemaps_of_robots_txt_are_taken_where_they_are_addresses() -> None:
    found = list(Discovery(CrawlConfig(), SITES).from_robots([HOME + "s.xml", "nonsense"]))
    assert [item.url for item in found] == [HOME + "s.xml"]


def test_since_looks_at_dates_that_are_given() -> None:
    discovery = Discovery(CrawlConfig(since=parse_date("2026-01-01")), SITES)
    entries = [Entry(url="/old", changed=parse_date("2025-12-31")), Entry(url="/undated")]
    found = list(discovery.from_sitemap(entries, lease_of(HOME + "s.xml")))
    assert [item.skip for item in found] == ["before-since", ""]
    assert discovery.is_too_old("2025-12-31")
    assert not discovery.is_too_old("2026-01-02T00:00:00+01:00")
    assert not discovery.is_too_old("")


def test_site_of_a_moved_seed_is_followed() -> None:
    discovery = Discovery(CrawlConfig(), SITES)
    assert discovery.is_off_site("https://new.example/a")
    discovery.add_site("https://www.new.example/")
    assert not discovery.is_off_site("https://new.example/a")


def test_shape_that_leads_nowhere_becomes_a_trap_until_it_leads_somewhere() -> None:
    traps = TrapWatch(limit=3)
    for day in range(3):
        assert not traps.is_trap(HOME + f"calendar/{day}")
        traps.note(HOME + f"calendar/{day}", led_somewhere=False)
    assert traps.is_trap(HOME + "calendar/99")
    assert not traps.is_trap(HOME + "news/99")
    traps.note(HOME + "calendar/5", led_somewhere=True)
    assert not traps.is_trap(HOME + "calendar/99")
