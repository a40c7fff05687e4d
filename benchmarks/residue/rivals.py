"""The line rules of two well-known web corpora, written afresh from their papers, to compare with.

They judge a line by its shape and by English words, so on news in other languages they mostly
stand for what shape alone can do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

LineFilter = Callable[[Sequence[str]], list[bool]]
"""Lines of one text -> whether each is removed."""

_C4_END = (".", "!", "?", '"')
_C4_WORDS_MIN = 5
_C4_POLICY = (
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
)


def judge_c4(lines: Sequence[str]) -> list[bool]:
    """Return which lines the rules of C4 remove.

    C. Raffel et al., "Exploring the Limits of Transfer Learning with a Unified Text-to-Text
    Transformer", 2020, section 2.2: lines that do not end in a terminal punctuation mark, have
    fewer than five words, or hold "javascript" or policy notices. The page-level rules of that
    section are left out.
    """
    removed = []
    for line in lines:
        lower = line.lower().strip()
        removed.append(
            not lower.endswith(_C4_END)
            or len(lower.split()) < _C4_WORDS_MIN
            or "javascript" in lower
            or any(policy in lower for policy in _C4_POLICY)
        )
    return removed


_COUNTER = re.compile(r"^\W*[\d.,]+\s*[km]?\s+(?:likes?|shares?|comments?|retweets?|reposts?|"
                      r"quotes?|bookmarks?|upvotes?|downvotes?|downloads?|views?|followers?)\W*$",
                      re.IGNORECASE)  # fmt: skip
_REFINED_WORDS_MAX = 10
_REFINED_START = re.compile(r"^\W*sign-?\s?in\b", re.IGNORECASE)
_REFINED_END = re.compile(r"\bread more\W*$", re.IGNORECASE)
_REFINED_ANYWHERE = re.compile(r"\bitems in cart\b", re.IGNORECASE)


def judge_refinedweb(lines: Sequence[str]) -> list[bool]:
    """Return which lines the line-wise corrections of RefinedWeb remove.

    G. Penedo et al., "The RefinedWeb Dataset for Falcon LLM", 2023, appendix G.2: lines mostly in
    upper case, only of numbers, counters, lines of one word, and lines of at most ten words with a
    known pattern at an edge.
    """
    removed = []
    for line in lines:
        letters = [char for char in line if char.isalpha()]
        words = line.split()
        upper = sum(char.isupper() for char in letters)
        short = len(words) <= _REFINED_WORDS_MAX
        removed.append(
            (bool(letters) and upper > len(letters) / 2)
            or not letters
            or len(words) == 1
            or _COUNTER.match(line) is not None
            or (short and _REFINED_START.match(line) is not None)
            or (short and _REFINED_END.search(line) is not None)
            or (short and _REFINED_ANYWHERE.search(line) is not None)
        )
    return removed
