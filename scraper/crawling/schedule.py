"""Whose turn it is: hosts one after the other, each with a bounded number of visits at once."""

from __future__ import annotations

from collections import deque

from scraper.ledger import Ledger
from scraper.states import Lease


class Schedule:
    """Takes leases from the ledger, host by host. Each step costs the same at any queue length."""

    def __init__(self, ledger: Ledger, *, per_host: int) -> None:
        self._ledger = ledger
        self._per_host = per_host
        self._turns: deque[int] = deque(ledger.waiting)
        self._has_turn = set(self._turns)
        self._visits: dict[int, int] = {}
        self._dropped: set[int] = set()
        ledger.fresh.clear()

    def take(self) -> Lease | None:
        """The next lease, or None while no host has both URLs and room."""
        self._admit()
        while self._turns:
            host = self._turns.popleft()
            self._has_turn.discard(host)
            if host in self._dropped:
                continue
            if self._visits.get(host, 0) >= self._per_host:
                continue  # `end_visit` brings it back
            lease = self._ledger.lease(host)
            if lease is None:
                continue
            self._visits[host] = self._visits.get(host, 0) + 1
            self._queue_host(host)
            return lease
        return None

    def end_visit(self, host: int) -> None:
        """Notes that a lease of this host is finished or given back."""
        left = self._visits.get(host, 1) - 1
        if left:
            self._visits[host] = left
        else:
            self._visits.pop(host, None)
        self._queue_host(host)

    def drop_host(self, host: int) -> None:
        """Takes nothing more of this host; what it has waits for another run."""
        self._dropped.add(host)

    def _admit(self) -> None:
        """Gives a turn to hosts that have work since the last look."""
        for host in self._ledger.fresh:
            self._queue_host(host)
        self._ledger.fresh.clear()

    def _queue_host(self, host: int) -> None:
        if host in self._dropped:
            return
        if host in self._ledger.waiting and host not in self._has_turn:
            self._turns.append(host)
            self._has_turn.add(host)
