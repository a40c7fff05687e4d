"""What a writer is, and the files that several of them share."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Protocol

from scraper.errors import OutputError

Record = Mapping[str, Any]


class Writer(Protocol):
    """Takes records in order. `mark` values are opaque to everybody else."""

    def open(self, mark: str) -> None:
        """Makes the files ready to append after `mark`; an empty mark means from the start."""

    def write(self, record: Record, line: bytes) -> None:
        """Appends one record; `line` is the same as one line of JSON with its line end."""

    def sync(self) -> str:
        """The mark after everything written so far, once that is safe on the disk."""

    def close(self) -> None:
        """Frees the files. What was not synced may be lost."""


def open_after(path: Path, size: int) -> IO[bytes]:
    """A file open for appending, cut to `size` bytes.

    Raises:
        OutputError: it cannot be written, or is shorter than the ledger knows it to be.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
        found = os.fstat(file.fileno()).st_size
        if found < size:
            file.close()
            raise OutputError(
                f"{path}: has {found} bytes where the ledger knows of {size}; it was moved or cut: "
                "put it back, or name another --out"
            )
        if found > size:
            file.truncate(size)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None
    return file


def append_bytes(file: IO[bytes], path: Path, data: bytes) -> None:
    """Appends to an open file, for others to see at once.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        file.write(data)
        file.flush()
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None


def sync_file(file: IO[bytes], path: Path) -> None:
    """Brings what was appended to an open file to the disk.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file that is there whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    draft = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None
