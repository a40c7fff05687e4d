"""Kept blocks in, those out that stand beyond the story: after it, outside its box, and unsure.

On a page of a kind that it hardly knows the model keeps what readers wrote, tables of results and
notices at the foot, each a little less probable than the story. Their place gives them away. Set on
1,873 article pages: with probabilities of models that had not seen their sites 9 are better for it
and 1 worse, with those of models that had seen no page of their sets 30 and none.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence

from cleaners.article import Block
from cleaners.beside.boxes import LINES
from cleaners.cutting.columns import Cut
from cleaners.guards.neighbours import find_shared
from cleaners.measures.containers import find_child
from cleaners.outline import Outline
from cleaners.words.fold import measure_chars
from cleaners.words.sentences import ends_told

# The story goes as far as the last paragraph that is as probable as this. Cells and items after it
# stay if they are as probable as that.
_SURE, _SURE_ITEM = 0.7, 0.9
# Kept paragraphs that its box holds at least, and characters of each, as `measure_chars` counts.
_PARAGRAPHS, _CHARS = 3, 40


def find_beyond(kept: Mapping[int, Block], outline: Outline) -> list[int]:
    """The kept blocks after the last sure paragraph and outside the box of all that is sure.

    Something that is not kept stands between them and that paragraph. What is marked up as the
    story's box is, and beside it, is another part of it, or another post.
    """
    places = list(kept)
    paragraphs = (
        index
        for index in reversed(places)
        if outline.probabilities[index] >= _SURE and _is_paragraph(kept[index].text)
    )
    last = next(paragraphs, -1)
    if last < 0 or last == places[-1]:
        return []
    after = list(_list_after(last, places[bisect(places, last) :], outline))
    if not after:
        return []
    likely = (outline.probabilities[: last + 1] >= _SURE).tolist()
    sure = [index for index in places if index <= last and likely[index]]
    cut = outline.cut
    story = _find_box(sure, cut)
    if story <= 0:
        return []
    found = [index for index in after if not cut.holds(story, cut.homes[index])]
    inside = (index for index in places if cut.holds(story, cut.homes[index]))
    if not found or sum(_is_paragraph(kept[index].text) for index in inside) < _PARAGRAPHS:
        return []
    return [index for index in found if not _is_like(index, story, cut)]


def _is_paragraph(text: str) -> bool:
    """Whether a text is long enough for a paragraph of a story, and ends as one does."""
    return measure_chars(text) >= _CHARS and ends_told(text)


def _find_box(sure: Sequence[int], cut: Cut) -> int:
    """The smallest container that holds all of some blocks, and is more than one paragraph."""
    first = min(cut.homes[index] for index in sure)
    is_alone = len(sure) == 1 or cut.sorts[first] in LINES
    last = max(sure, key=cut.homes.__getitem__)
    return find_shared(cut.parents[first] if is_alone else first, (last,), cut)


def _list_after(last: int, places: Sequence[int], outline: Outline) -> Iterator[int]:
    """Of the kept blocks after the last of the story those after something else; none is sure."""
    for number, index in enumerate(places, 1):
        is_sure = index in outline.vouched or outline.probabilities[index] >= _SURE_ITEM
        if index - last > number and not is_sure:
            yield index


def _is_like(index: int, story: int, cut: Cut) -> bool:
    """Whether the part of the page that a block stands in is marked up as the story's is.

    The two parts stand beside each other in one container.
    """
    around = cut.parents[story]
    while not cut.holds(around, cut.homes[index]):
        story, around = around, cut.parents[around]
    other = find_child(around, cut.homes[index], cut)
    return other >= 0 and cut.mark(other) == cut.mark(story)
