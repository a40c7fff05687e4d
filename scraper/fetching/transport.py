"""What runs under httpx: aiohttp's connections, made only to addresses that the guard allows.

httpx's own pool scans every connection of every host for each request and is wedged by cancelled
requests; aiohttp's does neither (docs/fetching.md has the figures). This module is the only door
to aiohttp: its types and exceptions do not leave.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import httpx  # the transport speaks httpx's types; fetch.py is its door
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from scraper.config import FetchConfig
from scraper.errors import (
    AddressRefused,
    ConfigError,
    ConnectFailed,
    FetchError,
    NameNotResolved,
    ProtocolFailed,
    TimedOut,
    TlsFailed,
    UrlRefused,
)
from scraper.fetching.proxies import Proxies
from scraper.guard import Resolver, check_addresses, is_literal, judge_address, show_url

# Bytes buffered per connection before reading pauses; a typical page fits, so it rarely does.
_READ_BUFFER = 262_144


class Transport(httpx.AsyncBaseTransport):
    """One pool for all hosts. Raises `FetchError`s; leaves bodies encoded as they came.

    `response.extensions["peer"]` is the IP address that answered, or empty behind a proxy.
    """

    def __init__(self, config: FetchConfig, *, resolver: Resolver, proxies: Proxies) -> None:
        self._config = config
        self._resolver = resolver
        self._proxies = proxies
        self._tls = _make_tls(config)
        self._sessions: dict[str, aiohttp.ClientSession] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and return with the body still to be read."""
        url = str(request.url)
        proxy = ""
        if self._proxies:
            proxy = self._proxies.choose(request.url.scheme, request.url.host)
        times = request.extensions.get("timeout", {})
        try:
            answer = await self._session(proxy).request(
                request.method,
                URL(url, encoded=True),
                headers=request.headers.multi_items(),
                allow_redirects=False,
                proxy=None if proxy.startswith("socks") else proxy or None,
                timeout=aiohttp.ClientTimeout(
                    total=None, connect=times.get("pool"), sock_read=times.get("read")
                ),
            )
        except AddressRefused as error:  # one instance may be shared by all who wait for a name
            raise AddressRefused(show_url(url), error.problem) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise translate_error(error, url) from error
        except _socks_errors() as error:
            problem = f"no connection through the proxy {_show_proxy(proxy)}: {_first_line(error)}"
            raise ConnectFailed(show_url(url), problem) from error
        return httpx.Response(
            status_code=answer.status,
            headers=answer.raw_headers,
            stream=_Body(answer, url),
            request=request,
            extensions={
                "http_version": _name_version(answer),
                "peer": "" if proxy or not isinstance(answer, _Answer) else answer.peer,
            },
        )

    async def aclose(self) -> None:
        """Close every connection."""
        for session in self._sessions.values():
            await session.close()

    def _session(self, proxy: str) -> aiohttp.ClientSession:
        """The session for a proxy, or for direct connections, where the guard stands."""
        if proxy not in self._sessions:
            self._sessions[proxy] = aiohttp.ClientSession(
                connector=self._connector(proxy),
                response_class=_Answer,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
                trust_env=False,
                read_bufsize=_READ_BUFFER,
                max_line_size=self._config.max_header_bytes,
                max_field_size=self._config.max_header_bytes,
                max_headers=self._config.max_headers,
            )
        return self._sessions[proxy]

    def _connector(self, proxy: str) -> aiohttp.BaseConnector:
        """Connections to targets (guarded), or to the proxy that the user named (not guarded)."""
        options: dict[str, Any] = {
            "limit": self._config.max_connections,
            "ssl": self._tls,
            "keepalive_timeout": self._config.keepalive_s,
        }
        if proxy.startswith("socks"):
            return _make_socks_connector(proxy, options)
        if proxy:
            return aiohttp.TCPConnector(**options)
        allow_private = self._config.allow_private
        return aiohttp.TCPConnector(
            **options,
            ttl_dns_cache=self._config.dns_cache_s,
            dns_cache_max_size=10_000,
            resolver=_GuardedResolver(self._resolver, allow_private=allow_private),
            socket_factory=_open_unguarded if allow_private else _open_guarded,
        )


