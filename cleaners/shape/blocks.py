"""Kept blocks in and out: blocks made of columns, blocks and fronts dropped."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import repeat
from typing import cast

from cleaners.article import Block, Kind, PageType, Reason, Span, Verdict
from cleaners.features import Features
from cleaners.judge import Judgement

# Pages of these types tell no story of their own; what they show are teasers and instructions.
_WITHOUT_STORY = frozenset({PageType.SECTION, PageType.OTHER})
# Words: about four teasers.
_STORY_WORDS = 150
# Confidence from which a text is a story, whatever its page calls itself. Of labelled pages that
# are called fronts 24 of 30 short articles have it, and no list of teasers; nor has a made front.
_STORY_CONFIDENCE = 0.8
# A block with more links than this share of its characters is a teaser, not running text.
_TEASER_LINKS = 0.3


def count_running(features: Features, judgement: Judgement) -> float:
    """How many words of what is kept are running text rather than links with a label."""
    is_running = features.links <= _TEASER_LINKS
    return float(features.words[judgement.kept & is_running].sum())


def drop_front(
    blocks: tuple[Block, ...], page_type: PageType, *, words: float, confidence: float
) -> tuple[Block, ...]:
    """The blocks, none kept where a page that is no story has only teasers for text.

    `words` counts the running text of what is kept. A page with more than a few sentences keeps
    them, and so does one whose few are told like a story, whatever it calls itself: a wrong page
    type must not cost an article.
    """
    is_told = words >= _STORY_WORDS or confidence >= _STORY_CONFIDENCE
    if page_type not in _WITHOUT_STORY or is_told:
        return blocks
    rule = f"page-type-{page_type}"
    return tuple(
        drop_block(block, Reason.NOT_ARTICLE, rule) if block.verdict.keep else block
        for block in blocks
    )


class _Draft:
    """A block that is being made: the same in memory, and not frozen yet."""

    __slots__ = tuple(field.name for field in fields(Block))

    def __init__(
        self, index: int, text: str, verdict: Verdict, kind: Kind, link_density: float
    ) -> None:
        self.index = index
        self.text = text
        self.verdict = verdict
        self.kind = kind
        self.level = 0
        self.link_density = link_density
        self.path = ""
        self.number = None
        self.unit = 0
        self.spans: tuple[Span, ...] = ()


def make_blocks(
    *columns: Iterable[object], spans: Iterable[tuple[Span, ...]] = ()
) -> tuple[Block, ...]:
    """Blocks from their indexes, texts, verdicts, kinds, link densities and, where any have, spans.

    A frozen value takes a call to set each of its fields, and so four times as long to be made.
    """
    drafts = tuple(map(_Draft, *columns))
    for draft, own in zip(drafts, spans, strict=False):
        draft.spans = own
    deque(map(setattr, drafts, repeat("__class__"), repeat(Block)), maxlen=0)
    return cast(tuple[Block, ...], drafts)


def drop_block(block: Block, reason: Reason, rule: str) -> Block:
    """The block, no longer kept; its probability stays."""
    verdict = Verdict(keep=False, reason=reason, rule=rule, score=block.verdict.score)
    return replace(block, verdict=verdict)
