"""The command line: `sanspub`. Commands live in modules of their own, loaded when asked for.

Exit codes: 0 all accounted for; 1 some URLs failed (each named in the ledger); 2 usage; 3 bad
input, config or output; 130 interrupted, resumable. No traceback reaches a user.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from scraper.console import drop_lost_output
from scraper.errors import ScraperError
from scraper.loading import collector_at_rest
from scraper.settings import load_settings
from scraper.urls import strip_controls

EXIT_USAGE = 2
EXIT_BAD_INPUT = 3
EXIT_INTERRUPTED = 130

COMMANDS: Mapping[str, tuple[str, str]] = {
    "crawl": ("scraper.commands.crawl", "crawl_command"),
    "clean": ("scraper.commands.clean", "clean_command"),
    "explain": ("scraper.commands.explain", "explain_command"),
    "demo": ("scraper.commands.demo", "demo_command"),
    "status": ("scraper.commands.ledger", "status_command"),
    "why": ("scraper.commands.ledger", "why_command"),
    "retry": ("scraper.commands.ledger", "retry_command"),
    "learn": ("scraper.commands.learn", "learn_command"),
    "regress": ("scraper.commands.regress", "regress_command"),
    "rules": ("scraper.commands.rules", "rules"),
}
# The first sentence of each command's help.
SUMMARIES: Mapping[str, str] = {
    "crawl": "Crawl the sites of the URLs and store their articles.",
    "clean": "Clean what is saved already: a page, a text, JSON lines, a WARC file, or a folder of "
    "these.",
    "explain": "Show every block of a page or text with its verdict: kept or dropped, why, by "
    "which rule.",
    "demo": "Serve the example site on this machine, crawl it, and show the articles.",
    "status": "Show how a crawl stands: counts by state, reason and host, and its pace.",
    "why": "Say what became of a URL, and why.",
    "retry": "Put URLs back into the queue; the next `sanspub crawl` takes them up.",
    "learn": "Learn what recurs on each site, from the folder of a crawl, a WARC file or JSON "
    "lines.",
    "regress": "Clean every case anew and show what differs from its claims and expected output.",
    "rules": "Look at, try out and check the rules that name residue.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is used.

    `--version` and `--help` are instant.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order of a first acquaintance."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        with collector_at_rest():
            command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Lists the commands with their summaries as click does, and loads none of them."""
        width = formatter.width - 6 - max(map(len, COMMANDS))
        rows = [
            (name, click.Command(name, help=summary).get_short_help_str(width))
            for name, summary in SUMMARIES.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _apply_config(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    if not ctx.resilient_parsing:
        ctx.default_map = load_settings(value)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="sanspub", message="%(prog)s %(version)s")
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_apply_config,
    expose_value=False,
    is_eager=True,
    help="Settings file. Without it, ./sanspub.toml is read where there is one.",
)
def cli() -> None:
    """Scrape news sites and clean articles: keep the journalism, remove everything else."""


def main(arguments: list[str] | None = None) -> None:
    """Runs one command and leaves with its exit code."""
    sys.exit(run_command(arguments))


def run_command(arguments: list[str] | None = None) -> int:
    """The exit code of one command. Whatever goes wrong ends in one line on standard error."""
    try:
        result: Any = cli.main(arguments, prog_name="sanspub", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return EXIT_USAGE
    except click.ClickException as error:
        click.echo(strip_controls(describe_usage(error)), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("sanspub: interrupted", err=True)
        return EXIT_INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has gone, as `head` does; click makes a SystemExit of that.
        drop_lost_output()
        return 0
    except Exception as error:
        if os.environ.get("SANSPUB_DEBUG"):
            raise
        click.echo(f"sanspub: {strip_controls(describe_error(error))}", err=True)
        return EXIT_BAD_INPUT
    return result if isinstance(result, int) else 0


def describe_usage(error: click.ClickException) -> str:
    """One line for people on a command that was not understood: where, what, where to look."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "sanspub"
    problem = " ".join(error.format_message().split()).rstrip(".")
    problem = problem.replace("is not a valid integer range", "is not a whole number")
    return f"{command}: {problem[:1].lower()}{problem[1:]}; `{command} --help` shows how"


def describe_error(error: Exception) -> str:
    """One line for people: what, where, what to do."""
    # The whole cleaner is loaded with it, and most commands that fail have it by then.
    from cleaners.errors import CleanerError  # noqa: PLC0415 - `--version` is instant without it

    match error:
        case ScraperError() | CleanerError():
            return str(error)
        case OSError():
            # Files are named where they are written; a full disk without a name is a stream's.
            is_stream = not error.filename and error.errno == errno.ENOSPC
            where = "standard output: " if is_stream else ""
            where = f"{error.filename}: " if error.filename else where
            return f"{where}{error.strerror or error}"
        case MemoryError():
            return "out of memory; try fewer --workers"
        case _:
            kind = type(error).__name__
            return f"a bug, please report it: {kind}: {error} (SANSPUB_DEBUG=1 shows where)"
