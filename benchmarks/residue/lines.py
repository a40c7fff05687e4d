"""How much labelled residue is removed from the outputs of other extractors, at what cost.

    python -m benchmarks.residue.lines ../shared/corpora

The folder holds `lines/dev.jsonl.gz` (see docs/corpora.md). A line counts as removed when nothing
of it is kept; a line of article text counts as hit when anything of it is cut.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.residue.rivals import judge_c4, judge_refinedweb
from cleaners.config import TextConfig
from cleaners.matching.rulebook import load_matcher
from cleaners.residue import Judged, judge_lines

POOLED = ("trafilatura", "resiliparse", "readability", "newspaper4k")
_CONFIDENT = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One labelled line and what was done to it; `by` says which rule or reason did it."""

    row: dict[str, Any]
    whole: bool
    touched: bool
    by: str = ""


def read_documents(corpora: Path) -> list[list[dict[str, Any]]]:
    """Return the labelled lines by document and extractor, in order."""
    documents: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(corpora / "lines" / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        for raw in file:
            row = json.loads(raw)
            documents[row["doc_id"], row["extractor"]].append(row)
    return [sorted(rows, key=lambda row: int(row["line_no"])) for rows in documents.values()]


def judge_documents(
    documents: Iterable[list[dict[str, Any]]], cleaner: str = "sanspub"
) -> list[Outcome]:
    """Return what `cleaner` (sanspub, c4, refinedweb) does to every line."""
    rivals = {"c4": judge_c4, "refinedweb": judge_refinedweb}
    outcomes: list[Outcome] = []
    for rows in documents:
        lines = [row["text"] for row in rows]
        if cleaner in rivals:
            removed = rivals[cleaner](lines)
            outcomes += [
                Outcome(row=row, whole=gone, touched=gone)
                for row, gone in zip(rows, removed, strict=True)
            ]
            continue
        judged = judge_lines(lines, rules=load_matcher())
        if _is_capped(lines, judged):
            judged = (None,) * len(lines)
        for row, each in zip(rows, judged, strict=True):
            outcomes.append(
                Outcome(
                    row=row,
                    whole=each is not None and each.is_whole,
                    touched=each is not None,
                    by="" if each is None else each.verdict.rule or each.verdict.reason,
                )
            )
    return outcomes


def _is_capped(lines: list[str], judged: tuple[Judged | None, ...]) -> bool:
    """Whether `clean_text` would not believe so much removal."""
    kept = sum(
        len(line) if each is None else each.end - each.start
        for line, each in zip(lines, judged, strict=True)
    )
    return kept < sum(map(len, lines)) * (1 - TextConfig().max_removed)


def count_shares(outcomes: Iterable[Outcome]) -> tuple[int, int, int, int]:
    """Return hard lines removed, hard lines, content lines hit, content lines."""
    count: Counter[str] = Counter()
    for each in outcomes:
        if each.row["conf"] >= _CONFIDENT:
            count[each.row["tier"]] += 1
            count[each.row["tier"] + "-gone"] += (
                each.touched if each.row["tier"] == "content" else each.whole
            )
    return count["hard-gone"], count["hard"], count["content-gone"], count["content"]


def _show(name: str, outcomes: list[Outcome]) -> None:
    gone, hard, hit, content = count_shares(outcomes)
    print(
        f"{name:24} hard {gone:5}/{hard:5} = {100 * gone / max(hard, 1):5.1f} %   "
        f"content {hit:4}/{content:5} = {100 * hit / max(content, 1):5.2f} %"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--show", choices=["hits", "misses", "rules"])
    args = parser.parse_args()
    documents = [rows for rows in read_documents(args.corpora) if rows[0]["extractor"] in POOLED]
    for cleaner in ("sanspub", "c4", "refinedweb"):
        outcomes = judge_documents(documents, cleaner)
        print(f"== {cleaner}")
        _show("pooled", outcomes)
        for extractor in POOLED:
            _show(extractor, [each for each in outcomes if each.row["extractor"] == extractor])
        for key in ("lang", "category"):
            print(f"-- {cleaner}, by {key}")
            names = Counter(str(each.row[key]) for each in outcomes if each.row["tier"] == "hard")
            for name, _ in names.most_common():
                _show(name, [each for each in outcomes if str(each.row[key]) == name])
        if cleaner == "sanspub" and args.show:
            _show_lines(outcomes, args.show)
            return


def _show_lines(outcomes: list[Outcome], what: str) -> None:
    """Print content lines that were hit, or residue lines that were missed."""
    count: Counter[tuple[str, str]] = Counter()
    for each in outcomes:
        row = each.row
        if row["conf"] < _CONFIDENT:
            continue
        if what == "rules" and each.touched:
            count[each.by, row["tier"]] += 1
        elif what == "hits" and row["tier"] == "content" and each.touched:
            print(row["lang"], row["extractor"], each.by, repr(row["text"][:300]))
        elif what == "misses" and row["tier"] == "hard" and not each.whole:
            where = f"{row['line_no']}/{row['n_lines']}"
            print(row["lang"], row["extractor"], where, row["category"], repr(row["text"][:160]))
    for (by, tier), number in count.most_common():
        print(f"{number:6} {tier:8} {by}")


if __name__ == "__main__":
    main()
