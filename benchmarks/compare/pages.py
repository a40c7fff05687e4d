"""The corpora's folder -> pages with what is known about them."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SETS = ("fundus", "daniel", "wcxb", "wcxb-other", "trafilatura")
"""The sets by name. `wcxb` is the articles of the folder `wcxb`, `wcxb-other` the rest of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """One page and its truth. `text` is None where only snippets are known."""

    set: str
    id: str
    url: str
    language: str
    text: str | None
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    title: str
    authors: tuple[str, ...]
    date: str
    path: Path

    def read(self) -> bytes:
        """The bytes of the page as received."""
        return gzip.decompress(self.path.read_bytes())


def read_pages(root: Path, name: str, *, sample: int = 0, seed: int = 0) -> list[KnownPage]:
    """The pages of one set, in file order; `sample` of them drawn by `seed` where it is not 0."""
    folder = root / name.removesuffix("-other")
    pages = []
    with (folder / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if (record["page_type"] == "article") != name.endswith("-other"):
                pages.append(_page(name, folder, record))
    if sample and sample < len(pages):
        chosen = sorted(random.Random(seed).sample(range(len(pages)), sample))
        pages = [pages[index] for index in chosen]
    return [page for page in pages if page.text is not None or page.wanted or page.unwanted]


def _page(name: str, folder: Path, record: dict[str, object]) -> KnownPage:
    def text(key: str) -> str:
        return str(record.get(key) or "")

    def texts(key: str) -> tuple[str, ...]:
        values = record.get(key)
        if not isinstance(values, Sequence) or isinstance(values, str):
            return (str(values),) if values else ()
        return tuple(flat for value in values for flat in _flatten(value))

    return KnownPage(
        set=name,
        id=text("id"),
        url=text("url"),
        language=text("lang"),
        text=None if record.get("text") is None else text("text"),
        wanted=texts("with"),
        unwanted=texts("without"),
        title=text("title"),
        authors=texts("authors"),
        date=text("date"),
        path=folder / "pages" / f"{record['id']}.html.gz",
    )


def _flatten(value: object) -> list[str]:
    """The texts in a value: some truths nest a list in a list."""
    if isinstance(value, list | tuple):
        return [flat for inner in value for flat in _flatten(inner)]
    return [str(value)]
