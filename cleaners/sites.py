"""What recurs across the pages of a site: the memory that tells a site's chrome from its stories.

A line that stands on several pages of one site is seldom journalism. The memory counts on how many
pages each line was met; it is a value that never changes, so that cleaning with it stays pure:
`learn` and `merge` return new memories. Lines are kept as 64-bit hashes, not as text.
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from types import MappingProxyType

from cleaners.errors import MemoryFileError

# Pages. Of the lines of news articles 0.9 % stand on two pages of their site (quotes, crossheads, a
# story told twice), so two are not enough.
_PAGES_MIN = 3
# Share of a site's pages below which recurring is chance on a large site.
_SHARE_MIN = 0.005
# The same for whole paragraphs, which also recur where one story has several addresses.
_PARAGRAPH_PAGES_MIN = 5
_PARAGRAPH_SHARE_MIN = 0.1
_LINE_MAX = 600  # characters; what is longer is told, not stamped
_FORMAT = "sanspub site memory 2"
_DIGITS = re.compile(r"\d+")
_PORT = re.compile(r":\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is remembered of one site: how many pages, and on how many each line stood.

    `seen` has a hash (64 bits) of each page, so that none counts twice.
    """

    pages: int = 0
    lines: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    seen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMemory:
    """How often lines were met on the pages of each site. Immutable; compare with `==`.

    It pickles as the bytes that `to_bytes` gives.
    """

    sites: Mapping[str, Site] = field(default_factory=lambda: MappingProxyType({}))

    def __repr__(self) -> str:
        pages = sum(site.pages for site in self.sites.values())
        return f"SiteMemory({len(self.sites)} sites, {pages} pages)"

    def __reduce__(self) -> tuple[Callable[[bytes], SiteMemory], tuple[bytes]]:
        return SiteMemory.from_bytes, (self.to_bytes(),)

    def learn(self, pages: Iterable[str | Sequence[str]], *, site: str = "") -> SiteMemory:
        """Return a memory that also knows `pages` of `site`.

        A page is a text or a sequence of lines. Texts that are the same count once, whenever they
        were learned.

        Raises:
            TypeError: `pages` is one text, each letter of which would be a page, or bytes.
        """
        if isinstance(pages, str | bytes):
            raise TypeError("the pages are one text; give a list of texts")
        known = self.sites.get(site, Site())
        lines = Counter(known.lines)
        count = known.pages
        seen = set(known.seen)
        for page in pages:
            split = tuple(page.splitlines() if isinstance(page, str) else page)
            digest = _hash("\n".join(split))
            if digest in seen:
                continue
            seen.add(digest)
            count += 1
            lines.update({_hash_line(line) for line in split if _is_memorable(line)})
        learned = Site(pages=count, lines=MappingProxyType(dict(lines)), seen=frozenset(seen))
        return SiteMemory(sites=MappingProxyType({**self.sites, site: learned}))

    def find_site(self, host: str) -> str:
        """Return the known site that `host` belongs to: itself or the nearest domain above it.

        Where none is known, that is `host` itself.

        >>> SiteMemory().learn(["a page"], site="example.org").find_site("www.example.org:8080")
        'example.org'
        """
        for known in (host, _PORT.sub("", host)):
            name = known
            while name:
                if name in self.sites:
                    return name
                name = name.partition(".")[2]
        return host

    def count_pages(self, line: str, *, site: str = "") -> int:
        """Return on how many pages of `site` the line was met."""
        known = self.sites.get(site)
        if known is None or not _is_memorable(line):
            return 0
        return known.lines.get(_hash_line(line), 0)

    def share_pages(self, line: str, *, site: str = "") -> float:
        """Return the share (0..1) of the pages of `site` on which the line was met."""
        known = self.sites.get(site)
        return self.count_pages(line, site=site) / known.pages if known and known.pages else 0.0

    def recurs(self, line: str, *, site: str = "", is_paragraph: bool = False) -> bool:
        """Whether the line stands on so many pages of `site` that it is part of its chrome."""
        pages = self.count_pages(line, site=site)
        least, share = (
            (_PARAGRAPH_PAGES_MIN, _PARAGRAPH_SHARE_MIN)
            if is_paragraph
            else (_PAGES_MIN, _SHARE_MIN)
        )
        return pages >= least and self.share_pages(line, site=site) >= share

    def merge(self, other: SiteMemory) -> SiteMemory:
        """Return a memory of what both know.

        Of pages that both have seen nobody can say which lines stood there: a line then counts as
        often as it did at the least.
        """
        sites = dict(self.sites)
        for name, theirs in other.sites.items():
            mine = sites.get(name, Site())
            both = len(mine.seen & theirs.seen)
            lines = {**mine.lines, **theirs.lines}
            for line in mine.lines.keys() & theirs.lines.keys():
                counts = mine.lines[line], theirs.lines[line]
                lines[line] = max(*counts, sum(counts) - both)
            sites[name] = Site(
                pages=mine.pages + theirs.pages - both,
                lines=MappingProxyType(lines),
                seen=mine.seen | theirs.seen,
            )
        return SiteMemory(sites=MappingProxyType(sites))

    def prune(self) -> SiteMemory:
        """Return a smaller memory that forgot the lines met on one page only."""
        return SiteMemory(
            sites=MappingProxyType(
                {
                    name: Site(
                        pages=site.pages,
                        lines=MappingProxyType(
                            {line: pages for line, pages in site.lines.items() if pages > 1}
                        ),
                        seen=site.seen,
                    )
                    for name, site in self.sites.items()
                }
            )
        )

    def to_bytes(self) -> bytes:
        """Return the memory as bytes; equal memories give equal bytes.

        One line of JSON with the format, the sites and their sizes; then for each site the
        hashes of its lines (64 bits each), their counts (32 bits each), and the hashes of its
        pages (64 bits each), little-endian, sorted by hash.
        """
        sites = sorted(self.sites.items())
        header = {
            "format": _FORMAT,
            "sites": [[name, site.pages, len(site.lines), len(site.seen)] for name, site in sites],
        }
        parts = [json.dumps(header, ensure_ascii=False).encode() + b"\n"]
        for _, site in sites:
            lines = sorted(site.lines.items())
            parts.append(_pack("Q", [line for line, _ in lines]))
            parts.append(_pack("I", [pages for _, pages in lines]))
            parts.append(_pack("Q", sorted(site.seen)))
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, raw: bytes) -> SiteMemory:
        """Return the memory that `to_bytes` wrote.

        Raises:
            MemoryFileError: the bytes are damaged, cut off, or of another format.
        """
        head, newline, body = raw.partition(b"\n")
        try:
            header = json.loads(head)
            if not newline or header["format"] != _FORMAT:
                raise MemoryFileError("not a site memory of this version; learn it again")
            entries = [
                (str(name), int(pages), int(size), int(seen))
                for name, pages, size, seen in header["sites"]
            ]
        except (ValueError, KeyError, TypeError) as error:
            raise MemoryFileError("not a site memory; learn it again") from error
        if any(min(entry[2:]) < 0 for entry in entries) or len(body) != sum(
            12 * size + 8 * seen for _, _, size, seen in entries
        ):
            raise MemoryFileError("the site memory is cut off or damaged; learn it again")
        sites: dict[str, Site] = {}
        at = 0
        for name, pages, size, seen in entries:
            hashes = _unpack("Q", body[at : at + 8 * size])
            counts = _unpack("I", body[at + 8 * size : at + 12 * size])
            at += 12 * size
            digests = _unpack("Q", body[at : at + 8 * seen])
            at += 8 * seen
            lines = MappingProxyType(dict(zip(hashes, counts, strict=True)))
            sites[name] = Site(pages=pages, lines=lines, seen=frozenset(digests))
        return cls(sites=MappingProxyType(sites))


def _is_memorable(line: str) -> bool:
    """Whether `line` is short enough, and says anything at all."""
    return len(line) <= _LINE_MAX and any(char.isalpha() for char in line)


def _hash_line(line: str) -> int:
    """Return 64 bits for `line`, the same whatever its case, spaces and numbers."""
    return _hash(_DIGITS.sub("0", " ".join(line.casefold().split())))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _pack(code: str, numbers: list[int]) -> bytes:
    packed = array(code, numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _unpack(code: str, raw: bytes) -> list[int]:
    numbers = array(code)
    numbers.frombytes(raw)
    if sys.byteorder == "big":
        numbers.byteswap()
    return list(numbers)
