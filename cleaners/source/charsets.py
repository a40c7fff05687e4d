"""Charset labels -> Python codecs, and a guess for pages that name none.

The guess reads the page with each candidate codec and asks how much of the non-ASCII text are the
letters that the languages of that codec use most; the letters are data (`words/letters.toml`).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from cleaners.words.wordlists import read_word_list

# WHATWG Encoding standard, "Names and labels", where it differs from Python's names: a label's
# superset as used on the web, and labels that Python does not know.
_OVERRIDES = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "latin1": "cp1252", "latin-1": "cp1252", "iso_8859-1": "cp1252", "l1": "cp1252",
    "x-cp1252": "cp1252", "ansi": "cp1252", "unicode": "utf-8", "utf8": "utf-8",
    "iso-8859-9": "cp1254", "iso8859-9": "cp1254", "latin5": "cp1254", "x-cp1254": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874", "dos-874": "cp874", "windows-874": "cp874",
    "iso-8859-8-i": "iso8859-8", "logical": "iso8859-8", "iso-8859-8-e": "iso8859-8",
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "chinese": "gb18030",
    "x-gbk": "gb18030", "csgb2312": "gb18030", "cp936": "gb18030", "hz-gb-2312": "hz",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs", "csbig5": "big5hkscs", "cp950": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "ms_kanji": "cp932", "windows-31j": "cp932", "csshiftjis": "cp932",
    "euc-jp": "euc_jis_2004", "x-euc-jp": "euc_jis_2004", "eucjp": "euc_jis_2004",
    "iso-2022-jp": "iso2022_jp_ext", "csiso2022jp": "iso2022_jp_ext",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "korean": "cp949",
    "windows-949": "cp949", "cseuckr": "cp949", "euckr": "cp949",
    "x-cp1250": "cp1250", "x-cp1251": "cp1251", "win-1251": "cp1251", "cp-1251": "cp1251",
    "x-cp1253": "cp1253", "x-cp1255": "cp1255", "x-cp1256": "cp1256", "x-cp1257": "cp1257",
    "x-cp1258": "cp1258", "koi8": "koi8-r", "koi": "koi8-r", "koi8-ru": "koi8-u",
    "sun_eu_greek": "iso8859-7", "visual": "iso8859-8", "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "utf-16": "utf-16-le",
}  # fmt: skip
_MULTIBYTE = frozenset({"gb18030", "big5hkscs", "cp932", "euc_jis_2004", "iso2022_jp_ext", "cp949"})

_SAMPLE_BYTES = 4_000
# Bounded and without overlap, so that no page can make them slow.
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_HIGH_WORD = re.compile(rb"[A-Za-z]{0,3}[\x80-\xff](?:[A-Za-z\x80-\xff]|[@-~](?=[\x80-\xff]))*")
_FALLBACK = "cp1252"
# Least fit (see `_fit`) to believe a guess. Tuned on the development pages re-encoded in the
# legacy charsets of their languages. Double-byte charsets are asked first and must fit well,
# because the letters of single-byte charsets cover nearly any bytes.
_LEAST_WIDE_FIT = 0.45
_LEAST_FIT = 0.2
# Characters of doubt: a few accented letters prove nothing, and windows-1252 quotation marks with
# the letter after them look like double-byte characters.
_DOUBT = 2
_WIDE_DOUBT = 10
# By how much a later language must fit better than an earlier, more frequent one.
_MARGIN = 0.05
# The same for a later charset of one language: such twins differ in a letter or two.
_TWIN_MARGIN = 0.01
# Others, such as ± and ¶, stand inside the words of Polish that is read with the wrong charset.
_SIGNS = frozenset("\xa0£§©«®°·»¼½¾€\u3000\u3001\u3002")
# What a possible but unusual character of a large script counts, against 1 for a usual one.
_POSSIBLE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The non-ASCII characters that are frequent in one language, and codecs it is written in.

    `common` says what each character counts: 1, or in alphabets 1.5 (the most frequent) to 0.5.
    `ranges` holds pairs of first and last character for scripts too large to list. `is_latin`:
    most letters of a word are ASCII. `chance` is the share of usual letters in random bytes.
    """

    codecs: tuple[str, ...]
    common: dict[str, float]
    ranges: tuple[tuple[str, str], ...] = ()
    is_latin: bool = False
    chance: float = 0.0


def find_codec(label: str) -> str:
    """The Python codec for a charset label, or an empty string where none is known."""
    name = label.strip().lower()
    if name in _OVERRIDES:
        return _OVERRIDES[name]
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # codecs.lookup also knows rot13, base64 and the like, which do not give text from bytes.
    if not getattr(info, "_is_text_encoding", True) or info.name in {"idna", "punycode"}:
        return ""
    return _OVERRIDES.get(info.name, info.name)


def is_multibyte(codec: str) -> bool:
    """Whether a codec of `find_codec` writes a character as more than one byte (UTF-8 apart)."""
    return codec in _MULTIBYTE


