"""Document in, what its head and its JSON-LD say of the article out."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from cleaners.cutting.columns import Cut
from cleaners.cutting.elements import NEWS_TYPE, read_json
from cleaners.document.jsonld import replace_half_characters
from cleaners.dom import Document, Node, tag_ids

_BODY = re.compile(rb'"articleBody"\s*+:\s*+"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_KEY = b'"articleBody"'
_UNSHOWN = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
# Tags of what stands in lines of its own, and all others.
_BLOCK_TAG = re.compile(
    r"</?(?:p|br|div|h[1-6]|[uod]l|li|d[dt]|blockquote|figure|figcaption|section|article|aside|"
    r"table|t[rdh]|hr|pre)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
TAG = re.compile(r"<[a-zA-Z/!?][^<>]{0,300}>")
"""A tag begins with a letter, and so is no sign between two numbers (WHATWG HTML 13.2.5.6)."""
_ARTICLE_TYPES = ('"Article"', '"BlogPosting"')
# Shorter bodies are teasers.
_LEAST_BODY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the page says of itself that helps to find the article; empty where it says nothing.

    `body` is the text of a JSON-LD `articleBody` without tags, white space collapsed in each line.
    `is_news` says whether JSON-LD or microdata of the page name the schema.org type `NewsArticle`
    or one of its kinds, `is_article` whether they or OpenGraph call the page an article at all.
    """

    title: str = ""
    description: str = ""
    body: str = ""
    is_news: bool = False
    is_article: bool = False


def read_evidence(document: Document, cut: Cut) -> Evidence:
    """Title and description, OpenGraph's or else the head's; the longest articleBody in JSON-LD.

    `cut` is what the body of the document was cut into.
    """
    # A broken head ends early, and the rest of its metas and scripts stands in the body.
    head = document.head
    said, data = _read_head(head) if head is not None else ({}, [])
    data += cut.json_ld
    if "og:title" not in said:
        said = _collect_metas(document.css("meta[content]"))
    title = said.get("og:title") or ""
    if not title:
        element = document.css_first("title")
        title = element.text() if element is not None else ""
    description = said.get("og:description") or said.get("description") or ""
    is_news = cut.is_news or _is_news(document, data)
    return Evidence(
        title=" ".join(title.split()),
        description=" ".join(description.split()),
        body=find_body(data),
        is_news=is_news,
        is_article=is_news or _is_article(said, data),
    )


def _is_article(said: Mapping[str, str], data: Iterable[str]) -> bool:
    """Whether OpenGraph calls the page an article and dates it, or JSON-LD calls it one."""
    if said.get("og:type") == "article" and said.get("article:published_time"):
        return True
    return any(name in text for text in data for name in _ARTICLE_TYPES)


def _is_news(document: Document, data: Iterable[str]) -> bool:
    """Whether JSON-LD names the type, or the page as a whole is of it."""
    if any(NEWS_TYPE in text for text in data):
        return True
    whole = (node for node in (document.root, document.body) if node is not None)
    return any(NEWS_TYPE in (node.attributes.get("itemtype") or "") for node in whole)


def _read_head(head: Node) -> tuple[dict[str, str], list[str]]:
    """What the metas right inside the head say, and the texts of its JSON-LD."""
    meta, script = _tags()
    metas, data = [], []
    node = head.first_child
    while node is not None:
        number = node.tag_id
        if number == meta:
            metas.append(node)
        elif number == script:
            data += read_json(node)
        node = node.next
    return _collect_metas(metas), data


@cache
def _tags() -> tuple[int, int]:
    numbers = tag_ids(("meta", "script"))
    return numbers["meta"], numbers["script"]


def _collect_metas(metas: Iterable[Node]) -> dict[str, str]:
    """What metas say, by lower-case name; the first of a name counts."""
    said: dict[str, str] = {}
    for node in metas:
        attributes = node.attributes
        content = attributes.get("content")
        name = attributes.get("property") or attributes.get("name")
        if content is not None and name:
            said.setdefault(name.lower(), content)
    return said


def find_body(texts: Iterable[str]) -> str:
    """The longest `articleBody` in some texts, whether they are JSON or merely hold it."""
    written = (body for text in texts for body in list_bodies(text.encode()))
    return read_body(max(written, key=len, default=""))


def list_bodies(data: bytes) -> Iterator[str]:
    """Each `articleBody` of a page or script in order, as it is written in JSON."""
    place = data.find(_KEY)
    while place >= 0:
        match = _BODY.match(data, place)
        if match is not None:
            yield match[1].decode()
        place = data.find(_KEY, place + len(_KEY))


def read_body(written: str) -> str:
    """What an `articleBody` says that is written so in JSON; empty for a mere teaser."""
    longest = replace_half_characters(written)
    if len(longest) < _LEAST_BODY:
        return ""
    try:
        longest = json.loads(f'"{longest}"', strict=False)
    except ValueError:
        longest = longest.replace("\\n", "\n").replace('\\"', '"')
    longest = entities.unescape(longest)
    if "<" in longest:
        longest = TAG.sub("", _BLOCK_TAG.sub("\n", _UNSHOWN.sub("", longest)))
    lines = (" ".join(line.split()) for line in longest.splitlines())
    return "\n".join(line for line in lines if line)
