"""Where a story ends that the model is sure of: what it is less sure of after that is not story.

A page's threshold is as low as pays on the whole; but what stands last is more often a prompt, a
notice or a box than what stands between two paragraphs. Set on 3,577 labelled pages with
probabilities of models that had not seen their sites: 15 more of 1,873 article pages are perfect,
on each half of the sites, and residue falls by .001 on each set; loss rises by .0002.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress, takewhile

from cleaners.article import Block, Kind
from cleaners.cutting.columns import SUBHEADS
from cleaners.cutting.tags import SORT
from cleaners.guards.closings import find_told_before, is_short_last, strip_signature
from cleaners.measures.containers import find_around, mark_own_box
from cleaners.outline import Outline
from cleaners.shape.kinds import KINDS
from cleaners.words.fold import measure_chars
from cleaners.words.notices import closes_story
from cleaners.words.sentences import COLONS, ends_told

# A block is sure from this probability on; a story, where this share of its characters is.
_SURE, _SURE_SHARE = 0.9, 0.8
# What is last stays from this probability on, unless it is a paragraph that goes on.
_LAST = 0.6
# Characters of such a paragraph at least, as `measure_chars` counts.
_PARAGRAPH_CHARS = 40
# The same of the last sure paragraph of a story, and of one that tells that a story goes on.
_STORY_CHARS, _TOLD_CHARS = 60, 15
_ITEM, _CELL, _PARAGRAPH = SORT["li"], SORT["td"], SORT["p"]
_IN_TABLE = frozenset((SORT["tr"], SORT["table"]))
# Words of a heading that opens an appeal, and headings at the end at most. Set on 3,577 labelled
# pages: 4 are better for it, none worse; of other last headings half belong to the story.
_TOLD_WORDS, _MOST_HEADS = 6, 2
# Characters of a line that leads out to other stories, the share of them in bold, and the share of
# a block's in links from which it is nothing but a link. Of 5 labelled pages 4 are better for it.
_LEAD_CHARS, _BOLD, _LINKED = 80, 0.9, 0.9


def find_unsure_end(kept: Mapping[int, Block], outline: Outline) -> list[int]:
    """The kept blocks at the end of a sure story that are not sure enough to stand there.

    They are those after the last that is sure enough, and before it, up to the last paragraph of
    the story, lines that end no sentence and head none, and items of lists unless a paragraph
    that stays follows: then the story goes on. A list stands or falls as a whole, and so does a
    table; a heading falls with all that is under it, and so does a line that leads out to links.
    """
    places = list(kept)
    if not places or _ends_sure(places[-1], kept, outline) or not is_sure(kept, outline):
        return []
    probabilities = dict(zip(places, outline.probabilities[places].tolist(), strict=True))
    found: list[int] = []
    at_end, goes_on = True, False
    sure_lists: frozenset[int] | None = None
    for index in reversed(places):
        probability, block = probabilities[index], kept[index]
        if probability >= _SURE and measure_chars(block.text) >= _STORY_CHARS:
            break
        is_sure_enough = index in outline.vouched or probability >= _LAST
        if not is_sure_enough and (own := _find_list(index, outline)) >= 0:
            if sure_lists is None:
                sure_lists = _find_sure_lists(probabilities, outline)
            is_sure_enough = own in sure_lists
        at_end = at_end and not is_sure_enough and not _goes_on(index, kept, outline)
        is_listed = goes_on and block.kind is Kind.LIST_ITEM
        if at_end or (not is_sure_enough and not is_listed and _is_line(index, kept)):
            found.append(index)
        else:
            goes_on = goes_on or _is_paragraph(block)
    gone = frozenset(found)
    left = [index for index in reversed(places) if index not in gone]
    heads = list(takewhile(lambda index: kept[index].kind is Kind.HEADING, left))
    if not found:
        heads = _choose_appeals(heads, left[len(heads) :], kept, outline)
    left = left[len(heads) :]
    return found + heads + (_find_lead_out(left[0], outline) if left else [])


def _ends_sure(last: int, kept: Mapping[int, Block], outline: Outline) -> bool:
    """Whether the last block shows by itself that nothing at the end is to go, as most do."""
    return (
        kept[last].kind is not Kind.HEADING
        and bool(outline.probabilities[last] >= _SURE)
        and measure_chars(kept[last].text) >= _STORY_CHARS
        and not _find_lead_out(last, outline)
    )


def _choose_appeals(
    heads: Sequence[int], rest: Sequence[int], kept: Mapping[int, Block], outline: Outline
) -> list[int]:
    """The last headings, backwards, that are told in many words and stand in a box of their own.

    "We have a small favour to ask of you" is the first line of an appeal that is not kept. Such a
    box holds nothing of the `rest`; a last crosshead stands beside the paragraphs of the story.
    """
    if not rest or len(heads) > _MOST_HEADS:
        return []
    cut = outline.cut

    def is_appeal(index: int) -> bool:
        box = cut.parents[cut.homes[index]]
        return (
            index not in outline.vouched
            and len(kept[index].text.split()) >= _TOLD_WORDS
            and box > 0
            and not any(box <= cut.homes[other] <= cut.ends[box] for other in rest)
        )

    return list(takewhile(is_appeal, heads))


def _find_lead_out(last: int, outline: Outline) -> list[int]:
    """The last block where it is set in bold or as a heading, ends with a colon and heads links.

    All that follows it up to the next text is a link, and none of that is kept.
    """
    cut = outline.cut
    text, after = cut.texts[last], last + 1
    if last in outline.vouched or not text.endswith(COLONS) or len(text) > _LEAD_CHARS:
        return []
    is_set = cut.sorts[cut.homes[last]] in SUBHEADS or (
        cut.arrays.strong_chars[last] >= _BOLD * len(text)
    )
    is_linked = after < len(cut.texts) and outline.links[after] >= _LINKED
    return [last] if is_set and is_linked else []


def _find_sure_lists(probabilities: Mapping[int, float], outline: Outline) -> frozenset[int]:
    """The lists and tables with a kept item or cell that is sure enough to be last."""
    return frozenset(
        _find_list(index, outline)
        for index, probability in probabilities.items()
        if probability >= _LAST
    )


def _find_list(index: int, outline: Outline) -> int:
    """The container of the list or table that a block stands in; -1 where it stands in none."""
    cut = outline.cut
    is_cell = KINDS[outline.kinds[index]] is Kind.TABLE_ROW
    home = find_around(cut.homes[index], _CELL if is_cell else _ITEM, cut)
    around = cut.parents[home]
    while is_cell and around > 0 and cut.sorts[around] in _IN_TABLE:
        home, around = around, cut.parents[around]
    return home if is_cell else around


def is_sure(kept: Mapping[int, Block], outline: Outline) -> bool:
    """Whether the model is sure of most of what is kept."""
    sizes = [len(block.text) for block in kept.values()]
    is_likely = outline.probabilities.take(list(kept)) >= _SURE
    return sum(compress(sizes, is_likely.tolist())) >= _SURE_SHARE * sum(sizes)


def _is_line(index: int, kept: Mapping[int, Block]) -> bool:
    """Whether a block is an item of a list, or a line that ends no sentence and heads none."""
    block, after = kept[index], kept.get(index + 1)
    if block.kind is Kind.LIST_ITEM:
        return True
    if block.kind is not Kind.PARAGRAPH or _is_told(block.text):
        return False
    return after is None or after.kind is not Kind.PARAGRAPH or not _is_told(after.text)


def _is_paragraph(block: Block) -> bool:
    """Whether a block is a paragraph as stories have."""
    is_plain = block.kind is Kind.PARAGRAPH
    return is_plain and measure_chars(block.text) >= _TOLD_CHARS and _is_told(block.text)


def _is_told(text: str) -> bool:
    return ends_told(text) or ends_told(strip_signature(text))


def _goes_on(index: int, kept: Mapping[int, Block], outline: Outline) -> bool:
    """Whether a block is a paragraph after a kept one, beside it and marked up with its element.

    Each of the two may have a box of its own. A list may stand before it as well, and one other
    block between: an advertisement's label.
    """
    text = kept[index].text
    before = next((index - gap for gap in (1, 2) if index - gap in kept), None)
    if before is None or not (_is_told(text) or closes_story(text)):
        return False
    cut = outline.cut
    like = find_told_before(before, kept, cut)
    here, there = cut.homes[index], cut.homes[like]
    if measure_chars(text) < _PARAGRAPH_CHARS:
        return (
            is_short_last(outline.probabilities[index], before, cut)
            and not cut.link_chars[index]
            and mark_own_box(index, cut) == mark_own_box(like, cut)
        )
    if cut.parents[here] == cut.parents[there] and cut.sorts[here] == cut.sorts[there]:
        return True
    if mark_own_box(index, cut) == mark_own_box(like, cut):
        return True
    above = _find_list(like, outline)
    return above >= 0 and cut.parents[here] == cut.parents[above] and cut.sorts[here] == _PARAGRAPH
