"""Writers: each record once, whatever was written after the last mark."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
from pathlib import Path

import pytest
import zstandard

from scraper.errors import ConfigError, OutputError
from scraper.writers import FORMATS, open_writer
from scraper.writers.jsonl import read_lines
from scraper.writers.tree import file_name

RECORD = {
    "schema": 1,
    "url": "https://paper.example/story",
    "version": 1,
    "title": "Straße/../frei: «ja»?",
    "authors": ["A. B.", "C, D"],
    "published": "2026-01-02",
    "paywalled": None,
    "text": "First line.\nSecond, “quoted” line.",
}


def line_of(record: dict[str, object]) -> bytes:
    return json.dumps(record).encode() + b"\n"


def other(number: int) -> dict[str, object]:
    return {**RECORD, "url": f"https://paper.example/{number}"}


def read_urls(name: str, out: Path) -> list[str]:
    match name:
        case "jsonl":
            data = (out / "articles.jsonl").read_bytes()
        case "jsonl.gz":
            data = gzip.decompress((out / "articles.jsonl.gz").read_bytes())
        case "jsonl.zst":
            data = _read_zst(out / "articles.jsonl.zst")
        case "csv":
            with (out / "articles.csv").open(newline="", encoding="utf-8") as file:
                return [row["url"] for row in csv.DictReader(file)]
        case "sqlite":
            with sqlite3.connect(out / "articles.sqlite") as db:
                rows = db.execute("SELECT url FROM articles ORDER BY rowid").fetchall()
            db.close()
            return [url for (url,) in rows]
        case _:
            files = sorted((out / name).glob("*/*.*"))
            return [path.read_text("utf-8").split(" · ")[-1].split("\n")[0] for path in files]
    return [json.loads(line)["url"] for line in data.splitlines()]


def _read_zst(path: Path) -> bytes:
    with zstandard.open(path, "rb") as file:
        data = file.read()
    assert isinstance(data, bytes)
    return data


@pytest.mark.parametrize("name", FORMATS)
def test_records_after_the_mark_are_written_again_and_stand_once(name: str, tmp_path: Path) -> None:
    writer = open_writer(name, tmp_path)
    writer.open("")
    writer.write(other(1), line_of(other(1)))
    mark = writer.sync()
    writer.write(other(2), line_of(other(2)))
    writer.sync()
    writer.close()

    writer = open_writer(name, tmp_path)
    writer.open(mark)
    for number in (2, 3):
        writer.write(other(number), line_of(other(number)))
    writer.sync()
    writer.close()
    assert sorted(read_urls(name, tmp_path)) == [
        f"https://paper.example/{number}" for number in (1, 2, 3)
    ]


@pytest.mark.parametrize("name", ["jsonl", "jsonl.gz", "csv"])
def test_file_shorter_than_its_mark_is_refused(name: str, tmp_path: Path) -> None:
    writer = open_writer(name, tmp_path)
    writer.open("")
    writer.write(RECORD, line_of(RECORD))
    mark = writer.sync()
    writer.close()
    (tmp_path / f"articles.{name}").write_bytes(b"")
    with pytest.raises(OutputError, match="moved or cut"):
        open_writer(name, tmp_path).open(mark)


@pytest.mark.parametrize("name", ["jsonl", "jsonl.gz", "jsonl.zst"])
def test_output_is_split_at_the_size_asked_for(name: str, tmp_path: Path) -> None:
    writer = open_writer(name, tmp_path, max_bytes=10)
    writer.open("")
    marks = []
    for number in (1, 2, 3):
        writer.write(other(number), line_of(other(number)))
        marks.append(writer.sync())
    writer.close()
    assert len(list(tmp_path.iterdir())) == 3
    assert [len(list(read_lines(tmp_path / f"articles.{name}", mark))) for mark in marks] == [
        1,
        2,
        3,
    ]
    writer = open_writer(name, tmp_path, max_bytes=10)
    writer.open(marks[0])
    writer.close()
    assert len(list(tmp_path.iterdir())) == 1


def test_file_name_is_safe_everywhere_and_differs_by_url_and_version() -> None:
    name = file_name(RECORD)
    assert name.startswith("paper.example/strae-frei-ja-")
    assert file_name(other(1)) != name
    assert file_name({**RECORD, "version": 2}) == name + "-v2"
    for url in ("http://con/x", "http://../x", "http://[::1]:80/x", "http://aux.example/x"):
        folder = file_name({**RECORD, "url": url, "title": ""}).split("/")[0]
        assert not folder.startswith(".")
        assert folder.split(".")[0] not in {"con", "aux"}
        assert not set(folder) & set('<>:"\\|?*[]')


def test_text_and_markdown_files_hold_title_source_and_text(tmp_path: Path) -> None:
    for name, head in (("text", "Straße"), ("markdown", "# Straße")):
        writer = open_writer(name, tmp_path)
        writer.open("")
        writer.write(RECORD, b"")
        (path,) = (tmp_path / name).glob("*/*.*")
        content = path.read_text("utf-8")
        assert content.startswith(head)
        assert "A. B., C, D · 2026-01-02 · https://paper.example/story" in content
        assert content.endswith("line.\n")


def test_csv_cell_is_no_formula(tmp_path: Path) -> None:
    writer = open_writer("csv", tmp_path)
    writer.open("")
    writer.write({**RECORD, "title": '=HYPERLINK("x")'}, b"")
    writer.sync()
    writer.close()
    with (tmp_path / "articles.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.DictReader(file))["title"].startswith("'=")


@pytest.mark.parametrize("name", FORMATS)
def test_folder_that_cannot_be_written_is_refused(name: str, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_bytes(b"a file where the folder should be")

    def fill() -> None:
        writer = open_writer(name, blocked)
        writer.open("")
        writer.write(RECORD, line_of(RECORD))

    with pytest.raises(OutputError, match="cannot be written"):
        fill()


@pytest.mark.parametrize("name", ["jsonl", "sqlite", "csv"])
def test_writer_that_is_not_open_refuses(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="not open"):
        open_writer(name, tmp_path).write(RECORD, line_of(RECORD))


def test_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="unknown format"):
        open_writer("xml", tmp_path)


@pytest.mark.parametrize("name", ["jsonl", "jsonl.gz", "csv"])
def test_disk_that_fails_is_named_with_the_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    writer = open_writer(name, tmp_path)
    writer.open("")
    writer.write(RECORD, line_of(RECORD))
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OutputError, match=rf"articles\.{name}: cannot be written \(Input/output"):
        writer.sync()
    writer.close()
