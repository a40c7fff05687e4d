"""Which causes are tried again, how often, and after which wait."""

from __future__ import annotations

import asyncio

import pytest

from scraper.config import FetchConfig
from scraper.errors import (
    AddressRefused,
    BadStatus,
    BodyTooLarge,
    ConnectFailed,
    ProtocolFailed,
    RedirectFailed,
    TimedOut,
    TlsFailed,
    TypeRefused,
)
from scraper.retry import Budget, parse_retry_after, retry_fetch

URL = "http://news.example/"


def run(make_error, *, left_s=1_000.0, jitter=lambda low, high: high, **options):
    """How often a failing attempt was made, what was slept, and the error at the end."""
    slept, numbers = [], []

    async def sleep(seconds):
        slept.append(seconds)

    async def attempt(number):
        numbers.append(number)
        raise make_error()

    with pytest.raises(Exception) as caught:  # noqa: PT011 - the caller looks at it
        asyncio.run(
            retry_fetch(
                attempt,
                FetchConfig(**options),
                sleep=sleep,
                budget=Budget(left_s=lambda: left_s - sum(slept)),
                jitter=jitter,
            )
        )
    return numbers, slept, caught.value


@pytest.mark.parametrize(
    ("make_error", "tries"),
    [
        (lambda: ConnectFailed(URL, "x"), 3),
        (lambda: TimedOut(URL, "x"), 2),
        (lambda: ProtocolFailed(URL, "x"), 2),
        (lambda: BadStatus(URL, 503), 3),
        (lambda: BadStatus(URL, 429), 3),
        (lambda: BadStatus(URL, 404), 1),
        (lambda: BadStatus(URL, 501), 1),
        (lambda: TlsFailed(URL, "x"), 1),
        (lambda: AddressRefused(URL, "x"), 1),
        (lambda: BodyTooLarge(URL, "x"), 1),
        (lambda: RedirectFailed(URL, "x"), 1),
        (lambda: TypeRefused(URL, "x"), 1),
    ],
)
def test_each_cause_has_its_number_of_tries(make_error, tries):
    numbers, slept, error = run(make_error)
    assert numbers == list(range(1, tries + 1))
    assert len(slept) == tries - 1
    assert error.attempts == tries


def test_config_caps_the_tries():
    assert run(lambda: ConnectFailed(URL, "x"), max_attempts=1)[0] == [1]


def test_other_exceptions_pass_at_once():
    numbers, _, error = run(lambda: LookupError("bug"))
    assert numbers == [1]
    assert isinstance(error, LookupError)


def test_waits_double_with_jitter_on_both_sides():
    low = run(lambda: BadStatus(URL, 500), jitter=lambda low, high: low)[1]
    high = run(lambda: BadStatus(URL, 500), jitter=lambda low, high: high)[1]
    assert (low, high) == ([0.5, 1.0], [1.5, 3.0])


def test_wait_beyond_the_config_is_left_to_the_caller():
    numbers, slept, error = run(lambda: BadStatus(URL, 503, retry_after_s=16.0))
    assert (numbers, slept, error.retry_after_s) == ([1], [], 16.0)


def test_wait_within_the_config_is_the_servers_own():
    assert run(lambda: BadStatus(URL, 503, retry_after_s=5.0), jitter=lambda low, high: low)[1] == [
        5.0,
        5.0,
    ]


def test_no_wait_is_begun_that_ends_after_the_deadline():
    numbers, slept, _ = run(lambda: BadStatus(URL, 500), left_s=2.0)
    assert (numbers, slept) == ([1, 2], [1.5])


@pytest.mark.parametrize("value", ["0x10", "1.5", "inf", "nan", "Tue", "32 Jan 2020", "", "1_0"])
def test_nonsense_in_retry_after_is_none(value):
    assert parse_retry_after(value, now=0.0, most_s=60.0) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7.0), (" 7 ", 7.0), ("-7", 0.0), ("61", 60.0), ("9" * 400, 60.0), ("9" * 5_000, 60.0)],
)
def test_seconds_in_retry_after_are_capped(value, seconds):
    assert parse_retry_after(value, now=0.0, most_s=60.0) == seconds


def test_date_without_a_zone_is_read_as_utc():
    assert parse_retry_after("Thu, 01 Jan 1970 00:00:30", now=0.0, most_s=60.0) == 30.0
