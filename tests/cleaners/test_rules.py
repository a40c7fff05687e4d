"""Every rule of every rule file is held against its own examples."""

from __future__ import annotations

import pytest

from cleaners.errors import RuleError
from cleaners.matcher import build_matcher
from cleaners.phrases import Rule, Where, list_rule_files, load_rules
from cleaners.residue import judge_lines

_BODY = (
    "This paragraph stands for the article: it is a whole sentence of real length, it names "
    "nothing that a rule knows, and it ends with a full stop."
)


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


_RULES, _PROBLEMS = _load_all()
_BOOK = build_matcher(_RULES)
_BY_RULE = [pytest.param(rule, id=rule.id) for rule in _RULES]


@pytest.mark.parametrize("name", sorted(_PROBLEMS))
def test_rule_file_is_as_the_format_says(name: str) -> None:
    assert not _PROBLEMS[name]


def test_no_id_stands_in_two_files() -> None:
    ids = [rule.id for rule in _RULES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", _BY_RULE)
def test_each_match_falls_by_this_rule_alone(rule: Rule) -> None:
    book = build_matcher([rule])
    for line in rule.match:
        judged = judge_lines([_BODY, _BODY, line], rules=book)[-1]
        assert judged is not None, f"{rule.id} does not remove {line!r}"
        assert judged.verdict.rule == rule.id
        assert judged.verdict.reason is rule.category
        if rule.where is not Where.SUFFIX:
            assert judged.is_whole, f"{rule.id} leaves {line[judged.start : judged.end]!r}"


@pytest.mark.parametrize("rule", [p for p in _BY_RULE if p.values[0].keep])
def test_each_keep_survives_the_whole_rule_set(rule: Rule) -> None:
    for line in rule.keep:
        for lines in ([_BODY, line, _BODY], [_BODY, _BODY, _BODY, line, _BODY, _BODY]):
            judged = judge_lines(lines, rules=_BOOK)[lines.index(line)]
            assert judged is None, f"{judged.verdict.rule} removes {line!r}"
