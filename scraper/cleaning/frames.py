"""How a crawl and its workers talk: frames of a JSON head and a body of bytes over a pipe.

No pickles: what a worker sends was made from hostile pages, and reading it must not run anything.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from cleaners.config import CleanConfig
from scraper.cleaning.cleaned import Cleaned, CleanOptions
from scraper.finding.links import Link
from scraper.page import Page, Redirect
from scraper.states import Prints, State

SIZES = struct.Struct("!II")


def pack_frame(head: dict[str, Any], body: bytes) -> bytes:
    """One frame: two lengths, the head, the body."""
    packed = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode()
    return SIZES.pack(len(packed), len(body)) + packed + body


def pack_options(options: CleanOptions) -> bytes:
    """The first frame that a worker gets."""
    head = {
        "clean": asdict(options.clean),
        "with_markdown": options.with_markdown,
        "obey": sorted(options.obey),
        "rules": [str(path.resolve()) for path in options.rules],
        "memory": str(options.memory.resolve()) if options.memory else None,
    }
    return pack_frame(head, b"")


def unpack_options(head: dict[str, Any]) -> CleanOptions:
    """What `pack_options` packed."""
    return CleanOptions(
        clean=CleanConfig(**head["clean"]),
        with_markdown=head["with_markdown"],
        obey=frozenset(head["obey"]),
        rules=tuple(Path(path) for path in head["rules"]),
        memory=Path(head["memory"]) if head["memory"] else None,
    )


def pack_page(page: Page, version: int) -> bytes:
    """A page to be cleaned. The body as it came over the wire stays behind."""
    head = {
        "url": page.url,
        "requested": page.requested_url,
        "status": page.status,
        "headers": page.headers,
        "fetched": page.fetched_at.isoformat(),
        "redirects": [(hop.url, hop.status, hop.location) for hop in page.redirects],
        "version": version,
    }
    return pack_frame(head, page.body)


def unpack_page(head: dict[str, Any], body: bytes) -> tuple[Page, int]:
    """The page and version that `pack_page` packed."""
    page = Page(
        url=head["url"],
        requested_url=head["requested"],
        status=head["status"],
        headers=tuple((name, value) for name, value in head["headers"]),
        body=body,
        wire_body=b"",
        http_version="",
        fetched_at=datetime.fromisoformat(head["fetched"]),
        elapsed_s=0.0,
        redirects=tuple(
            Redirect(url=url, status=status, location=location)
            for url, status, location in head["redirects"]
        ),
    )
    return page, head["version"]


def pack_cleaned(cleaned: Cleaned) -> bytes:
    """What came of a page, on its way back."""
    prints = cleaned.prints
    head = {
        "state": cleaned.state,
        "reason": cleaned.reason,
        "detail": cleaned.detail,
        "title": cleaned.title,
        "published": cleaned.published,
        "canonical": cleaned.canonical_url,
        "prints": [prints.text, prints.sim, prints.numbers] if prints else None,
        "links": [(link.url, link.score, link.is_feed) for link in cleaned.links],
    }
    return pack_frame(head, cleaned.line)


def unpack_cleaned(head: dict[str, Any], body: bytes) -> Cleaned:
    """What `pack_cleaned` packed."""
    prints = None
    if head["prints"]:
        text, sim, numbers = head["prints"]
        prints = Prints(text=text, sim=sim, numbers=numbers)
    return Cleaned(
        state=State(head["state"]),
        reason=head["reason"],
        detail=head["detail"],
        title=head["title"],
        published=head["published"],
        canonical_url=head["canonical"],
        prints=prints,
        links=tuple(
            Link(url=url, score=score, is_feed=is_feed) for url, score, is_feed in head["links"]
        ),
        line=body,
    )
