"""The headline among the titles a page gives itself, the site's name cut off.

A page says its headline up to five times: the visible `<h1>`, OpenGraph, JSON-LD, Twitter card and
`<title>`. They differ where editors write one headline for readers and another for searchers, and
where templates add the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cleaners.fold import is_spaceless

# A bar, dash, colon-like sign or guillemet with space around, or a full-width bar without.
_SEPARATOR = re.compile(
    r"\s+[|\-–—:·•»«›‹/~*]+\s+|\s*[|｜ㅣ¦]\s*|\s+::\s+|\s?[：]\s?(?=\S+$)|_(?=[^_]+$)"
)
_WORD = re.compile(r"\w+")
# A site's name is short; a piece longer than this is part of the headline.
_MAX_SITE_WORDS = 6
# A longer title is a mistake of the page, and looked at no further.
_MAX_TITLE_CHARS = 500
# Of the words of a heading and another title, how many both have at least where the other speaks
# for it. Tuned with the votes on the development pages with titles (125 of fundus, 793 of WCXB, 955
# of daniel): against .3 and 1.5 votes, .8 in a hundred more are right word for word on each.
_SUPPORT = 0.1
# The same for a heading of fewer words than this, which may be the name of a section.
_HEADLINE_WORDS, _SUPPORT_SHORT = 3, 0.3
# What each of a page's titles counts.
_VOTES = {
    "heading": 2.0,
    "opengraph": 1.0,
    "jsonld": 1.5,
    "microdata": 0.5,
    "twitter": 0.2,
    "document": 0.2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """The titles of one page, as found; empty where the page gives none."""

    headings: tuple[str, ...] = ()
    opengraph: str = ""
    jsonld: str = ""
    twitter: str = ""
    document: str = ""
    microdata: str = ""


def choose_title(titles: Titles, *, site_name: str = "", host: str = "") -> str:
    """The headline, or an empty string.

    What most of the page's own titles say wins, the visible heading in a tie. A heading counts only
    where it shares words with another title, because the first `<h1>` is often the site's logo.
    """

    def cut(title: str, known: Sequence[str] = ()) -> str:
        return cut_site(title, known, site_name=site_name, host=host)

    others = [titles.opengraph, titles.jsonld, titles.twitter, titles.document, titles.microdata]
    heading = cut(_own_heading(titles.headings, others, site_name=site_name, host=host))
    known = [title for title in (heading, cut(titles.jsonld)) if title]
    found = (
        ("heading", heading),
        ("opengraph", cut(titles.opengraph, known)),
        ("jsonld", cut(titles.jsonld, [heading])),
        ("microdata", cut(titles.microdata, known)),
        ("twitter", cut(titles.twitter, known)),
        ("document", cut(titles.document, known)),
    )
    candidates = [(name, title) for name, title in found if title]
    if not candidates:
        return ""
    votes = [
        sum(_VOTES[name] for name, other in candidates if _same(title, other))
        for _, title in candidates
    ]
    return candidates[votes.index(max(votes))][1]


def cut_site(title: str, known: Sequence[str] = (), *, site_name: str = "", host: str = "") -> str:
    """`title` without the site's name at its end or start, or as it is.

    A piece is cut only where it is the site's name or host, or where what remains is one of
    `known`, the page's other titles.
    """
    folded = {_fold(other) for other in known}
    if not title or len(title) > _MAX_TITLE_CHARS or _fold(title) in folded:
        return title
    for separator in _SEPARATOR.finditer(title):
        left, right = title[: separator.start()].strip(), title[separator.end() :].strip()
        if _fold(left) in folded:
            return left
        if _fold(right) in folded:
            return right
    while True:
        separators = list(_SEPARATOR.finditer(title))
        if not separators:
            return title
        first, last = separators[0], separators[-1]
        if _is_site(title[last.end() :], site_name, host):
            title = title[: last.start()].strip()
        elif _is_site(title[: first.start()], site_name, host):
            title = title[first.end() :].strip()
        else:
            return title


def split_title(title: str) -> tuple[str, ...]:
    """What stands after the first separator and before the last: one may be the headline."""
    separators = list(_SEPARATOR.finditer(title[:_MAX_TITLE_CHARS]))
    if not separators:
        return ()
    return (title[separators[0].end() :].strip(), title[: separators[-1].start()].strip())


def _own_heading(
    headings: Sequence[str], others: Sequence[str], *, site_name: str, host: str
) -> str:
    """The `<h1>` that another title supports; else the only one, if it is no logo."""
    told = [set(_WORD.findall(other.lower())) for other in others if other]
    scored = []
    for heading in headings:
        words = set(_WORD.findall(heading.lower()))
        if not words or _is_site(heading, site_name, host):
            continue
        shared = max((len(words & other) / len(words | other) for other in told), default=0.0)
        is_long = len(words) >= _HEADLINE_WORDS or is_spaceless(heading[0])
        scored.append((shared, is_long, heading))
    if not scored:
        return ""
    shared, is_long, heading = max(scored, key=lambda each: each[0])
    if shared >= (_SUPPORT if is_long else _SUPPORT_SHORT) or (not told and len(scored) == 1):
        return heading
    return ""


def _is_site(piece: str, site_name: str, host: str) -> bool:
    """Whether a piece of a title is the site's name, as the page or its address gives it."""
    folded = _fold(piece).replace(" ", "")
    if not folded or len(_WORD.findall(piece)) > _MAX_SITE_WORDS:
        return False
    name = _fold(site_name).replace(" ", "")
    if name and (folded == name or (len(name) > 3 and (name in folded or folded in name))):
        return True
    labels = host.lower().removeprefix("www.").split(".")
    bare = "".join(labels).replace("-", "")
    if folded == bare or folded.removeprefix("www") == bare:
        return True
    return any(len(label) > 2 and folded == label.replace("-", "") for label in labels[:-1])


def _same(one: str, other: str) -> bool:
    return _fold(one) == _fold(other)


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.replace("\u00ad", "").lower()))
