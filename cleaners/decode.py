"""Page bytes -> text, in the order browsers use, and never an exception.

The order is that of the WHATWG Encoding and HTML standards: byte order mark, then the HTTP header,
then what the page declares in its first bytes, then a guess. One thing differs: bytes that are
valid UTF-8 are UTF-8 even where a single-byte charset is declared, because no legacy text passes
for UTF-8 by accident, while servers declare ISO-8859-1 for everything. Text that was UTF-8 already
and encoded a second time is put right (`cleaners/source/mojibake.py`), where browsers show it
broken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaners.source.charsets import find_codec, guess_codec, is_multibyte
from cleaners.source.mojibake import mend_mojibake

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"))

# HTML standard, "prescan a byte stream": 1024 bytes. Real pages put comments and scripts before
# the declaration, and browsers look further too.
_PRESCAN_BYTES = 8192
_MAX_HEADER_CHARS = 1000
_LABEL = rb"\s*+=\s*+[\"']?\s*+([A-Za-z0-9_.:-]{2,40})"
_META = re.compile(rb"<meta\b[^>]{0,500}?charset" + _LABEL, re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\bencoding" + _LABEL, re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADER = re.compile(r"charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)

# Below this many non-ASCII characters, valid UTF-8 may be an accident in double-byte text.
_SURE_UTF8_CHARS = 8
# Share of broken sequences among the non-ASCII ones up to which UTF-8 with a few scars is
# believed: real pages embed single lines of another encoding.
_SCARRED = 0.1
# A page shorter than this is too short to be told for UTF-16 by its NULs.
_LEAST_WIDE_BYTES = 16


Buffer = bytes | bytearray | memoryview


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page's text, and the same in UTF-8; no byte order mark, no NUL, no lone surrogate."""

    text: str
    data: bytes


def read_input(page: Buffer | str) -> bytes | str:
    """What a caller gives as a page, as text or bytes.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(page, bytes | str):
        return page
    if isinstance(page, bytearray | memoryview):
        return bytes(page)
    raise TypeError(f"a page is bytes or str, not {type(page).__name__}; give the response's body")


def decode_page(page: bytes | str, content_type: str = "") -> str:
    r"""The text of a page, without byte order mark, NUL and lone surrogates.

    `content_type` is the HTTP header's value (`text/html; charset=...`), or empty. Bytes that fit
    no encoding become U+FFFD. Never raises on any bytes.

    >>> decode_page(b'<meta charset="windows-1251">\xcc\xee\xf1\xea\xe2\xe0')[-6:]
    'Москва'
    """
    return decode_source(page, content_type).text


def decode_source(page: bytes | str, content_type: str = "") -> Source:
    """What `decode_page` gives, with its UTF-8: for most pages the very bytes that came."""
    source = _decode_str(page) if isinstance(page, str) else _decode_bytes(page, content_type)
    # HTML standard, tree construction: a NUL in text is ignored.
    if b"\0" in source.data:
        text = source.text.replace("\0", "")
        return Source(text=text, data=source.data.replace(b"\0", b""))
    return source


def _encode(text: str) -> Source:
    return Source(text=text, data=text.encode("utf-8", "replace"))


def _decode_str(page: str) -> Source:
    text = page.removeprefix("\ufeff")
    try:
        data = text.encode()
    except UnicodeEncodeError:
        # Surrogate pairs are joined, lone surrogates replaced.
        return _encode(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
    declared = _declared_codecs(data, "")
    mended = mend_mojibake(text, data, declared[0] if declared else "")
    return Source(text=text, data=data) if mended is text else _encode(mended)


def _decode_bytes(page: bytes, content_type: str) -> Source:
    for mark, codec in _BOMS:
        if page.startswith(mark):
            return _encode(page[len(mark) :].decode(codec, "replace"))
    declared = _declared_codecs(page, content_type)
    wide = _wide_codec(page, declared)
    if wide:
        return _encode(page.decode(wide, "replace"))
    try:
        text = page.decode("utf-8")
    except UnicodeDecodeError:
        return _encode(_decode_legacy(page, declared))
    meant = _prefer_declared(page, text, declared)
    meant = mend_mojibake(meant, page, declared[-1] if declared else "")
    return Source(text=text, data=page) if meant is text else _encode(meant)


def _declared_codecs(page: bytes, content_type: str) -> tuple[str, ...]:
    """The codecs named by the header and by the page, in that order, unknown labels left out."""
    header = _HEADER.search(content_type[:_MAX_HEADER_CHARS])
    codecs = [find_codec(header[1])] if header else []
    head = page[:_PRESCAN_BYTES]
    meta = _find_meta(_COMMENT.sub(b"", head) if b"<!--" in head else head) or _XML.search(head)
    if meta:
        codec = find_codec(meta[1].decode("ascii"))
        # HTML standard: a page whose declaration could be read as ASCII is not UTF-16.
        codecs.append("utf-8" if codec.startswith("utf-16") else codec)
    return tuple(codec for codec in dict.fromkeys(codecs) if codec)


def _find_meta(head: bytes) -> re.Match[bytes] | None:
    """The first `<meta>` with a charset; most often the last one above the word."""
    small = head.lower()
    place = small.find(b"charset")
    if place < 0:
        return None
    return _META.search(head, max(0, small.rfind(b"<meta", 0, place))) or _META.search(head)


def _wide_codec(page: bytes, declared: tuple[str, ...]) -> str:
    """The UTF-16 codec when the bytes look like it, else an empty string.

    Markup is ASCII, so in UTF-16 every second byte of its tags is NUL; nothing else has that.
    """
    head = page[:2048]
    if len(head) < _LEAST_WIDE_BYTES or head.count(0) * 4 < len(head):
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if declared and declared[0].startswith("utf-16") and not max(even, odd) > 4 * min(even, odd):
        return declared[0]
    if max(even, odd) <= 4 * min(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _prefer_declared(page: bytes, text: str, declared: tuple[str, ...]) -> str:
    """`text` (the page as UTF-8), unless a declared double-byte charset reads it as well."""
    codec = declared[0] if declared else ""
    if text.isascii():
        # ISO-2022-JP writes everything in ASCII and switches by escape sequences.
        codec = "iso2022_jp_ext" if b"\x1b$" in page else ""
    elif not is_multibyte(codec) or len(page) - len(text) >= 2 * _SURE_UTF8_CHARS:
        codec = ""
    try:
        return page.decode(codec) if codec else text
    except UnicodeDecodeError:
        return text


def _decode_legacy(page: bytes, declared: tuple[str, ...]) -> str:
    """Text of a page that is not UTF-8 throughout: declared, scarred UTF-8, or guessed."""
    for codec in declared:
        if codec == "utf-8" or codec.startswith("utf-16"):
            continue
        try:
            return page.decode(codec)
        except UnicodeDecodeError:
            continue
    candidates = (*declared, "utf-8")
    texts = [page.decode(codec, "replace") for codec in dict.fromkeys(candidates)]
    best = min(texts, key=_broken_share)
    if _broken_share(best) <= _SCARRED:
        return best
    return page.decode(guess_codec(page), "replace")


def _broken_share(text: str) -> float:
    """Share of U+FFFD among the non-ASCII characters (0..1); 1 where nothing else is there."""
    broken = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return broken / foreign if foreign else 0.0
