"""URL -> `Page`: one page fetched, whole, decoded, within its limits, or a `FetchError`.

The path of a fetch is `fetch` (deadline) -> `retry_fetch` (tries) -> `_follow` (redirects) ->
`_send` (one request) -> `_read_page` (body and codings). With the transport, the only door to
httpx. Its requests, responses and transports are used, its `AsyncClient` is not: that one follows
redirects without asking, keeps one cookie jar for all sites, and costs a fifth of a page's CPU.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self, cast

import httpx

from scraper.config import FetchConfig
from scraper.errors import (
    BadStatus,
    BodyTooLarge,
    ConfigError,
    ConnectFailed,
    FetchError,
    ProtocolFailed,
    RedirectFailed,
    TimedOut,
    TypeRefused,
    UrlRefused,
)
from scraper.fetching.cookies import SiteCookies
from scraper.fetching.deadline import Deadline
from scraper.fetching.encoding import DecodeLimits, decode_aside
from scraper.fetching.headers import index_headers, make_headers, read_headers, read_media_type
from scraper.fetching.media import name_refused_bytes, name_refused_type
from scraper.fetching.names import SystemResolver
from scraper.fetching.proxies import Proxies
from scraper.fetching.transport import Transport
from scraper.guard import Resolver, Target, check_url, show_url
from scraper.page import Header, Page, Redirect
from scraper.retry import Budget, Sleep, parse_retry_after, retry_fetch
from scraper.urls import host_of, join_url

OnRedirect = Callable[[str, str], Awaitable[None]]
"""Called with where a redirect comes from and where it leads, before it is followed.

