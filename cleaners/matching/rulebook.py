"""The packaged rules as one matcher, made once per process and only when first asked for.

Reading and checking all rule files takes seconds, so each is also packaged compiled
(`rules/compiled/<lang>.json`, written by `sanspub rules compile`). A compiled file is used only
while it carries the digest of its rule file; otherwise the rule file itself is read, so that an
edited rule acts at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

from cleaners.article import Reason
from cleaners.errors import RuleError
from cleaners.matching.automaton import Terms
from cleaners.matching.matcher import Matcher, Section, build_section, join_sections
from cleaners.matching.phrases import Rule, Where, list_rule_files, parse_rules

COMPILED_FOLDER = "compiled"
_FORMAT = 3


@cache
def load_matcher() -> Matcher:
    """Return the matcher over all packaged rules.

    Raises:
        RuleError: a packaged rule file is not as `rules/README.md` says.
    """
    return join_sections(_load_sections(), recipe=(load_matcher, ()))


def compile_rules(text: str, *, source: str = "rules") -> Matcher:
    """Return the packaged rules with those in the text of a rule file, for `rules=`.

    `source` names the file in messages. This takes a fifth of a second: keep what comes out.

    Raises:
        TypeError: the rules are no text.
        RuleError: the text is not TOML or not as `rules/README.md` says, or takes a packaged id.
    """
    if not isinstance(text, str):
        raise TypeError(f"rules are text, not {type(text).__name__}; read the file first")
    return extend_matcher(parse_rules(text, source=source))


def extend_matcher(rules: Sequence[Rule]) -> Matcher:
    """Return the matcher over the packaged rules and `rules` besides.

    Raises:
        RuleError: one of `rules` has the id of a packaged rule.
    """
    packaged = load_matcher()
    if not rules:
        return packaged
    taken = {term.rule for term in packaged.terms}
    for rule in rules:
        if rule.id in taken:
            raise RuleError(f"{rule.source}, {rule.id}", "a packaged rule has this id; rename it")
    return _join_packaged(build_section(rules))


def _join_packaged(section: Section) -> Matcher:
    """Return the matcher over the packaged rules and a section besides."""
    return join_sections([*_load_sections(), section], recipe=(_join_packaged, (section,)))


def _load_sections() -> Iterator[Section]:
    return (load_section(file) for file in list_rule_files())


def load_section(file: Traversable) -> Section:
    """Return the rules of a packaged file, from its compiled form where that is current."""
    raw = file.read_bytes()
    compiled = resources.files("cleaners") / "rules" / COMPILED_FOLDER / name_compiled(file.name)
    if compiled.is_file():
        # Through bytes: reading text looks for ends of lines in megabytes that have none.
        section = read_compiled(compiled.read_bytes().decode(), raw)
        if section is not None:
            return section
    return build_section(parse_rules(raw.decode(), source=file.name))


def name_compiled(name: str) -> str:
    """Return the name of the compiled form of a rule file."""
    return name.removesuffix(".toml") + ".json"


def read_compiled(text: str, raw: bytes) -> Section | None:
    """Return the section in a compiled file, or None where it was not made from `raw`."""
    data = json.loads(text)
    if data["format"] != _FORMAT or data["digest"] != _digest(raw):
        return None
    rules = [
        (name, lang, Reason(category), Where(where), heads_run)
        for name, lang, category, where, heads_run in data["rules"]
    ]
    terms: list[Terms] = []
    for number, colon, program in data["phrases"]:
        name, lang, reason, where, heads_run = rules[number]
        terms.append(Terms(name, lang, reason, where, heads_run, bool(colon), program))
    return Section(tuple(terms), data["first"], data["last"])


def write_compiled(raw: bytes, *, source: str) -> str:
    """Return the compiled form of a rule file, as text.

    Raises:
        RuleError: the rule file is not as `rules/README.md` says.
    """
    section = build_section(parse_rules(raw.decode(), source=source))
    keys = [
        (term.rule, term.lang, term.reason.value, term.where.value, term.heads_run)
        for term in section.terms
    ]
    rules = list(dict.fromkeys(keys))
    numbers = {key: number for number, key in enumerate(rules)}
    data = {
        "format": _FORMAT,
        "digest": _digest(raw),
        "rules": rules,
        "phrases": [
            (numbers[key], int(term.colon), term.program)
            for key, term in zip(keys, section.terms, strict=True)
        ],
        "first": section.first,
        "last": section.last,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def _digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()
