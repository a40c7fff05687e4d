"""CPU and memory of a whole crawl beside Scrapy with trafilatura, same pages, same run.

    python -m benchmarks.crawl.cpu --scrapy PYTHON [--hosts 100] [--rounds 1] [--corpus DIR]...

Both are given the addresses of the stories. sanspub crawls with cleaning, metadata, links,
fingerprints, ledger, archive and JSON lines. Scrapy (of the environment whose interpreter
`--scrapy` names; it needs trafilatura too) extracts with trafilatura in its pipeline, metadata
included, and writes JSON lines.
With `--corpus` (see `site.py`) real pages are served first: what counts. Made ones come second;
their plain markup takes trafilatura a third of the time that real pages take it.
CPU is that of all processes, start-up included; memory the largest sum of their private memory,
sampled. Both crawl in turns, and the last line gives the ratio over all rounds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crawl.site import host_of, story_path

STORIES = 20
HERE = Path(__file__).parent


# Real pages hold some that no crawl takes for an article: sanspub then ends with 1, as documented.
ENDED = (0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one crawl took. `lines` is how many articles it wrote."""

    cpu_s: float
    wall_s: float
    peak_mb: float
    lines: int


def measure_command(command: list[str], output: Path) -> Cost:
    """Runs a command to its end and sums up its processes."""
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(command)
    peak = 0.0
    stop = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not stop.wait(0.2):
            peak = max(peak, sum(map(private_mb, list_family(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    stop.set()
    watcher.join()
    if code not in ENDED:
        sys.exit(f"{command[:4]} ended with {code}")
    after = os.times()
    return Cost(
        cpu_s=after.children_user + after.children_system
        - before.children_user - before.children_system,
        wall_s=time.perf_counter() - started,
        peak_mb=peak,
        lines=len(output.read_bytes().splitlines()),
    )  # fmt: skip


def list_family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        except OSError:
            continue
        found += map(int, children.split())
    return found


def private_mb(pid: int) -> float:
    """Memory of a process, shared pages divided among those who share them."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scrapy", default="", metavar="PYTHON")
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--corpus", action="append", default=[], help="real pages, see site.py")
    options = parser.parse_args()
    for corpora in ([options.corpus] if options.corpus else []) + [[]]:
        print("real pages" if corpora else "made pages", flush=True)
        compare(options.hosts, options.rounds, options.scrapy, corpora)


def compare(hosts: int, rounds: int, scrapy: str, corpora: list[str]) -> None:
    """Both crawls of one site in turns."""
    server_command = [sys.executable, "-m", "benchmarks.crawl.site", "--hosts", str(hosts)]
    for corpus in corpora:
        server_command += ["--corpus", corpus]
    ours = theirs = 0.0
    with subprocess.Popen(
        server_command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        line = server.stdout.readline()
        if not line:  # it has said why
            sys.exit(server.wait())
        port = int(line)
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                cost = crawl_sanspub(Path(folder), hosts, port)
                ours += cost.cpu_s
                report("sanspub", cost, hosts * STORIES)
                if scrapy:
                    cost = crawl_scrapy(Path(folder), scrapy, hosts, port)
                    theirs += cost.cpu_s
                    report("scrapy + trafilatura", cost, hosts * STORIES)
        server.stdin.close()
    if theirs:
        print(f"sanspub takes 1/{theirs / ours:.1f} of the CPU of scrapy + trafilatura", flush=True)


def crawl_sanspub(folder: Path, hosts: int, port: int) -> Cost:
    """The stories, with all that a crawl does but for following the links it finds."""
    stories = str(list_stories(folder, hosts, port))
    command = [
        sys.executable, "-m", "scraper", "crawl", "--urls-from", stories, "--depth", "0",
        "--out", str(folder / "out"), "--allow-private", "--delay", "0", "--quiet",
    ]  # fmt: skip
    return measure_command(command, folder / "out" / "articles.jsonl")


def crawl_scrapy(folder: Path, python: str, hosts: int, port: int) -> Cost:
    """The same stories."""
    command = [
        python, str(HERE / "scrapy_peer.py"), str(list_stories(folder, hosts, port)),
        str(folder / "peer.jsonl"),
    ]  # fmt: skip
    return measure_command(command, folder / "peer.jsonl")


def list_stories(folder: Path, hosts: int, port: int) -> Path:
    """A file with the addresses of all stories."""
    urls = [
        f"http://{host_of(host)}:{port}{story_path(number, STORIES)}"
        for host in range(hosts)
        for number in range(STORIES)
    ]
    path = folder / "urls.txt"
    path.write_text("\n".join(urls))
    return path


def report(name: str, cost: Cost, pages: int) -> None:
    """One line on one crawl."""
    cpu_ms = cost.cpu_s / pages * 1000
    print(
        f"{name:22} {cpu_ms:7.1f} CPU ms/page  {pages / cost.wall_s:6.1f} pages/s"
        f"  {cost.peak_mb:6.0f} MB  {cost.lines} articles",
        flush=True,
    )


if __name__ == "__main__":
    main()
