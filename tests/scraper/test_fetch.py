"""What is sent, what comes home, and that nothing of one site reaches another."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import inspect
import random
import ssl
import sys

import aiohttp
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fault_server import FaultServer, in_turn, lead, raw, say
from hypothesis import given
from hypothesis import strategies as st
from one_fetch import NOW, Names, fetch, make_config

from scraper.config import FetchConfig
from scraper.errors import ConfigError, ConnectFailed, FetchError, TlsFailed, UrlRefused
from scraper.fetch import Fetcher, translate_httpx_error
from scraper.fetching.transport import translate_error


def make_tls(folder, *, name="news.example", days=1):
    """A server context with a certificate of our own making, and the file of its authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = dt.datetime.now(dt.UTC) - dt.timedelta(days=30)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(dt.datetime.now(dt.UTC) + dt.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert_file, key_file)
    return context, str(cert_file)


# --- what is sent -------------------------------------------------------------------------------


def test_request_says_who_we_are_and_how_to_reach_us():
    outcome = fetch({"/": say("x")}, config=make_config(contact="mailto:desk@paper.example"))
    headers = outcome.requests[0].headers
    assert headers["user-agent"] == "sanspub/0.1 (+mailto:desk@paper.example)"
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert headers["host"].startswith("news.example:")
    assert "cookie" not in headers
    assert "authorization" not in headers


def test_extra_headers_are_added_and_replace_ours():
    config = make_config(extra_headers=(("Accept", "text/plain"), ("X-Key", "1")))
    headers = fetch({"/": say("x")}, config=config).requests[0].headers
    assert (headers["accept"], headers["x-key"]) == ("text/plain", "1")


def test_language_is_asked_for_where_set():
    headers = fetch({"/": say("x")}, config=make_config(accept_language="fr")).requests[0].headers
    assert headers["accept-language"] == "fr"


def test_path_and_query_go_over_the_wire_as_they_were():
    path = "/a%2Fb/%41?q=%20+&r=a%2fb&t=%C3%A9"
    assert fetch({}, path).requests[0].path == path


def test_validators_are_sent_back():
    outcome = fetch({"/": say("x")}, etag='W/"7"', last_modified="Tue, 14 Nov 2023 00:00:00 GMT")
    headers = outcome.requests[0].headers
    assert headers["if-none-match"] == 'W/"7"'
    assert headers["if-modified-since"] == "Tue, 14 Nov 2023 00:00:00 GMT"


def test_date_is_not_asked_of_the_page_behind_a_redirect():
    outcome = fetch({"/": lead("/b"), "/b": say("x")}, etag='"7"', last_modified="Tue")
    headers = outcome.requests[1].headers
    assert headers["if-none-match"] == '"7"'
    assert "if-modified-since" not in headers


# --- what comes home ----------------------------------------------------------------------------


def test_page_tells_where_when_and_from_whom():
    page = fetch({"/": say("x", headers='ETag: "e"\r\nLast-Modified: then\r\n')}).page
    assert page.from_address == "127.0.0.1"
    assert page.fetched_at == dt.datetime.fromtimestamp(NOW, dt.UTC)
    assert (page.etag, page.last_modified, page.media_type) == ('"e"', "then", "text/html")
    assert page.http_version == "HTTP/1.1"
    assert page.elapsed_s > 0
    assert not page.is_unchanged


def test_headers_keep_their_order_case_and_number():
    page = fetch({"/": say("x", headers="X-B: 1\r\nx-a: 2\r\nX-B: 3\r\n")}).page
    assert page.header_values("x-b") == ("1", "3")
    assert [name for name, _ in page.headers][-3:] == ["X-B", "x-a", "X-B"]
    assert page.header("missing") == ""


def test_ipv6_host_is_fetched():
    async def run():
        async with (
            FaultServer({"/": say("six")}, address="::1") as server,
            Fetcher(make_config()) as fetcher,
        ):
            return await fetcher.fetch(f"http://[::1]:{server.port}/")

    try:
        page = asyncio.run(run())
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    assert (page.body, page.from_address) == (b"six", "::1")


def test_international_host_is_asked_for_in_ascii():
    outcome = fetch({"/": say("x")}, url="http://bücher.example:{port}/")
    assert outcome.seen == ["xn--bcher-kva.example/"]
    assert outcome.page.url.startswith("http://xn--bcher-kva.example")


