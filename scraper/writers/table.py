"""Articles as rows: a SQLite table, and CSV."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from pathlib import Path
from typing import IO

from scraper.errors import OutputError
from scraper.writers.base import Record, append_bytes, open_after, sync_file

COLUMNS = (
    "schema", "url", "version", "canonical_url", "title", "authors", "published", "modified",
    "language", "site", "site_name", "section", "tags", "description", "image", "paywalled",
    "page_type", "text", "confidence", "fetched",
)  # fmt: skip


def _cell(value: object) -> object:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


class SqliteWriter:
    """`articles.sqlite`: one row for each URL and version; a row written twice changes nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None

    def open(self, mark: str) -> None:  # noqa: ARG002
        """Makes the table where it is missing."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self._path, isolation_level="IMMEDIATE")
            self._db.execute("PRAGMA journal_mode = WAL")
            columns = ", ".join(f'"{name}"' for name in COLUMNS)
            self._db.execute(
                f"CREATE TABLE IF NOT EXISTS articles ({columns}, PRIMARY KEY (url, version))"
            )
        except (OSError, sqlite3.Error) as error:
            raise OutputError(f"{self._path}: cannot be written ({error})") from None

    def write(self, record: Record, line: bytes) -> None:  # noqa: ARG002
        """Writes one row."""
        marks = ", ".join("?" * len(COLUMNS))
        self._run(
            f"INSERT OR REPLACE INTO articles VALUES ({marks})",  # noqa: S608
            [_cell(record.get(name)) for name in COLUMNS],
        )

    def _run(self, statement: str, values: list[object]) -> None:
        if self._db is None:
            raise OutputError(f"{self._path}: not open")
        try:
            self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise OutputError(f"{self._path}: cannot be written ({error})") from None

    def sync(self) -> str:
        """Commits."""
        if self._db is not None:
            try:
                self._db.commit()
            except sqlite3.Error as error:
                raise OutputError(f"{self._path}: cannot be written ({error})") from None
        return "rows"

    def close(self) -> None:
        """Closes the database."""
        if self._db is not None:
            self._db.close()
            self._db = None


class CsvWriter:
    """`articles.csv` (RFC 4180, UTF-8). The mark is its size."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def open(self, mark: str) -> None:
        """Cuts the file to the mark; a new one begins with the names of the columns."""
        size = int(mark or 0)
        self._file = open_after(self._path, size)
        if size == 0:
            self._append(COLUMNS)

    def write(self, record: Record, line: bytes) -> None:  # noqa: ARG002
        """Appends one row."""
        self._append(tuple(_safe_cell(_cell(record.get(name))) for name in COLUMNS))

    def _append(self, row: tuple[object, ...]) -> None:
        if self._file is None:
            raise OutputError(f"{self._path}: not open")
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerow(row)
        append_bytes(self._file, self._path, buffer.getvalue().encode())

    def sync(self) -> str:
        """Brings the rows to the disk."""
        if self._file is None:
            return ""
        sync_file(self._file, self._path)
        return str(os.fstat(self._file.fileno()).st_size)

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _safe_cell(value: object) -> object:
    """A cell that no spreadsheet runs as a formula (OWASP, "CSV Injection")."""
    if isinstance(value, str) and value.startswith(("=", "+", "@", "\t", "\r")):
        return "'" + value
    return value
