"""Pages read back from WARC files, ours or anybody's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from scraper.errors import ConfigError, FetchError
from scraper.fetching.encoding import DecodeLimits, decode_body
from scraper.files.warc import NotWarc, WarcDamage, WarcRecord, read_responses
from scraper.page import Header, Page

MAX_BODY_BYTES = 50_000_000  # as FetchConfig.max_body_bytes
_MAX_BLOCK_BYTES = MAX_BODY_BYTES + 1_000_000  # the head of the response comes on top
# Longest line that gives the size of a chunk, with its extensions.
_MAX_CHUNK_LINE = 1_000

OnDamage = Callable[[str], None]
"""Called with one line for people about each record that cannot be read."""


def replay_pages(path: Path, *, on_damage: OnDamage = lambda _: None) -> Iterator[Page]:
    """The responses of one WARC file as pages, in order.

    What is torn, damaged or too large is told to `on_damage` and left out.

    Raises:
        ConfigError: the file cannot be read or is no WARC file.
    """
    try:
        with path.open("rb") as file:
            for record in read_responses(file, max_bytes=_MAX_BLOCK_BYTES):
                if isinstance(record, WarcDamage):
                    problem, url = record.problem, record.url
                else:
                    url = record.fields.get("warc-target-uri", "")
                    try:
                        yield make_page(url, record)
                        continue
                    except FetchError as error:
                        problem = error.problem
                    except ValueError as error:
                        problem = str(error)
                named = f" ({url})" if url else ""
                on_damage(f"{path}: record {record.number}{named} left out: {problem}")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error})") from None
    except NotWarc:
        raise ConfigError(f"{path}: not a WARC file") from None


def make_page(url: str, record: WarcRecord) -> Page:
    """A kept response as the page it was.

    Raises:
        FetchError: the body does not decode, or is too large.
        ValueError: the block is no HTTP response, or one that is cut off.
    """
    end, gap = record.block.find(b"\r\n\r\n"), 4
    if end < 0:
        end, gap = record.block.find(b"\n\n"), 2
    if end < 0 or not record.block.startswith(b"HTTP/"):
        raise ValueError("no HTTP response")
    first, *lines = record.block[:end].splitlines()
    version, _, rest = first.decode("latin-1").partition(" ")
    headers = tuple(_read_headers(lines))
    wire = record.block[end + gap :]
    known = {name.lower(): value for name, value in headers}
    if known.get("transfer-encoding"):
        wire = join_chunks(wire)
    body = decode_body(
        wire,
        known.get("content-encoding", ""),
        media_type=known.get("content-type", "").partition(";")[0].strip().lower(),
        limits=DecodeLimits(max_bytes=MAX_BODY_BYTES),
        url=url,
    )
    return Page(
        url=url,
        requested_url=url,
        status=int(rest[:3]) if rest[:3].isdigit() else 0,
        headers=headers,
        body=body,
        wire_body=wire,
        http_version=version,
        fetched_at=_read_date(record.fields.get("warc-date", "")),
        elapsed_s=0.0,
    )


def _read_headers(lines: list[bytes]) -> Iterator[Header]:
    for line in lines:
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode("latin-1")
        name, colon, value = text.partition(":")
        if colon:
            yield name.strip(), value.strip()


def join_chunks(wire: bytes) -> bytes:
    """A chunked body (RFC 9112 section 7.1) in one piece, its trailers left out.

    Many archives keep the header and undo the chunks; a body that does not begin with a whole chunk
    is one of those and comes back as it is.

    Raises:
        ValueError: a chunk after the first is cut off or is none.
    """
    pieces: list[bytes] = []
    at = 0
    while True:
        line_end = wire.find(b"\r\n", at, at + _MAX_CHUNK_LINE)
        size = _read_chunk_size(wire[at:line_end]) if line_end >= 0 else -1
        start = line_end + 2
        if size == 0:
            return b"".join(pieces)
        is_whole = size > 0 and wire[start + size : start + size + 2] == b"\r\n"
        if not is_whole and not pieces:
            return wire
        if not is_whole:
            raise ValueError("a chunk of the body is cut off")
        pieces.append(wire[start : start + size])
        at = start + size + 2


def _read_chunk_size(line: bytes) -> int:
    """The size that a chunk's first line gives; -1 where it gives none."""
    digits = line.partition(b";")[0].strip()
    return int(digits, 16) if 0 < len(digits) <= 8 and _is_hex(digits) else -1


def _is_hex(digits: bytes) -> bool:
    return not digits.strip(b"0123456789abcdefABCDEF")


def _read_date(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
