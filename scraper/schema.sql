-- The ledger of a crawl. `urls` has one row for every URL ever seen.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE hosts (id INTEGER PRIMARY KEY, host TEXT NOT NULL UNIQUE, site TEXT NOT NULL);
CREATE TABLE urls (
    id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL UNIQUE,           -- scraper.urls.url_key
    url TEXT NOT NULL,
    host INTEGER NOT NULL,
    state TEXT NOT NULL,                   -- scraper.states.State
    kind TEXT NOT NULL,                    -- page, feed, sitemap
    seed INTEGER NOT NULL,
    priority INTEGER NOT NULL,             -- 0..1000, highest first
    depth INTEGER NOT NULL,                -- links away from a seed
    parent INTEGER NOT NULL,               -- id of the URL that named it first, 0 for a seed
    added REAL NOT NULL,                   -- Unix seconds
    finished REAL,                         -- the last visit
    stored REAL,                           -- the last version of an article
    reason TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '',
    status INTEGER NOT NULL DEFAULT 0,     -- HTTP
    attempts INTEGER NOT NULL DEFAULT 0,   -- requests sent, all visits together
    elapsed_ms INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,      -- of the body, decoded
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    final_url TEXT NOT NULL DEFAULT '',    -- where redirects led, if elsewhere
    first INTEGER NOT NULL DEFAULT 0,      -- for a duplicate: the id it repeats
    version INTEGER NOT NULL DEFAULT 0,    -- how many versions of the article are stored
    title TEXT NOT NULL DEFAULT '',
    published TEXT NOT NULL DEFAULT '',
    content_hash INTEGER NOT NULL DEFAULT 0,
    simhash INTEGER NOT NULL DEFAULT 0,
    numbers_hash INTEGER NOT NULL DEFAULT 0,
    archived TEXT NOT NULL DEFAULT '',     -- file:offset of the raw response
    room TEXT NOT NULL DEFAULT ''          -- blanks until the first visit, in place of what it adds
);
-- One branch a host, best first: taking the next URL of a host reads one row.
CREATE INDEX queue ON urls (host, priority DESC, id) WHERE state = 'queued';
CREATE INDEX leased ON urls (id) WHERE state = 'leased';
-- Which articles share a fingerprint: of the whole text or of its numbers, mixed with the site,
-- since a wire story in two papers is two articles, or of a canonical URL other than their own.
CREATE TABLE prints (print INTEGER NOT NULL, url INTEGER NOT NULL, PRIMARY KEY (print, url))
    WITHOUT ROWID;
-- Versions of articles before the one that `urls` tells of.
CREATE TABLE versions (
    url INTEGER NOT NULL, version INTEGER NOT NULL, stored REAL NOT NULL,
    content_hash INTEGER NOT NULL, title TEXT NOT NULL, archived TEXT NOT NULL,
    PRIMARY KEY (url, version)
) WITHOUT ROWID;
-- Records that are committed and perhaps not yet safe in the output files.
CREATE TABLE outbox (seq INTEGER PRIMARY KEY, line BLOB NOT NULL);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, started REAL NOT NULL, ended REAL, exit_code INTEGER
);
