"""Guards for journalism: tables, lists and told captions inside the story.

Each says little in the words that a story is told in, so the model doubts them; but a table between
two paragraphs belongs to it. The guards were set on 1,873 article pages with probabilities of
models that had not seen their sites.
"""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import SUBHEADS, Cut
from cleaners.cutting.tags import APART_BITS, BIT, HIDDEN_BIT, SORT
from cleaners.features import Features
from cleaners.guards.neighbours import find_shared, find_standing
from cleaners.judge import bound_kept
from cleaners.measures.containers import (
    bound_blocks,
    find_around,
    find_outer_list,
    find_wrapper,
    group_nearest,
    sum_containers,
)
from cleaners.shape.tables import find_cells
from cleaners.words.credits import strip_credit
from cleaners.words.sentences import ends_sentence

_TABLE, _ROW, _CELL = SORT["table"], SORT["tr"], SORT["td"]
_CAPTION = SORT["figcaption"]
# Captions of a story told in them: so many at least, of so many words each. Where paragraphs stand
# among them, of so many words at least and on average. Where none stand.
_LEAST_CAPTIONS, _CAPTION_WORDS = 3, 20
_AMID_WORDS, _AMID_MEAN = 8, 12
_APART = BIT["aside"] | BIT["nav"] | BIT["footer"] | HIDDEN_BIT
_LISTS = frozenset(SORT[name] for name in ("ul", "ol", "dl"))
# A table of data has rows of several cells, or a single one of figures without links; none of its
# cells is a column of running text (words).
_LEAST_ROWS, _LEAST_CELLS, _CELL_WORDS = 2, 4, 60
# Share of a table's characters that may be links.
_TABLE_LINKS = 0.15
# Share of the rows that must have figures where what they are about is linked, and words of that.
# Of 2,577 labelled pages 4 are better for it, none worse.
_TOLD_ROWS, _NAME_WORDS = 0.8, 8
# Short unkept lines that may stand between a table or a list and the kept blocks around it: its
# title and source, labels of advertisements.
_MOST_LINES = 4
# Such a table or list is on average so probable, and a list's items on average so long.
_NEAR, _ITEM_CHARS = 0.08, 15
# Characters at most of what heads a list in its box.
_TITLE_CHARS = 60
# A table that ends a story has figures in this share of its cells at least, and the container
# around both holds this share of the kept words.
_FIGURE = re.compile(r"\d")
_FIGURES, _HELD_SHARE = 1 / 3, 0.5


