"""A packaged word list's name -> its tables, as they stand in `words/*.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read_word_list(name: str) -> dict[str, Any]:
    """The tables of `words/NAME.toml`. Read anew each time: whoever asks keeps what is made of it.

    >>> read_word_list("months")["sv"][:7]
    'januari'
    """
    return tomllib.loads(files("cleaners").joinpath(f"words/{name}.toml").read_text("utf-8"))
