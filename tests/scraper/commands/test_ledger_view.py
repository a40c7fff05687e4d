"""The ledger as people ask it, wherever it lies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from scraper.commands.views import read_row, read_status
from scraper.ledger import Ledger
from scraper.states import Found


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody who works in this block can write to the folder, root neither."""
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX")
def test_ledger_in_a_read_only_folder_is_read() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with Ledger(folder / "ledger.sqlite") as ledger:
            ledger.add([Found(url="https://paper.example/a")])
            ledger.commit()
        assert not list(folder.glob("*-wal"))
        with read_only(folder):
            assert read_status(folder).urls == 1
            row = read_row(folder, "paper.example/a")
        assert row is not None
        assert row["state"] == "queued"
