"""Web addresses as pages write them -> their parts, or absolute ones; never an exception."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

_HOME = re.compile(r"/?(?:index\.\w+)?", re.IGNORECASE)
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


def find_host(address: str) -> str:
    """The host of an address, with its port where it names one; empty where there is none.

    >>> find_host("https://reader@WWW.x.test:8080/a")
    'www.x.test:8080'
    """
    return split_address(address).netloc.rpartition("@")[2].lower()


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


def is_web_address(address: str) -> bool:
    """Whether an address is absolute and of the web.

    >>> is_web_address("HTTP://x.test"), is_web_address("/a"), is_web_address("data:,x")
    (True, False, False)
    """
    return split_address(address).scheme in {"http", "https"}


def find_base(*, url: str, canonical: str, base: str) -> str:
    """What the links of a page are relative to; empty where nobody knows.

    `url` is the page's address, `canonical` what it calls itself, `base` the `href` of its `<base>`
    (WHATWG HTML section 4.2.3); each may be empty.

    >>> find_base(url="https://x.test/a", canonical="", base="/b/")
    'https://x.test/b/'
    """
    known = next((each for each in (url, canonical) if is_web_address(each)), "")
    found = join_address(known, base) if base else known
    return found if is_web_address(found) else ""


def is_home(address: str) -> bool:
    """Whether an absolute address, or one of the host's own, is that of a home page.

    >>> is_home("https://x.test"), is_home("/index.html"), is_home("https://x.test/?p=12")
    (True, True, False)
    """
    parts = split_address(address)
    is_whole = bool(parts.netloc or parts.path) and not (parts.query or parts.fragment)
    return is_whole and _HOME.fullmatch(parts.path) is not None


def strip_address(address: str) -> str:
    """An address without scheme, `www.`, query, fragment and final slash, for comparing.

    >>> strip_address("https://www.x.test/News/?a=b")
    'x.test/news'
    """
    bare = re.sub(r"^(?:https?:)?//(?:www\.|m\.)?", "", address.strip().lower())
    return re.split(r"[?#]", bare)[0].rstrip("/")
