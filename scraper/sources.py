"""What a file or a stream holds, by its name or its first bytes, and how it is opened."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import IO, BinaryIO, cast

import zstandard

from scraper.errors import ConfigError
from scraper.fetching.media import name_refused_bytes
from scraper.finding.xml_bytes import to_utf8

_UNREADABLE = (OSError, EOFError, zlib.error, zstandard.ZstdError)
_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
PACKED = frozenset({".gz", ".zst"})
"""Endings of the names of compressed files, in lower case."""
_HEAD_BYTES = 1000  # in which the kind must show
_PAGE_START = (
    b"<!doctype", b"<html", b"<head", b"<?xml", b"<body", b"<meta", b"<title", b"<!--",
)  # fmt: skip
# A page that begins in the middle: what was cut out of one, or a template's output.
_PAGE_MARK = re.compile(rb"</p>|<div\b", re.IGNORECASE)
_JSON = re.compile(rb"\{|\[\s*(?:\{|\Z)")
_WARC = re.compile(rb"WARC/\d")
# RFC 2557: a page with its pictures as one mail.
_MHTML = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)


class Source(StrEnum):
    """What a file holds."""

    HTML = "html"
    TEXT = "text"
    JSONL = "jsonl"
    WARC = "warc"


def name_source(path: Path) -> Source:
    """What a file holds, by its name, else by its first bytes.

    Raises:
        ConfigError: it cannot be read, or holds nothing of the kind.
    """
    endings = [ending.lower() for ending in path.suffixes[-2:]]
    ending = next((each for each in reversed(endings) if each not in PACKED), "")
    if ending == ".warc":
        return Source.WARC
    with open_file(path) as file:
        start = read_file(path, file, _HEAD_BYTES)
    refuse_foreign(start, str(path))
    match ending:
        case ".html" | ".htm" | ".xhtml":
            return Source.HTML
        case ".jsonl" | ".ndjson" | ".json":
            return Source.JSONL
        case ".txt" | ".md" | ".text":
            return Source.TEXT
    if is_binary(start):
        raise ConfigError(f"{path}: neither a page nor a text; its name or its bytes must tell")
    return sniff_source(start)


def refuse_foreign(start: bytes, where: str) -> None:
    """Refuses what begins like a file that holds no page or text to be read, whatever its name.

    Raises:
        ConfigError: it is such a file.
    """
    what = name_refused_bytes(start)
    # The other marks are letters too, with which a text may begin; such a file holds NUL as well.
    if what and (b"\0" in start or start.startswith(b"%PDF-")):
        raise ConfigError(f"{where}: {what}; give its text, as a page or a text file")
    if _MHTML.search(start) and b"multipart/" in start.lower():
        raise ConfigError(f"{where}: a page saved as MHTML; save it as HTML alone")


def is_binary(start: bytes) -> bool:
    """Whether bytes that begin like this are no text in any charset that news is kept in.

    A NUL byte is not part of any text but UTF-16 and UTF-32, which have a byte order mark.
    """
    return b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))


def sniff_source(start: bytes) -> Source:
    """What bytes that begin like this are."""
    head = to_utf8(start[:_HEAD_BYTES]).lstrip()
    if _WARC.match(head):
        return Source.WARC
    if _JSON.match(head):
        return Source.JSONL
    is_page = head[:15].lower().startswith(_PAGE_START) or _PAGE_MARK.search(head)
    return Source.HTML if is_page else Source.TEXT


def open_file(path: Path) -> IO[bytes]:
    """A file for reading, opened through gzip or zstd where its name or its first bytes say so.

    Raises:
        ConfigError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if path.suffix.lower() == ".gz" or start.startswith(_GZIP):
            return gzip.open(path)  # type: ignore[return-value]
        if path.suffix.lower() == ".zst" or start == _ZSTD:
            return BufferedReader(zstandard.open(path))  # its own reader gives no lines
        return path.open("rb")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None


def unpack_stream(stream: IO[bytes]) -> IO[bytes]:
    """A stream, read through gzip or zstd where its first bytes say so."""
    start = stream.peek(4) if isinstance(stream, BufferedReader) else b""
    if start.startswith(_GZIP):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    if start.startswith(_ZSTD):
        return BufferedReader(zstandard.open(cast("BinaryIO", stream)))
    return stream


def read_file(where: Path | str, file: IO[bytes], size: int = -1) -> bytes:
    """Up to `size` bytes of an open file, or all. `where` names it in the error.

    Raises:
        ConfigError: it cannot be read, or its compression is damaged.
    """
    try:
        return file.read(size)
    except _UNREADABLE as error:
        raise ConfigError(f"{where}: cannot be read ({error})") from None


def read_lines(where: Path | str, file: IO[bytes]) -> Iterator[bytes]:
    """The lines of an open file. `where` names it in the error.

    Raises:
        ConfigError: it cannot be read, or its compression is damaged.
    """
    try:
        while line := file.readline():
            yield line
    except _UNREADABLE as error:
        raise ConfigError(f"{where}: cannot be read ({error})") from None


def read_json_lines(where: Path | str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines as they are, if the first that is not blank can be one of JSON lines.

    Raises:
        ConfigError: it begins a JSON document of many lines, or a list of many texts.
    """
    rest = iter(lines)
    first: list[bytes] = []
    for line in rest:
        first.append(line)
        start = line.removeprefix(b"\xef\xbb\xbf").strip()
        if start == b"{" or start.startswith(b"["):
            wanted = "." if start == b"{" else "'.[]'"
            raise ConfigError(
                f"{where}: a JSON document, not JSON lines; `jq -c {wanted}` makes them"
            )
        if start:
            break
    return chain(first, rest)
