"""Page and kept blocks in, a story that stands in a script alone added to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaners.article import Block, Reason, Verdict
from cleaners.decode import Source
from cleaners.evidence import list_bodies, read_body
from cleaners.shape.blocks import drop_block
from cleaners.words.fold import is_spaceless

# A page's own articleBody takes over where the page shows less than this share of it.
_SHOWN_SHARE = 0.2
# Lines looked up times the characters that each is looked up in, 0.25 ns each. No shell of a page
# that is drawn by script has a hundredth of it.
_MAX_LOOKS = 2_000_000_000
# Characters that a kept block has at least, and of its beginning that are looked for, to tell that
# a text in a script is what the page shows.
_PROBE = 40
# Blocks of which that is looked for; of more, some.
_MOST_PROBES = 50
# Of the title's words of so many letters, told by their first ones, the share that the page's own
# story has at least. Scripts carry the texts of other stories as well.
_TOLD_SHARE, _LEAST_WORD, _STEM = 0.5, 4, 5
_WORD = re.compile(r"[^\W\d_]{2,}")
# Texts looked at, the longest first: no page has a tenth as many that say something.
_MOST_BODIES = 20
# Kept blocks at least that tell that the page shows the beginning of a text in a script, and the
# share of them that stand in it.
_LEAST_PROBES, _FOUND_SHARE = 2, 0.7
# Characters of the rest of that text at least, and the share of it that the page shows at most.
_REST_CHARS, _REST_SHOWN = 200, 0.1
# What Markdown and the like have instead of paragraphs: such a text is the editors' own, not the
# readers'.
_MARKUP = re.compile(r"^(?:\+{3}|#{1,6}\s|\[[#/]?[^\W\d]+(?: \w+=|[\]:=]))|\]\(")
_RULE = "json-ld-article-body"
# The word, and four bytes from each of four places in it, the last ones that are followed by more.
_WORD_OF_BODY, _FOUR = b"articleBody", 4
_PARTS = tuple(
    (start, np.frombuffer(_WORD_OF_BODY, np.uint32, 1, start)[0]) for start in range(4, 8)
)


@dataclass(frozen=True, slots=True)
class _Story:
    """A text, or none, and whether it is all of the story: then nothing else that is kept is."""

    text: str
    is_all: bool


def rescue_story(
    blocks: tuple[Block, ...], source: Source, texts: Sequence[str] = (), *, title: str = ""
) -> tuple[Block, ...]:
    """The lines of the page's `articleBody` as kept blocks after the others, if it shows few.

    Of a story of which it shows more only the rest is added, where that shows nowhere.

    Some pages draw their text by script and carry it only as a script's `articleBody`. What such a
    shell shows beside it (a consent line, a loading notice, teasers) goes. `texts` are those of all
    blocks of the page, `title` is what its head calls it.
    """
    if not _may_hold_body(source.data):
        return blocks
    written = list(dict.fromkeys(list_bodies(source.data)))
    if not written:
        return blocks
    kept = [block.text for block in blocks if block.verdict.keep]
    story = _find_story(written, kept, title)
    body = story.text
    if not body:
        more = _find_rest(written, kept, texts)
        return (*blocks, *_make_blocks(more, len(texts))) if more else blocks
    shown, lines = " ".join(texts), body.split("\n")
    if len(lines) * len(shown) + len(blocks) * len(body) > _MAX_LOOKS:
        return blocks
    lines = [line for line in lines if line and line not in shown]
    if sum(map(len, lines)) < (1 - _SHOWN_SHARE) * len(body):
        return blocks
    # A line that is added may hold what the page shows of it.
    added = "\n".join(lines)
    shell = (
        drop_block(block, Reason.NOT_ARTICLE, _RULE)
        if block.verdict.keep and (block.text in added or (story.is_all and block.text not in body))
        else block
        for block in blocks
    )
    return (*shell, *_make_blocks(lines, len(texts)))


def _may_hold_body(page: bytes) -> bool:
    """Whether the word `articleBody` stands in a page, as in one of twenty.

    It is looked for four bytes at a time, wherever in four it begins, which takes a third of the
    time that `in` takes.
    """
    fours = np.frombuffer(page, np.uint32, len(page) // _FOUR)
    return any(
        page.startswith(_WORD_OF_BODY, max(0, _FOUR * place - start))
        for start, part in _PARTS
        for place in _list_true(fours == part)
    )


def _list_true(marks: NDArray[np.bool_]) -> Iterator[int]:
    """The places of the few marks that are true: bytes are looked through faster than arrays."""
    said = marks.tobytes()
    place = said.find(1)
    while place >= 0:
        yield place
        place = said.find(1, place + 1)


def _make_blocks(lines: Sequence[str], start: int) -> Iterator[Block]:
    """Kept blocks of some lines, numbered from `start` on."""
    rescued = Verdict(keep=True, reason=Reason.GUARDED, rule=_RULE)
    for index, line in enumerate(lines, start):
        yield Block(index=index, text=line, verdict=rescued)


def _find_rest(written: Sequence[str], kept: Sequence[str], texts: Sequence[str]) -> list[str]:
    """The lines with which the page's own text goes on after the last that the page shows.

    Metered pages show the first paragraphs alone. Nearly all that is kept stands in that text, in
    its order, and hardly anything of the rest on the page. `texts` are those of all its blocks.
    """
    probes = [text[:_PROBE] for text in kept if len(text) >= _PROBE]
    size = sum(map(len, kept))
    # What is written as JSON is never shorter than what it says.
    longer = [each for each in written if len(each) >= size + _REST_CHARS]
    if len(probes) < _LEAST_PROBES or not longer:
        return []
    body = read_body(max(longer, key=len))
    shown = " ".join(texts)
    if len(body) * len(probes) + body.count("\n") * len(shown) > _MAX_LOOKS:
        return []
    places = [place for probe in probes if (place := body.find(probe)) >= 0]
    if len(places) < _FOUND_SHARE * len(probes) or places != sorted(places):
        return []
    rest = [line for line in body[places[-1] :].split("\n")[1:] if line]
    if any(map(_MARKUP.search, rest)):
        return []
    hidden = [line for line in rest if line not in shown]
    left, all_left = sum(map(len, hidden)), sum(map(len, rest))
    return hidden if left >= max(_REST_CHARS, (1 - _REST_SHOWN) * all_left) else []


def _find_story(written: Sequence[str], kept: Sequence[str], title: str) -> _Story:
    """The page's own text among those written in scripts, where the page shows too little of it."""
    size = sum(map(len, kept))
    probes = [text[:_PROBE] for text in kept if len(text) >= _PROBE]
    probes = probes[:: 1 + len(probes) // _MOST_PROBES]
    # What is written as JSON is never shorter than what it says, and mostly the same.
    if any(size >= _SHOWN_SHARE * len(each) and _has_any(probes, each) for each in written):
        return _Story("", is_all=True)
    bodies = list(map(read_body, sorted(written, key=len, reverse=True)[:_MOST_BODIES]))
    for body in bodies:
        if _has_any(probes, body):
            return _Story(body if size < _SHOWN_SHARE * len(body) else "", is_all=True)
    stems = _list_stems(title)
    shares = [_share_stems(stems, body) for body in bodies]
    best = shares.index(max(shares))
    body, share, shown = bodies[best], shares[best], _share_stems(stems, "\n".join(kept))
    if size < _SHOWN_SHARE * len(body):
        # Without a title any text counts, and of a page that shows nothing as well.
        is_own = share >= _TOLD_SHARE or not stems or not kept
        return _Story(body if is_own else "", is_all=share > shown or not stems)
    return _Story(body if share >= _TOLD_SHARE and share > shown else "", is_all=True)


def _has_any(probes: Sequence[str], text: str) -> bool:
    return any(probe in text for probe in probes)


def _list_stems(title: str) -> set[str]:
    """The beginnings of the longer words of a title; of spaceless scripts each two characters."""
    stems: set[str] = set()
    for word in _WORD.findall(title.lower()):
        if is_spaceless(word[0]):
            stems.update(map("".join, pairwise(word)))
        elif len(word) >= _LEAST_WORD:
            stems.add(word[:_STEM])
    return stems


def _share_stems(stems: set[str], text: str) -> float:
    """How many of the stems stand in a text, as a share; 0 where there are none."""
    said = text.lower()
    return sum(stem in said for stem in stems) / max(1, len(stems))
