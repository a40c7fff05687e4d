"""What the residue cleaner takes from texts that hold no residue: human extractions of articles.

    python -m benchmarks.residue.harm ../shared/corpora

Prints every change, so that each can be looked at. `defended.toml` beside this file names the texts
whose truth holds residue; what is not defended is marked with an exclamation mark.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from cleaners.matching.rulebook import load_matcher
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


def read_defended() -> set[tuple[str, str]]:
    """Return what may go: text (set and hashed id) and reason of the verdict."""
    raw = Path(__file__).with_name("defended.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(raw)["defended"]
    return {(text, entry["reason"]) for entry in entries for text in entry["texts"]}


def measure_harm(corpora: Path) -> dict[str, Counter[str]]:
    """Return counts by set of texts, tokens, and what is lost, all in all and not defended."""
    rules = load_matcher()
    defended = read_defended()
    counts: dict[str, Counter[str]] = {name: Counter() for name in SETS}
    for name, row in read_truths(corpora):
        count = counts[name]
        cleaned = clean_text(row["text"], rules=rules)
        count["texts"] += 1
        count["tokens"] += len(_WORD.findall(row["text"]))
        count["changed"] += cleaned.text != row["text"]
        text = f"{name}/{sha256(row['id'].encode()).hexdigest()[:12]}"
        harmed = False
        for block in cleaned.removed:
            reason = block.verdict.reason
            lost = len(_WORD.findall(block.text))
            count["lost"] += lost
            why = f"{reason} {block.verdict.rule or reason}"
            mark = " "
            if (text, reason) not in defended:
                count["harmed-tokens"] += lost
                harmed = True
                mark = "!"
            print(f"{mark} {name} {row['id']} {row['lang']} [{why}] {block.text[:200]!r}")
        count["harmed"] += harmed
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    args = parser.parse_args()
    counts = measure_harm(args.corpora)
    counts["all"] = sum(counts.values(), Counter())
    for name, count in counts.items():
        texts, tokens = count["texts"], count["tokens"]
        share = 100 * count["changed"] / texts
        print(
            f"{name:7} changed {count['changed']:4}/{texts:5} = {share:.2f} %"
            f"  tokens {100 * count['lost'] / tokens:.4f} %"
            f"   not defended: {count['harmed']:3} = {100 * count['harmed'] / texts:.2f} %"
            f"  tokens {100 * count['harmed-tokens'] / tokens:.4f} %"
        )


if __name__ == "__main__":
    main()
