"""One writer at a time for an output folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from scraper.errors import LedgerLocked, OutputError

try:
    import fcntl
except ImportError:  # Windows has no flock
    fcntl = None  # type: ignore[assignment]


class OutputLock:
    """Holds an exclusive lock on `path` until closed; the system frees it if the process dies.

    Raises:
        LedgerLocked: another process holds it.
        OutputError: the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise OutputError(
                f"{path}: cannot be written ({error.strerror}); name another --out"
            ) from None
        try:
            if fcntl is not None:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            raise LedgerLocked(
                f"{path.parent}: another crawl (process {holder or 'unknown'}) writes here; "
                "wait for it, or name another --out"
            ) from None
        try:
            os.ftruncate(self._file, 0)
            os.write(self._file, f"{os.getpid()}\n".encode())
        except OSError as error:  # a full disk
            self.close()
            raise OutputError(
                f"{path}: cannot be written ({error.strerror}); make room, or name another --out"
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Frees the lock. The file stays: removing it would race with the next holder."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
