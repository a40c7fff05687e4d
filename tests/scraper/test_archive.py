"""The archive: WARC that warcio reads, whole after a kill, clean again without fetching."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from scraper.archive import Archive, measure_whole
from scraper.errors import ConfigError, OutputError
from scraper.files.replay import join_chunks, replay_pages
from scraper.page import Page, Redirect

BODY = "<html><p>Straße</p></html>".encode()
PAGE = Page(
    url="https://paper.example/story",
    requested_url="https://paper.example/short",
    status=200,
    headers=(
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("X-Odd", "a\r\nInjected: b"),
    ),
    body=BODY,
    wire_body=gzip.compress(BODY),
    http_version="HTTP/1.1",
    fetched_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    elapsed_s=0.25,
    redirects=(
        Redirect(
            url="https://paper.example/short", status=301, location="https://paper.example/story"
        ),
    ),
    attempts=2,
    from_address="192.0.2.7",
)


def read_records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    with path.open("rb") as file:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def test_response_is_kept_as_received_with_how_it_was_fetched(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    place = archive.append(PAGE)
    archive.close()
    info, response, metadata = read_records(tmp_path / "sanspub-00001.warc.gz")
    assert info[0] == "warcinfo"
    assert response[0] == "response"
    assert response[1]["WARC-Target-URI"] == PAGE.url
    assert response[1]["WARC-IP-Address"] == "192.0.2.7"
    assert response[1]["WARC-Date"].startswith("2026-01-02T03:04:05")
    assert response[2] == BODY
    assert metadata[0] == "metadata"
    assert b"attempts: 2" in metadata[2]
    assert b"redirect: 301 https://paper.example/short" in metadata[2]
    name, _, offset = place.partition(":")
    with (tmp_path / name).open("rb") as file:
        file.seek(int(offset))
        assert next(iter(ArchiveIterator(file))).rec_type == "response"


def test_page_comes_back_from_the_archive(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.append(PAGE)
    archive.append(replace(PAGE, url="https://paper.example/plain", headers=(), wire_body=BODY))
    archive.close()
    first, second = replay_pages(tmp_path / "sanspub-00001.warc.gz")
    assert (first.url, first.status, first.body) == (PAGE.url, 200, BODY)
    assert first.content_type == "text/html; charset=utf-8"
    assert first.fetched_at == PAGE.fetched_at
    assert first.header("injected") == ""
    assert second.body == BODY


def test_damaged_body_is_left_out(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.append(replace(PAGE, wire_body=PAGE.wire_body[:-9]))
    archive.append(PAGE)
    archive.close()
    assert len(list(replay_pages(tmp_path / "sanspub-00001.warc.gz"))) == 1


def test_unchanged_page_is_a_revisit(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.append(replace(PAGE, status=304, body=b"", wire_body=b"", headers=()))
    archive.close()
    records = read_records(tmp_path / "sanspub-00001.warc.gz")
    assert [kind for kind, _, _ in records] == ["warcinfo", "revisit", "metadata"]
    assert "server-not-modified" in records[1][1]["WARC-Profile"]


def test_what_came_after_the_mark_is_cut_away(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.append(PAGE)
    mark = archive.mark
    archive.append(PAGE)
    archive.close()
    archive = Archive(tmp_path, mark=mark)
    archive.append(replace(PAGE, url="https://paper.example/next"))
    archive.close()
    pages = list(replay_pages(tmp_path / "sanspub-00001.warc.gz"))
    assert [page.url[-5:] for page in pages] == ["story", "/next"]


def test_file_torn_before_the_mark_is_cut_to_its_last_whole_record(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.append(PAGE)
    archive.append(PAGE)
    mark = archive.mark
    archive.close()
    path = tmp_path / "sanspub-00001.warc.gz"
    path.write_bytes(path.read_bytes()[:-30])
    archive = Archive(tmp_path, mark=mark)
    archive.append(PAGE)
    archive.close()
    assert measure_whole(path) == path.stat().st_size
    assert len(read_records(path)) == 6


def test_full_file_is_followed_by_another_and_later_ones_go_with_the_mark(tmp_path: Path) -> None:
    archive = Archive(tmp_path, max_bytes=100)
    mark = archive.mark
    archive.append(PAGE)
    archive.append(PAGE)
    archive.sync()
    archive.close()
    assert len(list(tmp_path.iterdir())) == 2
    assert read_records(tmp_path / "sanspub-00002.warc.gz")[0][0] == "warcinfo"
    Archive(tmp_path, mark=mark).close()
    assert [path.stat().st_size for path in tmp_path.iterdir()] == [0]


def test_torn_tail_gives_what_is_whole(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.append(PAGE)
    archive.append(PAGE)
    archive.close()
    path = tmp_path / "sanspub-00001.warc.gz"
    path.write_bytes(path.read_bytes()[:-200])
    assert len(list(replay_pages(path))) >= 1


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"no archive at all\r\n" * 9)
    with pytest.raises(ConfigError, match="not a WARC"):
        list(replay_pages(path))
    with pytest.raises(ConfigError, match="cannot be read"):
        list(replay_pages(tmp_path / "missing.warc"))


def test_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archive").write_bytes(b"a file")
    with pytest.raises(OutputError, match="cannot be written"):
        Archive(tmp_path / "archive")


def write_plain(path: Path, count: int) -> bytes:
    """A WARC file without compression, of pages that are not coded either."""
    archive = Archive(path.parent / "packed")
    for number in range(count):
        url = f"https://paper.example/{number}"
        archive.append(replace(PAGE, url=url, headers=(), wire_body=BODY))
    archive.close()
    data = gzip.decompress((path.parent / "packed" / "sanspub-00001.warc.gz").read_bytes())
    path.write_bytes(data)
    return data


def test_page_cut_off_within_its_body_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    data = write_plain(path, 2)
    path.write_bytes(data[: data.rindex(BODY) + len(BODY) - 4])
    assert [page.url[-1] for page in replay_pages(path)] == ["0"]


def test_file_cut_off_anywhere_ends_without_error(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    data = write_plain(path, 2)
    start = data.rindex(b"WARC/1.1")
    for end in range(start, len(data)):
        path.write_bytes(data[:end])
        assert [page.url[-1] for page in replay_pages(path)] == ["0", "1"]


def test_packed_file_cut_off_anywhere_ends_without_error(tmp_path: Path) -> None:
    write_plain(tmp_path / "x.warc", 2)
    path = tmp_path / "packed" / "sanspub-00001.warc.gz"
    data = path.read_bytes()
    for end in range(data.rindex(b"\x1f\x8b\x08"), len(data), 7):
        path.write_bytes(data[:end])
        assert [page.url[-1] for page in replay_pages(path)] == ["0", "1"]


def test_trailers_after_the_last_chunk_do_not_cost_the_page(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        + f"{len(BODY):x}\r\n".encode() + BODY + b"\r\n0\r\nX-Sum: 12345\r\n\r\n"
    )  # fmt: skip
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/c\r\n"
        "WARC-Date: 2026-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    path.write_bytes(head.encode() + http + b"\r\n\r\n")
    assert [page.body for page in replay_pages(path)] == [BODY]
    path.write_bytes(head.encode() + http[:-30])
    assert list(replay_pages(path)) == []


@pytest.mark.parametrize(
    ("wire", "body"),
    [
        (b"5\r\nhello\r\n6;name=x\r\n world\r\n0\r\n\r\n", b"hello world"),
        (b"0\r\n\r\n", b""),
        (b"<p>no chunks</p>", b"<p>no chunks</p>"),
        (b"add\r\nsome flour", b"add\r\nsome flour"),
        (b"", b""),
        (b"-5\r\nhello\r\n", b"-5\r\nhello\r\n"),
    ],
)
def test_chunks_are_joined_where_there_are_any(wire: bytes, body: bytes) -> None:
    assert join_chunks(wire) == body


@pytest.mark.parametrize("rest", [b"", b"5\r\nhel", b"zz\r\nhello\r\n", b"5\r\nhello!!"])
def test_body_that_ends_within_its_chunks_is_refused(rest: bytes) -> None:
    with pytest.raises(ValueError, match="cut off"):
        join_chunks(b"5\r\nhello\r\n" + rest)
