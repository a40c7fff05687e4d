"""Every fixture, one test for each case and check, named `case-check`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from cleaners import clean_text
from scraper.regress import Case, Outcome, check_field, find_cases, run_case

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = {case.name: case for case in find_cases(FIXTURES)}
# What the cleaner is known to get wrong: case, then check, then why. A claim is never weakened;
# one that begins to hold fails here until its line is taken out.
KNOWN_FAILURES = tomllib.loads((FIXTURES / "known_failures.toml").read_text("utf-8"))


@cache
def outcome_of(name: str) -> Outcome:
    return run_case(CASES[name])


def known_failure(case: Case, check: str) -> tuple[pytest.MarkDecorator, ...]:
    why = KNOWN_FAILURES.get(case.name, {}).get(check)
    return (pytest.mark.xfail(reason=why, strict=True),) if why else ()


@pytest.mark.parametrize(
    ("case", "check"),
    [
        pytest.param(case, check, id=f"{case.name}-{check}", marks=known_failure(case, check))
        for case in CASES.values()
        for check in case.checks
    ],
)
def test_fixture_holds(case: Case, check: str) -> None:
    difference = check_field(case, outcome_of(case.name), check)
    assert not difference, f"\n{difference}"


def test_known_failures_name_checks_that_are_made() -> None:
    for name, checks in KNOWN_FAILURES.items():
        assert checks.keys() <= set(CASES[name].checks)


@pytest.mark.parametrize("name", sorted(CASES))
def test_case_claims_something_of_its_text(name: str) -> None:
    claims = CASES[name].claims
    assert claims.exact or claims.unchanged or claims.must_contain or claims.empty


@pytest.mark.parametrize("name", sorted(CASES))
def test_exact_case_has_its_text(name: str) -> None:
    case = CASES[name]
    assert not case.claims.exact or (case.folder / "expected.txt").is_file()


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.claims.exact])
def test_article_without_residue_is_left_alone_by_clean_text(name: str) -> None:
    article = (CASES[name].folder / "expected.txt").read_bytes().decode("utf-8")
    cleaned = clean_text(article)
    assert [block.text for block in cleaned.removed] == []
    assert cleaned.text == article
