"""`docs/cli.md`, made from the commands themselves so that it never lies.

python -m scraper.commands.reference > docs/cli.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from scraper.cli import cli

_HEAD = """# Command line

Made from the program's own help by `python -m scraper.commands.reference`; a test checks that.

stdout carries data, stderr progress and messages. Exit codes: 0 all accounted for; 1 some URLs
failed (each named in the ledger) or something differs; 2 usage; 3 bad input, config or output; 130
interrupted, resumable.

The flags of every command below can stand in `sanspub.toml` in the working directory, or in the
file named with `sanspub --config FILE COMMAND`. A table is named for its command, its keys for the
flags; a flag on the command line wins:

```toml
[crawl]
out = "news"
delay = 2.0
format = ["jsonl", "markdown"]

[rules.list]
lang = "fr"
```
"""


def render_reference() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    context = _make_context(cli, "sanspub", None)
    for name, command in _walk(cli, context, "sanspub"):
        parts.append(f"## {name}\n\n```\n{command}\n```\n")
    return "\n".join(parts)


def _walk(command: click.Command, context: click.Context, name: str) -> Iterator[tuple[str, str]]:
    """Each command with its help, groups before what is in them."""
    yield name, "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from _walk(found, _make_context(found, child, context), f"{name} {child}")


def _make_context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    """A context as the command line makes it, of a fixed width and with nothing parsed."""
    width = {"max_content_width": 90, "terminal_width": 90}
    return command.make_context(name, [], parent=parent, resilient_parsing=True, **width)


if __name__ == "__main__":
    sys.stdout.write(render_reference())
