"""Cookies, one jar a site: what one publisher sets, no other ever sees.

Sites that redirect a first visit to themselves with a cookie loop for ever without one. A jar for
each registrable domain (public suffix list) makes it impossible by construction that a cookie set
for `.co.uk`, or by an embedded third party, is sent elsewhere.
"""

from __future__ import annotations

from collections import OrderedDict
from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.request import Request

from scraper.urls import site_key

# A crawl of very many sites keeps the cookies of those it visited last.
_MAX_SITES = 10_000
# RFC 6265 section 6.1 asks for 50 a domain at least.
_MAX_PER_SITE = 50
_MAX_BYTES = 4_096


class SiteCookies:
    """The cookies of all sites, bounded in sites, cookies a site and bytes a cookie."""

    def __init__(self, *, max_sites: int = _MAX_SITES) -> None:
        self._jars: OrderedDict[str, CookieJar] = OrderedDict()
        self._max_sites = max_sites

    def header_for(self, url: str, host: str) -> str:
        """The Cookie header for a request (RFC 6265 section 5.4), or an empty string."""
        if not self._jars:
            return ""
        jar = self._jars.get(site_key(host))
        if jar is None:
            return ""
        request = Request(url)  # noqa: S310 - never opened; the jar reads the URL off it
        jar.add_cookie_header(request)
        return request.get_header("Cookie") or ""

    def store(self, url: str, host: str, set_cookie: tuple[str, ...]) -> bool:
        """Keep what a response set; True if that changed what the site would be sent."""
        values = [value for value in set_cookie if len(value) <= _MAX_BYTES][:_MAX_PER_SITE]
        if not values:
            return False
        before = self.header_for(url, host)
        site = site_key(host)
        jar = self._jars.setdefault(site, CookieJar(DefaultCookiePolicy(netscape=True)))
        self._jars.move_to_end(site)
        jar.extract_cookies(_Response(values), Request(url))  # type: ignore[arg-type] # noqa: S310
        if len(jar) > _MAX_PER_SITE:
            jar.clear()
        if len(self._jars) > self._max_sites:
            self._jars.popitem(last=False)
        return self.header_for(url, host) != before


class _Response:
    """The one method of a response that the standard library's jar asks for."""

    def __init__(self, set_cookie: list[str]) -> None:
        self._message = Message()
        for value in set_cookie:
            self._message["Set-Cookie"] = value

    def info(self) -> Message:
        """The headers."""
        return self._message
