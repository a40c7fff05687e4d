"""CPU per fetched page, ours beside others', side by side in one run.

    python benchmarks/fetch/run.py [--pages 2000] [--rounds 3] [--scrapy PYTHON]

The clients take turns, a process each; the table gives the median over the rounds and the ratio to
bare aiohttp. `--scrapy` names the interpreter of an environment that has Scrapy.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CLIENTS = ("aiohttp", "sanspub", "httpx_aiohttp", "scrapy")


def run_client(python: str, name: str, port: int, pages: int) -> dict[str, float]:
    """What one client measured of itself."""
    done = subprocess.run(
        [python, str(HERE / "clients.py"), name, str(port), str(pages)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)},
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if found["whole"] != pages:
        sys.exit(f"{name}: {found['whole']} of {pages} pages came whole")
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scrapy", default="", metavar="PYTHON")
    parser.add_argument("--only", default="", help="clients, separated by commas")
    options = parser.parse_args()
    names = [name for name in CLIENTS if name != "scrapy" or options.scrapy]
    if options.only:
        names = options.only.split(",")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    with subprocess.Popen(
        [sys.executable, str(HERE / "serve.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        port, wire = map(int, server.stdout.readline().split())
        for _ in range(options.rounds):
            for name in names:
                python = options.scrapy if name == "scrapy" else sys.executable
                found[name].append(run_client(python, name, port, options.pages))
        server.stdin.close()
    print(f"{options.pages} pages of 200,000 bytes, {wire} on the wire, 100 hosts, 16 at once")
    print(f"{'client':<15}{'CPU ms/page':>12}{'pages/s':>9}{'peak MB':>9}{'to aiohttp':>12}")
    base = statistics.median(row["cpu_s"] for row in found[names[0]])
    for name in names:
        cpu = statistics.median(row["cpu_s"] for row in found[name])
        wall = statistics.median(row["wall_s"] for row in found[name])
        peak = max(row["peak_kb"] for row in found[name]) / 1_000
        print(
            f"{name:<15}{1_000 * cpu / options.pages:>12.2f}{options.pages / wall:>9.0f}"
            f"{peak:>9.0f}{cpu / base:>12.2f}"
        )


if __name__ == "__main__":
    main()
