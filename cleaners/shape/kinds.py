"""What each block is, from markup, position and the title: kinds of `article.Kind`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaners.about.namelines import cut_date
from cleaners.about.names import has_lead, is_signed
from cleaners.article import Kind
from cleaners.cutting.columns import IMAGE_MARK, TIME_MARK, Cut
from cleaners.cutting.containernames import (
    AUTHOR_NAMES,
    HINTS,
    load_container_names,
    names_standfirst,
)
from cleaners.cutting.labels import NAME_BREAK
from cleaners.cutting.tags import BIT, SORT, SORTS
from cleaners.features import SAME_TITLE, Features
from cleaners.judge import bound_kept
from cleaners.measures.containers import find_nearest
from cleaners.shape.captions import SURE_CAPTION, find_by_pictures, mark_told_captions
from cleaners.shape.namedlines import name_line
from cleaners.shape.tables import find_cells
from cleaners.words.credits import find_credits
from cleaners.words.datelines import tells_publication
from cleaners.words.dates import is_date_alone
from cleaners.words.sentences import is_labelled

KINDS = tuple(Kind)
"""The kinds by number; a column of kinds holds numbers."""
CODES = {kind: code for code, kind in enumerate(KINDS)}

_PARAGRAPH, _CAPTION = CODES[Kind.PARAGRAPH], CODES[Kind.CAPTION]
_QUOTATION = CODES[Kind.QUOTATION]
_HEADING, _TABLE_ROW = CODES[Kind.HEADING], CODES[Kind.TABLE_ROW]
_BY_SORT = {
    "h1": Kind.HEADING,
    "h2": Kind.HEADING,
    "h3": Kind.HEADING,
    "h4": Kind.HEADING,
    "pre": Kind.PREFORMATTED,
    "td": Kind.TABLE_ROW,
    "figcaption": Kind.CAPTION,
}
# The kind that a container's sort gives, paragraph where it gives none.
_OF_SORT = np.array([CODES[_BY_SORT.get(sort, Kind.PARAGRAPH)] for sort in SORTS], np.uint8)
# Elements of the text in a cell that is nothing more: the cell itself, and what editors put in it.
_IN_CELL = np.array([sort in {"td", "p", "div"} for sort in SORTS])
# What stands in one of these is of a kind that no sort of its own has; the first counts.
_BY_ANCESTOR = ((BIT["li"], Kind.LIST_ITEM), (BIT["blockquote"], Kind.QUOTATION))
# Words up to which a block is what its container's name says; a longer one under such a name is
# more than that (a gallery that tells the story). Short names are less sure of what they say.
_CAPTION_WORDS, _SHORT_NAME_WORDS, _BYLINE_NAME_WORDS = 60, 30, 15
# Kept blocks at least of a `<blockquote>` that is there for its indent.
_LAYOUT_BLOCKS = 4
# A labelled date is the story's from this probability on.
_SURE_LINE = 0.6
# Words up to which a block with a <time> is a date line, and one by an author a byline.
_DATE_WORDS, _BYLINE_WORDS = 12, 15
# Words of a headline at least, where a block holds more than the headline.
_LEAST_TITLE = 3
# Share of its words, and the title's, that a headline with its byline has in common with the title:
# half a title of six words and a byline of the longest have more.
_SIGNED_TITLE = 0.08
_WORDS = re.compile(r"\w+")


def name_kinds(
    cut: Cut,
    features: Features,
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    *,
    vouched: Collection[int] = (),
    title: str = "",
) -> NDArray[np.uint8]:
    """The number of each block's kind. `kept` says what the model takes for article text.

    `probabilities` are the model's, where it was asked; `vouched` is as in `Judgement`, and tells
    captions that are the story; `title` is what the page calls itself, the site's name often with
    it.
    """
    kinds = _name_by_place(cut, features.words)
    words = features.words
    held = words * kept
    if _has(kinds, _QUOTATION):
        kinds[_find_quoted_layout(kinds, held, cut)] = _PARAGRAPH
    kinds, is_by_author = _name_by_names(kinds, cut, features)
    is_by_author &= words <= _BYLINE_WORDS
    is_dated = ((cut.arrays.marks & TIME_MARK) != 0) & (words <= _DATE_WORDS)
    if np.count_nonzero(is_by_author | is_dated):
        is_free = ~_find_told(features, kept)
        kinds[is_by_author & is_free] = CODES[Kind.BYLINE]
        kinds[is_dated & is_free] = CODES[Kind.DATE]
    is_plain = (kinds == _PARAGRAPH) | (kinds == CODES[Kind.LIST_ITEM])
    doubted = kept & (probabilities < SURE_CAPTION) & (words <= _CAPTION_WORDS) & is_plain
    for index in find_by_pictures(doubted, cut, held):
        kinds[index] = _CAPTION
    if _has(kinds, _CAPTION):
        told = mark_told_captions(kinds == _CAPTION, kept, probabilities, features, cut)
        kinds[told] = _PARAGRAPH
        kinds[[index for index in vouched if kinds[index] == _CAPTION]] = _PARAGRAPH
    for index in _find_standfirsts(kept & (kinds == _PARAGRAPH), features, cut):
        kinds[index] = CODES[Kind.STANDFIRST]
        is_plain[index] = False
    is_plain &= kept
    for index, kind in _find_signatures(is_plain, probabilities, features, cut):
        kinds[index] = CODES[kind]
    places = (is_plain & (words <= _SHORT_NAME_WORDS)).nonzero()[0].tolist()
    for place, start in find_credits([cut.texts[index] for index in places]):
        kinds[places[place]] = _CAPTION if start else CODES[Kind.CREDIT]
    if _has(kinds, _QUOTATION):
        kinds[_find_posts(kinds, cut)] = CODES[Kind.EMBED]
    for index in _find_titles(cut, features, kinds, kept=kept, title=title):
        kinds[index] = CODES[Kind.TITLE]
    return kinds


def _has(kinds: NDArray[np.uint8], code: int) -> bool:
    """Whether one of the blocks is of a kind."""
    return code in kinds.tobytes()


def _name_by_place(cut: Cut, words: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The kind of each block, of so many words, by the elements that it stands in."""
    of_blocks = cut.arrays.home_sorts
    kinds: NDArray[np.uint8] = _OF_SORT.take(of_blocks)
    if SORT["td"] in cut.all_sorts:
        is_cell = find_cells(cut, words) > 0
        kinds[~is_cell & (kinds == _TABLE_ROW)] = _PARAGRAPH
        kinds[is_cell & _IN_CELL.take(of_blocks)] = _TABLE_ROW
    bits = cut.arrays.home_bits
    all_bits = int(np.bitwise_or.reduce(bits))
    # Backwards, so that the first of several stands.
    is_open = kinds == _PARAGRAPH
    for bit, kind in reversed(_BY_ANCESTOR):
        if all_bits & bit:
            kinds[is_open & ((bits & bit) != 0)] = CODES[kind]
    # A figure holds quotations, lists and tables as well as pictures; what it says beside them is a
    # caption.
    if all_bits & BIT["figure"]:
        is_shown = (bits & (BIT["figure"] | BIT["blockquote"] | BIT["li"])) == BIT["figure"]
        kinds[is_open & is_shown & (of_blocks != SORT["td"])] = _CAPTION
    return kinds


