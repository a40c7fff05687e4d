"""Boxes named for appeals in, those out that show something to press, or address their readers.

A story about donations has boxes of that name too. What asks for one has a button, a form or a link
in it, or speaks to its reader throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaners.article import Block, Kind
from cleaners.cutting.tags import BIT
from cleaners.hearing.prompts import addresses_reader
from cleaners.matching.rulebook import load_matcher
from cleaners.measures.containers import bound_blocks
from cleaners.outline import Outline
from cleaners.residue import choose_langs
from cleaners.words.sentences import ends_told

# Named containers of a page, and blocks of a box, at most: a page with more is about such things.
_MOST_BOXES, _MOST_BLOCKS = 40, 12
# Words of a button at most.
_BUTTON_WORDS = 5


def choose_appeals(boxes: Sequence[int], kept: Mapping[int, Block], outline: Outline) -> list[int]:
    """Those of some containers, in document order, that ask their readers for something."""
    if len(boxes) > _MOST_BOXES:
        return []
    cut = outline.cut
    chosen: list[int] = []
    last = -1
    for box in boxes:
        own = [index for index in kept if box <= cut.homes[index] <= cut.ends[box]]
        if box <= last or not own:
            continue
        inside = range(*bound_blocks(own[0], box, cut, most=_MOST_BLOCKS))
        if len(inside) <= _MOST_BLOCKS and (
            any(can_be_pressed(index, kept, outline) for index in inside)
            or _address_reader([kept[index] for index in own], kept)
        ):
            chosen.append(box)
            last = cut.ends[box]
    return chosen


def can_be_pressed(index: int, kept: Mapping[int, Block], outline: Outline) -> bool:
    """Whether a block holds a link, stands in a form, or is a short line that is not kept."""
    cut = outline.cut
    text = cut.texts[index]
    is_button = index not in kept and len(text.split()) <= _BUTTON_WORDS and not ends_told(text)
    is_in_form = bool(cut.bits[cut.homes[index]] & BIT["form"])
    return is_button or is_in_form or cut.link_counts[index] > 0


def _address_reader(own: Sequence[Block], kept: Mapping[int, Block]) -> bool:
    """Whether all of some blocks but headings speak to the reader, in the language of the page."""
    told = [block.text for block in own if block.kind is not Kind.HEADING]
    langs = choose_langs(load_matcher(), "", [block.text for block in kept.values()])
    return bool(told) and all(addresses_reader(text, langs) for text in told)
