"""Blocks told like the story that are not of it: link boxes, linked headlines, a next story.

What a publisher sets inside the body to lead elsewhere has the shape of a crosshead or a paragraph,
and a story that loads under the first one is a story. What gives them away is what they stand in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from cleaners.article import Block, Kind, Reason
from cleaners.blocks import drop_block
from cleaners.cut import Cut
from cleaners.insets import list_nearest
from cleaners.tags import SORT

_ASIDE, _ARTICLE = SORT["aside"], SORT["article"]
_LINKED = 0.9  # share of a block's characters in links from which it is nothing but a link
_LABEL_CHARS = 160  # a longer block in a box is text, whatever else the box holds
# A larger box is a part of the page: a recipe's ingredients, a filter.
_BOX_BLOCKS, _BOX_KEPT = 6, 2
# Words of a headline at least, and how many linked headlines a story has at most: lists of
# products and of sources are told in linked lines too.
_HEADLINE_WORDS, _MOST_HEADLINES = 4, 3
# Characters of the paragraphs on both sides of a linked headline.
_PARAGRAPH_CHARS = 80
# Characters of a story at least, so that what follows can be the next one.
_STORY_CHARS = 400
_ENDS = re.compile(r"[.!?…:。！？：؟।][\"»”’'）)\]」』]*$|[)\]）]$")
_HEADS = frozenset({Kind.HEADING, Kind.TITLE})
_SIGNED = frozenset({Kind.BYLINE, Kind.DATE})


def drop_strays(blocks: tuple[Block, ...], cut: Cut) -> tuple[Block, ...]:
    """The blocks without those kept ones that lead to other stories, or tell them.

    `blocks` are those of `cut`, one for one.
    """
    if not any(block.verdict.keep for block in blocks):
        return blocks
    changed = list(blocks)
    for index in _find_boxes(blocks, cut):
        changed[index] = drop_block(blocks[index], Reason.READ_ALSO, "link-box")
    for index in _find_headlines(blocks, cut):
        changed[index] = drop_block(blocks[index], Reason.READ_ALSO, "linked-headline")
    for index in _find_next_stories(blocks, cut):
        changed[index] = drop_block(blocks[index], Reason.AFTER_END, "next-story")
    return tuple(changed)


def _find_boxes(blocks: tuple[Block, ...], cut: Cut) -> Iterator[int]:
    """Kept blocks of each `<aside>` that holds nothing else but links and what is not kept."""
    if _ASIDE not in cut.sorts:
        return
    boxes: dict[int, list[int]] = defaultdict(list)
    nearest = list_nearest(cut, _ASIDE)
    for index, home in enumerate(cut.homes):
        if nearest[home]:
            boxes[nearest[home]].append(index)
    for inside in boxes.values():
        kept = [index for index in inside if blocks[index].verdict.keep]
        if len(inside) > _BOX_BLOCKS or len(kept) > _BOX_KEPT:
            continue
        has_text = any(
            len(blocks[index].text) > _LABEL_CHARS or _ENDS.search(blocks[index].text)
            for index in kept
        )
        if not has_text and any(blocks[index].link_density >= _LINKED for index in inside):
            yield from kept


def _find_headlines(blocks: tuple[Block, ...], cut: Cut) -> list[int]:
    """Kept lines that are one link, between paragraphs in the container that they stand in."""
    kept = [block.index for block in blocks if block.verdict.keep]
    linked = [
        place
        for place in range(1, len(kept) - 1)
        if blocks[kept[place]].link_density >= _LINKED
        and blocks[kept[place]].kind is Kind.PARAGRAPH
        and cut.link_counts[kept[place]] == 1
    ]
    found = []
    for place in linked:
        before, index, after = kept[place - 1 : place + 2]
        if (
            _is_paragraph_beside(before, index, blocks, cut)
            and _is_paragraph_beside(after, index, blocks, cut)
            and len(blocks[index].text) <= _LABEL_CHARS
        ):
            found.append(index)
    if len(found) > _MOST_HEADLINES:
        return []
    return [
        index
        for index in found
        if len(blocks[index].text.split()) >= _HEADLINE_WORDS
        and not _ENDS.search(blocks[index].text)
    ]


def _is_paragraph_beside(other: int, index: int, blocks: tuple[Block, ...], cut: Cut) -> bool:
    """Whether a block is a running paragraph marked up beside another one, in its own element."""
    text, there, here = blocks[other].text, cut.homes[other], cut.homes[index]
    return (
        there != here
        and cut.parents[there] == cut.parents[here]
        and cut.sorts[there] == cut.sorts[here]
        and len(text) >= _PARAGRAPH_CHARS
        and _ENDS.search(text) is not None
        and not text.endswith((":", "："))
        and blocks[other].link_density < _LINKED
    )


def _find_next_stories(blocks: tuple[Block, ...], cut: Cut) -> Iterator[int]:
    """Kept blocks of the containers that follow the story's own and open as a story does.

    The story's own is the smallest container of headline and first kept block. One like it that
    comes after it, and has a headline and a byline or a date before its text, is the next story.
    """
    first = next(block.index for block in blocks if block.verdict.keep)
    titles = [block.index for block in blocks[:first] if block.kind is Kind.TITLE]
    if not titles:
        return
    own = cut.homes[titles[-1]]
    while own > 0 and not own <= cut.homes[first] <= cut.ends[own]:
        own = cut.parents[own]
    last = cut.ends[own]
    told = sum(
        len(block.text)
        for block, home in zip(blocks, cut.homes, strict=True)
        if block.verdict.keep and own <= home <= last
    )
    if own <= 0 or told < _STORY_CHARS:
        return
    followers = _list_followers(own, cut)
    inside: dict[int, list[Block]] = defaultdict(list)
    for block, home in zip(blocks, cut.homes, strict=True):
        if home in followers:
            inside[followers[home]].append(block)
    for some in inside.values():
        if _opens_story(some):
            yield from (block.index for block in some if block.verdict.keep)


def _list_followers(own: int, cut: Cut) -> dict[int, int]:
    """For the containers after `own` in its parent, and those inside them, which one it is.

    Only those that are marked up like `own` count.
    """
    names = set(cut.keys[own].split())
    followers: dict[int, int] = {}
    for container in range(cut.ends[own] + 1, cut.ends[cut.parents[own]] + 1):
        if cut.parents[container] != cut.parents[own]:
            beside = followers.get(cut.parents[container])
            if beside is not None:
                followers[container] = beside
        elif cut.sorts[container] == cut.sorts[own] and (
            cut.sorts[own] == _ARTICLE or not names.isdisjoint(cut.keys[container].split())
        ):
            followers[container] = container
    return followers


def _opens_story(blocks: list[Block]) -> bool:
    """Whether blocks begin with a headline, and name a writer or a day before the text."""
    has_head = is_signed = False
    for block in blocks:
        if block.verdict.keep and block.kind not in _HEADS:
            break
        has_head = has_head or block.kind in _HEADS
        is_signed = is_signed or (has_head and block.kind in _SIGNED)
    return has_head and is_signed
