"""What the residue cleaner takes from texts that hold no residue: human extractions of articles.

    python -m benchmarks.residue.harm ../shared/corpora

Prints every change, so that each can be looked at; `defended.toml` beside this file counts as
residue what a truth holds although it should not.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaners.rulebook import load_matcher
from cleaners.text import clean_text

_WORD = re.compile(r"\w+")
SETS = ("fundus", "daniel", "wcxb")


def read_truths(corpora: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield set name and record of every article with a truth text."""
    for name in SETS:
        with (corpora / name / "truth.jsonl").open(encoding="utf-8") as file:
            for raw in file:
                row = json.loads(raw)
                if row["text"] and row["page_type"] == "article":
                    yield name, row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    args = parser.parse_args()
    rules = load_matcher()
    texts, changed, tokens, lost = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for name, row in read_truths(args.corpora):
        cleaned = clean_text(row["text"], rules=rules)
        before = len(_WORD.findall(row["text"]))
        texts[name] += 1
        tokens[name] += before
        if cleaned.text != row["text"]:
            changed[name] += 1
            lost[name] += before - len(_WORD.findall(cleaned.text))
            for block in cleaned.removed:
                why = f"{block.verdict.reason} {block.verdict.rule or block.verdict.reason}"
                print(f"{name} {row['id']} {row['lang']} [{why}] {block.text[:200]!r}")
        if cleaned.capped:
            print(f"{name} {row['id']} capped")
    for name in (*SETS, "all"):
        sums = [
            sum(c.values()) if name == "all" else c[name] for c in (texts, changed, tokens, lost)
        ]
        print(
            f"{name:8} texts changed {sums[1]:4}/{sums[0]:5} = {100 * sums[1] / sums[0]:.2f} %   "
            f"tokens removed {sums[3]:6}/{sums[2]:8} = {100 * sums[3] / sums[2]:.4f} %"
        )


if __name__ == "__main__":
    main()
