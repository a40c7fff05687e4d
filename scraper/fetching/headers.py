"""Headers out and in: what we say about ourselves, and what a response says, as text."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.config import FetchConfig
from scraper.errors import ProtocolFailed
from scraper.fetching.encoding import ACCEPT_ENCODING
from scraper.page import Header


def make_headers(config: FetchConfig) -> list[tuple[str, str]]:
    """The headers of every request, in the order in which they are sent."""
    agent = f"{config.user_agent} (+{config.contact})" if config.contact else config.user_agent
    headers = {
        "User-Agent": agent,
        "Accept": config.accept,
        "Accept-Encoding": ACCEPT_ENCODING,
    }
    if config.accept_language:
        headers["Accept-Language"] = config.accept_language
    named = {name.lower() for name, _ in config.extra_headers}
    return [(k, v) for k, v in headers.items() if k.lower() not in named] + list(
        config.extra_headers
    )


def read_headers(raw: Sequence[tuple[bytes, bytes]], url: str, most: int) -> tuple[Header, ...]:
    """All header lines in order, as text.

    Raises:
        ProtocolFailed: over `most` bytes in all.
    """
    if sum(len(name) + len(value) for name, value in raw) > most:
        raise ProtocolFailed(url, f"headers are over {most} bytes")
    return tuple((name.decode("latin-1"), _read_value(value)) for name, value in raw)


def index_headers(headers: tuple[Header, ...]) -> dict[str, str]:
    """Header lines by lower-case name; the values of a name that stands twice, joined by commas.

    RFC 9110 section 5.3; cookies must not be joined and are read from the lines themselves.
    """
    index: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        index[key] = f"{index[key]}, {value}" if key in index else value
    return index


def read_media_type(content_type: str) -> str:
    """The Content-Type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def _read_value(value: bytes) -> str:
    """A header value as UTF-8, which is what stands there if it is not ASCII, or as Latin-1."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
