"""Standard streams whose reader has gone, as `head` goes."""

from __future__ import annotations

import os
import select
import sys
from typing import TextIO


def drop_lost_output() -> None:
    """Sends to nowhere what a stream still holds for a reader that has gone, and all after it."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and _has_lost_reader(stream):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _has_lost_reader(stream: TextIO) -> bool:
    try:
        stream.flush()
        number = stream.fileno()
    except BrokenPipeError:
        return True
    except (OSError, ValueError):  # no file, as in tests
        return False
    if not hasattr(select, "poll"):  # Windows
        return False
    poll = select.poll()
    poll.register(number, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))
