"""Guards for journalism: quotations inside the story, and the posts of social networks it quotes.

They are told in the words of others, so the model doubts them; but a story goes on from what it
quotes. Set on 1,873 article pages with probabilities of models that had not seen their sites.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import TIME_MARK, Cut
from cleaners.cutting.tags import APART_BITS, BIT, SORT
from cleaners.features import Features
from cleaners.guards.neighbours import find_standing
from cleaners.judge import bound_kept
from cleaners.measures.containers import find_wrapper, group_nearest
from cleaners.words.fold import fold_letters
from cleaners.words.sentences import COLONS, ends_told

_QUOTE = SORT["blockquote"]
# A quotation after a kept sentence stays from this probability on.
_QUOTED = 0.25
# How a quoted post is signed: a dash, a name, and the date as a link.
_SIGNED = ("—", "–", "-")
# Tags, names and pictures in a post are links: only what is link for this share is none of its
# words ("View this post").
_ALL_LINK = 0.9
# Short unkept lines that may stand between a kept block and what is quoted: labels of
# advertisements do, and who is quoted.
_MOST_LINES = 2
# Words of a quotation's sentence at least; and of its first line, where that ends no sentence.
_SENTENCE_WORDS, _LINE_WORDS = 3, 5
# Blocks at most of a box named for a quotation (what is said, and who said it), and such boxes that
# are looked at on a page.
_QUOTED_BLOCKS, _MOST_NAMED = 3, 100
# Sentences of a quoted letter at least.
_LETTER_SENTENCES = 2
# Quotations of a page at most that are looked for in what is kept: each costs a look at all of it.
_MOST_SOUGHT = 100


def find_quotations(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """Unkept sentences in a `<blockquote>` after a kept block beside it, and quoted posts.

    Some templates set quotations in boxes that are only named so: their sentences count as well.
    Between two kept blocks such sentences stay however little probable they are, unless the story
    says them itself: a pull quote repeats it.
    """
    named = cut.named["quotation"]
    if _QUOTE not in cut.all_sorts and not named:
        return []
    found: list[int] = []
    amid: list[int] = []
    last = bound_kept(kept)[1]
    quotations = _list_quotations(kept, cut)
    if named:
        quotations |= _list_named(kept, named, cut)
    if not quotations:
        return []
    posts = cut.named["post"]
    # One post follows another: what the story quotes leads to what it quotes next.
    stands = kept.copy()
    for quote, blocks in quotations.items():
        before = find_standing(blocks[0] - 1, -1, stands, cut, most_lines=_MOST_LINES)
        if before < 0:
            continue
        after = find_standing(blocks[-1] + 1, 1, kept, cut, most_lines=_MOST_LINES)
        box = find_wrapper(quote, before, after, cut) if after >= 0 else quote
        if not _is_beside(before, quote, box, cut):
            continue
        if _is_signed(blocks, cut) or cut.numbers[quote] in posts:
            stands[blocks] = True
            said = _list_said(blocks, cut)
            found.extend(index for index in said if index < last and not kept[index])
            continue
        said = [
            index for index in blocks if few_links[index] and _is_sentence(index, features, cut)
        ]
        found.extend(index for index in said if probabilities[index] >= _QUOTED)
        # Many a pull quote has no stop; one that is a mere box more often repeats the story.
        may_lack = cut.sorts[quote] == _QUOTE and few_links[blocks[0]]
        if not said and may_lack and features.words[blocks[0]] >= _LINE_WORDS:
            said = blocks[:1]
        # What is hidden, or beside the story, is apart where the story is not.
        is_apart = cut.bits[quote] & APART_BITS & ~cut.bits[cut.homes[before]]
        if not is_apart and after >= 0 and _is_beside(after, quote, box, cut):
            amid.extend(index for index in said if not kept[index])
    return found + _list_unsaid(amid, kept, cut)


def find_letters(
    kept: NDArray[np.bool_], few_links: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """The rest of quotations in the story of which several sentences are kept, without links.

    A letter has its salutation and its signature; under a single sentence stands who said it.
    """
    if _QUOTE not in cut.all_sorts:
        return []
    first, last = bound_kept(kept)
    found: list[int] = []
    for blocks in _list_quotations(kept, cut).values():
        said = [index for index in blocks if kept[index] and _is_sentence(index, features, cut)]
        is_amid = first < blocks[0] and blocks[-1] < last
        if is_amid and len(said) >= _LETTER_SENTENCES and few_links[blocks].all():
            found += [index for index in blocks if not kept[index]]
    return found


def find_led_quotations(
    kept: NDArray[np.bool_], few_links: NDArray[np.bool_], cut: Cut
) -> list[int]:
    """The blocks of quotations without links right after a kept line with a colon and beside it.

    A story often ends with the statement it asked for, which its last sentence leads in.
    """
    if _QUOTE not in cut.all_sorts:
        return []
    found: list[int] = []
    for quote, blocks in _list_quotations(kept, cut).items():
        before = blocks[0] - 1
        if before < 0 or not kept[before] or not cut.texts[before].endswith(COLONS):
            continue
        is_apart = cut.bits[quote] & APART_BITS & ~cut.bits[cut.homes[before]]
        if not is_apart and few_links[blocks].all() and _is_set_beside(before, quote, blocks, cut):
            found += blocks
    return found


def find_closing_posts(kept: NDArray[np.bool_], cut: Cut) -> list[int]:
    """The words of the posts that a story ends with, right after its last block and beside it."""
    last = bound_kept(kept)[1]
    if last + 1 == len(kept) or not cut.bits[cut.homes[last + 1]] & BIT["blockquote"]:
        return []
    posts = cut.named["post"]
    found: list[int] = []
    end = last + 1
    for quote, blocks in _list_quotations(kept, cut).items():
        if blocks[0] != end or not (_is_signed(blocks, cut) or cut.numbers[quote] in posts):
            continue
        if not _is_set_beside(last, quote, blocks, cut):
            break
        found += _list_said(blocks, cut)
        end = blocks[-1] + 1
    return found


def _is_set_beside(last: int, quote: int, blocks: list[int], cut: Cut) -> bool:
    """Whether a quotation stands in the container around a block, or both in boxes of their own."""
    own = find_wrapper(cut.homes[last], last - 1, last + 1, cut)
    box = find_wrapper(quote, blocks[0] - 1, blocks[-1] + 1, cut)
    return (
        cut.parents[quote] == cut.parents[cut.homes[last]]
        or cut.parents[box] == cut.parents[own] > 0
    )


def _list_quotations(kept: NDArray[np.bool_], cut: Cut) -> dict[int, list[int]]:
    """The blocks of each innermost `<blockquote>` of which something is not kept."""
    if not np.count_nonzero(cut.arrays.home_bits[~kept] & BIT["blockquote"]):
        return {}  # as on most pages that have some
    quotes = group_nearest(cut, _QUOTE)
    return {quote: some for quote, some in quotes.items() if not kept[some].all()}


def _list_named(kept: NDArray[np.bool_], named: frozenset[int], cut: Cut) -> dict[int, list[int]]:
    """The unkept blocks of each container that is named for a quotation, and is no `<blockquote>`.

    The outermost counts that holds no more than what is said and by whom.
    """
    homes = cut.arrays.homes
    taken = kept | ((cut.arrays.home_bits & BIT["blockquote"]) != 0)
    found: dict[int, list[int]] = {}
    end = 0
    for box in cut.mark_named(named).nonzero()[0][:_MOST_NAMED].tolist():
        if box <= end:
            continue
        (inside,) = ((homes >= box) & (homes <= cut.ends[box])).nonzero()
        if 0 < len(inside) <= _QUOTED_BLOCKS and not taken[inside].any():
            end = cut.ends[box]
            found[box] = inside.tolist()
    return found


def _is_sentence(index: int, features: Features, cut: Cut) -> bool:
    is_short = features.words[index] >= _SENTENCE_WORDS and ends_told(cut.texts[index])
    return bool(features.good[index] or is_short)


def _list_unsaid(sentences: list[int], kept: NDArray[np.bool_], cut: Cut) -> list[int]:
    """The blocks of which the kept text does not hold all letters in a row."""
    if not sentences:
        return []
    told = fold_letters("".join(cut.texts[index] for index in kept.nonzero()[0].tolist()))
    sought = sentences[:_MOST_SOUGHT]
    return [index for index in sought if fold_letters(cut.texts[index]) not in told]


def _is_beside(other: int, quote: int, box: int, cut: Cut) -> bool:
    """Whether a block stands in the container around a quotation, or in the one around that.

    Or in the one around the box that the quotation has for itself and for who is quoted.
    """
    wide = (max(0, cut.parents[max(0, cut.parents[quote])]), max(0, cut.parents[box]))
    return any(around <= cut.homes[other] <= cut.ends[around] for around in wide)


def _is_signed(blocks: list[int], cut: Cut) -> bool:
    """Whether a quotation ends with the line that embedded posts are signed with.

    Its date is a link, and with some networks the writer's address too.
    """
    last = blocks[-1]
    return len(blocks) > 1 and cut.link_counts[last] > 0 and cut.texts[last].startswith(_SIGNED)


def _list_said(blocks: list[int], cut: Cut) -> list[int]:
    """The blocks of a post that are neither its signature nor nothing but links."""
    is_dated = len(blocks) > 1 and cut.marks[blocks[-1]] & TIME_MARK
    said = blocks[:-1] if is_dated or _is_signed(blocks, cut) else blocks
    return [index for index in said if cut.link_chars[index] < _ALL_LINK * len(cut.texts[index])]
