"""Web addresses as pages write them -> their parts, or absolute ones; never an exception."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

_NO_PARTS = SplitResult("", "", "", "", "")


def split_address(address: str) -> SplitResult:
    """The parts of an address; all of them empty where it is none.

    Python refuses some (`http://[domain]/path`, `http://℀.com/`) that pages hold.

    >>> split_address("https://x.test/a?b").netloc
    'x.test'
    >>> split_address("http://[domain]/path").netloc
    ''
    """
    try:
        return urlsplit(address)
    except ValueError:
        return _NO_PARTS


def join_address(base: str, address: str) -> str:
    """`address` as a link on the page `base` (RFC 3986 section 5); empty where it is none.

    Where `base` is empty or no address, `address` comes out as it is.

    >>> join_address("https://x.test/a/b", "../c")
    'https://x.test/c'
    """
    try:
        return urljoin(base if split_address(base).scheme else "", address.strip())
    except ValueError:
        return ""
