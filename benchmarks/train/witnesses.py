"""Pages whose article nobody wrote down in, the blocks that two other extractors agree on out.

Of the snippet set a handful of blocks a page is known for sure. Its pages come from hundreds of
sites that no other set has, so what trafilatura and readability both keep of them, or both drop,
is learned from as well, at low weight. Nothing of it is ever scored against.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.compare.tools import Tool, load_tools
from benchmarks.train.align import align_blocks

_WITNESSES = ("trafilatura", "readability-lxml")
# Of the words of a block, how many an extractor must have kept for it to have kept the block, and
# may have kept if it dropped the block.
_KEPT, _DROPPED = 0.75, 0.1
# Of the words that either kept, how many both must have kept: else they tell different stories.
_LEAST_COMMON = 0.5


def ask_witnesses(source: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """For each block of a page 1 where both extractors keep it, 0 where both drop it, else nan.

    All are nan where the two hardly agree, or one found nothing or failed.
    """
    # Both read the page's whole text, and blocks are words enough to find in it.
    stories = [_ask(tool, source) for tool in _load_witnesses()]
    shares = np.array([align_blocks(texts, story) for story in stories])
    sizes = np.fromiter(map(len, texts), np.float64, len(texts))
    kept = shares >= 0.5
    if sizes @ kept.all(axis=0) < max(1.0, _LEAST_COMMON * (sizes @ kept.any(axis=0))):
        return np.full(len(texts), np.nan)
    agreed = np.where((shares <= _DROPPED).all(axis=0), 0.0, np.nan)
    return np.where((shares >= _KEPT).all(axis=0), 1.0, agreed)


def _ask(tool: Tool, source: str) -> str:
    try:
        return tool.extract(source)
    except Exception:  # noqa: BLE001 - whatever another tool raises, it tells nothing
        return ""


@cache
def _load_witnesses() -> tuple[Tool, ...]:
    tools, absent = load_tools(list(_WITNESSES))
    if absent:
        raise ModuleNotFoundError("; ".join(absent))
    return tuple(tools)
