"""The cut of a document: columns of blocks and of the containers they stand in."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from cleaners.article import Span
from cleaners.labels import Labels, read_labels
from cleaners.tags import SORT

TIME_MARK, IMAGE_MARK = 1, 2


def _column(*values: int) -> Callable[[], array[int]]:
    """Makes a column of numbers that numpy copies in one piece."""
    return lambda: array("q", values)


@dataclass(slots=True, kw_only=True)
class Cut:
    """The columns. Container 0 is `<body>`; every block knows its nearest container.

    Containers: `parents` (-1 for body), `sorts` (index into `tags.SORTS`), `keys` (class, id, role
    and itemprop as one string), `numbers` (of the key in `names`; that of no key where no block is
    inside), `bits` (what they and their ancestors are), `depths`, `ends` (the last container
    inside).

    Blocks, in document order: `homes` (the container), `texts` (white space collapsed, never
    empty), `link_chars`, `link_counts`, `strong_chars` (of texts as they are here),
    `marks` (TIME_MARK, IMAGE_MARK), `inner_keys` (class and the like of the inline element that
    opens the block, or empty), `inner_numbers` (of that in `names`), `spans` (links and emphasis,
    where asked for; else the list is empty). `line_ends` holds, of blocks of several lines, the
    places of the spaces that line breaks are. `base` is what links are relative to, where that is
    known; else it is empty.
    `starts` holds the first numbers of the ordered lists that do not begin with 1, where spans are.

    `cell_spans` says of cells that cover more how many columns and rows that is.

    `alike` holds the `numbers` of the keys without ids that are elements' own: containers marked up
    alike have them in common.

    `names` numbers the distinct keys of both in the order met, and `labels` finds words in them by
    these numbers. `all_sorts` are the sorts that any container is of, `json_ld` the texts of the
    JSON-LD met on the way, and `is_news` says whether a container is of microdata's `NewsArticle`.
    """

    parents: array[int] = field(default_factory=_column(-1))
    sorts: array[int] = field(default_factory=_column(SORT["body"]))
    keys: list[str] = field(default_factory=lambda: [""])
    numbers: array[int] = field(default_factory=_column(0))
    alike: array[int] = field(default_factory=_column(0))
    names: dict[str, int] = field(default_factory=lambda: {"": 0})
    labels: Labels = field(default_factory=lambda: read_labels([""]))
    all_sorts: frozenset[int] = frozenset()
    bits: array[int] = field(default_factory=_column(0))
    depths: array[int] = field(default_factory=_column(0))
    ends: array[int] = field(default_factory=_column(0))
    homes: array[int] = field(default_factory=_column())
    texts: list[str] = field(default_factory=list)
    link_chars: array[int] = field(default_factory=_column())
    link_counts: array[int] = field(default_factory=_column())
    strong_chars: array[int] = field(default_factory=_column())
    marks: array[int] = field(default_factory=_column())
    inner_keys: list[str] = field(default_factory=list)
    inner_numbers: array[int] = field(default_factory=_column())
    spans: list[tuple[Span, ...]] = field(default_factory=list)
    line_ends: dict[int, tuple[int, ...]] = field(default_factory=dict)
    cell_spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    base: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    json_ld: list[str] = field(default_factory=list)
    is_news: bool = False

    def mark(self, container: int) -> tuple[int, int, int]:
        """Parent, sort and name of a container, the same for those marked up alike."""
        return self.parents[container], self.sorts[container], self.alike[container]
