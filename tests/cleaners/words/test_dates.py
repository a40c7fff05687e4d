"""Dates are read as people and machines write them, and never made up."""

from __future__ import annotations

import pytest

from cleaners.words import months
from cleaners.words.dates import are_dates, is_date_alone, is_later, read_date


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
        ("Wed May 01 2024 10:00:00 GMT+0200 (CEST)", "2024-05-01T10:00:00+02:00"),
        ("2024-05-01 10:00:00 UTC+8", "2024-05-01T10:00:00+08:00"),
        ("2024-05-01 10:00 GMT+3", "2024-05-01T10:00:00+03:00"),
        ("May 1, 2024 10:30 UTC+5:30", "2024-05-01T10:30:00+05:30"),
        ("May 1 2024 10:30 AM +0200", "2024-05-01T10:30:00+02:00"),
        ("Thứ tư, 1/5/2024, 10:30 (GMT+7)", "2024-05-01T10:30:00+07:00"),
        ("1 mei 2024 10:30 Zaterdag", "2024-05-01T10:30:00"),
        ("01.05.2024, 10:30 Zürich", "2024-05-01T10:30:00"),
        ("May 1, 2024 10:30-12:00", "2024-05-01T10:30:00"),
        ("May 1, 2024 10:30 -12 comments", "2024-05-01T10:30:00"),
        ("2 May 2024, 11:00. By Ann Lee", "2024-05-02T11:00:00"),
        ("2024-05-01 03:30 PM", "2024-05-01T15:30:00"),
        ("2024-05-01 12:30:00 AM", "2024-05-01T00:30:00"),
        ("1 de mayo de 2024, 8:30 p. m.", "2024-05-01T20:30:00"),
        ("1 de mayo de 2024, 12:30 a. m.", "2024-05-01T00:30:00"),
        ("1 mai 2024 à 17 h 05", "2024-05-01T17:05:00"),
        ("1 mai 2024 à 9 h 05", "2024-05-01T09:05:00"),
        ("1 mai 2024 à 17 h", "2024-05-01T17:00:00"),
        ("2024-05-01 kl. 10:30", "2024-05-01T10:30:00"),
        ("2024年5月1日 下午3:30", "2024-05-01T15:30:00"),
        ("2024年5月1日 上午10:30", "2024-05-01T10:30:00"),
        ("2024/05/01 下午 03:30", "2024-05-01T15:30:00"),
        ("2024年5月1日 午後3時30分", "2024-05-01T15:30:00"),
        ("2024. 5. 1. 오후 3:30", "2024-05-01T15:30:00"),
        ("2024.05.01. 오후 3:30", "2024-05-01T15:30:00"),
        ("1 Μαΐου 2024, 3:30 μμ", "2024-05-01T15:30:00"),
        ("1 مايو 2024 3:30 م", "2024-05-01T15:30:00"),
        ("1 أيار 2024", "2024-05-01"),
        ("15 كانون الثاني 2024", "2024-01-15"),
        ("ngày 1 tháng 5 năm 2024", "2024-05-01"),
        ("1 tháng 05, 2024 10:30", "2024-05-01T10:30:00"),
        ("2024. 5.14", "2024-05-14"),
        ("2024-05-14 下午5點20分", "2024-05-14T17:20:00"),
        ("14 May 2024, 05:20 शाम", "2024-05-14T17:20:00"),
        ("14 मई 2024 शाम 5:20", "2024-05-14T17:20:00"),
        ("14 مئی 2024 05:20 شام", "2024-05-14T17:20:00"),
        ("14 مايو 2024 م 07:45", "2024-05-14T07:45:00"),
        ("02 सितंबर 2024", "2024-09-02"),
        ("2 फरवरी 2024", "2024-02-02"),
        ("১৪ সেপ্টেম্বর ২০২৪", "2024-09-14"),
        ("14 மார்ச் 2024", "2024-03-14"),
        ("14 พ.ค. 2567 09:12 น.", "2024-05-14T09:12:00"),
        ("วันอาทิตย์ที่ 2 มิถุนายน พ.ศ. 2567", "2024-06-02"),
        ("14 ഒക്ടോബര്‍ 2024", "2024-10-14"),
        ("ថ្ងៃទី 14 ខែឧសភា ឆ្នាំ2024", "2024-05-14"),
        ("၁၄ မေ ၂၀၂၄", "2024-05-14"),
        ("14 KASIM 2024 18:30", "2024-11-14T18:30:00"),
        ("14 EKİM 2024", "2024-10-14"),
        ("ΤΡΙΤΗ 14 ΜΑΪΟΥ 2024", "2024-05-14"),
        ("14. juna 2024. 18:30", "2024-06-14T18:30:00"),
        ("14. септембра 2024.", "2024-09-14"),
        ("14 במאי 2024, 18:30", "2024-05-14T18:30:00"),
        ("14 ابريل 2024", "2024-04-14"),
        ("14 غشت 2024", "2024-08-14"),
        ("۲۵ اردیبهشت ۱۴۰۳ - ۱۸:۳۰", "2024-05-14T18:30:00"),
        ("۱۴ می ۲۰۲۴", "2024-05-14"),
        ("14 септ. 2024", "2024-09-14"),
        ("14/05/2024 às 18h", "2024-05-14T18:00:00"),
        ("令和6年5月14日", "2024-05-14"),
        ("令和元年５月１４日（火）18:05", "2019-05-14T18:05:00"),
        ("平成31年4月1日", "2019-04-01"),
        ("中華民國113年5月14日", "2024-05-14"),
        ("二〇二四年五月十四日 18:05", "2024-05-14T18:05:00"),
        ("二零二四年十二月二十一日", "2024-12-21"),
        ("۲۵ ثور ۱۴۰۳", "2024-05-14"),
    ],
)
def test_written_date_is_read(text: str, expected: str) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "no digits", "2024-13-45", "31.02.2024", "version 1.2.3", "1850-01-01", "3024-01-01",
        "call 020 7946 0018", "Mon, 99 Xxx 2024 10:00:00 GMT", "May 2024", "99999999999999",
        "14.5. 18:30", "14. 5. 18:30", "05.14. 18:30", "14.5.18:30",
        "A20240415B99", "² May 2024", "2 May ²²²²", "Fri, 15 Apr 1700 13:38:00 GMT", "15 May",
    ],
)  # fmt: skip
def test_what_is_no_date_stays_empty(text: str) -> None:
    assert read_date(text) == ""


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ko", "24.05.14 09:12", "2024-05-14T09:12:00"),
        ("ja", "24/05/14", "2024-05-14"),
        ("zh", "24-05-14", "2024-05-14"),
        ("ko", "05. 04. 18:30", ""),
        ("de", "24.05.14", "2014-05-24"),
        ("th", "14/05/67", "2024-05-14"),
        ("th", "14/05/24", "2024-05-14"),
        ("th", "3 ก.ค. 67", "2024-07-03"),
        ("fa", "1403/02/25 - 18:30", "2024-05-14T18:30:00"),
        ("fa", "۱۴۰۳/۱۲/۳۰", "2025-03-20"),
        ("fa", "2024/05/14", "2024-05-14"),
        ("ar", "1445/11/06", ""),
        ("fa", "1445/11/06", ""),
    ],
)
def test_year_is_the_languages(language: str, text: str, expected: str) -> None:
    assert read_date(text, language=language) == expected


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


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2024-05-02", "2024-05-01T23:00:00+02:00", True),
        ("2024-05-01T12:00:00+02:00", "2024-05-01T10:00:00+00:00", False),
        ("2024-05-01T08:00:00+00:00", "2024-05-01T10:00:00+00:00", False),
        ("2024-05-01T11:00:00+00:00", "2024-05-01T10:00:00+00:00", True),
        ("2024-05-01T11:00:00", "2024-05-01T10:00:00", True),
        ("2024-05-01T08:00:00", "2024-05-01T10:00:00+00:00", True),
        ("2024-05-01T08:00:00", "2024-05-01", True),
        ("2024-05-01", "2024-05-01", False),
        ("2024-05-01", "2024-05-02T10:00:00", False),
    ],
)
def test_instants_are_compared_where_both_are_known(one: str, other: str, expected: bool) -> None:
    assert is_later(one, other) is expected


