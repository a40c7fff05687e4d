"""Time limits that hold on slow and on busy machines, and under a tracer such as coverage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html

# Processor seconds of `_work` on a quiet machine (a virtual core of 2026, CPython 3.11).
_QUIET_S = 0.075
_PAGE = "<div><p>The ferry ran <b>late</b> on <a href=/x>Monday</a>.</p></div>" * 200


def _work() -> float:
    start = process_time()
    for _ in range(10):
        cut_blocks(parse_html(_PAGE), with_markup=True)
    return process_time() - start


def slowness() -> float:
    """How much slower this process runs just now than a quiet machine does: 1 or more."""
    _work()  # the first run warms caches up
    return max(1.0, sum(_work() for _ in range(4)) / 4 / _QUIET_S)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails where the block takes more processor seconds than a quiet machine may take.

    The machine's pace is measured only where the limit is passed: what hangs still fails.
    """
    start = process_time()
    yield
    spent = process_time() - start
    if spent >= seconds:
        pace = slowness()
        assert spent < seconds * pace, f"{spent:.2f} s of {seconds} s, at a pace of {pace:.1f}"
