"""Blocks in, the containers around them whose names tell what is beside a story: boxes by sort."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from cleaners.cutting.columns import SUBHEADS, Cut
from cleaners.cutting.tags import SORT

_SORTS = ("comments", "fact_box", "prompt", "writer_box", "appeal")
LINES = frozenset((*SUBHEADS, *(SORT[name] for name in ("h1", "p", "li", "td"))))
"""Sorts of elements that are no box."""


def list_boxes(cut: Cut, places: Iterable[int]) -> dict[str, list[int]]:
    """The containers around some blocks that `words/containers.toml` names, in document order.

    By sort of box: `comments`, `fact_box`, `prompt`, `writer_box`, `appeal`. The last is no
    heading, paragraph, item or cell: these have ids of their own words.
    """
    named = cut.list_named(*_SORTS)
    boxes = _list_around(cut.mark_named(named).nonzero()[0].tolist(), places, cut) if named else []
    found = {sort: [box for box in boxes if cut.numbers[box] in cut.named[sort]] for sort in _SORTS}
    found["appeal"] = [box for box in found["appeal"] if cut.sorts[box] not in LINES]
    return found


def find_inside(
    boxes: Sequence[int], places: Sequence[int], cut: Cut, *, story: Sequence[int] = ()
) -> set[int]:
    """Those of some blocks that stand in one of the boxes, where the story does not.

    Where it stands say some of its blocks, in document order, else the first of `places`. `boxes`
    and `places` are in document order.
    """
    if not boxes:
        return set()
    told = [cut.homes[place] for place in (story or places[:1])]
    homes: set[int] = set()
    last = -1
    for box in boxes:
        # Boxes inside others add nothing: every container is looked at once.
        if box > last and not all(box <= home <= cut.ends[box] for home in told):
            last = cut.ends[box]
            homes.update(range(box, last + 1))
    return {place for place in places if cut.homes[place] in homes}


def _list_around(containers: Iterable[int], places: Iterable[int], cut: Cut) -> list[int]:
    """Those of some containers that some blocks stand in, the body left out."""
    homes = sorted({cut.homes[place] for place in places})
    # Containers inside one have the numbers after its own.
    nearest = ((each, bisect_left(homes, each)) for each in containers if each)
    return [each for each, at in nearest if at < len(homes) and homes[at] <= cut.ends[each]]
