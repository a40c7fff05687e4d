"""The hostile web, fault by fault: each ends in the page it still is, or in its own error."""

from __future__ import annotations

import asyncio
import gzip
import random
import zlib

import brotli
import pytest
import zstandard
from fault_server import FaultServer, in_turn, lead, raw, say
from one_fetch import Names, fetch, make_config

from scraper.errors import FetchError
from scraper.fetch import Fetcher

HTML = b"<html><body><p>The council met on Monday.</p></body></html>" * 50
BOMB = b"\0" * 30_000_000


def coded(body: bytes, coding: str, **options: object):
    return say(body, headers=f"Content-Encoding: {coding}\r\n", **options)


# --- framing ------------------------------------------------------------------------------------


def test_body_shorter_than_its_content_length_is_a_protocol_error_after_a_second_try():
    play = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<p>cut")
    outcome = fetch({"/": play})
    assert outcome.kind == "protocol"
    assert outcome.error.attempts == len(outcome.seen) == 2


def test_body_that_comes_whole_at_the_second_try_is_the_page():
    play = in_turn(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<p>cut"), say(HTML))
    outcome = fetch({"/": play})
    assert outcome.body == HTML
    assert outcome.page.attempts == 2


def test_chunked_body_cut_off_is_a_protocol_error():
    play = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n50\r\nmore")
    assert fetch({"/": play}).kind == "protocol"


def test_chunk_size_that_is_no_number_is_a_protocol_error():
    play = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n")
    assert fetch({"/": play}).kind == "protocol"


def test_body_without_any_length_ends_with_the_connection():
    assert fetch({"/": raw(b"HTTP/1.0 200 OK\r\n\r\n", HTML)}).body == HTML


def test_conflicting_lengths_are_a_protocol_error():
    play = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nhelloworld")
    assert fetch({"/": play}).kind == "protocol"


def test_length_beside_chunked_never_gives_a_body_of_the_wrong_length():
    play = raw(
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"5\r\nhello\r\n0\r\n\r\n",
    )
    outcome = fetch({"/": play})
    # RFC 9112 section 6.3: chunked wins, or the message is refused.
    assert outcome.body == b"hello" if outcome.page else outcome.kind == "protocol"


def test_garbage_in_place_of_a_status_line_is_a_protocol_error():
    assert fetch({"/": raw(b"\x16\x03\x01garbage\r\n\r\n")}).kind == "protocol"


def test_empty_reply_is_a_connection_error():
    assert fetch({"/": raw(b"")}).kind == "connect"


def test_reset_is_a_connection_error():
    async def play(request, wire):
        wire.reset()

    assert fetch({"/": play}).kind == "connect"


def test_closed_port_is_a_connection_error_after_three_tries():
    outcome = fetch({}, url="http://127.0.0.1:1/")
    assert (outcome.kind, outcome.error.attempts) == ("connect", 3)
    assert len(outcome.slept) == 2


def test_status_204_is_a_page_without_body():
    page = fetch({"/": raw(b"HTTP/1.1 204 No Content\r\n\r\n")}).page
    assert (page.status, page.body) == (204, b"")


def test_empty_200_is_a_page_without_body():
    assert fetch({"/": say(b"")}).body == b""


# --- headers ------------------------------------------------------------------------------------


def test_header_of_300_kilobytes_is_a_protocol_error():
    play = raw(b"HTTP/1.1 200 OK\r\nX-Big: ", b"a" * 300_000, b"\r\nContent-Length: 0\r\n\r\n")
    assert fetch({"/": play}).kind == "protocol"


def test_twenty_thousand_headers_are_a_protocol_error():
    lines = b"".join(b"X-%d: 1\r\n" % n for n in range(20_000))
    play = raw(b"HTTP/1.1 200 OK\r\n", lines, b"Content-Length: 0\r\n\r\n")
    assert fetch({"/": play}).kind == "protocol"


def test_many_middling_headers_are_refused_by_their_sum():
    lines = b"".join(b"X-%d: %b\r\n" % (n, b"a" * 1000) for n in range(200))
    play = raw(b"HTTP/1.1 200 OK\r\n", lines, b"Content-Length: 0\r\n\r\n")
    assert fetch({"/": play}).kind == "protocol"


def test_security_policy_of_30_kilobytes_is_no_error():
    policy = f"Content-Security-Policy: {'a' * 30_000}\r\n"
    assert fetch({"/": say(HTML, headers=policy)}).body == HTML


def test_header_without_a_colon_never_hangs_or_crashes():
    play = raw(b"HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 2\r\n\r\nok")
    outcome = fetch({"/": play})
    assert outcome.body == b"ok" if outcome.page else outcome.kind == "protocol"


def test_header_in_latin_1_is_read():
    play = raw(b"HTTP/1.1 200 OK\r\nX-Town: Orl\xe9ans\r\nContent-Length: 0\r\n\r\n")
    assert fetch({"/": play}).page.header("x-town") == "Orléans"


def test_continue_flood_ends_at_the_deadline():
    async def play(request, wire):
        while not wire.writer.is_closing():
            await wire.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 10)
            await asyncio.sleep(0.001)

    outcome = fetch({"/": play}, deadline_s=0.3)
    assert outcome.kind == "timeout"


