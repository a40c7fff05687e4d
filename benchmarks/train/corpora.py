"""The corpora's folder in, labelled pages out.

The sets are public: fundus (flairNLP/fundus test pages), DAnIEL (Lejeune), WCXB (Murrough-Foley),
and trafilatura's evaluation pages. See docs/model-card.md.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

FOLDS = 5
FULL_TEXT_SETS = ("wcxb", "fundus", "daniel")
SNIPPET_SET = "trafilatura"
OWN_SET = "fixtures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page of a set. `truth` is None where only snippets are known; `lang` may be empty."""

    set: str
    id: str
    site: str
    lang: str
    page_type: str
    page: bytes
    truth: str | None
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]

    @property
    def fold(self) -> int:
        """Which of the folds holds this page out; the same for all pages of a site."""
        return int(hashlib.sha256(self.site.encode()).hexdigest(), 16) % FOLDS


def read_samples(root: Path, name: str) -> Iterator[Sample]:
    """The pages of one set, in file order."""
    suffixes = PublicSuffixList()
    with (root / name / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            page = (root / name / "pages" / f"{record['id']}.html.gz").read_bytes()
            yield Sample(
                set=name,
                id=record["id"],
                site=_name_site(record, suffixes),
                lang=record["lang"] or "",
                page_type=record["page_type"],
                page=gzip.decompress(page),
                truth=record["text"],
                wanted=tuple(record.get("with") or ()),
                unwanted=tuple(record.get("without") or ()),
            )


def read_own_samples(root: Path) -> Iterator[Sample]:
    """The project's own example pages, from the folders of its fixtures.

    Where a fixture claims the exact text, that is the truth; where it claims that there is none,
    the truth is empty; else its snippets are known.
    """
    for folder in sorted(each for each in (root / "fixtures").iterdir() if each.is_dir()):
        claims = tomllib.loads((folder / "claims.toml").read_text(encoding="utf-8"))
        if "page" not in claims:
            continue
        truth = "" if claims.get("empty") else None
        if claims.get("exact"):
            truth = (folder / "expected.txt").read_text(encoding="utf-8")
        yield Sample(
            set=OWN_SET,
            id=folder.name,
            site=folder.name,
            lang="",
            page_type="article",
            page=(root / claims["page"]).read_bytes(),
            truth=truth,
            wanted=tuple(claims.get("must_contain", ())),
            unwanted=tuple(claims.get("must_not_contain", ())),
        )


def _name_site(record: dict[str, str], suffixes: PublicSuffixList) -> str:
    """The registrable domain; some records carry a file name in place of a URL."""
    host = urlsplit(record["url"]).hostname
    if not host:
        name = record["url"].rpartition("::")[2]
        host = name.partition("-")[0].removesuffix(".html")
    return suffixes.privatesuffix(host.lower()) or host.lower()
