"""Blocks in, one column of numbers each out: what the model sees of a page.

Three groups: what a block says and how it is set (`_add_own`, `_add_tokens`), what the page's head
says of it (`_add_evidence`), and where it stands (`containers`, `_add_place`). What stands around
it, the model sees for itself. Everything is a numpy sum or gather over all blocks of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import IMAGE_MARK, TIME_MARK, Cut
from cleaners.cutting.letters import (
    CASELESS,
    CLASSES,
    COMMA,
    DIGIT,
    LOWER,
    MARK,
    SYLLABIC,
    UNSPACED,
    UPPER,
    Floats,
    Hashes,
    Ints,
    Letters,
    clip_texts,
    measure_letters,
    sort_distinct,
    take_first,
)
from cleaners.cutting.tags import BIT, BODY_BIT, HIDDEN_BIT, SORT, SORTS
from cleaners.evidence import Evidence
from cleaners.measures.containers import Places, measure_places
from cleaners.measures.rows import Rows
from cleaners.measures.runs import Runs, Seen, find_runs, take_blocks
from cleaners.measures.tokens import TokenTable, list_text_tokens, sum_scores
from cleaners.words.fold import fold_letters

# Marks inherited from ancestors that tell article from other text; the others brought nothing.
_BITS = np.array(
    [
        *(BIT[name] for name in ("article", "main", "header", "footer", "nav", "aside", "form")),
        *(BIT[name] for name in ("figure", "ul")),
        HIDDEN_BIT,
        BODY_BIT,
    ]
)[:, None]
_BIT_NAMES = (
    "in_article in_main in_header in_footer in_nav in_aside in_form in_figure in_ul hidden in_body"
)
# By sort of container: whether its block is a heading.
_IS_HEADING = np.array([sort in {"h1", "h2", "h3", "h4"} for sort in SORTS])
_MARKS = np.array((TIME_MARK, IMAGE_MARK))[:, None]
# One character of an unspaced script says about as much as 2.5 letters, and 0.6 words; one of
# Thai and its neighbours as much as a letter, and a quarter of a word.
_WIDTH, _WORD, _SYLLABIC_WORD = 1.5, 0.6, 0.25
# Characters from which a block of those scripts counts as ending like a sentence: Thai has no stop.
_SYLLABIC_CHARS = 60
# Words from which a block that ends like a sentence counts as running text.
_GOOD_WORDS = 8
# Title words are looked for in blocks up to this many words.
_TITLE_WORDS = 40
# Bits of a word's hash that do not count for its bin: 4,096 bins for some dozen words of a head.
_BIN_SHIFT = np.uint64(52)
_NONE = np.zeros(0, np.int64)
Values = NDArray[np.float64]
# Characters of a block looked up in the page's own articleBody and description, and the least.
_PROBE, _LEAST_PROBE = 50, 20
# Blocks times characters that each is looked up in, 0.25 ns each. No real page has a tenth of it.
_MAX_LOOKS = 2_000_000_000

# Share of the letters of the longer of headline and title that the shorter has at least.
_HEADLINE_SHARE = 0.4

SAME_TITLE = 0.8
"""Of the words of title and block together, how many both have, where a block is the headline."""

CHOICES = {
    "sort1": len(SORTS),
    "sort2": len(SORTS),
    "sort3": len(SORTS),
    "heading": len(SORTS) + 1,
    "first": CLASSES,
    "last": CLASSES,
}
"""What a block has one of a few of, and how many there are: sorts of the three containers around
it, sort of the heading above it (the last number: none), class of its first and last character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What the model sees, and what later stages need of its making.

    What the model sees is of those blocks alone that stand for all, as `runs` says:
    `rows[names.index(x)]` is number x of each; `choices` has one row for each of `CHOICES`; those
    with the same of `signatures` (0, 1 and so on) are marked up alike.

    Of all blocks: `good` is the length of the running text, unspaced scripts widened; `words` the
    word count; `links` the share of its characters in links (0..1); `title_share` how many of the
    words of title and block together both have (0..1); `described` whether the page's description
    begins so (1), not (0), or nobody can say (-1).
    """

    names: tuple[str, ...]
    rows: Floats
    choices: Ints
    signatures: Ints
    runs: Runs
    good: NDArray[np.float64]
    words: NDArray[np.float64]
    links: NDArray[np.float64]
    title_share: NDArray[np.float64]
    described: NDArray[np.float64]


def measure_blocks(
    cut: Cut, evidence: Evidence, *, names: TokenTable, words: TokenTable
) -> Features:
    """The features of every block of a page that has at least one.

    `names` scores the tokens of classes and ids, `words` those of texts.
    """
    runs = find_runs(cut)
    seen = take_blocks(cut, runs.places)
    texts, lengths = seen.texts, seen.lengths
    rows = Rows(len(texts))
    # Every text has a character, and what the head says may have none.
    more = [evidence.title + " ", evidence.description + " "]
    letters, told = take_first(measure_letters(clip_texts(texts) + more), len(texts))
    clipped = letters.lengths
    counted = letters.counts[UNSPACED : SYLLABIC + 1]
    # Most pages have none, and all that follows is no work with two numbers.
    unspaced, syllabic = counted / clipped if np.count_nonzero(counted) else (0.0, 0.0)
    sizes = letters.bounds[1:] - letters.bounds[:-1]
    in_words = sizes * (1 - (1 - _WORD) * unspaced - (1 - _SYLLABIC_WORD) * syllabic)
    sums = np.empty((5, len(texts)))
    chars, linked, good, word_count, links = sums
    np.maximum(1.0, in_words * lengths / clipped, out=word_count)
    np.minimum(1.0, seen.link_chars / lengths, out=links)
    ends = letters.ends_sentence | ((syllabic > 0.5) & (lengths >= _SYLLABIC_CHARS))
    np.multiply(lengths, 1 + _WIDTH * unspaced, out=chars)
    np.multiply(chars, links, out=linked)
    np.multiply(chars * (1 - links), ends & (word_count >= _GOOD_WORDS), out=good)
    amounts = sums[:3]

    rows.add_all("chars words", np.log1p(sums[::3]))
    rows.add("links", links)
    rows.add("ends", ends)
    _add_own(rows, seen, letters, sampled=sizes * (1 - (1 - _SYLLABIC_WORD) * syllabic))
    said = _add_tokens(rows, letters, lengths == clipped, words)
    title_share, described = _add_evidence(
        rows, seen, evidence, letters, word_count=word_count, told=told
    )
    places = measure_places(rows, cut, seen, amounts, names)
    headings = _add_place(rows, seen, places, amounts, title_share=title_share, said=said)
    of_all = runs.fill(sums[2:])
    return Features(
        names=rows.list_names(),
        rows=rows.finish(),
        choices=_join_choices(places.sorts, headings, letters),
        signatures=places.signatures,
        runs=runs,
        good=of_all[0],
        words=of_all[1],
        links=of_all[2],
        title_share=runs.place(
            _share_headline(title_share, places.sorts[0], texts, evidence.title), 0.0
        ),
        described=runs.place(described, -1.0),
    )


def _join_choices(sorts: Ints, headings: Ints, letters: Letters) -> Ints:
    """The rows of `CHOICES`."""
    choices = np.empty((len(CHOICES), len(headings)), np.int64)
    choices[:3], choices[3] = sorts, headings
    choices[4], choices[5] = letters.first, letters.last
    return choices


def _add_own(rows: Rows, seen: Seen, letters: Letters, *, sampled: Floats) -> None:
    """Add what letters each block has, and how it is set; `sampled` are the words looked at."""
    counts = letters.counts
    caseless = counts[SYLLABIC] + counts[CASELESS]
    in_text = np.maximum(1.0, np.add.reduce(counts[LOWER : CASELESS + 1]))
    rows.add("link_count", np.minimum(seen.link_counts, 8))
    rows.add("strong", np.minimum(1.0, seen.strong_chars / seen.lengths))
    rows.add_all("time image", (seen.marks & _MARKS) != 0)
    rows.add_all(
        "digits unspaced caseless",
        np.array((counts[DIGIT], counts[UNSPACED], caseless)) / letters.lengths,
    )
    rows.add("upper", counts[UPPER] / in_text)
    rows.add("symbols", np.minimum(counts[MARK], 6.0))
    before = letters.capital.nonzero()[0].searchsorted(letters.bounds)
    rates = np.array((counts[COMMA], in_text, before[1:] - before[:-1]))
    rows.add_all("commas word_length capitals", rates / np.maximum(1.0, sampled))


def _add_tokens(
    rows: Rows, letters: Letters, is_whole: NDArray[np.bool_], table: TokenTable
) -> Floats:
    """Add the token scores of the texts; return those of whole short texts."""
    tokens = list_text_tokens(letters, is_whole)
    words = tokens.words
    known, found = table.look_up(np.concatenate((words.hashes, tokens.edges.ravel())))
    number = int(known.searchsorted(len(words.hashes)))
    owners = words.owners.take(known[:number])
    scores = sum_scores(owners, found[:number], np.minimum, words.count)
    rows.add_all("word_mean word_low", scores)
    edges = np.zeros(tokens.edges.shape, np.float32)
    edges.put(known[number:] - len(words.hashes), found[number:])
    rows.add_all("head1 head2 head3 whole tail1", edges)
    said: Floats = scores[0] + edges[3]
    return said


def _add_evidence(
    rows: Rows,
    seen: Seen,
    evidence: Evidence,
    letters: Letters,
    *,
    word_count: Values,
    told: tuple[Hashes, Hashes],
) -> tuple[Floats, Floats]:
    """Add what the head says of each block and of the page; return the rows title and description.

    `told` are the words of title and description.
    """
    count = len(seen.texts)
    wanted = sort_distinct(np.concatenate(told))
    is_wanted = np.zeros((2, len(wanted)))
    for row, words in zip(is_wanted, told, strict=True):
        row[wanted.searchsorted(words)] = 1
    places, which = _find_shared(letters.words, wanted)
    owners = letters.bounds.searchsorted(places, side="right") - 1
    titles, described_by = is_wanted.take(which, axis=1)
    found = np.bincount(owners, titles, count)
    sizes = np.add.reduce(is_wanted, axis=1).tolist()
    union = sizes[0] + letters.bounds[1:] - letters.bounds[:-1] - found
    share = np.where(word_count <= _TITLE_WORDS, found / np.maximum(1.0, union), 0.0)
    share = share.astype(np.float32)
    rows.add("title", share)
    titled, described = _share_words(owners, which, is_wanted, sizes, count)
    rows.add("titled", titled)
    may_stand = seen.lengths >= _LEAST_PROBE
    # Only a text that begins with one of the description's words can begin as it does somewhere.
    # One without words counts as the next does, and is looked up for nothing.
    opens_alike = np.zeros(len(letters.words) + 1, bool)
    opens_alike[places] = described_by
    opens_alike = opens_alike.take(letters.bounds[:-1]) & may_stand
    probed = _find_probes(seen.texts, evidence.description, may_stand, opens_alike)
    rows.add("description", probed)
    rows.add("described", described)
    body = evidence.body.replace("\n", " ")
    rows.add("body", _find_probes(seen.texts, body, may_stand, may_stand))
    # More stands around news than around other stories: without this row fundus has a quarter more
    # residue out of fold.
    rows.add("news", evidence.is_news)
    return share, probed


def _share_headline(share: Floats, sorts: Ints, texts: list[str], title: str) -> Floats:
    """`share` with that of the headline, where a site's name or a kicker stands in one of the two.

    That is a heading of the first level whose letters the title holds in a row, or the other way
    round, where no block has enough words in common with it.
    """
    if not title or share.max() >= SAME_TITLE:
        return share
    share = share.copy()
    letters = fold_letters(title)
    for index in (sorts == SORT["h1"]).nonzero()[0].tolist():
        short, long = sorted((fold_letters(texts[index]), letters), key=len)
        if short in long and len(short) >= _HEADLINE_SHARE * len(long):
            share[index] = SAME_TITLE
    return share


def _find_bins(words: Hashes) -> NDArray[np.int64]:
    """The bin of each word."""
    return (words >> _BIN_SHIFT).view(np.int64)


def _find_shared(words: Hashes, wanted: Hashes) -> tuple[Ints, Ints]:
    """Where a word of `wanted`, which is ascending, stands, and which one."""
    if not len(wanted):
        return _NONE, _NONE
    is_wanted = np.zeros(1 << (64 - int(_BIN_SHIFT)), bool)
    is_wanted[_find_bins(wanted)] = True
    (places,) = is_wanted.take(_find_bins(words)).nonzero()
    words = words.take(places)
    which = wanted.searchsorted(words)
    # The last word stands for those after it, which are none of them.
    is_same = wanted.take(which, mode="clip") == words
    return places[is_same], which[is_same]


def _share_words(
    owners: Ints, which: Ints, is_wanted: Values, sizes: list[float], count: int
) -> Iterable[Values]:
    """By row of `is_wanted`: the share of its words that each block has.

    `is_wanted` says of each word (a column) for which of the rows it counts, `sizes` how many
    count.
    """
    if not len(which):
        return np.zeros((len(sizes), count))
    bits = is_wanted.shape[1].bit_length()
    # A word counts once a block.
    distinct = sort_distinct((owners << bits) + which)
    owners, counted = distinct >> bits, is_wanted.take(distinct & ((1 << bits) - 1), axis=1)
    return [
        np.bincount(owners, row, count) / max(1.0, size)
        for row, size in zip(counted, sizes, strict=True)
    ]


def _find_probes(
    texts: list[str], where: str, is_long: NDArray[np.bool_], may_stand: NDArray[np.bool_]
) -> Floats:
    """For each text: 1 if its beginning stands in `where`, 0 if not, -1 if nobody can say.

    Nobody can of texts that are not `is_long`. Only those that `may_stand` there are looked up.
    """
    if not where or len(texts) * len(where) > _MAX_LOOKS:
        return np.full(len(texts), -1, np.float32)
    found = np.where(is_long, np.float32(0), np.float32(-1))
    places = [
        place for place in may_stand.nonzero()[0].tolist() if texts[place][:_PROBE].strip() in where
    ]
    found[places] = 1
    return found


def _add_place(
    rows: Rows, seen: Seen, places: Places, amounts: Values, *, title_share: Floats, said: Floats
) -> Ints:
    """Add where on the page each block stands; return the sort of the heading above it."""
    count = len(seen.texts)
    index = np.arange(count)
    sorts = places.sorts[0]
    rows.add_all(_BIT_NAMES, (seen.bits & _BITS) != 0)
    # Of what is linked nothing is asked.
    amounts = amounts[::2]
    sums = np.add.reduce(amounts, axis=1)
    before = (amounts.cumsum(1) - amounts) / np.maximum(1.0, sums)[:, None]
    total, good_total = np.log1p(sums)
    rows.add("position", index / count)
    rows.add_all("before good_before", before)
    rows.add("count", np.log1p(count))
    rows.add("total", total)
    rows.add("good_total", good_total)
    heading = np.maximum.accumulate(np.where(_IS_HEADING.take(sorts), index, -1))
    rows.add("since_heading", np.minimum(index - heading, 30))
    has_heading = heading >= 0
    of_heading = np.array((said, places.near)).take(heading, axis=1)
    rows.add_all("heading_said heading_near", of_heading * has_heading)
    is_headline = sorts == SORT["h1"]
    rows.add("headlines", np.minimum(is_headline.cumsum(), 4))
    strength = title_share * (1 + 0.3 * is_headline)
    titled = int(strength.argmax())
    best = float(title_share[titled])
    since = np.minimum(np.maximum(index - titled, -60), 60) if best > 0.3 else 0
    rows.add("since_title", since)
    rows.add("title_best", best)
    return np.where(has_heading, sorts.take(heading), len(SORTS))
