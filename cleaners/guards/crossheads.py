"""Guards for journalism: headings and questions that stand between kept paragraphs.

Each says little by itself; that it stands right before a kept block, and how it is marked up, says
what it is. On 3,577 labelled pages with probabilities of models that had not seen their sites, what
is told by class or question mark moves word F1 by less than .0003 on each set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import SUBHEADS, Cut
from cleaners.cutting.tags import SORT
from cleaners.features import Features
from cleaners.guards.neighbours import find_standing, mark_between
from cleaners.judge import bound_kept
from cleaners.measures.containers import find_wrapper, mark_own_box
from cleaners.words.sentences import COLONS, ends_sentence, is_question

QUESTION = 0.05
"""A question between two kept blocks stays from this probability on."""
ANSWER = 0.15
"""Running text under a heading that asks stays from this probability on."""
_TOP = SORT["h1"]
_CROSSHEADS = {_TOP, *SUBHEADS}
# Up to this much a heading of the first level may have in common with the title.
_OTHER_TITLE = 0.3
# Lines marked up alike between kept paragraphs, so many at least, are crossheads from this
# probability on, of so many words at most.
_MARKED, _LEAST_CROSSHEADS, _CROSSHEAD_WORDS = 0.02, 2, 12
# What leads in a crosshead in Japanese, which stays from this probability on; no bullets of lists
# are among them.
_SIGNS, _SIGNED = ("■", "◆", "▽"), 0.005
# A single line all in bold is one from this probability on, of so many words at least. Of 3,567
# labelled pages two change, for the better.
_BOLD, _BOLD_WORDS = 0.2, 2
# Headings marked up alike that head kept blocks, so many at least, stay from this probability on.
SERIES = 0.01
LINKED_SERIES = 0.2
"""The same of linked ones: what shops and sites are told of is often named by a link to it."""
_LEAST_SERIES = 3
# The same of linked names, which are of so many words at most: headlines of other stories have
# more. Of the 1,497 pages of WCXB, with networks that saw no page of the set, 8 are better for them
# and none worse.
_NAMES, _NAME_WORDS = 0.03, 6
# Blocks that may stand between a heading and what it heads, and kept blocks beside both at least.
_MOST_BETWEEN, _LEAST_BESIDE = 2, 3
# The same where each has a box of its own, so many blocks away at most.
_REACH = 12
# Questions and short answers to them that may stand in a row between two kept blocks.
_MOST_TURNS = 6
# Pairs of a question and its answer, marked up alike, that make an interview.
_LEAST_ASKED = 3


def find_crossheads(
    doubted: list[int], kept: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """Headings after the beginning, right before a kept block that stands close to them.

    An advertisement, a picture or a link that is set right under a heading may stand between.
    """
    headings = [index for index in doubted if cut.sorts[cut.homes[index]] in _CROSSHEADS]
    if not headings:
        return []
    first = bound_kept(kept)[0]
    # By container, the kept blocks whose own stand right inside it; first those of the body itself.
    beside = np.bincount(cut.arrays.home_parents[kept] + 1)
    found = []
    for index in headings:
        if index < first or index + 1 >= len(kept):
            continue
        if not kept[index + 1]:
            if _heads_near(index, kept, beside, cut):
                found.append(index)
            continue
        is_title = features.title_share[index] > _OTHER_TITLE
        if is_title and cut.sorts[cut.homes[index]] == _TOP:
            continue
        if _is_before(index, kept, cut):
            found.append(index)
    return found


def _is_before(index: int, kept: NDArray[np.bool_], cut: Cut) -> bool:
    """Whether the block after a heading stands close to it: up to two boxes may hold only one.

    Where story text has no container of its own, it stands in the one around the heading's box.
    """
    home, after = cut.homes[index], cut.homes[index + 1]
    around = max(0, cut.parents[max(0, cut.parents[home])])
    wrapper = find_wrapper(home, index - 1, index + 1, cut)
    beside = cut.parents[wrapper]
    if around < after <= cut.ends[around] or 0 < beside < after <= cut.ends[beside]:
        return True
    near = range(index - 1, max(-1, index - 2 - _MOST_BETWEEN), -1)
    before = next((each for each in near if kept[each]), None)
    return before is not None and cut.homes[before] == around == after > 0


def _heads_near(index: int, kept: NDArray[np.bool_], beside: NDArray[np.int64], cut: Cut) -> bool:
    """Whether the next kept block is not far from a heading, and one of several beside it.

    `beside` counts them by container, the body first. Each may have a box of its own.
    """
    home = cut.homes[index]
    (after,) = kept[index + 1 : index + 2 + _MOST_BETWEEN].nonzero()
    if not len(after):
        return False
    headed = index + 1 + int(after[0])
    around = cut.parents[cut.homes[headed]]
    if around == cut.parents[home]:
        return bool(beside[around + 1] >= _LEAST_BESIDE)
    heading = find_wrapper(home, index - 1, index + 1, cut)
    paragraph = find_wrapper(cut.homes[headed], headed - 1, headed + 1, cut)
    around = cut.parents[paragraph]
    if around <= 0 or around != cut.parents[heading]:
        return False
    near = slice(max(0, index - _REACH), headed + _REACH)
    homes = cut.arrays.homes[near]
    inside = kept[near] & (homes >= around) & (homes <= cut.ends[around])
    return bool(np.count_nonzero(inside) >= _LEAST_BESIDE)


def find_marked_crossheads(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """Lines of one element and class, or all in bold, each between two kept paragraphs beside it.

    They are crossheads, and so is a line that the template calls one, near kept blocks, that a sign
    leads in as in Japanese, or that is likely and in bold. Labels of advertisements stand so too,
    but say the same each time.
    """
    is_line = ~kept & few_links & (probabilities >= _SIGNED)
    is_line &= (features.words <= _CROSSHEAD_WORDS) & (features.good == 0)
    (places,) = (is_line & mark_between(kept)).nonzero()
    named = _find_bold_crossheads(is_line & (probabilities >= _BOLD), kept, features, cut)
    if not len(places) and not cut.named["crosshead"]:
        return named
    named += [at for at in places.tolist() if cut.texts[at].startswith(_SIGNS)]
    is_line &= probabilities >= _MARKED
    named += _find_named_crossheads(is_line, kept, cut)
    places = places[is_line[places]]
    if len(places) < _LEAST_CROSSHEADS:
        return named
    is_strong = _mark_strong(cut)
    alike: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for index in places.tolist():
        home, before, after = (cut.homes[index + step] for step in (0, -1, 1))
        around, name = cut.parents[home], cut.alike[home]
        is_beside = around == cut.parents[before] == cut.parents[after]
        if (name or is_strong[index]) and is_beside and home not in {before, after}:
            alike[around, cut.sorts[home], name].append(index)
    return named + _list_distinct(alike.values(), _LEAST_CROSSHEADS, cut)


def _find_bold_crossheads(
    is_line: NDArray[np.bool_], kept: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """Lines in bold right before a kept block and near another, each in the box of both."""
    is_bold = is_line & _mark_strong(cut) & (features.words >= _BOLD_WORDS)
    is_bold[-1:] = False
    is_bold[:-1] &= kept[1:]
    if not np.count_nonzero(is_bold):
        return []
    found = []
    for index in (is_bold & cut.arrays.is_plain & ~cut.arrays.is_apart).nonzero()[0].tolist():
        text, home, after = cut.texts[index], cut.homes[index], cut.homes[index + 1]
        before = find_standing(index - 1, -1, kept, cut, most_lines=_MOST_BETWEEN)
        if before < 0 or ends_sentence(text) or text.endswith(COLONS) or home == after:
            continue
        if cut.parents[home] == cut.parents[after] == cut.parents[cut.homes[before]]:
            found.append(index)
    return found


def _find_named_crossheads(
    is_line: NDArray[np.bool_], kept: NDArray[np.bool_], cut: Cut
) -> list[int]:
    """Lines that the template calls crossheads, near kept blocks on both sides."""
    names = cut.named["crosshead"]
    if not names:
        return []
    is_named = is_line & cut.mark_named(names).take(cut.arrays.homes)
    return [
        index
        for index in is_named.nonzero()[0].tolist()
        if find_standing(index - 1, -1, kept, cut, most_lines=_MOST_BETWEEN) >= 0
        and find_standing(index + 1, 1, kept, cut, most_lines=_MOST_BETWEEN) >= 0
    ]


def _mark_strong(cut: Cut) -> NDArray[np.bool_]:
    """Which blocks are set in bold from first to last."""
    is_strong: NDArray[np.bool_] = cut.arrays.strong_chars >= cut.arrays.lengths
    return is_strong


def find_list_heads(
    kept: NDArray[np.bool_], may_head: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """Headings, and lines in bold, between a kept block and an unkept list.

    Neither heading nor list stands beside a kept block on both sides without the other.
    """
    is_head = may_head & ~kept & (features.words <= _CROSSHEAD_WORDS) & (features.good == 0)
    is_head[1:] &= kept[:-1]
    is_head[0] = False
    is_head[:-1] &= ~kept[1:] & cut.arrays.is_listed[1:]
    is_head[-1] = False
    is_head &= ~cut.arrays.is_listed
    (places,) = is_head.nonzero()
    if not len(places):
        return []
    is_strong = _mark_strong(cut)
    return [
        index
        for index in places.tolist()
        if is_strong[index] or cut.sorts[cut.homes[index]] in _CROSSHEADS
    ]


def find_series(
    kept: NDArray[np.bool_], may_stay: NDArray[np.bool_], features: Features, cut: Cut
) -> list[int]:
    """Unkept headings of a series marked up alike, each right before a kept block in its container.

    The dates of a chronology are set so, and the names of what a list tells of. Headings that
    `may_stay` and are kept already count towards the series.
    """
    first = bound_kept(kept)[0]
    is_head = may_stay & (features.words <= _CROSSHEAD_WORDS)
    is_head[:-1] &= kept[1:]
    is_head[-1:] = is_head[:first] = False
    if np.count_nonzero(is_head) < _LEAST_SERIES or not np.count_nonzero(is_head & ~kept):
        return []
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index in is_head.nonzero()[0].tolist():
        home, after = cut.homes[index], cut.homes[index + 1]
        around = cut.parents[home]
        if cut.sorts[home] in _CROSSHEADS and around <= after <= cut.ends[around]:
            alike[cut.look(home)].append(index)
    series = (some for some in alike.values() if len(some) >= _LEAST_SERIES)
    return _list_distinct((_list_doubted(some, kept, cut) for some in series), 1, cut)


def _list_doubted(series: list[int], kept: NDArray[np.bool_], cut: Cut) -> list[int]:
    """The unkept headings of a series that say nothing that a kept one of it says."""
    said = {cut.texts[index] for index in series if kept[index]}
    return [index for index in series if not kept[index] and cut.texts[index] not in said]


def find_linked_names(
    kept: NDArray[np.bool_], probabilities: NDArray[np.float64], features: Features, cut: Cut
) -> list[int]:
    """Unkept linked headings of few words that are a series: the names of what a story lists."""
    may_stay = cut.arrays.is_linked & (probabilities >= _NAMES)
    return find_series(kept, may_stay & (features.words <= _NAME_WORDS), features, cut)


def find_talk(kept: NDArray[np.bool_], may_stay: NDArray[np.bool_], cut: Cut) -> list[int]:
    """The unkept questions, and answers to them, that stand as those of an interview do."""
    first, last = bound_kept(kept)
    doubted = (first + (may_stay > kept)[first : last + 1].nonzero()[0]).tolist()
    # Questions, and what stands right under one.
    near = {*doubted, *(index - 1 for index in doubted if index)}
    if not any(is_question(cut.texts[index]) for index in near):
        return []
    return find_questions(kept, may_stay, cut) + find_asked(kept, may_stay, cut)


def find_questions(kept: NDArray[np.bool_], may_stay: NDArray[np.bool_], cut: Cut) -> list[int]:
    """Unkept questions between two kept blocks beside them: what an interview asks.

    Short answers may stand between as well, but nothing else.
    """
    found: list[int] = []
    (places,) = kept.nonzero()
    (gaps,) = (places[1:] - places[:-1] > 1).nonzero()
    for before, after in zip(places[gaps].tolist(), places[gaps + 1].tolist(), strict=True):
        if after - before > _MOST_TURNS + 1 or not may_stay[before + 1 : after].all():
            continue
        inside = range(before + 1, after)
        around = {cut.parents[cut.homes[index]] for index in range(before, after + 1)}
        if len(around) == 1 and any(is_question(cut.texts[index]) for index in inside):
            found += inside
    return found


def find_asked(kept: NDArray[np.bool_], may_stay: NDArray[np.bool_], cut: Cut) -> list[int]:
    """Unkept questions and answers in the story that are set as the others of its interview are.

    That is in so many pairs of both, marked up alike, of each of which something is kept.
    """
    first, last = bound_kept(kept)
    may_be = kept | may_stay
    pairs: dict[tuple[object, object], list[int]] = defaultdict(list)
    for index in range(first, last):
        if not (may_be[index] and may_be[index + 1] and is_question(cut.texts[index])):
            continue
        if not is_question(cut.texts[index + 1]):
            pairs[mark_own_box(index, cut), mark_own_box(index + 1, cut)].append(index)
    return [
        each
        for some in pairs.values()
        if sum(bool(kept[index] or kept[index + 1]) for index in some) >= _LEAST_ASKED
        for index in some
        for each in (index, index + 1)
        if not kept[each]
    ]


def find_answers(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """The unkept running text right under a kept heading that asks, in the box of both.

    What is opened on demand is set so. A question and its answer that are set like a kept pair are
    found as well.
    """
    may_answer = ~kept & few_links & (features.good > 0) & (probabilities >= ANSWER)
    may_answer[1:] &= (kept & cut.arrays.is_subhead)[:-1]
    may_answer[:1] = False
    found = []
    for index in may_answer.nonzero()[0].tolist():
        around = cut.parents[max(0, cut.parents[cut.homes[index - 1]])]
        is_inside = around <= cut.homes[index] <= cut.ends[max(0, around)]
        if is_inside and is_question(cut.texts[index - 1]):
            found.append(index)
    return found + _find_pairs(kept, probabilities, few_links, features, cut)


def _find_pairs(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
) -> list[int]:
    """The unkept headings that ask and their answers, in a box each like that of a kept pair."""
    may_ask = ~kept & cut.arrays.is_subhead & few_links & (probabilities >= QUESTION)
    may_ask[:-1] &= (~kept & few_links & (features.good > 0) & (probabilities >= ANSWER))[1:]
    may_ask[-1:] = False
    doubted = [index for index in may_ask.nonzero()[0].tolist() if is_question(cut.texts[index])]
    if not doubted:
        return []
    (heads,) = (kept & cut.arrays.is_subhead)[:-1].nonzero()
    known = {_mark_pair(index, cut) for index in heads[kept[heads + 1]].tolist()}
    alike = [index for index in doubted if _mark_pair(index, cut) in known]
    return [each for index in alike for each in (index, index + 1)]


def _mark_pair(index: int, cut: Cut) -> tuple[Hashable, ...]:
    """How a block and the one after it are set in a box of both, and where that stands."""
    (box, head), (other, told) = mark_own_box(index, cut), mark_own_box(index + 1, cut)
    if box != other or box <= 0:
        return (index,)
    return cut.parents[box], cut.look(box), head, told


def _list_distinct(groups: Iterable[list[int]], least: int, cut: Cut) -> list[int]:
    """The blocks of those groups that hold so many, and no text twice."""
    return [
        index
        for some in groups
        if len({cut.texts[index] for index in some}) == len(some) >= least
        for index in some
    ]
