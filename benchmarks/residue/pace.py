"""How fast text is cleaned: clean articles, one huge text, and texts made to be slow.

    python -m benchmarks.residue.pace ../shared/corpora

Clean articles are the truths of the corpora. "Linear" is shown by timing sizes that double.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.residue.harm import read_truths
from cleaners.matching.rulebook import load_matcher
from cleaners.text import clean_text

_MB = 1_000_000
_PHRASE = "Subscribe to our newsletter"


def time_clean(name: str, texts: list[str]) -> None:
    """Print the pace over `texts` in processor time, the best of three runs."""
    size = sum(len(text.encode()) for text in texts)
    best = float("inf")
    for _ in range(3 if size < 2 * _MB else 1):
        start = time.process_time()
        for text in texts:
            clean_text(text)
        best = min(best, time.process_time() - start)
    print(f"{name:34} {size / _MB:8.2f} MB {best:8.2f} s {size / _MB / best:8.2f} MB/s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--largest", type=int, default=100, help="MB of the one huge text")
    args = parser.parse_args()
    start = time.process_time()
    load_matcher()
    print(f"loading the rules: {1000 * (time.process_time() - start):.0f} ms")
    truths = [(name, row["text"]) for name, row in read_truths(args.corpora)]
    for name in ("fundus", "daniel", "wcxb"):
        time_clean(f"articles, {name}", [text for where, text in truths if where == name])
    time_clean("articles, all", [text for _, text in truths])
    story = "\n".join(text for _, text in truths)
    size = 1
    while size <= args.largest:
        whole = (story * (size * _MB // len(story) + 1))[: size * _MB]
        time_clean(f"one text of {size} M characters", [whole])
        size *= 10
    for count in (250_000, 1_000_000):
        time_clean(f"{count} short lines", ["Menu\n" * count])
        time_clean(f"{count} headings of lists", ["Read also\n" * count])
        time_clean(f"{count} short headlines", ["A day in the life\n" * count])
    for count in (25_000, 100_000):
        time_clean(f"{count} glued phrases", [("SubscribeShare" * count)])
        time_clean(f"{count} phrases in a line", [f"{_PHRASE} " * count])
    time_clean("10 MB of one phrase by line", [f"{_PHRASE}\n" * (10 * _MB // (len(_PHRASE) + 1))])
    time_clean("10 MB of one phrase in a line", [f"{_PHRASE} " * (10 * _MB // (len(_PHRASE) + 1))])
    time_clean("10 MB of one letter", ["a" * 10 * _MB])
    time_clean("10 MB of capitals", ["READ MORE" * (10 * _MB // 9)])
    time_clean("10 MB of entities", ["&amp;" * (2 * _MB)])


if __name__ == "__main__":
    main()
