"""Content codings (gzip, deflate, br, zstd) undone, within a cap, and never silently cut short.

What the server says is taken as a claim: a body that is not gzip though the header says so is left
as it is, one that was compressed twice is opened twice, an unknown coding is ignored where the body
is plainly text. A body that ends too early is an error, whatever its Content-Length said.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import brotli
import zstandard

from scraper.errors import BodyTooLarge, ProtocolFailed
from scraper.fetching.aside import run_aside

try:  # The same format, inflated in less than half the time: a third of what a page costs us.
    from isal.isal_zlib import IsalError, decompressobj

    InflateError: type[Exception] = cast("type[Exception]", IsalError)  # its stub says instance
except ImportError:  # there are no wheels for a few platforms
    from zlib import decompressobj  # type: ignore[assignment]
    from zlib import error as InflateError  # noqa: N812

ACCEPT_ENCODING = "gzip, deflate, br, zstd"

_MAX_LAYERS = 4
# Wire bytes from which decoding moves to a thread: a body of 1 MB takes about 10 ms.
_THREAD_FROM = 1_000_000
# Block-compressed files (one gzip member per 64 KiB) reach a thousand members at our body cap.
_MAX_MEMBERS = 10_000
_GZIP_STEP = 65_536
_BROTLI_STEP = 1 << 20
# zstd turns 4 bytes into a block of 128 KiB at most, so one step cannot exceed 32 MiB.
_ZSTD_STEP = 1_024
# RFC 9659: a zstd window beyond 8 MiB need not be supported as a content coding.
_ZSTD_WINDOW = 8 << 20
_TEXT_BYTES = frozenset(b"\t\n\f\r\x1b") | frozenset(range(32, 127)) | frozenset(range(128, 256))
_ALIASES = {"x-gzip": "gzip", "x-deflate": "deflate", "zlib": "deflate"}


class _Broken(Exception):
    """The bytes are not of this coding, or end before it does."""


class _TooLarge(Exception):
    """The output passes the cap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodeLimits:
    """How much may come out. `cut` returns the first `max_bytes` instead of refusing more."""

    max_bytes: int
    cut: bool = False


def decode_body(
    wire: bytes, content_encoding: str, *, media_type: str, limits: DecodeLimits, url: str
) -> bytes:
    """The body without its content codings (RFC 9110 section 8.4), at most `limits.max_bytes`.

    Raises:
        ProtocolFailed: cut off, damaged, or of a coding we do not know.
        BodyTooLarge: over the cap, or compressed in more layers than anything honest.
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    claimed = [_ALIASES.get(name, name) for name in names if name not in {"", "identity"}]
    if len(claimed) > _MAX_LAYERS:
        raise ProtocolFailed(url, f"{len(claimed)} content codings")
    body = wire
    layers = 0
    try:
        for name in reversed(claimed):
            body = _undo_claimed(body, name, limits)
            layers += 1
        while _is_textual(media_type) and body[:3] == b"\x1f\x8b\x08" and layers < _MAX_LAYERS:
            body = _join(_undo_gzip(body, limits), limits)
            layers += 1
    except _Broken as error:
        raise ProtocolFailed(url, f"body does not decode: {error}") from None
    except _TooLarge:
        raise BodyTooLarge(url, f"decoded body is over {limits.max_bytes} bytes") from None
    if len(body) > limits.max_bytes:
        if not limits.cut:
            raise BodyTooLarge(url, f"body of {len(body)} bytes is over {limits.max_bytes}")
        body = body[: limits.max_bytes]
    return body


async def decode_aside(
    wire: bytes, content_encoding: str, *, media_type: str, limits: DecodeLimits, url: str
) -> bytes:
    """`decode_body`, in a thread where it would hold up other pages."""
    decode = partial(
        decode_body, wire, content_encoding, media_type=media_type, limits=limits, url=url
    )
    return decode() if len(wire) < _THREAD_FROM else await run_aside(decode)


def _undo_claimed(body: bytes, name: str, limits: DecodeLimits) -> bytes:
    """One layer undone, or `body` itself where the claim is plainly false."""
    if not body:
        return body
    if name == "gzip":
        return _join(_undo_gzip(body, limits), limits) if body[:2] == b"\x1f\x8b" else body
    undo = _UNDO.get(name)
    if undo is None:
        if _looks_like_text(body):
            return body
        raise _Broken(f"unknown content coding {name[:40]!r}")
    try:
        return _join(undo(body, limits), limits)
    except _Broken:
        if _looks_like_text(body):
            return body
        raise


def _join(pieces: Iterator[bytes], limits: DecodeLimits) -> bytes:
    """All pieces as one, stopping at the cap."""
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        kept.append(piece)
        if size > limits.max_bytes:
            if limits.cut:
                break
            raise _TooLarge
    return kept[0] if len(kept) == 1 else b"".join(kept)


def _undo_gzip(body: bytes, limits: DecodeLimits) -> Iterator[bytes]:
    """The members of a gzip file one after the other (RFC 1952 section 2.2).

    Bytes after the last member that are no member are ignored, as gzip and browsers do.
    """
    at = 0
    for _ in range(_MAX_MEMBERS):
        member = decompressobj(wbits=31)
        at = yield from _inflate(member, body, at, limits)
        if body[at : at + 2] != b"\x1f\x8b":
            return
    raise _Broken(f"over {_MAX_MEMBERS} gzip members")


def _undo_deflate(body: bytes, limits: DecodeLimits) -> Iterator[bytes]:
    """The `deflate` coding: zlib's format (RFC 1950), or raw deflate, which some servers send."""
    has_header = len(body) > 1 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0
    yield from _inflate(decompressobj(wbits=15 if has_header else -15), body, 0, limits)


