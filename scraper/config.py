"""All that can be set about fetching. Every default has its unit and its reason."""

from __future__ import annotations

import os
from dataclasses import dataclass

from scraper.config_checks import (
    check_header_values,
    check_plain_fields,
    is_header,
    judge_contact,
    judge_proxy,
    set_tuple,
)
from scraper.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchConfig:
    """How `Fetcher` fetches; how politely is `ThrottleConfig`'s.

    Raises:
        ConfigError: a field has a value it cannot have.
    """

    # Who we say we are. A site that wants us gone must be able to name us in robots.txt, so the
    # product token never changes with the version.
    user_agent: str = "sanspub/0.1"
    # URL or mail address of whoever runs the crawl; it is added to the User-Agent.
    contact: str = ""
    # The name that robots.txt groups are matched against (RFC 9309 section 2.2.1).
    robots_name: str = "sanspub"
    # Sent with every request, after the standard ones; a name given here replaces ours.
    extra_headers: tuple[tuple[str, str], ...] = ()
    accept: str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.7"
    accept_language: str = ""
    # Keep the cookies that a site sets, for that site alone.
    with_cookies: bool = True

    # Permit loopback, private and other non-public addresses.
    allow_private: bool = False
    # Check certificates. There is no good reason to turn this off on the open web.
    verify_tls: bool = True
    # PEM file of certificate authorities that replaces the system's; empty: the system's.
    ca_file: str = ""
    # Proxy for all requests (http://, https://; socks5:// with the `socks` extra). Empty: none.
    proxy: str = ""
    # Read HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY where `proxy` is empty.
    proxy_from_env: bool = True

    # Seconds for one page: all attempts, redirects and the body, however slowly it drips.
    deadline_s: float = 60.0
    # Seconds for the name, the connection and the handshake together.
    connect_timeout_s: float = 10.0
    # Seconds without a single byte.
    read_timeout_s: float = 20.0

    # Bytes after decoding; the cleaner refuses more (`CleanConfig.max_page_bytes`), and the
    # sitemap protocol ends there too.
    max_body_bytes: int = 50_000_000
    # Bytes over the wire. Uncompressed sitemaps reach the cap above.
    max_wire_bytes: int = 50_000_000
    # Bytes of all response headers together. Real ones reach 30 KB (Content-Security-Policy).
    max_header_bytes: int = 131_072
    # Header lines. Real pages with preload links reach 150.
    max_headers: int = 500
    # Hops. Browsers stop at 20; chains beyond 10 were only ever loops with a counter.
    max_redirects: int = 10
    # Characters. RFC 9110 section 4.1 asks for 8,000; nothing a reader may reach is longer.
    max_url_length: int = 4_000

    # Tries of one page, the first included.
    max_attempts: int = 3
    # Seconds before the second try, doubled for each further one, with full jitter on top.
    retry_base_s: float = 1.0
    # Longest wait inside one fetch. A server that asks for more (Retry-After) is obeyed by
    # pausing the whole host, which is the caller's to do.
    max_retry_wait_s: float = 15.0
    # Longest Retry-After that is believed: an hour. Larger values were clock errors.
    max_retry_after_s: float = 3_600.0

    # Connections at once, all hosts together; 0: no limit but the caller's.
    max_connections: int = 0
    # Seconds an idle connection is kept.
    keepalive_s: float = 15.0
    # Seconds a name's addresses are kept. Each is checked again at every connection.
    dns_cache_s: int = 300
    # Threads that may wait for the system's resolver.
    dns_threads: int = 16

    def __post_init__(self) -> None:
        if isinstance(self.ca_file, os.PathLike):
            object.__setattr__(self, "ca_file", os.fspath(self.ca_file))
        above_zero = {
            "connect_timeout_s", "deadline_s", "dns_threads", "max_attempts", "max_body_bytes",
            "max_header_bytes", "max_headers", "max_url_length", "max_wire_bytes", "read_timeout_s",
        }  # fmt: skip
        check_plain_fields(self, above_zero=above_zero)
        check_header_values(self, "user_agent", "accept", "accept_language", "robots_name")
        if problem := judge_contact(self.contact):
            raise ConfigError(problem)
        if problem := judge_proxy(self.proxy):
            raise ConfigError(f"FetchConfig.proxy: {problem}")
        set_tuple(
            self,
            "extra_headers",
            'pairs of a name and a value in ASCII, such as (("X-Key", "1"),)',
            is_header,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrottleConfig:
    """How fast one host, and all of them, may be asked.

    Raises:
        ConfigError: a field has a value it cannot have.
    """

    # Least seconds between the starts of two requests to one host.
    min_delay_s: float = 0.5
    # Longest pause that slowness, errors or robots.txt's crawl-delay can cause, in seconds.
    max_delay_s: float = 60.0
    # Requests to one host at once.
    per_host: int = 2
    # The pause follows latency: it aims at this many requests in flight at the host's pace.
    # 1 means: as long a pause as the host took to answer.
    latency_factor: float = 1.0
    # Seconds after which an idle host is forgotten (never before its pause is over).
    forget_after_s: float = 300.0

    def __post_init__(self) -> None:
        check_plain_fields(self, above_zero={"per_host"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsConfig:
    """How robots.txt is read (RFC 9309).

    Raises:
        ConfigError: a field has a value it cannot have.
    """

    # Bytes of robots.txt that are read; RFC 9309 section 2.5 asks for at least 500 KiB.
    max_bytes: int = 512_000
    # Hops, RFC 9309 section 2.3.1.2.
    max_redirects: int = 5
    # Seconds a robots.txt is believed; RFC 9309 section 2.4 allows a day.
    keep_s: float = 86_400.0
    # Seconds an unreachable robots.txt closes its host before it is asked again.
    retry_unreachable_s: float = 900.0
    # Seconds. A longer crawl-delay is obeyed no further than this.
    max_crawl_delay_s: float = 60.0
    # Hosts remembered at once.
    max_hosts: int = 50_000
    # Fetch without asking. For one's own sites.
    ignore: bool = False

    def __post_init__(self) -> None:
        check_plain_fields(self, above_zero={"max_bytes", "max_hosts"})
