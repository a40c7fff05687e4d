"""XML as sites serve it, made fit to be parsed: in UTF-8, with every ampersand written as one."""

from __future__ import annotations

import codecs
import re

_HEAD_BYTES = 65_536  # in which the root element of a feed or sitemap stands
_UTF16 = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}>")
_PROLOG = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^<>\[]*+(?:\[[^\]]*+\][^<>]*+)?>)*+",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(rb"<(?:[\w.-]{1,100}:)?([\w.-]{1,100})")
_BARE = rb"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
_BARE_AMPERSAND = re.compile(_BARE)
# CDATA sections and comments are matched whole so that they are passed over.
_AMPERSANDS = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|" + _BARE, re.DOTALL)


def to_utf8(body: bytes) -> bytes:
    """Text without byte order mark, in UTF-8 where it was UTF-16; any other charset stays."""
    if body.startswith(codecs.BOM_UTF8):
        return body[len(codecs.BOM_UTF8) :]
    charset = _UTF16.get(body[:2])
    if charset is None:
        return body
    text = body.decode(charset, "replace").removeprefix("\ufeff")
    return _DECLARATION.sub(b"", text.encode("utf-8", "replace"), count=1)


def mend_xml(body: bytes) -> bytes:
    """The same document with `&` as `&amp;` where it begins no reference, as in most broken links.

    XML 1.0 section 2.4 forbids it bare; a parser that recovers drops the name after it.
    """
    body = to_utf8(body).lstrip()
    if not _BARE_AMPERSAND.search(body):
        return body
    return _AMPERSANDS.sub(lambda found: b"&amp;" if found[0] == b"&" else found[0], body)


def root_name(body: bytes) -> str:
    """The local name of the root element in lower case, or an empty string."""
    head = to_utf8(body[:_HEAD_BYTES])
    prolog = _PROLOG.match(head)
    root = _ROOT.match(head, prolog.end() if prolog else 0)
    return root[1].decode("ascii", "replace").lower() if root else ""
