"""Years, months and days as calendars of several countries count them -> Gregorian days."""

from __future__ import annotations

from datetime import date

# No news page on the web is older; years beyond are typing errors or other calendars.
FIRST_YEAR, LAST_YEAR = 1990, 2099
# Years of the Thai solar calendar run ahead by this.
_BUDDHIST_OFFSET = 543
# Years of the Persian solar calendar that news can be of. Pages give those of the Islamic lunar
# calendar beside them, which are past the last one.
_FIRST_PERSIAN, _LAST_PERSIAN = 1369, 1425
# Days before the first of the year 0 of the Persian calendar, in those of `date.toordinal`.
_PERSIAN_START = 226_529


def read_day(year: str, month: str, day: str) -> str:
    """The day in ISO 8601, or empty where it is none or none of the web.

    A Thai year is told by its size.
    """
    number = int(year)
    if number - _BUDDHIST_OFFSET >= FIRST_YEAR:
        number -= _BUDDHIST_OFFSET
    try:
        found = date(number, int(month), int(day))
    except ValueError:
        return ""
    return found.isoformat() if is_plausible(found.year) else ""


def read_persian_day(year: str, month: str, day: str) -> str:
    """The day of the Persian solar calendar (`1403`, `2`, `25`) in ISO 8601, or empty.

    Leap years follow a cycle of 33 years, which is exact from 1178 to 1633 (ICU, `persncal.cpp`).

    >>> read_persian_day("1403", "2", "25")
    '2024-05-14'
    """
    years, months, days = int(year), int(month) - 1, int(day)
    if not _FIRST_PERSIAN <= years <= _LAST_PERSIAN or not 0 <= months < 12 or not 0 < days < 32:
        return ""
    before = 31 * months - max(0, months - 6)
    leaps = (8 * years + 21) // 33
    return date.fromordinal(_PERSIAN_START + 365 * years + leaps + before + days).isoformat()


def widen_year(year: str, *, is_buddhist: bool = False) -> str:
    """A year of two digits, with its century; with four as it is.

    `is_buddhist` reads it as Thai pages write theirs, where it is none of this century.
    """
    if len(year) > 2:
        return year
    if is_buddhist and int(year) + 2500 - _BUDDHIST_OFFSET >= FIRST_YEAR:
        return f"25{int(year):02}"
    return f"{19 if int(year) >= FIRST_YEAR % 100 else 20}{int(year):02}"


def is_plausible(year: int) -> bool:
    """Whether news on the web can be of this year."""
    return FIRST_YEAR <= year <= LAST_YEAR
