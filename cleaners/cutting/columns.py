"""The cut of a document: columns of blocks and of the containers they stand in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cleaners.article import Span
from cleaners.cutting.containernames import HINTS, NAMED
from cleaners.cutting.labels import Labels, read_labels
from cleaners.cutting.tags import APART_BITS, LIST_BITS, SORT, SORTS

SUBHEADS = frozenset(SORT[name] for name in ("h2", "h3", "h4"))
"""Sorts of the headings below the first level."""
IS_SUBHEAD = np.isin(np.arange(len(SORTS)), list(SUBHEADS))
"""By sort, whether it is one of them."""
_Value = TypeVar("_Value", np.bool_, np.int64)
TIME_MARK, IMAGE_MARK, FORMULA_MARK = 1, 2, 4


# Without slots, which have no room for what is made when it is first asked for.
@dataclass(frozen=True, kw_only=True)
class Arrays:
    """Columns of a cut for numpy, those of Python's beside them; nobody writes to them.

    They mean what they do in `Cut`. `depths` says of each container how many it stands in;
    `lengths` are those of the blocks' texts; `home_parents`, `home_sorts` and `home_bits` are what
    `parents`, `sorts` and `bits` say of each block's container. What many guards ask of all blocks
    is made once.
    """

    parents: NDArray[np.int64]
    sorts: NDArray[np.int64]
    numbers: NDArray[np.int64]
    alike: NDArray[np.int64]
    bits: NDArray[np.int64]
    depths: NDArray[np.int64]
    ends: NDArray[np.int64]
    homes: NDArray[np.int64]
    lengths: NDArray[np.int64]
    home_parents: NDArray[np.int64]
    home_sorts: NDArray[np.int64]
    home_bits: NDArray[np.int64]
    link_chars: NDArray[np.int64]
    link_counts: NDArray[np.int64]
    strong_chars: NDArray[np.int64]
    marks: NDArray[np.int64]
    inner_numbers: NDArray[np.int64]

    @cached_property
    def is_linked(self) -> NDArray[np.bool_]:
        """Which blocks have a link."""
        return _protect(self.link_chars > 0)

    @cached_property
    def is_plain(self) -> NDArray[np.bool_]:
        """Which blocks have none."""
        return _protect(self.link_chars == 0)

    @cached_property
    def is_subhead(self) -> NDArray[np.bool_]:
        """Which blocks are headings below the first level."""
        return _protect(IS_SUBHEAD.take(self.home_sorts))

    @cached_property
    def is_heading(self) -> NDArray[np.bool_]:
        """Which blocks are headings of any level."""
        return _protect(self.is_subhead | (self.home_sorts == SORT["h1"]))

    @cached_property
    def is_listed(self) -> NDArray[np.bool_]:
        """Which blocks stand in a list."""
        return _protect((self.home_bits & LIST_BITS) != 0)

    @cached_property
    def is_apart(self) -> NDArray[np.bool_]:
        """Which blocks stand in what is apart from a story."""
        return _protect((self.home_bits & APART_BITS) != 0)

    @cached_property
    def looks(self) -> NDArray[np.int64]:
        """A number per container, the same for those with tag and class in common."""
        return _protect(self.alike * len(SORTS) + self.sorts)

    @cached_property
    def siblings(self) -> NDArray[np.int64]:
        """A number per container, the same for those with parent, tag and class in common."""
        return _protect(self.looks * (len(self.parents) + 1) + self.parents)


def _protect(values: NDArray[_Value]) -> NDArray[_Value]:
    """The values, which nobody can write to any more."""
    values.setflags(write=False)
    return values


def _no_arrays() -> Arrays:
    """Those of a body without blocks."""
    zero, nothing = np.zeros(1, np.int64), np.zeros(0, np.int64)
    of_containers = dict.fromkeys(("numbers", "alike", "bits", "depths", "ends"), zero)
    of_blocks = dict.fromkeys(
        (
            *("homes", "lengths", "home_parents", "home_sorts", "home_bits"),
            *("link_chars", "link_counts", "strong_chars", "marks", "inner_numbers"),
        ),
        nothing,
    )
    return Arrays(parents=zero - 1, sorts=zero + SORT["body"], **of_containers, **of_blocks)


@dataclass(slots=True, kw_only=True)
class Cut:
    """The columns. Container 0 is `<body>`; every block knows its nearest container.

    Containers: `parents` (-1 for body), `sorts` (index into `tags.SORTS`), `keys` (class, id, role
    and itemprop as one string), `numbers` (of the key in `names`; that of no key where no block is
    inside), `bits` (what they and their ancestors are), `ends` (the last container inside).

    Blocks, in document order: `homes` (the container), `texts` (white space collapsed, never
    empty), `link_chars`, `link_counts` (of texts as they are here), `marks` (TIME_MARK,
    IMAGE_MARK, FORMULA_MARK), `inner_keys` (class and the like of the inline element that opens the
    block, or empty), `spans` (links and emphasis, where asked for; else the list is empty).
    `line_ends` holds, of blocks of several lines, the places of the spaces that line breaks are.
    `base` is what links are relative to, where that is known; else it is empty. `starts` holds the
    first numbers of the ordered lists that do not begin with 1, where spans are.

    `cell_spans` says of cells that cover more how many columns and rows that is.

    `alike` holds the `numbers` of the keys without ids that are elements' own: containers marked up
    alike have them in common.

    `arrays` has the numbers of all this for numpy, and beside them `strong_chars` and
    `inner_numbers` (of the inner keys in `names`).

    `named` says, by sort of `containernames.NAMED`, which names of containers are of that sort,
    and by `HINTS` which may be of some more.

    `names` numbers the distinct keys of both in the order met, and `labels` finds words in them by
    these numbers. `all_sorts` are the sorts that any container is of, `json_ld` the texts of the
    JSON-LD met on the way, `noscripts` the markup in the longer `<noscript>`, and `is_news` says
    whether a container is of microdata's `NewsArticle`.
    """

    arrays: Arrays = field(default_factory=_no_arrays)
    parents: list[int] = field(default_factory=lambda: [-1])
    sorts: list[int] = field(default_factory=lambda: [SORT["body"]])
    keys: list[str] = field(default_factory=lambda: [""])
    numbers: list[int] = field(default_factory=lambda: [0])
    alike: list[int] = field(default_factory=lambda: [0])
    names: dict[str, int] = field(default_factory=lambda: {"": 0})
    labels: Labels = field(default_factory=lambda: read_labels([""]))
    named: Mapping[str, frozenset[int]] = field(
        default_factory=lambda: dict.fromkeys((*NAMED, HINTS), frozenset())
    )
    all_sorts: frozenset[int] = frozenset()
    bits: list[int] = field(default_factory=lambda: [0])
    ends: list[int] = field(default_factory=lambda: [0])
    homes: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    link_chars: list[int] = field(default_factory=list)
    link_counts: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    inner_keys: list[str] = field(default_factory=list)
    spans: list[tuple[Span, ...]] = field(default_factory=list)
    line_ends: dict[int, tuple[int, ...]] = field(default_factory=dict)
    cell_spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    base: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    json_ld: list[str] = field(default_factory=list)
    noscripts: list[str] = field(default_factory=list)
    is_news: bool = False

    def list_named(self, *sorts: str) -> frozenset[int]:
        """The numbers of the names of some sorts together."""
        return frozenset().union(*(self.named[sort] for sort in sorts))

    def mark_named(self, names: Collection[int]) -> NDArray[np.bool_]:
        """Which containers have one of some names, given by number."""
        is_one = np.zeros(len(self.names), np.bool_)
        is_one[list(names)] = True
        is_named: NDArray[np.bool_] = is_one.take(self.arrays.numbers)
        return is_named

    def holds(self, container: int, other: int) -> bool:
        """Whether a container is another one, or holds it."""
        return container <= other <= self.ends[container]

    def look(self, container: int) -> tuple[int, int]:
        """Sort and name of a container, the same for those that look alike."""
        return self.sorts[container], self.alike[container]

    def mark(self, container: int) -> tuple[int, int, int]:
        """Parent, sort and name of a container, the same for those marked up alike."""
        return self.parents[container], self.sorts[container], self.alike[container]
