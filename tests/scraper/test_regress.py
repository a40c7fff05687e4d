"""Cases are loaded strictly, compared readably, and accepted only where every claim holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.errors import ConfigError
from scraper.regress import (
    Case,
    Outcome,
    accept_case,
    check_case,
    check_field,
    find_cases,
    load_case,
    run_case,
)

PAGE = Outcome(
    source_text="",
    text="First line.\nSecond line.",
    data={
        "title": "A title",
        "authors": ["Ann", "Bo"],
        "published": "2026-01-02T03:04:05+00:00",
        "modified": "",
        "paywalled": None,
        "page_type": "article",
    },
)


def make_case(folder: Path, claims: str, *, name: str = "case", source: str = "page.html") -> Case:
    case = folder / "fixtures" / name
    case.mkdir(parents=True)
    (case / "claims.toml").write_text(claims, "utf-8")
    if source:
        (case / source).write_text("<p>page</p>", "utf-8")
    return load_case(case)


def test_cases_are_found_by_name_and_other_folders_are_passed_over(tmp_path: Path) -> None:
    make_case(tmp_path, "", name="b")
    make_case(tmp_path, "", name="a", source="input.txt")
    (tmp_path / "fixtures" / "notes").mkdir()
    cases = find_cases(tmp_path / "fixtures")
    assert [(case.name, case.is_page) for case in cases] == [("a", False), ("b", True)]


@pytest.mark.parametrize("make", [False, True])
def test_folder_without_a_case_is_an_error(tmp_path: Path, *, make: bool) -> None:
    folder = tmp_path / "fixtures"
    if make:
        folder.mkdir()
    with pytest.raises(ConfigError, match="fixtures"):
        find_cases(folder)


def test_source_may_stand_beside_the_fixtures_folder(tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "one.html").write_text("<p>one</p>")
    case = make_case(tmp_path, 'page = "shelf/one.html"', source="")
    assert case.source.read_text() == "<p>one</p>"


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ('titel = "x"', "unknown key 'titel'"),
        ("title = 3", "title is of the wrong type"),
        ('title = ["x"]', "title is of the wrong type"),
        ('must_contain = "x"', "must_contain is of the wrong type"),
        ('must_contain = [""]', "must_contain is of the wrong type"),
        ('exact = "yes"', "exact is of the wrong type"),
        ("title = true", "title is of the wrong type"),
        ("title = ", "claims.toml"),
        ('page = "none.html"', r"no none\.html"),
    ],
)
def test_wrong_claims_are_an_error_that_names_the_file(
    tmp_path: Path, claims: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        make_case(tmp_path, claims)


def test_only_what_is_claimed_is_checked(tmp_path: Path) -> None:
    case = make_case(tmp_path, 'title = "A title"\nmust_contain = ["First"]\nauthors = []')
    assert case.checks == ("must_contain", "title", "authors")


def test_text_is_always_checked_for_idempotence(tmp_path: Path) -> None:
    assert make_case(tmp_path, "", source="input.txt").checks == ("idempotent",)


@pytest.mark.parametrize(
    "claims",
    [
        'starts_with = "First"',
        'ends_with = "line."',
        'must_contain = ["First", "line.\\nSecond"]',
        'must_not_contain = ["Third"]',
        "empty = false",
        'title = "A title"',
        'authors = ["Ann", "Bo"]',
        'published = "2026-01-02T03:04:05Z"',
        'published = "2026-01-02T04:04:05+01:00"',
        'modified = ""',
        'page_type = "article"',
    ],
)
def test_claim_that_holds_is_no_failure(tmp_path: Path, claims: str) -> None:
    case = make_case(tmp_path, claims)
    assert case.checks
    assert check_case(case, PAGE) == ()


@pytest.mark.parametrize(
    ("claims", "difference"),
    [
        ('starts_with = "Second"', "wanted 'Second'\ngot    'First '"),
        ('ends_with = "lines."', "wanted 'lines.'\ngot    ' line.'"),
        ('must_contain = ["First", "Third"]', "missing: 'Third'"),
        ('must_not_contain = ["First", "Third"]', "still there: 'First'"),
        ("empty = true", "text of 24 characters"),
        ('title = "Title"', "wanted 'Title'\ngot    'A title'"),
        ('authors = ["Bo", "Ann"]', "wanted ['Bo', 'Ann']\ngot    ['Ann', 'Bo']"),
        (
            'published = "2026-01-02"',
            "wanted '2026-01-02'\ngot    '2026-01-02T03:04:05+00:00'",
        ),
        ('modified = "2026-01-02"', "wanted '2026-01-02'\ngot    ''"),
        ("paywalled = false", "wanted False\ngot    None"),
    ],
)
def test_claim_that_fails_says_what_was_wanted(
    tmp_path: Path, claims: str, difference: str
) -> None:
    (failure,) = check_case(make_case(tmp_path, claims), PAGE)
    assert failure.difference == difference
    assert str(failure) == f"case: {failure.check}\n{difference}"


def test_exact_text_is_compared_line_by_line(tmp_path: Path) -> None:
    case = make_case(tmp_path, "exact = true")
    (case.folder / "expected.txt").write_text("First line.\nThird line.")
    assert check_field(case, PAGE, "exact").splitlines()[-2:] == ["-Third line.", "+Second line."]


def test_exact_text_counts_a_missing_line_end(tmp_path: Path) -> None:
    case = make_case(tmp_path, "exact = true")
    (case.folder / "expected.txt").write_text(PAGE.text + "\n")
    assert check_field(case, PAGE, "exact")


def test_text_that_was_to_stay_but_changed_is_a_failure(tmp_path: Path) -> None:
    case = make_case(tmp_path, "unchanged = true", source="input.txt")
    outcome = Outcome(source_text="one\ntwo", text="one", data={})
    assert "-two" in check_field(case, outcome, "unchanged")


def test_accept_writes_text_and_data_that_then_hold(tmp_path: Path) -> None:
    case = make_case(tmp_path, 'title = "A title"')
    accepted = accept_case(case, PAGE)
    assert [path.name for path in accepted.written] == ["expected.txt", "expected.json"]
    assert (case.folder / "expected.txt").read_bytes() == PAGE.text.encode()
    assert json.loads((case.folder / "expected.json").read_text("utf-8")) == PAGE.data
    assert case.checks == ("title", "expected.txt", "expected.json")
    assert check_case(case, PAGE) == ()
    assert accept_case(case, PAGE).written == ()


def test_accept_refuses_while_a_claim_fails_and_leaves_the_claims_alone(tmp_path: Path) -> None:
    case = make_case(tmp_path, 'title = "Title"')
    accepted = accept_case(case, PAGE)
    assert [failure.check for failure in accepted.failures] == ["title"]
    assert sorted(path.name for path in case.folder.iterdir()) == ["claims.toml", "page.html"]


def test_accept_rewrites_a_record_but_never_an_exact_text(tmp_path: Path) -> None:
    record = make_case(tmp_path, "", name="record")
    truth = make_case(tmp_path, "exact = true", name="truth")
    for case in (record, truth):
        (case.folder / "expected.txt").write_text("Old text.")
    assert accept_case(record, PAGE).failures == ()
    assert (record.folder / "expected.txt").read_text() == PAGE.text
    assert [failure.check for failure in accept_case(truth, PAGE).failures] == ["exact"]
    assert (truth.folder / "expected.txt").read_text() == "Old text."


def test_changed_data_is_a_failure_until_accepted(tmp_path: Path) -> None:
    case = make_case(tmp_path, "")
    (case.folder / "expected.json").write_text('{"title": "old"}')
    assert "-" in check_field(case, PAGE, "expected.json")
    accept_case(case, PAGE)
    assert check_case(case, PAGE) == ()


def test_page_is_cleaned_with_its_url_and_text_with_its_language(tmp_path: Path) -> None:
    page = make_case(tmp_path, 'url = "http://example.test/a"', name="page")
    (page.folder / "page.html").write_text(
        "<html lang=en><title>T</title><article><p>"
        + "A sentence of an article that is long enough to be one, and then some. " * 5
        + "</p></article></html>"
    )
    text = make_case(tmp_path, 'lang = "fr"', name="text", source="input.txt")
    (text.folder / "input.txt").write_text("Une phrase.\nUne autre phrase.", "utf-8")
    assert run_case(page).data["page_type"] == "article"
    assert run_case(text) == Outcome(
        source_text="Une phrase.\nUne autre phrase.",
        text="Une phrase.\nUne autre phrase.",
        data={"capped": False, "removed": []},
    )
