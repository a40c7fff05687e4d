"""JSON-LD texts of a page -> its objects, and the one that describes the article.

Publishers write JSON-LD by template: comments, trailing commas, raw line breaks inside strings,
HTML entities and CDATA marks are all common, and all mended here before giving up.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cleaners.document.addresses import strip_address
from cleaners.document.headings import fold_title, is_like
from cleaners.document.jsonfix import (
    add_commas,
    escape_quotes,
    pick_fields,
    read_front,
    replace_foreign,
)

Node = dict[str, Any]

# What some editors write before a text (Unicode, 23.8).
_MARK = "\ufeff"
# All white space but the ideographic space, a sign of Japanese headlines.
_SPACES = re.compile(r"[^\S\u3000]+")
# schema.org types below Article and their kin, lower-cased, best description of a story first.
_ARTICLE_TYPES = (
    "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "article", "blogposting",
    "liveblogposting", "report", "satiricalarticle", "advertisercontentarticle", "techarticle",
    "scholarlyarticle", "socialmediaposting", "posting", "review", "recipe", "interview",
    "podcastepisode", "radioepisode", "episode",
)  # fmt: skip
_ARTICLE_SET = frozenset(_ARTICLE_TYPES)

# Types of the page itself; the first of them on a page, some in several languages.
PAGE_TYPES = frozenset({"webpage", "itempage"})
_MAX_PAGES = 1
_STATEMENTS = (
    "author", "creator", "datePublished", "dateModified", "dateCreated", "uploadDate",
    "description",
)  # fmt: skip
_ADDRESSES = ("url", "@id", "mainEntityOfPage")

# Keys under which *other* pages' articles are listed.
_ELSEWHERE = frozenset(
    {
        "itemlistelement", "haspart", "mentions", "ispartof", "isrelatedto", "relatedlink",
        "liveblogupdate", "comment", "review", "citation", "significantlink", "blogpost",
        "subjectof", "isbasedon", "associatedarticle", "itemreviewed", "relateditem",
    }
)  # fmt: skip

# Objects looked at per page, and how deep: real pages hold a few hundred.
_MAX_NODES = 5_000
_MAX_DEPTH = 40
# Characters of a text that the last mends are tried on: each takes far longer than parsing it, and
# real texts with a whole story in them are a tenth of this.
_MAX_MENDED = 300_000

# Every quantifier that could retry is possessive or runs to the end of the text, so that no text
# takes longer than its length.
_WRAPPER = re.compile(r"^\s*+(?://\s*+)?(?:<!--|<!\[CDATA\[)|(?://\s*+)?(?:-->|\]\]>)\s*+;?\s*+$")
_STRING_OR_NOISE = re.compile(
    r'("(?:[^"\\]|\\.)*+(?:"|\\?\Z))|/\*.*?(?:\*/|\Z)|(?<![:"\w])//[^\n"]*+|,(?=\s*+[}\]])',
    re.DOTALL,
)
_NEIGHBOURS = re.compile(r'\}\s*+(?:,\s*+)?\{(?=\s*+"@)')
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The objects of a page in document order, and whether each stands in a list of other pages."""

    nodes: tuple[Node, ...] = ()
    elsewhere: tuple[bool, ...] = ()

    def own(self) -> Iterator[Node]:
        """The objects that do not stand in a list of other pages, in document order."""
        return (node for node, far in zip(self.nodes, self.elsewhere, strict=True) if not far)

    def resolve(self, node: Any) -> Any:
        """`node`, or the object it refers to where it says no more than an `@id`.

        A text with a fragment is a reference too, where an object is called so.
        """
        if isinstance(node, str):
            return (self.find(node) or node) if "#" in node else node
        reference = node.get("@id") if isinstance(node, dict) else None
        if isinstance(reference, str) and len(node) <= 1 + ("@type" in node):
            return self.find(reference) or node
        return node

    def find(self, reference: str) -> Node:
        """The fullest object with this `@id`, or an empty one.

        One that is a fragment alone is written with or without the page's address before it.
        """
        named = [node for node in self.nodes if node.get("@id") == reference]
        if len(max(named, key=len, default={})) <= 1 and reference.startswith("#"):
            named += [node for node in self.nodes if _ends_with(node.get("@id"), reference)]
        return max(named, key=len, default={})


