"""How many prompts in words that no rule was written for fall, and how many lines near them.

    python -m benchmarks.residue.unseen

`unseen.toml` beside this file holds both. Each line is put amid six lines of stories of its
language, and after them, and the text is cleaned. On every second line thresholds were set; the
others, whose figures come last, were looked at by nobody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaners.text import clean_text

# Lines of stories around the line that is looked at.
_AROUND = 6


def read_unseen() -> dict[str, dict[str, list[str]]]:
    """By language the prompts (`asks`) and the lines of stories (`tells`)."""
    path = Path(__file__).with_name("unseen.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def place_line(line: str, stories: Sequence[str], first: int) -> Iterator[list[str]]:
    """The line amid some of the stories, and after them."""
    others = [each for each in stories if each != line]
    around = [others[(first + each) % len(others)] for each in range(_AROUND)]
    half = _AROUND // 2
    yield [*around[:half], line, *around[half:]]
    yield [*around, line]


def measure_unseen(lang: str, lines: Sequence[str], stories: Sequence[str]) -> list[int]:
    """How many of the lines fall amid stories, and how many after them."""
    fallen = [0, 0]
    for number, line in enumerate(lines):
        for way, text in enumerate(place_line(line, stories, number)):
            fallen[way] += line not in clean_text("\n".join(text), lang=lang).text.split("\n")
    return fallen


def main() -> None:
    totals = {kind: [0, 0, 0] for kind in ("asks", "tells", "asks, unseen", "tells, unseen")}
    for lang, lists in read_unseen().items():
        said = []
        for kind in ("asks", "tells"):
            seen, unseen = lists[kind][::2], lists[kind][1::2]
            for name, lines in ((kind, seen), (f"{kind}, unseen", unseen)):
                fallen = [*measure_unseen(lang, lines, lists["tells"]), len(lines)]
                totals[name] = [a + b for a, b in zip(totals[name], fallen, strict=True)]
                said.append("{} {}/{} of {}".format(name, *fallen))
        print(lang, "  ".join(said), flush=True)
    for name, (amid, after, count) in totals.items():
        print(f"{name:14} amid {amid / count:.3f}, after {after / count:.3f} of {count}")


if __name__ == "__main__":
    main()
