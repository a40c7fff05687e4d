"""Kept blocks in, the headline and its kicker out that stand in one block with what follows.

Old pages set kicker, headline, byline, day and deck in one cell, a mere line break between each and
the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from cleaners.about.bylines import fold_words, load_byline_words
from cleaners.about.namelines import cut_date
from cleaners.about.names import has_lead, is_signed, names_only
from cleaners.about.posts import begins_with_role, ends_with_role
from cleaners.about.titles import is_part, plain_spaces
from cleaners.article import Block, Kind, Reason, Verdict
from cleaners.hearing.breaks import drop_lines
from cleaners.hearing.context import Judged
from cleaners.outline import Outline
from cleaners.shape.kinds import CODES
from cleaners.words.dates import is_date_alone, read_date
from cleaners.words.sentences import ends_sentence

# Kept blocks that may be the first, lines up to the headline in one, and characters of a kicker.
_FIRST_BLOCKS, _FIRST_LINES, _KICKER_CHARS = 4, 4, 60
# Characters of a sentence that the story begins with.
_SENTENCE_CHARS = 60
# Share of the page's title that the headline is at least.
_LEAST_SHARE = 1 / 4
_RULE = "topline"
# Characters of a line at most that says who wrote and when, and of one that says who that is, and
# lines up to it.
_SIGNED_CHARS, _POST_CHARS, _SIGNED_LINES = 120, 60, 6
_SIGNED = Judged(verdict=Verdict(keep=False, reason=Reason.BYLINE, rule="signed-day"))
_DAY = Judged(verdict=Verdict(keep=False, reason=Reason.DATE, rule="signed-day"))
_HEADLINE = Judged(verdict=Verdict(keep=False, reason=Reason.TITLE, rule=_RULE))


def drop_toplines(blocks: tuple[Block, ...], outline: Outline, title: str) -> tuple[Block, ...]:
    """The blocks without the first lines of one up to the headline, and without signed lines.

    The headline goes where no other block is that, a line that says who wrote wherever it stands
    before the story, with what follows it of post and day. `title` is what the page calls itself,
    the site's name often with it.
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
            judged += _judge_signed(some[number:], is_under=number > 0)
        if len(some[-1]) >= _SENTENCE_CHARS and ends_sentence(some[-1]):
            break
    return drop_lines(blocks, lines, owners, judged) if any(judged) else blocks


def _judge_signed(lines: Sequence[str], *, is_under: bool) -> list[Judged | None]:
    """What is said of the lines of a block: which are a byline, the writer's post, or a day.

    `is_under` says that the headline stands right above them. A day and a post count only right
    under that or another such line: poems and letters have days in them too.
    """
    judged: list[Judged | None] = []
    is_written = False
    for line in lines[:_SIGNED_LINES]:
        if _is_signed(line) or (is_under and _is_led(line)):
            judged.append(_SIGNED)
            is_written = True
        elif (is_under or is_written) and is_date_alone(line):
            judged.append(_DAY)
        elif is_written and _is_post(line):
            judged.append(_SIGNED)
        else:
            judged.append(None)
            is_under = is_written = False
    return judged + [None] * (len(lines) - len(judged))


def _is_signed(line: str) -> bool:
    """Whether a line says who wrote, and maybe when, and no more."""
    if len(line) > _SIGNED_CHARS:
        return False
    return bool(cut_date(line) or is_signed(line) or (_is_led(line) and read_date(line)))


def _is_led(line: str) -> bool:
    """Whether a line begins as a byline does and may hold names alone: "Author: Jane (Jo) Doe"."""
    return len(line) <= _SIGNED_CHARS and has_lead(line) and names_only(line)


def _is_post(line: str) -> bool:
    """Whether a line says what a writer is, and for which house: "Courier Staff Writer"."""
    if len(line) > _POST_CHARS or ends_sentence(line):
        return False
    words, parts = load_byline_words(), fold_words(line).split()
    return names_only(line) and (begins_with_role(parts, words) or ends_with_role(parts, words))


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