class _GuardedResolver(AbstractResolver):
    """Our resolver in aiohttp's clothes: aiohttp connects to nothing but what it returns."""

    def __init__(self, resolver: Resolver, *, allow_private: bool) -> None:
        self._resolver = resolver
        self._allow_private = allow_private

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - aiohttp's signature
    ) -> list[ResolveResult]:
        """Every address of a name, each of them checked."""
        addresses = await self._resolver(host, port)
        if not addresses or not all(is_literal(address) for address in addresses):
            raise OSError(None, "the resolver gave no usable address")
        check_addresses(host, addresses, allow_private=self._allow_private)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing to close: the resolver belongs to whoever passed it."""


def _open_unguarded(info: Any) -> socket.socket:
    """A socket for an address that need not be public."""
    family, kind, proto, _, _ = info
    return socket.socket(family=family, type=kind, proto=proto)


def _open_guarded(info: Any) -> socket.socket:
    """A socket for a public address: the last check, of the very address to be connected to."""
    host = info[4][0]
    if reason := judge_address(host):
        raise AddressRefused(host, f"{host} is {reason}")
    return _open_unguarded(info)


class _Answer(aiohttp.ClientResponse):
    """A response that remembers who sent it: a short one gives its connection back at once."""

    peer = ""

    async def start(self, connection: Any) -> aiohttp.ClientResponse:
        """Note the address at the other end, then read the headers."""
        transport = connection.transport
        peername = transport.get_extra_info("peername") if transport else None
        self.peer = str(peername[0]) if peername else ""
        return await super().start(connection)


class _Body(httpx.AsyncByteStream):
    """The encoded body, in the pieces in which it arrives."""

    def __init__(self, answer: aiohttp.ClientResponse, url: str) -> None:
        self._answer = answer
        self._url = url

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._answer.content.iter_any():
                yield piece
        except (aiohttp.ClientError, OSError) as error:
            raise translate_error(error, self._url) from error

    async def aclose(self) -> None:
        """Give the connection back if the body was read to its end, else close it."""
        self._answer.release()


def translate_error(error: Exception, url: str) -> FetchError:  # noqa: PLR0911 - a table
    """The `FetchError` that tells what an exception of aiohttp or of the system means."""
    shown = show_url(url)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _translate_dns(error.os_error, shown)
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError, ssl.CertificateError)):
        return TlsFailed(shown, _first_line(error))
    if isinstance(error, TimeoutError):
        return TimedOut(shown, "no answer in time")
    if isinstance(error, aiohttp.ClientConnectorError) and error.port:
        what = "the proxy " if isinstance(error, aiohttp.ClientProxyConnectionError) else ""
        reason = _first_line(error.os_error.strerror or error.os_error)
        return ConnectFailed(shown, f"no connection to {what}{error.host}:{error.port}: {reason}")
    if isinstance(error, (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)):
        return UrlRefused(shown, "not a URL that can be asked for")
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return ConnectFailed(shown, f"the proxy refused: {error.message}")
    if isinstance(error, aiohttp.ClientResponseError):
        return ProtocolFailed(shown, _first_line(error.message))
    if isinstance(error, aiohttp.ClientPayloadError):
        return ProtocolFailed(shown, _first_line(error))
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return ConnectFailed(shown, "connection closed without an answer")
    return ConnectFailed(shown, _first_line(error))


def _translate_dns(error: OSError, shown: str) -> NameNotResolved:
    """DNS failures: only those that may pass (EAI_AGAIN, no errno) are worth another try."""
    failed = NameNotResolved(shown, f"name not resolved: {_first_line(error)}")
    failed.may_retry = error.errno in {None, socket.EAI_AGAIN, errno.ETIMEDOUT}
    return failed


def _first_line(error: BaseException | str) -> str:
    """What an error says, short, on one line, printable."""
    text = str(error).partition("\n")[0][:300].rstrip(": ") or type(error).__name__
    return "".join(ch if ch.isprintable() else " " for ch in text)


def _name_version(answer: aiohttp.ClientResponse) -> bytes:
    """The protocol of the answer, as in its first line."""
    version = answer.version
    return b"HTTP/%d.%d" % (version.major, version.minor) if version else b"HTTP/1.1"


def _make_tls(config: FetchConfig) -> ssl.SSLContext | bool:
    """The TLS settings: the system's authorities or the user's file, names checked.

    True stands for aiohttp's own context, which is just that and already made.
    """
    if config.verify_tls and not config.ca_file:
        return True
    try:
        context = ssl.create_default_context(cafile=config.ca_file or None)
    except OSError as error:
        raise ConfigError(f"ca_file {config.ca_file}: {error}") from error
    context.set_alpn_protocols(["http/1.1"])
    if not config.verify_tls:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _socks_errors() -> tuple[type[Exception], ...]:
    """What the SOCKS library raises, where it is installed: no kin of aiohttp's errors.

    `EOFError` is a proxy that hangs up in the middle of its greeting.
    """
    try:
        from aiohttp_socks import (  # noqa: PLC0415 - an optional extra
            ProxyConnectionError,
            ProxyError,
            ProxyTimeoutError,
        )
    except ImportError:
        return ()
    return (ProxyConnectionError, ProxyError, ProxyTimeoutError, EOFError)


def _show_proxy(proxy: str) -> str:
    """Scheme, host and port of a proxy, without its password."""
    scheme, _, rest = proxy.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _make_socks_connector(proxy: str, options: dict[str, Any]) -> aiohttp.BaseConnector:
    """A connector that speaks SOCKS; names are resolved by the proxy."""
    try:
        from aiohttp_socks import ProxyConnector  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise ConfigError("SOCKS proxies need the extra: pip install 'sanspub[socks]'") from None
    connector: aiohttp.BaseConnector = ProxyConnector.from_url(
        proxy.replace("socks5h://", "socks5://"), rdns=True, **options
    )
    return connector
