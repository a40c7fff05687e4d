"""Pages read back from WARC files, ours or anybody's. The only door to warcio."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from scraper.encoding import DecodeLimits, decode_body
from scraper.errors import ConfigError, FetchError
from scraper.page import Page

MAX_BODY_BYTES = 50_000_000  # as FetchConfig.max_body_bytes
_BLOCK = 65536


def replay_pages(path: Path) -> Iterator[Page]:
    """The responses of one WARC file as pages, in order; what does not decode is left out.

    A file torn at the end gives what is whole.

    Raises:
        ConfigError: the file cannot be read or is no WARC file.
    """
    seen = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                seen += 1
                if record.rec_type == "response" and record.http_headers is not None:
                    page = _read_page(record)
                    if page is not None:
                        yield page
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error})") from None
    except ArchiveLoadFailed as error:
        if seen and _is_start_of_record(str(error).rpartition("first line: ")[2]):
            return
        raise ConfigError(f"{path}: not a WARC file, or damaged ({str(error)[:80]})") from None
    except (EOFError, AttributeError):  # warcio trips over a record head that is cut off
        return


def _read_page(record: Any) -> Page | None:
    """One page; None where the body is damaged, torn or too large."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    headers = tuple((str(name), str(value)) for name, value in record.http_headers.headers)
    is_chunked = bool(record.http_headers.get_header("transfer-encoding"))
    # warcio undoes chunks and codings together; with no chunks we undo the codings, under a cap.
    stream = record.content_stream() if is_chunked else record.raw_stream
    wire = stream.read(MAX_BODY_BYTES)
    if len(wire) < MAX_BODY_BYTES and _is_cut_off(record.raw_stream):
        return None  # part of a page must not pass for a page
    coding = "" if is_chunked else record.http_headers.get_header("content-encoding") or ""
    media = (record.http_headers.get_header("content-type") or "").partition(";")[0]
    try:
        body = decode_body(
            wire,
            coding,
            media_type=media.strip().lower(),
            limits=DecodeLimits(max_bytes=MAX_BODY_BYTES),
            url=url,
        )
        status = int(record.http_headers.get_statuscode() or 0)
    except (FetchError, ValueError):
        return None
    return Page(
        url=url,
        requested_url=url,
        status=status,
        headers=headers,
        body=body,
        wire_body=wire,
        http_version=str(record.http_headers.protocol or "HTTP/1.1"),
        fetched_at=_read_date(record.rec_headers.get_header("WARC-Date") or ""),
        elapsed_s=0.0,
    )


def _is_start_of_record(line: str) -> bool:
    """Whether the line that warcio refuses is the one that opens a record, cut off."""
    return bool(line) and "WARC/1.".startswith(line)


def _is_cut_off(stream: Any) -> bool:
    """Whether the file ends before the record does. Reads what is left, such as trailers."""
    while getattr(stream, "limit", 0) > 0:
        if not stream.read(_BLOCK):
            return True
    return False


def _read_date(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
