"""The ledger: every URL a crawl ever saw, its state, and why. The only writer of the database.

SQLite in WAL mode with `synchronous=NORMAL`: a killed process loses nothing that was committed, a
power cut at most the last commits, never consistency (sqlite.org/wal.html, "Performance
Considerations"). Changes gather in one open transaction until `commit`.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Self

from scraper.errors import OutputError
from scraper.records import statements as sql
from scraper.records.prints import PrintTable
from scraper.states import Found, Lease, Outcome, Prints, Skipped, State, UrlKind
from scraper.urls import host_of, site_key, url_key

SCHEMA_VERSION = 2
# What a visit adds to a row fits in its place. Without it nearly every first visit to a large
# ledger split a page of its own: a visit at 1,000,000 URLs cost half as much again as at 10,000.
_ROOM = " " * 160


class Ledger:
    """A crawl's ledger, open for writing. Hold the folder's `OutputLock` while it is.

    Leases that an earlier process left behind are back in the queue once it is open. `waiting`
    maps each host with queued URLs to how many, `queued` is their sum; `fresh` lists hosts that
    came to have some and is the scheduler's to empty.

    Raises:
        OutputError: the file cannot be opened, or is no ledger, or is of another version.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._path = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
        except sqlite3.Error as error:
            raise OutputError(f"{path}: cannot be opened ({error})") from None
        try:
            self._prepare()
            self.waiting: dict[int, int] = dict(self._db.execute(sql.WAITING))
        except sqlite3.Error as error:
            self._db.close()
            raise OutputError(f"{path}: {sql.describe_opening(error)}") from None
        except OutputError:
            self._db.close()
            raise
        self._hosts: dict[str, int] = {}
        self._prints = PrintTable(self._db)
        self.fresh: list[int] = []
        self.queued = sum(self.waiting.values())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self) -> None:
        run = self._db.execute
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")
        # Small: a commit after a page split walks the whole cache (SQLite's `balance_nonroot` takes
        # `sqlite3PagerRekey` to page 262,145, `pcache1Truncate` looks for it), which at 64 MiB
        # doubled the cost of a visit. What is missing here is in the system's own cache.
        # Tuned with benchmarks.crawl.ledger.
        run("PRAGMA cache_size = -2000")
        run("PRAGMA wal_autocheckpoint = 8192")  # 32 MiB: fewer, larger rounds of random writes
        run("PRAGMA temp_store = MEMORY")
        version = run("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise OutputError(
                f"{self._path}: ledger of version {version}, this program writes version "
                f"{SCHEMA_VERSION}; name another --out"
            )
        run("BEGIN IMMEDIATE")
        if version == 0:
            for statement in files("scraper").joinpath("schema.sql").read_text("utf-8").split(";"):
                run(statement)
        elif version == 1:
            run(sql.ADD_ROOM)
        run(f"PRAGMA user_version = {SCHEMA_VERSION}")
        run("UPDATE urls SET state = 'queued' WHERE state = 'leased'")
        run("COMMIT")
        run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Makes all changes so far survive this process.

        Raises:
            OutputError: the disk is full or the file cannot be written.
        """
        try:
            self._db.execute("COMMIT")
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise OutputError(
                f"{self._path}: cannot be written ({error}); free some space, then resume"
            ) from None

    def close(self) -> None:
        """Commits nothing more, and closes."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._db.close()

    # The queue.

    def add(self, found: Iterable[Found], *, parent: int = 0, renew: bool = False) -> int:
        """Queues what of `found` is new, or records it as skipped; how many that were.

        One that was skipped for a limit of the crawl, and is now seen within it, counts as new.
        With `renew`, those that are known and changed since their last visit are queued again.
        """
        new = 0
        for item in found:
            host = self.host_id(host_of(item.url))
            state = State.SKIPPED if item.skip else State.QUEUED
            if self._insert(item, host=host, state=state, parent=parent):
                new += 1
            elif not item.skip:
                if self._take_up(item):
                    new += 1
                elif renew and item.changed:
                    self._requeue_known(item)
        return new

    def _insert(self, item: Found, *, host: int, state: State, parent: int) -> bool:
        # Plain texts and numbers: for others `sqlite3` looks for an adapter, a tenth of the time.
        row = (
            url_key(item.url), item.url, host, str(state), str(item.kind), int(item.seed),
            item.priority, item.depth, parent, self._clock(), item.skip,
            _ROOM if state is State.QUEUED else "",
        )  # fmt: skip
        new = self._db.execute(sql.INSERT, row).rowcount > 0
        if new and state is State.QUEUED:
            self._count_waiting(host)
        return new

    def _take_up(self, item: Found) -> bool:
        """Queues a URL that was skipped unvisited for what does not hold for this sighting."""
        key = url_key(item.url)
        if not self._db.execute(sql.IS_SKIPPED, (key,)).fetchone():  # nearly always, and cheap
            return False
        values = (item.depth, item.priority, item.seed, key, item.changed)
        return bool(self._requeue(sql.TAKE_UP, values))

    def requeue_skipped(self, judge: Callable[[Skipped], str]) -> int:
        """How many URLs that were skipped for a limit went back into the queue.

        `judge` gives the reason why a URL is still to be skipped, or an empty string.
        """
        last = count = 0
        while rows := self._db.execute(sql.SKIPPED, (last,)).fetchall():
            last = rows[-1][0]
            for row in rows:
                skipped = Skipped(
                    url=row[1], kind=UrlKind(row[2]), depth=row[3], reason=row[4], published=row[5]
                )
                if not judge(skipped):
                    count += self._requeue(sql.REQUEUE_ID, (row[0],))
        return count

    def requeue(self, item: Found) -> bool:
        """Puts a URL back into the queue for another visit, or adds it; False if it is there now.

        A `changed` time brings back only what was last fetched before it.
        """
        return bool(self.add([item])) or self._requeue_known(item)

    def _requeue_known(self, item: Found) -> bool:
        found = self._db.execute(
            "UPDATE urls SET state = 'queued', seed = max(seed, ?), priority = max(priority, ?) "
            "WHERE key = ? AND state NOT IN ('queued', 'leased') AND (? = 0 OR finished < ?) "
            "RETURNING host",
            (item.seed, item.priority, url_key(item.url), item.changed, item.changed),
        ).fetchall()
        for (host,) in found:
            self._count_waiting(host)
        return bool(found)

    def requeue_ended(self, *, state: str = "", reason: str = "") -> int:
        """Queues ended URLs again, those of a state or for a reason; how many that were."""
        return self._requeue(sql.REQUEUE_ENDED, (state, state, reason, reason))

    def requeue_hubs(self, sites: Iterable[str]) -> int:
        """Queues again the pages of these sites that name new articles; how many that were.

        They are seeds, feeds, sitemaps, and the section fronts that seeds link to.
        """
        return self._requeue(sql.REQUEUE_HUBS, (json.dumps(sorted(sites)),))

    def forget_validators(self) -> None:
        """Makes the next visit of every seed one that brings its links."""
        self._db.execute("UPDATE urls SET etag = '', last_modified = '' WHERE seed = 1")

    def _requeue(self, statement: str, values: tuple[str | float, ...]) -> int:
        hosts = self._db.execute(statement, values).fetchall()
        for (host,) in hosts:
            self._count_waiting(host)
        return len(hosts)

    def lease(self, host: int) -> Lease | None:
        """The best queued URL of one host, now leased; None when the host has no more."""
        rows = self._db.execute(sql.LEASE, (host,)).fetchall()
        if not rows:
            self.waiting.pop(host, None)
            return None
        self._uncount_waiting(host)
        row = rows[0]
        return Lease(
            id=row[0], url=row[1], host=row[2], kind=UrlKind(row[3]), depth=row[4],
            seed=bool(row[5]), attempts=row[6], etag=row[7], last_modified=row[8],
            version=row[9], content_hash=row[10],
        )  # fmt: skip

    def release(self, lease: Lease) -> None:
        """Gives a lease back unvisited."""
        self._db.execute("UPDATE urls SET state = 'queued' WHERE id = ?", (lease.id,))
        self._count_waiting(lease.host)

    def postpone(self, lease: Lease, *, attempts: int) -> None:
        """Gives a lease back for a later visit, counting the requests of this one."""
        self._db.execute(
            "UPDATE urls SET state = 'queued', attempts = attempts + ? WHERE id = ?",
            (attempts, lease.id),
        )
        self._count_waiting(lease.host)

    def finish(self, lease: Lease, outcome: Outcome) -> None:
        """Writes what became of a lease.

        A new version sends the one before it to `versions`. A visit that brings none leaves what
        is known of the stored one.
        """
        now = self._clock()
        visit = (
            str(outcome.state), outcome.reason, outcome.detail[:500], outcome.status,
            outcome.attempts, outcome.elapsed_ms, outcome.bytes, outcome.etag,
            outcome.last_modified, outcome.final_url, outcome.first,
        )  # fmt: skip
        if lease.version and outcome.version <= lease.version:
            self._db.execute(sql.REVISIT, (*visit, now, lease.id))
            return
        prints = outcome.prints or Prints(text=0, sim=0, numbers=0)
        if lease.version:
            self._db.execute(sql.KEEP_VERSION, (lease.id,))
        article = (
            outcome.version, outcome.title, outcome.published, prints.text, prints.sim,
            prints.numbers, outcome.archived,
        )  # fmt: skip
        stored = now if outcome.version else None
        self._db.execute(sql.FINISH, (*visit, *article, now, stored, lease.id))
        if outcome.version:
            self._prints.add(lease, prints, outcome.canonical_url)

    def keep(self, lease: Lease, *, status: int, attempts: int, elapsed_ms: int) -> State:
        """Gives back its earlier state to a page that has not changed (304); that state."""
        values = (status, attempts, elapsed_ms, self._clock(), lease.id)
        return State(self._db.execute(sql.KEEP, values).fetchone()[0])

    def _count_waiting(self, host: int) -> None:
        if host not in self.waiting:
            self.fresh.append(host)
        self.waiting[host] = self.waiting.get(host, 0) + 1
        self.queued += 1

    def _uncount_waiting(self, host: int) -> None:
        self.queued -= 1
        left = self.waiting.get(host, 1) - 1
        if left > 0:
            self.waiting[host] = left
        else:
            self.waiting.pop(host, None)

    # Twins.

    def find(self, canonical: str) -> tuple[int, State] | None:
        """Id and state of a URL, or None when it was never seen."""
        row = self._db.execute(
            "SELECT id, state FROM urls WHERE key = ?", (url_key(canonical),)
        ).fetchone()
        return (row[0], State(row[1])) if row else None

    def add_alias(self, canonical: str, lease: Lease) -> None:
        """Records that a redirect of `lease` ended at another URL, as a duplicate of it."""
        found = self.find(canonical)
        if found is None:
            item = Found(url=canonical, kind=lease.kind, depth=lease.depth, skip="redirect-target")
            host = self.host_id(host_of(canonical))
            self._insert(item, host=host, state=State.DUPLICATE, parent=lease.id)
        elif found[1] is not State.QUEUED:
            return
        else:
            host = self.host_id(host_of(canonical))
            self._uncount_waiting(host)
        self._db.execute(
            "UPDATE urls SET state = 'duplicate', reason = 'redirect-target', first = ?, "
            "finished = ? WHERE key = ?",
            (lease.id, self._clock(), url_key(canonical)),
        )

    def find_twin(self, lease: Lease, prints: Prints, canonical: str) -> int:
        """Id of a stored article of the same site that `is_twin`, or 0.

        `canonical` is the URL that the page gives as its own.
        """
        return self._prints.find_twin(lease, prints, canonical)

    # Hosts.

    def host_id(self, host: str) -> int:
        """The number of a host, given out at first sight."""
        known = self._hosts.get(host)
        if known is not None:
            return known
        self._db.execute(
            "INSERT INTO hosts (host, site) VALUES (?, ?) ON CONFLICT (host) DO NOTHING",
            (host, site_key(host)),
        )
        row = self._db.execute("SELECT id FROM hosts WHERE host = ?", (host,)).fetchone()
        if len(self._hosts) > 100_000:  # flat memory; the table answers the rest
            self._hosts.clear()
        self._hosts[host] = int(row[0])
        return int(row[0])

    def sites(self) -> frozenset[str]:
        """The sites of all seeds, of where they moved, and of what those that are feeds name."""
        return frozenset(site for (site,) in self._db.execute(sql.SITES))

    # Runs, the outbox, and what else must commit together with them.

    def start_run(self) -> int:
        """Records that a run begins; its number."""
        run = self._db.execute("INSERT INTO runs (started) VALUES (?)", (self._clock(),)).lastrowid
        return int(run or 0)

    def end_run(self, run: int, exit_code: int) -> None:
        """Records when a run ended, and how."""
        self._db.execute(
            "UPDATE runs SET ended = ?, exit_code = ? WHERE id = ?",
            (self._clock(), exit_code, run),
        )

    def post(self, line: bytes) -> None:
        """Puts one record into the outbox."""
        self._db.execute("INSERT INTO outbox (line) VALUES (?)", (line,))

    def outbox(self) -> list[bytes]:
        """The records that may not be in the output files, in order."""
        return [line for (line,) in self._db.execute("SELECT line FROM outbox ORDER BY seq")]

    def clear_outbox(self, marks: dict[str, str]) -> None:
        """Forgets the outbox and notes up to where each writer's files are whole."""
        self._db.execute("DELETE FROM outbox")
        for name, mark in marks.items():
            self.set_meta(f"writer.{name}", mark)

    def set_meta(self, name: str, value: str) -> None:
        """Keeps one named value."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def meta(self, name: str) -> str:
        """A named value, or an empty string."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def failures(self, count: int) -> list[tuple[str, str, str, str]]:
        """URL, state, reason and detail of what `has_failures` means, the latest first."""
        return self._db.execute(
            "SELECT url, state, reason, detail FROM urls WHERE state = 'failed' OR "
            "(seed = 1 AND state IN ('gone', 'blocked', 'skipped') AND reason <> 'before-since') "
            "ORDER BY finished DESC LIMIT ?",
            (count,),
        ).fetchall()

    def has_failures(self) -> bool:
        """Whether a URL failed, or a seed led nowhere, being too old aside."""
        return bool(self.failures(1))
