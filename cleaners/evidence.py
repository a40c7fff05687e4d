"""Document in, what its head says of the article out: title, description, JSON-LD body."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from cleaners.dom import Document, Node, tag_ids
from cleaners.jsonld import replace_half_characters

# The schema.org type, as JSON-LD and as microdata name it.
_NEWS_TYPE = b"NewsArticle"
_BODY_KEY = b'"articleBody"'
_BODY = re.compile(rb'\s*+:\s*+"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_TAG = re.compile(r"<[^<>]{1,300}>")
# Shorter bodies are teasers.
_LEAST_BODY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the page's head says that helps to find the article; empty where it says nothing.

    `body` is the text of a JSON-LD `articleBody` without tags, white space collapsed in each line.
    `is_news` says whether the page names the schema.org type `NewsArticle` or one of its kinds.
    """

    title: str = ""
    description: str = ""
    body: str = ""
    is_news: bool = False


def read_evidence(document: Document, page: bytes) -> Evidence:
    """Title and description from OpenGraph, else from the plain head; the longest articleBody.

    `page` is the UTF-8 text the document was parsed from: JSON is looked for there, because broken
    pages put it anywhere.
    """
    # A broken head ends early, and the rest of its metas stands in the body.
    head = document.head
    said = _read_metas(head) if head is not None else {}
    if "og:title" not in said:
        said = _collect_metas(document.css("meta[content]"))
    title = said.get("og:title") or ""
    if not title:
        element = document.css_first("title")
        title = element.text() if element is not None else ""
    description = said.get("og:description") or said.get("description") or ""
    return Evidence(
        title=" ".join(title.split()),
        description=" ".join(description.split()),
        body=_find_body(page),
        is_news=_NEWS_TYPE in page,
    )


def _read_metas(head: Node) -> dict[str, str]:
    """What the metas right inside the head say."""
    meta = _meta_tag()
    metas = []
    node = head.first_child
    while node is not None:
        if node.tag_id == meta:
            metas.append(node)
        node = node.next
    return _collect_metas(metas)


@cache
def _meta_tag() -> int:
    return tag_ids(("meta",))["meta"]


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


def _find_body(page: bytes) -> str:
    written = b""
    start = page.find(_BODY_KEY)
    while start >= 0:
        start += len(_BODY_KEY)
        match = _BODY.match(page, start)
        if match is not None and len(match[1]) > len(written):
            written = match[1]
        start = page.find(_BODY_KEY, start)
    longest = replace_half_characters(written.decode("utf-8", "replace"))
    if len(longest) < _LEAST_BODY:
        return ""
    try:
        longest = json.loads(f'"{longest}"', strict=False)
    except ValueError:
        longest = longest.replace("\\n", "\n").replace('\\"', '"')
    longest = entities.unescape(longest)
    if "<" in longest:
        longest = _TAG.sub(" ", longest)
    lines = (" ".join(line.split()) for line in longest.splitlines())
    return "\n".join(line for line in lines if line)
