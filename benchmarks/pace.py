"""`python -m benchmarks.pace CORPORA [--sample N]`: how long a page takes, beside its mere parse.

Pages of fundus and wcxb are cleaned once each, after a few others have warmed the imports: no page
is seen twice by the same tool. The tools take turns on each page, in one process; times are
processor time. `parse` is lexbor building the tree, which nothing that reads a page can beat.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median, quantiles
from time import process_time

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from benchmarks.compare.pages import read_pages
from cleaners import CleanConfig, clean_html

_SETS = ("fundus", "wcxb", "wcxb-other")
_WARM = 5
_TEXT_ONLY = CleanConfig(with_metadata=False)

TOOLS: dict[str, Callable[[bytes], object]] = {
    "parse": LexborHTMLParser,
    "sanspub, text": lambda page: clean_html(page, config=_TEXT_ONLY),
    "sanspub, all": clean_html,
    "trafilatura, text": lambda page: trafilatura.extract(page, include_comments=False),
    "trafilatura, all": lambda page: trafilatura.extract(
        page, include_comments=False, with_metadata=True, output_format="json"
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pace", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with fundus and wcxb")
    parser.add_argument("--sample", type=int, default=50, help="pages of each set (default 50)")
    options = parser.parse_args()
    sets = [read_pages(options.corpora, name, sample=options.sample, seed=1) for name in _SETS]
    pages = [page.read() for some in sets for page in some]
    times: dict[str, list[float]] = {name: [] for name in TOOLS}
    for page in pages[:_WARM]:
        for clean in TOOLS.values():
            clean(page)
    for page in pages[_WARM:]:
        for name, clean in TOOLS.items():
            started = process_time()
            clean(page)
            times[name].append(process_time() - started)
    size = mean(map(len, pages)) / 1000
    print(f"{len(pages) - _WARM} pages of {size:.0f} kB; ms a page, and times of the page's parse")
    for name, spent in times.items():
        ratios = [one / parse for one, parse in zip(spent, times["parse"], strict=True)]
        print(
            f"{name:18} mean {mean(spent) * 1000:6.2f}  median {median(spent) * 1000:6.2f}"
            f"  parses: median {median(ratios):5.1f}  p99 {quantiles(ratios, n=100)[-1]:5.1f}"
        )
    for kind in ("text", "all"):
        ratio = sum(times[f"trafilatura, {kind}"]) / sum(times[f"sanspub, {kind}"])
        print(f"sanspub, {kind}: {ratio:.2f} times trafilatura's pages a second")


if __name__ == "__main__":
    main()