def parse_graph(texts: Sequence[str]) -> Graph:
    """All objects in the JSON-LD texts; what cannot be mended is left out."""
    nodes: list[Node] = []
    elsewhere: list[bool] = []
    for text in texts:
        for node, is_elsewhere in _walk(parse_json(text)):
            nodes.append(node)
            elsewhere.append(is_elsewhere)
            if len(nodes) >= _MAX_NODES:
                return Graph(nodes=tuple(nodes), elsewhere=tuple(elsewhere))
    return Graph(nodes=tuple(nodes), elsewhere=tuple(elsewhere))


def parse_json(text: str) -> Any:
    """The value of a JSON text, mended where it is broken in a usual way; None where beyond it."""
    text = replace_half_characters(text)
    for candidate in _attempts(text):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return pick_fields(text) if len(text) <= _MAX_MENDED else None


def replace_half_characters(text: str) -> str:
    r"""A JSON text with U+FFFD for each escape of a surrogate that lacks its other half.

    RFC 8259, 8.2 leaves open what these mean. No text that holds one can be written as UTF-8. They
    come from emoji cut in two by whoever shortened a text.

    >>> replace_half_characters(r'"a \ud83d\ude00, half of it: \ud83d"')
    '"a \\ud83d\\ude00, half of it: \\ufffd"'
    """
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda escape: r"\ufffd" if escape[1] else escape[0], text)


def find_article(graph: Graph, *, urls: Sequence[str] = (), titles: Sequence[str] = ()) -> Node:
    """The object that describes this page's article, or an empty one.

    `urls` are the addresses of the page, `titles` its headlines. Where several objects could be
    meant, the one whose address or headline is the page's wins, then one that gives no other
    address, then the more telling type, then the first. One that is listed as another page's is
    taken only where its address or headline is this page's, and so is one whose address is another
    page's and whose headline is like none of these.
    """
    folded = {fold_title(title) for title in titles if title} - {""}
    here = {strip_address(url) for url in urls if url}
    best: Node = {}
    best_score = 0.0
    for node, is_elsewhere in zip(graph.nodes, graph.elsewhere, strict=True):
        types = types_of(node) & _ARTICLE_SET
        if not types:
            continue
        rank = min(_ARTICLE_TYPES.index(name) for name in types)
        has_title = fold_title(text_of(node.get("headline") or node.get("name"))) in folded
        addresses = {strip_address(text_of(node.get(key))) for key in _ADDRESSES} - {""}
        has_address = bool(here & addresses)
        is_own = has_title or has_address
        if not is_own and (is_elsewhere or _is_another(node, here, addresses, titles)):
            continue
        score = 3.0 - rank / len(_ARTICLE_TYPES) - (2.5 if is_elsewhere else 0.0)
        score += 2.0 * has_title + 2.0 * has_address
        score -= 0.5 * (bool(here and addresses) and not has_address)
        score += 0.5 * sum(key in node for key in ("datePublished", "author", "headline"))
        if score > best_score:
            best, best_score = node, score
    return best


def _is_another(node: Node, here: set[str], addresses: set[str], titles: Sequence[str]) -> bool:
    """Whether address and headline of an object are both those of another story.

    Templates give the home page's address as a story's.
    """
    told = text_of(node.get("headline") or node.get("name"))
    if not (told and here and any("/" in address for address in addresses)):
        return False
    said = [title for title in titles if title]
    return bool(said) and not any(is_like(told, title) for title in said)


