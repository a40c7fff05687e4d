"""The text before a line break -> whether a paragraph ends there."""

from __future__ import annotations

import re

# What ends a sentence, what may stand after that, and characters of a paragraph that a single line
# break ends; fewer where no spaces stand between words.
_STOPS, _CLOSING = tuple(".!?…؟।॥۔。！？។။"), "\"'»”’)]）」』"
_LEAST_PARAGRAPH, _LEAST_SPACELESS = 60, 20
_SPACELESS_STOPS = frozenset("。！？។။")
_NOTE = re.compile(r"\[\d{1,3}\]$")


def ends_paragraph(parts: list[str]) -> bool:
    """Whether the text up to a line break ends as a paragraph does: with a stop, and not short."""
    last = next(filter(None, map(str.rstrip, reversed(parts))), "")
    end = _NOTE.sub("", last).rstrip(_CLOSING)
    if not end.endswith(_STOPS):
        return False
    least = _LEAST_SPACELESS if end[-1] in _SPACELESS_STOPS else _LEAST_PARAGRAPH
    return sum(map(len, parts)) >= least