def _inflate(
    stream: Any, body: bytes, at: int, limits: DecodeLimits
) -> Generator[bytes, None, int]:
    """Output of one deflate stream that starts at `at`; returns where it ends."""
    room = limits.max_bytes + 1
    whole = memoryview(body)
    try:
        while not stream.eof:
            if at >= len(body):
                if limits.cut:
                    return at
                raise _Broken("compressed body ends too early")
            step = whole[at : at + _GZIP_STEP]
            piece = stream.decompress(step, room)
            at += len(step) - len(stream.unused_data) - len(stream.unconsumed_tail)
            yield piece
            room -= len(piece)
            if room <= 0:
                return at
    except InflateError as error:
        raise _Broken(str(error)) from None
    return at


def _undo_brotli(body: bytes, limits: DecodeLimits) -> Iterator[bytes]:
    """The `br` coding (RFC 7932)."""
    stream = brotli.Decompressor()
    try:
        piece = stream.process(body, output_buffer_limit=_BROTLI_STEP)
        yield piece
        while not stream.is_finished():
            piece = stream.process(b"", output_buffer_limit=_BROTLI_STEP)
            if not piece and stream.can_accept_more_data():
                if limits.cut:
                    return
                raise _Broken("compressed body ends too early")
            yield piece
    except brotli.error as error:
        raise _Broken(str(error)) from None


def _undo_zstd(body: bytes, limits: DecodeLimits) -> Iterator[bytes]:
    """The `zstd` coding (RFC 8878), frame after frame."""
    whole = memoryview(body)
    at = 0
    try:
        for _ in range(_MAX_MEMBERS):
            frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
            while not frame.eof:
                if at >= len(body):
                    if limits.cut:
                        return
                    raise _Broken("compressed body ends too early")
                step = whole[at : at + _ZSTD_STEP]
                yield frame.decompress(step)
                at += len(step) - len(frame.unused_data)
            if at >= len(body):
                return
    except zstandard.ZstdError as error:
        raise _Broken(str(error)) from None
    raise _Broken(f"over {_MAX_MEMBERS} zstd frames")


_UNDO: dict[str, Callable[[bytes, DecodeLimits], Iterator[bytes]]] = {
    "deflate": _undo_deflate,
    "br": _undo_brotli,
    "zstd": _undo_zstd,
}


def _is_textual(media_type: str) -> bool:
    """Whether a body of this type cannot rightly be a gzip file. No type at all: taken as HTML."""
    kind, _, subtype = media_type.partition("/")
    return (
        kind in {"", "text"}
        or subtype in {"xml", "json", "javascript"}
        or subtype.endswith(("+xml", "+json"))
    )


def _looks_like_text(body: bytes) -> bool:
    """Whether the first bytes hold none that no text holds (WHATWG MIME Sniffing 5.2)."""
    return all(byte in _TEXT_BYTES for byte in body[:512])
