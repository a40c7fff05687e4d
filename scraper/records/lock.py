"""One writer at a time for an output file or folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from scraper.errors import LedgerLocked, OutputError

try:
    import fcntl
except ImportError:  # Windows has no flock
    fcntl = None  # type: ignore[assignment]


class FileLock:
    """Holds an exclusive lock on a file until closed; the system frees it if the process dies.

    The file is made where it is not there; what it holds stays as it is.

    Raises:
        LedgerLocked: another process holds it.
        OutputError: the file cannot be made.
    """

    _mode = 0o666  # as a plain open makes files

    def __init__(self, path: Path) -> None:
        self._holder_pid = os.getpid()
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, self._mode)
        except OSError as error:
            raise OutputError(
                f"{path}: cannot be written ({error.strerror}); name another --out"
            ) from None
        try:
            if fcntl is not None:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            problem = self._name_holder(path)
            os.close(self._file)
            raise LedgerLocked(f"{problem}; wait for it, or name another --out") from None

    def _name_holder(self, path: Path) -> str:
        return f"{path}: another run writes it"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Frees the lock. The file stays: removing it would race with the next holder.

        In a forked child it only lets go: the lock is that of the process that took it.
        """
        if self._file >= 0:
            # A child that was forked meanwhile holds the same open file, and with it the lock.
            if fcntl is not None and os.getpid() == self._holder_pid:
                fcntl.flock(self._file, fcntl.LOCK_UN)
            os.close(self._file)
            self._file = -1


class OutputLock(FileLock):
    """The lock of an output folder, in a file that says which process holds it.

    Raises:
        LedgerLocked: another process holds it.
        OutputError: the file cannot be made.
    """

    _mode = 0o644

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            os.ftruncate(self._file, 0)
            os.write(self._file, f"{os.getpid()}\n".encode())
        except OSError as error:  # a full disk
            self.close()
            raise OutputError(
                f"{path}: cannot be written ({error.strerror}); make room, or name another --out"
            ) from None

    def _name_holder(self, path: Path) -> str:
        holder = os.read(self._file, 20).decode("ascii", "replace").strip()
        return f"{path.parent}: another crawl (process {holder or 'unknown'}) writes here"
