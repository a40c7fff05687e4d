"""Cut and judgement in, what is to be said of every block out; blocks as values when looked at.

A page has hundreds of blocks and keeps a few dozen. Only those are made at once; what is to be said
of the others stands in columns until somebody asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import overload

import numpy as np
from numpy.typing import NDArray

from cleaners.article import Block, Kind, Reason, Verdict
from cleaners.config import CleanConfig
from cleaners.cutting.columns import Cut
from cleaners.cutting.markup import link_spans
from cleaners.cutting.tags import APART_BITS, HIDDEN_BIT, SORTS
from cleaners.dom import Document
from cleaners.features import Features
from cleaners.judge import Judgement, bound_kept
from cleaners.shape.blocks import make_blocks
from cleaners.shape.kinds import CODES, KINDS, name_kinds

_BY_KIND = {
    Kind.TITLE: Reason.TITLE,
    Kind.BYLINE: Reason.BYLINE,
    Kind.DATE: Reason.DATE,
    Kind.CAPTION: Reason.CAPTION,
    Kind.CREDIT: Reason.CREDIT,
}
_BYLINES, _CAPTIONS = (Kind.BYLINE, Kind.DATE), (Kind.CAPTION, Kind.CREDIT)
# Blocks above the story in which its byline is looked for, where no headline is known.
_LINES_ABOVE = 6
# Share of its characters in links from which a line leads elsewhere; bylines lead to their writers.
_LINKED = 0.5
_PATH = 3
# Words of a headline at most.
_HEADLINE_WORDS = 20
# Leaves out all that is no text of the story, and nothing else.
_PLAIN = CleanConfig()
_UNITS = {Kind.LIST_ITEM: "li", Kind.TABLE_ROW: "table", Kind.QUOTATION: "blockquote"}
# CommonMark 0.31.2, section 5.2: the number of a list item has up to nine digits and no sign.
_NUMBER = re.compile(r"\s*+\d{1,9}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The blocks of a page as columns, one entry a block, in document order.

    `kinds` are numbers of `kinds.KINDS`; `kept` says what the model and the guards keep, kinds
    that are left out taken off; `last` is the last block that the model keeps, or their number;
    `links` the share of a block's characters in links (0..1); `vouched` as in `Judgement`;
    `without_boxes` says that boxes of facts beside the story are to go.
    """

    cut: Cut
    kinds: NDArray[np.uint8]
    kept: NDArray[np.bool_]
    last: int
    probabilities: NDArray[np.float64]
    links: NDArray[np.float64]
    vouched: frozenset[int] = frozenset()
    without_boxes: bool = False

    def make_kept(self) -> tuple[Block, ...]:
        """The kept blocks as values, as yet without level and path."""
        places = self.kept.nonzero()[0]
        said = _list_kept_verdicts()
        return self._make(places, map(said.__getitem__, self._rate(places)))

    def make_blocks(self, places: NDArray[np.int64]) -> tuple[Block, ...]:
        """Some blocks as values, as yet without level and path: `set_places` adds them."""
        # Blocks share verdicts: each is made once.
        known: dict[tuple[Reason, int], Verdict] = {}
        verdicts: list[Verdict] = []
        for place, score in zip(places.tolist(), self._rate(places), strict=True):
            is_kept = bool(self.kept[place])
            reason = Reason.ARTICLE if is_kept else self._explain(place)
            if (reason, score) not in known:
                verdict = Verdict(keep=is_kept, reason=reason, score=score / 100)
                known[reason, score] = verdict
            verdicts.append(known[reason, score])
        return self._make(places, verdicts)

    def _rate(self, places: NDArray[np.int64]) -> list[int]:
        """The probabilities of some blocks in hundredths."""
        rated: list[int] = np.rint(self.probabilities.take(places) * 100).astype(int).tolist()
        return rated

    def _make(self, places: NDArray[np.int64], verdicts: Iterable[Verdict]) -> tuple[Block, ...]:
        """Some blocks with their verdicts."""
        cut, indexes = self.cut, places.tolist()
        return make_blocks(
            indexes,
            map(cut.texts.__getitem__, indexes),
            verdicts,
            map(KINDS.__getitem__, self.kinds.take(places).tolist()),
            (np.rint(self.links.take(places) * 100) / 100).tolist(),
            spans=[link_spans(cut.spans[index], cut.base) for index in indexes]
            if cut.spans
            else (),
        )

    def add_dropped(self, made: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks of `made`, and those that are not kept and that it lacks, in order.

        A block that is kept and that `made` lacks was joined to the one before it.
        """
        known = {block.index for block in made}
        others = [index for index in (~self.kept).nonzero()[0].tolist() if index not in known]
        made_now = self.make_blocks(np.array(others, np.int64))
        return tuple(self.set_places(sorted([*made, *made_now], key=attrgetter("index"))))

    def set_places(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks with level, path, number and unit; as they are where they stand nowhere."""
        cut = self.cut
        # Blocks share containers: each is named once.
        labels: dict[int, str] = {}
        numbers: dict[int, int] = {}
        for block in blocks:
            if block.index < len(cut.homes):
                home, level = cut.homes[block.index], _LEVELS.get(block.kind)
                yield replace(
                    block,
                    level=level(cut, home) if level else 0,
                    path=_name_path(cut, home, labels),
                    number=(
                        _read_number(cut, home, numbers) if block.kind is Kind.LIST_ITEM else None
                    ),
                    unit=_find_unit(cut, home, block.kind),
                )
            else:
                yield block

    def list_texts(self, kind: Kind) -> list[str]:
        """The texts of the blocks of one kind."""
        places = (self.kinds == CODES[kind]).nonzero()[0].tolist()
        return [self.cut.texts[index] for index in places]

    def _explain(self, index: int) -> Reason:
        """Why a block is not kept."""
        reason = _BY_KIND.get(KINDS[self.kinds[index]])
        if reason is not None:
            return reason
        if self.cut.bits[self.cut.homes[index]] & HIDDEN_BIT:
            return Reason.HIDDEN
        return Reason.AFTER_END if index > self.last else Reason.NOT_ARTICLE


def draw_outline(
    cut: Cut,
    features: Features,
    judgement: Judgement,
    probabilities: NDArray[np.float64],
    config: CleanConfig,
    *,
    title: str = "",
    is_news: bool = False,
) -> Outline:
    """The outline of a judged page; `title` is what the page's head calls it.

    `is_news` says that the page calls itself a news article: only there a box of facts stands
    beside the story.
    """
    kept = judgement.kept
    kinds = name_kinds(cut, features, kept, probabilities, vouched=judgement.vouched, title=title)
    last = bound_kept(kept)[1]
    if last < 0:
        last = len(kept)
    # One headline is no story, nor is what is asked for beside one.
    plain, off = _list_off(_PLAIN), _list_off(config)
    told = kept & ~_mark_codes(plain).take(kinds)
    number, first = np.count_nonzero(told), told.argmax()
    has_text = number > 1 or (
        number == 1
        and bool(kinds[first] != CODES[Kind.HEADING] or features.words[first] > _HEADLINE_WORDS)
    )
    kept = (told if off == plain else kept & ~_mark_codes(off).take(kinds)) & has_text
    if (config.keep_title or config.keep_byline or config.keep_captions) and kept.any():
        may_stand = (features.links < _LINKED) | (kinds == CODES[Kind.BYLINE])
        kept = kept | (may_stand & _find_wanted(kept, kinds, last, config, cut))
    return Outline(
        cut=cut,
        kinds=kinds,
        kept=kept,
        last=last,
        probabilities=probabilities,
        links=features.links,
        vouched=judgement.vouched,
        without_boxes=is_news and not config.keep_fact_boxes,
    )


def read_starts(document: Document, cut: Cut) -> dict[int, int]:
    """The first numbers of the ordered lists that give one, by their containers in `cut`.

    WHATWG HTML section 4.4.5. Lists are told by their order, so that the walk need not look at
    what few pages have; where some of them were not walked into, none is told.
    """
    if document.css_first("ol[start]") is None:
        return {}
    lists = [node for node in document.css("ol") if node.first_child is not None]
    homes = [home for home, sort in enumerate(cut.sorts) if SORTS[sort] == "ol"]
    if len(lists) != len(homes):
        return {}
    starts = (_NUMBER.match(node.attributes.get("start") or "") for node in lists)
    return {home: int(start[0]) for home, start in zip(homes, starts, strict=True) if start}


class PageBlocks(Sequence[Block]):
    """All blocks of a page, made when first looked at; equal to any tuple of equal blocks.

    `made` holds those that the later judges have seen, with their verdicts and the outline's
    numbers.
    """

    __slots__ = ("_blocks", "_made", "_outline")

    def __init__(self, outline: Outline, made: tuple[Block, ...]) -> None:
        self._outline, self._made = outline, made
        self._blocks: tuple[Block, ...] | None = None

    def _list(self) -> tuple[Block, ...]:
        if self._blocks is None:
            self._blocks = tuple(
                block if block.index == index else replace(block, index=index)
                for index, block in enumerate(self._outline.add_dropped(self._made))
            )
        return self._blocks

    def __len__(self) -> int:
        return len(self._list())

    def __iter__(self) -> Iterator[Block]:
        return iter(self._list())

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, index: int | slice) -> Block | tuple[Block, ...]:
        return self._list()[index]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PageBlocks):
            return self._list() == other._list()
        return self._list() == other

    def __hash__(self) -> int:
        return hash(self._list())

    def __repr__(self) -> str:
        return repr(self._list())

    def __reduce__(self) -> tuple[type[tuple[Block, ...]], tuple[tuple[Block, ...]]]:
        return tuple, (self._list(),)


