"""A folder is cleaned file by file: none is lost to another, and what fails costs itself."""

from __future__ import annotations

import errno
import gzip
import json
import os
from pathlib import Path
from typing import NoReturn

import pytest
import zstandard

from scraper.cli import run_command

STORY = " ".join(f"The council met on day {number} to speak of the bridge." for number in range(9))
HTML = f"<html><body><article><h1>The bridge</h1><p>{STORY}</p><p>{STORY}</p></article></body>"


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()


def clean_twice(code: int = 0) -> dict[str, str]:
    """What comes out, by name; a second run changes nothing."""
    found: list[dict[str, str]] = []
    for _ in range(2):
        assert run_command(["clean", "in", "--out", "out"]) == code
        found.append({path.name: path.read_text() for path in Path("out").glob("[!.]*")})
    assert found[0] == found[1]
    return found[0]


def test_page_and_text_of_one_target_both_come_out() -> None:
    Path("in/a.html").write_text(HTML)
    Path("in/a.html.txt").write_text("The text of somebody else.")
    found = clean_twice()
    assert sorted(found) == ["a.html.txt", "a.html.txt.txt"]
    assert "day 8" in found["a.html.txt.txt"]


def test_files_compressed_in_two_ways_both_come_out() -> None:
    one, two = (json.dumps({"id": n, "text": STORY}).encode() + b"\n" for n in (1, 2))
    Path("in/a.jsonl.gz").write_bytes(gzip.compress(one))
    Path("in/a.jsonl.zst").write_bytes(zstandard.compress(two))
    found = clean_twice()
    assert {name: json.loads(text)["id"] for name, text in found.items()} == {
        "a.jsonl": 1,
        "a.jsonl.zst.jsonl": 2,
    }


def test_file_that_cannot_be_written_costs_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        Path(f"in/{name}.jsonl").write_text(json.dumps({"text": STORY}) + "\n")
    Path("out").mkdir()
    Path("out/a.jsonl").write_text("mine")
    assert run_command(["clean", "in", "--out", "out"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("sanspub: out/a.jsonl: is there without a mark")
    assert Path("out/b.jsonl").exists()


def test_full_disk_ends_the_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        Path(f"in/{name}.txt").write_text(STORY)

    def refuse(path: Path, target: Path) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert run_command(["clean", "in", "--out", "out"]) == 0
    for path in Path("out").glob("*.txt"):
        path.unlink()
    monkeypatch.setattr(Path, "replace", refuse)
    assert run_command(["clean", "in", "--out", "out"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "sanspub: out/a.txt: cannot be written (No space left on device)"


def test_folder_that_cannot_be_read_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("in/closed").mkdir()
    Path("in/a.txt").write_text(STORY)
    scan = os.scandir

    def refuse(path: str) -> os.ScandirIterator[str]:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert run_command(["clean", "in", "--out", "out"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "sanspub: in/closed: cannot be read (Permission denied)"
    assert Path("out/a.txt").exists()
