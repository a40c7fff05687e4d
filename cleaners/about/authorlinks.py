"""The headline in, links to pages about writers that stand under it, before the story, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from cleaners.about.bylines import BylineWords, fold_words, list_conjunctions, load_byline_words
from cleaners.about.leads import EDGE, is_named, strip_lead
from cleaners.about.places import Places
from cleaners.document.addresses import find_host, split_address
from cleaners.document.visible import read_text
from cleaners.dom import TEXT_TAG, Node

# Nodes after the headline that are looked at, and links among them.
_MAX_NODES, _MAX_LINKS = 400, 4
# Characters of a paragraph at least. One may be the standfirst, the next is the story's.
_PARAGRAPH, _MAX_PARAGRAPHS = 100, 1
# Characters read on the way, paragraphs of many elements among them.
_MAX_READ = 400
_MAX_NAME = 60
_POSSESSIVE = frozenset("'’")
# What is not looked into.
_PASSED = frozenset({"a", "h1", "script", "style", "template", "noscript", "svg", "figure", "form"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorLink:
    """A link to a page about somebody: what it says, its address, and the text right before it."""

    text: str
    href: str
    before: str = ""


def read_author_links(headline: Node | None, places: Places) -> tuple[AuthorLink, ...]:
    """Links in the lines under the headline whose addresses may be those of writers' pages."""
    words = load_byline_words()
    paths = words.writer_paths | words.people_paths
    links: list[AuthorLink] = []
    paragraphs = read = 0
    before = ""
    for node in walk_after(headline):
        if node.tag_id == TEXT_TAG:
            text = (node.text_content or "").strip()
            paragraphs += len(text) >= _PARAGRAPH
            read += len(text)
            if paragraphs > _MAX_PARAGRAPHS or read > _MAX_READ:
                break
            before = text or before
        elif node.tag == "a":
            href = (node.attributes.get("href") or "").strip()
            if paths.isdisjoint(href.lower().split("/")):
                before = ""
                continue
            name = read_text(node, _MAX_NAME)
            if not name:
                continue
            if not (places.is_beside(node) or _is_in_prose(node, words)):
                links.append(AuthorLink(text=name, href=href, before=before))
            before = ""
            if len(links) >= _MAX_LINKS:
                break
    return tuple(links)


def find_linked(links: Sequence[AuthorLink], host: str) -> list[str]:
    """The names in the first link that names a writer of the site, and in those joined to it."""
    words = load_byline_words()
    named = list(dropwhile(lambda link: not _names_writer(link, host, words), links))
    joined = takewhile(
        lambda link: _is_joined(link) and _names_writer(link, host, words), named[1:]
    )
    return [_halve(link.text) for link in (*named[:1], *joined)]


def _names_writer(link: AuthorLink, host: str, words: BylineWords) -> bool:
    other = find_host(link.href)
    if other and other.removeprefix("www.") != host.removeprefix("www."):
        return False
    before, text = f"{fold_words(link.before)} ", f"{fold_words(link.text)} "
    if text.startswith(words.more) or before.endswith((*words.more, *words.others)):
        return False
    name = strip_lead(link.text, words)
    is_led = name != link.text or before.strip() in words.lead
    if link.before.endswith(":") and not is_led:
        return False
    # The last part of the path is the name's.
    folders = set(split_address(link.href.lower()).path.rstrip("/").split("/")[:-1])
    is_writers = not folders.isdisjoint(words.writer_paths)
    is_anybodys = is_led and not folders.isdisjoint(words.people_paths)
    return (is_writers or is_anybodys) and is_named(name)


def _is_joined(link: AuthorLink) -> bool:
    """Whether nothing stands before a link, or what joins it to the one before."""
    before = link.before.strip(EDGE).lower()
    return before in {"", "&"} or before in list_conjunctions()


def _halve(name: str) -> str:
    """A name that a link says twice, for narrow and for wide screens, once."""
    parts = name.split()
    half = len(parts) // 2
    return " ".join(parts[:half]) if half > 1 and parts[:half] == parts[half:] else name


def _is_in_prose(link: Node, words: BylineWords) -> bool:
    """Whether text runs on into a link, or on from it, that is no byline's."""
    before, after = _read_beside(link.prev), _read_beside(link.next)
    joining = {*list_conjunctions(), *words.dated}
    if before[-1:].isalpha() and before.split()[-1].lower() not in joining.union(words.lead):
        return True
    first = after.split()[0] if after else ""
    is_small = first[:1].islower()
    goes_on = joining.union(words.for_house, words.in_place)
    return first[:1] in _POSSESSIVE or (is_small and first.strip(EDGE) not in goes_on)


def _read_beside(node: Node | None) -> str:
    is_text = node is not None and node.tag_id == TEXT_TAG
    return ((node.text_content or "") if node is not None and is_text else "").strip()


def walk_after(headline: Node | None) -> Iterator[Node]:
    """The first nodes that follow the headline in document order, what is in it left out.

    What stands in links, figures and forms is left out too.
    """
    node = headline
    for _ in range(_MAX_NODES):
        node = _step(node)
        if node is None:
            return
        yield node


def _step(node: Node | None) -> Node | None:
    if node is None:
        return None
    inner = node.first_child if node.tag not in _PASSED else None
    if inner is not None:
        return inner
    while node is not None and node.next is None:
        node = node.parent
    return None if node is None else node.next
