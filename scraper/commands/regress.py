"""`sanspub regress`: fixtures against what the cleaner makes of them now."""

from __future__ import annotations

from pathlib import Path

import click

from scraper.commands.paths import NamedPath
from scraper.errors import ConfigError
from scraper.regress import Case, accept_case, check_case, find_cases, run_case

_EXIT_CHANGED = 1
_FIXTURES = click.option(
    "--fixtures",
    type=NamedPath(file_okay=False),
    default=Path("fixtures"),
    show_default=True,
    help="Folder with a folder for each case.",
)


@click.group("regress", invoke_without_command=True)
@_FIXTURES
@click.option("--case", "names", multiple=True, help="Only this case. May be repeated.")
@click.pass_context
def regress_command(ctx: click.Context, fixtures: Path, names: tuple[str, ...]) -> int:
    """Clean every case anew and show what differs from its claims and expected output.

    Exit code 1: something differs.
    """
    ctx.obj = fixtures
    if ctx.invoked_subcommand is not None:
        return 0
    cases = _choose(fixtures, names)
    failed = 0
    for case in cases:
        failures = check_case(case, run_case(case))
        failed += bool(failures)
        for failure in failures:
            click.echo(str(failure))
    click.echo(f"{len(cases) - failed} of {len(cases)} cases hold", err=True)
    return _EXIT_CHANGED if failed else 0


@regress_command.command("accept")
@click.argument("names", nargs=-1, required=True, metavar="CASE...")
@click.pass_context
def accept_command(ctx: click.Context, names: tuple[str, ...]) -> int:
    """Take the present output of a case as expected. Refused while a claim of it fails."""
    refused = 0
    for case in _choose(ctx.obj, names):
        acceptance = accept_case(case, run_case(case))
        refused += bool(acceptance.failures)
        for failure in acceptance.failures:
            click.echo(str(failure))
        for path in acceptance.written:
            click.echo(f"{case.name}: wrote {path.name}", err=True)
    return _EXIT_CHANGED if refused else 0


def _choose(fixtures: Path, names: tuple[str, ...]) -> list[Case]:
    """The cases of these names, or all.

    Raises:
        ConfigError: there is none, or none of a name.
    """
    cases = {case.name: case for case in find_cases(fixtures)}
    missing = [name for name in names if name not in cases]
    if missing:
        raise ConfigError(f"{fixtures}: no case {missing[0]!r}")
    return [cases[name] for name in names] if names else list(cases.values())