def test_old_newspapers_are_believed_where_machines_are_told() -> None:
    assert read_date("1985-05-01") == ""
    assert read_date("1985-05-01", is_declared=True) == "1985-05-01"
    assert read_date("1923-05-01T00:00:00Z", is_declared=True) == "1923-05-01"


@pytest.mark.parametrize(
    "zero",
    [
        "1970-01-01T00:00:00Z", "1969-12-31T19:00:00-05:00", "1899-12-30", "1900-01-01",
        "1601-01-01", "0001-01-01", "1985-13-45",
    ],
)  # fmt: skip
def test_zero_of_a_clock_is_no_date_of_an_old_newspaper(zero: str) -> None:
    assert read_date(zero, is_declared=True) == ""


def test_every_language_has_twelve_months() -> None:
    for language, names in months._load_tables().items():
        assert set(names.values()) == set(range(1, 13)), language


@pytest.mark.parametrize(
    ("line", "is_alone"),
    [
        ("14 May 2024", True),
        ("Tuesday, 14 May 2024 at 10:30", True),
        ("Publié le 14 mai 2024 à 10h30", True),
        ("2024年5月14日 10時30分", True),
        ("14.05.2024", True),
        ("Updated at 7:07 pm on 14 May 2024", True),
        ("14 May", False),
        ("14 May 2024: the bridge opens again", False),
        ("In May 2024 he was 14", False),
        ("2024", False),
        ("", False),
    ],
)
def test_line_that_is_a_date_alone_is_told(line: str, *, is_alone: bool) -> None:
    assert is_date_alone(line) is is_alone


