"""Kept blocks in, those out that stand in a box which asks for a subscription before one reads on.

The heading of such a box falls by a rule; what else it says ("After that it is $12 a month") is
worded as it pleases. The box goes whole, wherever the story stands outside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaners.article import Block, Kind, Reason
from cleaners.beside.appeals import can_be_pressed
from cleaners.beside.boxes import LINES
from cleaners.cutting.columns import Cut
from cleaners.cutting.tags import SORT
from cleaners.measures.containers import bound_blocks
from cleaners.outline import Outline
from cleaners.shape.blocks import drop_block

_ASKS = frozenset({Reason.SUBSCRIBE, Reason.ACCOUNT})
# Blocks of such a box at most, and lines that ask: a page with more is about subscriptions.
_MOST_BLOCKS, _MOST_ASKING = 15, 12
# Paragraphs of a story at least that ends where such a box begins: one may be its standfirst.
_LEAST_PARAGRAPHS = 2
_NO_BOX = LINES | {SORT["ul"], SORT["ol"]}


def drop_barriers(blocks: tuple[Block, ...], outline: Outline) -> tuple[Block, ...]:
    """The blocks without the kept ones in boxes that a line opens which fell as such a request.

    `blocks` are those that the outline keeps, with what the rules made of them.
    """
    asking = [block.index for block in blocks if block.verdict.reason in _ASKS]
    if not 0 < len(asking) <= _MOST_ASKING:
        return blocks
    kept = {block.index: block for block in blocks if block.verdict.keep}
    found: set[int] = set()
    for index in asking:
        if index not in found:
            found.update(_find_barrier(index, kept, outline))
    if not found:
        return blocks
    return tuple(
        drop_block(block, Reason.SUBSCRIBE, "barrier")
        if block.verdict.keep and block.index in found
        else block
        for block in blocks
    )


def _find_barrier(index: int, kept: Mapping[int, Block], outline: Outline) -> Sequence[int]:
    """The blocks of the box around a line that fell, where that is a barrier."""
    box = _find_box(index, outline.cut)
    if not box:
        return ()
    inside = range(*bound_blocks(index, box, outline.cut, most=_MOST_BLOCKS))
    own = [place for place in inside if place in kept]
    if (
        own
        and own[0] > index
        and len(inside) <= _MOST_BLOCKS
        and _is_beside_story(own, kept)
        and any(can_be_pressed(place, kept, outline) for place in inside if place != index)
    ):
        return inside
    return ()


def _find_box(index: int, cut: Cut) -> int:
    """The nearest container around a block that is more than a line or a list; 0 for none."""
    box = cut.homes[index]
    while box > 0 and cut.sorts[box] in _NO_BOX:
        box = cut.parents[box]
    return box


def _is_beside_story(own: Sequence[int], kept: Mapping[int, Block]) -> bool:
    """Whether the story stands outside a box: most of it, or all that is before the box."""
    sizes = {place: len(block.text) for place, block in kept.items()}
    if 2 * sum(map(sizes.__getitem__, own)) < sum(sizes.values()):
        return True
    outside = sizes.keys() - set(own)
    told = [place for place in outside if kept[place].kind is Kind.PARAGRAPH]
    return len(told) >= _LEAST_PARAGRAPHS and max(outside) < own[0]
