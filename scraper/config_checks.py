"""The fields of a config -> returned if each has a value it can have, else a `ConfigError`.

A wrong value must fail where it is written: in a crawl it would fail every page, or hang for ever.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Collection
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scraper.errors import ConfigError

# RFC 9110 section 5.6.2, "token": what the name of a header is.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_PROXY_SCHEMES = frozenset({"http", "https", "socks4", "socks5", "socks5h"})


def refuse_value(config: object, name: str, wanted: str) -> ConfigError:
    """The error for a field: which, what it is, and what to give it."""
    value = getattr(config, name)
    return ConfigError(f"{type(config).__name__}.{name} is {value!r}; give it {wanted}")


def check_plain_fields(
    config: Any, *, above_zero: Collection[str] = (), any_sign: Collection[str] = ()
) -> None:
    """Checks all switches, numbers and strings of a config by their declared types.

    Numbers are finite and at least 0, those of `above_zero` more than that; those of `any_sign`
    are the caller's to check.

    Raises:
        ConfigError: a field has a value it cannot have.
    """
    for field in fields(config):
        if field.name in any_sign:
            continue
        value, least = getattr(config, field.name), int(field.name in above_zero)
        wanted = ""
        if field.type == "bool" and not isinstance(value, bool):
            wanted = "True or False"
        elif field.type == "int" and not (type(value) is int and value >= least):
            wanted = f"a whole number of at least {least}"
        elif field.type == "float" and not (is_number(value) and value >= 0):
            wanted = f"a finite number {'above 0' if least else 'of at least 0'}"
        elif field.type == "float" and least and value == 0:
            wanted = "a finite number above 0"
        elif field.type == "str" and not isinstance(value, str):
            wanted = "a string"
        if wanted:
            raise refuse_value(config, field.name, wanted)


def is_number(value: object) -> bool:
    """Whether a value is a finite number; True and False are none."""
    is_real = isinstance(value, int | float) and not isinstance(value, bool)
    return is_real and math.isfinite(value)  # type: ignore[arg-type] # a number by now


def check_header_values(config: Any, *names: str) -> None:
    """Checks that these fields can stand in a header (RFC 9110 section 5.5).

    Raises:
        ConfigError: one holds a line break, or what is not ASCII.
    """
    for name in names:
        if not is_header_value(getattr(config, name)):
            raise refuse_value(config, name, "ASCII characters without line breaks")


def is_header_value(value: object) -> bool:
    """Whether a value can stand in a header as it is."""
    return isinstance(value, str) and value.isascii() and value.isprintable()


def is_header(pair: object) -> bool:
    """Whether a value is the name and the value of a header."""
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        return False
    name, value = pair
    is_name = isinstance(name, str) and _TOKEN.fullmatch(name) is not None
    return is_name and is_header_value(value)


def judge_contact(contact: str) -> str:
    """Why a contact cannot stand in the User-Agent (RFC 9110 section 5.5), or an empty string."""
    if contact.isascii() and contact.isprintable():
        return ""
    return (
        f"contact {contact!r}: a header holds only ASCII and no line breaks; "
        "write the domain of an address as xn--..."
    )


def judge_proxy(proxy: str) -> str:
    """Why we can use no such proxy, or an empty string. Credentials are not repeated."""
    if not proxy:
        return ""
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        # A bare word is a slip; a URL of http has a port by default, as in the environment.
        has_port = bool(parts.port) or proxy.startswith(("http://", "https://"))
        usable = parts.scheme in _PROXY_SCHEMES and bool(parts.hostname) and has_port
    except ValueError:
        usable = False
    return "" if usable else "want http://, https:// or socks5://, a host and its port"


def set_paths(config: Any, *names: str) -> None:
    """Makes a `Path` of each of these fields; strings will do, and None stays.

    Raises:
        ConfigError: one is neither.
    """
    for name in names:
        value = getattr(config, name)
        if value is not None:
            if not isinstance(value, str | os.PathLike) or not os.fspath(value):
                raise refuse_value(config, name, "a path, or None")
            object.__setattr__(config, name, Path(value))


def set_tuple(
    config: Any, name: str, wanted: str, is_fit: Callable[[Any], bool], *, kind: type = tuple
) -> None:
    """Makes a tuple (or another `kind`) of a field that holds several values; a list will do.

    Raises:
        ConfigError: it is no such collection (a string is none), or one value is not fit.
    """
    value = getattr(config, name)
    is_many = isinstance(value, tuple | list | set | frozenset)
    if not is_many or not all(is_fit(item) for item in value):
        raise refuse_value(config, name, wanted)
    object.__setattr__(config, name, kind(value))
