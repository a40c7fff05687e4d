"""Text -> folded words: the one way in which lines and phrases are made comparable.

Folding is for matching only. Case, width, diacritics, soft hyphens, zero-width characters and
HTML entities are taken out; every kind of punctuation and symbol becomes a space; a number is one
word; each Chinese character, kana and letter of the spaceless scripts of South East Asia is a
word of its own. Every word remembers which characters of the line it came from.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Unicode blocks that hold punctuation, symbols, spaces, controls, icon fonts and emoji. Blocks
# and not categories, because `re` knows no categories; whatever is not here counts as a letter
# or a mark on one. Zero-width characters are left out on purpose: they vanish inside words.
_SEPARATORS = (
    "\x00-/:-@\\[-`{-\xa9\xab\xac\xae-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7"
    "\u02c2-\u02df\u037e\u0387\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05c6\u05f3\u05f4"
    "\u0600-\u060f\u061b\u061d-\u061f\u066a-\u066d\u06d4\u06dd\u06de\u06e9\u0964\u0965\u0970"
    "\u0e2f\u0e3f\u0e4f\u0e5a\u0e5b\u104a-\u104f\u10fb\u1360-\u1368\u1400\u1680\u17d4-\u17db\u180e"
    "\u2000-\u200a\u2010-\u205f\u2065-\u206f\u20a0-\u20cf\u2100-\u2101\u2116-\u2117\u2120-\u2122"
    "\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3007-\u3030\u303d-\u303f\u30fb\u3200-\u32ff"
    "\ue000-\uf8ff\ufd3e\ufd3f\ufe00-\ufe19\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20"
    "\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff\U0001f000-\U0001faff\U000f0000-\U0010ffff"
)
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3006\u3031-\u30ff\u31f0-\u31ff"
    "\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# The group is not possessive: Python 3.11 before 3.11.5 then takes the full stop after a year too
# (CPython issue 106052).
WORD = re.compile(rf"\d++(?:[.,:/]\d++)*|[^{_SEPARATORS}\d]++")
# The same for ASCII in lower case, where it takes a third of the time.
_ASCII_WORD = re.compile(r"[0-9]++(?:[.,:/][0-9]++)*|[a-z]++")
_ASCII_RAW = re.compile(r"[0-9]++(?:[.,:/][0-9]++)*|[a-zA-Z]++")
_SPACELESS_CHAR = re.compile(f"[{SPACELESS}]|[^{SPACELESS}]++")
_HAS_SPACELESS = re.compile(f"[{SPACELESS}]")
_MARKS = ".,;!?()\"'“”‘’„…"  # of punctuation, what stands around words most
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")

# Letters that are one letter with a stroke or a tail, or one sound with two spellings, and that
# Unicode does not decompose. The Arabic ones follow the usual search normalisation (alef maqsura,
# ta marbuta, Persian yeh and kaf); the Chinese ones are printed either way in Taiwan and Hong Kong.
_EXTRA = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe",
    "þ": "th", "ə": "e", "ĸ": "k", "ŋ": "n", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه",
    "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ـ": "", "ґ": "г", "ς": "σ", "爲": "為", "臺": "台", "纔": "才",
}  # fmt: skip
# Vowel signs of Indic scripts have combining class 0 and stay: they tell words apart.
_IGNORED = frozenset({"Me", "Cf"})
_ALPHABETS_END = 0x3000  # code points; the ideographs beyond are too many to remember
_ENTITY_ROUNDS = 2  # text is met that was escaped twice, never three times
# A character of a spaceless script counts as this many words: a Chinese news sentence has about
# 2.5 times as many characters as its English translation has words.
_SPACELESS_WEIGHT = 0.4
# And as so many letters.
_SPACELESS_CHARS = 2.5


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a line; word `i` came from `line[starts[i]:ends[i]]`."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


class _Letters(dict[int, str]):
    """What becomes of a character of decomposed text, looked up once where alphabets are."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _EXTRA.get(char, char)
        if unicodedata.combining(char) or unicodedata.category(char) in _IGNORED:
            folded = ""
        if code < _ALPHABETS_END:
            self[code] = folded
        return folded


_LETTERS = _Letters()


@lru_cache(maxsize=1 << 16)  # texts repeat their words; the answer depends on the word alone
def fold_word(raw: str) -> str:
    """Return one raw word folded, possibly to nothing."""
    if raw.isascii():
        return raw.lower()
    return unicodedata.normalize("NFKD", raw.casefold()).translate(_LETTERS)


def is_spaceless(char: str) -> bool:
    """Whether `char` is of a script written without spaces, and so a word of its own."""
    return _HAS_SPACELESS.match(char) is not None


def measure_chars(text: str) -> float:
    """The characters of a text, those of scripts without spaces counted by what they say.

    >>> measure_chars("snow"), measure_chars("北京 2008")
    (4.0, 10.0)
    """
    if text.isascii():
        return float(len(text))
    return len(text) + (_SPACELESS_CHARS - 1) * len(_HAS_SPACELESS.findall(text))


