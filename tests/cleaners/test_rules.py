"""Every rule of every rule file is held against its own examples."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from cleaners.errors import RuleError
from cleaners.matching.matcher import build_matcher
from cleaners.matching.pattern import ANYTHING, compile_pattern
from cleaners.matching.phrases import OPENERS, Rule, list_rule_files, load_rules
from cleaners.matching.rulebook import COMPILED_FOLDER, name_compiled, read_compiled
from cleaners.rule_check import check_keep, check_match
from scraper.commands.rules import render_reference


def _load_all() -> tuple[list[Rule], dict[str, str]]:
    rules: list[Rule] = []
    problems: dict[str, str] = {}
    for file in list_rule_files():
        try:
            rules.extend(load_rules([file]))
            problems[file.name] = ""
        except RuleError as error:
            problems[file.name] = str(error)
    return rules, problems


# Folded words with which lines of several languages begin and end.
_EVERYDAY = {"#", "a", "and", "das", "de", "del", "den", "der", "det", "die", "el", "en", "in"}
_EVERYDAY |= {"la", "las", "le", "les", "los", "na", "of", "on", "the", "to", "un", "una", "une"}
_RULES, _PROBLEMS = _load_all()
_BOOK = build_matcher(_RULES)
_BY_RULE = [pytest.param(rule, id=rule.id) for rule in _RULES]


@pytest.mark.parametrize("name", sorted(_PROBLEMS))
def test_rule_file_is_as_the_format_says(name: str) -> None:
    assert not _PROBLEMS[name]


def test_no_id_stands_in_two_files() -> None:
    ids = [rule.id for rule in _RULES]
    assert len(ids) == len(set(ids))


def _list_repeated(value: object) -> list[str]:
    """What stands twice in a list of words, in any table of a value of a TOML file."""
    if isinstance(value, dict):
        return [word for inner in value.values() for word in _list_repeated(inner)]
    if not isinstance(value, list):
        return []
    # A list in a list is a row: a text and what is to be read there.
    inside = [word for inner in value if isinstance(inner, dict) for word in _list_repeated(inner)]
    words = [each for each in value if isinstance(each, str)]
    return inside + [word for word, count in Counter(words).items() if count > 1]


@pytest.mark.parametrize("folder", ["rules", "words", "words/prompts"])
def test_no_list_holds_a_word_twice(folder: str) -> None:
    found = {
        file.name: repeated
        for file in resources.files("cleaners").joinpath(folder).iterdir()
        if file.name.endswith(".toml")
        and (repeated := _list_repeated(tomllib.loads(file.read_text("utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize("rule", _BY_RULE)
def test_each_match_falls_by_this_rule_alone(rule: Rule) -> None:
    alone = build_matcher([rule])
    assert [problem for line in rule.match if (problem := check_match(rule, alone, line))] == []


@pytest.mark.parametrize("rule", [each for each in _BY_RULE if each.values[0].keep])
def test_each_keep_survives_the_whole_rule_set(rule: Rule) -> None:
    problems = [check_keep(_BOOK, line, lang=rule.lang) for line in rule.keep]
    assert [problem for problem in problems if problem] == []


@pytest.mark.parametrize("rule", _BY_RULE)
def test_no_line_is_read_for_an_everyday_word_at_its_edge(rule: Rule) -> None:
    for phrase in rule.phrases:
        program = compile_pattern(phrase.pattern)
        edges = (program,) if rule.where in OPENERS else (program, program.reverse())
        for edge in edges:
            opens = {
                edge.symbols[state]
                for state in edge.first
                if any(edge.symbols[after] == ANYTHING for after in edge.follow[state])
            }
            assert opens.isdisjoint(_EVERYDAY), phrase.pattern


def test_reference_of_the_rules_is_current() -> None:
    reference = Path(__file__).parents[2] / "docs" / "rules.md"
    current = render_reference(_RULES)
    assert reference.read_text(encoding="utf-8") == current, (
        "run: sanspub rules reference > docs/rules.md"
    )


@pytest.mark.parametrize("file", list_rule_files(), ids=lambda file: str(file.name))
def test_compiled_rules_are_current(file: Traversable) -> None:
    folder = resources.files("cleaners") / "rules" / COMPILED_FOLDER
    compiled = (folder / name_compiled(file.name)).read_text(encoding="utf-8")
    assert read_compiled(compiled, file.read_bytes()), "run: sanspub rules compile"
