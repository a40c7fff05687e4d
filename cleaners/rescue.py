"""Page and kept blocks in, a story that stands in a script alone added to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from cleaners.article import Block, Reason, Verdict
from cleaners.blocks import drop_block
from cleaners.decode import Source
from cleaners.evidence import read_body

# A page's own articleBody takes over where the page shows less than this share of it.
_SHOWN_SHARE = 0.2
# Lines looked up times the characters that each is looked up in, 0.25 ns each. No shell of a page
# that is drawn by script has a hundredth of it.
_MAX_LOOKS = 2_000_000_000
_RULE = "json-ld-article-body"
_BODY = re.compile(rb'"articleBody"\s*+:\s*+"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
# Four bytes of the key each, and where they begin in it. Wherever the key stands, one of them
# begins at a multiple of four.
_WORD = np.dtype("<u4")
_WORDS = {
    start: int.from_bytes(b'"articleBody"'[start : start + 4], "little") for start in range(5, 9)
}


def rescue_story(
    blocks: tuple[Block, ...], source: Source, texts: Sequence[str] = ()
) -> tuple[Block, ...]:
    """The lines of the page's `articleBody` as kept blocks after the others, if it shows few.

    Some pages draw their text by script and carry it only as a script's `articleBody`. What such a
    shell shows beside it (a consent line, a loading notice) goes. `texts` are those of all blocks
    of the page.
    """
    written = max(_list_bodies(source.data), key=len, default="")
    kept = sum(len(block.text) for block in blocks if block.verdict.keep)
    # What is written as JSON is never shorter than what it says.
    if kept >= _SHOWN_SHARE * len(written):
        return blocks
    body = read_body(written)
    if kept >= _SHOWN_SHARE * len(body):
        return blocks
    shown, lines = " ".join(texts), body.split("\n")
    if len(lines) * len(shown) + len(blocks) * len(body) > _MAX_LOOKS:
        return blocks
    lines = [line for line in lines if line and line not in shown]
    if sum(map(len, lines)) < (1 - _SHOWN_SHARE) * len(body):
        return blocks
    rescued = Verdict(keep=True, reason=Reason.GUARDED, rule=_RULE)
    more = (
        Block(index=index, text=line, verdict=rescued)
        for index, line in enumerate(lines, len(texts))
    )
    shell = (
        drop_block(block, Reason.NOT_ARTICLE, _RULE)
        if block.verdict.keep and block.text not in body
        else block
        for block in blocks
    )
    return (*shell, *more)


def _list_bodies(data: bytes) -> Iterator[str]:
    """Each `articleBody` of a page in order, as it is written in JSON.

    The words of numpy find where one may stand in half the time that a search takes.
    """
    words = np.frombuffer(data, _WORD, len(data) // _WORD.itemsize)
    places = [
        place * _WORD.itemsize - start
        for start, word in _WORDS.items()
        for place in np.flatnonzero(words == word).tolist()
    ]
    for place in sorted(places):
        match = _BODY.match(data, max(0, place))
        if match is not None:
            yield match[1].decode()
