"""Calendars of a month, which lead to the news of each day: the days in order, few lines around."""

from __future__ import annotations

from collections.abc import Mapping

from cleaners.article import Block
from cleaners.cutting.columns import Cut
from cleaners.guards.neighbours import find_shared
from cleaners.measures.containers import bound_blocks

# Days of a month at least and at most; other blocks of a calendar at most: the month, the days of
# the week, and buttons that turn over.
_LEAST_DAYS, _MOST_DAYS, _OTHERS = 28, 31, 16
_DAY_CHARS = 2


def find_calendars(kept: Mapping[int, Block], cut: Cut) -> list[int]:
    """The kept blocks of calendars: blocks that are 1, 2, 3 up to the last day of a month."""
    found: list[int] = []
    end = 0
    for index, block in kept.items():
        if index < end or len(block.text) > _DAY_CHARS:
            continue
        day = _read_day(block.text)
        start = index + 1 - day
        if not 0 < day <= _MOST_DAYS or start < 0:
            continue
        days = _count_days(start, cut)
        if days >= _LEAST_DAYS:
            begin, end = _bound_calendar(start, days, cut)
            found += [other for other in range(begin, end) if other in kept]
    return found


def _read_day(text: str) -> int:
    """The number that a text is; 0 where it is none."""
    return int(text) if text.isdecimal() else 0


def _count_days(start: int, cut: Cut) -> int:
    """How many blocks count the days of a month from a block on."""
    days = 0
    for text in cut.texts[start : start + _MOST_DAYS]:
        if len(text) > _DAY_CHARS or _read_day(text) != days + 1:
            break
        days += 1
    return days


def _bound_calendar(start: int, days: int, cut: Cut) -> tuple[int, int]:
    """Where the box of some days begins and ends, or they themselves do if more stands in it."""
    box = find_shared(cut.homes[start], (start + days - 1,), cut)
    begin, end = bound_blocks(start, box, cut, most=days + _OTHERS)
    return (begin, end) if end - begin <= days + _OTHERS else (start, start + days)
