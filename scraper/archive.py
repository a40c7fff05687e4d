"""Raw responses as WARC 1.1 (ISO 28500:2017), one gzip member a record.

Each response is followed by a `metadata` record with how it was fetched. A response that says "not
modified" becomes a `revisit` record. Bodies are kept as they came over the wire, still encoded, so
that any page can be cleaned again without fetching it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO
from uuid import UUID, uuid4

from scraper.page import Page
from scraper.writers.base import append_bytes, open_after, sync_file

_FILE = re.compile(r"sanspub-(\d{5,})\.warc\.gz")
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# Framing of the connection, undone on arrival: kept, it would contradict the stored body.
_FRAMING = {"transfer-encoding", "connection", "keep-alive", "trailer"}


class Archive:
    """The `archive` folder of a crawl, open for appending. The mark is `file number:size`.

    What came after `mark` is cut away on opening. Where a power cut took more than that, so is
    what it tore.

    Raises:
        OutputError: the folder cannot be written.
    """

    def __init__(self, folder: Path, *, mark: str = "", max_bytes: int = 1_000_000_000) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        number, _, size = mark.partition(":")
        self._number, self._size = int(number or 1), int(size or 0)
        path = self._path()
        if path.exists() and path.stat().st_size < self._size:
            self._size = measure_whole(path)
        self._file: IO[bytes] = open_after(path, self._size)
        for path in folder.glob("sanspub-*.warc.gz"):
            match = _FILE.fullmatch(path.name)
            if match and int(match[1]) > self._number:
                path.unlink()

    def _path(self) -> Path:
        return self._folder / f"sanspub-{self._number:05d}.warc.gz"

    def append(self, page: Page) -> str:
        """Stores one response; the answer, `file:offset`, is where it stands."""
        if self._size >= self._max_bytes:
            self.sync()
            self._file.close()
            self._number, self._size = self._number + 1, 0
            self._file = open_after(self._path(), 0)
        data = b""
        if self._size == 0:
            data = _member(_warcinfo(page.fetched_at, self._path().name))
        place = f"{self._path().name}:{self._size + len(data)}"
        response = uuid4()
        data += _response(page, response) + _member(_metadata(page, response))
        append_bytes(self._file, self._path(), data)
        self._size += len(data)
        return place

    @property
    def mark(self) -> str:
        """How far the archive goes."""
        return f"{self._number}:{self._size}"

    def sync(self) -> None:
        """Brings everything appended so far to the disk."""
        sync_file(self._file, self._path())

    def close(self) -> None:
        """Closes the newest file."""
        self._file.close()


def measure_whole(path: Path) -> int:
    """Bytes of the whole gzip members at the start of a file."""
    whole = at = 0
    with path.open("rb") as file:
        member = zlib.decompressobj(31)
        while data := file.read(1 << 20):
            while data:
                try:
                    member.decompress(data)
                except zlib.error:
                    return whole
                at += len(data) - len(member.unused_data)
                data = member.unused_data
                if member.eof:
                    whole = at
                    member = zlib.decompressobj(31)
    return whole


def _member(data: bytes, *, level: int = 6) -> bytes:
    """One gzip member. Level 0 stores: a body that is compressed already gains nothing."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def _record(
    kind: str, when: datetime, record: UUID, fields: tuple[str, ...], block: bytes
) -> bytes:
    lines = (
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{record}>",
        f"WARC-Date: {when.strftime('%Y-%m-%dT%H:%M:%S.%fZ')}",
        *fields,
        f"Content-Length: {len(block)}",
    )
    return "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + block + b"\r\n\r\n"


def _warcinfo(when: datetime, name: str) -> bytes:
    block = b"software: sanspub\r\nformat: WARC File Format 1.1\r\n"
    fields = (f"WARC-Filename: {name}", "Content-Type: application/warc-fields")
    return _record("warcinfo", when, uuid4(), fields, block)


def _response(page: Page, record: UUID) -> bytes:
    """The response as one member: status line, headers less framing, body as received."""
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = ""
    head = [f"{page.http_version or 'HTTP/1.1'} {page.status} {phrase}"]
    for name, value in page.headers:
        if name.lower() not in _FRAMING:
            head.append(f"{name}: {_one_line(value)}")
    block = "\r\n".join(head).encode("utf-8", "replace") + b"\r\n\r\n" + page.wire_body
    digest = base64.b32encode(hashlib.sha1(page.wire_body, usedforsecurity=False).digest())
    fields = [
        f"WARC-Target-URI: {page.url}",
        "Content-Type: application/http; msgtype=response",
        f"WARC-Payload-Digest: sha1:{digest.decode()}",
    ]
    if page.from_address:
        fields.append(f"WARC-IP-Address: {page.from_address}")
    kind = "response"
    if page.is_unchanged:
        kind = "revisit"
        fields += [f"WARC-Profile: {_REVISIT}", f"WARC-Refers-To-Target-URI: {page.url}"]
    level = 0 if page.header("content-encoding") else 1
    return _member(_record(kind, page.fetched_at, record, tuple(fields), block), level=level)


def _metadata(page: Page, response: UUID) -> bytes:
    lines = [f"fetchTimeMs: {round(page.elapsed_s * 1000)}", f"attempts: {page.attempts}"]
    if page.requested_url != page.url:
        lines.append(f"requested: {page.requested_url}")
    lines += [f"redirect: {hop.status} {hop.url} {hop.location}" for hop in page.redirects]
    block = "\r\n".join(map(_one_line, lines)).encode("utf-8", "replace") + b"\r\n"
    fields = (
        f"WARC-Target-URI: {page.url}",
        f"WARC-Concurrent-To: <urn:uuid:{response}>",
        "Content-Type: application/warc-fields",
    )
    return _record("metadata", page.fetched_at, uuid4(), fields, block)


def _one_line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")