def _list_on(config: CleanConfig) -> tuple[Kind, ...]:
    """The kinds that are kept beside the story's text, the headline apart."""
    return (_BYLINES if config.keep_byline else ()) + (_CAPTIONS if config.keep_captions else ())


def _list_off(config: CleanConfig) -> tuple[Kind, ...]:
    """The kinds that are left out even where the model would keep them."""
    return (
        *(() if config.keep_title else (Kind.TITLE,)),
        *(() if config.keep_byline else _BYLINES),
        *(() if config.keep_captions else _CAPTIONS),
        *(() if config.keep_tables else (Kind.TABLE_ROW,)),
    )


def _find_wanted(
    kept: NDArray[np.bool_], kinds: NDArray[np.uint8], last: int, config: CleanConfig, cut: Cut
) -> NDArray[np.bool_]:
    """The headline, and bylines and captions from there to the end of the story, if wanted.

    The model learned to leave them out. What stands in a box beside the story is not its own.
    """
    first = bound_kept(kept)[0]
    index = np.arange(len(kept))
    bits = cut.arrays.home_bits
    is_own = (bits & APART_BITS & ~bits[first]) == 0
    (titles,) = (is_own & (kinds == CODES[Kind.TITLE]) & (index < first)).nonzero()
    title = int(titles[-1]) if len(titles) else -1
    start = title if title >= 0 else max(0, first - _LINES_ABOVE)
    is_inside = is_own & (index >= start) & (index <= last)
    wanted: NDArray[np.bool_] = is_inside & _mark_codes(_list_on(config)).take(kinds)
    wanted[index == title] = config.keep_title
    return wanted


