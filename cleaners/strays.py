"""Blocks told like the story that are not of it: link and fact boxes, headlines, a next story.

What a publisher sets inside the body to lead elsewhere has the shape of a crosshead or a paragraph,
and a story that loads under the first one is a story. What gives them away is what they stand in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from cleaners.article import Block, Kind, Reason
from cleaners.beside.above import find_above
from cleaners.beside.appeals import choose_appeals
from cleaners.beside.beyond import find_beyond
from cleaners.beside.boxes import find_inside, list_boxes
from cleaners.beside.comments import find_comments, is_story
from cleaners.beside.copies import find_copies
from cleaners.beside.endings import find_unsure_end, is_sure
from cleaners.beside.followers import find_next_stories
from cleaners.beside.monthgrids import find_calendars
from cleaners.beside.newslists import find_news_lists
from cleaners.beside.origins import find_origin
from cleaners.beside.teasers import find_cards, find_offers, find_skipped
from cleaners.cutting.columns import Cut
from cleaners.cutting.tags import SORT
from cleaners.hearing.guards import is_upper
from cleaners.measures.containers import group_nearest
from cleaners.outline import Outline
from cleaners.shape.blocks import drop_block
from cleaners.words.sentences import COLONS, ends_sentence

_ASIDE, _ARTICLE, _DIV = SORT["aside"], SORT["article"], SORT["div"]
_LINKED = 0.9  # share of a block's characters in links from which it is nothing but a link
# A block with more links than this goes if it is less probable than that and stands in a mere box.
_MOSTLY_LINKED, _DOUBTED = 0.5, 0.7
_LABEL_CHARS = 160  # a longer block in a box is text, whatever else the box holds
# A larger box is a part of the page: a recipe's ingredients, a filter.
_BOX_BLOCKS, _BOX_KEPT = 6, 2
# Words of a headline at least, and how many linked headlines a story has at most: lists of
# products and of sources are told in linked lines too.
_HEADLINE_WORDS, _MOST_HEADLINES = 4, 3
# Share of links in a line that leads elsewhere after a label, and lines of the same label at least.
_LABELLED, _LABELS = 0.4, 2
_LABEL = re.compile(r"[^|:：]{3,40}(?: ?[|:：] ?)(?=[^\W\d_])")
# Characters of the paragraphs on both sides of a linked headline.
_PARAGRAPH_CHARS = 80
_OTHER_ENDS = (":", "：", ")", "）", "]")
# Paragraphs of a story beside which a named box stands.
_STORY_PARAGRAPHS = 5
# Share of the kept characters that boxes hold at most, with prompts, appeals and about the writer;
# each box with an appeal counts for itself, and all of them together.
_PROMPT_SHARE, _APPEAL_SHARE, _WRITER_SHARE = 0.1, 0.2, 0.3
_APPEALS_SHARE = 0.35


def drop_strays(blocks: tuple[Block, ...], outline: Outline) -> tuple[Block, ...]:
    """The blocks without those kept ones that lead to other stories, or tell them.

    `blocks` are those that `outline` keeps, in order.
    """
    if not blocks:
        return blocks
    kept = {block.index: block for block in blocks}
    found: dict[int, tuple[Reason, str]] = {}
    for index, reason, rule in _find_strays(blocks, kept, outline):
        found.setdefault(index, (reason, rule))
    # Each looks at what the ones before it leave.
    left = _leave(kept, found)
    for find, reason, rule in (
        (find_copies, Reason.REPEATED, "second-copy"),
        (partial(find_beyond, outline=outline), Reason.AFTER_END, "beyond-story"),
        (partial(find_unsure_end, outline=outline), Reason.AFTER_END, "unsure-end"),
        (partial(find_origin, outline=outline), Reason.CREDIT, "source-line"),
    ):
        if fallen := find(left):
            found.update(dict.fromkeys(fallen, (reason, rule)))
            left = _leave(kept, found)
    if not found:
        return blocks
    return tuple(
        drop_block(block, *found[block.index]) if block.index in found else block
        for block in blocks
    )


def _leave(kept: Mapping[int, Block], found: Collection[int]) -> Mapping[int, Block]:
    """The kept blocks that are not found."""
    if not found:
        return kept
    return {index: block for index, block in kept.items() if index not in found}


def _find_strays(
    blocks: tuple[Block, ...], kept: Mapping[int, Block], outline: Outline
) -> Iterator[tuple[int, Reason, str]]:
    """Which kept blocks are strays, why, and by which rule; the first that speaks counts."""
    cut = outline.cut
    for index in find_next_stories(kept, outline):
        yield index, Reason.AFTER_END, "next-story"
    yield from _find_of_site(kept, outline)
    boxes = list_boxes(cut, kept)
    for index in find_comments(kept, outline, boxes["comments"]):
        yield index, Reason.READER_COMMENT, "under-story"
    yield from _find_named_boxes(boxes, kept, outline)
    for index in find_skipped(kept, outline):
        yield index, Reason.READ_ALSO, "skipped-region"
    for index in _find_boxes(kept, outline):
        yield index, Reason.READ_ALSO, "link-box"
    for index in find_cards(kept, outline):
        yield index, Reason.READ_ALSO, "teaser-card"
    for index in find_offers(kept, outline):
        yield index, Reason.SPONSORED, "offers"
    for index, rule in _find_links(blocks, kept, outline):
        yield index, Reason.READ_ALSO, rule


def _find_of_site(kept: Mapping[int, Block], outline: Outline) -> Iterator[tuple[int, Reason, str]]:
    """What old pages without a story's own container have around it: why it goes, by which rule."""
    for index in find_above(kept, outline):
        yield index, Reason.NOT_ARTICLE, "above-headline"
    for index in find_calendars(kept, outline.cut):
        yield index, Reason.NAVIGATION, "calendar"
    for index in find_news_lists(kept, outline):
        yield index, Reason.READ_ALSO, "news-list"


