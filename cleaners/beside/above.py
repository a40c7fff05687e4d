"""What stands above a page's headline: lines of the site and of other stories."""

from __future__ import annotations

from collections.abc import Mapping

from cleaners.article import Block, Kind
from cleaners.cutting.tags import SORT
from cleaners.outline import Outline
from cleaners.shape.kinds import CODES
from cleaners.words.sentences import ends_told

# What stands above holds this share of the kept characters at most, and as many as that, which the
# model is sure of, follow: the headline of a slide or of a box comes late. Of 2,551 labelled pages
# 20 are better for it, none worse; where an `<h2>` counted as well, stories would be lost.
_SHARE, _STORY_CHARS, _SURE = 0.3, 300, 0.9
_LINE_WORDS = 12  # words of a line at most; a longer one may be a standfirst


def find_above(kept: Mapping[int, Block], outline: Outline) -> list[int]:
    """The kept lines above the first `<h1>` that is the headline, if the story follows it.

    They are short and end no sentence: a standfirst stands there on some pages.
    """
    is_title = outline.kinds == CODES[Kind.TITLE]
    is_title &= outline.cut.arrays.home_sorts == SORT["h1"]
    (titles,) = is_title.nonzero()
    if not len(titles) or next(iter(kept)) > titles[0]:
        return []
    title = int(titles[0])
    above = [index for index in kept if index < title]
    sizes = {index: len(block.text) for index, block in kept.items()}
    sure = sum(
        size
        for index, size in sizes.items()
        if index > title and outline.probabilities[index] >= _SURE
    )
    if sure < _STORY_CHARS or sum(sizes[index] for index in above) > _SHARE * sum(sizes.values()):
        return []
    return [
        index
        for index in above
        if kept[index].kind is not Kind.STANDFIRST
        and index not in outline.vouched
        and len(kept[index].text.split()) <= _LINE_WORDS
        and not ends_told(kept[index].text)
    ]
