"""Where blocks stand in, numbers about it out: their containers' text, links, names and shape."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.letters import Floats, Ints, number_distinct
from cleaners.cutting.tags import LIST_BITS, SORT, SORTS
from cleaners.measures.rows import Rows
from cleaners.measures.runs import Seen
from cleaners.measures.tokens import TokenTable, list_name_tokens, sum_scores

# Containers looked at from a block outwards.
_LEVELS = 4
_SUM_NAMES = " ".join(
    f"{name}{level}"
    for name in ("linked", "blocks", "good", "average", "rich")
    for level in range(_LEVELS)
)
_SIGNATURE_NAMES = " ".join(
    f"signature_{name}" for name in ("blocks", "share", "good", "links", "average")
)
# Rounds after which `_carry_down` has seen 64 levels; real pages nest less than that.
_ROUNDS = 6
# Containers looked at from a block outwards.
_MOST_INSIDE = 100
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Per block: its container's sort and name score, and the sorts of the two containers around.

    `sorts` has three rows, the nearest container first. Blocks with the same of `signatures` (0, 1
    and so on) are marked up alike.
    """

    sorts: Ints
    near: Floats
    signatures: Ints


def measure_places(rows: Rows, cut: Cut, seen: Seen, amounts: Values, table: TokenTable) -> Places:
    """The places of all blocks, and rows about them.

    `amounts` has a row each of characters, of those in links, and of those of running text.
    """
    homes = seen.homes
    parents = np.maximum(cut.arrays.parents, 0)
    sorts, depths = cut.arrays.sorts, cut.arrays.depths
    lines = np.empty((_LEVELS, len(homes)), np.int64)
    lines[0] = homes
    for level in range(1, _LEVELS):
        # Nothing is clipped; it is only so that `take` writes right to where it shall.
        parents.take(lines[level - 1], out=lines[level], mode="clip")
    depth = depths.take(homes)
    rows.add("depth", depth)
    near = _add_names(rows, cut, seen, table, lines=lines, parents=parents)
    sums = sum_containers(homes, cut.arrays.ends, amounts)
    _add_sums(rows, lines, sums)
    _add_best(rows, cut, lines, sums, amounts[2], depth=depth)
    signatures = number_distinct(_mark_homes(cut, lines))
    _add_signatures(rows, signatures, amounts)
    (articles,) = (sorts == SORT["article"]).nonzero()
    rows.add("articles", np.minimum(articles.searchsorted(homes, side="right"), 5))
    return Places(sorts=sorts.take(lines[:3]), near=near, signatures=signatures)


def _add_names(
    rows: Rows, cut: Cut, seen: Seen, table: TokenTable, *, lines: Ints, parents: Ints
) -> Floats:
    """Add the name scores of the container, its ancestors, and of the whole path to it."""
    tokens = list_name_tokens(cut.labels)
    known, found = table.look_up(tokens.hashes)
    scores = sum_scores(tokens.owners.take(known), found, np.maximum, tokens.count)
    by_container = scores.take(cut.arrays.numbers, axis=1)
    means, highest = by_container.take(lines[:3], axis=1)
    rows.add_all("near1 near2 near3", means)
    rows.add_all("high1 high2", highest[:2])
    rows.add_all("inner inner_high", scores.take(seen.inner_numbers, axis=1))
    far, far_high = _carry_down(by_container, parents, lines[0], int(cut.arrays.depths.max()))
    rows.add("far", far)
    rows.add("far_high", far_high)
    near: Floats = means[0]
    return near


def _carry_down(scores: Floats, parents: Ints, homes: Ints, deepest: int) -> tuple[Floats, Floats]:
    """For each of `homes` the sum and the highest of its and all its ancestors' scores.

    Every round doubles how far each container sees, so depth costs its logarithm; `deepest` is the
    greatest depth. The body stands for everything above it: that changes no highest, and in the sum
    it counts 0.
    """
    mean, high = scores[0].copy(), scores[1]
    mean[0] = 0
    above = parents
    rounds = min(_ROUNDS, max(1, (deepest - 1).bit_length()))
    for _ in range(rounds - 1):
        mean = mean + mean.take(above)
        high = np.maximum(high, high.take(above))
        above = above.take(above)
    # The last time only where blocks are.
    above = above.take(homes)
    return mean.take(homes) + mean.take(above), np.maximum(high.take(homes), high.take(above))