def _find_boxes(kept: Mapping[int, Block], outline: Outline) -> Iterator[int]:
    """Kept blocks of each `<aside>` that holds nothing else but links and what is not kept."""
    cut = outline.cut
    if _ASIDE not in cut.all_sorts:
        return
    for inside in group_nearest(cut, _ASIDE).values():
        some = [index for index in inside if index in kept]
        if len(inside) > _BOX_BLOCKS or len(some) > _BOX_KEPT:
            continue
        has_text = any(
            len(kept[index].text) > _LABEL_CHARS or _ends(kept[index].text) for index in some
        )
        if not has_text and any(outline.links[index] >= _LINKED for index in inside):
            yield from some


def _find_named_boxes(
    boxes: Mapping[str, Sequence[int]], kept: Mapping[int, Block], outline: Outline
) -> Iterator[tuple[int, Reason, str]]:
    """Kept blocks of boxes beside a story that template names tell: why they go, by which rule.

    Boxes of facts go only where that is wanted, on news: elsewhere they are the text itself.
    """
    if outline.without_boxes:
        for index in _find_in_boxes(boxes["fact_box"], kept, outline, share=1.0):
            yield index, Reason.NOT_ARTICLE, "fact-box"
    for index in _find_in_boxes(boxes["prompt"], kept, outline, share=_PROMPT_SHARE):
        yield index, Reason.NOT_ARTICLE, "prompt-box"
    appeals = choose_appeals(boxes["appeal"], kept, outline)
    asking = [
        index
        for appeal in appeals
        for index in _find_in_boxes([appeal], kept, outline, share=_APPEAL_SHARE)
    ]
    if _measure(asking, kept) <= _APPEALS_SHARE * _measure(kept, kept):
        for index in asking:
            yield index, Reason.NOT_ARTICLE, "appeal-box"
    for index in _find_in_boxes(boxes["writer_box"], kept, outline, share=_WRITER_SHARE):
        yield index, Reason.AUTHOR_BOX, "writer-box"


def _measure(places: Iterable[int], kept: Mapping[int, Block]) -> int:
    """How many characters some kept blocks have."""
    return sum(len(kept[index].text) for index in places)