def test_one_continue_before_the_answer_is_skipped():
    play = raw(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    assert fetch({"/": play}).body == b"ok"


# --- time ---------------------------------------------------------------------------------------


def test_no_answer_at_all_is_a_timeout_after_two_tries():
    async def play(request, wire):
        await asyncio.sleep(30)

    outcome = fetch({"/": play}, config=make_config(read_timeout_s=0.1))
    assert (outcome.kind, outcome.error.attempts) == ("timeout", 2)


def test_slow_drip_of_body_ends_at_the_deadline():
    async def play(request, wire):
        await wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not wire.writer.is_closing():
            await wire.send(b"a")
            await asyncio.sleep(0.02)

    outcome = fetch({"/": play}, deadline_s=0.3)
    assert outcome.kind == "timeout"
    assert "not whole within 0.3 s" in outcome.error.problem


def test_slow_drip_of_headers_ends_at_the_deadline():
    async def play(request, wire):
        await wire.send(b"HTTP/1.1 200 OK\r\n")
        for number in range(10_000):
            await wire.send(b"X-%d: a\r\n" % number)
            await asyncio.sleep(0.02)

    assert fetch({"/": play}, deadline_s=0.3).kind == "timeout"


def test_endless_body_is_cut_off_at_the_cap():
    async def play(request, wire):
        await wire.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while not wire.writer.is_closing():
            await wire.send(b"a" * 65_536)

    outcome = fetch({"/": play}, config=make_config(max_wire_bytes=1_000_000))
    assert (outcome.kind, outcome.error.attempts) == ("too-large", 1)


def test_endless_body_can_be_cut_instead_of_refused():
    async def play(request, wire):
        await wire.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while not wire.writer.is_closing():
            await wire.send(b"a" * 65_536)

    page = fetch({"/": play}, max_bytes=100_000, cut=True).page
    assert (page.body, page.is_cut) == (b"a" * 100_000, True)


def test_body_of_just_the_cut_is_not_called_cut():
    page = fetch({"/": say(b"a" * 1_000)}, max_bytes=1_000, cut=True).page
    assert (page.body, page.is_cut) == (b"a" * 1_000, False)


def test_body_of_100_megabytes_is_refused_by_its_length_without_reading_it():
    play = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n", close=False)
    assert fetch({"/": play}).kind == "too-large"


# --- content codings ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        ("gzip", gzip.compress(HTML)),
        ("x-gzip", gzip.compress(HTML)),
        ("deflate", zlib.compress(HTML)),
        ("deflate", zlib.compress(HTML)[2:-4]),
        ("br", brotli.compress(HTML)),
        ("zstd", zstandard.compress(HTML)),
        ("GZIP", gzip.compress(HTML)),
        ("identity", HTML),
        ("gzip, br", brotli.compress(gzip.compress(HTML))),
        ("gzip", gzip.compress(HTML[:100]) + gzip.compress(HTML[100:])),
        ("zstd", zstandard.compress(HTML[:100]) + zstandard.compress(HTML[100:])),
        ("gzip", gzip.compress(HTML) + b"\0\0\0 trailing junk"),
    ],
    ids=[
        "gzip", "x-gzip", "deflate", "raw-deflate", "br", "zstd", "upper-case", "identity",
        "two-layers", "gzip-members", "zstd-frames", "gzip-trailer",
    ],
)  # fmt: skip
def test_coding_is_undone_and_the_wire_kept(coding, wire):
    page = fetch({"/": coded(wire, coding)}).page
    assert page.body == HTML
    assert page.wire_body == wire


