"""Boxes that lead elsewhere, told by their shape: cards of a side column, offers, skipped regions.

The model takes an excerpt of another story for a sentence, and keeps one price of two. What gives
them away is that several stand there marked up alike, each under a headline that is a link, or in a
list of nothing but prices with links.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.article import Block, Kind
from cleaners.beside.boxes import find_inside
from cleaners.cutting.columns import IS_SUBHEAD, Cut
from cleaners.cutting.tags import BIT, SORT
from cleaners.measures.containers import bound_blocks, find_around, sum_containers
from cleaners.outline import Outline
from cleaners.words.sentences import ends_told

_LINKED = 0.9  # share of a block's characters in links from which it is nothing but a link
# Cards alike at least, blocks of each at most, and characters of a sentence in one.
_LEAST_CARDS, _CARD_BLOCKS, _CARD_CHARS = 3, 4, 200
# Characters that are kept outside of side columns, where cards stand in one, or else above them.
_STORY_CHARS = 400
# Share of the kept characters that regions to be skipped hold at most.
_PART = 0.1
# Items of a list of offers at least, characters of each at most, and its probability.
_LEAST_OFFERS, _OFFER_CHARS, _DOUBTED = 2, 120, 0.7
_ITEM = SORT["li"]
_REGION = "role_region"  # the role, in its key, of a region that can be skipped
_PRICE = re.compile(r"[$€£¥₹₽]\s?\d|\d\s?(?:[$€£¥₹₽]|(?:EUR|USD|GBP|CHF|zł|kr|Kč|Ft)\b)")


def find_cards(kept: Mapping[int, Block], outline: Outline) -> list[int]:
    """The kept blocks of cards in a side column beside a story, or under it.

    A card is a box that begins with a heading that is one link, and holds a sentence at most. Lists
    of products and of stories inside the story are set so too, and their headings are kept.
    """
    cut = outline.cut
    is_head = _mark_links(outline) & IS_SUBHEAD.take(cut.arrays.home_sorts)
    heads = is_head.nonzero()[0].tolist()
    if len(heads) < _LEAST_CARDS or not any(index + 1 in kept for index in heads):
        return []
    cards: dict[tuple[int, int, int], list[range]] = defaultdict(list)
    for index in heads:
        box = cut.parents[cut.homes[index]]
        card = _read_card(index, box, cut) if box > 0 else None
        if card is not None:
            cards[cut.mark(box)].append(card)
    found: list[int] = []
    chars = np.zeros(len(cut.texts))
    chars[list(kept)] = [len(block.text) for block in kept.values()]
    is_aside = (cut.arrays.home_bits & BIT["aside"]) != 0
    beside = chars[~is_aside].sum()
    for (around, *_), some in cards.items():
        own = [index for card in some for index in card if index in kept]
        if len(some) < _LEAST_CARDS or not own or not _are_excerpts(some, kept):
            continue
        first = some[0].start
        if is_aside[first]:
            is_apart = beside >= _STORY_CHARS
        else:
            start, _ = bound_blocks(first, around, cut)
            has_heads = any(card.start in kept for card in some)
            is_apart = not has_heads and chars[:start].sum() >= _STORY_CHARS
        if is_apart:
            found += own
    return found


def _are_excerpts(cards: Sequence[range], kept: Mapping[int, Block]) -> bool:
    """Whether what is kept under the headlines of some cards are short sentences."""
    texts = [kept[index].text for card in cards for index in card[1:] if index in kept]
    return all(len(text) < _CARD_CHARS and ends_told(text) for text in texts)


def _read_card(index: int, box: int, cut: Cut) -> range | None:
    """The blocks of a box, where a block is the first of them and few others stand under it."""
    start, end = bound_blocks(index, box, cut, most=_CARD_BLOCKS)
    return range(index, end) if start == index and end - index <= _CARD_BLOCKS else None


def find_offers(kept: Mapping[int, Block], outline: Outline) -> Iterator[int]:
    """The kept items of lists in which each is one link with a price, and none is sure.

    Where the price stands beside the link, the list tells what something costs.
    """
    cut = outline.cut
    seen: set[int] = set()
    for index in (outline.kept & _mark_links(outline)).nonzero()[0].tolist():
        is_item = index in kept and kept[index].kind is Kind.LIST_ITEM
        if not is_item or not _is_offer(index, outline):
            continue
        around = cut.parents[find_around(cut.homes[index], _ITEM, cut)]
        # Lists in lists are no offers; so every block is looked at once.
        if around <= 0 or around in seen or find_around(around, _ITEM, cut):
            continue
        seen.add(around)
        items = range(*bound_blocks(index, around, cut))
        if len(items) >= _LEAST_OFFERS and all(
            _is_offer(item, outline) and outline.probabilities[item] < _DOUBTED for item in items
        ):
            yield from (item for item in items if item in kept)


def _mark_links(outline: Outline) -> NDArray[np.bool_]:
    """Which blocks are one link and next to nothing else."""
    is_link: NDArray[np.bool_] = outline.links >= _LINKED
    is_link &= outline.cut.arrays.link_counts == 1
    return is_link


def _is_offer(index: int, outline: Outline) -> bool:
    text = outline.cut.texts[index]
    is_link = outline.cut.link_counts[index] == 1 and outline.links[index] >= _LINKED
    return is_link and len(text) <= _OFFER_CHARS and _PRICE.search(text) is not None


def find_skipped(kept: Mapping[int, Block], outline: Outline) -> list[int]:
    """The kept blocks of regions that name their own end, hold little and no quotation.

    A link at their beginning leads readers who listen past them, to an element called the end of
    it. What the story quotes from a social network is set so as well.
    """
    cut = outline.cut
    ends = cut.named["region_end"]
    if not ends:
        return []
    (named,) = cut.mark_named(ends).nonzero()
    around = sorted({cut.parents[container] for container in named.tolist() if container})
    is_quoted = (cut.arrays.home_bits & BIT["blockquote"]) != 0
    quoted, _ = sum_containers(cut.arrays.homes, cut.arrays.ends, (is_quoted.astype(float),))
    regions = [box for box in around if _REGION in cut.keys[box].split() and not quoted[box]]
    inside = find_inside(regions, list(kept), cut)
    size = sum(len(kept[index].text) for index in inside)
    is_part = size <= _PART * sum(len(block.text) for block in kept.values())
    return sorted(inside) if is_part else []
