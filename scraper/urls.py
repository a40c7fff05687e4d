"""URLs in one form, the site they belong to, and what their shape tells.

The form follows the WHATWG URL Standard where it decides how a browser reads an address (control
characters, backslashes, dot segments, percent-encoding, IDN) and goes beyond it where two addresses
show the same page (tracking and session parameters, fragments).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from ipaddress import ip_address
from urllib.parse import quote, urljoin, urlsplit
from zlib import crc32

import idna
from publicsuffixlist import PublicSuffixList

from scraper.errors import UrlRefused

MAX_URL_CHARS = 2000  # RFC 9110 section 4.1 asks for 8000; news addresses end near 400
MAX_SEGMENTS = 15
MAX_PARAMETERS = 12

# Addresses that are in canonical form already: most links of a page. Only a shortcut. Without the
# semicolon, which `urljoin` drops at an end.
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_PLAIN = re.compile(
    rf"https?://{_LABEL}(?:\.{_LABEL})*(?::(?!80/|443/)(?:[1-9]\d{{1,3}}|[1-5]\d{{4}}))?/"
    r"(?!\.)(?:[\w!$&'()*+,=:@~-]++|[./](?![./]))*+",
    re.ASCII,
)
# Parts of a path or a query that stay as they are: only what `_canonical_escapes` leaves alone.
_PLAIN_PATH = re.compile(r"(?:/(?![.%])[\w!$&'()*+,;=:@.~-]*+)++", re.ASCII)
_PLAIN_PAIR = re.compile(r"[\w!$'()*+,;=:@.~/?|\[\]-]*+", re.ASCII)
_CONTROLS = "".join(map(chr, range(0x21)))
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_DATED = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?(?:0?[1-9]|[12]\d|3[01]))?\b")
_NO_ALNUM = re.compile(r"[^A-Za-z0-9]+")
_SESSION_CHARS = 16  # letters and digits of the shortest session that servers make
_LONG_NUMBER = re.compile(r"\d{5,}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlWords:
    """The words of `rules/urls.toml`, ready for look-up."""

    dropped: frozenset[str]
    dropped_prefixes: tuple[str, ...]
    ambiguous: frozenset[str]
    media: frozenset[str]
    listing: frozenset[str]
    twin: frozenset[str]
    feed: frozenset[str]


@cache
def load_url_words() -> UrlWords:
    """The packaged words. Read once: they are part of the program."""
    data = tomllib.loads(files("scraper").joinpath("rules/urls.toml").read_text("utf-8"))
    dropped = [*data["tracking"], *data["session"]]
    return UrlWords(
        dropped=frozenset(name for name in dropped if not name.endswith("*")),
        dropped_prefixes=tuple(name[:-1] for name in dropped if name.endswith("*")),
        ambiguous=frozenset(data["ambiguous"]),
        media=frozenset(data["media"]),
        listing=frozenset(data["listing"]),
        twin=frozenset(data["twin"]),
        feed=frozenset(data["feed"]),
    )


def complete_url(text: str) -> str:
    """An address as people type it: `https://` is put before one without a scheme.

    Raises:
        UrlRefused: a mail address, which would become a host with a user name.
    """
    if "://" in text:
        return text
    if "@" in text.partition("/")[0]:
        raise UrlRefused(text[:100], "a mail address, not an http or https URL")
    return f"https://{text}"


def canonical_url(url: str, *, base: str = "") -> str:
    """The one form of an absolute http or https address; `base` resolves a relative one.

    Lower-case scheme and host, IDN as punycode (UTS 46), no default port, no user name or
    password, no fragment, dot segments resolved, escapes in one form, tracking and session
    parameters gone. A trailing slash stays: some servers answer differently (`url_key` folds it).

    Raises:
        UrlRefused: not http or https, no host, a host no name server could know, or over
            `MAX_URL_CHARS` characters.
    """
    if len(url) > MAX_URL_CHARS:
        raise UrlRefused(url[:100], f"URL of {len(url)} characters is over {MAX_URL_CHARS}")
    url = url.strip(_CONTROLS)
    if _PLAIN.fullmatch(url):
        return url
    if base and _PLAIN.fullmatch(url := join_url(base, url)):
        return url
    # WHATWG URL 4.4: tab and newline are removed wherever they stand.
    url = url.replace("\t", "").replace("\n", "").replace("\r", "")
    scheme, colon, rest = url.partition(":")
    if not colon or scheme.lower() not in {"http", "https"}:
        raise UrlRefused(url[:100], "not an http or https URL")
    path_part, question, query = rest.partition("#")[0].partition("?")
    try:
        parts = urlsplit(f"{scheme.lower()}:{path_part.replace(chr(92), '/')}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UrlRefused(url[:100], f"not a URL: {error}") from None
    netloc = canonical_host(host, url)
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme]:
        netloc += f":{port}"
    kept = clean_query(query) if question else ""
    return f"{parts.scheme}://{netloc}{canonical_path(parts.path)}{'?' if kept else ''}{kept}"


def join_url(base: str, href: str) -> str:
    """`href` as a reader of the page at `base` would follow it; `""` where it cannot be read."""
    if href.startswith("/") and not href.startswith(("//", "/\\")):
        end = base.find("/", 8)  # past "https://"
        return (base if end < 0 else base[:end]) + href
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def canonical_host(host: str, url: str) -> str:
    """Host in ASCII and lower case; IPv6 in brackets and shortest form.

    Raises:
        UrlRefused: empty, or not a host name.
    """
    host = host.rstrip(".")
    if ":" in host:
        try:
            return f"[{ip_address(host).compressed}]"
        except ValueError:
            raise UrlRefused(url[:100], "not an IPv6 address") from None
    try:
        ascii_host = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError as error:
        raise UrlRefused(url[:100], f"not a host name: {error}") from None
    if not re.fullmatch(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?", ascii_host) or ".." in ascii_host:
        raise UrlRefused(url[:100], "not a host name" if host else "no host")
    return ascii_host


def canonical_path(path: str) -> str:
    """Path with dot segments resolved (RFC 3986 5.2.4) and escapes in one form; at least `/`."""
    if _PLAIN_PATH.fullmatch(path):
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        plain = segment.lower().replace("%2e", ".")
        if plain == "..":
            del kept[-1:]
        elif plain != ".":
            kept.append(_canonical_escapes(segment))
    if segments and segments[-1].lower().replace("%2e", ".") in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _canonical_escapes(text: str, *, safe: str = "!$&'()*+,;=:@-._~") -> str:
    """Escapes upper-case, unreserved characters bare, everything else outside ASCII escaped."""

    def shorten(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else f"%{match[1].upper()}"

    # WHATWG URL reads scalar values: half a surrogate pair, as JSON can hold, is U+FFFD.
    scalars = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return quote(_ESCAPE.sub(shorten, scalars), safe=safe + "%")


def clean_query(query: str) -> str:
    """The query without tracking and session parameters, in its own order."""
    words = load_url_words()
    kept = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        name = name.lower()
        tracked = name in words.dropped or name.startswith(words.dropped_prefixes)
        if name in words.ambiguous:
            tracked = len(_NO_ALNUM.sub("", value)) >= _SESSION_CHARS
        if not pair or tracked:
            continue
        if _PLAIN_PAIR.fullmatch(pair):
            kept.append(pair)
        else:
            kept.append(_canonical_escapes(pair, safe="!$'()*+,;=:@-._~/?[]|"))
    return "&".join(kept)


def url_key(canonical: str) -> int:
    """Signed 64 bits that are equal where two canonical URLs surely show one page.

    Folds http and https, a trailing slash, and the order of parameters. The first 12 bits are
    those of the host, so that the links of one page lie close together in an index; two URLs of a
    million on one host share a key with a probability of 1e-4 in all.
    """
    body, _, query = canonical.partition("://")[2].partition("?")
    text = body.rstrip("/")
    if query:
        text += "?" + "&".join(sorted(query.split("&")))
    near = crc32(text.partition("/")[0].encode()) & 0xFFF
    far = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") & (2**52 - 1)
    return (near << 52 | far) - 2**63


def host_of(canonical: str) -> str:
    """Host with its port, as it stands in a canonical URL."""
    start = canonical.find("://") + 3
    end = canonical.find("/", start)
    return canonical[start:] if end < 0 else canonical[start:end]


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


@lru_cache(maxsize=65_536)
def site_key(host: str) -> str:
    """The site a host belongs to: its registrable domain.

    An address or a name without a public suffix is a site of its own, with its port, since
    different ports of one machine are different servers.
    """
    name = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
    if name.startswith("[") or name.replace(".", "").isdigit() or "." not in name:
        return host
    return _suffixes().privatesuffix(name) or host


def find_trap(canonical: str) -> str:
    """Why this address looks like an endless maze of links, in a word or two; `""` if not."""
    path, _, query = canonical.partition("?")
    segments = [part for part in path.split("/")[3:] if part]
    if len(segments) > MAX_SEGMENTS:
        return "too-deep"
    if len(set(segments)) < len(segments) > 2:
        if max(map(segments.count, segments)) > 2:
            return "repeating-path"
        half = len(segments) // 2
        if half > 1 and segments[-half:] == segments[-2 * half : -half]:
            return "repeating-path"
    if query.count("&") >= MAX_PARAMETERS:
        return "many-parameters"
    return ""


def is_media(canonical: str) -> bool:
    """Whether the path ends as images, video, documents and programs do."""
    name = canonical.partition("?")[0].rpartition("/")[2]
    return name.rpartition(".")[2].lower() in load_url_words().media if "." in name else False


def path_shape(canonical: str) -> str:
    """Host and path with digits and long words blurred: pages of one template share it."""
    path, question, query = canonical.partition("://")[2].partition("?")
    blurred = re.sub(r"\d+", "0", path)
    segments = ["*" if segment.count("-") > 2 else segment for segment in blurred.split("/")]
    names = sorted(pair.partition("=")[0] for pair in query.split("&")) if question else []
    return "/".join(segments) + "?" + "&".join(names)


def score_link(canonical: str, anchor_chars: int) -> int:
    """How much a link looks like one to an article, 0..100; sections are about 30.

    Slug words, dates, long numbers and a headline-long anchor raise it; words of listings, twins
    (AMP, print), short paths and parameters lower it. It orders the queue; of pages that are short,
    unsigned and undated it decides which are fronts (`clean_page.describe_front`).
    """
    words = load_url_words()
    path, _, query = canonical.partition("?")
    segments = [part for part in path.lower().split("/")[3:] if part]
    if not segments:
        return 30
    score = 25 + min(len(segments), 4) * 3
    hyphened = path.replace("_", "-")
    if "-" in hyphened:
        slug = max([part.count("-") for part in hyphened.split("/")[3:]])
        score += min(slug, 6) * 6
    score += 12 if ("/20" in path or "/19" in path) and _DATED.search(path) else 0
    score += 8 if _LONG_NUMBER.search(segments[-1]) else 0
    score += 5 if path.rstrip("/").endswith((".html", ".htm", ".shtml", ".php")) else 0
    score += min(anchor_chars, 60) // 4
    score -= 0 if words.listing.isdisjoint(segments) else 25
    segments.append(host_of(canonical).partition(".")[0])
    if query:
        score -= 8
        segments += [pair.partition("=")[0] for pair in query.lower().split("&")]
    score -= 0 if words.twin.isdisjoint(segments) else 30
    return max(0, min(100, score))


def strip_controls(text: str) -> str:
    """Text safe to show in a terminal: control characters and escapes become spaces."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+", " ", text)
