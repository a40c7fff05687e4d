"""The ledger as people ask it: how does it stand, and why is this article missing?

Reads only, beside a crawl that writes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scraper.errors import ConfigError
from scraper.store import LEDGER_NAME
from scraper.urls import canonical_url, complete_url, url_key

_HOSTS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class HostStatus:
    """One host: URLs by state."""

    host: str
    done: int
    queued: int
    failed: int
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerStatus:
    """How a crawl stands. `states` and `reasons` are counts, the largest first."""

    urls: int
    articles: int
    versions: int
    states: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, str, int], ...]
    hosts: tuple[HostStatus, ...]
    runs: int
    last_run: str
    last_exit: int | None
    pages_per_s: float


def open_for_reading(out: Path) -> sqlite3.Connection:
    """A connection that cannot write.

    SQLite reads a ledger in WAL mode only where it may make files beside it. In a folder that is
    read-only, one that was closed in good order is opened as what it is: unchanging
    (sqlite.org/wal.html, "Read-Only Databases").

    Raises:
        ConfigError: there is no ledger in the folder, or it cannot be opened.
    """
    path = out / LEDGER_NAME
    if not path.is_file():
        raise ConfigError(f"{path}: no ledger there; name the folder of a crawl with --out")
    address = f"{path.resolve().as_uri()}?mode=ro"
    log = path.with_name(path.name + "-wal")
    for uri in (address, f"{address}&immutable=1"):
        try:
            db = sqlite3.connect(uri, uri=True)
        except sqlite3.Error as error:
            raise ConfigError(f"{path}: cannot be read ({error})") from None
        try:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.Error as error:
            db.close()
            if uri != address or log.exists():
                raise ConfigError(f"{path}: cannot be read ({error})") from None
            continue
        return db
    raise AssertionError  # unreachable: the second turn returns or raises


def read_status(out: Path) -> LedgerStatus:
    """Counts over the whole ledger.

    Raises:
        ConfigError: there is no ledger in the folder, or it cannot be read.
    """
    with closing(open_for_reading(out)) as db:
        try:
            return _read_status(db)
        except sqlite3.Error as error:
            raise ConfigError(f"{out / LEDGER_NAME}: cannot be read ({error})") from None


def _read_status(db: sqlite3.Connection) -> LedgerStatus:
    states = db.execute(
        "SELECT state, count(*) FROM urls GROUP BY state ORDER BY 2 DESC"
    ).fetchall()
    reasons = db.execute(
        "SELECT state, reason, count(*) FROM urls WHERE reason <> '' AND state <> 'done' "
        "GROUP BY state, reason ORDER BY 3 DESC, 1, 2"
    ).fetchall()
    hosts = db.execute(
        "SELECT h.host, sum(state = 'done'), sum(state IN ('queued', 'leased')), "
        "sum(state = 'failed'), sum(state NOT IN ('done', 'queued', 'leased', 'failed')) "
        "FROM urls u JOIN hosts h ON h.id = u.host GROUP BY h.id ORDER BY count(*) DESC LIMIT ?",
        (_HOSTS_SHOWN,),
    ).fetchall()
    runs = db.execute("SELECT count(*) FROM runs").fetchone()[0]
    last = db.execute(
        "SELECT started, ended, exit_code FROM runs ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return LedgerStatus(
        urls=sum(count for _, count in states),
        articles=db.execute("SELECT count(*) FROM urls WHERE version > 0").fetchone()[0],
        versions=db.execute("SELECT coalesce(sum(version), 0) FROM urls").fetchone()[0],
        states=tuple(states),
        reasons=tuple(reasons),
        hosts=tuple(
            HostStatus(host=host, done=done, queued=queued, failed=failed, other=other)
            for host, done, queued, failed, other in hosts
        ),
        runs=runs,
        last_run=show_time(last[0]) if last else "",
        last_exit=last[2] if last else None,
        pages_per_s=_measure_rate(db, last[0]) if last else 0.0,
    )


def _measure_rate(db: sqlite3.Connection, started: float) -> float:
    """Pages a second from the start of the last run to its latest outcome."""
    count, latest = db.execute(
        "SELECT count(*), max(finished) FROM urls WHERE finished >= ?", (started,)
    ).fetchone()
    return count / (latest - started) if count and latest > started else 0.0


def read_row(out: Path, url: str) -> dict[str, Any] | None:
    """Everything known of one URL, its host, what named it, and its twin; None if never seen.

    Raises:
        ConfigError: no ledger, or it cannot be read.
        UrlRefused: not a URL.
    """
    key = url_key(canonical_url(complete_url(url)))
    with closing(open_for_reading(out)) as db:
        db.row_factory = sqlite3.Row
        try:
            row = db.execute(
                "SELECT u.*, h.host AS host_name, p.url AS parent_url, f.url AS first_url "
                "FROM urls u JOIN hosts h ON h.id = u.host LEFT JOIN urls p ON p.id = u.parent "
                "LEFT JOIN urls f ON f.id = u.first WHERE u.key = ?",
                (key,),
            ).fetchone()
            if row is None:
                return None
            versions = db.execute(
                "SELECT version, stored, title FROM versions WHERE url = ? ORDER BY version",
                (row["id"],),
            ).fetchall()
        except sqlite3.Error as error:
            raise ConfigError(f"{out / LEDGER_NAME}: cannot be read ({error})") from None
    found = dict(row)
    found["versions"] = [dict(version) for version in versions]
    return found


def show_time(seconds: float | None) -> str:
    """ISO 8601 in UTC, or an empty string."""
    if seconds is None:
        return ""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
