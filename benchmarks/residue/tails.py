"""Whether a tail of prompts goes from texts of each language, and nothing else with it.

    python -m benchmarks.residue.tails ../shared/corpora

Tails hang on the clean truths of the language (at most 20), or on the story in `tails.toml` where
the corpora have none. A truth that loses something without a tail is left out: what it loses is
counted by harm.py.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import defaultdict
from pathlib import Path

from benchmarks.residue.harm import read_truths
from cleaners.text import clean_text
from cleaners.words.tongue import guess_tongues

_TEXTS_MAX = 20
_SAME = {"nb": "no", "nn": "no"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    args = parser.parse_args()
    raw = Path(__file__).with_name("tails.toml").read_text(encoding="utf-8")
    texts: dict[str, list[str]] = defaultdict(list)
    for _, row in read_truths(args.corpora):
        lang = _SAME.get(row["lang"], row["lang"])
        told = guess_tongues(row["text"].splitlines())  # a few pages are labelled with another one
        if len(texts[lang]) == _TEXTS_MAX or (told and lang not in told):
            continue
        if clean_text(row["text"]).text == row["text"]:
            texts[lang].append(row["text"])
    good = 0
    for lang, entry in tomllib.loads(raw).items():
        stories = [*texts.get(lang, []), "\n".join([entry["story"]] * 3)]
        added, gone, harmed = 0, 0, 0
        left: dict[str, int] = defaultdict(int)
        for story in stories:
            removed = [
                block.text for block in clean_text("\n".join([story, *entry["tail"]])).removed
            ]
            added += len(entry["tail"])
            for line in entry["tail"]:
                if line in removed:
                    removed.remove(line)
                    gone += 1
                else:
                    left[line] += 1
            harmed += len(removed)
        share = 100 * gone / added
        good += share >= 95 and not harmed
        print(
            f"{lang} {len(stories):3} texts {share:6.1f} % gone, {harmed} others", dict(left) or ""
        )
    print(f"{good} languages with at least 95 % gone and nothing else")


if __name__ == "__main__":
    main()
