"""`sanspub rules` lists, shows, tries, checks and compiles rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cleaners
from cleaners.errors import RuleError
from cleaners.matching.rulebook import read_compiled
from scraper.cli import cli

MINE = """
lang = "fr"

[[rule]]
id = "fr-zz-mine"
category = "share"
phrases = ["envoyez ce texte par pigeon"]
why = "A button of ours."
match = ["Envoyez ce texte par pigeon !"]
keep = ["Ils envoient leurs textes par pigeon."]
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(MINE, encoding="utf-8")
    return file


def invoke(*args: str) -> Result:
    # By way of the program: a command keeps the names of its help from the first context it meets.
    return CliRunner().invoke(cli, ("rules", *args))


@pytest.mark.parametrize(("flag", "known"), [("--lang", "any, ar,"), ("--category", "follow,")])
def test_list_says_which_languages_and_categories_there_are(flag: str, known: str) -> None:
    result = invoke("list", flag, "zz")
    assert result.exit_code == 2
    assert "'zz'" in result.output
    assert known in " ".join(result.output.split())


def test_list_names_rules_of_a_language_and_category() -> None:
    lines = invoke("list", "--lang", "fr", "--category", "comment-login").output.splitlines()
    assert lines
    assert all(line.split("\t")[:2] == [line.split("\t")[0], "comment-login"] for line in lines)
    assert all(line.startswith("fr-") for line in lines)


def test_list_holds_rules_of_ones_own(mine: Path) -> None:
    assert "fr-zz-mine\tshare\tline\t1" in invoke("list", "--rules", str(mine)).output


def test_show_prints_a_rule_as_it_is_written(mine: Path) -> None:
    output = invoke("show", "fr-zz-mine", "--rules", str(mine)).output
    assert 'phrases = [\n  "envoyez ce texte par pigeon",\n]' in output


def test_show_of_an_unknown_rule_says_where_to_look() -> None:
    result = invoke("show", "fr-nothing")
    assert isinstance(result.exception, RuleError)
    assert "rules list" in str(result.exception)


def test_try_tells_keep_cut_and_drop(mine: Path) -> None:
    story = "Le conseil municipal s'est réuni lundi soir pour parler du pont fermé au printemps."
    output = invoke(
        "try",
        story,
        "Envoyez ce texte par pigeon",
        f"{story} Envoyez ce texte par pigeon",
        "--rules",
        str(mine),
    ).output
    assert [line.split("\t")[0] for line in output.splitlines()] == ["keep", "drop", "cut"]
    assert f"cut\tshare\tfr-zz-mine\t{story}" in output


def test_check_counts_what_holds(mine: Path) -> None:
    result = invoke("check", str(mine))
    assert result.output == "1 rules and 2 examples hold\n"


def test_check_names_each_example_that_fails(mine: Path) -> None:
    mine.write_text(MINE.replace("pigeon !", "mouette !"), encoding="utf-8")
    result = invoke("check", str(mine))
    assert isinstance(result.exception, RuleError)
    assert "mine.toml, fr-zz-mine: does not remove its match" in result.output


def test_check_works_on_a_packaged_file_too() -> None:
    file = Path(cleaners.__file__).parent / "rules" / "any.toml"
    assert "hold" in invoke("check", str(file)).output


def test_id_of_a_packaged_rule_is_refused_for_ones_own(mine: Path) -> None:
    name = invoke("list", "--lang", "fr").output.split("\t")[0]
    mine.write_text(MINE.replace("fr-zz-mine", name), encoding="utf-8")
    result = invoke("try", "x", "--rules", str(mine))
    assert isinstance(result.exception, RuleError)
    assert "rename" in str(result.exception)


def test_file_that_is_no_text_is_refused(mine: Path) -> None:
    mine.write_bytes(b"\xff\xfe\x00")
    assert isinstance(invoke("check", str(mine)).exception, RuleError)


def test_compile_writes_what_the_rule_files_say(tmp_path: Path) -> None:
    result = invoke("compile", "--out", str(tmp_path / "out"))
    assert result.exception is None
    written = sorted((tmp_path / "out").glob("*.json"))
    assert "fr.json" in [file.name for file in written]
    folder = Path(cleaners.__file__).parent / "rules"
    for file in written:
        raw = (folder / f"{file.stem}.toml").read_bytes()
        assert read_compiled(file.read_text(encoding="utf-8"), raw) is not None
    assert invoke("compile", "--out", str(tmp_path / "out")).output == ""
