"""Kept blocks in, their lines out: ended where the page ends them, and judged one by one.

A block of several lines is one paragraph, item or quotation: the lines of a poem, of an address, of
a question and its answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from cleaners.article import Block, Kind, Span
from cleaners.context import Judged
from cleaners.inline import move_spans

# Kinds whose text is one line elsewhere too, whatever the page does to fit it in.
_OF_LINES = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTATION, Kind.EMBED, Kind.STANDFIRST})


def end_lines(
    blocks: tuple[Block, ...], line_ends: Mapping[int, Sequence[int]]
) -> tuple[Block, ...]:
    """The blocks with line feeds in the kept ones where `line_ends` of `Cut` has them."""
    if not line_ends:
        return blocks
    return tuple(
        replace(block, text=_end_lines(block.text, line_ends[block.index]))
        if block.index in line_ends and block.verdict.keep and block.kind in _OF_LINES
        else block
        for block in blocks
    )


def _end_lines(text: str, ends: Sequence[int]) -> str:
    starts = (0, *(end + 1 for end in ends))
    return "\n".join(map(text.__getitem__, map(slice, starts, (*ends, len(text)))))


def list_lines(block: Block) -> list[str]:
    """The lines of a block that are judged one by one; preformatted text is judged as a whole."""
    return [block.text] if block.kind is Kind.PREFORMATTED else block.text.split("\n")


def cut_lines(
    block: Block, lines: Sequence[str], judged: Sequence[Judged | None]
) -> Iterator[Block]:
    """A block as what is left of it: blocks of kept lines, and one for each line that goes.

    `lines` are its lines, and `judged` what the rules say of each.
    """
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    kept: list[tuple[int, int]] = []
    for start, line, each in zip(starts, lines, judged, strict=False):
        if each is None:
            kept.append((start, start + len(line)))
        elif not each.is_whole:
            kept.append((start + each.start, start + each.end))
        else:
            if kept:
                yield _take(block, kept)
                kept = []
            verdict = replace(each.verdict, score=block.verdict.score)
            yield replace(_take(block, [(start, start + len(line))]), verdict=verdict)
    if kept:
        yield _take(block, kept)


def _take(block: Block, pieces: Sequence[tuple[int, int]]) -> Block:
    """A block of some pieces of another one, each a line."""
    text = ""
    spans: list[Span] = []
    for start, end in pieces:
        text += "\n" if text else ""
        inside = move_spans(block.spans, -start, end - start)
        spans += (
            replace(span, start=span.start + len(text), end=span.end + len(text)) for span in inside
        )
        text += block.text[start:end]
    return replace(block, text=text, spans=tuple(spans))
