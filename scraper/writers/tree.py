"""One file an article, in a folder for each site."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from pathlib import Path

from scraper.writers.base import Record, write_whole

# Windows refuses these as file names, whatever the ending (learn.microsoft.com, "Naming Files").
_DEVICES = re.compile(r"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_MAX_SLUG_CHARS = 60


def file_name(record: Record) -> str:
    """`site/slug-hash`, safe on every file system and the same for the same URL and version."""
    url = str(record["url"])
    host = re.sub(r"[^a-z0-9.-]+", "_", url.partition("://")[2].partition("/")[0].lower())
    title = unicodedata.normalize("NFKD", str(record.get("title") or ""))
    plain = title.encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_MAX_SLUG_CHARS].strip("-") or "article"
    digest = blake2b(url.encode(), digest_size=5).hexdigest()
    version = int(record.get("version", 1))
    ending = f"-v{version}" if version > 1 else ""
    folder = f"_{host}" if _DEVICES.match(host) or host.startswith(".") else host
    return f"{folder}/{slug}-{digest}{ending}"


class TreeWriter:
    """Text or Markdown files. The same record gives the same file: nothing to repair."""

    def __init__(self, folder: Path, *, markdown: bool = False) -> None:
        self._folder = folder
        self._markdown = markdown

    def open(self, mark: str) -> None:
        """Nothing to do: files are whole or absent."""

    def write(self, record: Record, line: bytes) -> None:  # noqa: ARG002
        """Writes the article's file."""
        ending = ".md" if self._markdown else ".txt"
        text = render_file(record, markdown=self._markdown)
        write_whole(self._folder / (file_name(record) + ending), text.encode())

    def sync(self) -> str:
        """The mark of a tree says only that there is one."""
        return "tree"

    def close(self) -> None:
        """Nothing to free."""


def render_file(record: Record, *, markdown: bool) -> str:
    """Title, source and text, as plain text or as Markdown."""
    title = str(record.get("title") or "")
    source = " · ".join(
        part
        for part in (", ".join(record.get("authors", ())), record.get("published"), record["url"])
        if part
    )
    body = str(record.get("markdown") or record["text"]) if markdown else str(record["text"])
    if markdown and not record.get("markdown"):
        body = "\n\n".join(body.split("\n"))
    head = f"# {title}" if markdown and title else title
    return "\n\n".join(part for part in (head, source, body) if part) + "\n"