def find_tables(
    kept: NDArray[np.bool_], probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> list[int]:
    """The unkept cells of tables of data right between two kept blocks, or mostly kept.

    Those that the model does not deny as a whole may have a title and a source around them.
    """
    if _CELL not in cut.all_sorts:
        return []
    in_table = (cut.arrays.home_bits & BIT["table"]) != 0
    first, last = bound_kept(kept)
    if not (in_table[first:last] > kept[first:last]).any() and not (in_table & kept).any():
        return []
    found: list[int] = []
    is_cell: NDArray[np.bool_] | None = None
    for table, rows in _list_tables(cut).items():
        cells = [index for row in rows.values() for index in row]
        first, last = cells[0], cells[-1]
        above = _skip_caption(first, table, cut)
        most = _MOST_LINES if probabilities[cells].mean() >= _NEAR else 0
        is_amid = all(
            find_standing(index, step, kept, cut, most_lines=most) >= 0
            for index, step in ((above, -1), (last + 1, 1))
        )
        if not is_amid:
            if 2 * np.count_nonzero(kept[cells]) < len(cells):
                continue
            is_cell = find_cells(cut, features.words) > 0 if is_cell is None else is_cell
            if not is_cell[cells].all():
                continue
        # Cells of a table around it, or inside it, are not its own: it is layout.
        is_whole = len(cells) == last + 1 - first and _is_data(rows, cells, features, cut)
        if is_whole and (_has_few_links(cells, cut) or _names_linked(rows, features, cut)):
            found.extend(index for index in cells if not kept[index])
    return found


def find_closing_table(kept: NDArray[np.bool_], features: Features, cut: Cut) -> list[int]:
    """The cells of the table of data that ends the story, right in its container.

    Results and prices are set so. Without figures it may as well be a box of links or notices.
    """
    if _CELL not in cut.all_sorts:
        return []
    last = bound_kept(kept)[1]
    # A caption may stand in the table above its cells.
    is_captioned = last + 1 < len(kept) and cut.sorts[cut.homes[last + 1]] == _CAPTION
    ends = [each for each in (last, last + 1, last + 1 + is_captioned) if each < len(kept)]
    index = next((each for each in ends if find_around(cut.homes[each], _CELL, cut)), None)
    if index is None:
        return []
    for table, rows in _list_tables(cut).items():
        cells = [index for row in rows.values() for index in row]
        first, end = cells[0], cells[-1] + 1
        if not first <= index < end or len(cells) != end - first or not first:
            continue
        before = _skip_caption(first, table, cut)
        figures = sum(_FIGURE.search(cut.texts[each]) is not None for each in cells)
        is_told = figures >= _FIGURES * len(cells) and _has_few_links(cells, cut)
        is_told = is_told and _is_data(rows, cells, features, cut)
        if (
            is_told
            and kept[before]
            and _ends_story(table, range(before + 1, end), kept, features, cut)
        ):
            return cells
    return []


def _skip_caption(first: int, table: int, cut: Cut) -> int:
    """The place before a table's first cell, or before the caption that the table has above it."""
    before = first - 1
    is_caption = before > 0 and cut.parents[cut.homes[before]] == table
    return before - 1 if is_caption else before


def _ends_story(
    container: int, inside: range, kept: NDArray[np.bool_], features: Features, cut: Cut
) -> bool:
    """Whether a container stands right in the one that holds most of the story, and at its end."""
    before = inside.start - 1
    home = cut.homes[before]
    if cut.bits[container] & APART_BITS & ~cut.bits[home]:
        return False
    beside = _list_around(home, before - 1, inside.start, cut)
    # Or beside the box of the text.
    beside.add(cut.parents[max(0, cut.parents[home])])
    around = max(_list_around(container, before, inside.stop, cut) & beside, default=0)
    if around <= 0:
        return False
    homes, words = cut.arrays.homes, features.words * kept
    is_inside = (homes >= around) & (homes <= cut.ends[around])
    return bool(words[is_inside].sum() >= _HELD_SHARE * words.sum())


def _list_tables(cut: Cut) -> dict[int, dict[int, list[int]]]:
    """For each table, its rows and the blocks in each."""
    tables: dict[int, dict[int, list[int]]] = defaultdict(dict)
    # A table's head and body count as tables too; the outermost of them is the table.
    whole: dict[int, int] = {}
    for container in (cut.arrays.sorts == _TABLE).nonzero()[0].tolist():
        parent = cut.parents[container]
        whole[container] = whole.get(parent, container)
    for row, cells in group_nearest(cut, _ROW).items():
        around = cut.parents[row]
        tables[whole.get(around, around)][row] = cells
    return tables


def _is_data(rows: dict[int, list[int]], cells: list[int], features: Features, cut: Cut) -> bool:
    if len(cells) < _LEAST_CELLS:
        return False
    if len(rows) < _LEAST_ROWS and not _gives_figures(cells, cut):
        return False
    if 2 * sum(len(row) > 1 or _is_wide(row[0], cut) for row in rows.values()) < len(rows):
        return False
    return bool(features.words[cells].max() <= _CELL_WORDS)


def _gives_figures(cells: list[int], cut: Cut) -> bool:
    """Whether cells hold figures, and no links: a score is a single row, and so are buttons."""
    has_figure = any(_FIGURE.search(cut.texts[index]) for index in cells)
    return has_figure and not any(cut.link_chars[index] for index in cells)


def _has_few_links(cells: list[int], cut: Cut) -> bool:
    links = sum(cut.link_chars[index] for index in cells)
    return links <= _TABLE_LINKS * sum(len(cut.texts[index]) for index in cells)


def _names_linked(rows: dict[int, list[int]], features: Features, cut: Cut) -> bool:
    """Whether what a table has figures about is linked, a name in each row, and nothing else.

    Headlines with their dates are set so after a story.
    """
    linked = [[index for index in row if cut.link_chars[index]] for row in rows.values()]
    names = [index for row in linked for index in row]
    if max(map(len, linked)) > 1 or features.words[names].max() > _NAME_WORDS:
        return False
    told = sum(
        any(not cut.link_chars[each] and _FIGURE.search(cut.texts[each]) for each in row)
        for row in rows.values()
    )
    return told >= _TOLD_ROWS * len(rows)


def _is_wide(index: int, cut: Cut) -> bool:
    """Whether the cell that a block stands in covers several columns."""
    return cut.cell_spans.get(find_around(cut.homes[index], _CELL, cut), (1, 1))[0] > 1


def find_lists(kept: NDArray[np.bool_], probabilities: NDArray[np.float64], cut: Cut) -> list[int]:
    """The unkept blocks of lists without links that stand between two kept blocks beside them.

    Lists of more than labels, which the model does not deny as a whole, may be near those: labels
    and cards may stand between. A list in a box with a heading of its own brings that along.
    """
    if cut.all_sorts.isdisjoint(_LISTS):
        return []
    homes, bits = cut.homes, cut.arrays.home_bits
    first, last = bound_kept(kept)
    is_doubted = ~kept & cut.arrays.is_listed
    is_doubted[:first] = is_doubted[last:] = False
    holders: NDArray[np.bool_] | None = None
    found: list[int] = []
    end = 0
    for index in is_doubted.nonzero()[0].tolist():
        # All blocks of a list are looked at with its first that is doubted.
        if index >= end:
            outer = find_outer_list(homes[index], cut)
            start, end = bound_blocks(index, outer, cut)
            # A list set in columns is several, one right after the other.
            while end < len(kept) and is_doubted[end]:
                after = find_outer_list(homes[end], cut)
                stop = bound_blocks(end, after, cut)[1]
                if any(cut.link_chars[end:stop]) != any(cut.link_chars[start:end]):
                    break
                end = stop
            if any(cut.link_chars[start:end]):
                continue
            before = _find_amid(outer, start, end, kept, cut)
            if before < 0 and _is_box_amid(outer, start, end, kept, cut):
                start, before = start - 1, start - 2
                is_doubted[start] = not kept[start]
            if before < 0 and _may_be_near(range(start, end), probabilities, cut):
                holders = _mark_holders(kept, cut) if holders is None else holders
                before = _find_near(outer, range(start, end), kept, holders, cut)
            if before >= 0:
                # A form, or what is hidden, is apart where the story is not.
                apart = APART_BITS & ~bits[before]
                is_beside = (bits[start:end] & apart) == 0
                found += (start + (is_doubted[start:end] & is_beside).nonzero()[0]).tolist()
    return found


def _find_amid(container: int, start: int, end: int, kept: NDArray[np.bool_], cut: Cut) -> int:
    """The kept block right before those of a container, if one is right after them too; else -1.

    Both are beside the container. Captions may stand between.
    """
    if _is_amid(container, start, end, kept, cut):
        return start - 1
    before, after = (
        find_standing(index, step, kept, cut, most_lines=0, most_links=0)
        for index, step in ((start - 1, -1), (end, 1))
    )
    if min(before, after) < 0:
        return -1
    around = cut.parents[container]
    is_beside = around == cut.parents[cut.homes[before]] == cut.parents[cut.homes[after]]
    return before if is_beside else -1


def _is_amid(container: int, start: int, end: int, kept: NDArray[np.bool_], cut: Cut) -> bool:
    """Whether the blocks right before and after those of a container are kept and beside it."""
    if start == 0 or end == len(kept):
        return False
    around = _list_around(container, start - 1, end, cut)
    return all(
        kept[beside]
        and not around.isdisjoint(
            {home := cut.homes[beside]} | _list_around(home, beside - 1, beside + 1, cut)
        )
        for beside in (start - 1, end)
    )


def _is_box_amid(container: int, start: int, end: int, kept: NDArray[np.bool_], cut: Cut) -> bool:
    """Whether a list and its own heading are all of a box right between two kept blocks."""
    box, head = cut.parents[container], start - 1
    if head < 1 or end == len(kept) or box <= 0 or not _may_head(head, cut):
        return False
    is_in = [box <= cut.homes[each] <= cut.ends[box] for each in (head - 1, head, end)]
    return is_in == [False, True, False] and _is_amid(box, head, end, kept, cut)


def _may_head(index: int, cut: Cut) -> bool:
    """Whether a block is a heading, or as short as one and no link."""
    if cut.sorts[cut.homes[index]] in SUBHEADS:
        return True
    return len(cut.texts[index]) <= _TITLE_CHARS and not cut.link_chars[index]


def _may_be_near(blocks: range, probabilities: NDArray[np.float64], cut: Cut) -> bool:
    """Whether a list is more than labels and the model does not deny it as a whole."""
    texts = cut.texts[blocks.start : blocks.stop]
    if sum(map(len, texts)) < _ITEM_CHARS * len(texts):
        return False
    return bool(probabilities[blocks.start : blocks.stop].mean() >= _NEAR)


def _find_near(
    container: int,
    blocks: range,
    kept: NDArray[np.bool_],
    holders: NDArray[np.bool_],
    cut: Cut,
) -> int:
    """The kept block near before the blocks of a container, if one is near after them too; else -1.

    Labels and cards may stand between, but all in one of `holders`, which hold the story.
    """
    before = find_standing(blocks.start - 1, -1, kept, cut, most_lines=_MOST_LINES)
    after = find_standing(blocks.stop, 1, kept, cut, most_lines=_MOST_LINES)
    if before < 0 or after < 0:
        return -1
    return before if holders[find_shared(container, (before, after), cut)] else -1


def _mark_holders(kept: NDArray[np.bool_], cut: Cut) -> NDArray[np.bool_]:
    """Which containers, the body apart, hold half of what is kept, by characters."""
    sizes = cut.arrays.lengths.astype(np.float64) * kept
    held = sum_containers(cut.arrays.homes, cut.arrays.ends, (sizes,))[0]
    holds: NDArray[np.bool_] = held >= _HELD_SHARE * sizes.sum()
    holds[0] = False
    return holds


def _list_around(container: int, before: int, after: int, cut: Cut) -> set[int]:
    """The container around one, and around what wraps it."""
    return {cut.parents[each] for each in (container, find_wrapper(container, before, after, cut))}


def find_told_captions(
    kept: NDArray[np.bool_], few_links: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """Captions marked up alike that tell more of the story than all that is kept beside them.

    Photo essays are told so, in several sentences each; or in shorter ones, where what is kept
    among them is less than they are.
    """
    if _CAPTION not in cut.all_sorts:
        return []
    words = features.words
    is_told = (
        (cut.arrays.home_sorts == _CAPTION)
        & few_links
        & (words >= _AMID_WORDS)
        & ((cut.arrays.home_bits & _APART) == 0)
    )
    if np.count_nonzero(is_told) < _LEAST_CAPTIONS:
        return []
    # Who took the picture is named after the last sentence.
    for index in (is_told & (features.good == 0)).nonzero()[0].tolist():
        is_told[index] = ends_sentence(strip_credit(cut.texts[index]))
    alike: dict[int, list[int]] = defaultdict(list)
    for index in is_told.nonzero()[0].tolist():
        alike[cut.alike[cut.homes[index]]].append(index)
    found: list[int] = []
    # The words of what else is kept, up to each block.
    others = (words * (kept & ~is_told)).cumsum()
    for some in alike.values():
        long = [index for index in some if words[index] >= _CAPTION_WORDS]
        amid = others[some[-1]] - others[some[0]]
        told = words[some]
        is_amid = 0 < amid < told.sum() and told.mean() >= _AMID_MEAN
        if len(some) >= _LEAST_CAPTIONS and is_amid:
            found += some
        elif len(long) >= _LEAST_CAPTIONS and words[long].sum() > others[-1]:
            found += long
    return found
