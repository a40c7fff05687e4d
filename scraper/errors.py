"""Everything the scraper can raise.

ScraperError
├── ConfigError         a flag, a config file or an input file is wrong (exit 3, or 2 for flags)
├── OutputError         the output folder cannot be written, is full, or is in use
│   └── LedgerLocked    another crawl writes this ledger
└── FetchError          one URL could not be fetched; carries url, kind and attempts
    ├── AddressRefused      the guard: loopback, private, or otherwise reserved
    ├── UrlRefused          not http or https, or not a URL at all
    ├── NameNotResolved     DNS
    ├── ConnectFailed       refused, reset or unreachable before a response
    ├── TlsFailed           certificate or handshake
    ├── TimedOut            connect, read, or the page's total deadline
    ├── ProtocolFailed      not HTTP, or broken in the middle (cut off, bad encoding)
    ├── BodyTooLarge        over the cap, compressed or not
    ├── TypeRefused         a picture, a film, a PDF: told by header or first bytes
    ├── RedirectFailed      loop, too many, missing or bad Location
    ├── RobotsRefused       robots.txt forbids the URL, or could not be read
    ├── OffSite             a redirect leads away from the sites of the crawl
    ├── HostPaused          a redirect leads to a host that must not be asked for a while
    └── BadStatus           4xx or 5xx after all retries; carries status, retry_after_s, page
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.page import Page


class ScraperError(Exception):
    """Root of the tree: catch this to catch all of it."""


class ConfigError(ScraperError):
    """A setting or an input file is wrong; the message says what to do."""


class OutputError(ScraperError):
    """The output cannot be written; the message says where and what to do.

    `is_full`: the disk is, or what of it this user may fill, so that no other file can be either.
    """

    def __init__(self, problem: str, *, is_full: bool = False) -> None:
        super().__init__(problem)
        self.is_full = is_full


class LedgerLocked(OutputError):
    """Another process writes this ledger."""


class FetchError(ScraperError):
    """One URL could not be fetched. `kind` is the reason stored in the ledger."""

    kind = "fetch"
    may_retry = False

    def __init__(self, url: str, problem: str, *, attempts: int = 1) -> None:
        super().__init__(f"{url}: {problem}")
        self.url = url
        self.problem = problem
        self.attempts = attempts


class AddressRefused(FetchError):
    """The address is not public and `--allow-private` was not given."""

    kind = "address-refused"


class UrlRefused(FetchError):
    """Not an http or https URL that can be fetched."""

    kind = "url-refused"


class NameNotResolved(FetchError):
    """DNS has no address for the host."""

    kind = "dns"
    may_retry = True


class ConnectFailed(FetchError):
    """No connection, or it broke before a response began."""

    kind = "connect"
    may_retry = True


class TlsFailed(FetchError):
    """The certificate or the TLS handshake is not acceptable."""

    kind = "tls"


class TimedOut(FetchError):
    """A timeout or the page's total deadline."""

    kind = "timeout"
    may_retry = True


class ProtocolFailed(FetchError):
    """The answer is not HTTP, is cut off, or does not decode."""

    kind = "protocol"
    may_retry = True


class BodyTooLarge(FetchError):
    """The body passes the cap."""

    kind = "too-large"


class TypeRefused(FetchError):
    """The body is of a type that holds no article (picture, film, sound, PDF, archive)."""

    kind = "content-type"


class RobotsRefused(FetchError):
    """robots.txt forbids the URL, or could not be read and so forbids everything.

    `failure` is then the kind of the error that kept it from being read, else empty, and `wait_s`
    the time after which its server wants to be asked again, None where it named none.
    """

    kind = "robots"

    def __init__(
        self,
        url: str,
        problem: str,
        *,
        attempts: int = 0,
        failure: str = "",
        wait_s: float | None = None,
    ) -> None:
        super().__init__(url, problem, attempts=attempts)
        self.failure = failure
        self.wait_s = wait_s


class RedirectFailed(FetchError):
    """Too many redirects, a loop, or a Location that leads nowhere."""

    kind = "redirect"


class BadStatus(FetchError):
    """The server answered with an error status; `page` is its answer, for the archive."""

    kind = "status"

    def __init__(
        self,
        url: str,
        status: int,
        *,
        attempts: int = 1,
        retry_after_s: float | None = None,
        page: Page | None = None,
    ) -> None:
        super().__init__(url, f"HTTP {status}", attempts=attempts)
        self.status = status
        self.retry_after_s = retry_after_s
        self.page = page
        self.may_retry = status in {408, 425, 429, 500, 502, 503, 504}


class OffSite(FetchError):
    """A redirect leads away from the sites of the crawl."""

    kind = "off-site"


class HostPaused(FetchError):
    """A redirect leads to a host that asked to be left alone for longer than a page may wait."""

    kind = "redirect"

    def __init__(self, url: str, host: str, *, retry_after_s: float) -> None:
        super().__init__(url, f"redirected to {host}, which asked to be left alone for a while")
        self.retry_after_s = retry_after_s
