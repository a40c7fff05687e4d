"""`sanspub.toml`: read, checked, and a clear word where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.cli import run_command
from scraper.errors import ConfigError
from scraper.settings import load_settings


def test_without_a_file_there_are_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(None) == {}


def test_keys_are_flags_with_dashes_or_underscores(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text('[crawl]\nallow-private = true\nper_host = 3\nformat = ["csv"]\n')
    assert load_settings(path) == {
        "crawl": {"allow_private": True, "per_host": 3, "formats": ["csv"]}
    }


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[crawl]\nspeed = 3\n", "no setting 'speed'"),
        ("[crowl]\n", "no command"),
        ("limit = 3\n", "outside of a table"),
        ("[crawl\n", "not a TOML file"),
        ("[crawl]\nquiet = 1\n", r"s\.toml: \[crawl\] quiet wants true or false"),
        ('[crawl]\nlimit = "many"\n', r"s\.toml: \[crawl\] limit: 'many'"),
        ('[crawl]\nformat = "xml"\n', r"s\.toml: \[crawl\] format: 'xml'"),
        ("[crawl]\nlimit = [1, 2]\n", r"s\.toml: \[crawl\] limit wants one value"),
        ("[crawl]\nout = 3\n", r"s\.toml: \[crawl\] out wants a string"),
        ("[crawl]\nurls-from = 5\n", r"s\.toml: \[crawl\] urls-from wants a string"),
        ("[crawl]\nrules = [3]\n", r"s\.toml: \[crawl\] rules wants a string"),
        ("[crawl]\nproxy = 7\n", r"s\.toml: \[crawl\] proxy wants a string"),
        ("[crawl]\nlimit = true\n", r"s\.toml: \[crawl\] limit: True is not a whole number"),
        ('[crawl]\nlimit = "5"\n', r"s\.toml: \[crawl\] limit: '5' is not a whole number"),
        ('[crawl]\ndelay = "2"\n', r"s\.toml: \[crawl\] delay: '2' is not a number"),
        (
            "[rules]\nlang = 'fr'\n",
            r"s\.toml: 'rules\.lang' stands outside of a table such as \[rules",
        ),
        ("[rules.zz]\nlang = 'fr'\n", r"s\.toml: there is no command \[rules\.zz\]"),
        ("[rules.list]\nspeed = 1\n", r"s\.toml: \[rules\.list\] has no setting 'speed'"),
        ("[crawl.limit]\na = 1\n", r"s\.toml: \[crawl\] limit wants one value"),
        ("[crawl]\nlimit = 2.5\n", r"s\.toml: \[crawl\] limit: 2.5 is not a whole number"),
        ("[crawl]\ndelay = true\n", r"s\.toml: \[crawl\] delay: True is not a number"),
        ("[crawl]\nformat = [{ a = 1 }]\n", r"s\.toml: \[crawl\] format wants one value"),
    ],
)
def test_wrong_setting_is_named(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(content)
    with pytest.raises(ConfigError, match=problem):
        load_settings(path)


def test_one_value_does_where_many_may_stand(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text('[crawl]\nformat = "csv"\n')
    assert load_settings(path) == {"crawl": {"formats": ["csv"]}}


def test_date_may_stand_without_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text("[crawl]\nsince = 2026-01-31\n")
    assert load_settings(path) == {"crawl": {"since": "2026-01-31"}}


def test_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path / "missing.toml")


def test_command_of_a_group_has_a_table_in_that_of_the_group(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "s.toml"
    path.write_text('[rules.list]\nlang = "fr"\ncategory = "comment-login"\n')
    assert load_settings(path) == {"rules": {"list": {"lang": "fr", "category": "comment-login"}}}
    assert run_command(["--config", str(path), "rules", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.startswith("fr-") and "\tcomment-login\t" in line for line in lines)