@cache
def _list_kept_verdicts() -> tuple[Verdict, ...]:
    """By probability in hundredths, the verdict of a block that is kept."""
    return tuple(
        Verdict(keep=True, reason=Reason.ARTICLE, score=score / 100) for score in range(101)
    )


@cache
def _mark_codes(kinds: tuple[Kind, ...]) -> NDArray[np.bool_]:
    """By number of a kind whether it is one of these."""
    is_one = np.zeros(len(KINDS), bool)
    is_one[[CODES[kind] for kind in kinds]] = True
    return is_one


def _list_around(cut: Cut, home: int) -> Iterator[int]:
    """A container and those around it, the body left out."""
    while home > 0:
        yield home
        home = cut.parents[home]


def _count_lists(cut: Cut, home: int) -> int:
    """How many lists an item's container stands in; 0 where it stands in no item.

    Word processors put a list right into another one, so that lists count as well as items.
    """
    around = [SORTS[cut.sorts[each]] for each in _list_around(cut, home)]
    items = around.count("li")
    return max(items, around.count("ul") + around.count("ol")) if items else 0


def _find_unit(cut: Cut, home: int, kind: Kind) -> int:
    """The nearest item, table or quotation around a container, as blocks of the kind have; else 0.

    The parts of a table count as the table.
    """
    sort = _UNITS.get(kind)
    unit = next((each for each in _list_around(cut, home) if SORTS[cut.sorts[each]] == sort), 0)
    while unit and sort == "table" and SORTS[cut.sorts[cut.parents[unit]]] == sort:
        unit = cut.parents[unit]
    return unit


def _read_number(cut: Cut, home: int, numbers: dict[int, int]) -> int | None:
    """The number of the list item that a container stands in; None where its list has none.

    `numbers` holds those of items met before, and is added to.
    """
    item = next((each for each in _list_around(cut, home) if SORTS[cut.sorts[each]] == "li"), 0)
    around = cut.parents[item]
    if not item or SORTS[cut.sorts[around]] != "ol":
        return None
    if item not in numbers:
        place, number = around + 1, cut.starts.get(around, 1)
        while place <= cut.ends[around]:
            if SORTS[cut.sorts[place]] == "li":
                numbers[place] = number
                number += 1
            place = cut.ends[place] + 1
    return numbers[item]


def _read_level(cut: Cut, home: int) -> int:
    """The level of a heading by its element; 0 where it is no heading element."""
    sort = SORTS[cut.sorts[home]]
    return int(sort[1]) if sort in {"h1", "h2", "h3", "h4"} else 0


def _read_title_level(cut: Cut, home: int) -> int:
    return _read_level(cut, home) or _count_lists(cut, home)


_LEVELS: dict[Kind, Callable[[Cut, int], int]] = {
    Kind.HEADING: _read_level,
    Kind.LIST_ITEM: _count_lists,
    Kind.TITLE: _read_title_level,
}


def _name_path(cut: Cut, home: int, labels: dict[int, str]) -> str:
    """The three nearest containers, outermost first, as `tag.class`.

    `labels` holds what containers met before are called, and is added to.
    """
    names: list[str] = []
    while home > 0 and len(names) < _PATH:
        name = labels.get(home)
        if name is None:
            sort, key = SORTS[cut.sorts[home]], cut.keys[home]
            name = labels[home] = f"{sort}.{'.'.join(key.split())}" if key else sort
        names.append(name)
        home = cut.parents[home]
    names.reverse()
    return " > ".join(names)
