"""Kept blocks in, those of a next story out, which loads under the first on endless pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from cleaners.article import Block, Kind
from cleaners.cutting.columns import Cut
from cleaners.cutting.tags import SORT
from cleaners.outline import Outline
from cleaners.shape.kinds import CODES, KINDS

_ARTICLE = SORT["article"]
# Characters of a story at least, so that what follows can be the next one.
_STORY_CHARS = 400
# More parts than this whose headlines are less than the page's are parts of one story.
_MOST_FOLLOWERS = 2
_HEADS = frozenset({Kind.HEADING, Kind.TITLE})
_SIGNED = frozenset({Kind.BYLINE, Kind.DATE})


def find_next_stories(kept: Mapping[int, Block], outline: Outline) -> Iterator[int]:
    """Kept blocks of the containers that follow the story's own and open as a story does.

    The story's own is the smallest container of headline and first kept block that holds a story.
    One like it that comes after it, and has a headline and a byline or a date before its text, is
    the next story.
    """
    cut = outline.cut
    first = next(iter(kept))
    titles = (outline.kinds[:first] == CODES[Kind.TITLE]).nonzero()[0]
    if not titles.size:
        return
    own = cut.homes[titles[-1]]
    while own > 0 and not own <= cut.homes[first] <= cut.ends[own]:
        own = cut.parents[own]
    own = _widen_story(own, kept, cut)
    if own <= 0 or cut.ends[own] + 1 == len(cut.parents):
        return
    followers = _list_followers(own, cut)
    if not followers:
        return
    inside: dict[int, list[int]] = defaultdict(list)
    for index, home in enumerate(cut.homes):
        if home in followers:
            inside[followers[home]].append(index)
    title = int(titles[-1])
    sort = cut.sorts[cut.homes[title]]
    signs = _list_own_signs(title, kept, outline)
    heads = [_find_head(some, kept, outline, title, signs) for some in inside.values()]
    lower = sum(head >= 0 and cut.sorts[cut.homes[head]] != sort for head in heads)
    for some, head in zip(inside.values(), heads, strict=True):
        if head >= 0 and (cut.sorts[cut.homes[head]] == sort or lower <= _MOST_FOLLOWERS):
            yield from (index for index in some if index in kept)


def _widen_story(own: int, kept: Mapping[int, Block], cut: Cut) -> int:
    """The smallest container that is `own` or around it and holds as much text as stories have.

    Headline and standfirst stand in a box of their own on many pages. 0 where only the body does.
    """
    while own > 0 and not _tells_story(own, kept, cut):
        own = cut.parents[own]
    return own


def _tells_story(container: int, kept: Mapping[int, Block], cut: Cut) -> bool:
    """Whether a container of the first kept block holds as much kept text as stories have."""
    told, end = 0, cut.ends[container]
    for index, block in kept.items():
        if not container <= cut.homes[index] <= end:
            return False
        told += len(block.text)
        if told >= _STORY_CHARS:
            return True
    return False


def _list_followers(own: int, cut: Cut) -> dict[int, int]:
    """For the containers after `own` in its parent, and those inside them, which one it is.

    Only those that are marked up like `own` count.
    """
    names = set(cut.keys[own].split())
    followers: dict[int, int] = {}
    for container in range(cut.ends[own] + 1, cut.ends[cut.parents[own]] + 1):
        if cut.parents[container] != cut.parents[own]:
            beside = followers.get(cut.parents[container])
            if beside is not None:
                followers[container] = beside
        elif cut.sorts[container] == cut.sorts[own] and (
            cut.sorts[own] == _ARTICLE or not names.isdisjoint(cut.keys[container].split())
        ):
            followers[container] = container
    return followers


def _find_head(
    inside: list[int],
    kept: Mapping[int, Block],
    outline: Outline,
    title: int,
    signs: set[tuple[int, int]],
) -> int:
    """The headline with which blocks begin another story than that of `title`; -1 for none.

    It has a writer or a day before the text. Chapters and posts of one story have such lines too:
    under a headline in another element than the title's they count only where they are set as one
    of `signs`, those under the title.
    """
    cut = outline.cut
    head = -1
    for index in inside:
        kind = KINDS[outline.kinds[index]]
        if index in kept and kind not in _HEADS and not _is_deck(index, head, title, cut):
            break
        if head < 0 and kind in _HEADS:
            if cut.texts[index] == cut.texts[title]:
                break
            head = index
        if head >= 0 and kind in _SIGNED:
            is_alike = cut.sorts[cut.homes[head]] == cut.sorts[cut.homes[title]]
            if is_alike or _mark(index, cut) in signs:
                return head
    return -1


def _is_deck(index: int, head: int, title: int, cut: Cut) -> bool:
    """Whether a block stands right under and beside a headline that is set as the title is."""
    home, own = cut.homes[index], cut.homes[head]
    is_under = head >= 0 and index == head + 1 and cut.parents[home] == cut.parents[own]
    return is_under and cut.sorts[own] == cut.sorts[cut.homes[title]]


def _list_own_signs(
    title: int, kept: Mapping[int, Block], outline: Outline
) -> set[tuple[int, int]]:
    """How the lines that name writer and day between title and story are set."""
    return {
        _mark(index, outline.cut)
        for index in range(title + 1, next((index for index in kept if index > title), title + 1))
        if KINDS[outline.kinds[index]] in _SIGNED
    }


def _mark(index: int, cut: Cut) -> tuple[int, int]:
    """Sort and name of a block's container, as numbers."""
    return cut.look(cut.homes[index])
