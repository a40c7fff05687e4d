"""`python -m benchmarks.fuzz FOLDER...`: broken pages by the hundred thousand.

Whatever the bytes, `clean_html` must give an `Article` or raise a `CleanerError`, in time. Inputs
are made from the pages below the folders (`*.html`, `*.html.gz`) by a seed, in child processes
that may die or hang: each such input is written to `benchmarks/work/fuzz/` and named, and the run
goes on with the next one. Exit code 1 when anything was found.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import random
import resource
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.mutate import choose_content_type, mutate_page
from cleaners.article import Article
from cleaners.config import CleanConfig
from cleaners.errors import CleanerError
from cleaners.page import clean_html
from cleaners.text import clean_text

_FOUND = Path(__file__).parent / "work" / "fuzz"
_MEMORY_BYTES = 3 << 30
# Seconds for a child to start: to load the cleaner, its rules and its sources, on a busy machine.
_START_S = 300.0
# Sources kept in memory by a child; the next child draws others.
_SOURCES = 60


class BrokenPromise(Exception):
    """The result is an `Article`, but not one that can be true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An input that broke something, by the number that makes it again."""

    seed: int
    number: int
    problem: str


def make_input(seed: int, number: int, sources: list[str]) -> tuple[bytes, str, random.Random]:
    """The bytes and the content type of input `number`, and the generator for what follows."""
    chance = random.Random(f"{seed}:{number}")
    return mutate_page(chance, sources), choose_content_type(chance), chance


def check_input(page: bytes, content_type: str, chance: random.Random) -> None:
    """Clean the page and look at everything that comes out.

    Raises:
        BrokenPromise: the article contradicts itself, or a second call gives another one.
    """
    config = CleanConfig(with_markup=chance.random() < 0.5, residue_rules=chance.random() < 0.9)
    try:
        article = clean_html(page, url="https://x.test/a", content_type=content_type, config=config)
    except CleanerError:
        return
    _check_article(article)
    if chance.random() < 0.05:
        again = clean_html(page, url="https://x.test/a", content_type=content_type, config=config)
        if again != article:
            raise BrokenPromise("two calls, two articles")
    if chance.random() < 0.1:
        once = clean_text(article.text or page.decode("utf-8", "replace")[:20_000]).text
        if clean_text(once).text != once:
            raise BrokenPromise("clean_text is not idempotent")


def _check_article(article: Article) -> None:
    for text in (article.text, article.title, article.markdown, article.html, *article.authors):
        text.encode()
    if not 0 <= article.confidence <= 1:
        raise BrokenPromise(f"confidence {article.confidence}")
    kept = [block.text for block in article.blocks if block.verdict.keep]
    if article.text and not kept:
        raise BrokenPromise("text without a kept block")
    if article.is_empty and not article.empty_reason:
        raise BrokenPromise("an empty article without a reason")


def read_sources(paths: list[Path], seed: int, first: int) -> list[str]:
    """The pages that a child starting at number `first` works with."""
    chosen = random.Random(f"{seed}:sources:{first}").sample(paths, min(_SOURCES, len(paths)))
    pages = (
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in chosen
    )
    return [page.decode("utf-8", "replace") for page in pages]


def fuzz(
    paths: list[Path], *, inputs: int, seed: int, chunk: int, limit_s: float
) -> Iterator[Finding]:
    """What went wrong, as it is found.

    A child that hangs or dies is replaced; its chunk goes on after the input it died of.

    Raises:
        RuntimeError: a child did not start.
    """
    context = multiprocessing.get_context("spawn")
    for start in range(0, inputs, chunk):
        number, end = start, min(start + chunk, inputs)
        while number < end:
            here, there = context.Pipe()
            # Sources follow from the chunk's first number: a restart must make the same inputs.
            child = context.Process(
                target=_run_chunk, args=(there, paths, seed, (start, number, end)), daemon=True
            )
            child.start()
            there.close()
            if problem := _await_one(here, _START_S):
                raise RuntimeError(f"a child did not start: {problem}")
            while number < end:
                problem = _await_one(here, limit_s)
                if problem:
                    yield Finding(seed=seed, number=number, problem=problem)
                number += 1
                if problem.startswith("!"):
                    break
            child.kill()
            child.join()
        print(f"\r{end}/{inputs}", end="", file=sys.stderr, flush=True)


def _run_chunk(
    pipe: Connection, paths: list[Path], seed: int, bounds: tuple[int, int, int]
) -> None:
    """Check the chunk's inputs from one on; a message each: empty, or what went wrong.

    The first message, an empty one, says that all is loaded: no input waits for that.
    """
    start, number, end = bounds
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    sources = read_sources(paths, seed, start)
    clean_html("<p>Loads model and rules.</p>")
    pipe.send("")
    for current in range(number, end):
        page, content_type, chance = make_input(seed, current, sources)
        try:
            check_input(page, content_type, chance)
        except Exception:  # noqa: BLE001 - finding what nobody expected is the purpose
            pipe.send(traceback.format_exc(limit=-4))
        else:
            pipe.send("")


def _await_one(pipe: Connection, limit_s: float) -> str:
    """The message about the next input; one that begins with `!` says that the child is lost."""
    try:
        if pipe.poll(limit_s):
            return str(pipe.recv())
    except (EOFError, OSError):
        return "! the process died"
    return f"! no answer within {limit_s} s"


def find_pages(folders: list[Path]) -> list[Path]:
    """All pages below the folders, sorted."""
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.name.endswith((".html", ".html.gz"))
    )


def main() -> int:
    """Run, report, and keep the inputs that broke something."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=10_000, help="inputs a child")
    parser.add_argument("--limit", type=float, default=20.0, help="seconds an input")
    options = parser.parse_args()
    paths = find_pages(options.folders)
    if not paths:
        parser.error("no *.html or *.html.gz below these folders")
    began = time.monotonic()
    found = 0
    for finding in fuzz(
        paths, inputs=options.inputs, seed=options.seed, chunk=options.chunk, limit_s=options.limit
    ):
        found += 1
        start = finding.number - finding.number % options.chunk
        page, content_type, _ = make_input(
            finding.seed, finding.number, read_sources(paths, finding.seed, start)
        )
        _FOUND.mkdir(parents=True, exist_ok=True)
        (_FOUND / f"{finding.seed}-{finding.number}.bin").write_bytes(page)
        print(f"\ninput {finding.number} ({content_type!r}): {finding.problem}", flush=True)
    print(f"\n{options.inputs} inputs, {found} findings, {time.monotonic() - began:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
