"""Guards for journalism: blocks the model doubts that stand among kept ones as one of them.

A crosshead, a one-line answer or a short last paragraph says little by itself; its place says what
it is. The guards were set on 1,873 article pages with probabilities of models that had not
seen their sites: word F1 moves by less than .0005 on each set, perfect pages on news rise by .02.
A standfirst that is named counts apart: .0013 of word F1 and .04 of perfect pages on news.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.cutting.containernames import load_container_names
from cleaners.cutting.keys import find_holders
from cleaners.cutting.labels import find_named
from cleaners.cutting.letters import count_among
from cleaners.cutting.tags import BIT, BODY_BIT, SORT
from cleaners.features import SAME_TITLE, Features
from cleaners.guards.closers import find_closings
from cleaners.guards.closings import (
    find_lead_ins,
    find_led_lists,
    find_notes,
    find_own_ending,
    find_short_ending,
)
from cleaners.guards.continued import find_continued
from cleaners.guards.counted import find_counted, find_story_list
from cleaners.guards.crossheads import (
    LINKED_SERIES,
    QUESTION,
    SERIES,
    find_answers,
    find_crossheads,
    find_linked_names,
    find_marked_crossheads,
    find_series,
    find_talk,
)
from cleaners.guards.entries import find_entries
from cleaners.guards.gaps import find_plain_text
from cleaners.guards.grids import find_grids
from cleaners.guards.insets import find_tables, find_told_captions
from cleaners.guards.items import (
    find_doubted_lists,
    find_headed_lists,
    find_items,
    find_linked_items,
    find_linked_lists,
)
from cleaners.guards.notation import find_code, find_formulas
from cleaners.guards.openers import find_openers
from cleaners.guards.quotations import find_led_quotations, find_letters, find_quotations
from cleaners.guards.recurring import find_recurring
from cleaners.guards.signoffs import find_signoffs
from cleaners.guards.slides import find_slides
from cleaners.guards.standfirsts import find_standfirst, find_told_standfirsts
from cleaners.guards.standing import Standing
from cleaners.guards.turns import find_boxed, find_boxed_paragraphs, find_turns
from cleaners.judge import Judgement, bound_kept

# A running sentence stays from this probability on, however strict the page's own threshold.
_SENTENCE = 0.42
# Links in a block that a guard may keep, as a share of its characters.
_FEW_LINKS = 0.15
# A mate stays from this probability on where so many, and this share, of its like are kept.
_MATE, _LEAST_MATES, _KEPT_SHARE = 0.1, 2, 0.7
# Running text beside the last kept paragraph, a label between them, stays from this probability on.
_NEXT = 0.25
# Items of a list stay from this probability on where it stands between two kept blocks and no item
# is less probable. Set on 3,577 labelled pages: 6 are better for it, 1 worse.
_DOUBTED = 0.2
# Words of a block at least that may be the only one of a story.
_STORY_WORDS = 3
# A heading right before a kept block stays from this probability on.
_CROSSHEAD = 0.045
# A last paragraph, which its place speaks for, stays from this probability on.
_SENSIBLE = 0.03
# The container around a last paragraph, and a form around a page, holds at least this share of the
# kept words.
_HELD_SHARE = 0.8


def keep_mates(
    judgement: Judgement,
    probabilities: NDArray[np.float64],
    features: Features,
    cut: Cut,
    *,
    is_news: bool = False,
    is_article: bool = False,
) -> Judgement:
    """The judgement with those blocks kept too that stand among the kept ones as one of them.

    Added are running sentences that the model doubts but does not deny, a standfirst, blocks marked
    up like the kept ones beside them, crossheads, entries in boxes, items of a kept list, boxes of
    facts, what the story quotes, its tables and code, the last paragraph, and what template or head
    of the page call a standfirst. Nothing is taken away, and nothing is added where nothing was
    kept, but for what an article's template calls the story: notices of one line have nothing else
    that tells. `is_news` says that the page calls itself a news article: there a sentence under the
    headline is a standfirst, elsewhere as often a summary for search engines. `is_article` says
    that it calls itself an article of news or of any other kind.
    """
    kept = judgement.kept
    few_links = features.links <= _FEW_LINKS
    if not np.count_nonzero(kept):
        if not is_article:
            return judgement
        kept = _find_named_story(few_links, features, cut)
        judgement = replace(judgement, kept=kept)
        if not np.count_nonzero(kept):
            return judgement
    cut = _open_page_form(kept, features, cut)
    wider = kept | ((features.good > 0) & (probabilities >= _SENTENCE) & few_links)
    doubted = (~wider & few_links & (probabilities >= _CROSSHEAD)).nonzero()[0]
    story = Standing(wider)
    _keep_alike(story, probabilities, features, cut, doubted=doubted)
    _keep_inside(story, probabilities, few_links, features, cut)
    story.keep(find_boxed_paragraphs(wider, probabilities, few_links, features, cut))
    entries = find_entries(wider, probabilities, few_links, features, cut)
    story.keep(entries)
    story.keep(find_answers(wider, probabilities, few_links, features, cut))
    may_talk = few_links & (probabilities >= QUESTION)
    if story.lacks(may_talk):
        story.keep(find_talk(wider, may_talk, cut))
    before = wider.tobytes()
    story.keep(find_quotations(wider, probabilities, few_links, features, cut))
    story.keep(find_tables(wider, probabilities, features, cut))
    signed = find_signoffs(wider, few_links, features, cut)
    closing = _find_closings(story, probabilities, few_links, features, cut, is_article=is_article)
    if story.lacks(cut.arrays.is_plain):
        story.keep(find_grids(wider, probabilities, features, cut))
    if story.lacks(cut.arrays.is_listed):
        may_head = few_links & (probabilities >= _CROSSHEAD)
        story.keep(find_headed_lists(wider, may_head, probabilities, features, cut))
    story.keep(find_code(wider, probabilities, cut))
    places = (
        (_find_ending(wider, features, cut), _SENSIBLE),
        (find_short_ending(wider, probabilities, cut), 0.0),
        (find_own_ending(wider, features, cut), _NEXT),
        (_find_after_label(wider, features, cut), _NEXT),
        (find_standfirst(wider, probabilities, features, cut, is_news=is_news), 0.0),
        *find_told_standfirsts(kept, features, cut, is_article=is_article),
    )
    for index, least in places:
        if index is not None and few_links[index] and probabilities[index] >= least:
            story.keep([index])
    story.keep(find_openers(kept, probabilities, features, cut, is_article=is_article))
    more = _find_further(story, probabilities, few_links, features, cut, is_article=is_article)
    vouched = {*entries, *closing, *more, *find_told_captions(wider, few_links, features, cut)}
    vouched.update(find_slides(wider, features, cut, is_article=is_article))
    vouched.update(find_led_lists(wider, probabilities, few_links, cut))
    vouched.update(find_led_quotations(wider, few_links, cut))
    story.keep(vouched)
    begun = doubted[(doubted > bound_kept(kept)[0]) & ~wider[doubted]]
    _keep_since(story, probabilities, few_links, features, cut, doubted=begun, before=before)
    if wider.tobytes() != before:
        # Footnotes may stand under them, and what is kept since above.
        signed += find_signoffs(wider, few_links, features, cut)
    story.keep(signed)
    vouched.update(signed, find_notes(wider, few_links, features, cut))
    story.keep(vouched)
    return Judgement(kept=wider, expected_f1=judgement.expected_f1, vouched=frozenset(vouched))


def _keep_alike(
    story: Standing,
    probabilities: NDArray[np.float64],
    features: Features,
    cut: Cut,
    *,
    doubted: NDArray[np.int64],
) -> None:
    """Keep those doubted blocks that are marked up like kept ones, head them, or list with them."""
    likely = doubted[probabilities[doubted] >= _MATE].tolist()
    for find, among in (
        (_find_mates, likely),
        (find_crossheads, doubted.tolist()),
        (find_items, likely),
        (find_boxed, likely),
    ):
        if among:
            story.keep(find(among, story.kept, features, cut))


def _keep_inside(
    story: Standing,
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> None:
    """Keep what stands between kept blocks as lists, running text, turns and crossheads do."""
    kept = story.kept
    if story.lacks(cut.arrays.is_listed):
        is_doubted = ~kept & few_links & (probabilities >= _DOUBTED)
        story.keep(find_doubted_lists(kept, is_doubted, cut))
    if story.lacks(features.good):
        story.keep(find_plain_text(kept, probabilities, features, cut))
    is_plain = features.links == 0
    if story.lacks(is_plain):
        story.keep(list(find_turns(kept, probabilities, is_plain, cut)))
    if story.lacks(few_links):
        story.keep(find_marked_crossheads(kept, probabilities, few_links, features, cut))
    if story.lacks(cut.arrays.is_heading):
        may_stay = (few_links & (probabilities >= SERIES)) | (probabilities >= LINKED_SERIES)
        story.keep(find_series(kept, may_stay, features, cut))


def _find_closings(
    story: Standing,
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
    *,
    is_article: bool,
) -> list[int]:
    """Keep and list what shows that it belongs at the story's end, and keep crossheads beside it.

    A letter's signature stands between it and the crosshead of the next.
    """
    kept = story.kept
    closing = find_closings(kept, probabilities, few_links, features, cut, is_article=is_article)
    if closing:
        story.keep(closing)
        story.keep(find_marked_crossheads(kept, probabilities, few_links, features, cut))
    return closing


def _find_further(
    story: Standing,
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
    *,
    is_article: bool,
) -> list[int]:
    """Keep and list what is told in a list of its own, a second box, or parts that count."""
    kept, arrays = story.kept, cut.arrays
    # Forums and shops set posts and offers so.
    found = find_story_list(kept, few_links, features, cut) if is_article else []
    story.keep(found)
    more = find_continued(kept, probabilities, few_links, features, cut)
    story.keep(more)
    more += find_counted(kept, few_links, cut)
    if story.lacks(arrays.marks):
        more += find_formulas(kept, few_links, cut)
    story.keep(more)
    if story.lacks(arrays.is_plain) or story.lacks(arrays.is_subhead):
        found += find_recurring(kept, probabilities, features, cut)
        story.keep(found)
    linked: list[int] = []
    if story.lacks(arrays.is_linked):
        # After what recurs, which some of these are a part of.
        linked = _find_linked(story, probabilities, features, cut)
    return found + more + linked


def _find_linked(
    story: Standing, probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> list[int]:
    """Keep and list linked names and items of the story."""
    kept = story.kept
    named: list[int] = []
    if story.lacks(cut.arrays.is_heading):
        named = find_linked_names(kept, probabilities, features, cut)
        story.keep(named)
    linked = find_linked_items(kept, probabilities, cut)
    if story.lacks(cut.arrays.is_listed):
        linked += find_linked_lists(kept, probabilities, features, cut)
    story.keep(linked)
    return named + linked


def _keep_since(
    story: Standing,
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
    *,
    doubted: NDArray[np.int64],
    before: bytes,
) -> None:
    """Keep what a line leads in, a crosshead heads, and a quotation follows of what was kept since.

    And what stands in one quotation with that. `before` is what was kept when quotations were
    looked for: where that is all, none is found.
    """
    kept = story.kept
    if story.lacks(few_links):
        story.keep(find_lead_ins(kept, probabilities, few_links, cut))
    left = doubted[~kept[doubted]]
    story.keep(find_crossheads(left.tolist(), kept, features, cut))
    if kept.tobytes() != before:
        story.keep(find_quotations(kept, probabilities, few_links, features, cut))
    story.keep(find_letters(kept, few_links, features, cut))


def _find_named_story(
    few_links: NDArray[np.bool_], features: Features, cut: Cut
) -> NDArray[np.bool_]:
    """The unlinked blocks of the first container that is called the story."""
    may_tell = few_links & (features.words >= _STORY_WORDS)
    homes = cut.arrays.homes
    named = find_named(cut.labels, load_container_names().story)
    is_story = cut.mark_named(named)
    is_story |= (cut.arrays.bits & BODY_BIT) != 0
    (stories,) = (is_story & find_holders(homes[may_tell], cut.arrays.ends)).nonzero()
    if not len(stories):
        return np.zeros(len(homes), bool)
    first = int(stories[0])
    return may_tell & (homes >= first) & (homes <= cut.ends[first])


def _open_page_form(kept: NDArray[np.bool_], features: Features, cut: Cut) -> Cut:
    """The cut without forms, where the story itself stands in one: then the whole page does.

    ASP.NET sets each page so. Forms do not nest (HTML standard, 4.10.3), so that no other is lost.
    """
    in_form = kept & ((cut.arrays.home_bits & BIT["form"]) != 0)
    if not np.count_nonzero(in_form):
        return cut
    words = features.words
    if words[in_form].sum() < _HELD_SHARE * words[kept].sum():
        return cut
    bits, home_bits = (each & ~BIT["form"] for each in (cut.arrays.bits, cut.arrays.home_bits))
    arrays = replace(cut.arrays, bits=bits, home_bits=home_bits)
    return replace(cut, bits=bits.tolist(), arrays=arrays)


def _find_mates(
    doubted: list[int], kept: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """Blocks whose container has parent, tag and class of containers that are nearly all kept."""
    # After the last kept block stand prompts set like paragraphs: there only sentences pass. Above
    # the headline stand the site's name and its sections.
    first, last = bound_kept(kept)
    titles = (features.title_share[: first + 1] >= SAME_TITLE).nonzero()[0]
    start = int(titles[0]) if titles.size else 0
    may_stay = [each for each in doubted if start <= each < last or features.good[each] > 0]
    if not may_stay:
        return []
    marks = cut.arrays.siblings.take(cut.arrays.homes)
    own = marks.take(may_stay)
    kept_of = count_among(marks[kept], own)
    is_mate = kept_of >= _LEAST_MATES
    if not np.count_nonzero(is_mate):
        return []
    is_mate &= kept_of >= _KEPT_SHARE * (count_among(marks, own) - 1)
    return list(compress(may_stay, is_mate.tolist()))


def _find_ending(kept: NDArray[np.bool_], features: Features, cut: Cut) -> int | None:
    """The plain paragraph right after the last kept block, beside the container of the others.

    Where the story is told in a list or in boxes, its last paragraph often stands outside them.
    """
    index = bound_kept(kept)[1] + 1
    if index == len(kept) or not features.good[index]:
        return None
    home, before = cut.homes[index], cut.homes[index - 1]
    around = max(0, cut.parents[home])
    if cut.sorts[home] != SORT["p"] or cut.keys[home] or around in {0, cut.parents[before]}:
        return None
    inside = [around <= home <= cut.ends[around] for home in cut.homes]
    words = features.words * kept
    return index if words[inside].sum() >= _HELD_SHARE * words.sum() else None


def _find_after_label(kept: NDArray[np.bool_], features: Features, cut: Cut) -> int | None:
    """Running text in a `<p>` beside the last kept one, with one block between them.

    That one is an advertisement's label or a link. Templates give the paragraph before a barrier a
    class of its own, so that it is no mate of the others.
    """
    last = bound_kept(kept)[1]
    index = last + 2
    if index >= len(kept) or not features.good[index]:
        return None
    here, there = cut.homes[index], cut.homes[last]
    is_beside = cut.parents[here] == cut.parents[there]
    return index if is_beside and cut.sorts[here] == cut.sorts[there] == SORT["p"] else None
