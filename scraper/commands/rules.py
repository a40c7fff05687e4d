"""`sanspub rules`: list, show, try, check and compile the rules of the text cleaner."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

import cleaners
from cleaners.errors import RuleError
from cleaners.matching.phrases import Rule, list_rule_files, load_rules
from cleaners.matching.rulebook import (
    COMPILED_FOLDER,
    extend_matcher,
    load_matcher,
    name_compiled,
    write_compiled,
)
from cleaners.residue import judge_lines
from cleaners.rule_check import check_rules
from scraper.cleaning.knowledge import read_rule_files
from scraper.commands.paths import NamedPath

_RULE_FILE = NamedPath(exists=True, dir_okay=False)
_EXTRA = click.option(
    "--rules",
    "files",
    type=_RULE_FILE,
    multiple=True,
    help="A rule file of your own, used beside the packaged ones; may be given again.",
)

_REFERENCE_HEAD = """\
# Rules

Every packaged rule, by language. Written by `sanspub rules reference`; the rules themselves are in
`cleaners/rules/*.toml`, their format in `cleaners/rules/README.md`. `any` is for every language.
"""


@click.group()
def rules() -> None:
    """Look at, try out and check the rules that name residue."""


@rules.command("list")
@click.option("--lang", help="Only rules of this language (`any`: those of every language).")
@click.option("--category", help="Only rules of this category.")
@_EXTRA
def list_command(lang: str | None, category: str | None, files: tuple[Path, ...]) -> None:
    """Print every rule: id, category, where it acts, number of phrases."""
    terms = extend_matcher(read_rule_files(files)).terms
    _check_known("--lang", lang, {term.lang or "any" for term in terms})
    _check_known("--category", category, {str(term.reason) for term in terms})
    phrases = Counter(term.rule for term in terms)
    for term in {term.rule: term for term in terms}.values():
        if lang is not None and (term.lang or "any") != lang:
            continue
        if category is None or term.reason == category:
            click.echo(f"{term.rule}\t{term.reason}\t{term.where}\t{phrases[term.rule]}")


def _check_known(flag: str, value: str | None, known: set[str]) -> None:
    """Refuses a word of which no rule is: a slip would look like a language without rules.

    Raises:
        click.BadParameter: it is none of `known`.
    """
    if value is not None and value not in known:
        there = ", ".join(sorted(known))
        raise click.BadParameter(f"{value!r} has no rule; there are {there}", param_hint=flag)


@rules.command("show")
@click.argument("name", metavar="ID")
@_EXTRA
def show_command(name: str, files: tuple[Path, ...]) -> None:
    """Print one rule with its phrases and examples."""
    home = [file for file in list_rule_files() if file.name == f"{name.partition('-')[0]}.toml"]
    found = [rule for rule in (*load_rules(home), *read_rule_files(files)) if rule.id == name]
    if not found:
        raise RuleError(name, "no rule has this id; see `sanspub rules list`")
    for rule in found:
        click.echo(render_rule(rule))


@rules.command("try")
@click.argument("lines", metavar="LINE...", nargs=-1, required=True)
@click.option("--lang", default="", help="The language of the text.")
@_EXTRA
def try_command(lines: tuple[str, ...], lang: str, files: tuple[Path, ...]) -> None:
    """Print what becomes of each LINE, taken together as one text: keep, cut or drop, and why."""
    matcher = extend_matcher(read_rule_files(files))
    for line, judged in zip(lines, judge_lines(lines, rules=matcher, lang=lang), strict=True):
        if judged is None:
            click.echo(f"keep\t{line}")
        elif judged.is_whole:
            click.echo(f"drop\t{judged.verdict.reason}\t{judged.verdict.rule}\t{line}")
        else:
            kept = line[judged.start : judged.end]
            click.echo(f"cut\t{judged.verdict.reason}\t{judged.verdict.rule}\t{kept}")


@rules.command("check")
@click.argument("files", metavar="FILE...", type=_RULE_FILE, nargs=-1, required=True)
def check_command(files: tuple[Path, ...]) -> None:
    """Hold the rules of each FILE against the format and their examples.

    Exits with 3 and one line for each problem where something does not hold.
    """
    mine = read_rule_files(files)
    packaged = {term.rule for term in load_matcher().terms}
    new = [rule for rule in mine if rule.id not in packaged]
    problems = list(check_rules(mine, extend_matcher(new)))
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise RuleError(", ".join(file.name for file in files), f"{len(problems)} examples fail")
    examples = sum(len(rule.match) + len(rule.keep) for rule in mine)
    click.echo(f"{len(mine)} rules and {examples} examples hold")


@rules.command("compile")
@click.option(
    "--out",
    type=NamedPath(file_okay=False),
    help="Folder to write to; by default the package's own.",
)
def compile_command(out: Path | None) -> None:
    """Write the compiled form of every packaged rule file, for whoever edits them."""
    folder = out or Path(cleaners.__file__).parent / "rules" / COMPILED_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for file in list_rule_files():
        text = write_compiled(file.read_bytes(), source=file.name)
        path = folder / name_compiled(file.name)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            click.echo(f"wrote {path}")


@rules.command("reference")
def reference_command() -> None:
    """Print the reference of all packaged rules in Markdown (docs/rules.md)."""
    click.echo(render_reference(load_rules()), nl=False)


def render_reference(every: Iterable[Rule]) -> str:
    """Return the reference of all rules in Markdown, one table a language."""
    lines = [_REFERENCE_HEAD]
    by_lang: dict[str, list[Rule]] = {}
    for rule in every:
        by_lang.setdefault(rule.lang or "any", []).append(rule)
    for lang in sorted(by_lang):
        lines.append(f"## {lang}\n")
        lines.append("| rule | category | where | phrases | removes | for example |")
        lines.append("|---|---|---|---|---|---|")
        for rule in by_lang[lang]:
            where = f"{rule.where}, heads a run" if rule.heads_run else rule.where
            cells = (rule.id, rule.category, where, str(len(rule.phrases)), rule.why, rule.match[0])
            lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
        lines.append("")
    return "\n".join(lines)


def render_rule(rule: Rule) -> str:
    """Return a rule as people read it, in the syntax of the rule files."""
    lines = [f"id = {_quote(rule.id)}", f"category = {_quote(rule.category)}"]
    lines.append(f"where = {_quote(rule.where)}")
    if rule.heads_run:
        lines.append("heads_run = true")
    lines.append(f"why = {_quote(rule.why)}")
    patterns = [phrase.pattern + (" :" if phrase.colon else "") for phrase in rule.phrases]
    for key, values in (("phrases", patterns), ("match", rule.match), ("keep", rule.keep)):
        lines.append(f"{key} = [")
        lines.extend(f"  {_quote(value)}," for value in values)
        lines.append("]")
    return "\n".join(lines) + "\n"


def _quote(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