def test_connection_is_used_again():
    async def run():
        async with (
            FaultServer({"/": say("x")}) as server,
            Fetcher(make_config(), resolver=Names()) as fetcher,
        ):
            for _ in range(5):
                await fetcher.fetch(server.url("/"))
            return len(server._tasks)

    assert asyncio.run(run()) == 1


def test_second_address_is_tried_where_the_first_does_not_answer():
    names = Names(news_example=["127.0.0.9", "127.0.0.1"])
    assert fetch({"/": say("x")}, resolver=names).body == b"x"


def test_name_is_resolved_once_for_many_pages():
    names = Names()
    fetch({"/": in_turn(say(status="500 X"), say(status="500 X"), say("x"))}, resolver=names)
    assert names.asked == ["news.example"]


@pytest.mark.parametrize(("errno", "tries"), [(-2, 1), (-3, 2)], ids=["no-such-name", "try-again"])
def test_name_that_does_not_exist_is_final_and_a_busy_server_is_not(errno, tries):
    async def resolver(host, port):
        raise OSError(errno, "name server says no")

    outcome = fetch({}, url="http://nowhere.invalid/", resolver=resolver)
    assert (outcome.kind, outcome.error.attempts) == ("dns", tries)


# --- credentials and cookies --------------------------------------------------------------------


def test_credentials_in_the_url_are_sent_there_and_shown_nowhere():
    outcome = fetch({"/": say("x")}, url="http://me:secret@news.example:{port}/")
    assert outcome.requests[0].headers["authorization"].startswith("Basic ")
    assert "secret" not in repr(outcome.page)


def test_credentials_do_not_follow_a_redirect_to_another_host():
    async def play(request, wire):
        port = request.headers["host"].rpartition(":")[2]
        await lead(f"http://other.example:{port}/x")(request, wire)

    outcome = fetch({"/": play, "/x": say("x")}, url="http://me:pw@news.example:{port}/")
    assert [("authorization" in request.headers) for request in outcome.requests] == [True, False]


def fetch_in_turn(plays, *urls, config=None):
    async def run():
        async with (
            FaultServer(plays) as server,
            Fetcher(config or make_config(), resolver=Names()) as fetcher,
        ):
            for url in urls:
                await fetcher.fetch(url.replace("{port}", str(server.port)))
            return [request.headers.get("cookie", "") for request in server.requests]

    return asyncio.run(run())


def test_cookie_goes_back_to_its_own_site_and_to_no_other():
    plays = {"/set": say("x", headers="Set-Cookie: id=7; Path=/\r\n"), "/": say("x")}
    cookies = fetch_in_turn(
        plays,
        "http://news.example:{port}/set",
        "http://news.example:{port}/",
        "http://other.example:{port}/",
    )
    assert cookies == ["", "id=7", ""]


@pytest.mark.parametrize("domain", [".co.uk", "co.uk", ".other.co.uk", "uk", "127.0.0.1"])
def test_cookie_for_a_foreign_domain_goes_nowhere_else(domain):
    plays = {"/set": say("x", headers=f"Set-Cookie: id=7; Domain={domain}\r\n"), "/": say("x")}
    cookies = fetch_in_turn(
        plays,
        "http://paper.co.uk:{port}/set",
        "http://other.co.uk:{port}/",
        "http://127.0.0.1:{port}/",
    )
    assert cookies == ["", "", ""]


def test_cookie_of_one_address_is_not_sent_to_another():
    plays = {"/set": say("x", headers="Set-Cookie: id=7\r\n"), "/": say("x")}
    cookies = fetch_in_turn(plays, "http://127.0.0.1:{port}/set", "http://localhost:{port}/",
                            "http://127.0.0.1:{port}/")  # fmt: skip
    assert cookies == ["", "", "id=7"]


def test_cookie_and_validator_beyond_ascii_are_sent_back():
    async def play(request, wire):
        await wire.send(
            b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n"
            b"Set-Cookie: a=\xe9t\xe9\r\nSet-Cookie: b=\xc3\xa9\r\n\r\n"
        )

    outcome = fetch({"/": play, "/b": say("x")}, etag='"é€"')
    headers = outcome.requests[1].headers
    assert headers["cookie"].encode("latin-1").decode() in {"a=été; b=é", "b=é; a=été"}
    assert headers["if-none-match"].encode("latin-1").decode() == '"é€"'


