"""WARC files read: whole records come out, damaged ones are named, and reading goes on."""

from __future__ import annotations

import gzip
import io
import random
import re

import pytest
import zstandard

from scraper.files.warc import NotWarc, WarcDamage, WarcRecord, read_responses

COUNT = 5


def make_record(number: int, *, kind: str = "response", body: bytes = b"") -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + (body or b"<p>%d</p>" % number)
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://paper.example/{number}\r\n"
        f"WARC-Date: 2026-01-02T03:04:05Z\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def noise(number: int) -> bytes:
    """A body that deflate cannot make small, so that members span several reads."""
    return random.Random(number).randbytes(50_000)


def read(data: bytes, *, max_bytes: int = 1_000_000) -> tuple[list[str], list[tuple[int, str]]]:
    """The last letters of the addresses that came out, and which records were damaged, and how."""
    whole, damaged = [], []
    for record in read_responses(io.BytesIO(data), max_bytes=max_bytes):
        if isinstance(record, WarcRecord):
            whole.append(record.fields["warc-target-uri"][-1])
        else:
            damaged.append((record.number, record.problem))
    return whole, damaged


RECORDS = [make_record(number, body=noise(number)) for number in range(COUNT)]
MEMBERS = [gzip.compress(record, mtime=0) for record in RECORDS]


@pytest.mark.parametrize(
    "data",
    [
        b"".join(RECORDS),
        b"".join(MEMBERS),
        gzip.compress(b"".join(RECORDS)),
        b"\0\0\0".join(MEMBERS) + b"\0" * 512,
        zstandard.compress(b"".join(RECORDS)),
        b"".join(zstandard.compress(record) for record in RECORDS),
    ],
    ids=["plain", "gzip", "gzip-in-one", "padded", "zstd-in-one", "zstd"],
)
def test_records_come_out_however_they_are_packed(data: bytes) -> None:
    assert read(data) == (list("01234"), [])


def test_records_of_other_kinds_are_passed_over() -> None:
    data = make_record(0, kind="request") + make_record(1) + make_record(2, kind="metadata")
    assert read(data) == (["1"], [])


def test_empty_file_holds_nothing() -> None:
    assert read(b"") == ([], [])


def test_old_forms_are_read() -> None:
    data = make_record(7).replace(b"https://paper.example/7", b"<https://paper.example/7>")
    data = data.replace(b"WARC-Date:", b"X-Note: of more\r\n\tthan one line\r\nWARC-Date:")
    assert read(data.replace(b"WARC/1.1", b"WARC/0.18")) == (["7"], [])


@pytest.mark.parametrize("data", [b"no archive\n" * 9, b"\x1f\x8b\x08junk", gzip.compress(b"text")])
def test_file_without_a_record_is_no_archive(data: bytes) -> None:
    with pytest.raises(NotWarc):
        read(data)


def test_archive_behind_something_else_is_read_and_told() -> None:
    assert read(b"some line\n" + make_record(3)) == (
        ["3"],
        [(1, "no record begins where one should")],
    )


@pytest.mark.parametrize("data", [b"".join(RECORDS), b"".join(MEMBERS)], ids=["plain", "gzip"])
def test_file_cut_off_anywhere_gives_what_is_whole_and_names_the_rest(data: bytes) -> None:
    parts = MEMBERS if data == b"".join(MEMBERS) else RECORDS
    whole = sum(map(len, parts[:2]))
    for cut in [*range(1, 230), len(parts[2]) // 2, len(parts[2]) - 5]:
        found, damaged = read(data[: whole + cut])
        assert found == ["0", "1"]
        assert [(number, problem[:7]) for number, problem in damaged] == [(3, "cut off")]
    assert read(data[:whole]) == (["0", "1"], [])


@pytest.mark.parametrize("place", [0.01, 0.3, 0.6, 0.999])
def test_damaged_member_costs_itself_alone(place: float) -> None:
    broken = bytearray(MEMBERS[2])
    at = int(len(broken) * place)
    broken[at : at + 8] = b"damaged!"
    found, damaged = read(b"".join([*MEMBERS[:2], bytes(broken), *MEMBERS[3:]]))
    assert found == ["0", "1", "3", "4"]
    assert [number for number, _ in damaged] == [3]


def test_damaged_first_member_does_not_hide_the_others() -> None:
    broken = MEMBERS[0][:100] + b"damaged!" + MEMBERS[0][108:]
    found, damaged = read(broken + b"".join(MEMBERS[1:]))
    assert found == list("1234")
    assert len(damaged) == 1


def test_wrong_length_costs_the_record_and_its_neighbour_at_most() -> None:
    records = [make_record(number) for number in range(4)]
    long = records[1].replace(b"Content-Length: ", b"Content-Length: 1")
    found, damaged = read(b"".join([records[0], long, *records[2:]]))
    assert set("03") <= set(found) | {"3"}
    assert "0" in found
    assert damaged


@pytest.mark.parametrize("length", [b"x", b"-4", b"", "٤".encode()])
def test_length_that_is_no_number_is_damage(length: bytes) -> None:
    data = re.sub(rb"(Content-Length: )\d+", rb"\1" + length, make_record(0))
    assert read(data + make_record(1)) == (["1"], [(1, "has no length")])


def test_record_over_the_cap_is_named_and_passed_over() -> None:
    data = make_record(0, body=b"a" * 100_000) + make_record(1)
    assert read(data, max_bytes=1_000) == (["1"], [(1, "has over 1000 bytes")])


def test_head_without_end_is_damage() -> None:
    data = b"WARC/1.1\r\n" + b"X-A: 1\r\n" * 1_000 + b"\r\n" + make_record(1)
    assert read(data) == (["1"], [(1, "has a head without end")])


def test_zstd_cut_off_or_damaged_is_named() -> None:
    packer = zstandard.ZstdCompressor(write_checksum=True)
    frames = [packer.compress(record) for record in RECORDS]
    found, damaged = read(b"".join(frames)[: len(frames[0]) * 2 + 100])
    assert (found, len(damaged)) == (["0", "1"], 1)
    frames[2] = frames[2][:-4] + b"\0\0\0\0"
    found, damaged = read(b"".join(frames))
    assert found[:2] == ["0", "1"]
    assert [problem for _, problem in damaged] == ["does not decompress; what follows is lost"]


def test_damage_names_the_address_where_it_is_known() -> None:
    data = make_record(0)[:-20]
    (damage,) = read_responses(io.BytesIO(data), max_bytes=1_000)
    assert isinstance(damage, WarcDamage)
    assert damage.url == "https://paper.example/0"


def test_any_flipped_byte_ends_without_error_and_loses_one_record_at_most() -> None:
    data = b"".join(gzip.compress(make_record(number), mtime=0) for number in range(COUNT))
    for at in range(10, len(data)):
        broken = bytearray(data)
        broken[at] ^= 0x55
        found, damaged = read(bytes(broken))
        assert len(found) >= COUNT - 1
        assert len(found) == COUNT or damaged