It may wait (for the other host's turn) and takes none of the page's time. It refuses by raising.
"""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
# Bytes of an error's body that are kept: enough to tell a captcha from a plain refusal.
_MAX_ERROR_BYTES = 262_144


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """What one call of `fetch` wants; constant over its tries and hops."""

    target: Target
    etag: str
    last_modified: str
    max_bytes: int
    cut: bool
    any_type: bool
    max_redirects: int
    on_redirect: OnRedirect | None
    deadline: Deadline
    started: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """One answer, its body still to be read."""

    target: Target
    response: httpx.Response
    lines: tuple[Header, ...]
    headers: dict[str, str]

    @property
    def status(self) -> int:
        """The status code."""
        return self.response.status_code

    @property
    def stream(self) -> AsyncIterable[bytes]:
        """The body as it comes, its content codings in place."""
        return cast("httpx.AsyncByteStream", self.response.stream)

    @property
    def media_type(self) -> str:
        """The Content-Type without its parameters, in lower case."""
        return read_media_type(self.headers.get("content-type", ""))


class Fetcher:
    """Fetches pages; one for a whole crawl. Use as `async with Fetcher(config) as fetcher`.

    `clock` (Unix seconds) stamps pages and reads dates, `sleep` waits between tries, `resolver`
    gives the addresses of a name, and `transport` replaces the network altogether.

    Raises:
        ConfigError: `config` is none, or the environment names a proxy that we cannot use.
    """

    def __init__(
        self,
        config: FetchConfig | None = None,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Sleep = asyncio.sleep,
        resolver: Resolver | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.config = FetchConfig() if config is None else config
        if not isinstance(self.config, FetchConfig):
            raise ConfigError(f"the config of a Fetcher is {config!r}; give a FetchConfig")
        self._clock = clock
        self._sleep = sleep
        self._cookies = SiteCookies()
        self._own_resolver = None
        if resolver is None:
            resolver = self._own_resolver = SystemResolver(threads=self.config.dns_threads)
        self._headers = make_headers(self.config)
        self._timeout = httpx.Timeout(
            self.config.read_timeout_s, pool=self.config.connect_timeout_s
        ).as_dict()
        self._transport = transport or Transport(
            self.config, resolver=resolver, proxies=Proxies(self.config)
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection. Fetches under way fail with `ConnectFailed`."""
        await self._transport.aclose()
        if self._own_resolver is not None:
            self._own_resolver.close()

    async def fetch(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        deadline_s: float | None = None,
        max_bytes: int | None = None,
        cut: bool = False,
        any_type: bool = False,
        max_redirects: int | None = None,
        on_redirect: OnRedirect | None = None,
    ) -> Page:
        """The page at a URL, redirects followed, or status 304 where the copy named is good.

        `etag` and `last_modified` are the validators of an earlier `Page`. `max_bytes` caps the
        decoded body; with `cut` a longer one is cut there instead of refused. `any_type` lets
        pictures, films and PDFs through.

        Raises:
            FetchError: one of its subclasses, each with the reason that the ledger keeps. 4xx and
                5xx are `BadStatus` with the answer as its `page`.
        """
        config = self.config
        limit_s = config.deadline_s if deadline_s is None else deadline_s
        target = self._check(url)
        started = asyncio.get_running_loop().time()
        timeout = asyncio.timeout(limit_s)
        order = _Order(
            target=target,
            etag=etag,
            last_modified=last_modified,
            max_bytes=config.max_body_bytes if max_bytes is None else max_bytes,
            cut=cut,
            any_type=any_type,
            max_redirects=config.max_redirects if max_redirects is None else max_redirects,
            on_redirect=on_redirect,
            deadline=Deadline(timeout, started + limit_s),
            started=started,
        )
        tries = 0

        async def attempt(number: int) -> Page:
            nonlocal tries
            tries = number
            return await self._follow(order, number)

        budget = Budget(left_s=order.deadline.left_s)
        try:
            async with timeout:
                return await retry_fetch(attempt, config, sleep=self._sleep, budget=budget)
        except TimeoutError:
            raise TimedOut(
                show_url(url), f"not whole within {limit_s:g} s", attempts=tries
            ) from None

    async def _follow(self, order: _Order, number: int) -> Page:
        """The page at the end of the redirects."""
        target = order.target
        seen = {target.url}
        hops: list[Redirect] = []
        while True:
            reply = await self._send(order, target, is_first=not hops)
            try:
                has_new_cookie = self._keep_cookies(reply)
                if reply.status not in _REDIRECTS:
                    page = await self._read_page(order, reply, tuple(hops), number)
                    return self._judge_status(page)
            finally:
                await reply.response.aclose()
            target, hop = self._choose_next(reply)
            hops.append(hop)
            if len(hops) > order.max_redirects:
                raise RedirectFailed(order.target.url, f"over {order.max_redirects} redirects")
            if target.url in seen and not has_new_cookie:
                raise RedirectFailed(order.target.url, f"redirect loop at {target.url}")
            seen.add(target.url)
            if order.on_redirect is not None:
                with order.deadline.stopped():
                    await order.on_redirect(hop.url, target.url)

    async def _send(self, order: _Order, target: Target, *, is_first: bool) -> _Reply:
        """One answer, its body unread."""
        headers = list(self._headers)
        if order.etag:
            headers.append(("If-None-Match", order.etag))
        if order.last_modified and is_first:
            # A date fits any page of any age; a tag only the one it came from.
            headers.append(("If-Modified-Since", order.last_modified))
        if order.target.authorization and target.origin == order.target.origin:
            headers.append(("Authorization", order.target.authorization))
        if self.config.with_cookies and (
            cookie := self._cookies.header_for(target.url, host_of(target.url))
        ):
            headers.append(("Cookie", cookie))
        try:
            request = httpx.Request(
                "GET",
                target.url,
                # As bytes: httpx takes text only in ASCII, and sites set cookies in anything.
                headers=[
                    (name.encode(), value.encode("utf-8", "replace")) for name, value in headers
                ],
                extensions={"timeout": self._timeout},
            )
            response = await self._transport.handle_async_request(request)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise translate_httpx_error(error, target.url) from error
        try:
            lines = read_headers(response.headers.raw, target.url, self.config.max_header_bytes)
        except ProtocolFailed:
            await response.aclose()
            raise
        return _Reply(target=target, response=response, lines=lines, headers=index_headers(lines))

    def _keep_cookies(self, reply: _Reply) -> bool:
        """Store what the response sets; True if the next request will differ for it."""
        if not self.config.with_cookies or "set-cookie" not in reply.headers:
            return False
        values = tuple(value for name, value in reply.lines if name.lower() == "set-cookie")
        return self._cookies.store(reply.target.url, host_of(reply.target.url), values)

    def _choose_next(self, reply: _Reply) -> tuple[Target, Redirect]:
        """Where a redirect leads, checked by the guard like any other URL."""
        url = reply.target.url
        location = reply.headers.get("location", "").strip()
        if not location:
            raise RedirectFailed(url, f"HTTP {reply.status} without a Location")
        joined = join_url(url, location)
        if not joined:
            raise RedirectFailed(url, f"bad Location {show_url(location)!r}")
        following = self._check(joined)
        return following, Redirect(url=url, status=reply.status, location=following.url)

    async def _read_page(
        self, order: _Order, reply: _Reply, hops: tuple[Redirect, ...], number: int
    ) -> Page:
        """The response as a `Page`, whatever its status."""
        is_error = reply.status >= 400
        most = min(_MAX_ERROR_BYTES, order.max_bytes) if is_error else order.max_bytes
        cut = order.cut or is_error
        limits = DecodeLimits(max_bytes=most + cut, cut=cut)  # one more shows that there is more
        judge_types = not order.any_type and not is_error
        wire, body = b"", b""
        try:
            if reply.status != _NOT_MODIFIED:
                wire = await self._read_wire(reply, limits, judge_types=judge_types)
                body = await decode_aside(
                    wire,
                    reply.headers.get("content-encoding", ""),
                    media_type=reply.media_type,
                    limits=limits,
                    url=reply.target.url,
                )
        except FetchError:
            if not is_error:
                raise
            # The status says it all; that its body broke off as well adds nothing.
        if judge_types and (what := name_refused_bytes(body[:64])):
            raise TypeRefused(reply.target.url, f"body is {what}")
        return Page(
            url=reply.target.url,
            requested_url=order.target.url,
            status=reply.status,
            headers=reply.lines,
            body=body[:most] if cut else body,
            wire_body=wire,
            http_version=reply.response.http_version,
            fetched_at=datetime.fromtimestamp(self._clock(), UTC),
            elapsed_s=asyncio.get_running_loop().time() - order.started,
            redirects=hops,
            attempts=number,
            from_address=str(reply.response.extensions.get("peer", "")),
            is_cut=cut and len(body) > most,
        )

    async def _read_wire(self, reply: _Reply, limits: DecodeLimits, *, judge_types: bool) -> bytes:
        """The body as it comes over the wire, at most `max_wire_bytes` (or the cut) long."""
        url = reply.target.url
        most = self.config.max_wire_bytes
        if limits.cut:
            most = min(most, limits.max_bytes)
        declared = reply.headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:18]) > most and not limits.cut:
            raise BodyTooLarge(url, f"body of {declared[:18]} bytes is over {most}")
        if judge_types and (what := name_refused_type(reply.media_type)):
            raise TypeRefused(url, f"body is {what}")
        is_plain = judge_types and "content-encoding" not in reply.headers
        pieces: list[bytes] = []
        size = 0
        try:
            async for piece in reply.stream:
                if is_plain and not pieces and (what := name_refused_bytes(piece[:64])):
                    raise TypeRefused(url, f"body is {what}")
                pieces.append(piece)
                size += len(piece)
                if size > most:
                    if limits.cut:
                        break
                    raise BodyTooLarge(url, f"body is over {most} bytes on the wire")
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise translate_httpx_error(error, url) from error
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _judge_status(self, page: Page) -> Page:
        """The page, if its status says that it is one.

        Raises:
            BadStatus: 4xx, 5xx, or a 3xx that leads nowhere.
        """
        if 200 <= page.status < 300 or page.status == _NOT_MODIFIED:
            return page
        asked = parse_retry_after(
            page.header("retry-after"), now=self._clock(), most_s=self.config.max_retry_after_s
        )
        raise BadStatus(page.url, page.status, retry_after_s=asked, page=page)

    def _check(self, url: str) -> Target:
        """The guard's word on a URL."""
        return check_url(
            url,
            allow_private=self.config.allow_private,
            max_length=self.config.max_url_length,
        )


def translate_httpx_error(error: Exception, url: str) -> FetchError:
    """The `FetchError` for an exception of httpx, from whatever transport runs under it."""
    problem = (str(error).partition("\n")[0] or type(error).__name__)[:300]
    if isinstance(error, httpx.TimeoutException):
        return TimedOut(url, "no answer in time")
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol)):
        return UrlRefused(url, problem)
    if isinstance(error, (httpx.ConnectError, httpx.CloseError, httpx.ProxyError)):
        return ConnectFailed(url, problem)
    return ProtocolFailed(url, problem)
