"""Rules and their examples -> what is wrong with them, one line each for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaners.matching.matcher import Matcher, build_matcher
from cleaners.matching.phrases import Rule, Where
from cleaners.residue import judge_lines

# Stands for the article around an example. It must look like a paragraph and match no rule.
_STORY = (
    "This paragraph stands for the article: it is a whole sentence of real length, it names "
    "nothing that a rule knows, and it ends with a full stop."
)


def check_rules(rules: Iterable[Rule], everything: Matcher) -> Iterator[str]:
    """Yield one line for each example of `rules` that does not hold.

    `everything` is the matcher over all rules that will act together.
    """
    for rule in rules:
        alone = build_matcher([rule])
        problems = [check_match(rule, alone, line) for line in rule.match]
        problems += [check_keep(everything, line, lang=rule.lang) for line in rule.keep]
        yield from (f"{rule.source}, {rule.id}: {problem}" for problem in problems if problem)


def check_match(rule: Rule, alone: Matcher, line: str) -> str:
    """Return what is wrong where `line` does not fall by `rule` alone, or an empty string.

    The line stands at the end of a text, where `tail` rules may act. Of a `suffix` rule's line
    something may be left. That the line is like other prompts does not count.
    """
    lines = [_STORY, _STORY, line]
    judged = judge_lines(lines, rules=alone, lang=rule.lang, sure=range(len(lines)))[-1]
    if judged is None:
        return f"does not remove its match {line!r}"
    if not judged.is_whole and rule.where is not Where.SUFFIX:
        return f"removes only a part of its match {line!r}"
    return ""


def check_keep(everything: Matcher, line: str, *, lang: str = "") -> str:
    """Return what is wrong where `line` does not survive all rules in the middle of a story."""
    judged = judge_lines([_STORY, line, _STORY], rules=everything, lang=lang)[1]
    return "" if judged is None else f"its keep {line!r} is removed by {judged.verdict.rule}"
