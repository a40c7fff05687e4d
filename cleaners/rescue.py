"""Page and kept blocks in, a story that stands in a script alone added to them."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.article import Block, Reason, Verdict
from cleaners.blocks import drop_block
from cleaners.decode import Source
from cleaners.evidence import list_bodies, read_body

# A page's own articleBody takes over where the page shows less than this share of it.
_SHOWN_SHARE = 0.2
# Lines looked up times the characters that each is looked up in, 0.25 ns each. No shell of a page
# that is drawn by script has a hundredth of it.
_MAX_LOOKS = 2_000_000_000
_RULE = "json-ld-article-body"


def rescue_story(
    blocks: tuple[Block, ...], source: Source, texts: Sequence[str] = ()
) -> tuple[Block, ...]:
    """The lines of the page's `articleBody` as kept blocks after the others, if it shows few.

    Some pages draw their text by script and carry it only as a script's `articleBody`. What such a
    shell shows beside it (a consent line, a loading notice) goes. `texts` are those of all blocks
    of the page.
    """
    written = max(list_bodies(source.data), key=len, default="")
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
