"""A page -> a broken page: the ways real and hostile pages differ from good ones.

Everything follows from the random generator that is passed in, so a seed names an input for good.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence

_MAX_CHARS = 60_000
_MAX_MUTATIONS = 6

_TOKENS = (
    "<table>", "</table>", "<tr>", "<td>", "<p>", "</p>", "<div>", "</div>", "<article>", "<br>",
    "<svg>", "<math>", "<template>", "<select>", "<option>", "<frameset>", "<noscript>", "<nobr>",
    "<plaintext>", "<xmp>", "<textarea>", "<title>", "</body>", "</html>", "<!--", "-->",
    "<![CDATA[", "]]>", "<!doctype html>", "<script>",
    "</script>", "<style>", "<a href=", "<a><a>", "<b><i></b>",
    "<h1>", "<h1></h1>", "<li>", "<ul>", "<dl><dd>", "<blockquote>", "<pre>\n\n", "<iframe>",
    "<object>", "<form><form>", "<button>", "<time datetime=", "<meta charset=utf-16>",
    "<meta http-equiv=content-type content='text/html; charset=hz'>", "<base href=//[>",
    "<link rel=canonical href='http://[::1'>", "&#x110000;", "&#0;", "&#xD800;", "&nosuch;", "&",
    "\0", "\ufeff", "\u202e", "\u00ad", "\u200b", "\ud7ff", "\U0010ffff", "\r", "\x0c", "\x1b$B",
    "=", "'", '"', ">", "<", "/>", "</", "<?php", "<%", "{{", "\u2028", "İ", "ﬃ", "😀", "\x85",
)  # fmt: skip
_CODECS = (
    "utf-16", "utf-16-be", "utf-32", "latin-1", "cp1251", "shift_jis", "gb18030", "euc_kr", "big5",
    "iso2022_jp", "utf-7", "cp037",
)  # fmt: skip
_CONTENT_TYPES = (
    "", "text/html", "text/html; charset=utf-8", "text/html; charset=windows-1251",
    "text/html; charset=utf-16", "text/html;charset='gb2312", "charset=\0", "text/html; charset=é",
    "text/html; charset=rot13", "text/html; charset=iso-2022-jp", "application/pdf",
)  # fmt: skip
_JSON_VALUES: tuple[object, ...] = (
    None, True, 0, -1, 1e308, "", "x", [], {}, [[]], [None], {"@id": "#a"}, {"name": [{}]},
    "2024-99-99T99:99:99+99:99", "0000-00-00", "９９９９年９９月", "1" * 40, "By ", "\ud83d", "//",
    "http://[", {"@type": ["NewsArticle", 3, None]}, {"@list": {"@set": []}},
    {"name": {"name": {}}},
)  # fmt: skip
_JSON_KEYS = (
    "@type", "@id", "@graph", "headline", "name", "author", "datePublished", "dateModified",
    "publisher", "keywords", "image", "articleSection", "inLanguage", "isAccessibleForFree",
    "itemListElement", "mainEntityOfPage", "url", "description", "articleBody",
)  # fmt: skip


def mutate_page(chance: random.Random, pages: Sequence[str]) -> bytes:
    """One broken page made from one or two of `pages`, or from nothing."""
    if chance.random() < 0.03:
        return chance.randbytes(chance.randrange(2_000))
    text = _window(chance, chance.choice(pages))
    other = _window(chance, chance.choice(pages))
    for _ in range(chance.randrange(_MAX_MUTATIONS + 1)):
        text = chance.choice(_MUTATIONS)(chance, text, other)[: 2 * _MAX_CHARS]
    return _encode(chance, text)


def choose_content_type(chance: random.Random) -> str:
    """A `Content-Type` header, true, false or broken."""
    return chance.choice(_CONTENT_TYPES)


def _window(chance: random.Random, text: str) -> str:
    """A piece of a page short enough to be quick, now and then the head too, or all of it."""
    if chance.random() < 0.002:
        return text
    size = chance.choice((1_000, 2_000, 2_000, 4_000, 10_000, _MAX_CHARS))
    start = chance.choice((0, chance.randrange(max(1, len(text) - size))))
    return text[start : start + size]


def _at(chance: random.Random, text: str) -> int:
    return chance.randrange(len(text) + 1)


def _range(chance: random.Random, text: str) -> tuple[int, int]:
    start = _at(chance, text)
    return start, min(len(text), start + chance.choice((1, 10, 300, 5_000)))


def _insert(chance: random.Random, text: str, _: str) -> str:
    for _ in range(chance.choice((1, 5, 40))):
        at = _at(chance, text)
        text = text[:at] + chance.choice(_TOKENS) + text[at:]
    return text


def _delete(chance: random.Random, text: str, _: str) -> str:
    start, end = _range(chance, text)
    return text[:start] + text[end:]


def _repeat(chance: random.Random, text: str, _: str) -> str:
    start, end = _range(chance, text)
    return text[:end] + text[start:end] * chance.choice((1, 3, 200)) + text[end:]


def _nest(chance: random.Random, text: str, _: str) -> str:
    at = _at(chance, text)
    return text[:at] + chance.choice(_TOKENS) * chance.choice((10, 400, 6_000)) + text[at:]


def _truncate(chance: random.Random, text: str, _: str) -> str:
    return text[: _at(chance, text)]


def _splice(chance: random.Random, text: str, other: str) -> str:
    return text[: _at(chance, text)] + other[_at(chance, other) :]


def _shuffle(chance: random.Random, text: str, _: str) -> str:
    tags = text.split("<")
    start = chance.randrange(len(tags))
    part = tags[start : start + 60]
    chance.shuffle(part)
    return "<".join((*tags[:start], *part, *tags[start + 60 :]))


def _scramble(chance: random.Random, text: str, _: str) -> str:
    start, end = _range(chance, text)
    noise = "".join(
        chr(chance.choice((chance.randrange(128), chance.randrange(0xD7FF)))) for _ in range(20)
    )
    return text[:start] + noise + text[end:]


def _add_jsonld(chance: random.Random, text: str, _: str) -> str:
    value: object = {"@type": "NewsArticle"}
    for _ in range(chance.randrange(8)):
        inner = {chance.choice(_JSON_KEYS): chance.choice(_JSON_VALUES) for _ in range(5)}
        value = chance.choice(({**inner, chance.choice(_JSON_KEYS): value}, [inner, value], inner))
    raw = json.dumps(value)
    if chance.random() < 0.3:
        raw = _delete(chance, raw, "")
    return f'<script type="application/ld+json">{raw}</script>{text}'


def _add_metas(chance: random.Random, text: str, _: str) -> str:
    names = (
        "author",
        "og:title",
        "article:published_time",
        "date",
        "og:image",
        "keywords",
        "og:type",
    )
    metas = "".join(
        f"<meta name='{chance.choice(names)}' content='{chance.choice(_JSON_VALUES)!s:.200}'>"
        for _ in range(chance.choice((1, 5, 50)))
    )
    return metas + text


def _change_case(chance: random.Random, text: str, _: str) -> str:
    start, end = _range(chance, text)
    return text[:start] + text[start:end].swapcase() + text[end:]


def _encode(chance: random.Random, text: str) -> bytes:
    draw = chance.random()
    if draw < 0.15:
        codec = chance.choice(_CODECS)
        return text.encode("utf-8", "ignore").decode("utf-8").encode(codec, "ignore")
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    if draw < 0.45 and raw:
        for _ in range(chance.choice((1, 10, 300))):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


_MUTATIONS: tuple[Callable[[random.Random, str, str], str], ...] = (
    _insert, _delete, _repeat, _nest, _truncate, _splice, _shuffle, _scramble, _add_jsonld,
    _add_metas, _change_case,
)  # fmt: skip