@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        ("gzip", HTML),
        ("deflate", HTML),
        ("br", HTML),
        ("zstd", HTML),
        ("utf-8", HTML),
        ("gzip, gzip", gzip.compress(HTML)),
        ("gzip", gzip.compress(gzip.compress(HTML))),
        ("", gzip.compress(HTML)),
        ("none", gzip.compress(HTML)),
    ],
    ids=[
        "gzip-that-is-not", "deflate-that-is-not", "br-that-is-not", "zstd-that-is-not",
        "unknown-coding-of-text", "doubled-claim", "doubled-gzip", "undeclared", "unknown-and-gzip",
    ],
)  # fmt: skip
def test_false_claim_about_the_coding_still_gives_the_page(coding, wire):
    outcome = fetch({"/": coded(wire, coding)})
    if coding == "none":
        assert outcome.kind == "protocol"  # no text, and a coding that nobody knows
    else:
        assert outcome.body == HTML


@pytest.mark.parametrize("cut", [1, 20, 9], ids=["last-byte", "trailer-and-more", "trailer"])
@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        ("gzip", gzip.compress(HTML)),
        ("deflate", zlib.compress(HTML)),
        ("br", brotli.compress(HTML)),
        ("zstd", zstandard.ZstdCompressor(write_checksum=True).compress(HTML)),
    ],
    ids=["gzip", "deflate", "br", "zstd"],
)
def test_truncated_coding_with_the_right_length_is_a_protocol_error(coding, wire, cut):
    outcome = fetch({"/": coded(wire[:-cut], coding)})
    assert outcome.kind == "protocol"


def test_gzip_with_a_wrong_checksum_is_a_protocol_error():
    wire = bytearray(gzip.compress(HTML))
    wire[-8] ^= 1
    assert fetch({"/": coded(bytes(wire), "gzip")}).kind == "protocol"


@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        ("gzip", gzip.compress(BOMB, 9)),
        ("deflate", zlib.compress(BOMB, 9)),
        ("br", brotli.compress(BOMB, quality=4)),
        ("zstd", zstandard.compress(BOMB)),
        ("gzip, gzip", gzip.compress(gzip.compress(BOMB))),
    ],
    ids=["gzip", "deflate", "br", "zstd", "nested"],
)
def test_bomb_stops_at_the_cap(coding, wire):
    outcome = fetch({"/": coded(wire, coding)}, config=make_config(max_body_bytes=1_000_000))
    assert (outcome.kind, outcome.error.attempts) == ("too-large", 1)


def test_bomb_cut_on_request_gives_its_start():
    page = fetch({"/": coded(gzip.compress(BOMB), "gzip")}, max_bytes=5_000, cut=True).page
    assert (page.body, page.is_cut) == (b"\0" * 5_000, True)


def test_more_layers_than_anything_honest_is_a_protocol_error():
    assert fetch({"/": coded(HTML, ", ".join(["gzip"] * 50))}).kind == "protocol"


def test_gzip_file_is_left_alone_where_it_is_the_content():
    wire = gzip.compress(b"<urlset></urlset>")
    assert fetch({"/": say(wire, kind="application/gzip")}, any_type=True).body == wire


# --- types --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/pdf", b"%PDF-1.7"),
        ("image/jpeg", b"\xff\xd8\xff\xe0"),
        ("text/html", b"%PDF-1.7 ..."),
        ("text/html", b"\0\0\0\x20ftypisom"),
        ("video/mp4", b"whatever"),
    ],
)
def test_picture_film_and_pdf_are_refused_by_type_or_first_bytes(kind, body):
    assert fetch({"/": say(body, kind=kind)}).kind == "content-type"


def test_pdf_inside_gzip_labelled_html_is_refused():
    assert fetch({"/": coded(gzip.compress(b"%PDF-1.7"), "gzip")}).kind == "content-type"


def test_any_type_lets_a_picture_through():
    assert fetch({"/": say(b"GIF89a", kind="image/gif")}, any_type=True).body == b"GIF89a"


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe" + "<p>née".encode("utf-16-le"), b"\xef\xbb\xbf<p>x", b"<p>a\0b", b"<p>\xe9t\xe9"],
    ids=["utf-16", "bom", "nul", "latin-1"],
)
def test_odd_charsets_come_through_byte_for_byte(body):
    assert fetch({"/": say(body, kind="text/html; charset=bogus")}).body == body


