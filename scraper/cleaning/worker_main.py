"""A worker process: pages in on standard input, what came of them out on standard output.

Run by `scraper/cleaning/worker.py`. The kernel holds the limits: an alarm that
nothing catches ends a page that takes too long, even inside C code, and memory beyond the cap is
refused.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from contextlib import suppress
from typing import IO, Any

from scraper.cleaning.clean_page import clean_page, load_packaged
from scraper.cleaning.cleaned import Cleaned, CleanOptions
from scraper.cleaning.frames import SIZES, pack_cleaned, unpack_options, unpack_page
from scraper.loading import collector_at_rest
from scraper.page import Page
from scraper.states import State


def main() -> None:
    """Cleans pages until the pipe closes."""
    seconds, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    source = sys.stdin.buffer
    # A private copy of the pipe: whatever a library prints must not land between frames.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the crawl to answer
    limit_memory(memory_bytes)
    first = read_frame(source)
    if first is None:
        return
    options = unpack_options(first[0])
    frame = read_frame(source)
    if frame is not None:
        # Not before: a small crawl has no page for some workers. What goes wrong, the page tells.
        set_alarm(seconds)
        with suppress(Exception), collector_at_rest():
            load_packaged()
    while frame is not None:
        page, version = unpack_page(*frame)
        set_alarm(seconds)
        cleaned = clean_guarded(page, version, options)
        set_alarm(0)
        sink.write(pack_cleaned(cleaned))
        sink.flush()
        frame = read_frame(source)


def clean_guarded(page: Page, version: int, options: CleanOptions) -> Cleaned:
    """What came of a page, errors of the cleaner's own included."""
    try:
        return clean_page(page, version, options)
    except MemoryError:
        return Cleaned(state=State.FAILED, reason="cleaner-memory")
    except Exception as error:  # noqa: BLE001 - one page's bug must cost that page alone
        return Cleaned(
            state=State.FAILED, reason="cleaner-bug", detail=f"{type(error).__name__}: {error}"
        )


def read_frame(source: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next frame, or None at the end."""
    sizes = source.read(SIZES.size)
    if len(sizes) < SIZES.size:
        return None
    head_size, body_size = SIZES.unpack(sizes)
    head = source.read(head_size)
    body = source.read(body_size)
    return (json.loads(head), body) if len(body) == body_size else None


def set_alarm(seconds: float) -> None:
    """Ends this process after so long unless set again. Windows has no alarms."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def limit_memory(more_bytes: int) -> None:
    """Caps address space at what is used now and so much more, where the system can."""
    try:
        import resource  # noqa: PLC0415 - Unix alone has it
    except ImportError:
        return
    used = 0
    with contextlib.suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        used = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (used + more_bytes, used + more_bytes))