def _find_in_boxes(
    boxes: Sequence[int], kept: Mapping[int, Block], outline: Outline, *, share: float
) -> list[int]:
    """Kept blocks in boxes beside a story that is told outside and that the model is sure of.

    None where they hold more than a share (0..1) of the kept characters.
    """
    if not boxes:
        return []
    places = list(kept)
    # What holds little of the text may stand above the story, but not from there to its middle.
    story = (places[0], places[len(places) // 2]) if share < 1 else places[:1]
    boxed = find_inside(boxes, places, outline.cut, story=story)
    if not boxed:
        return []
    inside = [index for index in kept if index in boxed]
    outside = [index for index in kept if index not in boxed]
    if _measure(inside, kept) > share * _measure(kept, kept):
        return []
    return inside if is_story(outside, _STORY_PARAGRAPHS, kept, outline) else []


def _find_links(
    blocks: Sequence[Block], kept: Mapping[int, Block], outline: Outline
) -> Iterator[tuple[int, str]]:
    """Kept lines of links that are strays, and by which rule."""
    linked = [at for at, block in enumerate(blocks) if block.link_density >= _LABELLED]
    if not linked:
        return
    for index in _find_headlines(linked, blocks, outline.cut):
        yield index, "linked-headline"
    lines = [blocks[at] for at in linked]
    for index in _find_labelled_links(lines, outline.cut):
        yield index, "labelled-link"
    for index in _find_doubted_links(lines, kept, outline):
        yield index, "doubted-link"


def _find_headlines(linked: Sequence[int], blocks: Sequence[Block], cut: Cut) -> list[int]:
    """Kept lines that are one link, between paragraphs in the container that they stand in.

    `linked` are the places among the blocks of those with many links.
    """
    found = []
    for at in linked:
        block = blocks[at]
        if (
            block.link_density >= _LINKED
            and block.kind is Kind.PARAGRAPH
            and cut.link_counts[block.index] == 1
            and 0 < at < len(blocks) - 1
            and _is_paragraph_beside(blocks[at - 1], block, cut)
            and _is_paragraph_beside(blocks[at + 1], block, cut)
            and len(block.text) <= _LABEL_CHARS
        ):
            found.append(block)
    if len(found) > _MOST_HEADLINES:
        return []
    return [
        block.index
        for block in found
        if len(block.text.split()) >= _HEADLINE_WORDS and not _ends(block.text)
    ]


def _find_labelled_links(linked: Iterable[Block], cut: Cut) -> list[int]:
    """Kept lines that are a label in capitals and a link, where one label stands before several.

    "READ ANOTHER STORY | ...", in languages that no rule speaks as well.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for block in linked:
        if block.link_density < 1 and cut.link_counts[block.index] == 1:
            label = _LABEL.match(block.text)
            if (
                label
                and is_upper(label[0])
                and len(block.text[label.end() :].split()) >= _HEADLINE_WORDS
                and not _ends(block.text)
            ):
                found[label[0]].append(block.index)
    return [index for some in found.values() if len(some) >= _LABELS for index in some]


def _find_doubted_links(
    linked: Iterable[Block], kept: Mapping[int, Block], outline: Outline
) -> list[int]:
    """Those blocks of a story that is sure, most of each a link, in no element that text stands in.

    Buttons and teasers are set so. Links that the story is told in are paragraphs or list items.
    """
    cut = outline.cut
    found = [
        block.index
        for block in linked
        if cut.sorts[cut.homes[block.index]] == _DIV
        and outline.links[block.index] > _MOSTLY_LINKED
        and outline.probabilities[block.index] < _DOUBTED
    ]
    return found if found and is_sure(kept, outline) else []


def _is_paragraph_beside(other: Block, block: Block, cut: Cut) -> bool:
    """Whether a block is a running paragraph marked up beside another one, in its own element."""
    text, there, here = other.text, cut.homes[other.index], cut.homes[block.index]
    return (
        there != here
        and cut.parents[there] == cut.parents[here]
        and cut.sorts[there] == cut.sorts[here]
        and len(text) >= _PARAGRAPH_CHARS
        and _ends(text)
        and not text.endswith(COLONS)
        and other.link_density < _LINKED
    )


def _ends(text: str) -> bool:
    """Whether a text ends as a sentence does, or with a colon or bracket, and so as no headline."""
    return ends_sentence(text) or text.endswith(_OTHER_ENDS)
