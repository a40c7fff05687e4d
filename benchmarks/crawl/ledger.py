"""What a URL costs the ledger at 10,000, at 100,000 and at 1,000,000 URLs.

    python -m benchmarks.crawl.ledger [--sizes 10000,100000,1000000] [--hosts 1000]

URLs are added in lists of 100 of one host, as pages and sitemaps name them, leased by host in
turn, looked up for twins, and finished with what an article leaves, in commits of four as a crawl
makes them. Each phase is measured over 10,000 URLs of every ledger, in turns of 500, so that a busy
machine troubles all alike: `add` while the ledger grows to its size, `visit` when nothing has been
visited, `late` when all but the last 20,000 have. The line gives CPU and wall microseconds a URL,
means over the turns, and CPU against the smallest ledger.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scraper.crawling.schedule import Schedule
from scraper.ledger import Ledger
from scraper.states import Found, Outcome, Prints, State

LIST = 100
COMMIT_EVERY = 4
MEASURED = 10_000
TURN = 500


class Rig:
    """One ledger that grows to `size` URLs over `hosts` hosts and is then visited."""

    def __init__(self, path: Path, size: int, hosts: int) -> None:
        self.size = size
        self.added = 0
        self.left = size
        self._chance = random.Random(7)
        self._hosts = [number % hosts for number in range(size // LIST)]
        self._chance.shuffle(self._hosts)
        self.ledger = Ledger(path)
        self._schedule = Schedule(self.ledger, per_host=2)

    def add(self, count: int) -> None:
        """Adds so many more URLs, list by list."""
        for start in range(self.added, self.added + count, LIST):
            host = self._hosts[start // LIST]
            found = [
                Found(
                    url=f"https://site{host}.example/2026/s-{number}.html",
                    priority=self._chance.randrange(1000),
                    depth=1,
                )
                for number in range(start, start + LIST)
            ]
            self.ledger.add(found, parent=1)
            self.ledger.commit()
        self.added += count

    def visit(self, count: int) -> None:
        """Takes so many URLs from the queue and finishes them as new articles."""
        bits = self._chance.getrandbits
        for number in range(count):
            lease = self._schedule.take()
            if lease is None:
                raise AssertionError("the queue is empty too early")
            prints = Prints(text=bits(63), sim=bits(63), numbers=bits(63))
            self.ledger.find_twin(lease, prints, lease.url)
            outcome = Outcome(
                state=State.DONE, status=200, attempts=1, elapsed_ms=200, bytes=200_000,
                title="A headline of the usual length, give or take", prints=prints, version=1,
                archived="sanspub-00001.warc.gz:123456789",
            )  # fmt: skip
            self.ledger.finish(lease, outcome)
            self._schedule.end_visit(lease.host)
            if number % COMMIT_EVERY == 0:
                self.ledger.commit()
        self.left -= count


def measure_phase(name: str, rigs: list[Rig], run: Callable[[Rig, int], None]) -> None:
    """Runs a phase over `MEASURED` URLs of each ledger, turn by turn, and prints what it cost."""
    cpu = dict.fromkeys(rigs, 0.0)
    wall = dict.fromkeys(rigs, 0.0)
    for _ in range(MEASURED // TURN):
        for rig in rigs:
            cpu_before, wall_before = time.process_time(), time.perf_counter()
            run(rig, TURN)
            cpu[rig] += time.process_time() - cpu_before
            wall[rig] += time.perf_counter() - wall_before
    for rig in rigs:
        print(
            f"{name:6} {rig.size:10,} URLs  {cpu[rig] / MEASURED * 1e6:6.1f} CPU us"
            f"  {wall[rig] / MEASURED * 1e6:6.1f} wall us  x{cpu[rig] / cpu[rigs[0]]:.2f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--hosts", type=int, default=1_000)
    options = parser.parse_args()
    sizes = sorted(int(size) for size in options.sizes.split(","))
    if sizes[0] < MEASURED or any(size % MEASURED for size in sizes):
        parser.error(f"sizes must be multiples of {MEASURED}")
    with tempfile.TemporaryDirectory() as folder:
        rigs = [Rig(Path(folder) / f"{size}.sqlite", size, options.hosts) for size in sizes]
        for rig in rigs:
            rig.add(rig.size - MEASURED)
        measure_phase("add", rigs, Rig.add)
        measure_phase("visit", rigs, Rig.visit)
        base = Rig(Path(folder) / "base.sqlite", sizes[0], options.hosts)
        base.add(base.size)
        late = [rig for rig in rigs if rig.left > MEASURED]
        for rig in late:
            rig.visit(rig.left - min(rig.left, 2 * MEASURED))
        measure_phase("late", [base, *late], Rig.visit)
        for rig in [base, *rigs]:
            rig.ledger.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
