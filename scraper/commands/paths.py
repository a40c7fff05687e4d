"""Paths as a command line names them, and the options for files that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class NamedPath(click.Path):
    """A path that is not empty (an unset variable names nothing) and can be one.

    click itself takes an empty one for the working directory.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            click.BadParameter: it is empty, or holds what no name of a file can hold.
        """
        if value == "":
            self.fail("an empty path; is a variable unset?", param, ctx)
        if isinstance(value, str) and "\0" in value:
            self.fail(f"{value!r} holds a NUL byte, which no path can", param, ctx)
        return super().convert(value, param, ctx)


# The same two options wherever pages or texts are cleaned.
rules_option = click.option(
    "--rules",
    type=NamedPath(exists=True, dir_okay=False),
    multiple=True,
    help="Residue rules used besides our own. May be repeated.",
)
memory_option = click.option(
    "--memory",
    type=NamedPath(exists=True, dir_okay=False),
    help="What recurs on the sites, as `sanspub learn` wrote it.",
)
