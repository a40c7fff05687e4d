"""Written dates -> ISO 8601, with the zone only where the page gives one.

Nothing here knows what day it is: a date that is not written on the page does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

from cleaners.words.calendars import (
    FIRST_YEAR,
    MINGUO_OFFSET,
    is_plausible,
    read_day,
    read_persian_day,
    widen_persian_year,
    widen_year,
    write_digits,
)
from cleaners.words.datelines import UNSPACED, load_date_words, strip_labels
from cleaners.words.months import cut_tokens, list_month_names, read_written

# The year of the first newspaper, the Relation of Strasbourg.
_FIRST_NEWSPAPER = 1605
_ARCHIVED = re.compile(r"1[6-9]\d\d-\d\d-\d\d(?!\d)")
# The zero of Unix time west of Greenwich, and that of spreadsheets; others are a first of January.
_ZEROS = frozenset({"1969-12-31", "1899-12-30", "1899-12-31"})
# Characters of a date without time of day.
_BARE = len("2024-04-22")
# The easternmost zone in use; ISO 8601 itself allows more, datetime does not.
_MAX_OFFSET = timedelta(hours=14)

# An offset from UTC, as machines write it after a clock; and as people do, where a hyphen may also
# lead to the end of a span (`10:30-12:00`) and a Z to a word.
_NAMED = r"(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d{2})?(?![:\d]))?(?![^\W_])"
_ZONE = rf"(?:\s?(?P<zone>Z(?![^\W_])|{_NAMED}|[+-]\d{{2}}(?::?\d{{2}})?))?"
_SAID_ZONE = rf"(?:\s?\(?(?P<zone>Z(?![^\W_])|{_NAMED}|(?:\+\d{{2}}:?|-\d{{2}})\d{{2}}(?![:\d])))?"
_TIME = (
    r"(?:(?P<hour>\d{1,2})(?:[:.h時时點点]|시\s?|\sh\s)(?P<minute>\d{2})(?!\.?\d)"
    r"(?::(?P<second>\d{2})(?:[.,]\d+)?)?)"
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})([-/.]?)(?P<month>\d{2})\2(?P<day>\d{2})"
    r"(?:[T\s,|-]{1,3}(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?"
    + _ZONE
    + r")?(?!\d)",
    re.IGNORECASE,
)
# Not the year of a date that ends there, with a clock after it: "03.05.2024 - 10.15 Uhr".
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?<!\d[-/.])(?<!\d[-/.]\s)(?P<year>\d{4})\s?[-/.年년]\s?(?P<month>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})(?!\d)"
)
# Two digits after a space or before a colon are a clock's and no year: "14.5. 18:30".
_NUMERIC = re.compile(
    r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2(?:\s?(\d{4})|(\d{2})(?![:.h時]\d))(?!\d)"
)
_SHORT_YEAR_FIRST = re.compile(r"(?<!\d)(\d{2})(\.\s?|[/-])(\d{1,2})\2(\d{1,2})(?!\d|[:.h時]\d)")
# Three digits of a year, as Taiwan counts them.
_MINGUO = re.compile(r"(?<!\d)(1\d\d)([-/年])(\d{1,2})[-/月](\d{1,2})(?!\d)")
# A line that is a date: characters, and words beside those of dates, at most; the year that it has.
_ALONE_CHARS, _ALONE_WORDS = 60, 2
_NEXT_SENTENCE = re.compile(r"(?<=[.。!])\s+(?=[^\W\d])")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|2[05])\d\d(?!\d)")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
# The first letter of the scripts, in the order of Unicode, whose words for halves of the day stand
# before a clock as well as after it, and are no other words there: the Arabic for p.m. is A.D. too.
_FIRST_INDIC = "\u0900"
_RFC = re.compile(r"^[A-Za-z]{3},? \d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The parts of a date as written, and where in the text they stand."""

    year: str
    month: str
    day: str
    start: int
    end: int


def read_date(
    text: str, *, language: str = "", month_first: bool = False, is_declared: bool = False
) -> str:
    """The first date in `text` as ISO 8601 (`2024-04-22`, `2024-04-22T15:55:00+02:00`), or empty.

    `language` says which month names to look for first. `month_first` reads `04/05/2024` as the
    fifth of April. `is_declared` says that the text is meant for machines: then years before the
    web, as archives of newspapers have them, are believed.
    """
    text = write_digits(text.strip()[:300])
    if not any(char.isdigit() for char in text):
        return ""
    if is_declared and (found := _read_archived(text)):
        return found
    for read in (_read_iso, _read_epoch, _read_rfc):
        found = read(text)
        if found:
            return found
    day = read_written(text, language=language)
    if day:
        return _with_clock(day, text)
    day, rest = _read_numeric(text, language=language, month_first=month_first)
    return _with_clock(day, rest) if day else ""


