"""The writer for a format's name."""

from __future__ import annotations

from pathlib import Path

from scraper.errors import ConfigError
from scraper.writers.base import Writer
from scraper.writers.jsonl import JsonlWriter
from scraper.writers.table import CsvWriter, SqliteWriter
from scraper.writers.tree import TreeWriter

FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst", "text", "markdown", "sqlite", "csv")


def open_writer(name: str, out: Path, *, max_bytes: int = 0) -> Writer:
    """A writer for one of `FORMATS` under the folder `out`; not yet opened at a mark.

    Raises:
        ConfigError: no such format.
    """
    match name:
        case "jsonl" | "jsonl.gz" | "jsonl.zst":
            return JsonlWriter(out / f"articles.{name}", max_bytes=max_bytes)
        case "text":
            return TreeWriter(out / "text")
        case "markdown":
            return TreeWriter(out / "markdown", markdown=True)
        case "sqlite":
            return SqliteWriter(out / "articles.sqlite")
        case "csv":
            return CsvWriter(out / "articles.csv")
    raise ConfigError(f"unknown format {name!r}; one of {', '.join(FORMATS)}")
