"""Kept blocks in, their lines out: ended where the page ends them, and judged one by one.

A block of several lines is one paragraph, item or quotation: the lines of a poem, of an address, of
a question and its answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

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


def split_lines(blocks: Sequence[Block]) -> tuple[list[str], list[int]]:
    """The lines of the kept blocks, which are judged one by one, and the place of each one's block.

    Preformatted text is judged as a whole.
    """
    lines: list[str] = []
    owners: list[int] = []
    for place, block in enumerate(blocks):
        if not block.verdict.keep:
            continue
        if "\n" in block.text and block.kind is not Kind.PREFORMATTED:
            some = block.text.split("\n")
            lines += some
            owners += [place] * len(some)
        else:
            lines.append(block.text)
            owners.append(place)
    return lines, owners


def cut_lines(
    blocks: Sequence[Block],
    lines: Sequence[str],
    owners: Sequence[int],
    judged: Sequence[Judged | None],
) -> tuple[Block, ...]:
    """The blocks with what is `judged` of their `lines`: left whole, cut, or in pieces.

    Of a block of several lines each that goes is a block of its own, and so are those left before
    it and after it.
    """
    said: dict[int, list[tuple[str, Judged | None]]] = {}
    for place, line, each in zip(owners, lines, judged, strict=True):
        said.setdefault(place, []).append((line, each))
    changed: list[Block] = []
    for place, block in enumerate(blocks):
        some = said.get(place, ())
        changed += _cut_block(block, some) if any(each for _, each in some) else (block,)
    return tuple(changed)


def _cut_block(block: Block, said: Sequence[tuple[str, Judged | None]]) -> Iterator[Block]:
    start = 0
    kept: list[tuple[int, int]] = []
    for line, each in said:
        end = start + len(line)
        if each is None:
            kept.append((start, end))
        elif not each.is_whole:
            kept.append((start + each.start, start + each.end))
        else:
            if kept:
                yield _take(block, kept)
                kept = []
            verdict = replace(each.verdict, score=block.verdict.score)
            yield replace(_take(block, [(start, end)]), verdict=verdict)
        start = end + 1
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
