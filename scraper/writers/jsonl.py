"""One JSON object a line, plain or compressed, in one file or several of a given size."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import zstandard

from scraper.errors import OutputError
from scraper.sources import open_file
from scraper.sources import read_lines as read_source_lines
from scraper.writers.base import Record, append_bytes, open_after, sync_file


class JsonlWriter:
    """`articles.jsonl`, then `articles-00002.jsonl` and so on where `max_bytes` asks for it.

    The mark is `part:size`. A name that ends in `.gz` or `.zst` is compressed: each `sync` closes
    one gzip member or zstd frame, and members in a row are one valid file (RFC 1952 section 2.2,
    RFC 8878 section 3.1).
    """

    def __init__(self, path: Path, *, max_bytes: int = 0) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._part = 1
        self._file: IO[bytes] | None = None
        self._size = 0
        self._waiting: list[bytes] = []

    def open(self, mark: str) -> None:
        """Cuts the newest part to the mark and removes later parts."""
        part, _, size = mark.partition(":")
        self._part, self._size = int(part or 1), int(size or 0)
        self._file = open_after(self.part_path(self._part), self._size)
        later = self._part + 1
        while self.part_path(later).exists():
            self.part_path(later).unlink()
            later += 1

    def part_path(self, part: int) -> Path:
        """Where a part is stored."""
        return part_path(self._path, part)

    def write(self, record: Record, line: bytes) -> None:  # noqa: ARG002
        """Appends the line. Uncompressed lines are in the file at once, for those who watch it."""
        if self._path.suffix in {".gz", ".zst"}:
            self._waiting.append(line)
        else:
            self._append(line)

    def _append(self, data: bytes) -> None:
        if self._file is None:
            raise OutputError(f"{self._path}: not open")
        if self._max_bytes and self._size and self._size + len(data) > self._max_bytes:
            sync_file(self._file, self.part_path(self._part))
            self._file.close()
            self._part, self._size = self._part + 1, 0
            self._file = open_after(self.part_path(self._part), 0)
        append_bytes(self._file, self.part_path(self._part), data)
        self._size += len(data)

    def sync(self) -> str:
        """Brings everything to the disk; the mark is where the newest part ends."""
        if self._waiting:
            data = b"".join(self._waiting)
            self._waiting.clear()
            if self._path.suffix == ".gz":
                self._append(gzip.compress(data, compresslevel=6, mtime=0))
            else:
                self._append(zstandard.ZstdCompressor().compress(data))
        if self._file is not None:
            sync_file(self._file, self.part_path(self._part))
        return f"{self._part}:{self._size}"

    def close(self) -> None:
        """Closes the newest part."""
        if self._file is not None:
            self._file.close()
            self._file = None


def part_path(path: Path, part: int) -> Path:
    """Where a part of the output is stored: the second of `a.jsonl.gz` in `a-00002.jsonl.gz`."""
    if part == 1:
        return path
    stem, dot, endings = path.name.partition(".")
    return path.with_name(f"{stem}-{part:05d}{dot}{endings}")


def read_lines(path: Path, mark: str) -> Iterator[bytes]:
    """The lines that a writer of `path` had written at `mark`, to which the newest part is cut.

    Raises:
        ConfigError: a part is missing or damaged.
    """
    for part in range(1, int(mark.partition(":")[0]) + 1):
        where = part_path(path, part)
        with open_file(where) as file:
            yield from read_source_lines(where, file)
