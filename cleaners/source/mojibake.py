"""Text that was decoded wrongly before it was written -> the text that was meant.

Servers, archives and callers decode UTF-8 as Latin-1 and encode the result again ("â€™" for an
apostrophe), and so does `response.text` of many HTTP clients. A browser shows such a page as it is;
who reads an archive wants the words. What is certain is repaired, the rest left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import islice

# In UTF-8 a lead byte seen as Latin-1, and a trail byte seen as Latin-1 or windows-1252.
_TRAILS = (
    "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2015\u2016\u2017\u2018"
    "\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2020\u2021\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
_SIGN = re.compile(
    rb"\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|" + b"|".join(each.encode() for each in _TRAILS) + rb")"
)
# The leads that nearly all such pages hold, in UTF-8 with the first byte of what follows.
_LEAD = b"\xc3"
_LEADS = (b"\xc3\x83\xc2", b"\xc3\x82\xc2", b"\xc3\xa2\xc2", b"\xc3\xa2\xe2", b"\xc3\x90\xc2")
_LOOKS = 64  # characters looked at from the start and from the middle of a page
_PIECE_MAX = 20_000  # characters; longer pieces of a page are scripts
_SIGNS_MIN = 2
_PIECE_BOUNDS = (b"<", b">", b"\n")
_PIECE_END = re.compile(b"|".join(_PIECE_BOUNDS))
# What is taken for the right charset, the one with the fewest characters that others lack first.
_TAKEN_FOR = ("latin-1", "iso8859-15", "cp1252")
# Words of one accented letter after another: no language in Latin script has many.
_ALL_ACCENTS = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u20ac]{6}")
_ALL_ACCENTS_MIN = 8
_LEFT_MAX = 0.25  # share of such words that may be left in the right charset
_WESTERN = ("", "utf-8", "cp1252")


def mend_mojibake(text: str, data: bytes, declared: str = "") -> str:
    """`text` with what was decoded wrongly put right; `declared` is the codec the page names.

    `data` is the text in UTF-8: looking for bytes is many times faster.

    >>> text = "Itâ€™s the cityâ€™s cafÃ©"
    >>> mend_mojibake(text, text.encode())
    'It’s the city’s café'
    """
    if text.isascii():
        return text
    if declared not in _WESTERN and (meant := _read_again(text, declared)):
        return meant
    if not _is_suspect(data):
        return text
    if len(list(islice(_SIGN.finditer(data), _SIGNS_MIN))) < _SIGNS_MIN:
        return text
    mend = _load_repair()
    mended, at = [], 0
    while match := _SIGN.search(data, at):
        start = max(data.rfind(each, at, match.start()) for each in _PIECE_BOUNDS) + 1 or at
        following = _PIECE_END.search(data, match.end())
        end = following.start() if following else len(data)
        piece = data[start:end].decode()
        mended += [data[at:start].decode(), mend(piece) if len(piece) <= _PIECE_MAX else piece]
        at = end
    return "".join([*mended, data[at:].decode()])


@cache
def _load_repair() -> Callable[[str], str]:
    """What puts the wrong charset right and nothing else: quotes, entities and ligatures stay."""
    import ftfy  # noqa: PLC0415 - slow to load, and few pages need it

    repair = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        restore_byte_a0=True,
        replace_lossy_sequences=True,
        decode_inconsistent_utf8=True,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    return partial(ftfy.fix_encoding, config=repair)


def _is_suspect(data: bytes) -> bool:
    """Whether some accented letters of a page are followed as those of mojibake are."""
    for start in (0, len(data) // 2):
        place = data.find(_LEAD, start)
        for _ in range(_LOOKS):
            if place < 0:
                break
            if data.startswith(_LEADS, place):
                return True
            place = data.find(_LEAD, place + 2)
    return False


def _read_again(text: str, codec: str) -> str:
    """The text read as `codec` where it was taken for Latin-1, once or twice; empty if not."""
    odd = len(_ALL_ACCENTS.findall(text))
    if odd < _ALL_ACCENTS_MIN:
        return ""
    # Legacy bytes are never UTF-8 by chance, UTF-8 bytes often are some legacy text.
    once = next(_read_as(text, "latin-1", "utf-8"), text)
    for taken in _TAKEN_FOR:
        for meant in _read_as(once, taken, codec):
            if len(_ALL_ACCENTS.findall(meant)) <= _LEFT_MAX * odd:
                return meant
    return ""


def _read_as(text: str, taken: str, codec: str) -> Iterator[str]:
    try:
        yield text.encode(taken).decode(codec)
    except UnicodeError:
        return
