"""Whether and when to try a page again; the only door to tenacity.

Causes are not alike: a busy server says when to come back, a name that does not exist will not
exist in two seconds, and a body that broke off may come whole. Waits grow and are jittered, so that
a thousand workers that failed together do not return together.
"""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

import tenacity

from scraper.config import FetchConfig
from scraper.errors import FetchError
from scraper.page import Page

Sleep = Callable[[float], Awaitable[None]]

_SECONDS = re.compile(r"[-+]?[0-9]+")
# Most tries by cause; FetchConfig.max_attempts caps them all. A timeout has cost its wait already,
# and a broken body is usually broken for good.
_TRIES = {"connect": 3, "dns": 2, "protocol": 2, "status": 3, "timeout": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How long a page may still take. `left_s` is asked before each wait."""

    left_s: Callable[[], float]


async def retry_fetch(
    attempt: Callable[[int], Awaitable[Page]],
    config: FetchConfig,
    *,
    sleep: Sleep,
    budget: Budget,
    jitter: Callable[[float, float], float] = random.uniform,
) -> Page:
    """The page of the first attempt that succeeds; `attempt` is told its number, from 1.

    The last attempt's error is raised where the cause is final, the tries are used up, the wait
    would be longer than `max_retry_wait_s` or end after the page's deadline. Its `attempts` says
    how many there were.
    """
    try:
        return await attempt(1)
    except FetchError as error:
        first = error
    # Nearly every page ends above; what follows costs a tenth of a page's CPU.
    retrying = tenacity.AsyncRetrying(
        sleep=sleep,
        retry=tenacity.retry_if_exception(_may_retry),
        wait=lambda state: _choose_wait(state, config, jitter),
        stop=lambda state: _must_stop(state, config, budget),
        reraise=True,
    )
    number = 0
    try:
        async for trial in retrying:
            with trial:
                number += 1
                if number == 1:
                    raise first
                return await attempt(number)
    except FetchError as error:
        error.attempts = number
        raise
    raise AssertionError("tenacity ends by returning or raising")


def parse_retry_after(value: str, *, now: float, most_s: float) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 section 10.2.3), at most `most_s`.

    It is a number of seconds or an HTTP date (`now` is Unix time). A date or number in the past
    is 0, and what is neither is None.
    """
    text = value.strip()
    if _SECONDS.fullmatch(text):
        return min(max(float(text), 0.0), most_s)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max(moment.timestamp() - now, 0.0), most_s)


def _may_retry(error: BaseException) -> bool:
    """Whether another try can help at all."""
    return isinstance(error, FetchError) and error.may_retry


def _choose_wait(
    state: tenacity.RetryCallState, config: FetchConfig, jitter: Callable[[float, float], float]
) -> float:
    """Seconds before the next try: what the server asked for, else doubling; plus jitter."""
    asked = getattr(_read_error(state), "retry_after_s", None)
    if asked is not None:
        return float(asked) + jitter(0.0, config.retry_base_s)
    return config.retry_base_s * 2.0 ** (state.attempt_number - 1) * jitter(0.5, 1.5)


def _must_stop(state: tenacity.RetryCallState, config: FetchConfig, budget: Budget) -> bool:
    """Whether the try that just failed was the last."""
    error = _read_error(state)
    most = min(config.max_attempts, _TRIES.get(error.kind, 1) if error else 1)
    wait_s = state.upcoming_sleep
    return (
        state.attempt_number >= most
        or wait_s > config.max_retry_wait_s
        or wait_s >= budget.left_s()
    )


def _read_error(state: tenacity.RetryCallState) -> FetchError | None:
    """The error of the try that just failed."""
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, FetchError) else None
