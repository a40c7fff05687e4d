"""Years, months and days as calendars of several countries count them -> Gregorian days."""

from __future__ import annotations

import re
from datetime import date

# No news page on the web is older; years beyond are typing errors or other calendars.
FIRST_YEAR, LAST_YEAR = 1990, 2099
# Years of the Thai solar calendar run ahead by this.
_BUDDHIST_OFFSET = 543
# Years of the Persian solar calendar that news can be of. Pages give those of the Islamic lunar
# calendar beside them, which are past the last one.
_FIRST_PERSIAN, _LAST_PERSIAN = 1369, 1425
# Two digits beyond are a day before a month: no news is of the year 1410 yet.
_LAST_SHORT_PERSIAN = 1409
# Years of the calendar of Taiwan, as news give them, run behind by this.
MINGUO_OFFSET = 1911
_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_IN_WORDS = re.compile(
    r"(?<![〇零一二三四五六七八九])([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
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


def write_digits(text: str) -> str:
    """`text` with the first date in Chinese numerals in digits.

    >>> write_digits("二〇二四年五月十四日 星期二")
    '2024年5月14日 星期二'
    """
    match = _IN_WORDS.search(text)
    if match is None:
        return text
    year = "".join(_DIGITS[sign] for sign in match[1])
    day = f"{year}年{_count(match[2])}月{_count(match[3])}日"
    return f"{text[: match.start()]}{day}{text[match.end() :]}"


def _count(numeral: str) -> int:
    """A Chinese numeral up to 99; 0 where it is none."""
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (int(_DIGITS[tens] if tens else 1) * 10 if ten else 0) + int(_DIGITS.get(ones, 0))


def widen_year(year: str, *, is_buddhist: bool = False) -> str:
    """A year of two digits, with its century; with four as it is.

    `is_buddhist` reads it as Thai pages write theirs, where it is none of this century.
    """
    if len(year) > 2:
        return year
    if is_buddhist and int(year) + 2500 - _BUDDHIST_OFFSET >= FIRST_YEAR:
        return f"25{int(year):02}"
    return f"{19 if int(year) >= FIRST_YEAR % 100 else 20}{int(year):02}"


def widen_persian_year(year: str) -> str:
    """A year of two digits with its century in the Persian calendar, or empty where it has none.

    >>> widen_persian_year("03"), widen_persian_year("99"), widen_persian_year("25")
    ('1403', '1399', '')
    """
    number = int(year) + (1300 if int(year) >= _FIRST_PERSIAN % 100 else 1400)
    return str(number) if number <= _LAST_SHORT_PERSIAN else ""


def is_plausible(year: int) -> bool:
    """Whether news on the web can be of this year."""
    return FIRST_YEAR <= year <= LAST_YEAR
