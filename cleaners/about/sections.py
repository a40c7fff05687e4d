"""What of its site a page belongs to: the section that it names, or the last of its breadcrumbs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from cleaners.about.crumbs import Crumb
from cleaners.about.head import Head
from cleaners.document.addresses import is_home, join_address, strip_address
from cleaners.document.headings import fold_title, is_like
from cleaners.document.jsonld import Graph, Node, list_of, text_of, types_of
from cleaners.words.wordlists import read_word_list

_METAS = ("article:section", "parsely-section", "section", "cxenseparse:section", "og:section")
_WORD = re.compile(r"\w+")
# Words of a crumb at least that may be a headline, which has more words than a section.
_HEADLINE_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What tells the crumbs of a page's site and of itself from a section's.

    `titles` are the page's, `urls` its addresses and `sites` what its site is called.
    """

    titles: Sequence[str]
    urls: Sequence[str]
    sites: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionWords:
    """The words of `words/sections.toml`, folded; `examples` as written."""

    home: frozenset[str]
    general: frozenset[str]
    nowhere: frozenset[str]
    examples: tuple[tuple[tuple[str, ...], str], ...]


def find_section(head: Head, graph: Graph, article: Node, around: Around) -> str:
    """The section of a page, or empty."""
    named = text_of(article.get("articleSection")) or head.meta(*_METAS)
    named = named or next(iter(head.item_all("articlesection")), "")
    if named:
        return named
    told = (_choose_crumb(crumbs, around) for crumbs in _list_trails(graph))
    found = next(filter(None, told), "") or _choose_crumb(head.crumbs, around)
    genre = text_of(article.get("genre"))
    return found or ("" if "://" in genre else genre)


def _list_trails(graph: Graph) -> Iterator[list[Crumb]]:
    """The breadcrumbs of each list, in the order of their positions."""
    for node in graph.nodes:
        if "breadcrumblist" in types_of(node):
            listed = map(graph.resolve, list_of(node.get("itemListElement")))
            crumbs = [crumb for crumb in listed if isinstance(crumb, dict)]
            places = [crumb.get("position") for crumb in crumbs]
            if all(isinstance(place, int) for place in places):
                crumbs.sort(key=lambda crumb: crumb["position"])
            yield [_read_crumb(crumb) for crumb in crumbs]


def _read_crumb(crumb: Node) -> Crumb:
    item = crumb.get("item")
    address = (item.get("@id") or item.get("url")) if isinstance(item, dict) else item
    return Crumb(
        name=text_of(crumb.get("name")) or text_of(item),
        href=text_of(address or crumb.get("url")),
    )


def _choose_crumb(crumbs: Sequence[Crumb], around: Around) -> str:
    """The last crumb that is neither the home page nor the page itself, or empty."""
    left = [crumb for crumb in crumbs if crumb.name and "://" not in crumb.name]
    if left and _is_page(left[-1], around, is_alone=len(left) <= 2):
        left.pop()
    words = load_section_words()
    names = [crumb.name for crumb in reversed(left) if not _is_home(crumb, around)]
    named = [name for name in names if fold_title(name) not in words.nowhere]
    telling = (name for name in named if fold_title(name) not in words.general)
    return next(telling, next(iter(named), ""))


def _is_home(crumb: Crumb, around: Around) -> bool:
    folded = fold_title(crumb.name)
    if folded in load_section_words().home or folded in {
        fold_title(site) for site in around.sites if site
    }:
        return True
    return bool(crumb.href) and is_home(crumb.href)


def _is_page(crumb: Crumb, around: Around, *, is_alone: bool) -> bool:
    """Whether the last crumb is the page's own: by its address, else by what it says.

    One without an address is, unless no other could be the section (`is_alone`).
    """
    if any(fold_title(crumb.name) == fold_title(title) for title in around.titles):
        return True
    is_long = len(_WORD.findall(crumb.name)) >= _HEADLINE_WORDS
    if crumb.href:
        urls = [url for url in around.urls if url]
        href = strip_address(join_address(next(iter(urls), ""), crumb.href))
        is_own = any(href == strip_address(url) for url in urls)
        return is_own or (is_long and any(is_like(crumb.name, title) for title in around.titles))
    return not is_alone or is_long or any(is_like(crumb.name, title) for title in around.titles)


@cache
def load_section_words() -> SectionWords:
    """The packaged words for home pages and for sections of any site."""
    raw = read_word_list("sections")
    home, general, nowhere = (
        frozenset(map(fold_title, raw[name])) for name in ("home", "general", "nowhere")
    )
    examples = tuple((tuple(crumbs), section) for crumbs, section in raw["examples"])
    return SectionWords(home=home, general=general, nowhere=nowhere, examples=examples)
