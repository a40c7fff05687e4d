"""Content codings beyond what the fault server plays: limits, odd frames, and what is no claim."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import BodyTooLarge, ProtocolFailed
from scraper.fetching import encoding
from scraper.fetching.encoding import DecodeLimits, decode_aside, decode_body

URL = "http://news.example/"


def decode(wire, coding, *, kind="text/html", most=1_000_000, cut=False):
    limits = DecodeLimits(max_bytes=most, cut=cut)
    return decode_body(wire, coding, media_type=kind, limits=limits, url=URL)


CODERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@given(st.binary(max_size=3_000), st.lists(st.sampled_from(sorted(CODERS)), max_size=3))
def test_what_was_coded_comes_back(body, codings):
    wire = body
    for coding in codings:
        wire = CODERS[coding](wire)
    assert decode(wire, ", ".join(codings), kind="application/octet-stream") == body


@given(st.binary(max_size=400), st.sampled_from([*sorted(CODERS), "gzip, br", "x"]))
def test_any_bytes_decode_or_are_refused(wire, coding):
    with contextlib.suppress(ProtocolFailed, BodyTooLarge):
        assert len(decode(wire, coding, most=10_000)) <= 10_000


@given(st.integers(0, 200), st.sampled_from(sorted(CODERS)))
def test_cut_body_is_a_prefix_however_much_of_the_wire_is_there(length, coding):
    body = bytes(range(256)) * 40
    wire = CODERS[coding](body)
    found = decode(wire[:length], coding, kind="application/octet-stream", cut=True)
    assert body.startswith(found) or found == wire[:length]


@pytest.mark.parametrize("coding", sorted(CODERS))
def test_body_of_exactly_the_cap_passes_and_one_byte_more_does_not(coding):
    assert len(decode(CODERS[coding](b"a" * 100), coding, most=100)) == 100
    with pytest.raises(BodyTooLarge):
        decode(CODERS[coding](b"a" * 101), coding, most=100)


def test_plain_body_over_the_cap_is_refused_or_cut():
    with pytest.raises(BodyTooLarge):
        decode(b"a" * 101, "", most=100)
    assert decode(b"a" * 101, "", most=100, cut=True) == b"a" * 100


@pytest.mark.parametrize("is_fast", [True, False], ids=["isal", "zlib"])
def test_both_inflaters_agree(monkeypatch, is_fast):
    if not is_fast:
        monkeypatch.setattr(encoding, "decompressobj", zlib.decompressobj)
        monkeypatch.setattr(encoding, "InflateError", zlib.error)
    body = bytes(range(256)) * 400
    wire = gzip.compress(body)
    assert decode(wire + wire, "gzip") == body + body
    assert decode(zlib.compress(body), "deflate") == body
    assert decode(zlib.compress(body)[2:-4], "deflate") == body
    assert decode(wire, "gzip", most=1_000, cut=True) == body[:1_000]
    wrong = bytearray(wire)
    wrong[-8] ^= 1
    for broken in (wire[:-1], wire[:-9], wire[: len(wire) // 2], bytes(wrong), b"\x1f\x8bxyz" * 9):
        with pytest.raises(ProtocolFailed):
            decode(broken, "gzip")
    with pytest.raises(BodyTooLarge):
        decode(wire, "gzip", most=len(body) - 1)


def test_a_million_empty_members_are_refused_soon():
    with pytest.raises(ProtocolFailed, match="members"):
        decode(gzip.compress(b"") * 200_000, "gzip")


def test_a_million_empty_frames_are_refused_soon():
    with pytest.raises(ProtocolFailed, match="frames"):
        decode(zstandard.compress(b"") * 200_000, "zstd")


def test_zstd_window_beyond_the_web_s_is_refused():
    parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    coder = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    wire = coder.compress(b"\0\xff" * 100) + coder.flush()
    with pytest.raises(ProtocolFailed):
        decode(wire, "zstd")


def test_gzip_is_opened_undeclared_only_where_it_cannot_be_the_content():
    wire = gzip.compress(b"<urlset/>")
    for kind in ("text/html", "", "application/xml", "application/rss+xml", "application/ld+json"):
        assert decode(wire, "", kind=kind) == b"<urlset/>"
    for kind in ("application/gzip", "application/x-gzip", "application/octet-stream"):
        assert decode(wire, "", kind=kind) == wire


def test_layers_that_nobody_declared_end_somewhere():
    wire = b"<p>x"
    for _ in range(8):
        wire = gzip.compress(wire)
    assert decode(wire, "").startswith(b"\x1f\x8b")


def test_empty_body_is_empty_in_every_coding():
    assert all(decode(b"", coding) == b"" for coding in (*CODERS, "unknown"))


def test_large_body_is_decoded_in_a_thread_and_alike():
    body = bytes(range(256)) * 8_000
    stored = gzip.compress(body, 0)
    limits = DecodeLimits(max_bytes=10_000_000)
    found = asyncio.run(
        decode_aside(stored, "gzip", media_type="text/html", limits=limits, url=URL)
    )
    assert found == body
