"""Pages and tools -> what each tool gave for each page, and how long it took.

Time is processor time of this process, so that other work on the machine counts less.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.compare.pages import KnownPage
from benchmarks.compare.tools import Tool
from benchmarks.metrics import (
    ResidueLoss,
    SnippetScore,
    WordScore,
    residue_loss,
    score_snippets,
    score_words,
)
from cleaners.decode import decode_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One tool on one page. Scores are None where the page's truth does not allow them."""

    tool: str
    page: KnownPage
    seconds: float
    failed: bool
    words: WordScore | None
    residue: ResidueLoss | None
    snippets: SnippetScore | None


def run_tools(
    pages: Sequence[KnownPage],
    tools: Sequence[Tool],
    *,
    given: Mapping[str, Mapping[tuple[str, str], str]] | None = None,
) -> list[Result]:
    """Every tool on every page, interleaved: all tools see a page before the next page is read.

    The order of the tools rotates from page to page, so that none always runs on a cold cache.
    `given` holds texts made elsewhere, by tool name and then (set, id); they take no time.
    """
    results = []
    for number, page in enumerate(pages):
        html = decode_page(page.read())
        if number == 0:
            for tool in tools:
                _run(tool, html)
        turn = number % max(len(tools), 1)
        for tool in (*tools[turn:], *tools[:turn]):
            text, seconds, failed = _run(tool, html)
            results.append(_score(tool.name, page, text, seconds=seconds, failed=failed))
        for name, texts in (given or {}).items():
            if (page.set, page.id) in texts:
                text = texts[page.set, page.id]
                results.append(_score(name, page, text, seconds=0.0, failed=False))
        if sys.stderr.isatty():
            print(f"\r{number + 1}/{len(pages)}", end="", file=sys.stderr, flush=True)
    return results


def _run(tool: Tool, html: str) -> tuple[str, float, bool]:
    start = time.process_time()
    try:
        text, failed = tool.extract(html), False
    except Exception:  # noqa: BLE001 - whatever another tool raises, it gave no text
        text, failed = "", True
    return text, time.process_time() - start, failed


def _score(name: str, page: KnownPage, text: str, *, seconds: float, failed: bool) -> Result:
    has_text = page.text is not None
    has_snippets = bool(page.wanted or page.unwanted)
    return Result(
        tool=name,
        page=page,
        seconds=seconds,
        failed=failed,
        words=score_words(text, page.text or "") if has_text else None,
        residue=residue_loss(text, page.text or "") if has_text else None,
        snippets=score_snippets(text, page.wanted, page.unwanted) if has_snippets else None,
    )
