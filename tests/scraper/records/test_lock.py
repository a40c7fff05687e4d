"""A lock belongs to the process that took it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scraper.errors import LedgerLocked
from scraper.records.lock import FileLock, OutputLock

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")


@pytest.mark.parametrize("kind", [FileLock, OutputLock])
def test_lock_is_free_once_closed_whatever_a_forked_child_holds(
    kind: type[FileLock], tmp_path: Path
) -> None:
    lock = kind(tmp_path / "lock")
    copy = os.dup(lock._file)  # shares the open file as a forked child does
    lock.close()
    kind(tmp_path / "lock").close()
    os.close(copy)


def test_child_that_closes_a_lock_does_not_free_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = OutputLock(tmp_path / "lock")
    held = os.dup(lock._file)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    lock.close()
    with pytest.raises(LedgerLocked, match="another crawl"):
        OutputLock(tmp_path / "lock")
    os.close(held)