def guess_codec(page: bytes) -> str:
    """The codec that reads the page's non-ASCII text best; windows-1252 where nothing tells."""
    sample = _sample_text(page)
    western = sample.decode(_FALLBACK, "replace")
    if all(char <= "\x7f" or _is_punctuation(char) for char in western):
        return _FALLBACK  # no text of another script is nothing but Western signs
    table = load_letters()
    wide = [letters for letters in table if is_multibyte(letters.codecs[0])]
    narrow = [letters for letters in table if not is_multibyte(letters.codecs[0])]
    return (
        _best_codec(sample, wide, at_least=_LEAST_WIDE_FIT)
        or _best_codec(sample, narrow, at_least=_LEAST_FIT)
        or _FALLBACK
    )


def _best_codec(sample: bytes, table: list[Letters], *, at_least: float) -> str:
    best, best_fit, to_beat = "", at_least, at_least
    triples: dict[str, Counter[tuple[str, str, str]]] = {}
    for letters in table:
        for codec in letters.codecs:
            if codec not in triples:
                text = f" {sample.decode(codec, 'replace')} "
                triples[codec] = Counter(zip(text, text[1:], text[2:], strict=False))
            fit = _fit(triples[codec], letters, codec)
            if fit > to_beat:
                best, best_fit, to_beat = codec, fit, fit + _TWIN_MARGIN
        to_beat = best_fit + _MARGIN if best else at_least
    return best


@cache
def load_letters() -> tuple[Letters, ...]:
    """The packaged letter table, in the order of the file; earlier entries win ties."""
    raw = read_word_list("letters")
    return tuple(
        Letters(
            codecs=tuple(entry["codecs"]),
            common=_weigh(
                entry["common"], by_rank="ranges" not in entry and not entry.get("latin", False)
            ),
            ranges=tuple((first, last) for first, last in entry.get("ranges", [])),
            is_latin=entry.get("latin", False),
            chance=_chance(entry["codecs"][0], entry["common"]),
        )
        for entry in raw["letters"]
    )


def _weigh(characters: str, *, by_rank: bool) -> dict[str, float]:
    if not by_rank:
        return dict.fromkeys(characters, 1.0)
    size = len(characters)
    return {char: 1.5 - rank / size for rank, char in reversed(list(enumerate(characters)))}


def _sample_text(page: bytes) -> bytes:
    """Words with non-ASCII bytes, markup left out, each followed by a space."""
    sample = bytearray()
    for word in _HIGH_WORD.finditer(_TAG.sub(b" ", page[: 100 * _SAMPLE_BYTES])):
        sample += word[0] + b" "
        if len(sample) > _SAMPLE_BYTES:
            break
    return bytes(sample[:_SAMPLE_BYTES])


def _chance(codec: str, common: Iterable[str]) -> float:
    """The share of a single-byte codec's upper half that are usual letters, in either case."""
    if is_multibyte(codec):
        return 0.0
    usual = set(common)
    upper_half = bytes(range(128, 256)).decode(codec, "replace")
    return sum(char.lower() in usual for char in upper_half) / 128


def _fit(triples: Counter[tuple[str, str, str]], letters: Letters, codec: str) -> float:
    """How well (at most 1) the letters explain a text: counts of three characters in a row.

    It is the share of usual letters among the non-ASCII characters, corrected for what chance
    alone would give. Unusual characters cost; so do an upper-case letter after a lower-case one
    (KOI8 read as windows-1251 is Cyrillic with the cases swapped), a word that mixes a non-Latin
    script with ASCII, and runs of accented letters in a Latin one. A letter of an
    alphabet that stands alone says nothing: "Ł" is the pound sign of "£400" more often than a word.
    """
    points, total = 0.0, 0
    is_wide = is_multibyte(codec)
    for (before, char, after), count in triples.items():
        is_foreign = char > "\x7f"
        if is_foreign and not is_wide and not (before.isalpha() or after.isalpha()):
            continue
        if is_foreign and not _is_punctuation(char):
            total += count
            points += count * _points(before, char, letters)
        elif char.isalpha() and before > "\x7f" and before.isalpha() and not letters.is_latin:
            points -= count
    if not total:
        return 0.0
    chance = letters.chance
    doubt = _WIDE_DOUBT if is_wide else _DOUBT
    return (points / (total + doubt) - chance) / (1 - chance)


def _points(before: str, char: str, letters: Letters) -> float:
    if before.isalpha() and (before > "\x7f") == letters.is_latin:
        return 0.0 if letters.is_latin else -1.0
    if char.isupper() and before.islower():
        return -1.0
    usual = letters.common.get(char.lower(), letters.common.get(char))  # "İ".lower() is two
    if usual is not None:
        return usual
    if any(first <= char <= last for first, last in letters.ranges):
        return _POSSIBLE
    return -1.0


def _is_punctuation(char: str) -> bool:
    """Signs that a page in any language may hold: dashes, quotation marks, spaces, pounds, ©."""
    return "\u2010" <= char <= "\u203a" or char in _SIGNS
