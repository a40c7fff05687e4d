"""Bylines -> the names in them.

A byline says who wrote it in many ways: "By Jane Doe and John Roe, Staff Writers". What is
language is data (`words/bylines.toml`): words before a name, between names, and beside them.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_MAX_BYLINE_CHARS = 2_000
_MAX_NAME_CHARS = 80
_MAX_NAME_WORDS = 8
_FIRST_CJK = "\u1100"

_MARKUP = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(r"(?:https?:)?//\S+|www\.\S+|\S+@\S+\.\S+|(?<!\w)@\w+")
_BRACKETED = re.compile(r"\s*[(\[{（［【][^()\[\]{}（）［］【】]*[)\]}）］】]\s*")
_SPLIT = re.compile(
    r"\s*(?:[;|•·、，；\n\t]|\s[&/]\s|,(?!\s*(?:Jr|Sr|MD|M\.D|PhD|Ph\.D|II|III|IV)\b))\s*"
)
_EDGE = " \t\r\n,;:|/–—-•·.\"'»«›‹*_"
_WORD = re.compile(r"\w+")
_LABEL = re.compile(r"^([^:：]{1,30})[:：]\s*(.+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class BylineWords:
    """The words of `words/bylines.toml`, folded; `lead` longest first."""

    lead: tuple[str, ...]
    conjunctions: re.Pattern[str]
    roles: frozenset[str]
    particles: frozenset[str]
    weak: frozenset[str]
    nobody: frozenset[str]


def read_names(values: Iterable[str]) -> tuple[str, ...]:
    """The names in the values, in order, each once; each value may hold several.

    Names are given as written, without "By", roles, addresses and brackets. Newsrooms and
    agencies count as names.
    """
    words = load_byline_words()
    found: dict[str, str] = {}
    for value in values:
        for name in _split_names(_clean(value), words):
            cleaned = _strip_role(_strip_lead(name, words), words).strip(_EDGE)
            if _is_name(cleaned, words):
                found.setdefault(_fold(cleaned), cleaned)
    return tuple(found.values())


def has_lead(line: str) -> bool:
    """Whether a line that nothing marks begins as a byline does ("By Jane Doe", "Von Max Muster").

    Leads that also begin sentences do not count, unless a colon follows.
    """
    words = load_byline_words()
    cleaned = _clean(line)
    name = _strip_lead(cleaned, words)
    lead = cleaned[: len(cleaned) - len(name)].lower()
    if not lead or not name or name[0].islower():
        return False
    return lead.rstrip().endswith((":", "：")) or lead.strip(_EDGE) not in words.weak


@cache
def load_byline_words() -> BylineWords:
    """The packaged byline words."""
    raw = tomllib.loads(files("cleaners").joinpath("words/bylines.toml").read_text("utf-8"))
    conjunctions = "|".join(re.escape(word) for word in sorted(raw["and"], key=len, reverse=True))
    return BylineWords(
        lead=tuple(sorted(dict.fromkeys(map(str.lower, raw["lead"])), key=len, reverse=True)),
        conjunctions=re.compile(rf"(?<=\w)[.,]?\s+(?:{conjunctions})\s+(?=\w)"),
        roles=frozenset(map(_fold, raw["roles"])),
        particles=frozenset(raw["particles"]),
        weak=frozenset(raw["weak"]),
        nobody=frozenset(map(_fold, raw["nobody"])),
    )


def _clean(value: str) -> str:
    plain = _MARKUP.sub(" ", html.unescape(value[:_MAX_BYLINE_CHARS]))
    plain = _BRACKETED.sub(" ", _ADDRESS.sub(" ", plain))
    return " ".join(plain.split()).strip(_EDGE)


def _split_names(value: str, words: BylineWords) -> list[str]:
    """The parts of a value that may be names; conjunctions split only between names."""
    names = []
    for part in _SPLIT.split(value):
        pieces = words.conjunctions.split(part)
        if len(pieces) > 1 and all(_starts_as_name(piece, words) for piece in pieces):
            names.extend(pieces)
        else:
            names.append(part)
    return names


def _starts_as_name(piece: str, words: BylineWords) -> bool:
    bare = _strip_lead(piece, words)
    return bool(bare) and (bare[0].isupper() or not bare[0].islower())


def _strip_lead(name: str, words: BylineWords) -> str:
    """`name` without the words that lead to it, where a name remains."""
    labelled = _LABEL.match(name)
    if labelled and (_fold(labelled[1]) in words.roles or labelled[1].lower() in words.lead):
        name = labelled[2]
    lowered = name.lower()
    if not lowered.startswith(words.lead):
        return name
    for lead in words.lead:
        if not lowered.startswith(lead):
            continue
        rest = name[len(lead) :]
        # "De Gaulle" is a name: a particle leads only where two more words follow.
        if rest[:1] in {" ", ":", "\xa0"} and _leads(lead, rest, words.particles):
            return rest.strip(_EDGE)
    return name


def _leads(lead: str, rest: str, particles: frozenset[str]) -> bool:
    following = rest.lstrip(" :\xa0")
    if rest[0] == ":" or lead not in particles:
        return bool(following)
    return following[:1].isupper() and len(_WORD.findall(following)) >= 2


def _strip_role(name: str, words: BylineWords) -> str:
    """`name` without a role written after it: "Kim Minsu Reporter"."""
    parts = name.split()
    for count in (3, 2, 1):
        rest = parts[:-count]
        if rest and _is_role(" ".join(parts[-count:]), words):
            # "Guardian staff reporter" is nobody's name without its role; "김민수 기자" is.
            return " ".join(rest) if len(rest) > 1 or rest[0] >= _FIRST_CJK else name
    return name


def _is_role(text: str, words: BylineWords) -> bool:
    folded = _fold(text)
    return folded in words.roles or folded.removesuffix("s") in words.roles


def _is_name(name: str, words: BylineWords) -> bool:
    folded = _fold(name)
    if not folded or len(name) > _MAX_NAME_CHARS or folded in words.nobody or _is_role(name, words):
        return False
    if not any(char.isalpha() for char in name) or len(name) < 2:
        return False
    # "BR24 Redaktion" may be an author, a date or a reading time is none.
    if " " in name and any(part.strip(_EDGE).isdigit() for part in name.split()):
        return False
    return len(_WORD.findall(name)) <= _MAX_NAME_WORDS


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
