"""Tables: which blocks are cells of data, and rows of kept cells, each figure under its column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cleaners.article import Block, Kind, Span
from cleaners.cutting.columns import Cut
from cleaners.cutting.letters import Ints
from cleaners.cutting.tags import SORT
from cleaners.measures.containers import find_around, find_nearest
from cleaners.output.inline import move_spans
from cleaners.render import CELL_SEPARATOR

_CELL, _ROW = SORT["td"], SORT["tr"]
# A cell of more blocks than this is a column of a layout; of as many, where one has more words.
_CELL_BLOCKS, _LINE_WORDS = 2, 12
# Columns that a table is laid out in at most; real ones have a few dozen.
_MOST_COLUMNS = 100


def find_cells(cut: Cut, words: NDArray[np.float64]) -> Ints:
    """For each block the cell of a table of data that it stands in, 0 where it stands in none.

    `words` are those of the blocks. Old pages are laid out in tables: a row with a single cell of
    text is layout unless it is one among others, and so is a row with a whole column of text.
    """
    cells = find_nearest(cut, _CELL)
    (inside,) = cells.nonzero()
    if not len(inside):
        return cells
    size = len(cut.parents)
    parents = np.maximum(cut.arrays.parents, 0)
    longest = np.zeros(size)
    np.maximum.at(longest, cells[inside], words[inside])
    blocks = np.bincount(cells[inside], minlength=size)
    is_column = (blocks > _CELL_BLOCKS) | ((blocks == _CELL_BLOCKS) & (longest > _LINE_WORDS))
    (used,) = blocks.nonzero()
    # In the shadow tree of a template cells may stand without a row.
    count = np.bincount(parents[used], minlength=size) * (cut.arrays.sorts == _ROW)
    has_column = np.bincount(parents[used], is_column[used], size) > 0
    (rows,) = count.nonzero()
    is_row = (count > 1) & ~has_column
    several, all_of = (np.bincount(parents[rows], some, size) for some in (is_row[rows], None))
    is_among = (2 * several >= np.maximum(all_of, 1))[parents] & (count == 1) & ~has_column
    return np.where((is_row | is_among)[parents[cells]], cells, 0)


def join_cells(blocks: tuple[Block, ...], cut: Cut) -> tuple[Block, ...]:
    """The blocks with neighbouring kept cells of one table row made into one, tabs between.

    Cells without text have their tab too, so that each stands in its column. Blocks that are not
    kept may be left out of `blocks`; they part the cells on both sides.
    """
    if _CELL not in cut.all_sorts or not any(
        block.kind is Kind.TABLE_ROW and block.verdict.keep for block in blocks
    ):
        return blocks
    columns = _Columns(cut)
    rows: list[list[tuple[Block, int]]] = []
    index_before = row_before = -1
    for block in blocks:
        is_row = block.kind is Kind.TABLE_ROW
        is_cell = is_row and block.verdict.keep
        cell = _find_cell(block.index, cut) if is_row else 0
        row = cut.parents[cell] if is_cell else -1
        if is_cell and row == row_before and block.index == index_before + 1:
            rows[-1].append((block, cell))
        else:
            rows.append([(block, cell)])
        index_before, row_before = block.index, row
    return tuple(
        _join_row(row, columns, cut) if row[0][0].kind is Kind.TABLE_ROW else row[0][0]
        for row in rows
    )


def _find_cell(index: int, cut: Cut) -> int:
    """The cell that a block stands in; 0 where it stands in none."""
    return find_around(cut.homes[index], _CELL, cut)


def _join_row(row: Sequence[tuple[Block, int]], columns: _Columns, cut: Cut) -> Block:
    """The blocks of a row, each with the cell that it stands in, as one."""
    opening, first = row[0]
    before = _find_cell(opening.index - 1, cut) if opening.index else 0
    at = columns.find(first) if cut.parents[before] == cut.parents[first] else 0
    # Pieces, because a text that grows by each of 60,000 cells would be copied as often.
    pieces: list[str] = []
    spans: list[Span] = []
    length, last = 0, -1
    for block, cell in row:
        gap = " "
        if cell != last:
            column = columns.find(cell)
            gap = CELL_SEPARATOR * max(column - at, int(last >= 0))
            at, last = max(column, at), cell
        length += len(gap)
        if block.spans:
            spans += move_spans(block.spans, length, length + len(block.text))
        length += len(block.text)
        pieces += (gap, block.text)
    text = "".join(pieces)
    return replace(opening, text=text, spans=tuple(spans)) if text != opening.text else opening


class _Columns:
    """The columns of cells, by WHATWG HTML section 4.9.12: a cell may cover several, and rows."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self._known: dict[int, int] = {}
        # The rows of every table's head, body and foot that is not laid out yet, each its cells.
        self._parts: dict[int, dict[int, list[int]]] = defaultdict(dict)
        parents, sorts = cut.parents, cut.arrays.sorts
        for row in (sorts == _ROW).nonzero()[0].tolist():
            self._parts[parents[row]][row] = []
        for cell in (sorts == _CELL).nonzero()[0].tolist():
            row = parents[cell]
            if cut.sorts[row] == _ROW:
                self._parts[parents[row]][row].append(cell)

    def find(self, cell: int) -> int:
        """The first column, from 0, that a cell covers; 0 for a cell outside every row."""
        part = self._cut.parents[self._cut.parents[cell]]
        if part in self._parts:
            self._place(tuple(self._parts.pop(part).values()))
        return self._known.get(cell, 0)

    def _place(self, rows: Sequence[Sequence[int]]) -> None:
        # By column the row from which on it is free.
        free = [0] * (_MOST_COLUMNS + 1)
        for number, cells in enumerate(rows):
            at = 0
            for cell in cells:
                while free[at] > number and at < _MOST_COLUMNS:
                    at += 1
                self._known[cell] = at
                wide, high = self._cut.cell_spans.get(cell, (1, 1))
                after = min(at + wide, _MOST_COLUMNS)
                free[at:after] = [number + high] * (after - at)
                at = after