def test_cookies_can_be_turned_off():
    plays = {"/": say("x", headers="Set-Cookie: id=7\r\n")}
    url = "http://news.example:{port}/"
    assert fetch_in_turn(plays, url, url, config=make_config(with_cookies=False)) == ["", ""]


def test_oversized_and_countless_cookies_are_dropped():
    flood = "".join(f"Set-Cookie: k{n}=v\r\n" for n in range(120))
    huge = f"Set-Cookie: big={'x' * 5_000}\r\n"
    plays = {"/set": say("x", headers=huge + flood), "/": say("x")}
    cookies = fetch_in_turn(plays, "http://news.example:{port}/set", "http://news.example:{port}/")
    assert "big=" not in cookies[1]
    assert cookies[1].count("=") <= 50


# --- TLS ----------------------------------------------------------------------------------------


def test_good_certificate_of_a_named_authority_is_accepted(tmp_path):
    context, ca_file = make_tls(tmp_path)
    outcome = fetch({"/": say("safe")}, tls=context, config=make_config(ca_file=ca_file))
    assert outcome.body == b"safe"


def test_expired_certificate_is_a_tls_error_without_a_second_try(tmp_path):
    context, ca_file = make_tls(tmp_path, days=-1)
    outcome = fetch({"/": say("x")}, tls=context, config=make_config(ca_file=ca_file))
    assert (outcome.kind, outcome.error.attempts) == ("tls", 1)
    assert "expired" in outcome.error.problem


def test_certificate_of_another_name_is_a_tls_error(tmp_path):
    context, ca_file = make_tls(tmp_path, name="other.example")
    outcome = fetch({"/": say("x")}, tls=context, config=make_config(ca_file=ca_file))
    assert outcome.kind == "tls"


def test_certificate_of_an_unknown_authority_is_a_tls_error(tmp_path):
    context, _ = make_tls(tmp_path)
    assert fetch({"/": say("x")}, tls=context).kind == "tls"


def test_verification_can_be_turned_off(tmp_path):
    context, _ = make_tls(tmp_path, days=-1)
    config = make_config(verify_tls=False)
    assert fetch({"/": say("x")}, tls=context, config=config).body == b"x"


def test_plain_http_on_a_tls_port_is_a_tls_error():
    async def answer(reader, writer):
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async def run():
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Fetcher(make_config()) as fetcher:
            await fetcher.fetch(f"https://127.0.0.1:{port}/")

    with pytest.raises(TlsFailed):
        asyncio.run(run())


def test_handshake_that_never_comes_ends_at_the_deadline():
    outcome = fetch({}, url="https://127.0.0.1:{port}/", deadline_s=0.3)
    assert outcome.kind == "timeout"


def test_missing_authority_file_is_a_config_error():
    with pytest.raises(ConfigError, match="ca_file"):
        Fetcher(FetchConfig(ca_file="/nowhere/ca.pem"))


# --- cancelling and closing ---------------------------------------------------------------------


def test_fetcher_works_on_after_hundreds_of_cancelled_fetches():
    async def slow(request, wire):
        await wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab")
        await asyncio.sleep(0.02)
        await wire.send("cde")

    async def run():
        rng = random.Random(5)
        async with (
            FaultServer({"/slow": slow, "/": say("x")}) as server,
            Fetcher(make_config(max_connections=20), resolver=Names()) as fetcher,
        ):
            for _ in range(10):
                tasks = [
                    asyncio.ensure_future(fetcher.fetch(server.url("/slow", f"h{n % 7}.example")))
                    for n in range(50)
                ]
                await asyncio.sleep(rng.random() * 0.03)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            pages = [fetcher.fetch(server.url("/", f"h{n % 7}.example")) for n in range(50)]
            return await asyncio.gather(*pages)

    assert all(page.body == b"x" for page in asyncio.run(run()))


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=20))
def test_any_text_as_url_and_validator_is_a_page_or_a_fetch_error(path, etag, modified):
    async def run():
        transport = httpx.MockTransport(lambda request: httpx.Response(200, text="x"))
        async with Fetcher(transport=transport) as fetcher:
            for url in (path, f"http://{path}", f"http://news.example/{path}"):
                with contextlib.suppress(FetchError):
                    page = await fetcher.fetch(url, etag=etag, last_modified=modified)
                    assert page.body == b"x"

    asyncio.run(run())


