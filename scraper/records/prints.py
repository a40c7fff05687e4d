"""The fingerprints in a ledger: which stored articles may tell the story of a page."""

from __future__ import annotations

import sqlite3

from scraper.records import statements as sql
from scraper.records.likeness import address_print, is_twin, site_print
from scraper.states import Lease, Prints
from scraper.urls import host_of, site_key, url_key


class PrintTable:
    """The table `prints` of a ledger that is open for writing."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def find_twin(self, lease: Lease, prints: Prints, canonical: str) -> int:
        """As `Ledger.find_twin`."""
        site = site_key(host_of(lease.url))
        looked_up = [(sql.BY_PRINT, site_print(site, prints))]
        addresses = []
        if address := address_print(site, canonical):
            if url_key(canonical) != url_key(lease.url):
                addresses.append((sql.BY_KEY, url_key(canonical)))
            addresses.append((sql.BY_PRINT, address))
        for statement, value in looked_up + addresses:
            for other, text, sim, numbers in self._db.execute(statement, (value, lease.id)):
                known = Prints(text=text, sim=sim, numbers=numbers)
                if is_twin(prints, known, same_address=(statement, value) in addresses):
                    return int(other)
        return 0

    def add(self, lease: Lease, prints: Prints, canonical: str) -> None:
        """Makes a stored article known to `find_twin`."""
        site = site_key(host_of(lease.url))
        values = [site_print(site, prints)]
        address = address_print(site, canonical)
        if address and url_key(canonical) != url_key(lease.url):
            values.append(address)
        self._db.executemany(
            "INSERT OR IGNORE INTO prints VALUES (?, ?)", [(value, lease.id) for value in values]
        )