def weigh_words(words: Words) -> float:
    """Return how many words of a spaced script `words` are worth."""
    if _HAS_SPACELESS.search(" ".join(words.words)) is None:
        return float(len(words))
    total = 0.0
    for word in words.words:
        total += _SPACELESS_WEIGHT if is_spaceless(word[0]) else 1.0
    return total


def fold_letters(text: str) -> str:
    """The letters and digits of a text in small letters, to find one text in another.

    >>> fold_letters("Harbour frozen!"), fold_letters("Harbour: Frozen")
    ('harbourfrozen', 'harbourfrozen')
    """
    return "".join(filter(str.isalnum, text.lower()))


def fold_plain(piece: str) -> str:
    """Return the one word of `piece` folded, or nothing where it is not plainly one word.

    Plain is a word of a script with case, small but for its first letter, marks around it aside.
    """
    word = piece.strip(_MARKS)
    if not word.isalpha() or not (word[1:].islower() or len(word) == 1):
        return ""
    if word.isascii():
        return word.lower()
    if _HAS_SPACELESS.search(word) or WORD.fullmatch(word) is None:
        return ""
    return fold_word(word)


@lru_cache(maxsize=1 << 16)  # as above
def read_piece(piece: str) -> tuple[tuple[str, str], ...]:
    """Return the words of `piece`, what stands between white space, each folded and to be cut.

    What is to be cut is the raw word where two may be run together in it, and nothing in most.
    Entities are not decoded.
    """
    plain = fold_plain(piece)
    if plain:
        return ((plain, ""),)
    return tuple(
        [
            (word, "" if raw[1:].islower() or len(raw) < 3 or not raw[0].isalpha() else raw)
            for word, raw in read_words(piece)
        ]
    )


def read_words(line: str) -> Iterator[tuple[str, str]]:
    """Return the words of `line` one by one, each folded and raw; entities are not decoded."""
    if line.isascii():
        raws = _ASCII_RAW.findall(line)
        return zip(map(str.lower, raws), raws, strict=True)
    return _read_foreign(line)


def _read_foreign(line: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a line that is not all ASCII."""
    for found in WORD.finditer(line):
        raw = found.group()
        if raw.isascii():
            yield raw.lower(), raw
        elif _HAS_SPACELESS.search(raw):
            for piece in _SPACELESS_CHAR.findall(raw):
                folded = fold_word(piece)
                if folded:
                    yield folded, piece
        else:
            folded = fold_word(raw)
            if folded:
                yield folded, raw


def has_entity(line: str) -> bool:
    """Whether `line` holds an HTML entity."""
    return "&" in line and _ENTITY.search(line) is not None


def fold_words(line: str, *, entity_rounds: int = _ENTITY_ROUNDS) -> Words:
    """Return the folded words of `line` and where each stood."""
    if entity_rounds and "&" in line and _ENTITY.search(line):
        return _fold_decoded(line, entity_rounds)
    if line.isascii():
        lowered = line.lower()
        spans = [found.span() for found in _ASCII_WORD.finditer(lowered)]
        starts, ends = zip(*spans, strict=True) if spans else ((), ())
        return Words(tuple([lowered[start:end] for start, end in spans]), starts, ends)
    return _fold_foreign(line)


def _fold_foreign(line: str) -> Words:
    """Return the words of a line that is not all ASCII and holds no entity."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in WORD.finditer(line):
        raw = found.group()
        start = found.start()
        if raw.isascii():
            words.append(raw.lower())
            starts.append(start)
            ends.append(start + len(raw))
            continue
        pieces = _SPACELESS_CHAR.findall(raw) if _HAS_SPACELESS.search(raw) else (raw,)
        for piece in pieces:
            end = start + len(piece)
            folded = fold_word(piece)
            if folded:
                words.append(folded)
                starts.append(start)
                ends.append(end)
            start = end
    return Words(tuple(words), tuple(starts), tuple(ends))


def list_words(line: str) -> list[str]:
    """Return the folded words of `line` alone, which is quicker than with their places."""
    if has_entity(line):
        return [*fold_words(line).words]
    if line.isascii():
        return _ASCII_WORD.findall(line.lower())
    raws: list[str] = WORD.findall(line)
    if _HAS_SPACELESS.search(line):
        raws = [piece for raw in raws for piece in _SPACELESS_CHAR.findall(raw)]
    return [word for word in map(fold_word, raws) if word]


def _fold_decoded(line: str, entity_rounds: int) -> Words:
    """Return the words of `line` with its HTML entities decoded, at their places in `line`."""
    chars: list[str] = []
    origins: list[int] = []  # decoded character -> where it begins in `line`
    at = 0
    for found in _ENTITY.finditer(line):
        chars.append(line[at : found.start()])
        origins.extend(range(at, found.start()))
        decoded = html.unescape(found.group())
        chars.append(decoded)
        origins.extend([found.start()] * len(decoded))
        at = found.end()
    chars.append(line[at:])
    origins.extend(range(at, len(line) + 1))
    inner = fold_words("".join(chars), entity_rounds=entity_rounds - 1)
    return Words(
        inner.words,
        tuple(origins[start] for start in inner.starts),
        tuple(origins[end] for end in inner.ends),
    )
