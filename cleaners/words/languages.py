"""The language of a page: what it declares, unless its script or its small words deny that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from cleaners.words.tongue import choose_tongues, count_tongues, load_tongues
from cleaners.words.wordlists import read_word_list

# RFC 5646 section 2.1: a primary language subtag has two or three letters.
_TAG = re.compile(r"^\s*([A-Za-z]{2,3})(?:[-_].*)?\s*$", re.DOTALL)
# Letters of a tag of ISO 639-1.
_SHORT = 2
# Share of the letters that must be of a script for it to overrule what the page declares.
_RULING_SHARE = 0.5
# Kana among Chinese characters make a text Japanese even when few.
_TELLING_SHARE = 0.1
_MAX_SAMPLE, _FIRST_LINES = 300, 20
# Characters of the lines that are read for small words and letters, and those read first.
_MAX_LINES, _FEW_CHARS = 2500, 600
_MIN_LINE = 60
# A declared language that has fewer than this share of the small words of another, of which so many
# are met, is not the text's. So it is on 66 of the 3,567 pages of fundus, trafilatura, daniel and
# WCXB: all declare English, and none is in it.
_DENIED_SHARE, _DENYING_HITS = 0.25, 15
# Of two neighbours one leads where the other has fewer than this share of its small words: Galician
# has .6 to .7 of those in a Spanish text. Danish and Norwegian are told apart by less than that.
_RIVAL = 0.8
# Characters among which a letter of one language alone stands at least once: half as often as in
# Ukrainian and Serbian, so that a name or a reader's note tells nothing.
_TELLING_LETTERS = 150
# The first letter beyond the Latin script and its extensions.
_FIRST_FOREIGN = "\u0370"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A range of characters, the languages written in it, and characters that only one has.

    `lacking` maps a language to characters that it has, and to those that it lacks where others
    that have the former do not.
    """

    first: str
    last: str
    languages: tuple[str, ...]
    tells: tuple[tuple[str, str], ...]
    lacking: tuple[tuple[str, tuple[str, str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Tags of no language, `short` ones of two letters, and what other writings of a tag mean."""

    none: frozenset[str]
    short: frozenset[str]
    aliases: dict[str, str]


def choose_language(declared: Sequence[str], sample: str, lines: Sequence[str] = ()) -> str:
    """The primary subtag, lower case, of the first usable tag in `declared`; else what tells.

    Countries and long codes written for a language (`jp`, `deu`) count as its tag.

    A declared language that is not written in the script of most of `sample`, or whose small words
    `lines`, the page's visible ones, do not have, is not believed: templates say `en` everywhere.
    Empty where nothing tells.
    """
    tags = _read_tags(declared)
    script = _ruling_script(sample)
    if script is None:
        return _choose_spoken(tags, lines)
    believable = [tag for tag in tags if tag in script.languages]
    if believable:
        return believable[0]
    text = _join_lines(lines)
    for language, characters in script.tells:
        told = _count(characters, text) * _TELLING_LETTERS > len(text)
        if told or any(char in sample for char in characters):
            return language
    for language, (has, lacks) in script.lacking:
        if _count(has, f"{sample} {text}") > 1 and not _count(lacks, f"{sample} {text}"):
            return language
    return script.languages[0]


def list_written(lines: Sequence[str]) -> tuple[str, ...]:
    """The languages written in the script of most of the first lines; none for the Latin script."""
    script = _ruling_script(" ".join(lines[:_FIRST_LINES]))
    return () if script is None else script.languages


def _choose_spoken(tags: Sequence[str], lines: Sequence[str]) -> str:
    """The first of `tags` that the small words of `lines` do not deny, else what they tell."""
    tongues = load_tongues()
    if tags:  # most are right, and a few lines show it
        few = count_tongues(lines, sample_max=_FEW_CHARS)
        if tongues.same.get(tags[0], tags[0]) in choose_tongues(few):
            return tags[0]
    hits = count_tongues(lines, sample_max=_MAX_LINES)
    [(first, most)] = hits.most_common(1) or [("", 0)]
    # English stands on the sites of all others, in licences and banners: it denies nothing.
    if tags and (most < _DENYING_HITS or first in tongues.everywhere):
        return tags[0]
    for tag in tags:
        tongue = tongues.same.get(tag, tag)
        if tongue not in tongues.spoken or hits[tongue] >= _DENIED_SHARE * most:
            return tag
    told = choose_tongues(hits)
    if len(told) > 1:
        return _tell_apart(told, _join_lines(lines)) or _find_leader(hits)
    return next(iter(told), "")


def _find_leader(hits: Counter[str]) -> str:
    """The language with clearly more small words than its neighbours; empty where none has."""
    (first, most), (_, second) = hits.most_common(2)
    return first if second < _RIVAL * most else ""


def _tell_apart(rivals: Collection[str], text: str) -> str:
    """The one of neighbours whose own letters stand in `text`; empty where that tells nothing."""
    letters = load_letters()
    left = [each for each in rivals if each not in letters or _count(letters[each], text)]
    own = [each for each in left if each in letters] or left
    return own[0] if len(own) == 1 else ""


def _join_lines(lines: Sequence[str]) -> str:
    """The first of the lines that are long enough to be text."""
    return " ".join(line for line in lines if len(line) >= _MIN_LINE)[:_MAX_LINES].lower()


def _count(characters: str, text: str) -> int:
    return sum(map(text.count, characters))


def _read_tags(declared: Sequence[str]) -> list[str]:
    known = load_tags()
    tags = [match[1].lower() for match in map(_TAG.match, declared) if match]
    meant = [known.aliases.get(tag, tag) for tag in tags if tag not in known.none]
    return [tag for tag in meant if tag in known.short or len(tag) != _SHORT]


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
    raw = read_word_list("tags")
    short = frozenset(raw["short"].split())
    return Tags(none=frozenset(raw["none"]), short=short, aliases=raw["aliases"])


@cache
def load_scripts() -> tuple[Script, ...]:
    """The packaged table of scripts, in the order of the file."""
    raw = read_word_list("scripts")
    return tuple(
        Script(
            first=entry["range"][0],
            last=entry["range"][1],
            languages=tuple(entry["languages"]),
            tells=tuple(entry.get("tells", {}).items()),
            lacking=tuple(
                (language, (has, lacks))
                for language, (has, lacks) in entry.get("lacking", {}).items()
            ),
        )
        for entry in raw["script"]
    )


@cache
def load_letters() -> dict[str, str]:
    """The packaged letters of languages that are written in the Latin script."""
    raw = read_word_list("scripts")
    return dict(raw["letters"])
