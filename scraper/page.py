"""What one fetch brings home: the frozen `Page` that every later stage reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Header = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """One hop that led on: what was asked, how it was answered, and where it pointed.

    `location` is absolute and already resolved against `url`.
    """

    url: str
    status: int
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One response, whole and decoded.

    `url` is where the redirects ended and `requested_url` where they began; neither holds
    credentials. `body` has its content codings removed; `wire_body` is what came over the wire
    after HTTP framing, still encoded, for the archive. With status 304 both are empty.
    `is_cut` is True where the caller asked for the first bytes only and there were more.
    `attempts` counts tries of the whole page, redirects not counted; `elapsed_s` spans all of
    them. `from_address` is the IP address that answered, or empty behind a proxy.
    """

    url: str
    requested_url: str
    status: int
    headers: tuple[Header, ...]
    body: bytes
    wire_body: bytes
    http_version: str
    fetched_at: datetime
    elapsed_s: float
    redirects: tuple[Redirect, ...] = ()
    attempts: int = 1
    from_address: str = ""
    is_cut: bool = False

    def header(self, name: str) -> str:
        """The first value of a header, whatever its case, or an empty string."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    def header_values(self, name: str) -> tuple[str, ...]:
        """Every value of a header that may stand several times, in order."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key.lower() == wanted)

    @property
    def content_type(self) -> str:
        """The Content-Type header as sent (`text/html; charset=utf-8`), or an empty string."""
        return self.header("content-type")

    @property
    def media_type(self) -> str:
        """The Content-Type without parameters, in lower case (`text/html`), or empty."""
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def etag(self) -> str:
        """The validator to send back as If-None-Match (RFC 9110 section 8.8.3), or empty."""
        return self.header("etag")

    @property
    def last_modified(self) -> str:
        """The date to send back as If-Modified-Since (RFC 9110 section 8.8.2), or empty."""
        return self.header("last-modified")

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that the copy we named is still good (304)."""
        return self.status == 304
