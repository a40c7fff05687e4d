"""A packaged word list's name -> its tables, as they stand in `words/*.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def list_word_lists(folder: str) -> list[str]:
    """The names of the word lists in a folder of `words/`, sorted.

    >>> list_word_lists("prompts")[:3]
    ['af', 'any', 'ar']
    """
    names = (each.name for each in files("cleaners").joinpath("words", folder).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def read_word_list(name: str) -> dict[str, Any]:
    """The tables of `words/NAME.toml`. Read anew each time: whoever asks keeps what is made of it.

    >>> read_word_list("months")["sv"][:7]
    'januari'
    """
    return tomllib.loads(files("cleaners").joinpath(f"words/{name}.toml").read_text("utf-8"))