def sum_containers(homes: Ints, ends: Ints, values: Sequence[Values] | Values) -> Values:
    """For each container, each value's sum over all blocks inside it, and last their number."""
    # Containers are numbered in document order: all inside one follow it up to its end.
    size = len(ends)
    totals = np.zeros((len(values) + 1, size + 1))
    for row, value in zip(totals, (*values, None), strict=True):
        row[1:] = np.bincount(homes, value, size)
    totals.cumsum(1, out=totals)
    sums: Values = totals.take(ends + 1, axis=1)
    sums -= totals[:, :-1]
    return sums


def _add_sums(rows: Rows, lines: Ints, sums: Values) -> None:
    chars, linked, good, count = sums
    some = np.maximum(1.0, chars)
    about = np.empty((5, len(chars)), np.float32)
    about[0] = linked / some
    about[1] = np.log1p(count)
    about[2] = good / max(1.0, good[0])
    about[3] = np.log1p(chars / np.maximum(1.0, count))
    about[4] = good / some
    rows.add_all(_SUM_NAMES, about.take(lines, axis=1).reshape(-1, lines.shape[1]))
    rows.add("share0", chars.take(lines[0]) / max(1.0, chars[0]))


def _add_best(
    rows: Rows, cut: Cut, lines: Ints, sums: Values, good: Values, *, depth: Ints
) -> None:
    """Add distances to the container with most running text near it."""
    size = len(cut.parents)
    homes = lines[0]
    direct = (
        np.bincount(homes, good, size)
        + np.bincount(lines[1], good, size)
        + 0.3 * np.bincount(lines[2], good, size)
    )
    best = int(direct.argmax())
    line = [best]
    while cut.parents[line[-1]] >= 0:
        line.append(cut.parents[line[-1]])
    # Going outwards, each ancestor holds the one before: those that begin before a block's
    # container, less those that end before it, hold the block.
    begun = np.array(line[::-1]).searchsorted(homes, side="right")
    ended = np.array([cut.ends[each] for each in line]).searchsorted(homes)
    rows.add("to_best", len(line) - begun + ended)
    chars, linked, good_sums, _ = sums[:, best]
    rows.add("best_share", good_sums / max(1.0, sums[2, 0]))
    rows.add("best_links", linked / max(1.0, chars))
    index = np.arange(len(homes))
    in_best = (homes >= best) & (homes <= cut.ends[best])
    (inside,) = in_best.nonzero()
    # The best container holds running text, but a page may have none; then the first block stands.
    first, last = (int(inside[0]), int(inside[-1])) if len(inside) else (0, 0)
    rows.add("in_best", in_best)
    rows.add("best_depth", depth - cut.arrays.depths[best])
    distances = np.array((index - first, last - index))
    rows.add_all("since_first until_last", np.minimum(np.maximum(distances, -50), 50))
    rows.add("best_position", distances[0] / len(homes))


def mark_blocks(cut: Cut) -> Ints:
    """A number per block, the same for blocks whose place is marked up the same way.

    Two blocks have the same number where their containers and those containers' parents agree in
    sort and name: list entries, teasers, paragraphs of one text.
    """
    arrays = cut.arrays
    return _mark_homes(cut, np.array((arrays.homes, np.maximum(arrays.home_parents, 0))))


def _mark_homes(cut: Cut, lines: Ints) -> Ints:
    """What `mark_blocks` gives, of blocks with the containers and parents in two rows."""
    own, around = cut.arrays.looks.take(lines[:2])
    marks: Ints = own * (len(SORTS) * len(cut.names)) + around
    return marks


def _add_signatures(rows: Rows, signatures: Ints, amounts: Values) -> None:
    number = np.bincount(signatures)
    size, links, rich = (np.bincount(signatures, value) for value in amounts)
    about = np.empty((5, len(number)), np.float32)
    about[0] = np.log1p(number)
    about[1] = size / max(1.0, np.add.reduce(size))
    about[2] = rich / max(1.0, np.add.reduce(rich))
    about[3] = links / np.maximum(1.0, size)
    about[4] = np.log1p(size / number)
    rows.add_all(_SIGNATURE_NAMES, about.take(signatures, axis=1))
    same = np.zeros(len(signatures), bool)
    same[1:] = signatures[1:] == signatures[:-1]
    rows.add("same_signature", same)


