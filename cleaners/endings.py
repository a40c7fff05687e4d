"""Where a story ends that the model is sure of: what it is less sure of after that is not story.

A page's threshold is as low as pays on the whole; but what stands last is more often a prompt, a
notice or a box than what stands between two paragraphs. Set on 3,577 labelled pages with
probabilities of models that had not seen their sites: 15 more of 1,873 article pages are perfect,
on each half of the sites, and residue falls by .001 on each set; loss rises by .0002.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaners.article import Block
from cleaners.fold import is_spaceless
from cleaners.outline import Outline

# A block is sure from this probability on; a story, where this share of its characters is.
_SURE, _SURE_SHARE = 0.9, 0.8
# What is last stays from this probability on, unless it is a paragraph that goes on.
_LAST = 0.6
# Characters of such a paragraph at least; fewer where no spaces stand between words.
_PARAGRAPH_CHARS, _SPACELESS_CHARS = 40, 15
_STOPS = re.compile(r"[.!?…。！？؟।][\"»”’'）)\]」』]*$")


def find_unsure_end(kept: Mapping[int, Block], outline: Outline) -> list[int]:
    """The kept blocks at the end of a sure story that are not sure enough to stand there."""
    probabilities = outline.probabilities
    places = list(kept)
    sizes = [len(block.text) for block in kept.values()]
    sure = sum(
        size for index, size in zip(places, sizes, strict=True) if probabilities[index] >= _SURE
    )
    if sure < _SURE_SHARE * sum(sizes):
        return []
    found: list[int] = []
    while len(found) < len(places):
        index = places[-1 - len(found)]
        if probabilities[index] >= _LAST or _goes_on(index, kept, outline):
            break
        found.append(index)
    return found


def _goes_on(index: int, kept: Mapping[int, Block], outline: Outline) -> bool:
    """Whether a block is a paragraph right after a kept one, marked up like it and beside it."""
    text = kept[index].text
    least = _SPACELESS_CHARS if is_spaceless(text[0]) else _PARAGRAPH_CHARS
    if index - 1 not in kept or len(text) < least or not _STOPS.search(text):
        return False
    cut = outline.cut
    here, before = cut.homes[index], cut.homes[index - 1]
    return (
        cut.parents[here] == cut.parents[before]
        and cut.sorts[here] == cut.sorts[before]
        and cut.keys[here] == cut.keys[before]
    )
