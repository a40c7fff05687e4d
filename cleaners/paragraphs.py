"""The text before a line break, or after it -> whether a paragraph ends or begins there."""

from __future__ import annotations

import re

from cleaners.sentences import SPACELESS_STOPS, find_stop

# Characters of a paragraph that a single line break ends; fewer where words are not spaced.
_LEAST_PARAGRAPH, _LEAST_SPACELESS = 60, 20
# The ideographic space, and the signs that stand before headings and items.
_INDENTS = frozenset("\u3000■□◆◇▼▽▲△●○◎・※")
_NOTE = re.compile(r"\[\d{1,3}\]$")


def ends_paragraph(parts: list[str]) -> bool:
    """Whether the text up to a line break ends as a paragraph does: with a stop, and not short."""
    last = next(filter(None, map(str.rstrip, reversed(parts))), "")
    stop = find_stop(" ".join(_NOTE.sub("", last).split()))
    if not stop:
        return False
    least = _LEAST_SPACELESS if stop in SPACELESS_STOPS else _LEAST_PARAGRAPH
    return sum(map(len, parts)) >= least


def begins_paragraph(text: str) -> bool:
    """Whether a text right after a line break is indented or marked as East Asian paragraphs are.

    An indent is an ideographic space there (W3C, Requirements for Japanese Text Layout, 3.5.1).
    """
    return text.lstrip(" \n\t\r\xa0")[:1] in _INDENTS
