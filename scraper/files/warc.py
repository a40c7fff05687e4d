"""WARC files (ISO 28500:2017) -> their response records, and a word on each that is damaged.

Plain, gzip and Zstandard; one member a record or one for all. A damaged or torn record costs
itself: reading goes on at the next place where one begins.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import zstandard

_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
# Bytes read at once. Deflate makes at most 1,032 bytes of one, so 17 MB come of them.
_PIECE = 16_384
_MAX_LINE = 65_536
_MAX_HEAD_LINES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """One response record: what the archive says of it, and the HTTP message as it was kept."""

    number: int
    fields: dict[str, str]
    block: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcDamage:
    """A record that cannot be read: which, of what URL if that is known, and why."""

    number: int
    url: str
    problem: str


class NotWarc(Exception):
    """The file does not begin with a WARC record."""


class _Damaged(Exception):
    """The bytes end or stop making sense within a record."""


def read_responses(file: IO[bytes], *, max_bytes: int) -> Iterator[WarcRecord | WarcDamage]:
    """The response records of a file open for reading, in order; blocks are at most `max_bytes`.

    Records of other kinds are passed over, damaged ones are named whatever their kind.

    Raises:
        NotWarc: the file begins with something else.
    """
    source = _open_source(file)
    number = 0
    line = _next_line(source, skip=False)
    if line and not line.startswith(b"WARC/"):
        line = _next_line(source, skip=True)
        if not line:
            raise NotWarc
        number = 1
        yield WarcDamage(number=1, url="", problem="no record begins where one should")
    while line:
        number += 1
        fields: dict[str, str] = {}
        skip = False
        try:
            _read_head(source, line, fields)
            block = _read_block(source, fields, max_bytes)
            if block is not None:
                yield WarcRecord(number=number, fields=fields, block=block)
        except _Damaged as damage:
            url = fields.get("warc-target-uri", "")
            yield WarcDamage(number=number, url=url, problem=str(damage))
            skip = True
        line = _next_line(source, skip=skip)


def _next_line(source: _Source, *, skip: bool) -> bytes:
    """The line that opens the next record, or nothing at the end.

    With `skip`, what stands before it is passed over, damage included.
    """
    while True:
        try:
            line = source.read_line()
        except _Damaged:
            if not skip:
                return b"?"  # a line without an end, which is what the damage left
            continue
        if not line or line.startswith(b"WARC/") or (line.strip() and not skip):
            return line


def _read_head(source: _Source, line: bytes, fields: dict[str, str]) -> None:
    """Fills `fields`, names in lower case, from the lines after the first."""
    if not line.endswith(b"\n"):
        raise _Damaged("cut off or damaged")
    if not line.startswith(b"WARC/"):
        raise _Damaged("no record begins where one should")
    name = ""
    for _ in range(_MAX_HEAD_LINES):
        line = source.read_line()
        if not line.endswith(b"\n"):
            raise _Damaged("cut off")
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            return
        if text[0] in " \t":  # folded, as WARC 1.0 allowed
            fields[name] = f"{fields.get(name, '')} {text.strip()}"
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        fields[name] = value.strip()
        if name == "warc-target-uri":  # WARC 1.0 put it in angle brackets
            fields[name] = fields[name].removeprefix("<").removesuffix(">")
    raise _Damaged("has a head without end")


def _read_block(source: _Source, fields: dict[str, str], max_bytes: int) -> bytes | None:
    """The block of a response, read to its end; None for a record of another kind."""
    length_text = fields.get("content-length", "")
    if not (length_text.isascii() and length_text.isdigit()):
        raise _Damaged("has no length")
    length = int(length_text)
    is_response = fields.get("warc-type", "").lower() == "response"
    block = source.read(min(length, max_bytes)) if is_response else b""
    source.skip(length - len(block))
    source.end_record()
    if is_response and length > max_bytes:
        raise _Damaged(f"has over {max_bytes} bytes")
    return block if is_response else None


class _Source:
    """Bytes by line and by number, from a file that is not compressed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read_line(self) -> bytes:
        """The next line with its end, or what there is of it; nothing at the end."""
        return self._file.readline(_MAX_LINE)

    def read(self, size: int) -> bytes:
        """Just so many bytes."""
        data = self._file.read(size)
        if len(data) < size:
            raise _Damaged("cut off")
        return data

    def skip(self, size: int) -> None:
        """Passes over so many bytes."""
        while size:
            size -= len(self.read(min(size, _PIECE)))

    def end_record(self) -> None:
        """Passes over what closes a record. Its checksum, if there is one, has been seen then."""


