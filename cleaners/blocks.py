"""Kept blocks in and out: blocks and fronts dropped."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace
from itertools import repeat

from cleaners.article import Block, PageType, Reason, Verdict
from cleaners.features import Features
from cleaners.judge import Judgement

# Pages of these types tell no story of their own; what they show are teasers and instructions.
_WITHOUT_STORY = frozenset({PageType.SECTION, PageType.OTHER})
# Words: about four teasers. No article of the development corpora is emptied by it.
_STORY_WORDS = 150
# A block with more links than this share of its characters is a teaser, not running text.
_TEASER_LINKS = 0.3
# By field of a block, what sets it and what it is where nothing else is said.
_FIELDS = {
    field.name: (getattr(Block, field.name).__set__, field.default) for field in fields(Block)
}


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


def fill_blocks(number: int, columns: Mapping[str, Iterable[object]]) -> tuple[Block, ...]:
    """So many blocks from what is said of them by field, in order; other fields have defaults.

    A frozen value sets its fields one by one when it is made, which takes three times as long.
    """
    blocks = tuple(map(Block.__new__, repeat(Block, number)))
    for name, (set_field, default) in _FIELDS.items():
        values = columns[name] if default is MISSING or name in columns else repeat(default)
        deque(map(set_field, blocks, values), maxlen=0)
    return blocks


def drop_block(block: Block, reason: Reason, rule: str) -> Block:
    """The block, no longer kept; its probability stays."""
    verdict = Verdict(keep=False, reason=reason, rule=rule, score=block.verdict.score)
    return replace(block, verdict=verdict)
