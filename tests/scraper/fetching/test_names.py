"""Names through the system, here only with names that need no name server."""

from __future__ import annotations

import asyncio
import socket

import pytest

from scraper.fetching.cookies import SiteCookies
from scraper.fetching.names import SystemResolver


def resolve(host):
    resolver = SystemResolver(threads=1)
    try:
        return asyncio.run(resolver(host, 80))
    finally:
        resolver.close()


def test_addresses_come_once_each_in_order(monkeypatch):
    found = [(2, 1, 6, "", ("127.0.0.2", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *rest, **options: found + found)
    assert resolve("news.example") == ("127.0.0.2", "127.0.0.1")


def test_label_that_is_too_long_is_a_name_that_does_not_exist(monkeypatch):
    def refuse(*rest, **options):
        raise UnicodeError("label too long")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(OSError, match="not a host name"):
        resolve("x" * 70 + ".example")


def test_cookies_of_the_longest_unused_site_are_forgotten():
    cookies = SiteCookies(max_sites=2)
    for site in ("a.example", "b.example", "c.example"):
        assert cookies.store(f"http://{site}/", site, ("id=1",))
    kept = [cookies.header_for(f"http://{s}/", s) for s in ("a.example", "b.example", "c.example")]
    assert kept == ["", "id=1", "id=1"]


def test_cookie_that_changes_nothing_is_told():
    cookies = SiteCookies()
    assert cookies.store("http://a.example/", "a.example", ("id=1",))
    assert not cookies.store("http://a.example/", "a.example", ("id=1",))
    assert not cookies.store("http://a.example/", "a.example", ())
    assert cookies.store("http://a.example/", "a.example", ("id=1; Max-Age=0",))
