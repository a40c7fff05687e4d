"""The rule files -> rules: what each removes, where it may act, and the examples that test it.

The format is described in `rules/README.md`. Packaged rules are read from `rules/*.toml`; users'
rules come in the same format. Anything unexpected in a file is refused with a message that names
the file and the rule and says what to do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any, TypeVar

from cleaners.article import RULE_CATEGORIES, Reason
from cleaners.errors import RuleError
from cleaners.matching.pattern import PatternError, fold_pattern


class Where(StrEnum):
    """Where in a line or a text a rule's phrases may act."""

    LINE = "line"
    PREFIX = "prefix"
    NOTICE = "notice"
    SUFFIX = "suffix"
    TAIL = "tail"


OPENERS = (Where.PREFIX, Where.NOTICE)
"""Where a phrase has to be only the beginning of the line that falls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One folded phrase; with `colon`, a colon, dash, bar or arrow must follow it."""

    pattern: str
    colon: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a rule file. `source` names the file, `lang` is empty in `any.toml`."""

    id: str
    category: Reason
    phrases: tuple[Phrase, ...]
    where: Where = Where.LINE
    heads_run: bool = False
    lang: str = ""
    why: str = ""
    match: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    source: str = ""


_FILE_KEYS = frozenset({"lang", "rule"})
_RULE_KEYS = frozenset({"id", "category", "where", "phrases", "heads_run", "why", "match", "keep"})
_REQUIRED = ("id", "category", "phrases", "why", "match")
_ANY = "any"
_Choice = TypeVar("_Choice", bound=StrEnum)


def list_rule_files() -> tuple[Traversable, ...]:
    """Return the packaged rule files, sorted by name."""
    folder = resources.files("cleaners") / "rules"
    files = (each for each in folder.iterdir() if each.name.endswith(".toml"))
    return tuple(sorted(files, key=lambda each: each.name))


def load_rules(files: Iterable[Traversable] | None = None) -> tuple[Rule, ...]:
    """Return the rules of `files` in order; without files, the packaged ones.

    Raises:
        RuleError: a file is not TOML or not as `rules/README.md` says, or an id stands twice.
    """
    rules: list[Rule] = []
    seen: dict[str, str] = {}
    for each in list_rule_files() if files is None else files:
        for rule in parse_rules(each.read_text(encoding="utf-8"), source=each.name):
            if rule.id in seen:
                raise RuleError(f"{each.name}, {rule.id}", f"this id is taken by {seen[rule.id]}")
            seen[rule.id] = each.name
            rules.append(rule)
    return tuple(rules)


def parse_rules(text: str, *, source: str) -> tuple[Rule, ...]:
    """Return the rules in the text of one rule file; `source` names it in messages.

    Raises:
        RuleError: the text is not TOML or not as `rules/README.md` says.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(source, f"not TOML: {error}") from error
    _refuse_unknown(data, _FILE_KEYS, source)
    lang = data.get("lang")
    if not isinstance(lang, str) or not lang:
        raise RuleError(source, 'the first line must name the language, such as lang = "fr"')
    entries = data.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise RuleError(source, "write each rule under its own [[rule]]")
    rules = tuple(_read_rule(each, lang=lang, source=source) for each in entries)
    _check_order(rules, source)
    return rules


def _check_order(rules: tuple[Rule, ...], source: str) -> None:
    """Refuse ids that stand twice or out of order."""
    for before, after in pairwise(rules):
        if before.id == after.id:
            raise RuleError(f"{source}, {after.id}", "this id stands twice; rename one")
        if before.id > after.id:
            raise RuleError(
                f"{source}, {after.id}", f"sort rules by id: move it before {before.id}"
            )


def _refuse_unknown(table: dict[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        expected = ", ".join(sorted(known))
        raise RuleError(where, f"unknown key {unknown[0]!r}; remove it (known: {expected})")


def _read_rule(entry: dict[str, Any], *, lang: str, source: str) -> Rule:
    name = entry.get("id")
    if not isinstance(name, str) or not name:
        raise RuleError(source, 'a rule has no id; add id = "<language>-<category>-<word>"')
    where = f"{source}, {name}"
    _refuse_unknown(entry, _RULE_KEYS, where)
    for key in _REQUIRED:
        if not entry.get(key):
            raise RuleError(where, f"{key} is missing or empty; add it")
    if not name.startswith(f"{lang}-"):
        raise RuleError(where, f"the id must begin with the file's language: {lang}-")
    heads_run = entry.get("heads_run", False)
    if not isinstance(heads_run, bool):
        raise RuleError(where, "heads_run must be true or false")
    act = _read_choice(entry, "where", Where, where, default=Where.LINE)
    category = _read_choice(entry, "category", Reason, where)
    if category not in RULE_CATEGORIES:
        raise RuleError(where, f"{category.value!r} is not a category; see rules/README.md")
    return Rule(
        id=name,
        category=category,
        phrases=tuple(
            _read_phrase(each, act, where) for each in _read_texts(entry, "phrases", where)
        ),
        where=act,
        heads_run=heads_run,
        lang="" if lang == _ANY else lang,
        why=_read_text(entry, "why", where),
        match=_read_texts(entry, "match", where),
        keep=_read_texts(entry, "keep", where),
        source=source,
    )


def _read_choice(
    entry: dict[str, Any], key: str, choices: type[_Choice], where: str, default: str | None = None
) -> _Choice:
    value = str(entry.get(key, default))
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(each.value for each in choices)
        raise RuleError(where, f"{key} = {value!r} is none of: {known}") from None


def _read_text(entry: dict[str, Any], key: str, where: str) -> str:
    value = entry[key]
    if not isinstance(value, str):
        raise RuleError(where, f"{key} must be a text in quotes")
    return value


def _read_texts(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RuleError(where, f'{key} must be a list of texts: {key} = ["..."]')
    return tuple(value)


def _read_phrase(phrase: str, act: Where, where: str) -> Phrase:
    colon = act in OPENERS and phrase.rstrip().endswith((":", "："))
    try:
        return Phrase(pattern=fold_pattern(phrase), colon=colon)
    except PatternError as error:
        raise RuleError(where, str(error)) from error
