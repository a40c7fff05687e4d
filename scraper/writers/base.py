"""What a writer is, and the files that several of them share."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from scraper.errors import OutputError

Record = Mapping[str, Any]
DRAFT_ENDING = ".sanspub-draft"
"""Of the names of files that are not whole yet; a run that was killed leaves them behind."""


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


def refuse_write(path: Path, error: OSError) -> OutputError:
    """The error that says that a file cannot be written, and why."""
    return OutputError(
        f"{path}: cannot be written ({error.strerror})",
        is_full=error.errno in {errno.ENOSPC, errno.EDQUOT},
    )


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
        raise refuse_write(path, error) from None
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
        raise refuse_write(path, error) from None


def sync_file(file: IO[bytes], path: Path) -> None:
    """Brings what was appended to an open file to the disk.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        os.fsync(file.fileno())
    except OSError as error:
        raise refuse_write(path, error) from None


@contextmanager
def open_draft(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` when the block ends well, and is gone when it does not.

    The draft is hidden, new and nobody else's: whatever stands beside `path` is left alone. A link
    stays, and the file that it leads to is replaced.

    Raises:
        OSError: it cannot be written.
    """
    real = Path(os.path.realpath(path))
    real.parent.mkdir(parents=True, exist_ok=True)
    # Not by `tempfile`, whose files are readable by their owner alone.
    draft = real.with_name(f".{secrets.token_hex(8)}{DRAFT_ENDING}")
    file = draft.open("xb")
    try:
        with file:
            yield file
        draft.replace(real)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file that is there whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        with open_draft(path) as file:
            file.write(data)
    except OSError as error:
        raise refuse_write(path, error) from None