def test_own_transport_takes_the_place_of_the_network():
    def answer(request):
        return httpx.Response(200, html="<p>x</p>", headers={"X-Path": request.url.path})

    async def run():
        async with Fetcher(transport=httpx.MockTransport(answer)) as fetcher:
            return await fetcher.fetch("http://news.example/a")

    page = asyncio.run(run())
    assert (page.body, page.header("x-path"), page.from_address) == (b"<p>x</p>", "/a", "")


# --- errors of the libraries below --------------------------------------------------------------


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for _, kind in inspect.getmembers(httpx, inspect.isclass)
        if issubclass(kind, (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL))
    ],
    ids=lambda kind: kind.__name__,
)
def test_every_error_of_httpx_has_a_meaning(kind):
    error = kind.__new__(kind)
    Exception.__init__(error, "why")
    found = translate_httpx_error(error, "http://a.example/")
    assert type(found) is not FetchError
    expected = {
        "ConnectTimeout": "timeout", "ReadTimeout": "timeout", "PoolTimeout": "timeout",
        "ConnectError": "connect", "ProxyError": "connect", "InvalidURL": "url-refused",
        "UnsupportedProtocol": "url-refused", "RemoteProtocolError": "protocol",
        "DecodingError": "protocol", "ReadError": "protocol",
    }  # fmt: skip
    assert found.kind == expected.get(kind.__name__, found.kind)


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for _, kind in inspect.getmembers(aiohttp, inspect.isclass)
        if issubclass(kind, aiohttp.ClientError)
    ],
    ids=lambda kind: kind.__name__,
)
def test_every_error_of_aiohttp_has_a_meaning(kind):
    error = kind.__new__(kind)
    given = {
        "_os_error": OSError(-2, "x"),
        "request_info": None,
        "message": "why",
        "status": 400,
        "_certificate_error": ssl.CertificateError("x"),
    }
    for name, value in given.items():
        setattr(error, name, value)
    error._conn_key = type("Key", (), {"host": "a", "port": 1, "ssl": True, "is_ssl": True})()
    error.args = ("http://a.example/",)
    found = translate_error(error, "http://a.example/")
    assert type(found) is not FetchError
    if issubclass(kind, (aiohttp.ClientSSLError, aiohttp.ClientConnectorCertificateError)):
        assert found.kind == "tls"


# --- proxies ------------------------------------------------------------------------------------


def test_request_goes_through_the_proxy_that_is_named():
    async def run():
        async with FaultServer({}) as proxy:
            proxy.plays["http://news.example/a"] = say("by proxy")
            config = make_config(proxy=f"http://127.0.0.1:{proxy.port}", allow_private=False)
            async with Fetcher(config, resolver=Names()) as fetcher:
                page = await fetcher.fetch("http://news.example/a")
            return page, proxy.requests[0].headers["host"]

    page, host = asyncio.run(run())
    assert (page.body, page.from_address, host) == (b"by proxy", "", "news.example")


def test_proxy_of_the_environment_is_used_but_for_exempt_hosts(monkeypatch):
    async def run():
        async with FaultServer({"/": say("direct")}) as server:
            server.plays["http://far.example/"] = say("by proxy")
            monkeypatch.setenv("http_proxy", f"127.0.0.1:{server.port}")
            monkeypatch.setenv("no_proxy", "near.example")
            async with Fetcher(make_config(), resolver=Names()) as fetcher:
                far = await fetcher.fetch("http://far.example/")
                near = await fetcher.fetch(server.url("/", "near.example"))
            return far.body, near.body

    assert asyncio.run(run()) == (b"by proxy", b"direct")


def test_special_names_and_closed_addresses_are_refused_behind_a_proxy_too():
    config = FetchConfig(proxy="http://127.0.0.1:9", deadline_s=1.0)
    for host in ("localhost", "10.0.0.1", "metadata.internal"):
        assert fetch({}, url=f"http://{host}/", config=config).kind == "address-refused"


@pytest.mark.parametrize(
    "proxy",
    [
        "gopher://a:1", "http://", "://x", "http://[::1", "nonsense", "socks5://a", "a:b", "http://a:99999",
    ],
)  # fmt: skip
def test_proxy_we_cannot_use_is_a_config_error(proxy):
    with pytest.raises(ConfigError, match="proxy"):
        Fetcher(FetchConfig(proxy=proxy))


