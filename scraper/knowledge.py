"""What users add to the cleaner's own knowledge: rule files, and a memory of their sites."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import click

from cleaners.errors import MemoryFileError
from cleaners.matcher import Matcher
from cleaners.rulebook import extend_matcher
from cleaners.sites import SiteMemory
from scraper.errors import ConfigError
from scraper.rules_cli import read_rule_files

# The same two options wherever pages or texts are cleaned.
rules_option = click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="Residue rules used besides our own. May be repeated.",
)
memory_option = click.option(
    "--memory",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What recurs on the sites, as `sanspub learn` wrote it.",
)


@cache
def load_user_rules(files: tuple[Path, ...]) -> Matcher | None:
    """The packaged rules with those of the user's files; None where there are none of those.

    Raises:
        RuleError: a file is not as it should be.
    """
    return extend_matcher(read_rule_files(files)) if files else None


@cache
def load_memory(path: Path | None) -> SiteMemory | None:
    """A saved memory, or None for no path.

    Raises:
        ConfigError: it cannot be read, is no memory, or of another version.
    """
    if path is None:
        return None
    try:
        return SiteMemory.from_bytes(path.read_bytes())
    except MemoryFileError as error:
        raise ConfigError(f"{path}: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
