"""Kills crawls at random moments and says what was lost: nothing, or how much.

    python -m benchmarks.crawl.kill [--kills 60] [--pages 2000] [--bytes 20000] [--seed 1]

Crawls of `--pages` stories are killed (SIGKILL, the crawl and its workers alone) after a random
time, resumed and killed again until they end, until there were `--kills` kills. After every kill
the output must hold no torn line and no story twice. After each crawl it must hold every story, and
the exit code must be 0. Pages asked for again are counted at the server.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import closing
from pathlib import Path

from benchmarks.crawl.site import host_of
from scraper.commands.ledger import explain_row
from scraper.commands.views import open_for_reading, read_row

STORIES = 20


def read_urls(out: Path, *, is_whole: bool) -> list[str]:
    """The URLs in the output. A line may be half written only at the moment of a kill."""
    path = out / "articles.jsonl"
    data = path.read_bytes() if path.exists() else b""
    lines = data.split(b"\n")
    if is_whole and lines[-1]:
        sys.exit("the last line is torn after a crawl that ended")
    return [json.loads(line)["url"] for line in lines[:-1]]


def read_stories(out: Path) -> set[str]:
    """The stories that the ledger knows of, whatever became of them."""
    with closing(open_for_reading(out)) as db:
        return {url for (url,) in db.execute("SELECT url FROM urls WHERE url LIKE '%story%'")}


def read_counts(port: int) -> dict[str, int]:
    """How often each page was asked for."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/counts") as answer:
        counts: dict[str, int] = json.loads(gzip.decompress(answer.read()))
    return counts


def crawl_until_whole(out: Path, chance: random.Random, kills: int) -> int:
    """Runs one crawl to its end through at most so many kills; how many there were."""
    command = [
        sys.executable, "-m", "scraper", "crawl", "--urls-from", str(out.parent / "seeds.txt"),
        "--out", str(out), "--allow-private", "--delay", "0", "--quiet",
    ]  # fmt: skip
    killed = 0
    while True:
        process = subprocess.Popen(command)
        try:
            code = process.wait(timeout=chance.uniform(1.0, 8.0) if killed < kills else None)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
            urls = read_urls(out, is_whole=False)
            if len(urls) != len(set(urls)):
                sys.exit(f"kill {killed}: a story stands twice")
        else:
            if code != 0:
                sys.exit(f"exit code {code} of a crawl that ended")
            return killed


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--bytes", type=int, default=20_000, help="of a page")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    hosts = options.pages // STORIES
    chance = random.Random(options.seed)
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "benchmarks.crawl.site",
            "--hosts",
            str(hosts),
            "--bytes",
            str(options.bytes),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    assert server.stdin is not None
    port = int(server.stdout.readline())
    kills = crawls = 0
    with tempfile.TemporaryDirectory() as folder:
        seeds = [f"http://{host_of(number)}:{port}/" for number in range(hosts)]
        (Path(folder) / "seeds.txt").write_text("\n".join(seeds))
        while kills < options.kills:
            out = Path(folder) / f"out{crawls}"
            here = crawl_until_whole(out, chance, options.kills - kills)
            kills += here
            crawls += 1
            urls = read_urls(out, is_whole=True)
            if len(urls) != len(set(urls)) or len(urls) != options.pages:
                for url in sorted(read_stories(out) - set(urls))[:5]:
                    print("\n".join(explain_row(read_row(out, url) or {})), flush=True)
                sys.exit(f"{len(set(urls))} of {options.pages} stories, {len(urls)} lines")
            counts = read_counts(port)
            again = sum(n for path, n in counts.items() if "story" in path) - crawls * options.pages
            print(
                f"crawl {crawls}: {here} kills, {len(urls)} stories once each; {kills} so far, "
                f"{again / max(kills, 1):.1f} pages fetched again a kill",
                flush=True,
            )
    server.stdin.close()
    server.wait()


if __name__ == "__main__":
    main()
