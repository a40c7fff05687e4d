"""The line at a story's end that names where it was taken from: "Source: Town Gazette"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaners.about.bylines import fold_words, load_byline_words
from cleaners.article import Block, Kind
from cleaners.outline import Outline

# Characters of the line and words of the name at most, and blocks of a story before it at least.
_LINE_CHARS, _NAME_WORDS, _LEAST_BLOCKS = 80, 3, 2
_LINE = re.compile(r"[(\[]?([^\W\d_]+(?: [^\W\d_]+)?)\s?[:：]\s?([^:：,;()]*\w[^:：,;()]*)")


def find_origin(kept: Mapping[int, Block], outline: Outline) -> list[int]:
    """The last kept block, if it is a label for a source and a name; none where it is all there is.

    Amid a story such lines belong to a table or a figure, and several sources are what it rests on.
    What shows that it belongs to the story stays.
    """
    if len(kept) <= _LEAST_BLOCKS:
        return []
    last = list(kept)[-1]
    text = kept[last].text
    is_plain = kept[last].kind is Kind.PARAGRAPH and last not in outline.vouched
    if not is_plain or len(text) > _LINE_CHARS:
        return []
    line = _LINE.fullmatch(text)
    if line is None or len(line[2].split()) > _NAME_WORDS:
        return []
    return [last] if fold_words(line[1]) in load_byline_words().origins else []
