"""The language of a page, from what it declares, corrected where its script says otherwise."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# RFC 5646 section 2.1: a primary language subtag has two or three letters.
_TAG = re.compile(r"^\s*([A-Za-z]{2,3})(?:[-_].*)?\s*$", re.DOTALL)
# Share of the letters that must be of a script for it to overrule what the page declares.
_RULING_SHARE = 0.5
# Kana among Chinese characters make a text Japanese even when few.
_TELLING_SHARE = 0.1
_MAX_SAMPLE = 300
# The first letter beyond the Latin script and its extensions.
_FIRST_FOREIGN = "\u0370"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A range of characters, the languages written in it, and characters that only one has."""

    first: str
    last: str
    languages: tuple[str, ...]
    tells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Tags of no language, and what other writings of a tag mean."""

    none: frozenset[str]
    aliases: dict[str, str]


def choose_language(declared: Sequence[str], sample: str) -> str:
    """The primary subtag, lower case, of the first usable tag in `declared`; else by script.

    Countries and long codes written for a language (`jp`, `deu`) count as its tag.

    A declared language that is not written in the script of most of `sample` is not believed:
    templates say `en` everywhere. Empty where nothing tells.
    """
    tags = _read_tags(declared)
    script = _ruling_script(sample)
    if script is None:
        return tags[0] if tags else ""
    believable = [tag for tag in tags if tag in script.languages]
    if believable:
        return believable[0]
    for language, characters in script.tells:
        if any(char in sample for char in characters):
            return language
    return script.languages[0]


def _read_tags(declared: Sequence[str]) -> list[str]:
    known = load_tags()
    tags = [match[1].lower() for match in map(_TAG.match, declared) if match]
    return [known.aliases.get(tag, tag) for tag in tags if tag not in known.none]


def _ruling_script(sample: str) -> Script | None:
    letters = [char for char in sample[:_MAX_SAMPLE] if char.isalpha()]
    foreign = [char for char in letters if char >= _FIRST_FOREIGN]
    if len(foreign) <= _TELLING_SHARE * len(letters):
        return None
    for script in load_scripts():
        share = sum(script.first <= char <= script.last for char in foreign) / len(letters)
        if share > _RULING_SHARE or (script.first == "ぁ" and share > _TELLING_SHARE):
            return script
    return None


@cache
def load_tags() -> Tags:
    """The packaged table of tags."""
    raw = tomllib.loads(files("cleaners").joinpath("words/tags.toml").read_text("utf-8"))
    return Tags(none=frozenset(raw["none"]), aliases=raw["aliases"])


@cache
def load_scripts() -> tuple[Script, ...]:
    """The packaged table of scripts, in the order of the file."""
    raw = tomllib.loads(files("cleaners").joinpath("words/scripts.toml").read_text("utf-8"))
    return tuple(
        Script(
            first=entry["range"][0],
            last=entry["range"][1],
            languages=tuple(entry["languages"]),
            tells=tuple(entry.get("tells", {}).items()),
        )
        for entry in raw["script"]
    )
