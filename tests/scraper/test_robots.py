"""robots.txt by RFC 9309: what each answer, and each lack of one, allows."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
from fault_server import FaultServer, in_turn, lead, raw, say
from one_fetch import Names, make_config

from scraper.config import RobotsConfig
from scraper.errors import UrlRefused
from scraper.fetch import Fetcher
from scraper.robots import RobotsCache

TEXT = "text/plain"
CLOSED = say("User-agent: *\nDisallow: /private\n", kind=TEXT)


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def check(play, *paths, config=None, fetch_config=None, clock=None, pass_s=0.0, **options):
    """The answers for some paths of a host whose robots.txt is this play, and what was asked."""
    clock = clock or Clock()

    async def no_sleep(seconds):
        return None

    async def run():
        plays = {"/robots.txt": play} if play else {}
        async with (
            FaultServer(plays) as server,
            Fetcher(fetch_config or make_config(), resolver=Names(), sleep=no_sleep) as fetcher,
        ):
            robots = RobotsCache(fetcher, config, clock=clock, **options)
            answers = []
            for path in paths or ("/private/x",):
                answers.append(await robots.check(server.url(path)))
                clock.now += pass_s
            return answers, server.seen

    return asyncio.run(run())


def test_forbidden_path_is_refused_and_others_are_not():
    answers, seen = check(CLOSED, "/private/x", "/public")
    assert [answer.allowed for answer in answers] == [False, True]
    assert answers[0].reason == "robots.txt forbids it"
    assert seen == ["news.example/robots.txt"]


def test_group_of_our_own_name_goes_before_the_group_for_all():
    text = "User-agent: *\nDisallow: /\n\nUser-agent: SansPub\nAllow: /\nDisallow: /x\n"
    answers, _ = check(say(text, kind=TEXT), "/a", "/x")
    assert [answer.allowed for answer in answers] == [True, False]


def test_wildcards_and_end_marks_and_the_longest_match_are_obeyed():
    text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /a/\nAllow: /a/b\nDisallow: /*?print=\n"
    paths = ("/x.pdf", "/x.pdf?y", "/a/c", "/a/b/c", "/n?print=1")
    answers, _ = check(say(text, kind=TEXT), *paths)
    assert [answer.allowed for answer in answers] == [False, True, False, True, False]


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "403 No", "404 Not Found", "410 Gone"])
def test_unavailable_robots_allows_everything(status):
    answers, seen = check(say("x", status=status), "/private/x", "/y")
    assert all(answer.allowed for answer in answers)
    assert len(seen) == 1


@pytest.mark.parametrize("status", ["500 X", "503 X", "429 Slow"])
def test_server_in_trouble_forbids_everything_for_a_while(status):
    (answer,), _ = check(say("x", status=status))
    assert not answer.allowed
    assert answer.failure == "status"
    assert answer.reason.startswith("robots.txt unreachable")
    assert answer.retry_after_s == 900.0


def test_retry_after_of_robots_is_honoured():
    play = say("x", status="503 X", headers="Retry-After: 1800\r\n")
    (answer,), _ = check(play)
    assert answer.retry_after_s == 1800.0


def test_unreachable_robots_is_asked_again_after_its_wait():
    play = in_turn(*[say("x", status="500 X")] * 3, CLOSED)
    answers, _ = check(play, "/y", "/y", "/y", pass_s=600.0)
    assert [answer.allowed for answer in answers] == [False, False, True]


def test_known_rules_outlive_a_failing_server():
    play = in_turn(CLOSED, say("x", status="500 X"))
    answers, _ = check(play, "/y", "/private", "/y", pass_s=90_000.0)
    assert [answer.allowed for answer in answers] == [True, False, True]


def test_timeout_of_robots_forbids_and_says_so():
    async def play(request, wire):
        await asyncio.sleep(30)

    (answer,), _ = check(play, fetch_config=make_config(read_timeout_s=0.05))
    assert (answer.allowed, answer.failure) == (False, "timeout")


def test_host_that_is_down_is_told_from_one_that_forbids():
    (answer,), _ = check(raw(b""))
    assert (answer.allowed, answer.failure) == (False, "connect")


@pytest.mark.parametrize(
    "body", ["<!DOCTYPE html><p>404", "\n <html>\nDisallow: /", "<?xml version='1.0'?><html/>"]
)
def test_html_in_place_of_robots_allows_everything(body):
    (answer,), _ = check(say(body))
    assert answer.allowed


def test_rules_labelled_as_html_are_still_rules():
    (answer,), _ = check(say("User-agent: *\nDisallow: /private\n", kind="text/html"))
    assert not answer.allowed


def test_two_megabytes_are_read_as_far_as_the_cap_and_cut_at_a_line():
    head = "User-agent: *\nDisallow: /private\n"
    body = head + "Disallow: /x\n" * 40_000 + "Disallow: /late\n" + "#" * 1_500_000
    config = RobotsConfig(max_bytes=len(head) + 13 * 10 + 11)  # ends inside "Disallow: /x"
    answers, _ = check(say(body, kind=TEXT), "/private/x", "/late", "/y", config=config)
    assert [answer.allowed for answer in answers] == [False, True, True]


def test_byte_order_mark_and_windows_lines_are_read():
    text = "\ufeffUser-agent: *\r\nDisallow: /private\r\n"
    (answer,), _ = check(say(text, kind=TEXT))
    assert not answer.allowed


def test_any_bytes_are_rules_or_none():
    answers, _ = check(say(bytes(range(256)) * 100, kind=TEXT), "/a")
    assert answers[0].allowed


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: 3600", 60.0),
        ("Crawl-delay: -1", 0.0),
        ("Crawl-delay: soon", 0.0),
        ("Request-rate: 1/10s", 10.0),
        ("", 0.0),
    ],
)
def test_crawl_delay_is_read_and_capped(line, delay):
    (answer,), _ = check(say(f"User-agent: *\nDisallow:\n{line}\n", kind=TEXT))
    assert (answer.allowed, answer.crawl_delay_s) == (True, delay)


def test_sitemaps_are_listed_once_and_only_web_ones():
    text = (
        "Sitemap: https://news.example/a.xml\nSitemap: /relative.xml\n"
        "Sitemap: file:///etc/passwd\nSitemap: https://news.example/a.xml\n"
    )
    (answer,), _ = check(say(text, kind=TEXT))
    named, relative = answer.sitemaps
    assert named == "https://news.example/a.xml"
    assert relative.endswith("/relative.xml")
    assert relative.startswith("http://news.example:")


def test_redirected_robots_is_followed():
    async def run():
        plays = {"/robots.txt": lead("/r"), "/r": CLOSED}
        async with (
            FaultServer(plays) as server,
            Fetcher(make_config(), resolver=Names()) as fetcher,
        ):
            return await RobotsCache(fetcher).check(server.url("/private"))

    assert not asyncio.run(run()).allowed


def test_redirect_loop_of_robots_allows_everything():
    (answer,), _ = check(lead("/robots.txt"))
    assert answer.allowed


def test_each_port_and_host_has_rules_of_its_own():
    async def run():
        async with (
            FaultServer({"/robots.txt": CLOSED}) as one,
            FaultServer({}) as other,
            Fetcher(make_config(), resolver=Names()) as fetcher,
        ):
            robots = RobotsCache(fetcher)
            return [
                (await robots.check(url)).allowed
                for url in (one.url("/private"), other.url("/private"))
            ]

    assert asyncio.run(run()) == [False, True]


def test_many_who_ask_at_once_cause_one_request_and_survive_one_that_gives_up():
    async def run():
        async def slow(request, wire):
            await asyncio.sleep(0.05)
            await CLOSED(request, wire)

        async with (
            FaultServer({"/robots.txt": slow}) as server,
            Fetcher(make_config(), resolver=Names()) as fetcher,
        ):
            robots = RobotsCache(fetcher)
            tasks = [asyncio.ensure_future(robots.check(server.url("/private"))) for _ in range(20)]
            await asyncio.sleep(0.01)
            tasks[0].cancel()
            answers = await asyncio.gather(*tasks, return_exceptions=True)
            return answers, server.seen

    answers, seen = asyncio.run(run())
    assert isinstance(answers[0], asyncio.CancelledError)
    assert [answer.allowed for answer in answers[1:]] == [False] * 19
    assert len(seen) == 1


def test_rules_are_kept_a_day():
    _, seen = check(CLOSED, "/a", "/b", "/c", pass_s=50_000.0)
    assert len(seen) == 2


def test_hosts_beyond_the_cap_are_forgotten_and_parsed_rules_are_put_away(monkeypatch):
    monkeypatch.setattr("scraper.robots._MAX_PARSED", 3)

    async def run():
        async with (
            FaultServer({"/robots.txt": CLOSED}) as server,
            Fetcher(make_config(), resolver=Names()) as fetcher,
        ):
            robots = RobotsCache(fetcher, RobotsConfig(max_hosts=5))
            for _ in range(2):
                for number in range(8):
                    answer = await robots.check(server.url("/private", f"h{number}.example"))
                    assert not answer.allowed
            return robots

    robots = asyncio.run(run())
    assert len(robots._entries) == 5
    assert sum("parsed" in entry.rules.__dict__ for entry in robots._entries.values()) <= 3


def test_ignoring_robots_asks_nothing():
    (answer,), seen = check(CLOSED, config=RobotsConfig(ignore=True))
    assert answer.allowed
    assert seen == []


def test_robots_is_fetched_in_the_turn_of_its_host():
    turns = []

    @contextlib.asynccontextmanager
    async def slot(host):
        turns.append(host.partition(":")[0])
        yield

    check(CLOSED, slot=slot)
    assert turns == ["news.example"]


def test_what_is_no_url_is_refused():
    async def run():
        async with Fetcher(make_config()) as fetcher:
            await RobotsCache(fetcher).check("mailto:a@b.example")

    with pytest.raises(UrlRefused):
        asyncio.run(run())