# --- redirects ----------------------------------------------------------------------------------


def test_redirects_are_followed_and_recorded():
    plays = {"/": lead("/b?x=1", "301 Moved"), "/b": lead("c#frag", "307 Go"), "/c": say(HTML)}
    page = fetch(plays).page
    assert [hop.status for hop in page.redirects] == [301, 307]
    assert page.requested_url.endswith("/")
    assert page.url.endswith("/c")


def test_redirect_loop_is_told_as_such():
    outcome = fetch({"/": lead("/b"), "/b": lead("/")})
    assert outcome.kind == "redirect"
    assert "loop" in outcome.error.problem
    assert len(outcome.seen) == 2


def test_endless_chain_of_new_addresses_is_cut_off():
    async def play(request, wire):
        number = int(request.path.partition("=")[2] or 0)
        await lead(f"/?n={number + 1}")(request, wire)

    outcome = fetch({"/": play})
    assert outcome.kind == "redirect"
    assert len(outcome.seen) == 11


def test_redirect_to_itself_with_a_cookie_is_no_loop():
    async def play(request, wire):
        if "seen=1" in request.headers.get("cookie", ""):
            await wire.answer(HTML)
        else:
            await wire.answer(status="302 Found", headers="Location: /\r\nSet-Cookie: seen=1\r\n")

    assert fetch({"/": play}).body == HTML


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("", "redirect"),
        ("http://[bad", "redirect"),
        ("http://:80/", "url-refused"),
        ("file:///etc/passwd", "url-refused"),
        ("javascript:alert(1)", "url-refused"),
        ("data:text/html,x", "url-refused"),
        ("ftp://news.example/x", "url-refused"),
        ("http://news.example:99999/", "url-refused"),
    ],
)
def test_bad_location_is_an_error_of_its_own(location, kind):
    outcome = fetch({"/": lead(location)})
    assert (outcome.kind, outcome.error.attempts) == (kind, 1)


def test_missing_location_is_a_redirect_error():
    assert fetch({"/": say(status="302 Found")}).kind == "redirect"


def test_location_in_latin_1_and_with_spaces_is_followed():
    async def play(request, wire):
        await wire.answer(status="302 Found", headers="Location: /caf\u00e9 au lait\r\n")

    outcome = fetch({"/": play, "/caf%C3%A9%20au%20lait": say(HTML)})
    assert outcome.body == HTML


def test_caller_may_refuse_a_redirect():
    asked = []

    async def on_redirect(start, goal):
        asked.append((start, goal))
        raise LookupError(goal)

    with pytest.raises(LookupError, match="other"):
        fetch({"/": lead("http://other.example/x")}, on_redirect=on_redirect)
    assert len(asked) == 1


# --- statuses -----------------------------------------------------------------------------------


def test_404_is_final_and_carries_its_page():
    outcome = fetch({})
    assert (outcome.kind, outcome.error.status, outcome.error.attempts) == ("status", 404, 1)
    assert outcome.error.page.body == b"no such page"


def test_error_whose_body_breaks_off_is_still_that_error():
    play = raw(b"HTTP/1.1 410 Gone\r\nContent-Length: 500\r\n\r\n<p>cut")
    outcome = fetch({"/": play})
    assert (outcome.kind, outcome.error.status, outcome.error.attempts) == ("status", 410, 1)


def test_403_is_final():
    outcome = fetch({"/": say("captcha", status="403 Forbidden")})
    assert (outcome.error.status, outcome.error.attempts) == (403, 1)
    assert outcome.error.page.body == b"captcha"


def test_500_then_200_is_the_page_of_the_second_try():
    outcome = fetch({"/": in_turn(say(status="500 Oops"), say(HTML))})
    assert (outcome.body, outcome.page.attempts, len(outcome.slept)) == (HTML, 2, 1)


