"""Bodies that hold no article: told by their type, and by their first bytes where the type lies."""

from __future__ import annotations

_REFUSED_KINDS = ("image/", "video/", "audio/", "font/", "model/")
# Archives are refused as ZIP only: sitemaps come as application/gzip and application/octet-stream.
_REFUSED_TYPES = frozenset(
    {
        "application/epub+zip",
        "application/msword",
        "application/pdf",
        "application/postscript",
        "application/rtf",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/zip",
    }
)
_REFUSED_PREFIXES = ("application/vnd.openxmlformats", "application/vnd.oasis")

# WHATWG MIME Sniffing sections 6 and 7: (offset, bytes, what it is).
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "a PDF"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"GIF87a", "a GIF picture"),
    (0, b"GIF89a", "a GIF picture"),
    (8, b"WEBPVP", "a WebP picture"),
    (4, b"ftyp", "an MP4 film"),
    (0, b"\x1a\x45\xdf\xa3", "a WebM film"),
    (0, b"OggS\x00", "an Ogg recording"),
    (8, b"WAVE", "a WAVE recording"),
    (8, b"AVI ", "an AVI film"),
    (0, b"ID3", "an MP3 recording"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"wOFF", "a font"),
    (0, b"wOF2", "a font"),
)


def name_refused_type(media_type: str) -> str:
    """The type, where a body of it can hold no article, else an empty string."""
    if media_type.startswith((*_REFUSED_KINDS, *_REFUSED_PREFIXES)):
        return media_type
    return media_type if media_type in _REFUSED_TYPES else ""


def name_refused_bytes(head: bytes) -> str:
    """What the first bytes of a body show it to be, or an empty string for possible text."""
    return next((what for at, magic, what in _MAGIC if head.startswith(magic, at)), "")
