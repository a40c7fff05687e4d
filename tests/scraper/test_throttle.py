"""Spacing, concurrency and pauses, on a clock that moves only when somebody sleeps."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from scraper.config import ThrottleConfig
from scraper.throttle import Throttle


class Time:
    """A clock, and a sleep that moves it to the earliest sleeper's end."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.sleepers: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        end = self.now + seconds
        self.sleepers.append(end)
        while self.now < end:
            before = list(self.sleepers)
            for _ in range(20):  # whoever can go on now, goes on before time does
                await asyncio.sleep(0)
            if self.sleepers == before and min(before) == end:
                self.now = max(self.now, end)
        self.sleepers.remove(end)


def make_throttle(time, *, places=64, **options):
    config = ThrottleConfig(**{"min_delay_s": 1.0, **options})
    return Throttle(config, places=places, clock=time.clock, sleep=time.sleep)


def start_times(time, throttle, hosts, *, hold_s=0.0, **options):
    """When each request started, seconds after the first."""
    started = []

    async def ask(host):
        async with throttle.slot(host, **options):
            started.append(time.now)
            if hold_s:
                await time.sleep(hold_s)

    async def run():
        await asyncio.gather(*(ask(host) for host in hosts))

    begin = time.now
    asyncio.run(run())
    return [moment - begin for moment in started]


def test_requests_to_one_host_are_spaced():
    time = Time()
    assert start_times(time, make_throttle(time), ["a"] * 4) == [0.0, 1.0, 2.0, 3.0]


def test_hosts_do_not_wait_for_each_other():
    time = Time()
    assert start_times(time, make_throttle(time), ["a", "b", "c"]) == [0.0, 0.0, 0.0]


def test_crawl_delay_widens_the_spacing():
    time = Time()
    throttle = make_throttle(time)
    assert start_times(time, throttle, ["a"] * 3, crawl_delay_s=5.0) == [0.0, 5.0, 10.0]


def test_no_more_than_so_many_at_once_on_a_host():
    time = Time()
    throttle = make_throttle(time, per_host=2)
    assert start_times(time, throttle, ["a"] * 4, hold_s=10.0) == [0.0, 1.0, 10.0, 11.0]


def test_no_more_than_so_many_at_once_in_all():
    time = Time()
    throttle = make_throttle(time, places=2)
    hosts = ["a", "b", "c", "d"]
    assert start_times(time, throttle, hosts, hold_s=10.0) == [0.0, 0.0, 10.0, 10.0]


def test_host_that_waits_takes_no_place_from_others():
    time = Time()
    throttle = make_throttle(time, places=1)
    throttle.pause("slow", 100.0)
    assert start_times(time, throttle, ["slow", "a", "b"]) == [0.0, 0.0, 100.0]


def test_requests_that_waited_for_a_place_are_spaced_all_the_same():
    time = Time()
    throttle = make_throttle(time, places=1, per_host=4)
    hosts = ["other", "a", "a", "a"]
    assert start_times(time, throttle, hosts, hold_s=10.0) == [0.0, 10.0, 20.0, 30.0]
    assert start_times(time, make_throttle(time, places=2, per_host=4), hosts) == [0.0, 0.0, 1, 2]


def test_place_may_be_held_longer_than_the_slot():
    time = Time()
    throttle = make_throttle(time, places=1)

    async def run():
        async with AsyncExitStack() as hold:
            async with throttle.slot("a", hold=hold):
                pass
            waiting = asyncio.create_task(throttle.slot("b").__aenter__())
            await time.sleep(5.0)
            assert not waiting.done()
        await waiting

    asyncio.run(run())


def test_pause_holds_for_the_whole_host_and_no_other():
    time = Time()
    throttle = make_throttle(time)
    throttle.pause("a", 120.0)
    throttle.pause("a", 5.0)  # a shorter one does not shorten it
    assert throttle.wait_s("a") == 120.0
    assert throttle.wait_s("b") == 0.0
    assert start_times(time, throttle, ["a", "a", "b"]) == [0.0, 120.0, 121.0]


