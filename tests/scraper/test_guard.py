"""Which URLs and addresses may be reached, by their spelling and by what they resolve to."""

from __future__ import annotations

import one_fetch
import pytest
from fault_server import lead, say
from hypothesis import given
from hypothesis import strategies as st
from one_fetch import Names, fetch

from scraper import guard
from scraper.config import FetchConfig
from scraper.errors import AddressRefused, FetchError, UrlRefused
from scraper.fetching import transport
from scraper.guard import check_addresses, check_url, judge_address, show_url

PUBLIC = FetchConfig(read_timeout_s=5.0, deadline_s=5.0)
OPEN = "93.184.216.34"


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
        "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192",
        "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
        "2002:7f00:1::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
        "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_closed_address_has_a_reason(address):
    assert judge_address(address)


@pytest.mark.parametrize(
    "address",
    [
        OPEN, "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
        "192.0.1.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001:81b::200e",
        "::ffff:8.8.8.8", "64:ff9b::808:808",
    ],
)  # fmt: skip
def test_public_address_is_open(address):
    assert judge_address(address) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://0177.0.0.1/",
        "http://2130706433/", "http://0x7f000001/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://0/",
        "http://localhost/", "http://LOCALHOST./", "http://db.internal/", "http://printer.local/",
        "http://x.localhost:8080/", "http://127.0.0.1:22/", "http://user:pw@10.0.0.1/",
        "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
    ],
)  # fmt: skip
def test_closed_host_is_refused_however_it_is_spelt(url):
    with pytest.raises(AddressRefused):
        check_url(url, allow_private=False)


@pytest.mark.parametrize(
    "url",
    [
        "", "news.example", "//news.example/", "/path", "file:///etc/passwd", "ftp://a.example/",
        "gopher://a.example/", "javascript:alert(1)", "data:text/html,x", "http://", "http:///x",
        "http://:80/", "http://a.example:99999/", "http://a.example:x/", "http://a.example:0/",
        "http://[::1", "http://a b.example/", "http://1.2.3.4.5/", "http://999.1.1.1/",
        "http://a..example/", "http://exa\x00mple.com/", "unix:///run/docker.sock",
        "http://a.example/" + "x" * 5_000, "http://a.example/\udcff", "http://a.example/?\ud800",
        "http://\udcff.example/",
    ],
)  # fmt: skip
def test_url_that_cannot_be_asked_for_is_refused(url):
    with pytest.raises(UrlRefused):
        check_url(url, allow_private=False)