def is_date_alone(text: str) -> bool:
    """Whether a line is a day, its year named, with a clock, a weekday and the like at most.

    >>> is_date_alone("Tuesday, 14 May 2024 at 10:30"), is_date_alone("Sales fell by 4 in May 2024")
    (True, False)
    >>> is_date_alone("Updated at 7:07 pm on 16 January 2024")
    True
    """
    if len(text) > _ALONE_CHARS or _YEAR.search(text) is None or not read_date(text):
        return False
    words = [word for word in cut_tokens(strip_labels(text)) if len(word) > 1 and word.isalpha()]
    return sum(word not in _list_date_words() for word in words) <= _ALONE_WORDS


def are_dates(text: str) -> bool:
    """Whether a line is a day, or several sentences that are one each: when and when again.

    >>> are_dates("Published 7 March 2026 at 11.14 pm. Updated 8 March 2026 at 8.02 am.")
    True
    """
    return is_date_alone(text) or all(map(is_date_alone, _NEXT_SENTENCE.split(text)))


def is_later(one: str, other: str) -> bool:
    """Whether the date `one` is a later instant than `other` (both from `read_date`).

    Where one of them lacks the time of day, or only one has a zone, their days are compared, and
    two that differ on the same day count as later.
    """
    first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    has_clocks = len(one) > _BARE and len(other) > _BARE
    if has_clocks and (first.tzinfo is None) == (second.tzinfo is None):
        return first > second
    return one != other and first.date() >= second.date()


def _read_archived(text: str) -> str:
    """The day of a date before the web; empty for the zeros of clocks and databases."""
    match = _ARCHIVED.match(text)
    if match is None or match[0] in _ZEROS:
        return ""
    try:
        found = date.fromisoformat(match[0])
    except ValueError:
        return ""
    is_zero = found.month == found.day == 1
    return match[0] if _FIRST_NEWSPAPER <= found.year < FIRST_YEAR and not is_zero else ""


def _read_iso(text: str) -> str:
    match = _ISO.search(text)
    if match is None:
        return ""
    if match["hour"] is None:
        # `20240422` inside a longer code is no date; alone or with separators it is.
        if not match[2] and match[0] != text:
            return ""
        day = read_day(match["year"], match["month"], match["day"])
        return _with_clock(day, text[match.end() :]) if day else ""
    half = _load_half().match(text, match.end("minute") if not match["second"] else match.end())
    return _moment(match, match, half[1] if half else "")


def _moment(day: re.Match[str], clock: re.Match[str], half: str) -> str:
    try:
        moment = datetime(
            int(day["year"]),
            int(day["month"]),
            int(day["day"]),
            _read_hour(clock["hour"], half) % 24,
            int(clock["minute"]),
            min(int(clock["second"] or 0), 59),
            tzinfo=_zone(clock["zone"]),
        )
    except (ValueError, OverflowError):
        return read_day(day["year"], day["month"], day["day"])
    return moment.isoformat() if is_plausible(moment.year) else ""


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    offset_text = re.sub(r"[^\d:+-]", "", text)
    if not offset_text:
        return UTC
    hours, colon, minutes = offset_text[1:].partition(":")
    if not colon and len(hours) > len("00"):
        hours, minutes = hours[:-2], hours[-2:]
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset > _MAX_OFFSET:
        return None
    return timezone(-offset if offset_text[0] == "-" else offset)


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
    return moment.isoformat() if is_plausible(moment.year) else ""


def _read_numeric(text: str, *, language: str, month_first: bool) -> tuple[str, str]:
    """The date whose month is a number, and `text` without it; both empty where there is none."""
    is_persian = language in load_date_words().persian
    for numbers in _list_numeric(text, language=language, month_first=month_first):
        parts = numbers.year, numbers.month, numbers.day
        found = read_day(*parts)
        if not found and is_persian:
            found = read_persian_day(*parts)
        if found:
            return found, f"{text[: numbers.start]} {text[numbers.end :]}"
    return "", ""


