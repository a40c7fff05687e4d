"""Written dates -> ISO 8601, with the zone only where the page gives one.

Nothing here knows what day it is: a date that is not written on the page does not exist.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files

# No news page on the web is older; years beyond are typing errors or other calendars.
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
# The easternmost zone in use; ISO 8601 itself allows more, datetime does not.
_MAX_OFFSET = timedelta(hours=14)
# Years of the Thai solar calendar run ahead by this.
_BUDDHIST_OFFSET = 543

_ZONE = r"(?:\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?"
_TIME = (
    r"(?:(?P<hour>\d{1,2})(?:[:.h時]|시\s?)(?P<minute>\d{2})(?!\.?\d)"
    r"(?::(?P<second>\d{2})(?:[.,]\d+)?)?)"
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})([-/.]?)(?P<month>\d{2})\2(?P<day>\d{2})"
    r"(?:[T\s,|-]{1,3}(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?"
    + _ZONE
    + r")?(?!\d)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?[-/.年년]\s?(?P<month>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})(?!\d)"
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_CLOCK = re.compile(r"(?<![\d.:/-])" + _TIME + r"\s?(?P<half>[ap]\.?m\b)?" + _ZONE, re.IGNORECASE)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_RFC = re.compile(r"^[A-Za-z]{3},? \d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")
# Words between month, day and year: "22 de abril de 2024", "April 22nd, 2024".
_NEAR = 3


def read_date(text: str, *, language: str = "", month_first: bool = False) -> str:
    """The first date in `text` as ISO 8601 (`2024-04-22`, `2024-04-22T15:55:00+02:00`), or empty.

    `language` says which month names to look for first. `month_first` reads `04/05/2024` as the
    fifth of April.
    """
    text = text.strip()[:300]
    if not any(char.isdigit() for char in text):
        return ""
    for read in (_read_iso, _read_epoch, _read_rfc):
        found = read(text)
        if found:
            return found
    day = _read_written(text, language=language) or _read_numeric(text, month_first=month_first)
    return _with_clock(day, text) if day else ""


def is_after(one: str, other: str, *, days: int = 0) -> bool:
    """Whether the date `one` lies more than `days` days after `other` (both from `read_date`)."""
    return date.fromisoformat(one[:10]) > date.fromisoformat(other[:10]) + timedelta(days=days)


def _read_iso(text: str) -> str:
    match = _ISO.search(text)
    if match is None:
        return ""
    if match["hour"] is None:
        # `20240422` inside a longer code is no date; alone or with separators it is.
        if not match[2] and match[0] != text:
            return ""
        return _day(match["year"], match["month"], match["day"])
    return _moment(match, match)


def _moment(day: re.Match[str], clock: re.Match[str]) -> str:
    try:
        moment = datetime(
            int(day["year"]),
            int(day["month"]),
            int(day["day"]),
            int(clock["hour"]) % 24,
            int(clock["minute"]),
            min(int(clock["second"] or 0), 59),
            tzinfo=_zone(clock["zone"]),
        )
    except (ValueError, OverflowError):
        return _day(day["year"], day["month"], day["day"])
    return moment.isoformat() if _is_plausible(moment.year) else ""


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset > _MAX_OFFSET:
        return None
    return timezone(-offset if text[0] == "-" else offset)


def _read_epoch(text: str) -> str:
    if not _EPOCH.fullmatch(text):
        return ""
    return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()


def _read_rfc(text: str) -> str:
    """The date of an e-mail or HTTP header (RFC 5322 section 3.3)."""
    if not _RFC.match(text):
        return ""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return moment.isoformat() if _is_plausible(moment.year) else ""


def _read_numeric(text: str, *, month_first: bool) -> str:
    match = _YEAR_FIRST.search(text)
    if match:
        return _day(match["year"], match["month"], match["day"])
    match = _NUMERIC.search(text)
    if match is None:
        return ""
    first, sign, second, year = match.groups()
    if len(year) == 2:
        year = ("19" if int(year) >= 90 else "20") + year
    is_month_first = month_first and sign == "/" and int(first) <= 12
    if int(second) > 12 or is_month_first:
        first, second = second, first
    return _day(year, second, first)


def _read_written(text: str, *, language: str) -> str:
    """The date whose month is written as a word."""
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    months = load_months()
    tables = [months[language]] if language in months else []
    tables.extend(table for name, table in months.items() if name != language)
    for table in tables:
        for index, token in enumerate(tokens):
            month = table.get(token)
            if month is None:
                continue
            near = tokens[max(0, index - _NEAR) : index], tokens[index + 1 : index + 1 + 2 * _NEAR]
            found = _day_near(month, *near)
            if found:
                return found
    return ""


def _day_near(month: int, before: list[str], after: list[str]) -> str:
    """The day whose number and year stand next to a month's name, nearest first."""
    around = [*reversed(before[-1:]), *after[:1], *reversed(before[:-1]), *after[1:]]
    days = [
        token for token in around if token.isdecimal() and len(token) <= 2 and 1 <= int(token) < 32
    ]
    years = [
        token for token in (*after, *reversed(before)) if token.isdecimal() and len(token) == 4
    ]
    return _day(years[0], str(month), days[0]) if days and years else ""


def _with_clock(day: str, text: str) -> str:
    """`day` with the time of day that `text` gives, if it gives one."""
    match = _CLOCK.search(text)
    if match is None:
        return day
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["half"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return day
    second = min(int(match["second"] or 0), 59)
    start = date.fromisoformat(day)
    zone = _zone(match["zone"])
    return datetime(
        start.year, start.month, start.day, hour, minute, second, tzinfo=zone
    ).isoformat()


def _day(year: str, month: str, day: str) -> str:
    number = int(year)
    if number - _BUDDHIST_OFFSET >= _FIRST_YEAR:
        number -= _BUDDHIST_OFFSET
    try:
        found = date(number, int(month), int(day))
    except ValueError:
        return ""
    return found.isoformat() if _is_plausible(found.year) else ""


def _is_plausible(year: int) -> bool:
    return _FIRST_YEAR <= year <= _LAST_YEAR


@cache
def load_months() -> dict[str, dict[str, int]]:
    """Language -> month name -> number, from the packaged list; names of several words left out."""
    raw = tomllib.loads(files("cleaners").joinpath("words/months.toml").read_text("utf-8"))
    return {
        language: {
            name: number
            for number, names in enumerate(line.split(";"), start=1)
            for name in names.split("/")
            if " " not in name
        }
        for language, line in raw.items()
    }
