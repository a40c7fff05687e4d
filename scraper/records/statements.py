"""The statements of the ledger that are longer than a line. Read beside `scraper/ledger.py`."""

from __future__ import annotations

import sqlite3

WAITING = "SELECT host, count(*) FROM urls WHERE state = 'queued' GROUP BY host"
LEASE = """
UPDATE urls SET state = 'leased' WHERE id = (
    SELECT id FROM urls WHERE state = 'queued' AND host = ? ORDER BY priority DESC, id LIMIT 1
) RETURNING id, url, host, kind, depth, seed, attempts, etag, last_modified, version, content_hash
"""
REQUEUE_ENDED = """
UPDATE urls SET state = 'queued' WHERE state NOT IN ('queued', 'leased')
    AND (? = '' OR state = ?) AND (? = '' OR reason = ?) RETURNING host
"""
REQUEUE_HUBS = """
UPDATE urls SET state = 'queued' WHERE state NOT IN ('queued', 'leased', 'duplicate')
    AND (seed = 1 OR kind <> 'page' OR (depth <= 1 AND reason = 'section'))
    AND host IN (SELECT id FROM hosts WHERE site IN (SELECT value FROM json_each(?)))
RETURNING host
"""
INSERT = """
INSERT INTO urls (key, url, host, state, kind, seed, priority, depth, parent, added, reason, room)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
"""
IS_SKIPPED = "SELECT 1 FROM urls WHERE key = ? AND state = 'skipped'"
# `before-since` is overruled only by a sighting with a date: a link has none.
TAKE_UP = """
UPDATE urls SET state = 'queued', reason = '', depth = min(depth, ?), priority = max(priority, ?),
    seed = max(seed, ?) WHERE key = ? AND state = 'skipped' AND finished IS NULL
    AND (reason IN ('too-far', 'not-included', 'excluded') OR (reason = 'before-since' AND ? > 0))
RETURNING host
"""
SKIPPED = """
SELECT id, url, kind, depth, reason, published FROM urls WHERE id > ? AND state = 'skipped'
    AND reason IN ('too-far', 'not-included', 'excluded', 'before-since') ORDER BY id LIMIT 1000
"""
REQUEUE_ID = "UPDATE urls SET state = 'queued', reason = '' WHERE id = ? RETURNING host"
SITES = """
WITH seeds AS (SELECT id, reason FROM urls WHERE seed = 1)
SELECT DISTINCT h.site FROM urls u JOIN hosts h ON h.id = u.host WHERE u.seed = 1
    OR (u.reason = 'redirect-target' AND u.first IN (SELECT id FROM seeds))
    OR (u.reason <> 'off-site' AND u.kind = 'page'
        AND u.parent IN (SELECT id FROM seeds WHERE reason = 'feed'))
"""
BY_PRINT = """
SELECT u.id, u.content_hash, u.simhash, u.numbers_hash FROM prints p JOIN urls u ON u.id = p.url
WHERE p.print = ? AND u.id <> ? ORDER BY u.id
"""
BY_KEY = """
SELECT id, content_hash, simhash, numbers_hash FROM urls WHERE key = ? AND id <> ? AND version > 0
"""
KEEP_VERSION = """
INSERT OR REPLACE INTO versions SELECT id, version, stored, content_hash, title, archived
FROM urls WHERE id = ?
"""
FINISH = """
UPDATE urls SET state = ?, reason = ?, detail = ?, status = ?, attempts = attempts + ?,
    elapsed_ms = ?, bytes = ?, etag = ?, last_modified = ?, final_url = ?, first = ?, version = ?,
    title = ?, published = ?, content_hash = ?, simhash = ?, numbers_hash = ?, archived = ?,
    finished = ?, stored = ?, room = '' WHERE id = ?
"""
KEEP = """
UPDATE urls SET state = CASE WHEN version > 0 OR kind <> 'page' OR reason IN ('feed', 'sitemap')
    THEN 'done' ELSE 'not-article' END, detail = 'unchanged', status = ?, attempts = attempts + ?,
    elapsed_ms = ?, finished = ? WHERE id = ? RETURNING state
"""
ADD_ROOM = "ALTER TABLE urls ADD COLUMN room TEXT NOT NULL DEFAULT ''"
REVISIT = """
UPDATE urls SET state = ?, reason = ?, detail = ?, status = ?, attempts = attempts + ?,
    elapsed_ms = ?, bytes = ?, etag = coalesce(nullif(?, ''), etag),
    last_modified = coalesce(nullif(?, ''), last_modified), final_url = ?, first = ?, finished = ?
WHERE id = ?
"""

# What keeps a ledger that is whole from being opened, by primary result code
# (sqlite.org/rescode.html), and what to do then.
_CURES = {
    sqlite3.SQLITE_FULL: "free some space, then run the same command again",
    sqlite3.SQLITE_IOERR: "see to the disk and its space, then run the same command again",
    sqlite3.SQLITE_READONLY: "make file and folder writable, then run the same command again",
    sqlite3.SQLITE_CANTOPEN: "make file and folder writable, then run the same command again",
    sqlite3.SQLITE_BUSY: "end what else has it open, then run the same command again",
}


def describe_opening(error: sqlite3.Error) -> str:
    """Why a ledger does not open and what to do: a damaged one alone is to be restored."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _CURES:
        return f"cannot be written ({error}); {_CURES[code]}"
    return (
        f"not usable as a ledger ({error}); restore it from a copy, or crawl into another --out; "
        "articles and archive are intact"
    )
