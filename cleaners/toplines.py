"""Kept blocks in, the headline and its kicker out that stand in one block with what follows.

Old pages set kicker, headline and deck in one cell, a mere line break between each and the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from cleaners.article import Block, Kind, Reason, Verdict
from cleaners.breaks import drop_lines
from cleaners.context import Judged
from cleaners.dates import read_date
from cleaners.kinds import CODES
from cleaners.namelines import cut_date
from cleaners.names import has_lead, names_only
from cleaners.outline import Outline
from cleaners.sentences import ends_sentence
from cleaners.titles import is_part, plain_spaces

# Kept blocks that may be the first, lines up to the headline in one, and characters of a kicker.
_FIRST_BLOCKS, _FIRST_LINES, _KICKER_CHARS = 4, 4, 60
# Characters of a sentence that the story begins with.
_SENTENCE_CHARS = 60
# Share of the page's title that the headline is at least.
_LEAST_SHARE = 1 / 4
_RULE = "topline"
# Characters of a line at most that says who wrote and when, and lines up to it.
_SIGNED_CHARS, _SIGNED_LINES = 120, 6
_SIGNED = Judged(verdict=Verdict(keep=False, reason=Reason.BYLINE, rule="signed-day"))
_HEADLINE = Judged(verdict=Verdict(keep=False, reason=Reason.TITLE, rule=_RULE))


def drop_toplines(blocks: tuple[Block, ...], outline: Outline, title: str) -> tuple[Block, ...]:
    """The blocks without the first lines of one up to the headline, and without signed days.

    The headline goes where no other block is that, a line with writer and day wherever it stands
    before the story. `title` is what the page calls itself, the site's name often with it.
    """
    if not outline.cut.line_ends:
        return blocks
    lines: list[str] = []
    owners: list[int] = []
    judged: list[Judged | None] = []
    kept = (place for place, block in enumerate(blocks) if block.verdict.keep)
    for place in islice(kept, _FIRST_BLOCKS):
        block = blocks[place]
        some = block.text.split("\n")
        if len(some) > 1:
            is_first = CODES[Kind.TITLE] not in outline.kinds[: block.index]
            number = _count_toplines(some, title) if is_first and _HEADLINE not in judged else 0
            lines += some
            owners += [place] * len(some)
            judged += [_HEADLINE] * number
            judged += [
                _SIGNED if at < _SIGNED_LINES and _is_signed(line) else None
                for at, line in enumerate(some[number:])
            ]
        if len(some[-1]) >= _SENTENCE_CHARS and ends_sentence(some[-1]):
            break
    return drop_lines(blocks, lines, owners, judged) if any(judged) else blocks


def _is_signed(line: str) -> bool:
    """Whether a line says who wrote and when, and no more."""
    if len(line) > _SIGNED_CHARS:
        return False
    return bool(cut_date(line) or (has_lead(line) and names_only(line) and read_date(line)))


def find_topline(blocks: Sequence[Block]) -> str:
    """The headline that `drop_toplines` dropped of some blocks; empty where it dropped none."""
    dropped = (block.text for block in reversed(blocks) if block.verdict.rule == _RULE)
    return next(dropped, "")


def _count_toplines(lines: Sequence[str], title: str) -> int:
    """How many lines the headline and its kicker are; 0 where the first lines are neither."""
    plain = plain_spaces(title)
    if not plain:
        return 0
    for at, line in enumerate(lines[:_FIRST_LINES]):
        if len(line) >= _LEAST_SHARE * len(title) and is_part(plain_spaces(line), plain):
            return at + 1
        if len(line) > _KICKER_CHARS or ends_sentence(line):
            return 0
    return 0
