"""The headline among the titles a page gives itself, the site's name cut off.

A page says its headline up to five times: the visible `<h1>`, OpenGraph, JSON-LD, Twitter card and
`<title>`. They differ where editors write one headline for readers and another for searchers, and
where templates add a kicker or the site's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from cleaners.words.fold import is_spaceless

# A bar, dash, colon-like sign or guillemet with space around, or a full-width bar without.
_SEPARATOR = re.compile(
    r"\s+[|\-–—:·•»«›‹/~*]+\s+|\s*[|｜ㅣ¦]\s*|\s+::\s+|\s?[：]\s?(?=\S+$)|_(?=[^_]+$)"
)
# What ends a kicker: `Interview: headline`, `Interview - headline`.
_KICKER_END = re.compile(r"\s+[|\-–—·•»/:]+\s+|[:：|｜]\s*")
# Signs that stand between a headline and something else.
_SIGNS = frozenset("|-–—:·•»«›‹/~*｜：_ㅣ¦《(")
# What parts a logo and a headline.
_PARTING = frozenset("|-–—:·•»«›‹/~*｜：")
# What stands between the parts of a title.
_JOINTS = re.compile(rf"[\s{re.escape(''.join(sorted(_PARTING)))}]+")
# An underscore is no letter here: sites write `headline_section_site`.
_WORD = re.compile(r"[^\W_]+")
# Soft hyphen, zero-width space, left-to-right mark, word joiner and byte order mark: they tell
# browsers how to break and to order a line.
_UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u2060\ufeff]")
# A site's name is short; a piece longer than this is part of the headline.
_MAX_SITE_WORDS = 6
# A longer title is a mistake of the page, and looked at no further.
_MAX_TITLE_CHARS = 500
# Separators at which a title is split into all its pieces: few titles have a third.
_MOST_SEPARATORS = 8
# Of the words of a heading and another title, how many both have at least where the other speaks
# for it. Tuned with the votes on the development pages with titles (125 of fundus, 793 of WCXB, 955
# of daniel): against .3 and 1.5 votes, .8 in a hundred more are right word for word on each.
_SUPPORT = 0.1
# The same for a heading of fewer words than this, which may be the name of a section.
_HEADLINE_WORDS, _SUPPORT_SHORT = 3, 0.3
# What share of the best told heading's support an earlier one has at least to be the headline.
_NEARLY = 0.7
# Characters of a kicker without a sign: fewer are an article, a number or an adjective.
_MIN_KICKER = 6
# How much of a title a line is that stands for all of it; and one that ends it, where the site's
# name stands more often.
_MIN_SHARE, _MIN_SHARE_LAST = 1 / 4, 1 / 2
# What each of a page's titles counts. Tried on fundus and WCXB and no better on sites they had not
# seen: other weights, weights of their own for news pages, also with `<title>` counting
# against, and a choice learned from 36 features of each title (which others agree, words of the
# address, length, signs).
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
    """The titles of one page, as found; empty where the page gives none.

    `logos` are the headings that only link to the home page, `subheadings` those of lower levels
    that stand in the document's title.
    """

    headings: tuple[str, ...] = ()
    logos: tuple[str, ...] = ()
    subheadings: tuple[str, ...] = ()
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
        return cut_site(_mend(title), known, site_name=site_name, host=host)

    heading = cut(_own_heading(titles, site_name=site_name, host=host))
    known = [title for title in (heading, cut(titles.jsonld)) if title]
    told = [*known, *titles.subheadings] if not heading else known
    found = (
        ("heading", heading),
        ("opengraph", cut(titles.opengraph, known)),
        ("jsonld", cut(titles.jsonld, [heading])),
        ("microdata", cut(titles.microdata, known)),
        ("twitter", cut(titles.twitter, known)),
        ("document", cut(_cut_logo(titles.document, titles.logos), told)),
    )
    candidates = _drop_kickers({name: title for name, title in found if title})
    shown: dict[str, str] = {}
    votes: dict[str, float] = {}
    for name, title in candidates.items():
        folded = fold_title(title)
        shown.setdefault(folded, title)
        votes[folded] = votes.get(folded, 0.0) + _VOTES[name]
    return shown[max(votes, key=votes.__getitem__)] if votes else ""


def cut_site(title: str, known: Sequence[str] = (), *, site_name: str = "", host: str = "") -> str:
    """`title` without the site's name at its end or start, or as it is.

    A piece is cut only where it is the site's name or host, or where what remains is one of
    `known`, the page's other titles, or ends one of them.
    """
    if not title or len(title) > _MAX_TITLE_CHARS:
        return title
    folded = {fold_title(other) for other in known}
    if fold_title(title) in folded:
        return title
    for separator in _SEPARATOR.finditer(title):
        left, right = title[: separator.start()].strip(), title[separator.end() :].strip()
        if fold_title(left) in folded or _ends_one(left, known):
            return left
        if fold_title(right) in folded:
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


def cut_unseen(title: str, lines: Sequence[str]) -> str:
    """`title` without what stands beside it where a reader sees only the rest, or as it is.

    `lines` are the page's visible lines. The rest is the longest of them that separators part from
    what else the title says.
    """
    plain = plain_spaces(title)
    size = len(title)
    shown = ""
    for raw in lines:
        line = plain_spaces(raw)
        if plain in line:
            return title
        if len(shown) < len(line) < size and line in plain and _is_most(line, plain):
            shown = line
    start = plain.find(shown)
    return title[start : start + len(shown)] if shown else title


def join_parts(title: str, titles: Titles) -> str:
    """`title` with the signs between its parts, as most of the page's titles have it.

    A heading of several elements lacks the colon between them, or has a space before it. Quotation
    marks and dashes stay as a reader sees them, and so do capitals where no such sign is missing.
    """
    folded = fold_title(title)
    others = (titles.opengraph, titles.jsonld, titles.twitter, titles.document, titles.microdata)
    forms = Counter(form for other in others if (form := _find_form(_mend(other), folded)))
    best = max(forms, key=forms.__getitem__, default=title)
    parts, joined = (len(_KICKER_END.findall(each)) for each in (title, best))
    is_better = joined > parts or (" :" in title and " :" not in best)
    # A kicker in an element of its own is often set in capitals.
    is_same = _JOINTS.sub("", best).casefold() == _JOINTS.sub("", title).casefold()
    return best if is_better and is_same and forms[best] > forms[title] + 1 else title


def _find_form(title: str, folded: str) -> str:
    """What of a title, up to one of its separators, has the words `folded`."""
    pieces = (title, *(title[: each.start()] for each in _SEPARATOR.finditer(title)))
    same = next((piece for piece in pieces if fold_title(piece) == folded), "")
    return same.rstrip("".join(_PARTING) + " ")


def plain_spaces(text: str) -> str:
    """`text` with spaces for those as wide as a Chinese character, which lines have not."""
    return text.replace("\u3000", " ")


def split_title(title: str) -> tuple[str, ...]:
    """What stands after the first separator and before the last: one may be the headline."""
    separators = list(_SEPARATOR.finditer(title[:_MAX_TITLE_CHARS]))
    if not separators:
        return ()
    return (title[separators[0].end() :].strip(), title[: separators[-1].start()].strip())


def list_pieces(title: str) -> tuple[str, ...]:
    """Each stretch of a title between separators, from one of them to any later one.

    >>> list_pieces("A - B | C")
    ('A', 'A - B', 'A - B | C', 'B', 'B | C', 'C')
    """
    separators = list(_SEPARATOR.finditer(title[:_MAX_TITLE_CHARS]))[:_MOST_SEPARATORS]
    starts = (0, *(each.end() for each in separators))
    ends = (*(each.start() for each in separators), len(title))
    return tuple(title[start:end].strip() for at, start in enumerate(starts) for end in ends[at:])


def _mend(title: str) -> str:
    """A title without entities escaped twice, unseen signs and the sign of a link to itself."""
    title = _UNSEEN.sub("", title)
    return unescape(title).rstrip(" ¶") if "&" in title or "¶" in title else title


def _cut_logo(title: str, logos: Sequence[str]) -> str:
    """`title` without a logo before or after the sign that parts them."""
    for logo in filter(None, logos):
        before, after = title.removesuffix(logo), title.removeprefix(logo)
        if after != title and after.lstrip()[:1] in _PARTING:
            return after.lstrip()[1:].strip()
        if before != title and before.rstrip()[-1:] in _PARTING:
            return before.rstrip()[:-1].strip()
    return title


def _own_heading(titles: Titles, *, site_name: str, host: str) -> str:
    """The `<h1>` that another title supports; else the only one, if it is no logo."""
    document = fold_title(titles.document)
    others = (titles.opengraph, titles.jsonld, titles.twitter, titles.document, titles.microdata)
    # Old software calls every page by the site's name, which speaks for no heading.
    named = [other for other in others if other and not _is_site(other, site_name, host)]
    told = [other for other in map(fold_title, named) if other]
    told_words = [{*other.split()} for other in told]
    headlines = {other for other in told if is_headline(other)}
    logos = {*map(fold_title, titles.logos)} - {document, ""}
    visible = {folded for folded in map(fold_title, titles.subheadings) if is_headline(folded)}
    folds = [fold_title(heading) for heading in titles.headings]
    scored = []
    for heading, folded in zip(titles.headings, folds, strict=True):
        if not folded or _is_site(heading, site_name, host):
            continue
        if folded in logos or _is_logo(folded, document, headlines, {*folds, *visible}):
            continue
        words = {*folded.split()}
        is_long = is_headline(folded)
        if is_long and any(other.startswith(folded) for other in told):
            shared = 1.0
        else:
            shared = max(
                (len(words & other) / len(words | other) for other in told_words), default=0.0
            )
        scored.append((shared, is_long, heading))
    if not scored:
        return ""
    # The first of those that are told best: later ones head other stories.
    enough = _NEARLY * max(shared for shared, _, _ in scored)
    shared, is_long, heading = next(each for each in scored if each[0] >= enough)
    # "Courier: article view" is no headline, and speaks against none.
    is_alone = len(scored) == 1 and (not told or (is_long and not headlines))
    if shared >= (_SUPPORT if is_long else _SUPPORT_SHORT) or is_alone:
        return heading
    return ""


def _is_logo(
    heading: str, document: str, headlines: Collection[str], headings: Collection[str]
) -> bool:
    """Whether `<title>` is the heading and a headline told elsewhere: the heading is the site.

    All are folded. Before the site's name, another heading is such a headline.
    """
    if document.startswith(heading):
        return document[len(heading) + 1 :] in headlines
    if document.endswith(heading):
        rest = document[: -len(heading) - 1]
        return rest in headlines or rest in headings
    return False


def _drop_kickers(titles: Mapping[str, str]) -> Mapping[str, str]:
    """The titles by name, without the kickers before the headline.

    A title that ends with another of the page's titles has a kicker before it, unless heading and
    OpenGraph both begin with it; so have a heading and an OpenGraph title that differ only in what
    stands before a colon or a dash. Where one title of a development page ends with another, the
    shorter was right 92 times and the longer 9 (fundus, WCXB, daniel and trafilatura).
    """
    folded = {name: fold_title(title) for name, title in titles.items()}
    if len({*folded.values()}) < 2:
        return titles
    heading, opengraph = folded.get("heading", ""), folded.get("opengraph", "")
    bare = dict(titles)
    for name, words in folded.items():
        if heading.startswith(words) and opengraph.startswith(words):
            continue
        tails = [
            (len(tail), other)
            for other, tail in folded.items()
            if words.endswith(" " + tail)
            and is_headline(tail)
            and _is_kicker(words[: -len(tail) - 1], titles[name])
        ]
        if tails:
            bare[name] = titles[min(tails)[1]]
    if heading and opengraph and heading != opengraph and bare == titles:
        kicker, rest = split_kicker(titles["heading"])
        other, same = split_kicker(titles["opengraph"])
        if (
            is_headline(fold_title(rest))
            and fold_title(rest) == fold_title(same)
            and {*fold_title(kicker).split()}.isdisjoint(fold_title(other).split())
        ):
            bare |= {"heading": rest, "opengraph": rest}
    return bare


def split_kicker(title: str) -> tuple[str, str]:
    """What stands before the first colon or dash of a title, and what after it."""
    end = _KICKER_END.search(title)
    return (title[: end.start()], title[end.end() :].strip()) if end else ("", "")


def _is_kicker(folded: str, title: str) -> bool:
    """Whether the words before a headline in `title` are more than an article or a number."""
    if len(folded) >= _MIN_KICKER:
        return True
    return not title[: len(folded) + 1].lower().startswith(folded + " ")


def _is_most(line: str, title: str) -> bool:
    """Whether `line` is a headline that separators part from the rest of `title`, and enough."""
    is_last = title.rstrip().endswith(line)
    return len(line) > len(title) * (_MIN_SHARE_LAST if is_last else _MIN_SHARE) and is_part(
        line, title
    )


def is_part(line: str, title: str) -> bool:
    """Whether `line` has the words of a headline, and signs part it from the rest of `title`."""
    before, _, after = title.partition(line)
    before, after = before.rstrip(), after.lstrip()
    return (
        line in title
        and (not before or before[-1] in _SIGNS)
        and (not after or after[0] in _SIGNS)
        and is_headline(fold_title(line))
    )


def _ends_one(title: str, others: Sequence[str]) -> bool:
    """Whether another title is `title` with a kicker."""
    return any(other.endswith(title) for other in others) and is_headline(fold_title(title))


def is_headline(folded: str) -> bool:
    """Whether a text that `fold_title` folded has the words of a headline."""
    return folded.count(" ") + 1 >= _HEADLINE_WORDS or any(map(is_spaceless, folded))


def _is_site(piece: str, site_name: str, host: str) -> bool:
    """Whether a piece of a title is the site's name, as the page or its address gives it."""
    if len(_WORD.findall(piece)) > _MAX_SITE_WORDS:
        return False
    folded = fold_title(piece).replace(" ", "")
    if not folded:
        return False
    name = fold_title(site_name).replace(" ", "")
    if name and (folded == name or (len(name) > 3 and (name in folded or folded in name))):
        return True
    labels = host.lower().removeprefix("www.").split(".")
    bare = "".join(labels).replace("-", "")
    if folded == bare or folded.removeprefix("www") == bare:
        return True
    return any(len(label) > 2 and folded == label.replace("-", "") for label in labels[:-1])


def fold_title(text: str) -> str:
    """The words of a title in lower case, one space between, signs left out."""
    shown = text if text.isascii() else _UNSEEN.sub("", text)
    return " ".join(_WORD.findall(shown.lower()))
