"""What is asked of a cleaner, and what came of one page: what a crawl and its workers tell.

A crawl's own process imports this, and nothing that cleans.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cleaners.config import CleanConfig
from scraper.finding.links import Link
from scraper.states import Prints, State


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanOptions:
    """What is wanted of every page of a crawl. `obey` as in `CrawlConfig`.

    `with_markdown` asks for a field of the record, whose links `clean` has to ask for, and
    `with_dropped` for what was dropped: a crawl does not, as that costs as much as the cleaning.
    """

    clean: CleanConfig
    with_markdown: bool = False
    with_dropped: bool = False
    obey: frozenset[str] = frozenset()
    rules: tuple[Path, ...] = ()
    memory: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What came of one page: `state` is `DONE` for an article and `line` then its JSON record.

    `dropped` has reason and rule of each dropped block, where they are asked for.
    """

    state: State
    reason: str = ""
    detail: str = ""
    title: str = ""
    published: str = ""
    canonical_url: str = ""
    prints: Prints | None = None
    links: tuple[Link, ...] = ()
    line: bytes = b""
    dropped: tuple[tuple[str, str], ...] = ()
