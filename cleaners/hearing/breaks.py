"""Kept blocks in, their lines out: ended where the page ends them, and judged one by one.

A block of several lines is one paragraph, item or quotation: the lines of a poem, of an address, of
a question and its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile

from cleaners.article import Block, Kind, Reason, Span
from cleaners.hearing.context import Judged
from cleaners.output.inline import move_spans, split_spans
from cleaners.words.sentences import COLONS, ends_sentence

# Kinds whose text is one line elsewhere too, whatever the page does to fit it in.
_OF_LINES = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTATION, Kind.EMBED, Kind.STANDFIRST})
# A line of so many characters at least, in a block with fewer links than this share of it and at
# least so probable, is not asked about: of 37,158 such lines, a quarter of all on 3,706 labelled
# pages, the rules cut three short; judged by models that had not seen the site, three texts differ.
# From 80 characters and .9 on more prompts stay than stories gain; shorter ones amid the story are
# asked about too, as in languages that it has seen little of the model is as sure of prompts.
_TOLD_CHARS, _FEW_LINKS, _TOLD = 120, 0.05, 0.97
# Lines at the end that are asked about all the same: there a house's notices stand.
_LAST_LINES = 2
# A heading over such a line, from this probability on.
_HEAD = 0.5
# From this probability on a block is no prompt in words that no rule has. Of 3,567 labelled pages,
# judged by models that had not seen the site, 7 are better for what else goes, none worse.
_NO_PROMPT = 0.8
# Characters of a sentence that a label stands before.
_SENTENCE_CHARS = 60
# Lines of a list of instructions at least, and the share of them that rules may match.
_LEAST_STEPS, _MOST_FALLEN = 3, 0.6


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


def list_parts(texts: Sequence[str], line_ends: Mapping[int, Sequence[int]]) -> list[str]:
    """The texts, each in as many lines as `line_ends` of `Cut` has it; none where it has none."""
    if not line_ends:
        return []
    return [
        line
        for index, text in enumerate(texts)
        for line in (
            _end_lines(text, line_ends[index]).split("\n") if index in line_ends else [text]
        )
    ]


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


def find_told(
    blocks: Sequence[Block], lines: Sequence[str], owners: Sequence[int]
) -> frozenset[int]:
    """The lines that few rules need to be asked about: the story by all signs, or labels in it.

    "Background:" and the like, alone in a line, head the sentences of press releases; elsewhere
    they head lists of links. A heading that the model believes, right over such a line of the
    story, is a step or a question of it: "Log in to your account".
    """
    long = [at for at, line in enumerate(lines) if len(line) >= _TOLD_CHARS]
    told = [at for at in long if _is_plain(block := blocks[owners[at]]) and _rate(block) >= _TOLD]
    heads = [
        at - 1
        for at in told
        if at
        and (block := blocks[owners[at - 1]]).kind is Kind.HEADING
        and _rate(block) >= _HEAD
        and not block.link_density
    ]
    told_amid = [at for at in told if at < len(lines) - _LAST_LINES]
    return frozenset((*told_amid, *heads, *_find_labels(blocks, lines, owners)))


def find_sure(blocks: Sequence[Block], owners: Sequence[int]) -> list[int]:
    """The lines of blocks that the model is too sure of to be prompts by their words alone."""
    is_sure = [_rate(block) >= _NO_PROMPT for block in blocks]
    return [at for at, place in enumerate(owners) if is_sure[place]]


def _find_labels(
    blocks: Sequence[Block], lines: Sequence[str], owners: Sequence[int]
) -> Iterator[int]:
    """The lines that are labels before a sentence in the same block."""
    if len(set(owners)) == len(owners):
        return  # as on most pages, every block is one line
    for at, (place, after) in enumerate(pairwise(owners)):
        if (
            place == after
            and lines[at].endswith(COLONS)
            and len(lines[at + 1]) >= _SENTENCE_CHARS
            and ends_sentence(lines[at + 1])
            and _is_plain(blocks[place])
        ):
            yield at


def find_steps(
    judged: Sequence[Judged | None],
    blocks: Sequence[Block],
    lines: Sequence[str],
    owners: Sequence[int],
) -> frozenset[int]:
    """The lines that fell of lists of which most lines are sentences that no rule speaks against.

    "Log in to your account." is a step of many instructions. A list of nothing but prompts is none.
    """
    found: set[int] = set()
    for is_step, run in groupby(range(len(lines)), lambda at: _is_step(blocks[owners[at]])):
        if not is_step:
            continue
        places = list(run)
        fallen = [at for at in places if judged[at] is not None]
        told = sum(ends_sentence(lines[at]) for at in places)
        is_list = len(places) >= _LEAST_STEPS and 2 * told > len(places)
        if is_list and 0 < len(fallen) <= _MOST_FALLEN * len(places):
            found.update(fallen)
    return frozenset(found)


def _is_step(block: Block) -> bool:
    return block.kind is Kind.LIST_ITEM and not block.link_density


def _is_plain(block: Block) -> bool:
    return block.link_density < _FEW_LINKS


def _rate(block: Block) -> float:
    return block.verdict.score or 0.0


def join_notices(
    judged: Sequence[Judged | None],
    lines: Sequence[str],
    owners: Sequence[int],
    judge: Callable[[Sequence[str]], Sequence[Judged | None]],
) -> Sequence[Judged | None]:
    """What is judged of lines, where a notice of several lines goes as one.

    That is a block whose first line is judged to tell who paid, and all of whose lines `judge`
    takes for that where they are one.
    """
    joined = list(judged)
    for start, first in enumerate(judged):
        if first is None or not first.is_whole or first.verdict.reason is not Reason.SPONSORED:
            continue
        if start and owners[start - 1] == owners[start]:
            continue
        end = start + sum(1 for _ in takewhile(owners[start].__eq__, owners[start:]))
        (whole,) = judge([" ".join(lines[start:end])])
        if whole is not None and whole.is_whole:
            joined[start:end] = [whole] * (end - start)
    return joined


def drop_lines(
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


@dataclass(slots=True)
class _Piece:
    """What stands in a block from `start` to `end`, and what is said of it where it goes."""

    start: int
    end: int
    judged: Judged | None = None


def _cut_block(block: Block, said: Sequence[tuple[str, Judged | None]]) -> Iterator[Block]:
    pieces = _list_pieces(said)
    spans = split_spans(block.spans, [(each.start, each.end) for each in pieces])
    for is_kept, some in groupby(
        zip(pieces, spans, strict=True), key=lambda each: each[0].judged is None
    ):
        if is_kept:
            yield _join_pieces(block, list(some))
            continue
        for piece, inside in some:
            if piece.judged is not None:
                verdict = replace(piece.judged.verdict, score=block.verdict.score)
                yield replace(_join_pieces(block, [(piece, inside)]), verdict=verdict)


def _list_pieces(said: Sequence[tuple[str, Judged | None]]) -> list[_Piece]:
    """The pieces of a block, in order: lines left whole that follow each other are one."""
    pieces: list[_Piece] = []
    start = 0
    is_whole = False
    for line, each in said:
        end = start + len(line)
        if each is None and is_whole:
            pieces[-1].end = end
        elif each is None or each.is_whole:
            pieces.append(_Piece(start, end, each))
        else:
            pieces.append(_Piece(start + each.start, start + each.end))
        is_whole = each is None
        start = end + 1
    return pieces


def _join_pieces(block: Block, some: Sequence[tuple[_Piece, tuple[Span, ...]]]) -> Block:
    """A block of some pieces of another one, each in lines of its own."""
    texts: list[str] = []
    spans: list[Span] = []
    size = 0
    for piece, inside in some:
        text = block.text[piece.start : piece.end]
        spans += move_spans(inside, size, size + len(text))
        texts.append(text)
        size += len(text) + 1
    return replace(block, text="\n".join(texts), spans=tuple(spans))
