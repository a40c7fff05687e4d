"""Which HTML element is what to the cutter: skipped, inline, or a container, and of which sort.

Element lists follow WHATWG HTML section 4; deprecated elements are kept because news archives
reach back to the 1990s.
"""

# ruff: noqa: SIM905 - lists of element names read better as lines of words.
from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from cleaners.dom import TEXT_TAG, tag_ids


class Role(Enum):
    """What the cutter does with a node; told apart by identity, in fewer steps than numbers."""

    SKIP = auto()
    INLINE = auto()
    CONTAINER = auto()
    BREAK = auto()
    TEXT = auto()


SKIP, INLINE, CONTAINER, BREAK, TEXT = Role

# Elements whose text is not shown, is the label of a control, or says how other text is read.
_SKIPPED = (
    "script style noscript svg iframe select option input textarea canvas video audio embed "
    "datalist progress meter math button frameset source track noframes noembed area base basefont "
    "bgsound keygen param rp rt rtc"
).split()

_INLINE = (
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i img ins kbd label link "
    "map mark meta nobr output picture q rb ruby s samp slot small spacer span strike strong sub "
    "sup time tt u var wbr"
).split()

SORTS = (
    "other div p h1 h2 h3 h4 li td blockquote pre figcaption dt article main section header footer "
    "nav aside form figure ul ol table tr address body dl"
).split()
"""The sorts of container that the features tell apart; a container's sort is an index into it."""

SORT = {name: index for index, name in enumerate(SORTS)}

# Elements that count as another one.
_ALIASES = {
    "h5": "h4",
    "h6": "h4",
    "th": "td",
    "dd": "dt",
    "caption": "figcaption",
    "tbody": "table",
    "thead": "table",
    "tfoot": "table",
    "fieldset": "form",
    "legend": "form",
    "center": "div",
    "details": "div",
    "summary": "h4",
    "menu": "ul",
    "hgroup": "header",
    "dir": "ul",
    "listing": "pre",
    "xmp": "pre",
}

# Sorts that everything inside them inherits, one bit each.
INHERITED = (
    "article main header footer nav aside form figure ul ol table blockquote li address section dl"
).split()
BIT = {name: 1 << index for index, name in enumerate(INHERITED)}
HIDDEN_BIT = 1 << len(INHERITED)
BODY_BIT = HIDDEN_BIT << 1
"""Inside an element that the page itself calls `articleBody` (schema.org microdata)."""
NEWS_BIT = BODY_BIT << 1
"""Inside an element that the page itself calls a `NewsArticle` (schema.org microdata)."""
DIALOG_BIT = NEWS_BIT << 1
"""Inside an element that opens over the page: `<dialog>`, and its roles (WAI-ARIA 1.2)."""
APART_BITS = BIT["aside"] | BIT["nav"] | BIT["form"] | BIT["footer"] | HIDDEN_BIT | DIALOG_BIT
"""What stands in these is apart from a story, unless the story stands there itself."""
LIST_BITS = BIT["ul"] | BIT["ol"] | BIT["dl"]
"""What stands in these is an item of a list."""

# lexbor numbers some 200 known tags; every unknown tag has a larger number.
KNOWN_TAGS = 512
UNKNOWN_TAG = KNOWN_TAGS - 1
"""Stands for every unknown tag in a `TagTable`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagTable:
    """For each lexbor tag number: what the cutter does with it, its sort, and the bits it sets.

    `roles[number]` is SKIP, INLINE, CONTAINER, BREAK or TEXT. What unknown elements are depends on
    where they stand. Of inline elements only links and those in `telling` say anything.
    """

    roles: tuple[Role, ...]
    sorts: tuple[int, ...]
    marks: tuple[int, ...]
    names: tuple[str, ...]
    link: int
    telling: frozenset[int]
    strong: frozenset[int]
    time: int
    image: int
    script: int
    noscript: int
    template: int
    button: int
    math: int
    cells: frozenset[int]


@cache
def tag_table() -> TagTable:
    """The table, made once from lexbor's own numbering."""
    names = {*_SKIPPED, *_INLINE, *SORTS[1:], *_ALIASES, "br", "template", "dialog"} - {"body"}
    ids = tag_ids(sorted(names))
    roles = [CONTAINER] * KNOWN_TAGS
    sorts = [SORT["other"]] * KNOWN_TAGS
    labels = ["x"] * KNOWN_TAGS
    for name, number in ids.items():
        labels[number] = name
        if name in SORT or name in _ALIASES:
            sorts[number] = SORT[_ALIASES.get(name, name)]
        elif name not in {"br", "template", "dialog"}:
            roles[number] = INLINE if name in _INLINE else SKIP
    roles[ids["br"]] = BREAK
    roles[TEXT_TAG] = TEXT
    for number in (0, 1, 3, 4, 5):  # undefined, end of file, document, comment, doctype
        roles[number] = SKIP
    marks = [BIT.get(SORTS[sort], 0) for sort in sorts]
    marks[ids["dialog"]] |= DIALOG_BIT
    strong = frozenset((ids["b"], ids["strong"]))
    return TagTable(
        roles=tuple(roles),
        sorts=tuple(sorts),
        marks=tuple(marks),
        names=tuple(labels),
        link=ids["a"],
        telling=strong | {ids["time"], ids["sup"], UNKNOWN_TAG},
        strong=strong,
        time=ids["time"],
        image=ids["img"],
        script=ids["script"],
        noscript=ids["noscript"],
        template=ids["template"],
        button=ids["button"],
        math=ids["math"],
        cells=frozenset((ids["td"], ids["th"])),
    )