def find_statements(graph: Graph, article: Node, *, titles: Sequence[str] = ()) -> Node:
    """Who made the text and when: what the article says, else the page, else the page's video.

    Generators of JSON-LD put authors and dates on the `WebPage` where an author chose no type for a
    story. A video is the page's where its name is one of the `titles`.
    """
    folded = {fold_title(title) for title in titles if title} - {""}
    pages: list[Node] = []
    videos: list[Node] = []
    for node in graph.own():
        types = types_of(node) if "@type" in node else frozenset()
        if types & PAGE_TYPES:
            pages.append(node)
        elif "videoobject" in types and fold_title(text_of(node.get("name"))) in folded:
            videos.append(node)
    said: Node = {}
    for node in (article, *pages[:_MAX_PAGES], *([] if article else videos[:1])):
        said.update({key: node[key] for key in _STATEMENTS if node.get(key) and key not in said})
    return said


def types_of(node: Node) -> frozenset[str]:
    """The lower-cased `@type`s of an object, prefixes and schema.org addresses taken off."""
    raw = node.get("@type")
    names = raw if isinstance(raw, list) else [raw]
    return frozenset(_bare_type(name) for name in names if isinstance(name, str))


def _bare_type(name: str) -> str:
    for sign in "/#:":
        if sign in name:
            name = name.rpartition(sign)[2]
    return name.lower()


def text_of(value: Any) -> str:
    """The text a JSON-LD value stands for: itself, its name, or that of a list's first."""
    for _ in range(_MAX_DEPTH):
        if isinstance(value, str):
            return _SPACES.sub(" ", html.unescape(value)).strip()
        if isinstance(value, bool) or value is None:
            return ""
        if isinstance(value, int | float):
            return str(value)
        if isinstance(value, list):
            value = next((item for item in value if item), None)
        elif isinstance(value, dict):
            keys = ("@value", "name", "headline", "url", "@id", "contentUrl")
            value = next((value[key] for key in keys if value.get(key)), None)
        else:
            return ""
    return ""


def list_of(value: Any) -> list[Any]:
    """`value` as a list: itself, alone, or nothing for None. `@list` and `@set` are opened."""
    if isinstance(value, dict) and ("@list" in value or "@set" in value):
        value = value.get("@list") or value.get("@set")
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _attempts(text: str) -> Iterator[str]:
    yield text
    bare = _WRAPPER.sub("", _WRAPPER.sub("", text.lstrip(_MARK))).strip().rstrip(";")
    yield bare
    clean = _STRING_OR_NOISE.sub(lambda match: match[1] or "", bare)
    yield clean
    yield _BAD_ESCAPE.sub(r"\\\\", clean)
    if "&quot;" in bare or "&#34;" in bare:
        yield html.unescape(bare)
    # Several objects in a row, without the brackets of a list.
    if clean.startswith("{"):
        yield "[" + _NEIGHBOURS.sub("},{", clean) + "]"
    if clean.startswith(("{", "[")) and len(clean) <= _MAX_MENDED:
        clean = replace_foreign(clean)
        for mend in (read_front, add_commas, escape_quotes):
            yield mend(clean)


def _walk(value: Any) -> Iterator[tuple[Node, bool]]:
    """Objects below `value`, outer before inner, in document order; iterative, bounded."""
    stack: list[tuple[Any, bool, int]] = [(value, False, 0)]
    while stack:
        item, is_elsewhere, depth = stack.pop()
        if depth > _MAX_DEPTH:
            continue
        if isinstance(item, list):
            stack.extend((entry, is_elsewhere, depth + 1) for entry in reversed(item))
        elif isinstance(item, dict):
            yield item, is_elsewhere
            stack.extend(
                (entry, is_elsewhere or key.lower() in _ELSEWHERE, depth + 1)
                for key, entry in reversed(item.items())
                if isinstance(entry, dict | list)
            )


def _ends_with(value: Any, fragment: str) -> bool:
    return isinstance(value, str) and value.endswith(fragment)
