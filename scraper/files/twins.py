"""The stories that a pass over an archive has seen, to give each of them once.

The rules are those of a crawl (`Ledger.find_twin`), so that what a crawl recorded as a duplicate is
one here too. The memory is a file of the system's that vanishes: millions of pages need no room.
"""

from __future__ import annotations

import sqlite3
from typing import Self

from scraper.records.likeness import address_print, is_twin, site_print
from scraper.states import Prints
from scraper.urls import host_of, site_key, url_key

_SCHEMA = """
CREATE TABLE stories (
    print INTEGER NOT NULL, page INTEGER NOT NULL,
    text INTEGER NOT NULL, sim INTEGER NOT NULL, numbers INTEGER NOT NULL,
    PRIMARY KEY (print, page, text)
) WITHOUT ROWID
"""


class StoryIndex:
    """Stories by their fingerprints. Close it, or use it as a context manager."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add(self, url: str, prints: Prints, canonical: str) -> bool:
        """Whether a story is new; it is known from then on.

        `url` and `canonical` are canonical URLs, the second the one that the page gives as its own.
        The same page with other words is a new version, and so new.
        """
        site, page = site_key(host_of(url)), url_key(url)
        claim = address_print(site, canonical)
        own = site_print(site, prints)
        if self._has_twin(own, page, prints, same_address=False):
            return False
        if claim and self._has_twin(claim, page, prints, same_address=True):
            return False
        known_by = {own, address_print(site, url), claim} - {0}
        self._db.executemany(
            "INSERT OR IGNORE INTO stories VALUES (?, ?, ?, ?, ?)",
            [(value, page, prints.text, prints.sim, prints.numbers) for value in known_by],
        )
        return True

    def count_versions(self, url: str) -> int:
        """How many stories, each in other words, were added for a canonical URL."""
        own = address_print(site_key(host_of(url)), url)
        (count,) = self._db.execute(
            "SELECT count(*) FROM stories WHERE print = ? AND page = ?", (own, url_key(url))
        ).fetchone()
        return int(count)

    def _has_twin(self, value: int, page: int, prints: Prints, *, same_address: bool) -> bool:
        for other, text, sim, numbers in self._db.execute(
            "SELECT page, text, sim, numbers FROM stories WHERE print = ?", (value,)
        ):
            known = Prints(text=text, sim=sim, numbers=numbers)
            if text == prints.text or (
                other != page and is_twin(prints, known, same_address=same_address)
            ):
                return True
        return False
