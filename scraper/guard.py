"""Which addresses may be reached.

A crawler follows links that strangers wrote, so any of them may point at the machine itself, at
the network it stands in, or at a cloud's metadata service (server-side request forgery). Names are
resolved here, *every* address of a name is judged, and the connection is made to one of exactly
those addresses, so that a name that changes between check and use (DNS rebinding) gains nothing.
Redirects pass the same two functions again.
"""

from __future__ import annotations

import re
import socket
from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, unquote_to_bytes, urlsplit

from scraper.errors import AddressRefused, UrlRefused
from scraper.urls import canonical_host

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port -> IP addresses as text, best first. Raises OSError where there is none."""

# IANA IPv4 Special-Purpose Address Registry (RFC 6890 and updates), as of 2025. The standard
# library's `is_global` changed between patch releases of Python, so the table stands here.
_CLOSED_V4 = tuple(
    (ip_network(net), reason)
    for net, reason in (
        ("0.0.0.0/8", "this network (RFC 791)"),
        ("10.0.0.0/8", "private (RFC 1918)"),
        ("100.64.0.0/10", "carrier-grade NAT (RFC 6598)"),
        ("127.0.0.0/8", "loopback (RFC 1122)"),
        # Azure's metadata and health service; the other clouds' stand in closed networks.
        ("168.63.129.16/32", "cloud metadata"),
        ("169.254.0.0/16", "link-local, cloud metadata (RFC 3927)"),
        ("172.16.0.0/12", "private (RFC 1918)"),
        ("192.0.0.0/24", "protocol assignments (RFC 6890)"),
        ("192.0.2.0/24", "documentation (RFC 5737)"),
        ("192.88.99.0/24", "6to4 relay (RFC 7526)"),
        ("192.168.0.0/16", "private (RFC 1918)"),
        ("198.18.0.0/15", "benchmarking (RFC 2544)"),
        ("198.51.100.0/24", "documentation (RFC 5737)"),
        ("203.0.113.0/24", "documentation (RFC 5737)"),
        ("224.0.0.0/4", "multicast (RFC 5771)"),
        ("240.0.0.0/4", "reserved or broadcast (RFC 1112)"),
    )
)
# Only 2000::/3 is given out as global unicast (RFC 4291 section 2.4); these parts of it are not.
_GLOBAL_V6 = ip_network("2000::/3")
_CLOSED_V6 = tuple(
    (ip_network(net), reason)
    for net, reason in (
        ("2001::/32", "Teredo (RFC 4380)"),
        ("2001::/23", "protocol assignments (RFC 2928)"),
        ("2001:db8::/32", "documentation (RFC 3849)"),
        ("2002::/16", "6to4 (RFC 7526)"),
        ("3fff::/20", "documentation (RFC 9637)"),
    )
)
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_NAMED_V6 = tuple(
    (ip_network(net), reason)
    for net, reason in (
        ("::1/128", "loopback (RFC 4291)"),
        ("fe80::/10", "link-local (RFC 4291)"),
        ("fc00::/7", "private (RFC 4193)"),
        ("ff00::/8", "multicast (RFC 4291)"),
    )
)

# Special-use names (RFC 6761, RFC 6762, ICANN's .internal): never on the open web. They matter
# where a proxy resolves names and we cannot.
_CLOSED_NAMES = ("localhost", "local", "internal", "home.arpa")

_PORTS = {"http": 80, "https": 443}
_EDGES = "".join(map(chr, range(33)))  # WHATWG URL 4.4: stripped at both ends
_DROPPED = str.maketrans("", "", "\t\r\n")  # WHATWG URL 4.4: removed wherever they stand
_ENDS_IN_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?", re.IGNORECASE)
_SAFE = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL that may be asked for.

    `url` is as it goes over the wire: ASCII, without credentials and fragment. `authorization` is
    the header made of the credentials that stood in the URL, or empty.
    """

    url: str
    scheme: str
    host: str
    port: int
    authorization: str = ""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port (RFC 6454): credentials are never sent beyond it."""
        return (self.scheme, self.host, self.port)


def judge_address(address: str | Address) -> str:
    """Why an address may not be reached, or an empty string for a public one.

    Forms that carry an IPv4 address inside (IPv4-mapped, NAT64) are judged by what they carry.

    Raises:
        ValueError: not an IP address.
    """
    ip = ip_address(address) if isinstance(address, str) else address
    if isinstance(ip, IPv6Address):
        return _judge_v6(ip)
    return next((reason for net, reason in _CLOSED_V4 if ip in net), "")


def _judge_v6(ip: IPv6Address) -> str:
    """As `judge_address`, for IPv6."""
    if ip.ipv4_mapped is not None:
        return judge_address(ip.ipv4_mapped)
    if ip in _NAT64:
        return judge_address(IPv4Address(int(ip) & 0xFFFF_FFFF))
    if ip not in _GLOBAL_V6:
        return next((reason for net, reason in _NAMED_V6 if ip in net), "not global unicast")
    return next((reason for net, reason in _CLOSED_V6 if ip in net), "")


def check_addresses(host: str, addresses: Sequence[str], *, allow_private: bool) -> None:
    """Returns if every address of a name may be reached.

    One closed address among open ones refuses the name: a site has no reason to publish it.

    Raises:
        AddressRefused: naming the host, the address and why.
    """
    if allow_private:
        return
    for address in addresses:
        if reason := judge_address(address):
            raise AddressRefused(host, f"{address} is {reason}")


def check_url(url: str, *, allow_private: bool, max_length: int = 4_000) -> Target:
    """What to ask for, and whom, for a URL from a seed, a link or a Location header.

    Path and query stay as they are but for characters that may not stand in a request line, which
    are percent-encoded. Hosts written as numbers (`0x7f.1`, `2130706433`) are read as browsers
    read them (WHATWG URL 3.5) and judged as the address they mean.

    Raises:
        UrlRefused: not http or https, no usable host or port, or too long.
        AddressRefused: the host is, or by its name must be, a closed address.
    """
    if not isinstance(url, str):
        raise UrlRefused(repr(url)[:100], "not a string; give the URL as one")
    try:
        return _read_target(url, allow_private=allow_private, max_length=max_length)
    except (UrlRefused, AddressRefused) as error:
        raise type(error)(show_url(url), error.problem) from None


def _read_target(url: str, *, allow_private: bool, max_length: int) -> Target:
    """As `check_url`, its errors without the URL."""
    if len(url) > max_length:
        raise UrlRefused("", f"URL of {len(url)} characters is over {max_length}")
    url = url.strip(_EDGES).translate(_DROPPED)
    scheme, _, rest = url.partition(":")
    scheme = scheme.lower()
    if scheme not in _PORTS:
        raise UrlRefused("", "not an http or https URL")
    try:
        parts = urlsplit(f"{scheme}:{rest}")
        port = parts.port
        parts.path.encode()
        parts.query.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, as bad bytes on a command line become
        raise UrlRefused("", "not a URL: holds what is no character") from None
    except ValueError as error:
        raise UrlRefused("", f"not a URL: {error}") from None
    host = _read_host(parts.hostname or "")
    if not allow_private:
        _check_host(host)
    if port == 0:
        raise UrlRefused("", "port 0 cannot be reached")
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe=_SAFE)
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return Target(
        url=f"{scheme}://{netloc}{path}{query}",
        scheme=scheme,
        host=host.strip("[]"),
        port=port or _PORTS[scheme],
        authorization=_read_credentials(parts.netloc),
    )


def show_url(url: str) -> str:
    """A URL fit for logs and errors: no credentials, no control characters, at most 500 long."""
    head, slashes, rest = url.partition("//")
    end = min((at for mark in "/?#" if (at := rest.find(mark)) >= 0), default=len(rest))
    authority = rest[:end].rpartition("@")[2]
    shown = f"{head}{slashes}{authority}{rest[end:]}" if slashes else url.rpartition("@")[2]
    return "".join(ch if ch.isprintable() else "\N{REPLACEMENT CHARACTER}" for ch in shown[:500])


def is_literal(host: str) -> bool:
    """Whether a host (without brackets) is an IP address, not a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _read_host(host: str) -> str:
    """Host in ASCII as it stands in the wire URL (IPv6 in brackets, IPv4 as four numbers)."""
    name = canonical_host(host, "")
    if name.startswith("[") or not _ENDS_IN_NUMBER.fullmatch(name):
        return name
    try:
        return str(IPv4Address(socket.inet_aton(name.rstrip("."))))
    except OSError:
        raise UrlRefused("", "not a host name, and not an IPv4 address") from None


def _check_host(host: str) -> None:
    """Returns if a host may be reached as far as its spelling tells."""
    bare = host.strip("[]")
    if is_literal(bare):
        if reason := judge_address(bare):
            raise AddressRefused("", f"{bare} is {reason}")
    elif any(bare == name or bare.endswith(f".{name}") for name in _CLOSED_NAMES):
        raise AddressRefused("", f"{bare} is a special-use name (RFC 6761)")


def _read_credentials(netloc: str) -> str:
    """`user:password@` as a Basic authorization header (RFC 7617), or an empty string."""
    userinfo, at, _ = netloc.rpartition("@")
    if not at or not userinfo:
        return ""
    user, _, password = userinfo.partition(":")
    return f"Basic {b64encode(unquote_to_bytes(user) + b':' + unquote_to_bytes(password)).decode()}"