class _ZstdSource(_Source):
    """The same from Zstandard frames."""

    def __init__(self, file: IO[bytes]) -> None:
        reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        super().__init__(io.BufferedReader(reader))
        self._is_broken = False

    def read_line(self) -> bytes:
        """As everywhere; nothing after damage, since frames do not tell where the next begins."""
        if self._is_broken:
            return b""
        try:
            return super().read_line()
        except zstandard.ZstdError:
            raise self._break() from None

    def read(self, size: int) -> bytes:
        """As everywhere."""
        try:
            return super().read(size)
        except zstandard.ZstdError:
            raise self._break() from None

    def _break(self) -> _Damaged:
        self._is_broken = True
        return _Damaged("does not decompress; what follows is lost")


class _GzipSource(_Source):
    """The same from gzip members."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file)
        self._packed = b""
        self._ready = bytearray()
        self._member = zlib.decompressobj(31)
        self._is_open = False

    def read_line(self) -> bytes:
        """As everywhere."""
        seen = 0
        while (end := self._ready.find(b"\n", seen)) < 0:
            seen = len(self._ready)
            if seen >= _MAX_LINE or not self._fill():
                return self._take(seen)
        return self._take(end + 1)

    def read(self, size: int) -> bytes:
        """As everywhere."""
        while len(self._ready) < size:
            if not self._fill():
                raise _Damaged("cut off")
        return self._take(size)

    def end_record(self) -> None:
        """As everywhere."""
        while self._is_open or self._ready:
            if not self._ready:
                self._fill()
            elif self._ready[0] in b"\r\n":
                del self._ready[0]
            else:
                return

    def _take(self, size: int) -> bytes:
        data = bytes(self._ready[:size])
        del self._ready[:size]
        return data

    def _fill(self) -> bool:
        """Unpacks some more; False at the end of the file.

        Raises:
            _Damaged: the file ends within a member, or the member is damaged. What follows
                it is read next.
        """
        if not self._packed and not (packed := self._file.read(_PIECE)):
            if self._is_open:
                self._begin_member(b"")
                raise _Damaged("cut off")
            return False
        packed = self._packed or packed
        try:
            self._ready += self._member.decompress(packed)
        except zlib.error:
            self._begin_member(self._find_member(packed))
            raise _Damaged("does not decompress") from None
        self._is_open = True
        self._packed = b""
        if self._member.eof:
            rest = self._member.unused_data
            ready = self._ready
            self._begin_member(rest.lstrip(b"\0"))  # some writers pad
            self._ready = ready
        return True

    def _begin_member(self, packed: bytes) -> None:
        self._member = zlib.decompressobj(31)
        self._is_open = False
        self._packed = packed
        self._ready = bytearray()

    def _find_member(self, packed: bytes) -> bytes:
        """What follows a damaged place, from where a member seems to begin."""
        at = packed.find(_GZIP, 1)
        while at < 0:
            more = self._file.read(_PIECE)
            if not more:
                return b""
            packed = packed[-2:] + more
            at = packed.find(_GZIP)
        return packed[at:]


def _open_source(file: IO[bytes]) -> _Source:
    """The source for what a file begins with."""
    start = file.read(4)
    file.seek(0)
    if start.startswith(_GZIP):
        return _GzipSource(file)
    return _ZstdSource(file) if start == _ZSTD else _Source(file)
