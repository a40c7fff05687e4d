"""What readers wrote under a story that the model is sure of: told by its box, or by its heading.

A comment is told like a paragraph, so where a page has few marks the model takes it for one. Its
place says what it is: in a container that is named for comments, or under lines that count them and
ask for more, after the story. On a forum the same names hold what people come for, and there the
model is not sure of a story above them.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cache
from itertools import pairwise

from cleaners.article import Block, Kind, Reason
from cleaners.beside.boxes import find_inside
from cleaners.cutting.columns import Cut
from cleaners.cutting.letters import Ints
from cleaners.matching.lines import LineReader
from cleaners.matching.rulebook import load_matcher
from cleaners.measures.containers import bound_blocks
from cleaners.outline import Outline
from cleaners.residue import choose_langs
from cleaners.words.dates import read_date
from cleaners.words.wordlists import read_word_list

# Paragraphs above the comments, characters of each at least, and the mean probability of them all.
_PARAGRAPHS, _PARAGRAPH_CHARS, _SURE = 8, 60, 0.9
# The same where a heading of the comments is seen as well, and where a box is named for comments
# and one of its first blocks says so too.
_HEADED_PARAGRAPHS, _BOXED_PARAGRAPHS, _FIRST_BLOCKS = 5, 3, 12
# Characters of such a heading; where there are more of them, the page is a list of posts.
_HEADING_CHARS, _MOST_HEADINGS = 40, 3
_ASKS = frozenset({Reason.COMMENT_PROMPT, Reason.COMMENT_LOGIN})
_TELLS = _ASKS | {Reason.COMMENT_COUNT}
_LINKED = 0.5  # share of characters in links from which a line leads to comments elsewhere
# Lines after a heading that one of them signs, characters of that, and its clock after a date.
_FIRST_LINES, _SIGNED_CHARS = 2, 80
_CLOCK = re.compile(
    r"\d[^\w\s]?\s(?:\W\s|[^\W\d_]{1,4}\.?\s)?\d{1,2}[:.h]\d{2}(?!\d|[.:]\d{4})|\d{1,2}:\d{2}\W{1,3}\d"
)
# One number, and words.
_COUNT = re.compile(r"(?=[^\d]{0,30}+\d)(?=.*[^\W\d_])[^\d]{0,30}+\d[\d.,]*+[^\d]{0,30}+")


def find_comments(kept: Mapping[int, Block], outline: Outline, boxes: Sequence[int]) -> list[int]:
    """The kept blocks that are comments of readers: all that are kept after the story.

    `boxes` are the containers around them that are named for comments, in document order.
    """
    places = list(kept)
    boxed = find_inside(boxes, places, outline.cut)
    start = _find_start(places, boxed)
    if start < len(places) and (
        is_story(places[:start], _PARAGRAPHS, kept, outline)
        or (
            is_story(places[:start], _BOXED_PARAGRAPHS, kept, outline)
            and _tells_comments(places[start], boxes, kept, outline.cut)
        )
    ):
        return places[start:]
    short = _list_short(places, outline.cut)
    for heading in _find_headings(short, places, kept, outline):
        before = [index for index in places if index < heading]
        if is_story(before, _HEADED_PARAGRAPHS, kept, outline):
            return [index for index in places if index > heading]
    start = _find_signed(short, places, outline)
    if start < len(places) and is_story(places[:start], _BOXED_PARAGRAPHS, kept, outline):
        return places[start:]
    return []


def _list_short(places: Sequence[int], cut: Cut) -> Ints:
    """The blocks from the first kept one to the last that are as short as headings of comments."""
    first, last = places[0], places[-1]
    return first + (cut.arrays.lengths[first:last] <= _HEADING_CHARS).nonzero()[0]


def _find_signed(short: Ints, places: Sequence[int], outline: Outline) -> int:
    """How many of the kept blocks come before comments that a heading without a number heads.

    A line with who wrote, day and clock follows such a heading, or a notice and then such a line.
    """
    texts = outline.cut.texts
    said = "\n".join(map(texts.__getitem__, short.tolist())).lower()
    if not any(map(said.__contains__, _load_heading_words())):
        return len(places)
    pattern = _load_heading()
    for number, (before, after) in enumerate(pairwise(places), 1):
        for index in range(before, after):
            if (
                len(texts[index]) <= _HEADING_CHARS
                and pattern.search(texts[index])
                and any(
                    _is_signed(at, outline.cut)
                    for at in range(index + 1, min(index + _FIRST_LINES + 1, len(texts)))
                )
            ):
                return number - (index == before)
    return len(places)


def _is_signed(index: int, cut: Cut) -> bool:
    """Whether the first line of a block says who wrote when, to the minute, and no more."""
    text = cut.texts[index]
    line = text[: cut.line_ends[index][0]] if index in cut.line_ends else text
    return len(line) <= _SIGNED_CHARS and _CLOCK.search(line) is not None and bool(read_date(line))


@cache
def _load_heading_words() -> tuple[str, ...]:
    """The words for comments in headings over them, in small letters, long ones first."""
    words = map(str.lower, read_word_list("comments")["headings"])
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _load_heading() -> re.Pattern[str]:
    """Finds a word for comments, or what stands before or after it, in a line of nothing else."""
    words = "|".join(map(re.escape, _load_heading_words()))
    return re.compile(
        rf"^(?:[^\W\d_]+[ '’]){{0,3}}(?:{words})(?: [^\W\d_]+){{0,3}}\s?:?$", re.IGNORECASE
    )


def _find_start(places: Sequence[int], boxed: set[int]) -> int:
    """How many of the blocks come before the comments, if only comments come after them."""
    start = len(places)
    while start and places[start - 1] in boxed:
        start -= 1
    return start if len(boxed) == len(places) - start else len(places)


def _tells_comments(first: int, boxes: Sequence[int], kept: Mapping[int, Block], cut: Cut) -> bool:
    """Whether one of the first blocks of a box counts comments, or asks for them.

    It is the outermost box that a kept block stands in, but for boxes around the story itself.
    """
    home, story = cut.homes[first], cut.homes[next(iter(kept))]
    inside = (box for box in boxes if box <= home <= cut.ends[box])
    box = next(box for box in inside if not box <= story <= cut.ends[box])
    start, _ = bound_blocks(first, box, cut, most=_FIRST_BLOCKS)
    says = _make_listener([block.text for block in kept.values()])
    return any(says(cut.texts[index], _TELLS) for index in range(start, first + 1))


def is_story(
    places: Sequence[int], number: int, kept: Mapping[int, Block], outline: Outline
) -> bool:
    """Whether the blocks are a story that the model is sure of, whatever it makes of its decks."""
    told = (index for index in places if kept[index].kind is not Kind.STANDFIRST)
    sizes = {index: len(kept[index].text) for index in told}
    if sum(size >= _PARAGRAPH_CHARS for size in sizes.values()) < number:
        return False
    mass = sum(float(outline.probabilities[index]) * size for index, size in sizes.items())
    return mass >= _SURE * sum(sizes.values())


def _find_headings(
    short: Ints, places: Sequence[int], kept: Mapping[int, Block], outline: Outline
) -> list[int]:
    """The unkept lines that count the comments under them, no links; none where many lines count.

    A bar of buttons amid the story counts comments as well. So no fewer blocks must be kept after
    the line than it counts, and between the same kept blocks another must ask for comments.
    """
    texts = outline.cut.texts
    first = places[min(len(places), _HEADED_PARAGRAPHS) - 1]
    may_count = ~outline.kept.take(short) & (outline.links.take(short) < _LINKED)
    may_count &= short > first
    counts = [
        index for index in short[may_count].tolist() if _COUNT.fullmatch(texts[index]) is not None
    ]
    # Only these can head comments. The others still tell a list of posts from a story.
    few = [index for index in counts if _read_count(texts[index]) <= _count_after(index, places)]
    if not few:
        return []
    says = _make_listener([kept[index].text for index in places])
    few = [index for index in few if says(texts[index], {Reason.COMMENT_COUNT})]
    if not few:
        return []
    found = [index for index in counts if says(texts[index], {Reason.COMMENT_COUNT})]
    if len(found) > _MOST_HEADINGS:
        return []
    headings = []
    for index in few:
        after = bisect(places, index)
        beside = range(places[after - 1] + 1, places[after])
        if any(says(texts[other], _ASKS) for other in beside):
            headings.append(index)
    return headings


def _make_listener(lines: Sequence[str]) -> Callable[[str, Container[Reason]], bool]:
    """Tells of a text on the page of some kept lines whether the rules match all of it so."""
    rules = load_matcher()
    reader = LineReader(rules, lambda _: choose_langs(rules, "", lines))

    def says(text: str, reasons: Container[Reason]) -> bool:
        match = reader.match(text)
        return match is not None and match.whole and rules.terms[match.terms[0]].reason in reasons

    return says


def _read_count(text: str) -> int:
    return int("".join(filter(str.isdecimal, text)))


def _count_after(index: int, places: Sequence[int]) -> int:
    return len(places) - bisect(places, index)
