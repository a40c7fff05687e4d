"""`sanspub.toml`: everything the flags have, as a file. A flag on the command line wins."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import click

from scraper.errors import ConfigError

FILE_NAME = "sanspub.toml"
Settings = dict[str, Any]
"""Values by key; for a group of commands, such tables by command."""


def load_settings(path: Path | None) -> Settings:
    """The tables of a settings file by command, as defaults for its flags.

    A table is named for its command and its keys for the flags, dashes or underscores alike:

        [crawl]
        out = "news"
        delay = 2.0
        format = ["jsonl", "markdown"]

        [rules.list]
        lang = "fr"

    Without `path`, `sanspub.toml` in the working directory is read where there is one.

    Raises:
        ConfigError: the file named is missing, is no TOML, or holds an unknown key.
    """
    if path is None:
        path = Path(FILE_NAME)
        if not path.is_file():
            return {}
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))  # some editors begin files with a mark
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not a TOML file ({error})") from None
    from scraper.cli import cli  # noqa: PLC0415 - the commands know their flags, and they import us

    return _read_group(path, cli, data)


def _read_group(path: Path, group: click.Group, data: dict[str, Any], name: str = "") -> Settings:
    """The tables of a group by command; `name` is the group's own with a stop, if it has one.

    Raises:
        ConfigError: a value stands outside of a table, or there is no such command or flag.
    """
    settings: Settings = {}
    context = click.Context(group)
    for key, table in data.items():
        where = f"{name}{key}"
        if not isinstance(table, dict):
            table_name = f"[{name}{group.list_commands(context)[0]}]"
            raise ConfigError(f"{path}: {where!r} stands outside of a table such as {table_name}")
        command = group.get_command(context, key)
        if command is None:
            raise ConfigError(f"{path}: there is no command [{where}]")
        if isinstance(command, click.Group):
            settings[key] = _read_group(path, command, table, f"{where}.")
        else:
            settings[key] = _read_table(path, where, command, table)
    return settings


def _check_value(path: Path, where: str, value: Any, option: click.Option) -> Any:
    """The value in the shape that click wants; whether a file is there is left to click.

    Raises:
        ConfigError: a list or table for one value, no true or false for a switch, no number or
            choice that the flag knows, or no string for any other flag.
    """
    items = value if option.multiple and isinstance(value, list) else [value]
    # TOML has dates of its own; `--since` reads them as they are typed.
    items = [item.isoformat() if isinstance(item, date) else item for item in items]
    if any(isinstance(item, list | dict) for item in items):
        raise ConfigError(f"{path}: {where} wants one value")
    if option.is_flag and not isinstance(value, bool):
        raise ConfigError(f"{path}: {where} wants true or false")
    if not option.is_flag:
        for item in items:
            _check_item(path, where, item, option)
    return items if option.multiple else items[0]


def _check_item(path: Path, where: str, item: Any, option: click.Option) -> None:
    """Returns if one value is of the type that its flag wants."""
    if isinstance(option.type, click.IntRange) and isinstance(item, bool | float | str):
        raise ConfigError(f"{path}: {where}: {item!r} is not a whole number")
    if isinstance(option.type, click.FloatRange) and isinstance(item, bool | str):
        raise ConfigError(f"{path}: {where}: {item!r} is not a number")
    if isinstance(option.type, click.IntRange | click.FloatRange | click.Choice):
        try:
            option.type.convert(item, option, None)
        except click.BadParameter as error:
            raise ConfigError(f"{path}: {where}: {error.message}") from None
    elif not isinstance(item, str):
        raise ConfigError(f"{path}: {where} wants a string in quotation marks, and is {item!r}")


def _read_table(path: Path, where: str, command: click.Command, table: dict[str, Any]) -> Settings:
    """One table with its keys as click names parameters.

    Raises:
        ConfigError: no such flag, or a value that it does not take.
    """
    known = {
        option.lstrip("-").replace("-", "_"): parameter.name
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    values = {}
    for key, value in table.items():
        name = known.get(key.replace("-", "_"))
        if name is None:
            flags = ", ".join(sorted(known))
            raise ConfigError(f"{path}: [{where}] has no setting {key!r}; it has {flags}")
        parameter = next(one for one in command.params if one.name == name)
        if isinstance(parameter, click.Option):
            values[name] = _check_value(path, f"[{where}] {key}", value, parameter)
    return values