def _find_quoted_layout(
    kinds: NDArray[np.uint8], words: NDArray[np.float64], cut: Cut
) -> NDArray[np.bool_]:
    """The quotations in a `<blockquote>` that holds most of the `words` that are kept.

    Old pages indent the story so. A few blocks in one are a quotation that is all there is.
    """
    is_quoted: NDArray[np.bool_] = kinds == _QUOTATION
    quotes = find_nearest(cut, SORT["blockquote"])
    held = np.bincount(quotes, words * is_quoted)
    number = np.bincount(quotes, (words > 0) & is_quoted)
    is_layout = (2 * held > words.sum()) & (number >= _LAYOUT_BLOCKS)
    is_quoted &= is_layout.take(quotes)
    return is_quoted


def _name_by_names(
    kinds: NDArray[np.uint8], cut: Cut, features: Features
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The kinds by the names that blocks stand in as well, and which of these are of authors."""
    # By number of a name the kind that it speaks of, and up to how many words: mostly none, and 0.
    named = np.zeros(len(cut.names), np.uint8)
    named_words = np.zeros(len(cut.names), np.int64)
    is_author = np.zeros(len(cut.names), bool)
    for number in cut.named[HINTS]:
        name = cut.labels.names[number]
        is_author[number] = not AUTHOR_NAMES.isdisjoint(name.split())
        kind, most = _read_name(name)
        if kind is not None:
            named[number], named_words[number] = CODES[kind], most
    numbers = cut.arrays.numbers.take(cut.arrays.homes)
    inner, words = cut.arrays.inner_numbers, features.words
    if np.count_nonzero(named_words):
        said, most_words = named.take(numbers), named_words.take(numbers)
        # A sentence under a short name is a first paragraph as often as it is a caption.
        is_sure = (most_words != _SHORT_NAME_WORDS) | (features.good == 0)
        kinds = np.where((most_words > 0) & (words <= most_words) & is_sure, said, kinds)
        has_image = (cut.arrays.marks & IMAGE_MARK) != 0
        if np.count_nonzero(has_image):
            # A picture with its caption in a text that line breaks part.
            is_caption = (named.take(inner) == _CAPTION) & (words <= named_words.take(inner))
            kinds[is_caption & has_image] = _CAPTION
    return kinds, is_author.take(numbers) | is_author.take(inner)


def _read_name(key: str) -> tuple[Kind | None, int]:
    """The kind that a container's class and id speak of, and up to how many words they do."""
    known = load_container_names()
    kind, words = None, 0
    for name in key.lower().split():
        parts = NAME_BREAK.split(name)
        if known.hints.isdisjoint(parts):
            continue
        if not known.caption.isdisjoint(parts) or name in known.caption_whole:
            return Kind.CAPTION, _CAPTION_WORDS
        is_picture = not known.picture.isdisjoint(parts)
        if (is_picture and _describes_picture(parts)) or name in known.caption_short:
            kind, words = Kind.CAPTION, _SHORT_NAME_WORDS
        elif kind is None and not known.byline.isdisjoint(parts):
            kind, words = Kind.BYLINE, _BYLINE_NAME_WORDS
    return kind, words


def _describes_picture(parts: Iterable[str]) -> bool:
    """Whether a word for a picture stands right before one for what is said of it."""
    known = load_container_names()
    said = pairwise(filter(None, parts))
    return any(a in known.picture and b in known.described for a, b in said)


def _find_told(features: Features, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The kept blocks between the story's first and last running text.

    There entries of a ticker begin with a time, and turns of a talk with a name.
    """
    first, last = bound_kept(kept & (features.good > 0))
    is_told = np.zeros(len(kept), bool)
    is_told[first + 1 : max(0, last)] = kept[first + 1 : max(0, last)]
    return is_told


def _find_standfirsts(plain: NDArray[np.bool_], features: Features, cut: Cut) -> Iterator[int]:
    """The first kept plain blocks, up to the first paragraph, that the template calls so."""
    for index in plain.nonzero()[0].tolist():
        key = f"{cut.keys[cut.homes[index]]} {cut.inner_keys[index]}"
        if key != " " and names_standfirst(key):
            yield index
        elif features.good[index] > 0:
            return


def _find_posts(kinds: NDArray[np.uint8], cut: Cut) -> NDArray[np.bool_]:
    """The quotations that are embedded posts, as the name of their `<blockquote>` says."""
    is_quoted: NDArray[np.bool_] = kinds == _QUOTATION
    names = cut.named["post"]
    numbers = cut.arrays.numbers.take(find_nearest(cut, SORT["blockquote"]))
    is_quoted &= np.isin(numbers, list(names))
    return is_quoted


def _find_signatures(
    plain: NDArray[np.bool_], probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> Iterator[tuple[int, Kind]]:
    """The kept plain lines before the story's first sentences that are a byline or a date.

    A byline may follow the first, which are the standfirst then.
    A labelled date that the model is sure of is the story's, unless the label says that it is the
    day of publication: obituaries begin with the dates of a life.
    """
    first = bound_kept(plain & (features.good > 0))[0]
    if first >= 0:
        before = plain[:first] & (features.words[:first] <= _BYLINE_WORDS)
        for index in before.nonzero()[0].tolist():
            if has_lead(cut.texts[index]) or cut_date(cut.texts[index]):
                yield index, Kind.BYLINE
            elif is_date_alone(text := cut.texts[index]) and not (
                probabilities[index] >= _SURE_LINE
                and is_labelled(text)
                and not tells_publication(text)
            ):
                yield index, Kind.DATE
            elif named := name_line(cut.keys[cut.homes[index]], text):
                yield index, named
        late = _find_late_byline(plain, first, features, cut)
        if late is not None:
            yield late, Kind.BYLINE


def _find_late_byline(
    plain: NDArray[np.bool_], first: int, features: Features, cut: Cut
) -> int | None:
    """The line right after a story's first sentences that is its byline; None where others are."""
    after = plain.tobytes().find(1, first + 1)
    if after < 0 or features.words[after] > _BYLINE_WORDS or not is_signed(cut.texts[after]):
        return None
    short = (plain & (features.words <= _BYLINE_WORDS)).nonzero()[0].tolist()
    is_only = sum(has_lead(cut.texts[index]) for index in short if index >= first) == 1
    return after if is_only else None


def _find_titles(
    cut: Cut, features: Features, kinds: NDArray[np.uint8], *, kept: NDArray[np.bool_], title: str
) -> Iterator[int]:
    """Blocks that repeat the title: headings anywhere, others before the story begins."""
    first = bound_kept(kept)[0]
    if first < 0:
        first = len(kept)
    has_heading = False
    for index in (features.title_share >= SAME_TITLE).nonzero()[0].tolist():
        is_heading = kinds[index] == _HEADING
        # A sentence under the headline that says the same is the story's first, or all of it.
        is_lead = has_heading and features.good[index] > 0
        if is_heading or (index <= first + 1 and not is_lead):
            yield index
        has_heading = has_heading or is_heading
    if not title:
        return
    said = f" {' '.join(_WORDS.findall(title.lower()))} "
    for index in (features.title_share[: first + 2] > _SIGNED_TITLE).nonzero()[0].tolist():
        if _is_signed_title(cut.texts[index], said):
            yield index


def _is_signed_title(text: str, said: str) -> bool:
    """Whether a block is the headline and right after it a byline or a day, and nothing more.

    Old pages set both in one cell, with a mere line break between them. `said` is the title's
    words in lower case, a space before and after each.
    """
    if 2 * len(text.lower()) + 2 < len(said):
        return False
    head, end = "", 0
    count = 0
    for word in _WORDS.finditer(text):
        longer = f"{head} {word[0].lower()}"
        if f"{longer} " not in said:
            break
        head, end, count = longer, word.end(), count + 1
    if count < _LEAST_TITLE or 2 * len(head) < len(said):
        return False
    rest = text[end:].strip(" .|,-–—")
    return bool(rest) and len(rest.split()) <= _BYLINE_WORDS and has_lead(rest)
