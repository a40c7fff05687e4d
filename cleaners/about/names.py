"""Bylines -> the names in them.

A byline says who wrote it in many ways: "By Jane Doe and John Roe, Staff Writers". What is
language is data (`words/bylines.toml`): words before a name, between names, and beside them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

from cleaners.about.agencies import cut_agency, drop_agencies, split_agencies
from cleaners.about.bylines import (
    BylineWords,
    cut_date,
    fold_words,
    list_conjunctions,
    load_byline_words,
)
from cleaners.about.leads import (
    EDGE,
    FIRST_CJK,
    begins_with_lead,
    cut_labels,
    is_named,
    read_report,
    read_signature,
    strip_edge,
    strip_lead,
)
from cleaners.about.posts import (
    begins_with_role,
    drop_posts,
    ends_with_role,
    is_post,
    is_role,
    names_others,
    strip_role,
)
from cleaners.words.fold import WORD

_MAX_BYLINE_CHARS = 2_000
_MAX_NAME_CHARS = 80
_MAX_NAME_WORDS = 8

_MARKUP = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(r"(?:https?:)?//\S+|www\.\S+|\S+@\S+\.\S+|(?<!\w)@\w+")
_DIGIT = re.compile(r"\d")
_BRACKET = re.compile(r"[(\[{（［【]")
_BRACKETED = re.compile(r"\s*[(\[{（［【][^()\[\]{}（）［］【】]*[)\]}）］】]\s*")
_SPLIT = re.compile(
    r"\s*(?:[;|•·⋅、，；،؛\n\t]|\s[&/]\s|,(?!\s*(?:Jr|Sr|MD|M\.D|PhD|Ph\.D|II|III|IV)\b))\s*"
)
# What a correspondent writes from, in Korean and Japanese: "구례=최민호".
_PLACE = re.compile(r"^[^\s=＝]{1,8}[=＝](?=[\u1100-\U0003ffff]{2})")
# Korean, Chinese or Japanese names that spaces part, and one of them.
_UNSPACED_NAMES = re.compile(r"[가-힣一-鿿々 \u3000]+")
_MIN_NAME_CHARS, _MAX_UNSPACED_CHARS = 2, 4
_FIRST_HANGUL = "가"
_LONG_CONJUNCTION = 3
# Letters of the particles within a name: "van der", "dos".
_MAX_PARTICLE = 3
# Words of a name at least, before what it writes for.
_FULL_NAME = 2
# The end of a word, which in the scripts of India and South East Asia may be a mark.
_WORD_END = r"(?:(?<=\w)|(?<=[\u0900-\u0dff\u0e31-\u0e4e\u102b-\u103e\u17b4-\u17d3]))"


def _is_no_house(_: str) -> bool:
    return False


def read_names(
    values: Iterable[str], *, language: str = "", is_house: Callable[[str], bool] = _is_no_house
) -> tuple[str, ...]:
    """The names in the values, in order, each once; each value may hold several.

    Names are given as written, without "By", roles, places, dates, addresses and brackets.
    Newsrooms and agencies count as names, but for agencies in a value that names a writer, which is
    no name of the site as `is_house` knows it. `language` says which words stand between names.
    """
    words = load_byline_words()
    found: dict[str, str] = {}
    for value in values:
        read: dict[str, str] = {}
        line = read_report(value) or cut_labels(_PLACE.sub("", _clean(value)), words)
        line = _part_others(read_signature(line) or line)
        pieces = _split_names(strip_date(line, language=language), words, language)
        for name in drop_posts(pieces, words):
            bare = strip_lead(name, words, language=language)
            cleaned = strip_edge(cut_agency(strip_role(bare, words), words))
            if _is_name(cleaned, words):
                read.setdefault(fold_words(cleaned), cleaned)
        for folded, name in drop_agencies(read, words, is_house).items():
            found.setdefault(folded, name)
    return tuple(found.values())


def _part_others(line: str) -> str:
    """A byline with a bar before what leads to those who did not write: "| Photos by"."""
    if _list_other_ends().isdisjoint(line.lower().split()[1:]):
        return line
    return _inner_others().sub(" | ", line)


@cache
def _list_other_ends() -> frozenset[str]:
    """The last words of what leads to those who did not write: "by", "von"."""
    return frozenset(each.split()[-1] for each in load_byline_words().others if each.count(" ") > 1)


@cache
def _inner_others() -> re.Pattern[str]:
    """What stands between the name of a writer and what leads to those who did not write."""
    leads = [each.strip() for each in load_byline_words().others if each.count(" ") > 1]
    told, and_ = ("|".join(map(re.escape, sorted(each))) for each in (leads, list_conjunctions()))
    return re.compile(rf"(?<=\w)[.,;]?\s+(?:(?:{and_}|&)\s+)?(?=(?:{told})\s)", re.IGNORECASE)


def has_lead(line: str, *, language: str = "") -> bool:
    """Whether a line that nothing marks begins as a byline does ("By Jane Doe", "Von Max Muster").

    Leads that also begin sentences do not count, unless a colon follows or `language` has them
    ("Por Ana Pérez") and a name alone follows. Questions and other clauses are no bylines. A Korean
    line of a name and a word for a reporter is one.
    """
    if read_report(line):
        return True
    cleaned = _clean(line)
    return bool(read_signature(cleaned)) or begins_with_lead(cleaned, language=language)


def is_signed(line: str) -> bool:
    """Whether a line that nothing marks leads to a full name, and says no more than who that is."""
    return (
        has_lead(line)
        and is_named(strip_lead(_clean(line), load_byline_words()))
        and names_only(line)
    )


def names_only(line: str) -> bool:
    """Whether all of a led line may be names and what is said of them.

    Small words that are neither parts of names nor of bylines tell a story: "By Monday the river
    had fallen". So does a day alone: "By Monday".
    """
    words = load_byline_words()
    cleaned = _clean(line)
    if fold_words(strip_lead(cleaned, words)) in words.dated:
        return False
    for piece in _SPLIT.split(cleaned):
        parts = fold_words(piece).split()
        if ends_with_role(parts, words) or begins_with_role(parts, words):
            continue
        if any(
            len(word) > _MAX_PARTICLE and word.islower() and word not in _list_small_words()
            for word in WORD.findall(piece)
        ):
            return False
    return True


@cache
def _list_small_words() -> frozenset[str]:
    """The words of bylines that are none of names."""
    words = load_byline_words()
    phrases = chain(
        words.lead, words.others, words.dated, words.roles, words.houses, words.bodies,
        words.sources, words.newsrooms, words.for_house, words.in_place, words.minutes,
        words.reading, words.particles, list_conjunctions(),
    )  # fmt: skip
    return frozenset(chain.from_iterable(phrase.split() for phrase in phrases))


def _clean(value: str) -> str:
    plain = html.unescape(value[:_MAX_BYLINE_CHARS])
    # Few bylines hold any of this, and looking for a sign is cheaper than for the whole.
    if "<" in plain:
        plain = _MARKUP.sub(" ", plain)
    if "@" in plain or "//" in plain or "www." in plain:
        plain = _ADDRESS.sub(" ", plain)
    if _BRACKET.search(plain):
        plain = plain.strip()
        bare = _BRACKETED.sub(" ", plain)
        # Chinese, Japanese and Korean papers put the whole byline in brackets.
        plain = plain[1:-1] if not bare.strip() and plain[1] >= FIRST_CJK else bare
    if _DIGIT.search(plain):
        plain = _reading_time().sub(" | ", plain)
    return strip_edge(" ".join(plain.split()))


@cache
def _reading_time() -> re.Pattern[str]:
    """Finds how long reading takes: "5 min read", "Lesezeit: 3 Min."."""
    words = load_byline_words()
    units, reading = (
        "|".join(re.escape(word) for word in sorted(some, key=len, reverse=True))
        for some in (words.minutes, words.reading)
    )
    time = rf"\d{{1,3}}[\s-]{{0,3}}(?:{units})\b\.?"
    return re.compile(
        rf"\b(?:(?:{reading})\s?:?\s{{0,3}}{time}|{time}\s{{0,3}}(?:{reading})\b)", re.IGNORECASE
    )


def strip_date(value: str, *, language: str = "") -> str:
    """A byline without its date, and without what follows that unless it is the byline."""
    words = load_byline_words()
    before, after = cut_date(value, words)
    before = cut_labels(before, words) if after else before
    if not after or fold_words(strip_lead(before, words)) not in words.dated | {""}:
        return before
    return after if has_lead(after, language=language) else ""


def _split_names(value: str, words: BylineWords, language: str) -> list[str]:
    """The parts of a value that may be names; conjunctions split only between names."""
    names: list[str] = []
    for place, piece in enumerate(_SPLIT.split(value)):
        if names_others(piece, words):
            names.append(piece)
            continue
        part = _cut_conjunction(piece, words, language) if place else piece
        if part[:1] >= FIRST_CJK and (parted := _split_unspaced(part, words, language)):
            names.extend(parted)
            continue
        if " " not in part:
            names.append(part)
            continue
        agencies: Sequence[str] = ()
        if "/" in part:
            part, agencies = split_agencies(part, words)
        names.extend(_split_conjoined(_detach(part, words, language), words, language))
        names.extend(agencies)
    return names


def _cut_conjunction(piece: str, words: BylineWords, language: str) -> str:
    """A piece after a comma without the conjunction that it begins with: "Ada Quill, and Bo Ek"."""
    first, _, rest = piece.partition(" ")
    known = words.conjunctions.get(language)
    told = list_conjunctions() - words.in_place if known is None else known
    return rest if rest and (first in told or first == "&") else piece


def _split_unspaced(part: str, words: BylineWords, language: str) -> list[str]:
    """The names between spaces in a part in Korean, Chinese or Japanese; none where unsure.

    Words for a reporter before each, and what they write for, are left out. Japanese puts a space
    within a name too: "田中 健太".
    """
    bare = strip_lead(part, words)
    if not _UNSPACED_NAMES.fullmatch(bare):
        return []
    whole = bare.split()
    tokens = [_cut_reporter(token, words) for token in whole]
    if any(token in words.lead or f"{token} ".startswith(words.others) for token in tokens):
        return []
    named = [token for token in tokens if token and not is_role(token, words)]
    is_led = bare != part or named != whole
    # "南方 都市报" is a paper; one with a name after it, or with a reporter, is what they work for.
    people = [
        token
        for at, token in enumerate(named)
        if not (token.endswith(words.desks) and (is_led or (not at and token not in words.desks)))
    ]
    sizes = {len(token) for token in people}
    if not sizes or min(sizes) < _MIN_NAME_CHARS or max(sizes) > _MAX_UNSPACED_CHARS:
        return []
    if people[-1].endswith(words.desks) or people[0] in words.nobody:
        return []
    if len(people) == 1:
        return people
    is_parted = language == "zh" or (is_led and language != "ja") or sizes == {_MAX_UNSPACED_CHARS}
    return people if is_parted and people[0] < _FIRST_HANGUL else []


def _cut_reporter(token: str, words: BylineWords) -> str:
    """A word without a Chinese one for a reporter that it begins with; empty where it ends so."""
    lead = max((each for each in words.reporters if token.startswith(each)), key=len, default="")
    rest = token[len(lead) :]
    if not rest or token.endswith(tuple(words.reporters)):
        return ""
    return rest if len(rest) >= _MIN_NAME_CHARS else token


def _split_conjoined(part: str, words: BylineWords, language: str) -> Iterator[str]:
    """The names between which conjunctions stand."""
    start = 0
    for match in _conjunctions(language).finditer(part):
        before, after = part[start : match.start()], part[match.end() :]
        if _parts_names(before, match[1].lower(), after, words):
            yield _cut_place(before, words)
            start = match.end()
    yield _cut_place(part[start:], words)


def _detach(part: str, words: BylineWords, language: str) -> str:
    """`part` with a space after a conjunction that is written together with the next name."""
    conjunction = words.attached.get(language)
    if conjunction is None:
        return part
    names = part.split()
    for at in range(len(names) - 2, 1, -1):
        if names[at].startswith(conjunction) and names[at] not in {conjunction, *words.begun}:
            names[at : at + 1] = [conjunction, names[at].removeprefix(conjunction)]
            break
    return " ".join(names)


def _parts_names(before: str, conjunction: str, after: str, words: BylineWords) -> bool:
    """Whether a conjunction stands between two names, not within one."""
    if not _starts_as_name(before, words):
        return False
    if fold_words(after) in words.newsrooms:
        return True
    if not _starts_as_name(after, words):
        return False
    # "Ana y Luis García" share a name; "José Ortega y Gasset" is one man.
    is_last_name = len(WORD.findall(after)) == 1 and not after.isupper()
    is_name_before = len(WORD.findall(strip_lead(before, words))) > 1
    return not (conjunction in words.inner and is_last_name and is_name_before)


@cache
def _conjunctions(language: str) -> re.Pattern[str]:
    """What stands between two names in a language, or in any where it is not known."""
    words = load_byline_words()
    known = words.conjunctions.get(language)
    every = list_conjunctions()
    told = every - words.in_place if known is None else every - words.shared | {*known}
    # Of the longer words none is a name, so that they may have a capital.
    cased = [*told, *(word.capitalize() for word in told if len(word) >= _LONG_CONJUNCTION)]
    joined = "|".join(re.escape(word) for word in sorted(cased, key=len, reverse=True))
    capital = "|".join(re.escape(word.upper()) for word in sorted(told, key=len, reverse=True))
    # Capitals stand between names in capitals only: "A" is an initial, "Y" too.
    return re.compile(
        rf"{_WORD_END}[.,]?\s+({joined}|(?<=[^\W\d_a-z][^\W\d_a-z]\s)(?:{capital}))\s+(?=\w)"
    )


def _cut_place(name: str, words: BylineWords) -> str:
    """A name without the place it writes from, or for: "Jane Doe in Oslo", "for The Courier"."""
    parts = name.split()
    folded = list(map(str.lower, parts))
    if words.for_house.isdisjoint(folded) and words.in_place.isdisjoint(parts):
        return name
    for at in range(_FULL_NAME, len(parts) - 1):
        is_place = parts[at] in words.in_place and parts[at + 1][0].isupper()
        is_house = folded[at] in words.for_house and not folded[at - 1].endswith(words.bodies)
        if is_place or is_house:
            return " ".join(parts[:at])
    return name


def _starts_as_name(piece: str, words: BylineWords) -> bool:
    bare = strip_lead(piece, words)
    return bool(bare) and (bare[0].isupper() or not bare[0].islower())


def _is_name(name: str, words: BylineWords) -> bool:
    folded = fold_words(name)
    if not folded or len(name) > _MAX_NAME_CHARS or folded in words.nobody or is_role(name, words):
        return False
    if folded in words.lead and folded not in words.newsrooms:
        return False
    if is_post(name.split(), words):
        return False
    if not any(char.isalpha() for char in name) or len(name) < 2:
        return False
    # "BR24 Redaktion" may be an author, a date or a reading time is none.
    if " " in name and any(part.strip(EDGE).isdigit() for part in name.split()):
        return False
    return sum(not word[0].isdecimal() for word in WORD.findall(name)) <= _MAX_NAME_WORDS
