"""Cost of a ledger at 10,000 and at 1,000,000 URLs: adding, leasing, finishing.

    python -m benchmarks.crawl.ledger [--urls 1000000] [--hosts 1000]

URLs are added in lists of 100 of one host, as pages and sitemaps name them, leased by host in
turn, and finished with what an article leaves, in commits of four as a crawl makes them. Each phase
prints CPU microseconds a URL over its first and its last 10,000; then comes the peak memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scraper.ledger import Ledger
from scraper.schedule import Schedule
from scraper.states import Found, Outcome, Prints, State

LIST = 100
COMMIT_EVERY = 4
WINDOW = 10_000


def measure_phase(name: str, urls: int, step: int, run: Callable[[int], None]) -> None:
    """Runs a phase to its end and prints what its first and last windows cost."""
    window = min(WINDOW, urls)
    marks = {0: 0.0, window: 0.0, urls - window: 0.0, urls: 0.0}
    for done in range(0, urls, step):
        if done in marks:
            marks[done] = time.process_time()
        run(done)
    marks[urls] = time.process_time()
    first = (marks[window] - marks[0]) / window * 1e6
    last = (marks[urls] - marks[urls - window]) / window * 1e6
    mean = (marks[urls] - marks[0]) / urls * 1e6
    print(
        f"{name:8} first {first:6.1f}  last {last:6.1f}  mean {mean:6.1f} us  x{last / first:.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--urls", type=int, default=1_000_000)
    parser.add_argument("--hosts", type=int, default=1_000)
    options = parser.parse_args()
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "ledger.sqlite")
        hosts = [number % options.hosts for number in range(options.urls // LIST)]
        chance.shuffle(hosts)

        def add(done: int) -> None:
            host = hosts[done // LIST]
            found = [
                Found(
                    url=f"https://site{host}.example/2026/s-{number}.html",
                    priority=chance.randrange(1000),
                    depth=1,
                )
                for number in range(done, done + LIST)
            ]
            ledger.add(found, parent=1)
            ledger.commit()

        def visit(done: int) -> None:
            lease = schedule.take()
            if lease is None:
                raise AssertionError("the queue is empty too early")
            prints = Prints(
                text=chance.getrandbits(63),
                sim=chance.getrandbits(63),
                numbers=chance.getrandbits(63),
            )
            ledger.find_twin(lease, prints, lease.url)
            outcome = Outcome(
                state=State.DONE, status=200, attempts=1, elapsed_ms=200, bytes=200_000,
                title="A headline of the usual length, give or take", prints=prints, version=1,
                archived="sanspub-00001.warc.gz:123456789",
            )  # fmt: skip
            ledger.finish(lease, outcome)
            schedule.end_visit(lease.host)
            if done % COMMIT_EVERY == 0:
                ledger.commit()

        measure_phase("add", options.urls, LIST, add)
        schedule = Schedule(ledger, per_host=2)
        measure_phase("visit", options.urls, 1, visit)
        ledger.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