def find_nearest(cut: Cut, sort: int) -> Ints:
    """For each block the nearest container of a sort that it stands in; 0 where there is none."""
    nearest = np.zeros(len(cut.parents), np.int64)
    # Those inside come after those around them, so the last one written is the nearest.
    for container in (cut.arrays.sorts == sort).nonzero()[0].tolist():
        nearest[container : cut.ends[container] + 1] = container
    of_blocks: Ints = nearest.take(cut.arrays.homes)
    return of_blocks


def group_nearest(cut: Cut, sort: int) -> dict[int, list[int]]:
    """The blocks of which a container of a sort is the nearest, by container, in document order."""
    nearest = find_nearest(cut, sort)
    (places,) = nearest.nonzero()
    groups: dict[int, list[int]] = defaultdict(list)
    for container, place in zip(nearest.take(places).tolist(), places.tolist(), strict=True):
        groups[container].append(place)
    return groups


def find_around(container: int, sort: int, cut: Cut) -> int:
    """The nearest container of a sort that a container is, or is in; 0 where there is none."""
    while container > 0 and cut.sorts[container] != sort:
        container = cut.parents[container]
    return max(0, container)


def find_outer_list(container: int, cut: Cut) -> int:
    """The outermost list around a container that stands in one."""
    while cut.bits[cut.parents[container]] & LIST_BITS:
        container = cut.parents[container]
    return container


def mark_inside(boxes: Ints, cut: Cut) -> NDArray[np.bool_]:
    """Which blocks stand in one of some containers."""
    # Boxes that are open at each container: one begins with its own, and ends after its last.
    size = len(cut.parents) + 1
    ends = cut.arrays.ends.take(boxes) + 1
    opened, closed = (np.bincount(places, minlength=size) for places in (boxes, ends))
    is_inside: NDArray[np.bool_] = ((opened - closed).cumsum() > 0).take(cut.arrays.homes)
    return is_inside


def find_wrapper(container: int, before: int, after: int, cut: Cut) -> int:
    """The outermost container around one that holds neither of two blocks.

    Some templates give every paragraph and every list of a story a box of its own.
    """
    homes, parents, ends = cut.homes, cut.parents, cut.ends
    # What is no block stands in nothing.
    one = homes[before] if 0 <= before < len(homes) else -1
    other = homes[after] if 0 <= after < len(homes) else -1
    around = parents[container]
    while around > 0 and not (around <= one <= ends[around] or around <= other <= ends[around]):
        container, around = around, parents[around]
    return container


def find_child(around: int, home: int, cut: Cut) -> int:
    """The container right inside `around` that a container is, or is in; -1 where there is none.

    It is not looked for beyond any real page's depth, so that time is linear in the page.
    """
    for _ in range(_MOST_INSIDE):
        if home <= 0:
            break
        if cut.parents[home] == around:
            return home
        home = cut.parents[home]
    return -1


def bound_blocks(
    index: int, container: int, cut: Cut, *, most: int | None = None
) -> tuple[int, int]:
    """Where the blocks of a container, of which one is given, begin and end.

    With `most` no more than so many are looked at on each side, which is enough to tell that there
    are more.
    """
    homes, last = cut.homes, cut.ends[container]
    start, end = index, index + 1
    first = 0 if most is None else max(0, index - most)
    stop = len(homes) if most is None else min(len(homes), end + most)
    while start > first and container <= homes[start - 1] <= last:
        start -= 1
    while end < stop and container <= homes[end] <= last:
        end += 1
    return start, end


def mark_own_box(index: int, cut: Cut) -> tuple[int, tuple[tuple[int, int], ...]]:
    """The container around the box that a block has for itself, and how the block is set in it.

    That is tag and class of each container from the block's own out to the box. Blocks with the
    same of both stand beside each other and are marked up alike.
    """
    container = cut.homes[index]
    box = find_wrapper(container, index - 1, index + 1, cut)
    path = []
    while container >= box:
        path.append(cut.look(container))
        container = cut.parents[container]
    return container, tuple(path)