@pytest.mark.parametrize("text", ["²", "①", "½ ²", "\u00b9\u200b"])
def test_digit_that_is_no_number_gives_no_date(text: str) -> None:
    assert read_date(text) == ""


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fa", "۰۳/۰۲/۲۵", "2024-05-14"),
        ("fa", "99/12/01 - 18:05", "2021-02-19T18:05:00"),
        ("fa", "14/05/24", "2024-05-14"),
        ("fa", "14/05/2024", "2024-05-14"),
        ("zh", "113年05月14日", "2024-05-14"),
        ("zh", "113/05/14 18:05", "2024-05-14T18:05:00"),
        ("ja", "113年05月14日", ""),
        ("zh", "113.05.14.2", ""),
        ("he", "14 מאי 24", "2024-05-14"),
        ("he", "14 במאי 24, 18:05", "2024-05-14T18:05:00"),
        ("he", "14 מאי 18:05", ""),
        ("en", "14 May 24", ""),
        ("th", "14 พ.ค. 67 18.05 น.", "2024-05-14T18:05:00"),
        ("th", "14 พ.ค. 18.05 น.", ""),
    ],
)
def test_years_are_counted_as_the_language_does(language: str, text: str, expected: str) -> None:
    assert read_date(text, language=language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("mar, 04/06/2024 - 10:15", "fr", "2024-06-04T10:15:00"),
        ("Jan Kowalski 03.05.2024 10:15", "pl", "2024-05-03T10:15:00"),
        ("Jan de Vries | 03-05-2024", "nl", "2024-05-03"),
        ("Mac | 03.05.2024", "de", "2024-05-03"),
        ("2024. 03. 10., vas.", "hu", "2024-03-10"),
        ("5 May 2024 (updated 06.05.2024)", "en", "2024-05-05"),
    ],
)
def test_word_beside_a_whole_date_in_figures_is_no_month(
    text: str, language: str, expected: str
) -> None:
    assert read_date(text, language=language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("mar 04 giugno 2024, 10:15", "it", "2024-06-04T10:15:00"),
        ("mar. 4 jun. 2024", "es", "2024-06-04"),
        ("Jan Jansen 3 mei 2024", "nl", "2024-05-03"),
        ("By April Ryan, 3 June 2024", "en", "2024-06-03"),
        ("June Smith, May 3, 2024", "en", "2024-05-03"),
    ],
)
def test_of_two_months_the_one_beside_day_and_year_counts(
    text: str, language: str, expected: str
) -> None:
    assert read_date(text, language=language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03.05.2024 - 10.15 Uhr", "2024-05-03T10:15:00"),
        ("3.5.2024 - 10.15", "2024-05-03T10:15:00"),
        ("10:15 May 3, 2024", "2024-05-03T10:15:00"),
        ("Vol. 12 May 3, 2024", "2024-05-03"),
        ("2024.05.03 - 10.15", "2024-05-03T10:15:00"),
    ],
)
def test_clock_or_number_beside_a_date_is_no_part_of_it(text: str, expected: str) -> None:
    assert read_date(text, language="de") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("3 de setiembre de 2024", "es", "2024-09-03"),
        ("12. Jänner 2024", "de", "2024-01-12"),
        ("Tháng Năm 3, 2024", "vi", "2024-05-03"),
        ("5. junija 2024", "sl", "2024-06-05"),
    ],
)
def test_months_are_read_as_newspapers_of_a_country_write_them(
    text: str, language: str, expected: str
) -> None:
    assert read_date(text, language=language) == expected


def test_line_of_several_days_says_when_and_no_more() -> None:
    assert are_dates("Publié le 07/03/2026 à 23h14. Mis à jour le 08/03/2026 à 8h02.")
    assert are_dates("Updated: Feb. 24, 2026, 10:20 a.m.")
    assert not are_dates("Published 7 March 2026. The ferry is back.")
    assert not are_dates("The ferry is back.")
