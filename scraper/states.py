"""The words and values that pass between the crawl and its ledger."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What became of a URL. `QUEUED` and `LEASED` are on the way, the rest are ends."""

    QUEUED = "queued"
    LEASED = "leased"
    DONE = "done"
    DUPLICATE = "duplicate"
    NOT_ARTICLE = "not-article"
    BLOCKED = "blocked"
    GONE = "gone"
    FAILED = "failed"
    SKIPPED = "skipped"


class UrlKind(StrEnum):
    """What a URL is expected to be; what it is decides in the end."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A URL that a seed list, page, feed or sitemap names, in canonical form.

    `priority` is 0..1000, the highest goes first. `skip` is why it is recorded and not fetched
    (`too-far`, `trap`, ...), or empty. `changed` is the time of its last change (Unix seconds)
    where a feed or sitemap says so, else 0.
    """

    url: str
    kind: UrlKind = UrlKind.PAGE
    priority: int = 0
    depth: int = 0
    seed: bool = False
    skip: str = ""
    changed: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A URL that was skipped for a limit. `published` is known only if it was fetched first."""

    url: str
    kind: UrlKind
    depth: int
    reason: str
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """One URL taken from the queue, and what the ledger knows of earlier visits."""

    id: int
    url: str
    host: int
    kind: UrlKind
    depth: int
    seed: bool
    attempts: int
    etag: str
    last_modified: str
    version: int
    content_hash: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prints:
    """Fingerprints of an article's text, each 64 bits, signed.

    `text` of the words as they stand, `sim` a SimHash of three-word runs, `numbers` of the
    numbers in order, 0 where there are too few to tell anything.
    """

    text: int
    sim: int
    numbers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one lease: the row that answers "why is this article missing?"."""

    state: State
    reason: str = ""
    detail: str = ""
    status: int = 0
    attempts: int = 0
    elapsed_ms: int = 0
    bytes: int = 0
    etag: str = ""
    last_modified: str = ""
    final_url: str = ""
    first: int = 0
    version: int = 0
    title: str = ""
    published: str = ""
    prints: Prints | None = None
    canonical_url: str = ""
    archived: str = ""