def _list_numeric(text: str, *, language: str, month_first: bool) -> Iterator[_Numbers]:
    """What may be a date in numbers, most telling first."""
    words = load_date_words()
    if match := _load_era().search(text):
        count = int(match[2]) if match[2].isdecimal() else 1
        yield _Numbers(str(words.eras[match[1]] + count), match[3], match[4], *match.span())
    if match := _YEAR_FIRST.search(text):
        yield _Numbers(match["year"], match["month"], match["day"], *match.span())
    if language in words.year_first and (match := _SHORT_YEAR_FIRST.search(text)):
        yield _Numbers(widen_year(match[1]), match[3], match[4], *match.span())
    if language in words.minguo and (match := _MINGUO.search(text)):
        yield _Numbers(str(int(match[1]) + MINGUO_OFFSET), match[3], match[4], *match.span())
    match = _SHORT_YEAR_FIRST.search(text) if language in words.persian else None
    if match and (persian := widen_persian_year(match[1])):
        yield _Numbers(persian, match[3], match[4], *match.span())
    if match := _NUMERIC.search(text):
        first, sign, second, year, short = match.groups()
        year = year or widen_year(short, is_buddhist=language in words.buddhist)
        is_month_first = month_first and sign == "/" and int(first) <= 12
        if int(second) > 12 or is_month_first:
            first, second = second, first
        yield _Numbers(year, second, first, *match.span())


def _with_clock(day: str, text: str) -> str:
    """`day` with the time of day that `text` gives, if it gives one."""
    match = _load_clock().search(text)
    if match is None:
        full = _load_full_hour().search(text)
        return f"{day}T{int(full[1]):02}:00:00" if full and int(full[1]) < 24 else day
    hour = _read_hour(match["hour"], match["before"] or match["half"] or "")
    minute = int(match["minute"])
    if hour > 23 or minute > 59:
        return day
    second = min(int(match["second"] or 0), 59)
    start = date.fromisoformat(day)
    zone = _zone(match["zone"])
    return datetime(
        start.year, start.month, start.day, hour, minute, second, tzinfo=zone
    ).isoformat()


def _read_hour(hour: str, half: str) -> int:
    """The hour of the day (0..23 where it is one) of a clock with the half it names, if any."""
    number = int(hour)
    if half.lower() in load_date_words().afternoon:
        return number + 12 if number < 12 else number
    return 0 if number == 12 and half else number


@cache
def _load_clock() -> re.Pattern[str]:
    """A clock, with the half of the day after it, or before it where that is no other word."""
    before, after = _join_halves()
    return re.compile(
        rf"(?:(?P<before>{before})\s?)?(?<![\d.:/-]){_TIME}(?:\s?(?P<half>{after}))?{_SAID_ZONE}",
        re.IGNORECASE,
    )


@cache
def _load_era() -> re.Pattern[str]:
    """A date in the years of a reign or a republic, of which the first has a sign of its own."""
    eras = "|".join(map(re.escape, sorted(load_date_words().eras)))
    return re.compile(rf"({eras})\s?(\d{{1,3}}|元)\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日")


@cache
def _load_full_hour() -> re.Pattern[str]:
    """An hour without minutes after the word that leads to it ("às 18h")."""
    leads = "|".join(map(re.escape, sorted(load_date_words().hour_leads)))
    return re.compile(rf"(?<![^\W_])(?:{leads})\s(\d{{1,2}})\s?h(?![^\W_])", re.IGNORECASE)


@cache
def _list_date_words() -> frozenset[str]:
    """Words in a date: months, and the halves of the day."""
    known = load_date_words()
    return list_month_names() | known.forenoon | known.afternoon


@cache
def _load_half() -> re.Pattern[str]:
    """The half of the day that follows a clock."""
    return re.compile(rf"\s?({_join_halves()[1]})", re.IGNORECASE)


@cache
def _join_halves() -> tuple[str, str]:
    """Patterns of the words for halves of the day: of those before a clock, and of all."""
    words = load_date_words()
    halves = sorted(words.forenoon | words.afternoon, key=lambda word: (-len(word), word))
    unspaced = "|".join(word for word in halves if word >= UNSPACED)
    early = "|".join(word for word in halves if _FIRST_INDIC <= word < UNSPACED)
    spaced = "|".join(re.escape(word) for word in halves if word < UNSPACED)
    return rf"{unspaced}|(?<!\w)(?:{early})", rf"{unspaced}|(?:{spaced})(?![^\W_])"
