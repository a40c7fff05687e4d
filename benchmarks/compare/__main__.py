"""`python -m benchmarks.compare CORPORA`: every extractor on the same pages, in one process.

The shipped model was trained on these sets, so its own figures here flatter it. With `--oof FILE`
the texts that models made for sites they had not seen are scored as "sanspub, out of fold": those
are the figures to quote. Speed is always that of the shipped model.
"""

from __future__ import annotations

import argparse
import gzip
import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.compare.facts import measure_facts, render_facts
from benchmarks.compare.pages import SETS, read_pages
from benchmarks.compare.report import (
    measure_accuracy,
    measure_pace,
    render_accuracy,
    render_pace,
)
from benchmarks.compare.run import run_tools
from benchmarks.compare.tools import TOOL_NAMES, load_tools

_OUT_OF_FOLD = "sanspub, out of fold"


def main() -> None:
    parser = _make_parser()
    options = parser.parse_args()
    for what, known in (("sets", SETS), ("tools", TOOL_NAMES)):
        strange = sorted({*getattr(options, what).split(",")} - {*known})
        if strange:
            parser.error(f"--{what}: {strange[0]!r} is none of {', '.join(known)}")
    tools, absent = load_tools(options.tools.split(","))
    print("\n".join(absent))
    given = {_OUT_OF_FOLD: _read_texts(options.oof)} if options.oof else {}
    note = "sanspub: the shipped model, TRAINED ON THESE PAGES; quote the out-of-fold row instead"
    print(note if not given else f"{note} ({_OUT_OF_FOLD})")
    everything = []
    record: dict[str, object] = {}
    for name in options.sets.split(","):
        pages = read_pages(options.corpora, name, sample=options.sample)
        if options.facts:
            scores = measure_facts(pages)
            print(render_facts(f"\n{name}: title, date, authors", scores))
            record[name] = [asdict(row) for row in scores]
            continue
        results = run_tools(pages, tools, given=given)
        everything.extend(results)
        table = measure_accuracy(results)
        record[name] = [asdict(row) for row in table]
        print(render_accuracy(f"\n{name}", table), flush=True)
        languages = sorted({page.language for page in pages})
        for language in languages if options.languages and len(languages) > 1 else ():
            rows = [row for row in results if row.page.language == language]
            print(render_accuracy(f"\n{name}, {language}", measure_accuracy(rows)), flush=True)
    if everything:
        pace = measure_pace(everything)
        record["pace"] = [asdict(row) for row in pace]
        print(render_pace("\nspeed, one core, all pages above", pace))
    if options.json:
        options.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with one folder a set")
    parser.add_argument("--sets", default=",".join(SETS), help="default: %(default)s")
    parser.add_argument("--tools", default=",".join(TOOL_NAMES), help="default: %(default)s")
    parser.add_argument("--sample", type=int, default=0, help="pages a set; 0 takes all")
    parser.add_argument("--oof", type=Path, help="texts made out of fold: JSONL of set, id, text")
    parser.add_argument("--languages", action="store_true", help="also a table a language")
    parser.add_argument("--facts", action="store_true", help="title, date and authors instead")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    return parser


def _read_texts(path: Path) -> dict[tuple[str, str], str]:
    """Texts by set and page; pages of `wcxb` stand for its articles and its other pages alike."""
    texts = {}
    raw = path.read_bytes()
    for line in (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines():
        record = json.loads(line)
        texts[record["set"], record["id"]] = record["text"]
        if record["set"] == "wcxb":
            texts["wcxb-other", record["id"]] = record["text"]
    return texts


if __name__ == "__main__":
    main()