def test_proxy_error_does_not_repeat_its_password():
    with pytest.raises(ConfigError) as caught:
        Fetcher(FetchConfig(proxy="gopher://me:secret@a:1"))
    assert "secret" not in str(caught.value)


def test_dead_proxy_is_a_connection_error():
    config = make_config(proxy="http://127.0.0.1:1")
    assert fetch({}, url="http://news.example/", config=config).kind == "connect"


def test_refused_connection_says_nothing_of_tls():
    error = fetch({}, url="http://127.0.0.1:1/", config=make_config(max_attempts=1)).error
    assert error.problem.startswith("no connection to 127.0.0.1:1: ")
    assert "ssl" not in error.problem


def test_tunnel_that_the_proxy_refuses_is_no_page():
    async def run():
        async with FaultServer({}) as proxy:
            proxy.plays["news.example:443"] = raw(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            config = make_config(proxy=f"http://127.0.0.1:{proxy.port}")
            async with Fetcher(config, resolver=Names()) as fetcher:
                await fetcher.fetch("https://news.example/")

    with pytest.raises(FetchError) as caught:
        asyncio.run(run())
    assert caught.value.kind in {"connect", "protocol"}


def test_socks_proxy_connects_by_name_and_carries_the_page():
    pytest.importorskip("aiohttp_socks", reason="the socks extra is not installed")
    asked = []

    async def serve(reader, writer):
        """SOCKS5 without authentication (RFC 1928), every name being our server."""
        await reader.readexactly(1 + 1)
        await reader.read(100)
        writer.write(b"\x05\x00")
        *_, length = await reader.readexactly(5)
        asked.append((await reader.readexactly(length)).decode())
        port = int.from_bytes(await reader.readexactly(2), "big")
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")

        async def pump(source, goal):
            while data := await source.read(65_536):
                goal.write(data)
            goal.close()

        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    async def run():
        socks = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = socks.sockets[0].getsockname()[1]
        config = make_config(proxy=f"socks5h://127.0.0.1:{port}", allow_private=False)
        async with socks, FaultServer({"/": say("by socks")}) as server:
            async with Fetcher(config) as fetcher:
                page = await fetcher.fetch(server.url("/"))
            await asyncio.sleep(0.01)
        return page

    page = asyncio.run(run())
    assert (page.body, page.from_address, asked) == (b"by socks", "", ["news.example"])


def test_dead_socks_proxy_is_a_connection_error_that_names_it():
    pytest.importorskip("aiohttp_socks", reason="the socks extra is not installed")
    config = make_config(proxy="socks5://me:secret@127.0.0.1:1", max_attempts=1)
    error = fetch({}, url="http://news.example/", config=config).error
    assert error.kind == "connect"
    assert "socks5://127.0.0.1:1" in error.problem
    assert "secret" not in error.problem


def test_socks_proxy_that_hangs_up_is_a_connection_error():
    pytest.importorskip("aiohttp_socks", reason="the socks extra is not installed")

    async def run():
        async def hang_up(reader, writer):
            await reader.readexactly(3)
            writer.close()

        socks = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        port = socks.sockets[0].getsockname()[1]
        config = make_config(proxy=f"socks5://127.0.0.1:{port}", max_attempts=1)
        async with socks, Fetcher(config) as fetcher:
            with pytest.raises(ConnectFailed, match="proxy"):
                await fetcher.fetch("http://news.example/")

    asyncio.run(run())


def test_socks_without_its_extra_is_a_config_error(monkeypatch):
    monkeypatch.setitem(sys.modules, "aiohttp_socks", None)
    config = make_config(proxy="socks5://127.0.0.1:1")
    with pytest.raises(ConfigError, match="socks"):
        fetch({}, url="http://news.example/", config=config)


@pytest.mark.parametrize("url", [None, b"http://news.example/", 7])
def test_url_that_is_no_string_is_refused(url):
    with pytest.raises(UrlRefused, match="not a string; give the URL as one"):
        asyncio.run(Fetcher(FetchConfig()).fetch(url))


@pytest.mark.parametrize("config", ["x", {"deadline_s": 3}, FetchConfig])
def test_config_that_is_none_is_refused(config):
    with pytest.raises(ConfigError, match="give a FetchConfig"):
        Fetcher(config)
