"""Kept blocks in and out: cells joined to rows, spans moved with their text, fronts dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleaners.article import Block, Kind, PageType, Reason, Span, Verdict
from cleaners.cut import Cut
from cleaners.features import Features
from cleaners.judge import Judgement
from cleaners.render import CELL_SEPARATOR

# Pages of these types tell no story of their own; what they show are teasers and instructions.
_WITHOUT_STORY = frozenset({PageType.SECTION, PageType.OTHER})
# Words: about four teasers. No article of the development corpora is emptied by it.
_STORY_WORDS = 150
# A block with more links than this share of its characters is a teaser, not running text.
_TEASER_LINKS = 0.3


def join_cells(blocks: tuple[Block, ...], cut: Cut) -> tuple[Block, ...]:
    """The blocks with neighbouring kept cells of one table row made into one, tabs between.

    Blocks that are not kept may be left out of `blocks`.
    """
    if not any(block.kind is Kind.TABLE_ROW and block.verdict.keep for block in blocks):
        return blocks
    rows: list[list[Block]] = []
    index_before = row_before = -1
    for block in blocks:
        is_cell = block.kind is Kind.TABLE_ROW and block.verdict.keep
        row = cut.parents[cut.homes[block.index]] if is_cell else -1
        if is_cell and row == row_before and block.index == index_before + 1:
            rows[-1].append(block)
        else:
            rows.append([block])
        index_before, row_before = block.index, row
    return tuple(_join_row(row) if len(row) > 1 else row[0] for row in rows)


def _join_row(cells: Sequence[Block]) -> Block:
    spans: list[Span] = []
    start = 0
    for cell in cells:
        spans += move_spans(cell.spans, start, start + len(cell.text))
        start += len(cell.text) + len(CELL_SEPARATOR)
    text = CELL_SEPARATOR.join([cell.text for cell in cells])
    return replace(cells[0], text=text, spans=tuple(spans))


def move_spans(spans: tuple[Span, ...], by: int, end: int) -> tuple[Span, ...]:
    """The spans moved along the text, cut off at 0 and `end`; what is left of none is dropped."""
    if not spans:
        return ()
    moved = (
        replace(span, start=max(0, span.start + by), end=min(end, span.end + by)) for span in spans
    )
    return tuple(span for span in moved if span.start < span.end)


def count_running(features: Features, judgement: Judgement) -> float:
    """How many words of what is kept are running text rather than links with a label."""
    is_running = features.links <= _TEASER_LINKS
    return float(features.words[judgement.kept & is_running].sum())


def drop_front(blocks: tuple[Block, ...], words: float, page_type: PageType) -> tuple[Block, ...]:
    """The blocks, none kept where a page that is no story has only teasers for text.

    `words` counts the running text of what is kept. A page with more than a few sentences keeps
    them, whatever it calls itself: a wrong page type must not cost an article.
    """
    if page_type not in _WITHOUT_STORY or words >= _STORY_WORDS:
        return blocks
    rule = f"page-type-{page_type}"
    return tuple(
        drop_block(block, Reason.NOT_ARTICLE, rule) if block.verdict.keep else block
        for block in blocks
    )


def drop_block(block: Block, reason: Reason, rule: str) -> Block:
    """The block, no longer kept; its probability stays."""
    verdict = Verdict(keep=False, reason=reason, rule=rule, score=block.verdict.score)
    return replace(block, verdict=verdict)
