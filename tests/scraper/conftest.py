"""What every test of the scraper shares: no packet leaves loopback, no proxy is read."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    """Fails a test that connects beyond loopback or asks the system to resolve a name."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    connect, connect_ex, resolve = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def check(address):
        if isinstance(address, tuple) and not ip_address(address[0]).is_loopback:
            pytest.fail(f"a test tried to connect to {address}")

    def guarded_connect(self, address):
        check(address)
        return connect(self, address)

    def guarded_connect_ex(self, address):
        check(address)
        return connect_ex(self, address)

    def guarded_resolve(host, *rest, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name not in (None, "", "localhost"):
            try:
                ip_address(name)
            except ValueError:
                pytest.fail(f"a test asked the system to resolve {name}")
        return resolve(host, *rest, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_resolve)