@pytest.mark.parametrize(
    ("url", "wire"),
    [
        ("HTTP://News.Example", "http://news.example/"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("http://news.example:8080/a?b=c&d#frag", "http://news.example:8080/a?b=c&d"),
        ("http://news.example/a b/é?q=é", "http://news.example/a%20b/%C3%A9?q=%C3%A9"),
        ("http://news.example/a%2Fb%41?x=%2f", "http://news.example/a%2Fb%41?x=%2f"),
        ("  http://news.example/a\r\nHost: evil\r\n ", "http://news.example/aHost:%20evil"),
        ("http://news.example/\x00x", "http://news.example/%00x"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://user:pw@news.example/", "http://news.example/"),
        ("http://[2606:4700::1111]:81/", "http://[2606:4700::1111]:81/"),
        ("http://0x08.8.8.8/", "http://8.8.8.8/"),
    ],
)
def test_wire_form_is_ascii_without_credentials_and_fragment(url, wire):
    assert check_url(url, allow_private=False).url == wire


def test_credentials_become_a_header_and_nothing_else():
    target = check_url("https://me:s%20cret@news.example/", allow_private=False)
    assert target.authorization == "Basic bWU6cyBjcmV0"
    assert "cret" not in target.url


@pytest.mark.parametrize(
    "url",
    [
        "http://me:secret@news.example/x",
        "http://me:secret@news.example:bad/x",
        "ftp://me:secret@news.example/",
        "//me:secret@news.example",
        "me:secret@news.example",
        "http://a@me:secret@127.0.0.1/",
    ],
)
def test_no_error_repeats_credentials(url):
    with pytest.raises(FetchError) as caught:
        check_url(url, allow_private=False, max_length=10)
    assert "secret" not in f"{caught.value!r}{caught.value.url}"
    assert "secret" not in show_url(url)


def test_shown_url_holds_no_escape_sequence():
    assert show_url("http://a.example/\x1b[31m\u202e\x07").isprintable()


def test_one_closed_address_among_open_ones_refuses_the_name():
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        check_addresses("a.example", [OPEN, "10.0.0.1"], allow_private=False)


def test_private_addresses_are_open_where_allowed():
    check_addresses("a.example", ["10.0.0.1"], allow_private=True)
    assert check_url("http://localhost/", allow_private=True).host == "localhost"


@given(st.text(st.characters(), max_size=80))
def test_any_text_is_a_target_or_a_refusal(text):
    for url in (text, f"http://{text}", f"http://a.example/{text}"):
        try:
            target = check_url(url, allow_private=False)
        except (UrlRefused, AddressRefused):
            continue
        assert target.url.isascii()
        assert not set(target.url) & {"\r", "\n", " ", "\x00"}


# --- through the fetcher, over real sockets -----------------------------------------------------


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], [OPEN, "127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]],
)
def test_name_that_resolves_to_a_closed_address_is_never_connected_to(addresses):
    names = Names(evil_example=addresses)
    outcome = fetch({}, url="http://evil.example:{port}/", config=PUBLIC, resolver=names)
    assert outcome.kind == "address-refused"
    assert outcome.error.url.startswith("http://evil.example")
    assert outcome.seen == []


def test_literal_loopback_is_refused_without_a_connection():
    outcome = fetch({"/": say("x")}, url="http://127.0.0.1:{port}/", config=PUBLIC)
    assert (outcome.kind, outcome.seen) == ("address-refused", [])


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("http://127.0.0.1:22/", "address-refused"),
        ("http://169.254.169.254/latest/meta-data/", "address-refused"),
        ("http://[::1]/", "address-refused"),
        ("http://inside.example/", "address-refused"),
        ("http://localhost/", "address-refused"),
        ("file:///etc/passwd", "url-refused"),
    ],
)
def test_redirect_to_a_closed_place_is_refused(monkeypatch, location, kind):
    # The first hop must be public for this test and still be our server: the guard is told that
    # one loopback address, and only that one, is open.
    def judge(address):
        return "" if str(address) == "127.0.0.2" else judge_address(address)

    monkeypatch.setattr(guard, "judge_address", judge)
    monkeypatch.setattr(transport, "judge_address", judge)
    names = Names(news_example=["127.0.0.2"], inside_example=["10.0.0.7"])

    server = one_fetch.FaultServer
    monkeypatch.setattr(
        one_fetch,
        "FaultServer",
        lambda plays, tls=None: server(plays, address="127.0.0.2", tls=tls),
    )
    outcome = fetch({"/": lead(location)}, config=PUBLIC, resolver=names)
    assert (outcome.kind, outcome.seen) == (kind, ["news.example/"])


def test_address_that_changes_after_the_check_is_not_used():
    answers = [[OPEN], ["127.0.0.1"]]

    async def rebinding(host, port):
        return answers.pop(0) if len(answers) > 1 else answers[0]

    # The first answer passes the guard and is pinned: the connection goes there, which the fence
    # around these tests sees, and never to the second answer.
    with pytest.raises(pytest.fail.Exception, match=OPEN):
        fetch({"/": say("secret")}, url="http://evil.example:{port}/", config=PUBLIC,
              resolver=rebinding)  # fmt: skip
    assert answers == [["127.0.0.1"]]


def test_last_check_stands_at_the_socket_itself():
    with pytest.raises(AddressRefused):
        transport._open_guarded((2, 1, 6, "", ("127.0.0.1", 80)))


def test_resolver_that_returns_nonsense_is_a_dns_error():
    outcome = fetch({}, url="http://a.example/", resolver=Names(a_example=["not an address"]))
    assert outcome.kind == "dns"


def test_resolver_that_returns_nothing_is_a_dns_error():
    assert fetch({}, url="http://a.example/", resolver=Names(a_example=[])).kind == "dns"
