"""Dates are read as people and machines write them, and never made up."""

from __future__ import annotations

import pytest

from cleaners.dates import is_after, load_months, read_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-04-15T13:38:00+02:00", "2024-04-15T13:38:00+02:00"),
        ("2024-04-15T13:38:00.842Z", "2024-04-15T13:38:00+00:00"),
        ("2024-04-15 13:38:00 UTC", "2024-04-15T13:38:00+00:00"),
        ("2024-04-15T13:38-0430", "2024-04-15T13:38:00-04:30"),
        ("2024-04-15T13:38:00+02", "2024-04-15T13:38:00+02:00"),
        ("2024-04-15 13:38", "2024-04-15T13:38:00"),
        ("20240415T133800Z", "2024-04-15T13:38:00+00:00"),
        ("2024-04-15", "2024-04-15"),
        ("2024/04/15", "2024-04-15"),
        ("20240415", "2024-04-15"),
        ("2024-04-15T25:99:00", "2024-04-15"),
        ("Mon, 15 Apr 2024 13:38:00 GMT", "2024-04-15T13:38:00+00:00"),
        ("Mon, 15 Apr 2024 13:38:00 +0200", "2024-04-15T13:38:00+02:00"),
        ("1713800000", "2024-04-22T15:33:20+00:00"),
        ("1713800000123", "2024-04-22T15:33:20+00:00"),
        ("Published April 22nd, 2024 at 3:05 pm", "2024-04-22T15:05:00"),
        ("12 Jan 2012 | 12.30am", "2012-01-12T00:30:00"),
        ("22. April 2024, 15:55 Uhr", "2024-04-22T15:55:00"),
        ("22 avril 2024 à 15h55", "2024-04-22T15:55:00"),
        ("22 de abril de 2024", "2024-04-22"),
        ("22 апреля 2024 г. 9:05", "2024-04-22T09:05:00"),
        ("22 kwietnia 2024", "2024-04-22"),
        ("2024. április 22.", "2024-04-22"),
        ("2024 m. balandžio 22 d.", "2024-04-22"),
        ("15 Ιανουαρίου 2012", "2012-01-15"),
        ("22 นิยม เมษายน 2567", "2024-04-22"),
        ("٢٢ أبريل ٢٠٢٤", "2024-04-22"),
        ("2024年4月22日 15時55分", "2024-04-22T15:55:00"),
        ("2024년 4월 22일 15시 55분", "2024-04-22T15:55:00"),
        ("22.04.2024 | 15:55", "2024-04-22T15:55:00"),
        ("22.4.24", "2024-04-22"),
        ("31/12/1999", "1999-12-31"),
        ("22 April 2024 10:00 +99:99", "2024-04-22T10:00:00"),
        ("2024-04-22T10:00:00+99:99", "2024-04-22T10:00:00"),
        ("12/31/1999", "1999-12-31"),
    ],
)
def test_written_date_is_read(text: str, expected: str) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "no digits", "2024-13-45", "31.02.2024", "version 1.2.3", "1850-01-01", "3024-01-01",
        "call 020 7946 0018", "Mon, 99 Xxx 2024 10:00:00 GMT", "May 2024", "99999999999999",
        "A20240415B99", "² May 2024", "2 May ²²²²", "Fri, 15 Apr 1700 13:38:00 GMT", "15 May",
    ],
)  # fmt: skip
def test_what_is_no_date_stays_empty(text: str) -> None:
    assert read_date(text) == ""


def test_month_comes_first_only_where_asked_and_possible() -> None:
    assert read_date("04/05/2024") == "2024-05-04"
    assert read_date("04/05/2024", month_first=True) == "2024-04-05"
    assert read_date("14/05/2024", month_first=True) == "2024-05-14"
    assert read_date("04.05.2024", month_first=True) == "2024-05-04"


def test_month_names_that_mean_two_months_follow_the_language() -> None:
    assert read_date("5 listopad 2023", language="hr") == "2023-10-05"
    assert read_date("5 listopad 2023", language="pl") == "2023-11-05"


def test_impossible_clock_is_left_out() -> None:
    assert read_date("22 April 2024 25:61") == "2024-04-22"


def test_order_of_dates_counts_days() -> None:
    assert is_after("2024-04-23", "2024-04-22T23:00:00+02:00")
    assert not is_after("2024-04-23", "2024-04-22", days=1)


def test_every_language_has_twelve_months() -> None:
    for language, names in load_months().items():
        assert language == "vi" or set(names.values()) == set(range(1, 13)), language