def test_pause_set_while_others_wait_is_noticed():
    time = Time()
    throttle = make_throttle(time)

    async def run():
        started = []

        async def ask():
            async with throttle.slot("a"):
                started.append(time.now)
                if len(started) == 1:
                    throttle.pause("a", 60.0)

        begin = time.now
        await asyncio.gather(ask(), ask())
        return [moment - begin for moment in started]

    assert asyncio.run(run()) == [0.0, 60.0]


def test_failures_double_the_pause_up_to_the_cap_and_success_brings_it_down_slowly():
    throttle = make_throttle(Time(), min_delay_s=0.5, max_delay_s=10.0)
    seen = []
    for _ in range(6):
        throttle.note("a", ok=False, latency_s=0.1)
        seen.append(throttle.delay_s("a"))
    assert seen == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
    throttle.note("a", ok=True, latency_s=0.0)
    assert throttle.delay_s("a") == 5.0
    for _ in range(10):
        throttle.note("a", ok=True, latency_s=0.0)
    assert throttle.delay_s("a") == 0.5


def test_slow_host_is_asked_as_slowly_as_it_answers():
    throttle = make_throttle(Time(), min_delay_s=0.1)
    for _ in range(20):
        throttle.note("a", ok=True, latency_s=3.0)
    assert throttle.delay_s("a") == pytest.approx(3.0, abs=0.01)


def test_unknown_host_has_the_least_pause_and_no_wait():
    throttle = make_throttle(Time())
    assert (throttle.delay_s("new"), throttle.wait_s("new"), len(throttle)) == (1.0, 0.0, 0)


def test_turn_is_spaced_with_the_slots_but_waits_for_no_place():
    time = Time()
    throttle = make_throttle(time, places=1, per_host=1)

    async def run():
        async with throttle.slot("a"):
            first = time.now
            async with throttle.turn("a"):
                second = time.now
            async with throttle.turn("a", crawl_delay_s=7.0), throttle.turn("b"):
                third = time.now
        async with throttle.slot("a"):
            return second - first, third - second, time.now - third

    assert asyncio.run(run()) == (1.0, 1.0, 7.0)


def test_cancelled_waiters_give_their_places_back():
    time = Time()
    throttle = make_throttle(time, places=1, per_host=1)

    async def run():
        entered = asyncio.Event()

        async def hold():
            async with throttle.slot("a"):
                entered.set()
                await asyncio.Event().wait()

        async def wait(host):
            async with throttle.slot(host):
                pytest.fail("nobody gave the place back yet")

        holder = asyncio.ensure_future(hold())
        await entered.wait()
        waiters = [asyncio.ensure_future(wait(host)) for host in "aabbccd"]
        for _ in range(5):
            await asyncio.sleep(0)
        for task in (*waiters, holder):
            task.cancel()
        await asyncio.gather(*waiters, holder, return_exceptions=True)
        async with throttle.slot("a"), asyncio.timeout(1):
            return True

    assert asyncio.run(run())


def test_error_inside_a_slot_gives_the_place_back():
    throttle = make_throttle(Time(), places=1)

    async def run():
        for _ in range(3):
            with pytest.raises(LookupError):
                async with throttle.slot("a"):
                    raise LookupError

    asyncio.run(run())


def test_hundred_thousand_hosts_are_not_all_remembered():
    time = Time()
    throttle = make_throttle(time, forget_after_s=10.0)

    async def run():
        most = 0
        for number in range(100_000):
            time.now += 0.01
            async with throttle.slot(f"h{number}"):
                pass
            most = max(most, len(throttle))
        return most

    assert asyncio.run(run()) < 1_200  # 100 a second, remembered 11 seconds


def test_paused_host_is_not_forgotten_before_its_pause_is_over():
    time = Time()
    throttle = make_throttle(time, forget_after_s=10.0)

    async def run():
        throttle.pause("a", 3_600.0)
        for number in range(2_000):
            time.now += 1.0
            async with throttle.slot(f"h{number}"):
                pass

    asyncio.run(run())
    assert throttle.wait_s("a") == 1_600.0
    assert len(throttle) < 50
