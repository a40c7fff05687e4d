"""Where a crawl keeps what it has: ledger, archive and output files, in step at every moment.

An article's record is committed to the ledger's outbox in one transaction with the state of its
URL. Only then is it appended to the output files. When those are safe on the disk, the outbox is
emptied in one transaction with the marks of how far each file is whole. After a crash the files are
cut back to their marks and the outbox is written again: every record is there exactly once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Self

from scraper.archive import Archive
from scraper.crawl_config import CrawlConfig
from scraper.errors import OutputError
from scraper.ledger import Ledger
from scraper.page import Page
from scraper.records.lock import OutputLock
from scraper.states import Found, Lease, Outcome
from scraper.writers import FORMATS, Writer, open_writer
from scraper.writers.jsonl import read_lines

LEDGER_NAME = "ledger.sqlite"
_JSON_FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst")
# What opening the output may cut or remove: all formats in one file, their parts, and the archive.
_OUTPUT_FILES = (
    *(f"articles.{name}" for name in (*_JSON_FORMATS, "csv", "sqlite")),
    *(f"articles-[0-9]*.{name}" for name in _JSON_FORMATS),
    "archive/sanspub-[0-9]*.warc.gz",
)


class Store:
    """The output folder of a crawl, open for one writer.

    Raises:
        OutputError: the folder cannot be written, or its files are not those of its ledger.
        LedgerLocked: another crawl writes there.
    """

    def __init__(
        self,
        out: Path,
        config: CrawlConfig,
        *,
        clock: Callable[[], float] = time.time,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._config = config
        self._timer = timer
        self._lines: list[bytes] = []
        self._changes = 0
        self._unsynced = 0
        self._committed_at = self._synced_at = timer()
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{out}: cannot be made ({error.strerror}); name another --out"
            ) from None
        with ExitStack() as opened:  # what fails half way leaves nothing open, and no lock
            self._lock = OutputLock(out / "ledger.lock")
            opened.callback(self._lock.close)
            _refuse_orphans(out)
            self.ledger = Ledger(out / LEDGER_NAME, clock=clock)
            opened.callback(self.ledger.close)
            self._writers = self._open_writers(out, opened)
            self._archive = self._open_archive(out)
            if self._archive is not None:
                opened.callback(self._archive.close)
            self._write_lines(self.ledger.outbox())
            self.sync()
            self._opened = opened.pop_all()

    def _open_writers(self, out: Path, opened: ExitStack) -> dict[str, Writer]:
        """The writers of all formats, repaired; a format new to this folder gets what is there.

        What an earlier run wrote goes on, asked for or not: no format has a gap.
        """
        begun = filter(self._has_begun, FORMATS)
        formats = list(dict.fromkeys((*self._config.formats, *begun)))
        if not any(name in _JSON_FORMATS for name in formats):
            formats.insert(0, "jsonl")
        marks = {name: self.ledger.meta(f"writer.{name}") for name in formats}
        self._begin_formats(out, [name for name, mark in marks.items() if not mark])
        writers = {}
        for name in formats:
            writers[name] = open_writer(name, out, max_bytes=self._config.max_output_bytes)
            opened.callback(writers[name].close)
            writers[name].open(marks[name])
        source = next((name for name in _JSON_FORMATS if self.ledger.meta(f"writer.{name}")), "")
        late = [writers[name] for name, mark in marks.items() if not mark]
        if source and late:
            mark = self.ledger.meta(f"writer.{source}")
            for line in read_lines(out / f"articles.{source}", mark):
                for writer in late:
                    writer.write(json.loads(line), line)
        return writers

    def _has_begun(self, name: str) -> bool:
        return any(self.ledger.meta(f"{kind}.{name}") for kind in ("begun", "writer"))

    def _begin_formats(self, out: Path, formats: Iterable[str]) -> None:
        """Notes formats without a mark as begun: from here on their files are those of the ledger.

        Raises:
            OutputError: a file is there that the ledger never began.
        """
        for name in formats:
            path = out / f"articles.{name}"
            if self._has_begun(name):
                continue
            if path.is_file() and path.stat().st_size:
                raise OutputError(
                    f"{path}: is there but not from this crawl, which would overwrite it: move it "
                    "away, or name another --out"
                )
            self.ledger.set_meta(f"begun.{name}", "yes")
        self.ledger.commit()

    def _open_archive(self, out: Path) -> Archive | None:
        if not self._config.archive:
            return None
        return Archive(
            out / "archive",
            mark=self.ledger.meta("writer.archive"),
            max_bytes=self._config.max_archive_bytes,
        )

    @property
    def formats(self) -> frozenset[str]:
        """The formats that are written: those asked for and those begun by earlier runs."""
        return frozenset(self._writers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def put(
        self,
        lease: Lease,
        outcome: Outcome,
        *,
        line: bytes = b"",
        page: Page | None = None,
        found: Iterable[Found] = (),
    ) -> int:
        """Keeps what became of a lease, its record if it is an article, and its raw page.

        The answer is how many URLs of `found` are new.
        """
        if page is not None and self._archive is not None:
            outcome = replace(outcome, archived=self._archive.append(page))
        self.ledger.finish(lease, outcome)
        new = self.ledger.add(found, parent=lease.id)
        if line:
            self.ledger.post(line)
            self._lines.append(line)
        self.note_change()
        return new

    def note_change(self) -> None:
        """Counts a change of the ledger, and commits when enough have gathered."""
        self._changes += 1
        waited = self._timer() - self._committed_at
        if self._changes >= self._config.commit_every or waited >= self._config.commit_after_s:
            self.commit()

    def flush_if_due(self) -> None:
        """Commits and syncs what has waited long enough. To be called about once a second."""
        now = self._timer()
        if self._changes and now - self._committed_at >= self._config.commit_after_s:
            self.commit()
        elif self._unsynced and now - self._synced_at >= self._config.sync_after_s:
            self.sync()

    def commit(self) -> None:
        """Commits the ledger, then appends the committed records to the output."""
        self._publish()
        if self._unsynced and self._timer() - self._synced_at >= self._config.sync_after_s:
            self.sync()

    def _publish(self) -> None:
        if self._archive is not None:
            self.ledger.set_meta("writer.archive", self._archive.mark)
        self.ledger.commit()
        self._changes = 0
        self._committed_at = self._timer()
        lines, self._lines = self._lines, []
        self._write_lines(lines)

    def _write_lines(self, lines: list[bytes]) -> None:
        needs_record = any(name not in _JSON_FORMATS for name in self._writers)
        for line in lines:
            record = json.loads(line) if needs_record else {}
            for writer in self._writers.values():
                writer.write(record, line)
        self._unsynced += len(lines)

    def sync(self) -> None:
        """Commits everything, brings it to the disk, and empties the outbox.

        What the outbox holds must be in the files by then, so what waits is published first.
        """
        self._publish()
        if self._archive is not None:
            self._archive.sync()
        marks = {name: writer.sync() for name, writer in self._writers.items()}
        self.ledger.clear_outbox(marks)
        self.ledger.commit()
        self._unsynced = 0
        self._synced_at = self._timer()

    def close(self) -> None:
        """Frees files and lock; what was not committed is as if it had not happened."""
        self._opened.close()


def _refuse_orphans(out: Path) -> None:
    """Refuses a folder without a ledger in which there are files that a crawl would write anew.

    A new ledger knows of no byte of them, so opening them would empty them.

    Raises:
        OutputError: such a file is there.
    """
    ledger = out / LEDGER_NAME
    if ledger.exists() and ledger.stat().st_size:
        return
    for pattern in _OUTPUT_FILES:
        for path in sorted(out.glob(pattern)):
            if path.is_file() and path.stat().st_size:
                raise OutputError(
                    f"{path}: is there but its ledger is not: put {LEDGER_NAME} back, or name "
                    "another --out"
                )
