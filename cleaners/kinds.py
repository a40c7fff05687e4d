"""What each block is, from markup, position and the title: kinds of `article.Kind`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.article import Kind
from cleaners.cut import TIME_MARK, Cut
from cleaners.features import Features
from cleaners.tags import BIT, SORTS

_BY_SORT = {
    "h1": Kind.HEADING,
    "h2": Kind.HEADING,
    "h3": Kind.HEADING,
    "h4": Kind.HEADING,
    "pre": Kind.PREFORMATTED,
    "td": Kind.TABLE_ROW,
    "figcaption": Kind.CAPTION,
}
# Of the words of title and block together, how many both have, where a block repeats the title.
_SAME_TITLE = 0.8
# Words up to which a block with a <time> is a date line, and one by an author a byline.
_DATE_WORDS, _BYLINE_WORDS = 12, 15
# Microdata and link types that name an author (schema.org `author`, HTML `rel=author`).
_AUTHOR_NAMES = frozenset({"author", "ip_author"})


def name_kinds(cut: Cut, features: Features, kept: NDArray[np.bool_]) -> tuple[Kind, ...]:
    """One kind a block, in order. `kept` says what the model takes for article text."""
    first = int(kept.argmax()) if kept.any() else len(kept)
    kinds = []
    for index, home in enumerate(cut.homes):
        kind = _name_by_markup(cut, home)
        words = features.words[index]
        if features.title_share[index] >= _SAME_TITLE and (
            kind is Kind.HEADING or index <= first + 1
        ):
            kind = Kind.TITLE
        elif words <= _DATE_WORDS and cut.marks[index] & TIME_MARK:
            kind = Kind.DATE
        elif words <= _BYLINE_WORDS and _is_by_author(cut, index, home):
            kind = Kind.BYLINE
        kinds.append(kind)
    return tuple(kinds)


def _name_by_markup(cut: Cut, home: int) -> Kind:
    kind = _BY_SORT.get(SORTS[cut.sorts[home]])
    if kind is not None:
        return kind
    bits = cut.bits[home]
    if bits & BIT["figure"]:
        return Kind.CAPTION
    if bits & BIT["li"]:
        return Kind.LIST_ITEM
    if bits & BIT["blockquote"]:
        return Kind.QUOTATION
    return Kind.PARAGRAPH


def _is_by_author(cut: Cut, index: int, home: int) -> bool:
    names: Sequence[str] = (*cut.inner_keys[index].split(), *cut.keys[home].split())
    return not _AUTHOR_NAMES.isdisjoint(names)


def heading_level(cut: Cut, home: int) -> int:
    """1 to 4 for headings, the nesting depth for list items, else 0."""
    sort = SORTS[cut.sorts[home]]
    if sort in {"h1", "h2", "h3", "h4"}:
        return int(sort[1])
    depth = 0
    if cut.bits[home] & BIT["li"]:
        while home > 0:
            depth += SORTS[cut.sorts[home]] == "li"
            home = cut.parents[home]
    return depth