def test_waits_between_tries_grow_and_vary():
    outcome = fetch({"/": say(status="503 Busy")})
    assert outcome.error.attempts == 3
    first, second = outcome.slept
    assert 0.5 <= first <= 1.5
    assert 1.0 <= second <= 3.0


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        ("120", 120.0),
        ("Tue, 14 Nov 2023 22:15:20 GMT", 120.0),
        ("-5", 0.0),
        ("Tue, 14 Nov 2000 22:15:20 GMT", 0.0),
        ("99999999999999999999", 3600.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3600.0),
        ("soon", None),
        ("", None),
    ],
    ids=["seconds", "date", "negative", "past", "huge", "far", "words", "none"],
)
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Busy"])
def test_retry_after_is_read_in_all_its_forms_and_capped(status, value, asked):
    outcome = fetch({"/": say(status=status, headers=f"Retry-After: {value}\r\n")})
    assert outcome.kind == "status"
    assert outcome.error.retry_after_s == asked


def test_long_retry_after_is_left_to_the_caller_at_once():
    outcome = fetch({"/": say(status="429 Slow", headers="Retry-After: 120\r\n")})
    assert (outcome.error.attempts, outcome.slept) == (1, [])


def test_short_retry_after_is_waited_for():
    busy = say(status="429 Slow", headers="Retry-After: 7\r\n")
    outcome = fetch({"/": in_turn(busy, say(HTML))})
    assert outcome.body == HTML
    assert 7.0 <= outcome.slept[0] <= 8.0


def test_wait_that_would_pass_the_deadline_is_not_begun():
    busy = say(status="429 Slow", headers="Retry-After: 7\r\n")
    outcome = fetch({"/": busy}, deadline_s=5.0)
    assert (outcome.kind, outcome.error.status, outcome.slept) == ("status", 429, [])


def test_not_modified_is_a_page_without_body():
    async def play(request, wire):
        is_known = request.headers.get("if-none-match") == '"v1"'
        await wire.send(
            b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n'
            if is_known
            else b"HTTP/1.1 500 X\r\n\r\n"
        )

    page = fetch({"/": play}, etag='"v1"').page
    assert (page.status, page.body, page.is_unchanged, page.etag) == (304, b"", True, '"v1"')


# --- anything at all ----------------------------------------------------------------------------


def mutate(rng, wire):
    """A response with a few bytes changed, cut out, doubled or put elsewhere."""
    wire = bytearray(wire)
    for _ in range(rng.randint(1, 4)):
        at, length = rng.randrange(len(wire) or 1), rng.randint(1, 40)
        kind = rng.randrange(5)
        if kind == 0:
            wire[at : at + length] = rng.randbytes(length)
        elif kind == 1:
            del wire[at : at + length]
        elif kind == 2:
            wire[at:at] = wire[at : at + length]
        elif kind == 3:
            wire[at:at] = rng.choice([b"\r\n", b"\0", b": ", b"\r\n\r\n", b"\xff" * 9])
        else:
            del wire[at:]
    return bytes(wire)


@pytest.mark.parametrize("seed", range(8))
def test_any_bytes_in_answer_are_a_page_or_a_fetch_error(seed):
    rng = random.Random(seed)
    kinds = [
        (b"", HTML),
        (b"Content-Encoding: gzip\r\n", gzip.compress(HTML)),
        (b"Content-Encoding: br\r\n", brotli.compress(HTML)),
        (b"Content-Encoding: zstd\r\n", zstandard.compress(HTML)),
        (b"Content-Encoding: deflate\r\n", zlib.compress(HTML)),
    ]
    whole = []
    for head, body in kinds:
        start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head
        whole += [
            start + b"Content-Length: %d\r\n\r\n" % len(body) + body,
            start
            + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body)
            + body
            + b"\r\n0\r\n\r\n",
        ]

    async def play(request, wire):
        await wire.send(mutate(rng, rng.choice(whole)))
        await wire.close()

    async def run():
        async def no_sleep(seconds):
            return None

        kinds = set()
        config = make_config(max_body_bytes=100_000, deadline_s=2.0)
        async with (
            FaultServer({"/": play}) as server,
            Fetcher(config, resolver=Names(), sleep=no_sleep) as fetcher,
        ):
            for _ in range(60):
                try:
                    page = await fetcher.fetch(server.url("/"))
                except FetchError as error:
                    kinds.add(error.kind)
                else:
                    kinds.add("page")
                    assert len(page.body) <= 100_000
        return kinds

    assert {"page", "protocol"} <= asyncio.run(run())
